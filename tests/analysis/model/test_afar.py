"""A cue read once more beside an earlier block. Words and scores by hand; no model."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

import numpy as np
import pytest

from onrecord.analysis.model import features
from onrecord.analysis.model.afar import LOOKS, MOST, answers
from onrecord.analysis.model.decoder import Dispute
from onrecord.analysis.model.tagger import Encoded, Window
from onrecord.analysis.result import CLAIM_STATUSES, ClaimStatus
from tests.training.test_material import words

BLOCKS = (0, 0, 1, 1, 2, 2, 3, 3)
WORDS = words(*["NN"] * 8, blocks=BLOCKS)
NONE = np.zeros((0, 0))
SILENT = Encoded(*[NONE] * len(Encoded._fields))
WINDOWS = [Window(0, 4, SILENT), Window(4, 8, SILENT)]


class Scorer:
    """Says that a cue contests the first words of what it is read beside."""

    def __init__(self, words: int = 1) -> None:
        self.words = words

    def scores(self, projected: np.ndarray, heads: features.Ints, between: features.Ints) -> np.ndarray:
        scores = np.zeros((1, between.shape[-1], 3), dtype=np.float32)
        scores[0, :, 0], scores[0, 0, 1], scores[0, 1 : self.words, 2] = 5, 10, 10
        return scores


class Encoder:
    """Counts what is read again."""

    def __init__(self) -> None:
        self.read: list[list[int]] = []

    def __call__(self, rows: features.Ints, begins: features.Ints) -> Future[Encoded]:
        self.read.append(rows[0].tolist())
        count = len(begins)
        seen: Future[Encoded] = Future()
        statuses, claims = np.zeros((count, len(CLAIM_STATUSES))), np.zeros((count, 1))
        seen.set_result(Encoded(NONE, NONE, NONE, NONE, statuses, claims, NONE, NONE))
        return seen


def cue(at: int, status: ClaimStatus = "denied", *, sure: float = 0.9) -> Dispute:
    return Dispute((at, at + 1), None, status, sure, 0.0)


def claim(first: int, past: int) -> Dispute:
    return Dispute((first + 1, first + 2), (first, past), "accusation", 0.9, 0.9)


def look(*found: Dispute) -> tuple[list[Dispute], Encoder]:
    encoder = Encoder()
    return list(answers(WORDS, WINDOWS, found, Scorer(), encoder)), encoder  # type: ignore[arg-type]  # what is asked of it


def test_it_contests_what_stands_in_the_earlier_block() -> None:
    (found,), encoder = look(claim(2, 3), cue(7))
    assert (found.cue, found.content, found.status) == ((7, 8), (2, 3), "denied")
    assert encoder.read == [[features.CLS, 1002, 1003, features.SEP, 1006, 1007, features.SEP]]


@pytest.mark.parametrize("other", [cue(7, "accusation"), cue(7, sure=0.3), cue(3)])
def test_what_answers_nothing_or_stands_in_the_same_window_is_not_read_again(other: Dispute) -> None:
    found, encoder = look(claim(2, 3), other)
    assert (found, encoder.read) == ([], [])


def test_each_claim_of_the_block_has_its_own_sureness() -> None:
    found = list(answers(WORDS, WINDOWS, [claim(0, 1), claim(1, 2), cue(7)], Scorer(), Encoder()))  # type: ignore[arg-type]
    assert [(one.content, one.content_sureness > 0.9) for one in found] == [((0, 1), True)]  # of the other it says no


def test_a_block_whose_claim_is_doubtful_is_worth_no_look() -> None:
    found, encoder = look(replace(claim(2, 3), belief=0.6), cue(7))
    assert (found, encoder.read) == ([], [])


def test_two_blocks_that_fill_more_than_a_window_are_not_read() -> None:
    words_ = words(*["NN"] * 8, blocks=BLOCKS)
    words_.pieces[2] = [1] * features.LONGEST_WINDOW
    encoder = Encoder()
    assert list(answers(words_, WINDOWS, [claim(2, 3), cue(7)], Scorer(), encoder)) == []  # type: ignore[arg-type]
    assert encoder.read == []


def test_the_nearest_blocks_are_read_and_no_more() -> None:
    long = words(*["NN"] * 20, blocks=tuple(at // 2 for at in range(20)))
    windows = [Window(0, 18, WINDOWS[0].encoded), Window(18, 20, WINDOWS[0].encoded)]
    held = [claim(2 * at, 2 * at + 1) for at in range(9)]
    found = list(answers(long, windows, [*held, cue(19)], Scorer(), Encoder()))  # type: ignore[arg-type]
    assert [one.content for one in found] == [(2 * at, 2 * at + 1) for at in range(8, 8 - LOOKS, -1)]


def test_an_article_of_nothing_but_answers_has_an_end() -> None:
    count = 400
    long = words(*["NN"] * count, blocks=tuple(at // 2 for at in range(count)))
    windows = [Window(at, at + 4, WINDOWS[0].encoded) for at in range(0, count, 4)]
    found = [claim(0, 1), *(cue(at) for at in range(5, count, 2))]
    encoder = Encoder()
    assert len(list(answers(long, windows, found, Scorer(), encoder))) == len(encoder.read) == MOST  # type: ignore[arg-type]


def test_all_looks_have_begun_before_an_answer_is_asked_for() -> None:
    encoder = Encoder()
    found = answers(WORDS, WINDOWS, [claim(0, 1), claim(2, 3), cue(7)], Scorer(), encoder)  # type: ignore[arg-type]
    assert len(encoder.read) == 2
    assert len(list(found)) == len(encoder.read) == 2


def test_words_of_some_runs_keep_their_heads_and_what_hangs_elsewhere_is_a_root() -> None:
    few = WORDS.parts((2, 4), (6, 8))
    assert few.head.tolist() == [0, 0, 2, 2]
    assert WORDS.parts((3, 4), (7, 8)).head.tolist() == [0, 1]
    assert WORDS.blocks() == {0: (0, 2), 1: (2, 4), 2: (4, 6), 3: (6, 8)}
    assert WORDS.size((0, 3)) == 3
