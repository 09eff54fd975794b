"""What a reader sees at once as wrong: marks with holes, tails, addresses, what nobody said."""

from __future__ import annotations

import pytest

from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.blanks import readable
from onrecord.article import Article, Block
from tests.analysis.conftest import Reader

pytestmark = pytest.mark.model


def said(read: Reader, *texts: str) -> list[tuple[str | None, str]]:
    return read("\n\n".join(texts)).said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The tower, which locals say is haunted, was sold.", "is haunted"),
        ("The song that fans claim was stolen has won.", "was stolen"),
    ],
)
def test_a_word_that_the_cue_cuts_off_is_no_mark_of_its_own(read: Reader, text: str, words: str) -> None:
    assert words in [content for _, content in said(read, text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Warden Ida Lund said the pier was “rotten to the core” on Friday, after a plank had given way.",
            "the pier was “rotten to the core”",
        ),
        (
            "He told the Gazette that the storm was “the worst in memory” on Sunday, when the roofs were still bare.",
            "the storm was “the worst in memory”",
        ),
    ],
)
def test_the_day_of_the_saying_and_what_follows_it_is_no_part_of_what_is_said(
    read: Reader, text: str, words: str
) -> None:
    assert [content for _, content in said(read, text)] == [words]


@pytest.mark.parametrize(
    "when",
    [
        "on Tuesday",
        "next week",
        pytest.param(
            "on Tuesday, after the holiday",
            marks=pytest.mark.xfail(strict=True, reason="the tagger ends it at the comma"),
        ),
    ],
)
def test_a_day_to_come_is_part_of_what_is_said(read: Reader, when: str) -> None:
    words = f"the vote would be “put off again” {when}"
    assert [content for _, content in said(read, f"The clerk said {words}.")] == [words]


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        (
            "The minister, Otto Lang, did not respond when asked whether the dam was safe.",
            "Otto Lang",
            "when asked whether the dam was safe",
        ),
        (
            "Norland Water did not immediately reply to an email asking whether it knew of the leak.",
            "Norland Water",
            "to an email asking whether it knew of the leak",
        ),
        (
            "The firm has not responded to the paper’s long list of questions.",
            "The firm",
            "to the paper’s long list of questions",
        ),
    ],
)
def test_who_did_not_answer_is_a_disclosure_and_the_question_nobodys_words(
    analyzer: Analyzer, read: Reader, text: str, who: str, words: str
) -> None:
    found = read(text)
    assert found.said == [(who, words)]
    assert [quote.channel for quote in found.analysis.quotes] == ["declined_comment"]


def test_a_patient_who_does_not_respond_declines_nothing(read: Reader) -> None:
    found = read("Omar Diaz did not respond to the treatment and was moved to Bern.")
    assert not any(quote.channel == "declined_comment" for quote in found.analysis.quotes)


@pytest.mark.parametrize(
    "text",
    [
        "It is alleged that the mayor sold the pier to his cousin — a charge he denies.",
        "Neighbours allege that the mayor sold the pier to his cousin – an allegation the mayor refutes.",
        "Neighbours allege that the mayor sold the pier to his cousin, a claim that he denies.",
    ],
)
def test_the_wavy_line_ends_before_what_sums_the_claim_up(read: Reader, text: str) -> None:
    assert [words for _, words, _ in read(text).contested] == ["the mayor sold the pier to his cousin"]


def test_addresses_are_nobodys_words_and_under_no_line() -> None:
    text = "The mayor allegedly took the money pic.twitter.com/Ab3xYz9, see https://t.co/x9 (www.example.org/a)."
    (block,) = readable(Article((Block("b0", "paragraph", text),))).blocks
    assert len(block.text) == len(text)
    assert "".join(block.text.split()) == "Themayorallegedlytookthemoney,see(www.example.org/a)."
    plain = Article((Block("b0", "paragraph", "Either x/y or and/or, at t.co or twitter.com."),))
    assert readable(plain) is plain


def test_the_mark_ends_before_the_address_of_a_picture(read: Reader) -> None:
    text = "Police say the mayor allegedly took the money from the port. pic.twitter.com/Ab3xYz9"
    found = read(text)
    spans = [words for _, words, _ in found.contested] + [words for _, words in found.said]
    assert spans
    assert not any("pic.twitter" in words for words in spans)


