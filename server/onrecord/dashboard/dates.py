"""Days as archives write them, and the periods that they fall into."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from typing import Final, Literal, get_args

from onrecord.errors import Unreadable

Grain = Literal["day", "week", "month", "quarter", "year"]
GRAINS: tuple[Grain, ...] = get_args(Grain)

# How many periods of a kind a chart can show; the finest kind that stays within it is taken.
_FINEST: Final[dict[Grain, int]] = {"day": 31, "week": 26, "month": 48, "quarter": 40, "year": 120}
MOST_PERIODS: Final = 120

_ISO = re.compile(r"\s*(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?![\d/])")
YEAR, MONTH, DAY = 1, 2, 3  # how exactly a day is known


def known(published: str | None) -> tuple[date, int] | None:
    """The day of ``published`` and how exactly it is known; None if there is none that can be told.

    ISO 8601 (a year, a month, a day, with or without a time) and the dates of e-mail (RFC 5322) are read;
    ``3/4/2026`` is another day in another country and is not.
    """
    if not published:
        return None
    found = _ISO.match(published)
    try:
        if found:
            year, month, day = found.groups()
            return date(int(year), int(month or 1), int(day or 1)), DAY if day else MONTH if month else YEAR
        return parsedate_to_datetime(published).date(), DAY
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def bound(text: str, *, last: bool) -> date:
    """The first day, or the last, of a year, month or day (``2026``, ``2026-05``, ``2026-05-17``).

    Raises ``Unreadable`` for anything else.
    """
    found = known(text) if re.fullmatch(r"\d{4}(-\d{2}){0,2}", text) else None
    if found is None:
        raise Unreadable(f"{text} is no year, month or day; write 2026, 2026-05 or 2026-05-17.")
    day, exact = found
    if not last or exact == DAY:
        return day
    try:
        following = date(day.year + 1, 1, 1) if exact == YEAR or day.month == 12 else day.replace(month=day.month + 1)
    except ValueError:
        return date.max
    return following - timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A day, week (from Monday, ISO 8601), month, quarter or year, by its first day."""

    first: date
    grain: Grain

    @property
    def next(self) -> Period:
        """The one after it."""
        first, grain = self.first, self.grain
        if grain in {"day", "week"}:
            return Period(first + timedelta(days=1 if grain == "day" else 7), grain)
        months = first.year * 12 + first.month - 1 + {"month": 1, "quarter": 3}.get(grain, 12)
        return Period(date(months // 12, months % 12 + 1, 1), grain)

    def __str__(self) -> str:
        first = self.first
        if self.grain == "year":
            return f"{first.year}"
        if self.grain == "quarter":
            return f"{first.year} Q{(first.month + 2) // 3}"
        if self.grain == "month":
            return f"{first:%b} {first.year}"
        return f"{first.day} {first:%b} {first.year}"


def period(day: date, grain: Grain) -> Period:
    """The period that a day falls into."""
    if grain == "week":
        day -= timedelta(days=min(day.weekday(), day.toordinal() - 1))
    elif grain != "day":
        month = {"month": day.month, "quarter": day.month - (day.month - 1) % 3}.get(grain, 1)
        day = date(day.year, month, 1)
    return Period(day, grain)


def fitting(first: date, last: date, exact: int) -> Grain:
    """The finest kind of period of which a chart can show all from ``first`` to ``last``.

    ``exact`` is how exactly the days are known: where only the month is, there are no weeks.
    """
    days = (last - first).days + 1
    lengths: dict[Grain, float] = {"day": 1, "week": 7, "month": 30.4, "quarter": 91.3, "year": 365.25}
    least: Grain = {DAY: "day", MONTH: "month"}.get(exact, "year")  # type: ignore[assignment]
    for grain in GRAINS[GRAINS.index(least) :]:
        if days / lengths[grain] <= _FINEST[grain]:
            return grain
    return "year"
