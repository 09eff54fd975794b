"""Drawings as numbers: where bars, lines and labels stand. The template writes them as SVG.

A chart says by position and length alone what it says; colours repeat it. Its text for a screen reader is one
sentence, and the table under it has every figure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.dashboard.shares import Share

_BARS, _LABELS, _AREA = 760, 262, 400  # widths, in the units of the drawing
_ROW: Final = 26
_PANEL, _HEIGHT = 240, 118
_LEFT, _TOP, _PLOT, _DEPTH = 34, 24, 198, 70  # where a panel's plot lies
_CELL, _OUTLET = 62, 152


def percent(share: float) -> str:
    """Whole per cent; what is less than half of one but not nothing is *<1%*."""
    return "<1%" if 0 < share < 0.005 else f"{100 * share:.0f}%"


def scale(shares: Sequence[Share]) -> float:
    """The end of an axis: the least of 4, 10, 20, 30, 40, 50, 60, 80 or 100 per cent below which all intervals lie."""
    highest = max((share.high for share in shares if share.value is not None), default=0.0)
    return next((end for end in (0.04, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8) if highest <= end), 1.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart. Coordinates in the units of the drawing."""

    label: str
    kind: str
    y: float
    width: float
    low: float
    high: float
    value: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars with their intervals."""

    rows: tuple[Bar, ...]
    height: float
    ticks: tuple[tuple[float, str], ...]
    text: str
    width: float = _BARS
    left: float = _LABELS


def bars(what: str, rows: Sequence[tuple[str, str, Share]]) -> Bars:
    """A bar for each ``(label, kind, share)``."""
    end = scale([share for _, _, share in rows])
    found = tuple(
        Bar(
            label, kind, 4 + number * _ROW, _at(share.value or 0, end, _AREA),
            _LABELS + _at(share.low, end, _AREA), _LABELS + _at(share.high, end, _AREA), percent(share.value or 0),
        )
        for number, (label, kind, share) in enumerate(rows)
    )  # fmt: skip
    ticks = tuple((_LABELS + _at(part * end, end, _AREA), percent(part * end)) for part in (0, 0.5, 1))
    said = ", ".join(f"{bar.label} {bar.value}" for bar in found)
    return Bars(found, 8 + len(found) * _ROW + 18, ticks, f"{what}: {said}.")


@dataclass(frozen=True, slots=True)
class Panel:
    """A small chart over time of one kind."""

    label: str
    kind: str
    lines: tuple[str, ...]  # points of polylines, broken where there are too few articles
    bands: tuple[str, ...]  # points of polygons: the intervals
    dots: tuple[tuple[float, float, str], ...]
    gaps: tuple[float, ...]  # where there are too few articles


@dataclass(frozen=True, slots=True)
class Lines:
    """Small charts with the same axes."""

    panels: tuple[Panel, ...]
    top: str
    first: str
    last: str
    text: str
    width: float = _PANEL
    height: float = _HEIGHT
    left: float = _LEFT
    right: float = _LEFT + _PLOT
    above: float = _TOP
    below: float = _TOP + _DEPTH


def lines(what: str, periods: Sequence[str], kinds: Sequence[tuple[str, str, Sequence[Share | None]]]) -> Lines:
    """A panel for each ``(label, kind, a share for each period or None where there are too few articles)``."""
    end = scale([share for _, _, shares in kinds for share in shares if share])
    step = _PLOT / max(1, len(periods) - 1)

    def x(number: int) -> float:
        return round(_LEFT + number * step, 1)

    def y(share: float) -> float:
        return round(_TOP + _DEPTH - _at(share, end, _DEPTH), 1)

    panels = []
    for label, kind, shares in kinds:
        runs: list[list[tuple[int, Share]]] = [[]]
        for number, share in enumerate(shares):
            if share is None or share.value is None:
                runs.append([])
            else:
                runs[-1].append((number, share))
        runs = [run for run in runs if run]
        panels.append(
            Panel(
                label, kind,
                tuple(" ".join(f"{x(n)},{y(s.value or 0)}" for n, s in run) for run in runs),
                tuple(
                    " ".join([f"{x(n)},{y(s.high)}" for n, s in run] + [f"{x(n)},{y(s.low)}" for n, s in run[::-1]])
                    for run in runs
                ),
                tuple((x(n), y(s.value or 0), _hint(periods[n], s)) for run in runs for n, s in run),
                tuple(x(n) for n, share in enumerate(shares) if share is None),
            )
        )  # fmt: skip
    named = ", ".join(panel.label for panel in panels)
    text = f"{what}, from {periods[0]} to {periods[-1]}, a small chart for each of: {named}."
    return Lines(tuple(panels), percent(end), periods[0], periods[-1], text)


def _hint(period: str, share: Share) -> str:
    return f"{period}: {percent(share.value or 0)}, {percent(share.low)} to {percent(share.high)}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A bar in a row of a matrix."""

    x: float
    width: float
    low: float
    high: float
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """A row for each outlet, a column of bars for each kind."""

    heads: tuple[tuple[float, tuple[str, ...]], ...]
    rows: tuple[tuple[float, str, tuple[Cell, ...]], ...]
    width: float
    height: float
    text: str
    left: float = _OUTLET
    above: float = 40


def matrix(
    what: str, kinds: Sequence[tuple[str, str]], rows: Sequence[tuple[str, Sequence[Share]]], *, one_scale: bool = True
) -> Matrix:
    """``kinds`` are ``(label, kind)``, rows ``(outlet, a share for each kind)``; their order is kept."""
    width = _CELL if len(kinds) > 7 else 84
    ends = [
        scale([share for _, shares in rows for share in (shares if one_scale else shares[number : number + 1])])
        for number in range(len(kinds))
    ]
    drawn = tuple(
        (
            40 + number * 24,
            outlet if len(outlet) <= 22 else outlet[:21] + "…",
            tuple(
                Cell(
                    _OUTLET + at * width, _at(share.value or 0, ends[at], width - 7),
                    _OUTLET + at * width + _at(share.low, ends[at], width - 7),
                    _OUTLET + at * width + _at(share.high, ends[at], width - 7),
                    kinds[at][1], f"{outlet}, {kinds[at][0]}: {percent(share.value or 0)}",
                )
                for at, share in enumerate(shares)
                if share.value is not None
            ),
        )
        for number, (outlet, shares) in enumerate(rows)
    )  # fmt: skip
    heads = tuple((_OUTLET + at * width, _broken(label)) for at, (label, _) in enumerate(kinds))
    named = ", ".join(label for label, _ in kinds)
    said = f"{what}, a row for each of {len(rows)} outlets, by the alphabet, and a column of bars for each of: {named}."
    return Matrix(heads, drawn, _OUTLET + width * len(kinds), 46 + 24 * len(rows), said)


def _broken(label: str) -> tuple[str, ...]:
    """A head on at most two lines."""
    words = label.split(" ")
    if len(words) == 1:
        return (label,)
    best = min(range(1, len(words)), key=lambda n: max(len(" ".join(words[:n])), len(" ".join(words[n:]))))
    return " ".join(words[:best]), " ".join(words[best:])


def _at(share: float, end: float, length: float) -> float:
    at = share / end * length
    return round(at, 1) if math.isfinite(at) else 0.0
