"""Who says what: every way of quoting, and the traps that look like one."""

from __future__ import annotations

import pytest

from onrecord.analysis.analyzer import Analyzer
from onrecord.article import Article, Block
from tests.analysis.conftest import Reader

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“The bridge is shut,” said Anna Bell.", [("Anna Bell", "“The bridge is shut,”")]),
        ("“The bridge is shut,” Anna Bell said.", [("Anna Bell", "“The bridge is shut,”")]),
        ("Anna Bell said, “The bridge is shut.”", [("Anna Bell", "“The bridge is shut.”")]),
        ("Anna Bell told reporters: “The bridge is shut.”", [("Anna Bell", "“The bridge is shut.”")]),
        (
            "“The bridge,” said Anna Bell, “is shut for the winter.”",
            [("Anna Bell", "“The bridge,” … “is shut for the winter.”")],
        ),
        (
            "“The bridge is shut,” Anna Bell said. “Nobody may cross it.”",
            [("Anna Bell", "“The bridge is shut,” … “Nobody may cross it.”")],
        ),
        ("‘I can’t swim,’ said Anna Bell.", [("Anna Bell", "‘I can’t swim,’")]),
    ],
)
def test_direct_quotes(read: Reader, text: str, said: list[tuple[str, str]]) -> None:
    found = read(text)
    assert found.said == said
    assert {quote.kind for quote in found.analysis.quotes} == {"direct"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Anna Bell said that the bridge was shut.", [("Anna Bell", "the bridge was shut")]),
        ("The bridge was shut, Anna Bell said.", [("Anna Bell", "The bridge was shut")]),
        ("According to Anna Bell, the bridge was shut.", [("Anna Bell", "the bridge was shut")]),
        ("Anna Bell told the council that the bridge was shut.", [("Anna Bell", "the bridge was shut")]),
        ("Anna Bell accused the company of hiding the report.", [("Anna Bell", "hiding the report")]),
        ("Anna Bell denied that the bridge was shut.", [("Anna Bell", "the bridge was shut")]),
        ("Anna Bell called for an inquiry.", [("Anna Bell", "an inquiry")]),
        ("Anna Bell urged drivers to stay at home.", [("Anna Bell", "to stay at home")]),
    ],
)
def test_reported_speech_without_marks(read: Reader, text: str, said: list[tuple[str, str]]) -> None:
    found = read(text)
    assert found.said == said
    assert {quote.kind for quote in found.analysis.quotes} == {"indirect"}


def test_a_preposition_without_its_object_is_no_part_of_what_is_said(read: Reader) -> None:
    found = read(
        "Quay to be rebuilt by spring",
        "The mayor of Marrow Bay, Ann Lee, said “we will rebuild the quay by spring” on Tuesday. The storm had torn a "
        "third of it away.",
        "Bob Ray, who leads the harbour board, said: «Ann Lee told me ‹go home now› and I went.» Nobody had asked him.",
    )
    assert found.said[0] == ("Ann Lee", "“we will rebuild the quay by spring”")
    assert found.analysis.quotes[0].kind == "direct"


def test_a_reported_clause_with_a_quoted_fragment_is_partial(read: Reader) -> None:
    found = read("Anna Bell said the bridge was “a danger to everybody.”")
    assert found.said == [("Anna Bell", "the bridge was “a danger to everybody.”")]
    assert found.analysis.quotes[0].kind == "partial"


def test_of_a_quoted_label_the_fragment_alone_is_the_content(read: Reader) -> None:
    found = read("Critics called the plan “a disgrace.”")
    assert found.said == [("Critics", "“a disgrace.”")]
    assert found.analysis.quotes[0].kind == "partial"


def test_single_marks_with_an_apostrophe_inside(read: Reader) -> None:
    found = read("One sailor said, ‘I never thought I’d see the harbour again.’ The crowd, though cold, stayed on.")
    assert found.said == [("One sailor", "‘I never thought I’d see the harbour again.’")]


def test_a_quote_re_opened_at_a_paragraph_is_one_with_a_span_each(read: Reader) -> None:
    found = read("“The first year was hard,” said Anna Bell. “We had no money.", "“The second was worse.”")
    assert found.said == [("Anna Bell", "“The first year was hard,” … “We had no money. … “The second was worse.”")]


def test_an_unclosed_quote_still_has_its_speaker(read: Reader) -> None:
    assert read("Anna Bell said: “We will rebuild it.", "It rained.").said == [("Anna Bell", "“We will rebuild it.")]


