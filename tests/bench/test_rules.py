"""Rules switched off one by one. No model."""

from __future__ import annotations

import pytest

from bench.rules import off, rules, without
from onrecord.analysis.quotes import owners, utterances
from onrecord.analysis.speakers.bearers import Bearers


def test_a_function_is_off_wherever_it_was_imported_and_then_on_again() -> None:
    (rule,) = (rule for rule in rules(["quotes"]) if str(rule) == "quotes.utterances.is_utterance")
    real = utterances.is_utterance
    with without(rule):
        assert utterances.is_utterance is owners.is_utterance is rule.off
    assert utterances.is_utterance is owners.is_utterance is real


def test_a_method_is_off_and_then_on_again() -> None:
    (rule,) = (rule for rule in rules(["speakers"]) if str(rule) == "speakers.bearers.Bearers.person")
    real = Bearers.person
    with without(rule):
        assert Bearers.person is rule.off
    assert Bearers.person is real


@pytest.mark.parametrize(
    ("returns", "nothing"),
    [
        ("bool", False),
        ("None", None),
        ("Token | None", None),
        ("list[Span]", []),
        ("dict[str, int]", {}),
        ("frozenset[str]", frozenset()),
        ("tuple[Span, ...]", ()),
    ],
)
def test_what_is_off_says_no_and_finds_nothing(returns: str, nothing: object) -> None:
    instead = off(returns)
    assert instead is not None
    assert instead(1, two=2) == nothing


def test_what_goes_through_things_finds_none_and_what_must_answer_stays() -> None:
    nothing = off("Iterator[Draft]")
    assert nothing is not None
    assert list(nothing()) == []  # type: ignore[call-overload]  # an iterator
    assert off("Span") is None