def test_credits_and_a_topic_before_a_colon_are_nobodys_words(read: Reader) -> None:
    found = read(
        "\n\n".join(
            [
                "Image Credits: Marta Quist",
                "The ship runs on hydrogen and will be delivered in spring.",
                "Image Credits: Otto Lang",
                "Its engine is built in Bern by nine people.",
                "Image Credits: Marta Quist",
                "It will sail from Ashby in May.",
            ]
        )
    )
    assert found.said == []


def test_a_quotation_of_several_paragraphs_without_a_speaker_is_shown_as_such(read: Reader) -> None:
    words = ["“We found the doors locked. Nobody said a word to us.", "“We have waited since then.”"]
    assert said(read, "The council met on Monday.", *words, "It ended at noon.") == [(None, "\n\n".join(words))]


def test_numbers_of_notes_stand_in_no_name_and_end_no_quote(read: Reader) -> None:
    found = read(
        "“We stay on the quay,”[2] said Katarina Weiss.[3]", "“It is our home,”[4][b] said Emil Roth.[citation needed]"
    )
    assert [label for label, _ in found.said] == ["Katarina Weiss", "Emil Roth"]
    plain = Article((Block("b0", "paragraph", "He said “[we] stay” and “no [sic]” in [2] of [x]."),))
    assert readable(plain) is plain


def test_each_kind_of_foreign_marks_ends_with_its_own_mark(read: Reader) -> None:
    found = said(read, "«We stay on the quay,» said Katarina Weiss.", "„It is our home“, added Emil Roth.")
    assert found == [("Katarina Weiss", "«We stay on the quay,»"), ("Emil Roth", "„It is our home“")]
    (_, words), *_ = said(read, "„They told me “no” at the gate,” said Emil Roth.")
    assert words == "„They told me “no” at the gate,”"


def test_a_text_in_another_language_has_no_marks(analyzer: Analyzer) -> None:
    text = "„Wir gehen nicht“, sagte Anna Weiss, die Vorsitzende des Rates, und niemand hat ihr widersprochen."
    block = (Block("b0", "paragraph", text),)
    assert analyzer.analyze(Article(block)).quotes == ()


@pytest.mark.parametrize(
    "said_by", ["“Dirty water kills,” WHO said.", "WHO say dirty water kills.", "The WHO said dirty water kills."]
)
def test_an_abbreviation_that_is_spelt_like_a_pronoun_is_the_body(read: Reader, said_by: str) -> None:
    found = said(read, "The World Health Organization (WHO) asked every town to test its wells.", said_by)
    assert found[-1][0] == "The World Health Organization"


def test_a_pronoun_stays_one(read: Reader) -> None:
    assert said(read, "Ida Lund, who says the lock is rotten, has left.") == [("Ida Lund", "the lock is rotten")]


@pytest.mark.parametrize(
    "text",
    [
        "Minister Ida Moss spoke about the fees on Monday.",
        "Ida Moss, the minister, talked about the new harbour and its costs.",
        "The mayor, Otto Lang, spoke of his childhood on the island.",
        "Otto Lang commented on the decision on Tuesday.",
    ],
)
def test_a_topic_is_nothing_that_anybody_said(read: Reader, text: str) -> None:
    assert said(read, text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ida Moss spoke about how the fees had ruined her shop.", "how the fees had ruined her shop"),
        ("Ida Moss spoke about the fees being too high for families.", "the fees being too high for families"),
        ("Ida Moss complained about the noise from the quay.", "the noise from the quay"),
        ("The union warned about rising prices.", "rising prices"),
        ("Ida Moss spoke about “the fees that kill us” on Monday.", "“the fees that kill us”"),
    ],
)
def test_what_states_something_about_it_was_said(read: Reader, text: str, words: str) -> None:
    assert [content for _, content in said(read, text)] == [words]


@pytest.mark.parametrize(
    ("head", "lead", "who"),
    [
        (
            "Interview: the last keeper of Gull Rock",
            "Arno Pell kept the light on Gull Rock for eleven winters. He spoke to the Gazette in his kitchen.",
            "Arno Pell",
        ),
        (
            "Interview: what Otto Lang left behind",
            "Ida Moss has followed Otto Lang as mayor of Marrow Bay. She talked to us on the pier.",
            "Ida Moss",
        ),
    ],
)
def test_whoever_spoke_to_the_paper_as_he_or_she_gives_the_answers(
    read: Reader, head: str, lead: str, who: str
) -> None:
    answers = ["Only of the boat, and never in the tower.", "I will go if my knee lets me.", "I have told them all."]
    turns = [line for answer in answers for line in ("Q: Were you asked that before?", f"A: {answer}")]
    assert read(head, lead, *turns).said == [(who, answer.rstrip(".")) for answer in answers]