def test_a_line_broken_after_an_abbreviation(read: Reader) -> None:
    found = read("“We remain hopeful,” said a U.S.", "State Department spokesperson.")
    assert len(found.said) == 1
    assert found.said[0][1] == "“We remain hopeful,”"
    assert "State Department spokesperson" in (found.said[0][0] or "")


def test_transcripts_and_bylines(read: Reader) -> None:
    assert read("ANNA BELL: “We had no choice at all.”").said == [("ANNA BELL", "“We had no choice at all.”")]
    assert read("“We had no choice at all.” — Anna Bell").said == [("Anna Bell", "“We had no choice at all.”")]


def test_the_speaker_may_stand_in_the_sentence_before(read: Reader) -> None:
    found = read("Anna Bell looked at the river. “It has never been this high before.”")
    assert found.said == [("Anna Bell", "“It has never been this high before.”")]


@pytest.mark.parametrize(
    "text",
    [
        "The film “The Long Way Down” opens on Friday.",
        "Frank “Shorty” Malone won the race.",
        "The rescue was captured on film, and the world watched.",
        "The war has claimed thousands of lives, revealing old wounds.",
        "She claimed the title in the last minute.",
        "Anna Bell hopes that the bridge will open.",
        "The so-called “bridge of sighs” was shut on Monday.",
    ],
)
def test_what_looks_like_a_quote_and_is_none(read: Reader, text: str) -> None:
    assert read(text).said == []


def test_a_quote_inside_a_quote_is_the_outer_speakers(read: Reader) -> None:
    found = read("“My wife said, ‘You are dreaming,’ but I was not,” said Tom Okafor.")
    assert found.said == [("Tom Okafor", "“My wife said, ‘You are dreaming,’ but I was not,”")]


def test_beliefs_come_on_request_only(read: Reader, analyzer: object) -> None:
    found = read("Anna Bell believes that the bridge is safe.")
    assert found.analysis.quotes == found.analysis.attitudes == ()
    again = analyzer.analyze(found.article, include=["attitudes"])  # type: ignore[attr-defined]
    assert [found.article[quote.content[0]] for quote in again.attitudes] == ["the bridge is safe"]


def test_a_speaker_who_cannot_be_told_is_null(read: Reader) -> None:
    found = read("Nobody moved. Then it came: “Everybody has to leave the building at once.”")
    assert [label for label, _ in found.said] in ([], [None])


@pytest.mark.model
@pytest.mark.parametrize(
    ("blocks", "speaker", "said"),
    [
        (
            ("The bakers’ union released the following statement:", "We shall not bake until the oven is safe."),
            "union",
            ["We shall not bake until the oven is safe."],
        ),
        (
            ("Tom Reed, who runs the ferry, wrote:", ("Nobody asked us.", "We heard it on the radio.")),
            "Tom Reed",
            ["Nobody asked us.", "We heard it on the radio."],
        ),
        (
            ("The note, found on the door of the chapel, read:", "Gone to the market. Back at noon."),
            "note",
            ["Gone to the market. Back at noon."],
        ),
    ],
)  # fmt: skip
def test_words_set_apart_without_marks_are_his_who_is_said_to_say_them(
    analyzer: Analyzer, blocks: tuple[str, str | tuple[str, ...]], speaker: str, said: list[str]
) -> None:
    lead, behind = blocks
    texts = [Block("1", "paragraph", lead)]
    if isinstance(behind, str):
        texts.append(Block("2", "paragraph", behind))
    else:
        texts += [Block(f"b{number}", "blockquote", text) for number, text in enumerate(behind)]
    article = Article((*texts, Block("9", "paragraph", "The market was quiet all day.")))
    found = analyzer.analyze(article)
    quotes = [quote for quote in found.quotes if quote.kind == "direct"]
    assert [article[span] for quote in quotes for span in quote.content] == [text.removesuffix(".") for text in said]
    (source,) = {quote.source for quote in quotes}
    assert speaker in found.source(source).label  # type: ignore[union-attr]  # there is one


@pytest.mark.model
@pytest.mark.parametrize(
    "texts",
    [
        ("Police say the fraud worked like this:", "A caller asked for the number of a card."),
        ("The recipe is simple:", "Stir the flour into the milk."),
        ("The club released a list of players:", "Reed, Bell, Okafor."),
        ("Tom Reed wrote:", "Yes:", "The rest is silence."),
    ],
)
def test_a_colon_that_no_words_of_anybody_follow(analyzer: Analyzer, texts: tuple[str, ...]) -> None:
    article = Article(tuple(Block(str(number), "paragraph", text) for number, text in enumerate(texts)))
    assert [quote for quote in analyzer.analyze(article).quotes if quote.kind == "direct"] == []
