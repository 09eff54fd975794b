"""Words, quotation marks and heads, as the scores see them."""

from __future__ import annotations

import pytest

from bench.words import Text, iou, segments, surname


def test_a_span_has_the_words_of_which_it_covers_half() -> None:
    text = Text("It’s a well-known fee")
    assert [text.word(number) for number in range(len(text.places))] == ["It’s", "a", "well", "known", "fee"]
    assert text.words([(0, 2)]) == {0}
    assert text.words([(0, 1)]) == frozenset()
    assert text.words([(5, 6), (13, 18)]) == {1, 3}  # a span in pieces


def test_iou() -> None:
    assert iou(frozenset({1, 2}), frozenset({2, 3})) == pytest.approx(1 / 3)
    assert iou(frozenset(), frozenset()) == 1
    assert iou(frozenset({1}), frozenset()) == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He said “no” twice", ["“no”"]),
        ('He said "no" and "yes"', ['"no"', '"yes"']),
        ("He said ``no'' twice", ["``no''"]),
        ("“It goes on\n“and ends here,” he said", ["“It goes on", "“and ends here,”"]),
        ("nothing open” here", []),
        ("“he said “no” and left", ["“he said “no”"]),  # the outer mark stays
        ("He said ”no” twice", ["”no”"]),  # the blanks contradict the first mark
        ("an ‘inner’ word", []),
    ],
)
def test_segments(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in segments(text)] == found


def test_quoted_parts() -> None:
    line = "“We rise,” he said, calling it “a bad joke” and more."
    text = Text(line)

    def parts(words: str) -> list[tuple[str, bool]]:
        at = line.index(words)
        return [
            (" ".join(text.word(number) for number in sorted(part)), full)
            for part, full in text.quoted((at, at + len(words)))
        ]

    assert parts("“We rise,”") == [("We rise", True)]
    assert parts("We rise") == [("We rise", True)]  # the mark stands just before it
    assert parts("it “a bad joke” and more") == [("a bad joke", False)]
    assert parts("a bad") == [("a bad", True)]
    assert parts("joke” and more") == []  # less than half of what is quoted
    assert parts("he said") == []
    assert parts(", ") == []


@pytest.mark.parametrize(
    ("source", "heads"),
    [
        ("Ana Ruiz, a spokeswoman for the Port Authority", {"Ruiz", "Authority"}),
        ("a spokesman for the port", {"spokesman"}),
        ("people familiar with the plan", {"people"}),
        ("he", {"he"}),
    ],
)
def test_heads(source: str, heads: set[str]) -> None:
    text = Text(source)
    assert {text.word(number) for number in text.heads([(0, len(source))])} == heads
    assert text.heads([]) == frozenset()


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Ana Ruiz, a spokeswoman for the Port Authority", "ruiz"),
        ("Sen. Tom Okoro’s", "okoro"),
        ("a spokesman for Maren Holt", "holt"),  # the head has no name
        ("Okoro on Monday", "okoro"),
        ("She", ""),
        ("the skippers", ""),
    ],
)
def test_surname(source: str, name: str) -> None:
    assert surname(source) == name
