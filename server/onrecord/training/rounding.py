"""Weights in eight bits whose products are exact on every processor.

x86 processors without VNNI add two neighbouring products of eight bits in sixteen (``vpmaddubsw``), and cut off what
does not fit: another answer than everywhere else. With what comes in at 255 at most it always fits where two weights
that meet there, rows 2k and 2k + 1 of a column, add up to no more than 128. ONNX Runtime takes those quick kernels
wherever it is not asked for slower ones, so weights like these make the same numbers everywhere, at the quick ones'
speed.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

LARGEST: Final = 127
MOST: Final = 128  # of two neighbours together: 255 · 128 = 32,640 is what sixteen bits with a sign still hold

# By how much a column's scale may be larger than its largest weight asks for. A larger scale rounds everything more
# coarsely, a smaller one cuts more pairs; each column takes what leaves the least error.
SCALES: Final = (1.0, 1.25, 1.5, 1.75, 2.0)


def rounded(weights: NDArray[Any]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """``weights`` (rows × columns, what comes in × what goes out) in eight bits, and the scale of each column."""
    least = np.maximum(np.abs(weights).max(axis=0), np.finfo(np.float32).tiny) / LARGEST
    best = np.full(len(least), np.inf)
    made, scales = np.zeros(weights.shape, np.int8), least.astype(np.float32)
    for factor in SCALES:
        scale = (least * factor).astype(np.float32)
        steps = _limited(np.round(weights / scale))
        error = np.square(steps * scale - weights).sum(axis=0)
        better = error < best
        best = np.where(better, error, best)
        made = np.where(better, steps, made).astype(np.int8)
        scales = np.where(better, scale, scales)
    return made, scales


def _limited(steps: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers with each two neighbours of a column brought to ``MOST`` at most, by half of what is too much."""
    paired = len(steps) // 2 * 2
    first, second = steps[0:paired:2], steps[1:paired:2]
    much = np.maximum(np.abs(first + second) - MOST, 0) * np.sign(first + second)
    half = np.trunc(much / 2)
    first -= half
    second -= much - half
    return steps
