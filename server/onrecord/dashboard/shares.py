"""Shares and how exactly they are known.

The unit is the article: what one article says hangs together, so a share of sources or words is a ratio of two sums
over articles, and its interval comes from how much the articles differ (the ratio estimator's linearised variance:
Cochran, *Sampling Techniques*, 3rd edition, 1977, section 6.4; without a correction for finite populations). Shares of
articles have Wilson's interval (1927). Both are at 95 per cent, and say how far a figure would move if other articles
of the same kind had been collected.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

from numpy.typing import NDArray

_Z: Final = 1.96


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole. ``value`` and its interval run from 0 to 1; None where there is nothing to divide by."""

    count: float
    whole: float
    value: float | None = None
    low: float = 0.0
    high: float = 0.0


def proportion(count: float, whole: float) -> Share:
    """The share of articles that have something, with Wilson's interval."""
    if not whole:
        return Share(count, whole)
    value = count / whole
    centre = (value + _Z**2 / (2 * whole)) / (1 + _Z**2 / whole)
    reach = _Z / (1 + _Z**2 / whole) * math.sqrt(value * (1 - value) / whole + _Z**2 / (4 * whole**2))
    return Share(count, whole, value, max(0.0, centre - reach), min(1.0, centre + reach))


def ratios(parts: NDArray[Any], whole: NDArray[Any]) -> list[Share]:
    """The share of each column of ``parts`` in the sum of ``whole``; both have a row for each article.

    Articles in which the whole is nothing (without a source, without a quoted word) say nothing about it.
    """
    has = whole > 0
    parts, whole = parts[has], whole[has]
    articles, total = len(whole), float(whole.sum())
    if not articles:
        return [Share(0, 0) for _ in range(parts.shape[1])]
    found = []
    for column in parts.T:
        value = float(column.sum()) / total
        if value in {0.0, 1.0} or articles == 1:
            # The articles do not differ, which is no certainty: as many of them as there are may all be alike.
            edge = proportion(round(value * articles), articles)
            low, high = (edge.low, edge.high) if articles > 1 else (0.0, 1.0)
        else:
            spread = float(((column - value * whole) ** 2).sum()) * articles / (articles - 1)
            reach = _Z * math.sqrt(spread) / total
            low, high = max(0.0, value - reach), min(1.0, value + reach)
        found.append(Share(float(column.sum()), total, value, min(low, value), max(high, value)))
    return found
