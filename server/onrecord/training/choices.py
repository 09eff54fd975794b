"""Learning to choose: the weights of ``speakers.ranking`` from questions with several answers, one or more right."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.speakers.ranking import Floats, Weights

FOLDS: Final = 6
UNITS: Final = 16  # of the hidden layer
STEPS, STEP = 200, 0.05  # of the descent


@dataclass(frozen=True, slots=True)
class Question:
    """One mention with those who may be meant."""

    fold: int
    article: int
    kind: str  # what it counts depends on it
    rows: Floats  # answers × facts
    right: NDArray[np.bool_]  # which of the rows may be; the last is for nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How to learn, as chosen by cross-validation over articles."""

    shares: dict[str, float]  # how much a question of each kind counts
    ridge: float  # on the facts' own weights
    inner_ridge: float  # on the others


def fold_of(text: str) -> int:
    """The fold of a text; the same for texts that begin alike, as a corpus may have one cut."""
    return zlib.crc32(re.sub(r"\W+", "", text)[:100].lower().encode()) % FOLDS


def fit(asked: Sequence[Question], how: Fit) -> Weights:
    """A network with one hidden layer beside the facts' own weights, with a ridge.

    It learns from the answers of each question: the chance of those who may be meant rises.
    """
    rows = np.concatenate([question.rows for question in asked])
    right = np.concatenate([question.right for question in asked])
    number = np.repeat(np.arange(len(asked)), [len(question.right) for question in asked])
    share = np.array([how.shares[question.kind] for question in asked])[number]
    spread = rows.std(axis=0) + 1e-3
    rows = rows / spread
    columns = rows.shape[1]
    draw = np.random.default_rng(0)
    inner = draw.normal(size=(columns, UNITS)) / columns**0.5
    parts = [np.zeros(columns), inner, np.zeros(UNITS), draw.normal(size=UNITS) * 0.01]
    mean, square = ([np.zeros_like(part) for part in parts] for _ in range(2))
    for step in range(1, STEPS + 1):
        weights = Weights(*parts)
        scores, hidden = weights.scores(rows), np.tanh(rows @ weights.inner + weights.bias)
        chances = _shares(scores, number, len(asked))
        wanted = np.where(right, _shares(np.where(right, scores, -np.inf), number, len(asked)), 0)
        wrong = (chances - wanted) * share
        back = wrong[:, None] * weights.outer * (1 - hidden * hidden)
        slopes = (rows.T @ wrong, rows.T @ back, back.sum(axis=0), hidden.T @ wrong)
        pace = STEP * min(1.0, 3 * (1 - step / STEPS) + 0.1)
        for at, (part, slope) in enumerate(zip(parts, slopes, strict=True)):
            full = slope + (how.ridge if not at else how.inner_ridge) * part
            mean[at], square[at] = 0.9 * mean[at] + 0.1 * full, 0.99 * square[at] + 0.01 * full * full
            parts[at] = part - pace * (mean[at] / (1 - 0.9**step)) / (np.sqrt(square[at] / (1 - 0.99**step)) + 1e-8)
    linear, inner, bias, outer = parts
    return Weights(linear / spread, inner / spread[:, None], bias, outer)


def _shares(scores: Floats, number: NDArray[np.int64], count: int) -> Floats:
    most = np.full(count, -np.inf)
    np.maximum.at(most, number, scores)
    shares = np.exp(scores - most[number])
    total = np.zeros(count)
    np.add.at(total, number, shares)
    return np.asarray(shares / total[number], np.float64)


def folds(asked: Sequence[Question], how: Fit) -> list[Weights]:
    """For each fold the weights that were found without it."""
    return [fit([one for one in asked if one.fold != fold], how) for fold in range(FOLDS)]


def save(weights: Weights, file: Path) -> None:
    """Write the weights as ``speakers.ranking`` reads them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    parts = {name: part.astype(np.float32) for name, part in asdict(weights).items()}
    np.savez_compressed(file, allow_pickle=False, **parts)
