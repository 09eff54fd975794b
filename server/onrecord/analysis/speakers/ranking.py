"""Learned weights that choose among those who may be meant: one score each from numbers that tell of them.

``antecedents`` has the numbers for *he* and *she*, ``resemblance`` those for *the carmaker*, *it* and *they*;
``training.mentions`` and ``training.nouns`` make the weights.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.model.weights import verified

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """What a ranking has learned: a weight for each of the facts, and what they say together."""

    linear: Floats  # one for each fact
    inner: Floats  # facts × units
    bias: Floats  # units
    outer: Floats  # units

    @classmethod
    def of_facts(cls, linear: Floats) -> Weights:
        """Weights of single facts, without any that say something together."""
        return cls(linear, np.zeros((len(linear), 0)), np.zeros(0), np.zeros(0))

    def scores(self, rows: Floats) -> Floats:
        """One for each of ``rows``, which have a column for each fact."""
        return np.asarray(rows @ self.linear + np.tanh(rows @ self.inner + self.bias) @ self.outer, np.float64)

    def chances(self, rows: Floats) -> Floats:
        """One for each of ``rows``; they add up to 1."""
        scores = self.scores(rows)
        shares = np.exp(scores - scores.max())
        return np.asarray(shares / shares.sum(), np.float64)


def published(file: str) -> Weights:
    """The weights in a file that ships with Onrecord; raises ``ModelUnavailable``."""
    arrays = np.load(io.BytesIO(verified(file)))
    return Weights(**{part.name: arrays[part.name].astype(np.float64) for part in fields(Weights)})
