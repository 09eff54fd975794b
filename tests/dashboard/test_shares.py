"""Intervals: against textbook values, and by simulation."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.dashboard.shares import proportion, ratios


def test_wilsons_interval_is_the_textbooks() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    for count, whole, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        found = proportion(count, whole)
        assert (found.low, found.high) == (pytest.approx(low, abs=2e-4), pytest.approx(high, abs=2e-4))


def test_a_share_of_nothing_is_none() -> None:
    assert proportion(0, 0).value is None
    (empty,) = ratios(np.zeros((3, 1)), np.zeros(3))
    assert (empty.value, empty.count, empty.whole) == (None, 0, 0)


def test_a_ratio_is_of_the_sums_and_articles_without_a_whole_say_nothing() -> None:
    parts, whole = np.array([[1.0, 3.0], [0.0, 0.0], [2.0, 0.0]]), np.array([4.0, 0.0, 2.0])
    first, second = ratios(parts, whole)
    assert (first.value, second.value) == (0.5, 0.5)
    assert first.low < 0.5 < first.high


def test_articles_that_are_all_alike_leave_room_for_another() -> None:
    (none,) = ratios(np.zeros((25, 1)), np.ones(25))
    (all_of_it,) = ratios(np.ones((25, 1)), np.ones(25))
    assert none.value == 0
    assert none.low == 0
    assert 0.1 < none.high < 0.2
    assert (all_of_it.value, all_of_it.high) == (1, 1)
    assert 0.8 < all_of_it.low < 0.9


def test_one_article_says_nothing_about_others() -> None:
    (found,) = ratios(np.array([[1.0]]), np.array([3.0]))
    assert (found.low, found.high) == (0, 1)


def test_nineteen_of_twenty_intervals_hold_the_share_that_the_articles_were_drawn_with() -> None:
    chance = np.random.default_rng(1)  # sources of an article are alike: each leans its own way
    held = 0
    for _ in range(400):
        whole = chance.integers(1, 20, 60).astype(float)
        lean = chance.beta(2, 5, 60)
        parts = chance.binomial(whole.astype(int), lean).astype(float)
        (found,) = ratios(parts[:, None], whole)
        held += found.low <= 2 / 7 <= found.high
    assert 0.92 <= held / 400 <= 0.97
