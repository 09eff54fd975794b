"""Days and periods: what can be told is read, and what can mean two days is not."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.dashboard import dates
from onrecord.errors import Unreadable


@pytest.mark.parametrize(
    ("written", "day", "exact"),
    [
        ("2026-11-28", date(2026, 11, 28), dates.DAY),
        ("2026-11-28T23:30:00-05:00", date(2026, 11, 28), dates.DAY),  # the day where it was published
        ("2026-11-28 07:00", date(2026, 11, 28), dates.DAY),
        (" 20261128", date(2026, 11, 28), dates.DAY),
        ("20261128T070000Z", date(2026, 11, 28), dates.DAY),
        ("2026-11", date(2026, 11, 1), dates.MONTH),
        ("2026", date(2026, 1, 1), dates.YEAR),
        ("Sat, 28 Nov 2026 07:00:00 +0000", date(2026, 11, 28), dates.DAY),
        ("28 Nov 2026 07:00:00 GMT", date(2026, 11, 28), dates.DAY),
    ],
)
def test_dates_of_archives_are_read(written: str, day: date, exact: int) -> None:
    assert dates.known(written) == (day, exact)


@pytest.mark.parametrize(
    "written",
    [None, "", "yesterday", "3/4/2026", "2026/03/04", "04.03.2026", "2026-13-01", "2026-02-30", "0000-00-00", "9" * 400,
     "1764288000", "Sat, 99 Nov 2026 07:00:00 +0000", "\ud800"],
)  # fmt: skip
def test_what_is_no_date_or_could_be_two_is_none(written: str | None) -> None:
    assert dates.known(written) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2026", date(2026, 1, 1), date(2026, 12, 31)), ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
     ("2026-12", date(2026, 12, 1), date(2026, 12, 31)), ("2026-05-17", date(2026, 5, 17), date(2026, 5, 17)),
     ("9999", date(9999, 1, 1), date.max)],
)  # fmt: skip
def test_a_bound_takes_in_the_whole_year_or_month(text: str, first: date, last: date) -> None:
    assert (dates.bound(text, last=False), dates.bound(text, last=True)) == (first, last)


@pytest.mark.parametrize("text", ["May", "2026-5", "2026-02-30", "28.11.2026", "2026-11-28T00:00", "20261128"])
def test_another_bound_is_refused_with_the_forms_that_are_taken(text: str) -> None:
    with pytest.raises(Unreadable, match="write 2026, 2026-05 or 2026-05-17"):
        dates.bound(text, last=False)


@pytest.mark.parametrize(
    ("grain", "name", "following"),
    [("day", "31 Dec 2026", "1 Jan 2027"), ("week", "28 Dec 2026", "4 Jan 2027"), ("month", "Dec 2026", "Jan 2027"),
     ("quarter", "2026 Q4", "2027 Q1"), ("year", "2026", "2027")],
)  # fmt: skip
def test_periods_follow_each_other(grain: dates.Grain, name: str, following: str) -> None:
    found = dates.period(date(2026, 12, 31), grain)
    assert (str(found), str(found.next)) == (name, following)


@pytest.mark.parametrize(
    ("last", "exact", "grain"),
    [(date(2026, 1, 20), dates.DAY, "day"), (date(2026, 4, 1), dates.DAY, "week"),
     (date(2027, 6, 1), dates.DAY, "month"),
     (date(2031, 6, 1), dates.DAY, "quarter"), (date(2050, 1, 1), dates.DAY, "year"),
     (date(2026, 1, 20), dates.MONTH, "month"), (date(2026, 1, 20), dates.YEAR, "year")],
)  # fmt: skip
def test_the_periods_are_the_finest_of_which_a_chart_shows_all(last: date, exact: int, grain: str) -> None:
    assert dates.fitting(date(2026, 1, 1), last, exact) == grain


def test_the_first_days_of_the_calendar_have_a_week() -> None:
    assert dates.period(date.min, "week").first == date.min
