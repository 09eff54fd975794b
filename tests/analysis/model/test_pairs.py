"""The scorer of pairs: its sums by hand, and that it is the one that was trained."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.analysis.model import features
from onrecord.analysis.model.pairs import PairScorer


def arrays(*, table: float = 0.0, product: float = 0.0, bias: float = 0.0) -> dict[str, np.ndarray]:
    """A scorer with one sum, one product and one label."""
    made = {f"claim_between{n}": np.zeros((size, 1), np.float32) for n, size in enumerate(features.PAIR_SIZES)}
    made["claim_between3"][2] = table
    weight = np.array([[1.0], [product]], np.float32)
    return {**made, "claim_weight": weight, "claim_bias": np.array([bias], np.float32)}


# word sum, cue sum, word product, cue product
WORDS = np.array([[1, 2, 3, 4], [-9, 5, 6, 7]], np.float32)
BETWEEN = np.zeros((1, 4, 2), np.int64)


def test_a_words_sum_and_the_cues_are_added_and_never_below_nothing() -> None:
    scores = PairScorer(arrays(), "claim").scores(WORDS, np.array([1]), BETWEEN)
    assert scores[0, :, 0].tolist() == [1 + 5, 0]  # the second word: -9 + 5


def test_what_lies_between_is_added_too() -> None:
    between = BETWEEN.copy()
    between[0, 3, 1] = 2
    scores = PairScorer(arrays(table=6.0), "claim").scores(WORDS, np.array([1]), between)
    assert scores[0, :, 0].tolist() == [6, -9 + 5 + 6]


def test_the_product_of_word_and_cue_and_the_bias_count() -> None:
    scores = PairScorer(arrays(product=0.5, bias=1.0), "claim").scores(WORDS, np.array([0]), BETWEEN)
    assert scores[0, :, 0].tolist() == [1 + 2 + 0.5 * 3 * 4 + 1, 0.5 * 6 * 4 + 1]


def test_a_scorer_that_the_file_has_not_is_an_error() -> None:
    with pytest.raises(KeyError):
        PairScorer(arrays(), "attribution")
