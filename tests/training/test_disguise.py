"""What a window is seen without. Words by hand; no model."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from onrecord.analysis.model import features
from onrecord.training.disguise import MASK_PIECE, Disguise
from onrecord.training.plan import Plan
from tests.training.test_material import words

PLAIN = Plan(masked=0.0, masked_often=0.0, renamed=0.0)
SENTENCE = words("NNP", "VBD", "NNP", "NN", "NNP")
OTHERS = replace(words("NNP", "NNP", "NN"), pieces=[[50], [51], [52]])


def worn(plan: Plan, seed: int = 1, *, first: int = 0) -> list[int]:
    """The word pieces of the window from ``first`` on."""
    same = replace(SENTENCE, pieces=[[7], [8], [9], [10], [7]])
    rows, begins = features.rows(same, first, len(same))
    Disguise([OTHERS]).put_on(rows, begins, same, first, plan, random.Random(seed))
    return [int(piece) for piece in rows[0, 1:-1]]


def test_without_a_disguise_nothing_changes() -> None:
    assert worn(PLAIN) == [7, 8, 9, 10, 7]


@pytest.mark.parametrize("seed", range(20))
def test_a_name_has_one_other_name_in_all_of_a_window(seed: int) -> None:
    first, verb, second, noun, again = worn(replace(PLAIN, renamed=1.0), seed)
    assert (verb, noun) == (8, 10)
    assert first == again
    assert {first, second} <= {7, 9, 50, 51}


def test_names_are_those_of_other_texts() -> None:
    seen = {worn(replace(PLAIN, renamed=1.0), seed)[0] for seed in range(40)}
    assert seen == {7, 50, 51}


def test_a_name_without_another_of_its_length_stays() -> None:
    long = replace(words("NNP", "VBD"), pieces=[[1, 2, 3, 4], [5]])
    rows, begins = features.rows(long, 0, 2)
    Disguise([long]).put_on(rows, begins, long, 0, replace(PLAIN, renamed=1.0), random.Random(1))
    assert rows[0].tolist()[1:-1] == [1, 2, 3, 4, 5]


def test_words_are_hidden_whole() -> None:
    assert worn(replace(PLAIN, masked=1.0), first=1) == [MASK_PIECE] * 4


def test_some_windows_hide_more_words_than_others() -> None:
    plan = replace(PLAIN, masked_often=0.5, masked_most=1.0)
    hidden = [worn(plan, seed).count(MASK_PIECE) for seed in range(60)]
    assert hidden.count(0) > 20
    assert max(hidden) >= 4
