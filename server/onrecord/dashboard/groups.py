"""The articles of an archive by period and by outlet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.dashboard import dates
from onrecord.dashboard.shares import Share, proportion, ratios
from onrecord.dashboard.table import Table
from onrecord.errors import Unreadable

MOST_OUTLETS: Final = 40  # in a chart
_EDGE: Final = 0.005  # of the dates at either end may be strays (1970, a typing error) and make no axis


@dataclass(frozen=True, slots=True)
class Group:
    """The articles of one period or outlet: which rows of the table they are."""

    label: str
    rows: NDArray[Any]
    enough: bool  # there are as many as a figure needs

    @property
    def articles(self) -> int:
        """How many there are."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods of an archive without a gap, and how many dated articles lie before and after them."""

    grain: dates.Grain
    groups: tuple[Group, ...] = ()
    outside: int = 0
    coarse: int = 0  # articles whose date is not known closely enough


def periods(table: Table, grain: dates.Grain | None, least: int) -> Periods:
    """The articles by period; the kind of period is chosen by the time that they span unless it is given.

    Raises ``Unreadable`` if there are more periods of the given kind than a chart can show.
    """
    days, exact = table.column("day"), table.column("exact")
    dated = np.flatnonzero(days)
    if not len(dated):
        return Periods(grain or "year")
    order = dated[np.argsort(days[dated], kind="stable")]
    cut = int(len(order) * _EDGE)
    first, last = (date.fromordinal(int(days[order[at]])) for at in (cut, len(order) - 1 - cut))
    closely = dates.DAY if np.mean(exact[dated] == dates.DAY) >= 0.5 else int(np.median(exact[dated]))
    chosen = grain or dates.fitting(first, last, closely)
    needed = {"day": dates.DAY, "week": dates.DAY, "month": dates.MONTH, "quarter": dates.MONTH}.get(chosen, dates.YEAR)
    end, last_period = dates.period(first, chosen), dates.period(last, chosen)
    names = [end]
    while end < last_period and len(names) <= dates.MOST_PERIODS:
        end = end.next
        names.append(end)
    if len(names) > dates.MOST_PERIODS:
        if grain and grain != "year":
            longer = dates.GRAINS[dates.GRAINS.index(grain) + 1]
            raise Unreadable(
                f"From {first} to {last} there are more than {dates.MOST_PERIODS} periods of a {grain}; ask for "
                f"`--by {longer}`, or for a shorter time with --from and --to."
            )
        names = names[: dates.MOST_PERIODS]
    rows: dict[dates.Period, list[int]] = {name: [] for name in names}
    outside = coarse = 0
    for row in order:
        if exact[row] < needed:
            coarse += 1
            continue
        found = rows.get(dates.period(date.fromordinal(int(days[row])), chosen))
        if found is None:
            outside += 1
        else:
            found.append(int(row))
    groups = tuple(Group(str(name), np.array(each, dtype=int), len(each) >= least) for name, each in rows.items())
    return Periods(chosen, groups, outside, coarse)


def outlets(table: Table, least: int) -> list[Group]:
    """The articles by outlet, in alphabetical order; articles that name none are left out."""
    numbers = table.column("outlet")
    order = np.argsort(numbers, kind="stable")
    names, starts = np.unique(numbers[order], return_index=True)
    pieces = np.split(order, starts[1:])
    found = [
        Group(table.outlet(int(name)), rows, len(rows) >= least)
        for name, rows in zip(names, pieces, strict=True)
        if name >= 0
    ]
    return sorted(found, key=lambda group: (group.label.casefold(), group.label))


def shares(table: Table, dimension: str, measure: str) -> Callable[[NDArray[Any] | None], list[Share]]:
    """How ``type`` or ``identity`` divides ``sources`` or ``words`` among some rows, or all of them."""
    parts = table.group(f"{dimension}_{measure}")
    whole = parts.sum(axis=1)

    def of(rows: NDArray[Any] | None) -> list[Share]:
        return ratios(parts, whole) if rows is None else ratios(parts[rows], whole[rows])

    return of


def quoted(table: Table) -> Callable[[NDArray[Any] | None], list[Share]]:
    """The four figures of a period or outlet.

    Words quoted of all words, and the articles with an anonymous source, with a contested claim, and with one source
    alone.
    """
    words = table.column("words").astype(np.float64)
    said = np.minimum(table.group("type_words").sum(axis=1), words)[:, None]  # a quote in a quote counts twice
    anonymous = table.group("reason").sum(axis=1) > 0
    contested = table.group("status").sum(axis=1) > 0
    single = table.column("single") > 0

    def of(rows: NDArray[Any] | None) -> list[Share]:
        chosen = slice(None) if rows is None else rows
        count = len(words[chosen])
        return [
            *ratios(said[chosen], words[chosen]),
            *(proportion(int(has[chosen].sum()), count) for has in (anonymous, contested, single)),
        ]

    return of
