"""What kind of source somebody is: read off the words where the article says who it is (``training.network.Kinds``).

The encoder hands on of each word how much it counts in each of some ways of looking, and what it then says; the last
two layers, which see a source as a whole, lie here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.result import IDENTIFICATIONS, SOURCE_TYPES, Identification, SourceType

Floats = NDArray[np.float32]

# What the register says of a source beside the words: a person's name, several people, a proper name.
FACTS: Final = 3
LOOKS: Final = 4  # ways of looking
SMALL: Final = 1e-6  # what is as long as nothing


@dataclass(frozen=True, slots=True)
class Kind:
    """What the model says of one source: the chance of each type and of each identification."""

    types: Mapping[SourceType, float]
    identifications: Mapping[Identification, float]
    telling: Floats  # by type (in the taxonomy's order) and word: how much the word speaks for the type

    @property
    def type(self) -> SourceType:
        """The likeliest type."""
        return max(self.types, key=lambda one: self.types[one])


class Kinds:
    """The last layers, ready to read."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """``arrays``: those of ``pairs.npz``."""
        self._make, self._made = arrays["kinds_make_weight"], arrays["kinds_make_bias"]
        self._answer, self._bias = arrays["kinds_answer_weight"], arrays["kinds_answer_bias"]

    def of(self, words: Floats, facts: Sequence[float]) -> Kind:
        """What kind of source it is of which ``words`` × numbers are shown; at least one word."""
        weights, pooled, made, scores = self._read(words, facts)
        types, named = np.split(scores, [len(SOURCE_TYPES)])
        # Where nothing is cut off all of it is sums of what the words bring, and so is the score of a type.
        way = (pooled > 0)[:, None] * self._make[: len(pooled)] * (made > 0) @ self._answer[:, : len(SOURCE_TYPES)]
        way = way - way.mean(axis=1, keepdims=True)
        return Kind(
            dict(zip(SOURCE_TYPES, _softmax(types, 0).tolist(), strict=True)),
            dict(zip(IDENTIFICATIONS, _softmax(named, 0).tolist(), strict=True)),
            (weights.reshape(len(words), -1) @ way).T,
        )

    def types(self, words: Floats) -> Floats:
        """The chance of each type, in the taxonomy's order, by the words alone."""
        return _softmax(self._read(words, (0.0,) * FACTS)[-1][: len(SOURCE_TYPES)], 0)

    def _read(self, words: Floats, facts: Sequence[float]) -> tuple[Floats, Floats, Floats, Floats]:
        """What each word brings in each way of looking, their sums, the layer between, and the scores."""
        looks, said = words[:, :LOOKS], words[:, LOOKS:].reshape(len(words), LOOKS, -1)
        weights = _softmax(looks, 0)[..., None] * said
        pooled = weights.sum(axis=0).ravel()
        made = np.concatenate([np.maximum(pooled, 0), np.asarray(facts, np.float32)]) @ self._make + self._made
        return weights, pooled, made, np.maximum(made, 0) @ self._answer + self._bias


@dataclass(frozen=True, slots=True)
class Shown:
    """What the encoder shows of the words of an article."""

    starts: NDArray[np.int64]  # where each begins, in code points of ``Article.text``, ascending
    words: Floats  # words × numbers

    def at(self, starts: Sequence[int]) -> Floats:
        """The numbers of the words that begin at ``starts``; 0 where none does."""
        if not len(self.starts):
            return np.zeros((len(starts), self.words.shape[1]), np.float32)
        places = np.minimum(np.searchsorted(self.starts, starts), len(self.starts) - 1)
        return np.where((self.starts[places] == starts)[:, None], self.words[places], np.float32(0))


@dataclass(frozen=True, slots=True)
class Sight:
    """What the encoder shows of one article, and the layers that read it."""

    kinds: Kinds
    shown: Shown

    def of(self, starts: Sequence[int], facts: Sequence[float]) -> Kind | None:
        """What kind of source it is of which the words that begin at ``starts`` are shown; None if there are none."""
        return self.kinds.of(self.shown.at(starts), facts) if starts else None


def directions(words: Floats) -> Floats:
    """What each of ``words`` × numbers says of who somebody is, in rows of length 1."""
    said = words[:, LOOKS:]
    return np.asarray(said / (np.linalg.norm(said, axis=1, keepdims=True) + SMALL), np.float32)


def _softmax(scores: Floats, axis: int) -> Floats:
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True), np.float32)
