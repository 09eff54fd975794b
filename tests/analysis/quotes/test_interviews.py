"""Whose the answers of an interview are."""

from __future__ import annotations

import pytest

from onrecord.analysis.quotes.attribution import ASKED
from tests.analysis.conftest import Reader

pytestmark = pytest.mark.model

ANSWERS = (
    "How did you begin?",
    "My uncle took me there when I was nine. I never left.",
    "Weren’t you ever afraid?",
    "I was, in the storm of 1987. We had no lamp for six hours.",
    "What do you miss?",
    "I miss the birds.",
    "Would you do it again?",
    "I would.",
)

NAMED = (
    ("The Gazette interviews lighthouse keeper Anna Bell on her forty years at Carrow",),
    ("Keeper of the light: the Gazette interviews Anna Bell", "Her brother Tom Frost took the pictures."),
    ("Anna Bell: an interview with the ‘Last Keeper’", "Tom Frost, who built the lamp, died in 1990."),
    ("An interview with Anna Bell, who kept the lamp at Carrow", "Tom Frost had built it."),
    ("Forty years at the lighthouse", "Anna Bell kept the lamp until spring. Tom Frost interviewed her at home."),
    ("Forty years of light", "Anna Bell kept the lamp at Carrow. She was interviewed by the Gazette on Tuesday."),
    ("Anna Bell on forty years at the lighthouse", "Tom Frost built it, and Ida Novak paid for it."),
    ("Forty years of light", "A lamp that never went out. Anna Bell, image: Tom Frost."),
    ("Forty years of light", "Anna Bell kept the lamp at Carrow. Bell took it over from Tom Frost in 1984."),
    ("Anna Bell on forty years at the lighthouse", "By Tom Frost"),
    ("Forty years of light", "By Tom Frost", "Anna Bell kept the lamp at Carrow."),
    ("Forty years of light", "Ida Novak has a new film. In it Anna Bell remembers. Here Bell speaks to the Gazette."),
)


@pytest.mark.parametrize("lead", NAMED)
def test_answers_without_a_name_are_the_interviewees(read: Reader, lead: tuple[str, ...]) -> None:
    said = read(*lead, *ANSWERS).said
    assert [(label or "").removeprefix("lighthouse keeper ") for label, _ in said] == ["Anna Bell"] * 4


def test_a_name_with_a_hyphen_is_whole(read: Reader) -> None:
    lead = "After 31 years in parliament Sir Nicholas Erroll-Baines is packing up his office."
    assert {label for label, _ in read("Leaving the House", lead, *ANSWERS).said} == {"Nicholas Erroll-Baines"}


@pytest.mark.parametrize(
    "lead",
    [
        ("The Gazette interviews Anna Bell and Tom Frost",),
        ("Forty years of light", "The lamp at Carrow never went out."),
        ("Forty years of light", "Anna Bell kept the lamp at Carrow, and Tom Frost kept the books."),
    ],
)
def test_nobody_is_named_where_two_may_answer(read: Reader, lead: tuple[str, ...]) -> None:
    assert [label for label, _ in read(*lead, *ANSWERS).said] == [None] * 4


def test_who_is_asked_is_likely_and_not_sure(read: Reader) -> None:
    found = read("The Gazette interviews Anna Bell", *ANSWERS)
    assert {quote.confidence <= ASKED for quote in found.analysis.quotes} == {True}
