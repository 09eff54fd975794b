"""The vote on what was said: what it is asked, how the file's numbers are summed, and who is asked at all."""

from __future__ import annotations

import io

import numpy as np
import pytest

from onrecord.analysis import cues
from onrecord.analysis.model import Heard, features, weights
from onrecord.analysis.model.features import Words
from onrecord.analysis.quotes import said
from onrecord.analysis.quotes.said import Act, Said, facts, positions, verb_of
from onrecord.article import Span
from onrecord.errors import ModelUnavailable
from tests.analysis.conftest import Reader

WIDTH = 3  # numbers that the encoder of these tests hands on for each word
SAYS, WANTS = 7, 8  # word pieces


def words(*tokens: tuple[str, str, str, int]) -> Words:
    """Words one blank apart, each with its tag, its dependency and the position of its head."""
    starts, at = [], 0
    for text, *_ in tokens:
        starts.append(at)
        at += len(text) + 1
    none = np.zeros(len(tokens), dtype=np.int64)
    begin = np.array(starts, dtype=np.int64)
    return Words(
        index=np.arange(len(tokens)), start=begin, end=begin + [len(token[0]) for token in tokens], case=none,
        place=none, tag=np.array([features.TAGS.index(token[1]) for token in tokens]),
        dependency=np.array([features.DEPENDENCIES.index(token[2]) for token in tokens]),
        head=np.array([token[3] for token in tokens]), sentence=none, block=none, quotation=none - 1,
        pieces=[[SAYS] if token[0] == "says" else [WANTS] for token in tokens],
    )  # fmt: skip


TEXT = (("Bell", "NNP", "nsubj", 1), ("says", "VBZ", "ROOT", 1), ("it", "PRP", "nsubj", 3), ("ends", "VBZ", "ccomp", 1))
CUE = np.array([1])  # the position of *says*


def act(*, listed: bool = True, frames: frozenset[str] = frozenset({"clause"})) -> Act:
    return Act(
        cue=(Span(5, 9),), content=(Span(10, 17),), mention=Span(0, 4), kind="indirect", sureness=0.5, listed=listed,
        frames=frames, label=False, headline=False,
    )  # fmt: skip


def vote(*, says: int = 0, vector: float = 0.0, fact: float = 0.0, bias: float = 0.0) -> Said:
    """A vote that knows one word piece, the encoder's first number, and the first fact (``listed``)."""
    pieces = np.zeros(10, np.int8)
    pieces[SAYS] = says
    weight = np.zeros(len(facts(act(), words(*TEXT), CUE)), np.float32)
    weight[0] = fact
    held = io.BytesIO()
    np.savez(
        held, allow_pickle=False, pieces=pieces, scale=np.float32(0.01), bias=np.float32(bias), facts=weight,
        vector=np.array([vector, 0, 0], np.float32),
    )  # fmt: skip
    return Said(held.getvalue())


def heard() -> Heard:
    vectors = np.zeros((len(TEXT), WIDTH), np.float32)
    vectors[1, 0] = 2
    return Heard(words(*TEXT), vectors)


def test_word_encoder_and_facts_are_summed() -> None:
    assert vote(says=100, vector=0.25, fact=0.125, bias=-1).score(act(), heard()) == pytest.approx(0.625)
    assert vote(fact=0.5, bias=-0.25).of(heard())(act())
    assert not vote(fact=0.5, bias=-0.25).of(heard())(act(listed=False))


def test_nothing_is_said_in_a_text_without_words() -> None:
    assert not vote(bias=1).of(None)(act())


def test_positions_are_those_of_the_words_that_begin_in_the_spans() -> None:
    assert positions((Span(0, 4), Span(10, 17)), words(*TEXT)).tolist() == [0, 2, 3]
    assert positions((), words(*TEXT)).tolist() == []


def test_of_a_cue_of_two_verbs_the_last_says_what_is_done() -> None:
    made = words(("spoke", "VBD", "relcl", 0), ("freely", "RB", "advmod", 0), ("said", "VBD", "ROOT", 2))
    assert verb_of(np.array([0, 2]), made) == 2
    assert verb_of(np.array([1]), made) == 1


def test_frames_tags_and_dependencies_are_ones_among_zeros() -> None:
    one, other = facts(act(), words(*TEXT), CUE), facts(act(frames=frozenset({"request"})), words(*TEXT), CUE)
    differs = np.flatnonzero(one != other)
    assert len(differs) == 2
    assert set(one[differs]) == {0, 1}
    tags = one[-2 * len(features.TAGS) - 2 * len(features.DEPENDENCIES) : -2 * len(features.DEPENDENCIES)]
    assert np.flatnonzero(tags).tolist() == [
        features.TAGS.index("PRP"),
        len(features.TAGS) + features.TAGS.index("VBZ"),
    ]


def test_every_frame_of_the_lexicon_is_a_fact() -> None:
    assert set(cues.FRAMES) == {*cues.lexicon().frames, "appeal"}


def test_a_changed_file_is_refused(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "FOLDER", tmp_path)
    said.load.cache_clear()
    with pytest.raises(ModelUnavailable):
        said.load()
    said.load.cache_clear()


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
