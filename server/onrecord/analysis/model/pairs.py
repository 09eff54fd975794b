"""Which words belong to a cue: the scorer of pairs of a word and a cue, as ``training.network.Pairs`` learned it.

One scorer knows a cue's source and content, another one, of the same form, what a contesting word contests.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.model import features


class PairScorer:
    """Sums and products of what the encoder hands on of a word and of a cue, and of what lies between the two."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], name: str) -> None:
        """``arrays``: those of ``pairs.npz``; ``name``: which of its scorers."""
        self._between = [arrays[f"{name}_between{number}"] for number in range(len(features.PAIR_SIZES))]
        self._weight, self._bias = arrays[f"{name}_weight"], arrays[f"{name}_bias"]
        self._sums = self._between[0].shape[1]

    def scores(self, projected: NDArray[Any], heads: features.Ints, between: features.Ints) -> NDArray[Any]:
        """Cues × words × labels.

        ``projected``: words × numbers, the word's and the cue's part of the sums, then of the products; ``heads``: the
        words that are cues; ``between``: cues × 4 × words (``features.pairs``).
        """
        sums = self._sums
        word_sum, cue_sum = projected[:, :sums], projected[:, sums : 2 * sums]
        word_product, cue_product = np.split(projected[:, 2 * sums :], 2, axis=1)
        total = word_sum[None] + cue_sum[heads][:, None]
        for number, table in enumerate(self._between):
            total += table[between[:, number]]
        np.maximum(total, 0, out=total)
        scores: NDArray[Any] = total @ self._weight[:sums] + self._bias
        scores += (word_product[None] * cue_product[heads][:, None]) @ self._weight[sums:]
        return scores
