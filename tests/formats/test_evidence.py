"""Evidence worth reading: which words tell who somebody is, and the sentence they stand in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.analysis.result import Analysis, Claim, Source
from onrecord.article import Article, Block, Span
from onrecord.formats.annotation import to_jsonld
from onrecord.formats.evidence import LONGEST, Telling, of_claim, of_source, tells
from onrecord.formats.report import render
from onrecord.formats.table import to_rows
from onrecord.formats.terminal import to_text
from onrecord.formats.wire import encode
from tests.formats.example import ANALYSIS, ARTICLE, find


def article(*texts: str) -> Article:
    return Article(tuple(Block(f"b{number}", "paragraph", text) for number, text in enumerate(texts)))


def told(of: Article, *words: str, label: str = "Tom") -> Telling | None:
    spans = tuple(find(one, of) for one in words)
    return of_source(of, Source(id="s1", label=label, type="affected", identification="described", evidence=spans))


@pytest.mark.parametrize(
    ("words", "label", "expected"),
    [
        ("The", "The Harbour Board", False),
        ("Moscow", "Moscow", False),
        ("Mayor", "Mayor Ida Moss", False),
        ("Times", "the New York Times", False),
        ("of", "Ida Moss", False),
        ("MP", "Ida Moss", True),
        ("a fisherman", "Ida Moss", True),
        ("fisherman", "the fisherman", True),
        ("Port warden", "Port warden Ida Moss", True),
    ],
)
def test_words_tell_where_they_say_more_than_the_name(words: str, label: str, expected: bool) -> None:
    assert tells(words, label) is expected
    text = article(f"Early that morning {words} – was at the quay. Nobody else was.")
    found = told(text, f"{words} –", label=label) if expected else told(text, words, label=label)
    assert (found.text(text) if found else None) == (
        f"Early that morning {words} – was at the quay." if expected else None
    )


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        (
            "Rain fell. Mr. J. K. Bell, the mayor of St. Ives, spoke. Nobody stayed.", "mayor",
            "Mr. J. K. Bell, the mayor of St. Ives, spoke.",
        ),
        ("It was 5 p.m. A sailor, “old Tom”, left! “Well,” he said.", "sailor", "A sailor, “old Tom”, left!"),
        ("The U.S. Navy sent a diver. All good.", "diver", "The U.S. Navy sent a diver."),
        ("“We go,” he said. (A fisherman was there.) 12 left.", "fisherman", "(A fisherman was there.)"),
        ("Élan won. Östen, a fisherman, lost", "fisherman", "Östen, a fisherman, lost"),
        ("What now? asked a fisherman.", "fisherman", "What now? asked a fisherman."),
        ("  A fisherman left.  ", "fisherman", "A fisherman left."),
    ],
)  # fmt: skip
def test_a_sentence_ends_where_a_reader_sees_its_end(text: str, words: str, sentence: str) -> None:
    of = article(text)
    found = told(of, words)
    assert found is not None
    assert (found.text(of), [of[span] for span in found.words]) == (sentence, [words])


def test_a_sentence_that_is_long_is_cut_around_the_words_that_tell() -> None:
    of = article("Well and good " * 30 + "a fisherman " + "and so on " * 30)
    found = told(of, "a fisherman")
    assert found is not None
    text = found.text(of)
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert "a fisherman" in text
    assert len(found.sentence) <= LONGEST


def test_the_words_of_the_same_sentence_are_marked_and_others_left_out() -> None:
    of = article("A nurse left.", "Ann, a fisherman and an engineer, spoke. A cook did too.")
    found = told(of, "fisherman", "engineer", "cook", "nurse")
    assert found is not None
    assert list(found.parts(of)) == [
        ("Ann, a ", None), ("fisherman", 0), (" and an ", None), ("engineer", 1), (", spoke.", None),
    ]  # fmt: skip


def test_words_within_words_are_marked_once() -> None:
    of = article("Ann, a fisherman by trade, spoke.")
    source = Source(
        id="s1", label="Ann", type="affected", identification="described",
        evidence=(find("fisherman by trade", of), find("fisherman", of)),
    )  # fmt: skip
    found = of_source(of, source)
    assert found is not None
    assert "".join(piece for piece, _ in found.parts(of)) == "Ann, a fisherman by trade, spoke."


def test_of_a_source_that_is_not_named_the_words_say_why() -> None:
    found = of_source(ARTICLE, ANALYSIS.sources[1])
    assert found is not None
    assert found.text(ARTICLE) == "A guard who feared for his job denied it."
    assert [ARTICLE[span] for span in found.words] == ["feared for his job"]


def test_a_claim_is_told_by_what_contests_it() -> None:
    found = of_claim(ARTICLE, ANALYSIS.claims[1])
    assert found is not None
    assert found.text(ARTICLE) == "Nobody said who had counted."
    assert of_claim(ARTICLE, Claim(id="c1", status="denied", content=(find("it."),), evidence=())) is None


MAYOR = article("Mayor Ida Moss said the ferry stays.")
MAYORS = Analysis(
    sources=(
        Source(
            id="s1", label="Mayor Ida Moss", type="official", identification="named_person",
            evidence=(Span(0, len("Mayor")),), mentions=(find("Mayor Ida Moss", MAYOR),),
        ),
    ),
    quotes=(replace(ANALYSIS.quotes[0], content=(find("the ferry stays", MAYOR),), cue=(), mention=None),),
)  # fmt: skip


def test_no_format_shows_what_tells_nothing() -> None:
    assert encode(MAYOR, MAYORS)["sources"][0]["telling"] is None
    assert "The article says" not in render(MAYOR, MAYORS)
    assert "The article says" not in to_text(MAYOR, MAYORS)
    assert to_rows(MAYOR, MAYORS)[0]["telling_sentence"] is None
    assert "The article says" not in str(to_jsonld(MAYOR, MAYORS))


def test_every_format_shows_the_sentence_and_marks_its_words() -> None:
    sentence, words = "🚢 “The ferry stays,” said Ida Lund, the harbour master, in a statement.", "harbour master"
    told = encode(ARTICLE, ANALYSIS)["sources"][0]["telling"]
    assert (told["sentence"]["text"], [span["text"] for span in told["words"]]) == (sentence, [words])
    before, _, behind = sentence.partition(words)
    assert f"<q>{before}<mark>{words}</mark>{behind}</q>" in render(ARTICLE, ANALYSIS)
    text = " ".join(to_text(ARTICLE, ANALYSIS, colour=False).split())
    assert f"The article says: {before}*{words}*{behind}" in text
    assert f"\x1b[1m{words}\x1b[22m" in to_text(ARTICLE, ANALYSIS)
    row = to_rows(ARTICLE, ANALYSIS)[0]
    assert (row["telling_sentence"], row["telling_words"]) == (sentence, words)
    body = to_jsonld(ARTICLE, ANALYSIS)["first"]["items"][0]["body"][2]
    assert (body["value"], body["onrecord:words"]) == (f"The article says: {sentence}", [words])


def test_what_the_reader_corrected_has_no_evidence_of_what_it_was() -> None:
    corrected = replace(ANALYSIS.sources[0], type="expert", evidence=())
    assert of_source(ARTICLE, corrected) is None
