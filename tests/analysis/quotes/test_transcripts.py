"""Transcripts: which paragraphs begin a turn, where a turn ends, and what only looks like one. No model."""

from __future__ import annotations

import pytest

from onrecord.analysis.marks import quotations
from onrecord.analysis.quotes.transcripts import turns
from onrecord.article import Article, Block


def article(*texts: str) -> Article:
    return Article(tuple(Block(f"b{number}", "paragraph", text) for number, text in enumerate(texts)))


def found(*texts: str) -> list[tuple[str, list[str]]]:
    """Each turn as its label and its paragraphs."""
    made = article(*texts)
    return [(made[turn.label], [made[span] for span in turn.spans]) for turn in turns(made, quotations(made))]


def test_a_turn_is_a_label_in_capitals_and_what_follows_the_colon() -> None:
    assert found("BELL: We had no choice.", "OKAFOR: None at all?") == [
        ("BELL", ["We had no choice."]),
        ("OKAFOR", ["None at all?"]),
    ]


@pytest.mark.parametrize(
    "label",
    [
        "BELL",
        "ANNA BELL",
        "DR. BELL",
        "O’NEILL",
        "O'NEILL",
        "SMITH-BELL",
        "J.R. BELL",
        "BELL (on the phone)",
        "SEN. BELL",
    ],
)
def test_what_a_label_may_be(label: str) -> None:
    assert found(f"{label}: Yes, I was there.", "OKAFOR: And then?")[0] == (label, ["Yes, I was there."])


@pytest.mark.parametrize(
    "texts",
    [
        ("BELL: We had no choice.",),  # one line may be a heading
        ("BELL: We had no choice.", "It rained all night."),
        ("Bell said: We had no choice.", "Okafor asked: None?"),
        ("BELL We had no choice.", "OKAFOR None?"),
        ("BELL:", "OKAFOR:"),
        ("at 12:30 he left", "at 13:30 she came"),
        ("A: one letter is no name.", "Q: Why not?"),
        ("THE LONG AND WINDING ROAD TO THE SEA: a history", "THE SHORT ROAD BACK FROM THE LONG SEA: another"),
        ("BELL:no space", "OKAFOR:none here either"),
        (),
        ("", ""),
    ],
)
def test_what_is_no_transcript(texts: tuple[str, ...]) -> None:
    assert found(*texts) == []


def test_an_unmarked_turn_is_one_paragraph() -> None:
    assert found("BELL: We had no choice.", "The room fell silent.", "OKAFOR: None at all?") == [
        ("BELL", ["We had no choice."]),
        ("OKAFOR", ["None at all?"]),
    ]


def test_a_turn_in_marks_goes_on_where_they_are_re_opened() -> None:
    assert found("“BELL: The first year was hard.", "“The second was worse.", "“OKAFOR: And the third?”") == [
        ("BELL", ["The first year was hard.", "“The second was worse."]),
        ("OKAFOR", ["And the third?”"]),
    ]


def test_a_turn_in_marks_ends_where_the_article_goes_on() -> None:
    assert found(
        "“BELL: The first year was hard.",
        "“OKAFOR: And the second?”",
        "The tape ends there.",
        "“Nobody has heard the rest.”",
    ) == [("BELL", ["The first year was hard."]), ("OKAFOR", ["And the second?”"])]


def test_a_note_in_brackets_is_no_part_of_a_turn() -> None:
    assert found("“BELL: The first year was hard.", "“(Laughter.)", "“OKAFOR: And the second?”") == [
        ("BELL", ["The first year was hard."]),
        ("OKAFOR", ["And the second?”"]),
    ]


def test_the_entries_of_a_list_are_no_turns() -> None:
    shop = ("New Price Drop: a kettle for $9.", "New Release: a lamp for $5.", "New Price Drop: a chair for $20.")
    assert not found(*shop)
    assert not found("Garden Tools: a rake.", "Kitchen Ware: a pan.", "Garden Tools: the garden shop sells tools.")


def test_names_that_are_not_in_capitals_are_turns_where_one_comes_twice() -> None:
    assert len(found("Anna Bell: Why?", "Tom Okafor: Because.", "Anna Bell: I see.")) == 3


def test_white_space_around_a_turn_is_no_part_of_it() -> None:
    assert found("  BELL:   We had no choice.  ", "\tOKAFOR: None?\n") == [
        ("BELL", ["We had no choice."]),
        ("OKAFOR", ["None?"]),
    ]


def test_a_label_lies_before_its_words_and_both_in_one_block() -> None:
    made = article("Some words first.", "BELL: We had no choice.", "OKAFOR: None at all?")
    for turn in turns(made, ()):
        assert made.block_index(turn.label.start) == made.block_index(turn.spans[0].start)
        assert turn.label.end < turn.spans[0].start
