"""Weights in eight bits whose products no processor cuts off."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from onrecord.training.rounding import LARGEST, MOST, rounded

DICE = np.random.default_rng(7)


def by_pairs(inputs: NDArray[Any], weights: NDArray[Any]) -> NDArray[Any]:
    """The product as processors without VNNI work it out: two by two, in sixteen bits and no more."""
    one, other = inputs.astype(np.int64), weights.astype(np.int64)
    pairs = one[:, ::2, None] * other[None, ::2] + one[:, 1::2, None] * other[None, 1::2]
    return np.clip(pairs, -(2**15), 2**15 - 1).sum(axis=1)


@pytest.mark.parametrize(
    "weights",
    [
        DICE.normal(size=(64, 24)),
        np.ones((64, 24)),
        -np.ones((64, 24)),
        DICE.choice([-1.0, 0.0, 1.0], size=(64, 24)),
        np.where(np.arange(64)[:, None] % 2, -1.0, 1.0) * np.ones((64, 24)),
    ],
    ids=["drawn", "largest", "smallest", "mixed", "opposite"],
)
def test_products_are_exact_two_by_two(weights: NDArray[Any]) -> None:
    steps, _ = rounded(weights)
    inputs = np.concatenate([DICE.integers(0, 256, size=(40, 64)), np.full((1, 64), 255)])
    assert np.array_equal(by_pairs(inputs, steps), inputs @ steps.astype(np.int64))


def test_rounded_as_usual_they_are_not() -> None:
    usual = np.full((64, 1), LARGEST)
    inputs = np.full((1, 64), 255)
    assert not np.array_equal(by_pairs(inputs, usual), inputs @ usual)


def test_they_say_what_the_weights_say() -> None:
    weights = DICE.normal(size=(384, 256))
    steps, scales = rounded(weights)
    usual = np.abs(weights).max(axis=0) / LARGEST
    error = np.square(steps * scales - weights).mean() ** 0.5
    of_usual = np.square(np.round(weights / usual) * usual - weights).mean() ** 0.5
    assert of_usual < error < 1.6 * of_usual


def test_where_no_pair_is_too_large_it_is_no_coarser_than_usual() -> None:
    weights = DICE.normal(size=(64, 8))
    weights[1::2] = -weights[0::2]
    steps, scales = rounded(weights)
    usual = np.abs(weights).max(axis=0) / LARGEST
    of_usual = np.square(np.round(weights / usual) * usual - weights).sum(axis=0)
    assert (np.square(steps * scales - weights).sum(axis=0) <= of_usual * 1.001).all()


def test_a_column_of_nothing_and_an_odd_row_out() -> None:
    weights = np.zeros((3, 2))
    weights[:, 1] = 1.0
    steps, scales = rounded(weights)
    assert not steps[:, 0].any()
    assert np.isfinite(scales).all()
    assert int(steps[0, 1]) + int(steps[1, 1]) <= MOST
    assert np.allclose(steps[:, 1] * scales[1], 1.0, atol=0.02)
