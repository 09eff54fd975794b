"""The vote on what was said: which word of a cue is asked, and what the model says of acts of every kind."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.analysis.model.features import Words
from onrecord.analysis.model.tagger import ARTICLE, Heard, features
from onrecord.analysis.quotes.said import ALONE, LISTED, UNLISTED, Act, positions, verb_of, vote
from onrecord.article import Span
from tests.analysis.conftest import Reader


def words(*tokens: tuple[str, str]) -> Words:
    """Words one blank apart, each with its tag."""
    starts, at = [], 0
    for text, _ in tokens:
        starts.append(at)
        at += len(text) + 1
    none = np.zeros(len(tokens), dtype=np.int64)
    begin = np.array(starts, dtype=np.int64)
    return Words(
        index=np.arange(len(tokens)), start=begin, end=begin + [len(text) for text, _ in tokens], case=none, place=none,
        tag=np.array([features.TAGS.index(tag) for _, tag in tokens]), dependency=none, head=none, sentence=none,
        block=none, quotation=none - 1,
    )  # fmt: skip


def heard(*tokens: tuple[str, str], said: np.ndarray) -> Heard:
    """A text as the tagger heard it."""
    return Heard(words(*tokens), said, np.zeros((len(tokens), 1), np.float32))


TEXT = (("Bell", "NNP"), ("says", "VBZ"), ("it", "PRP"), ("ends", "VBZ"))


LONG = TEXT + (("x", "NN"),) * ARTICLE


@pytest.mark.parametrize(
    ("text", "listed", "least"),
    [(LONG, True, LISTED), (LONG, False, UNLISTED), (TEXT, True, ALONE), (TEXT, False, UNLISTED)],
)
def test_the_word_that_says_what_is_done_is_asked(
    text: tuple[tuple[str, str], ...], listed: bool, least: float
) -> None:
    said = np.full(len(text), -5, np.float32)
    act = Act(cue=(Span(5, 9),), listed=listed)
    said[1] = least + 0.5
    assert vote(heard(*text, said=said))(act)
    said[1] = least - 0.5
    assert not vote(heard(*text, said=said))(act)


def test_a_list_alone_makes_nothing_said() -> None:
    assert UNLISTED > LISTED > ALONE
    said = np.full(len(TEXT), ALONE - 0.5, np.float32)
    assert not vote(heard(*TEXT, said=said))(Act(cue=(Span(5, 9),), listed=True))


def test_nothing_is_said_in_a_text_without_words() -> None:
    assert not vote(None)(Act(cue=(Span(5, 9),), listed=True))


def test_positions_are_those_of_the_words_that_begin_in_the_spans() -> None:
    assert positions((Span(0, 4), Span(10, 17)), words(*TEXT)).tolist() == [0, 2, 3]
    assert positions((), words(*TEXT)).tolist() == []


def test_of_a_cue_of_two_verbs_the_last_says_what_is_done() -> None:
    made = words(("spoke", "VBD"), ("freely", "RB"), ("said", "VBD"))
    assert verb_of(np.array([0, 2]), made) == 2
    assert verb_of(np.array([1]), made) == 1


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "The porter believed that the lift was broken.",
        "The video shows a boat on the lawn.",
        "The surgery referred the patient to a hospital.",
        "The village council voted to mend the clock.",
    ],
)
def test_what_is_thought_shown_or_done_is_not_said(read: Reader, text: str) -> None:
    assert read(text).analysis.quotes == ()


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The porter grumbled that the lift was broken.", "the lift was broken"),  # in no list of verbs
        ("Skippers were warned by the coastguard to stay in port.", "to stay in port"),
        ("A notice said the lift was broken.", "the lift was broken"),
    ],
)
def test_what_is_said_is_found_whatever_the_verb(read: Reader, text: str, content: str) -> None:
    (quote,) = read(text).analysis.quotes
    assert text[quote.content[0].start : quote.content[-1].end] == content
