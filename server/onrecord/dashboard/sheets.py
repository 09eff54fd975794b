"""Tables: what the page shows and what its CSV files hold, from the same cells."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.dashboard.charts import percent
from onrecord.dashboard.shares import Share
from onrecord.formats.table import cell as harmless

Plain = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head on the page, and its names in the CSV file, one for each value of a cell.

    One without a head is in the file alone, one without names on the page alone.
    """

    head: str
    names: tuple[str, ...]
    kind: str = ""  # the colour of its head


@dataclass(frozen=True, slots=True)
class Cell:
    """What the page shows, smaller below it what qualifies it, and what the CSV file holds."""

    text: str
    values: tuple[Plain, ...]
    small: str = ""
    link: str | None = None
    swatch: str = ""  # the colour of a row's head
    several: tuple[str, ...] = ()  # shown as a list, after ``text``

    @property
    def is_words(self) -> bool:
        """Whether it is read, and not compared with what stands above and below it."""
        return bool(self.values) and isinstance(self.values[0], str)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its caption and the name of its file. The first cell of a row is its head."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unseen: frozenset[int] = frozenset()  # rows that are in the file alone

    def csv(self) -> str:
        """The table as CSV (RFC 4180), in which no cell is a formula to a spreadsheet."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([name for column in self.columns for name in column.names])
        for row in self.rows:
            writer.writerow([_value(value) for cell in row for value in cell.values])
        return out.getvalue()

    @property
    def shown(self) -> list[list[Cell]]:
        """The rows without those, and without the columns, that are in the file alone."""
        return [
            [cell for column, cell in zip(self.columns, row, strict=True) if column.head]
            for number, row in enumerate(self.rows)
            if number not in self.unseen
        ]

    @property
    def address(self) -> str:
        """The CSV file as an address that holds it; spreadsheets know by its mark that it is UTF-8."""
        data = ("\ufeff" + self.csv()).encode("utf-8", "replace")
        return "data:text/csv;charset=utf-8;base64," + base64.b64encode(data).decode("ascii")


def _value(value: Plain) -> Plain:
    if isinstance(value, str):
        return harmless(value)
    return round(value, 4) if isinstance(value, float) else value


def text(value: str, *, link: str | None = None, swatch: str = "", small: str = "") -> Cell:
    """Words."""
    return Cell(value, (value,), small, link, swatch)


def number(value: float) -> Cell:
    """A count."""
    return Cell(f"{value:,.0f}", (int(value),))


FEW: Final = "too few"


def share(found: Share, *, enough: bool = True) -> Cell:
    """A share with its interval; its values are the count, the share and the ends of the interval."""
    if not enough:
        return Cell(FEW, (int(found.count), None, None, None))
    if found.value is None:
        return Cell("–", (int(found.count), None, None, None))
    low, high = percent(found.low), percent(found.high)
    small = low if low == high else f"{low.removesuffix('%')}–{high}"
    return Cell(percent(found.value), (int(found.count), found.value, found.low, found.high), small)


def share_columns(head: str, name: str, kind: str = "") -> Column:
    """The column of such cells."""
    return Column(head, (name, f"{name}_share", f"{name}_low", f"{name}_high"), kind)


def of_groups(
    name: str,
    caption: str,
    what: str,
    kinds: Sequence[tuple[str, str, str]],
    rows: Sequence[tuple[str, int, bool, Sequence[Share]]],
    *,
    coloured: bool = True,
    whole: bool = True,
) -> Sheet:
    """A row for each period or outlet: ``(its name, articles, whether they are enough, a share for each kind)``.

    ``kinds`` are ``(head, name in the CSV file, colour)``. Unless it is ``whole``, rows of too few articles are in the
    file alone.
    """
    columns = (
        Column(what, (what.lower(),)),
        Column("Articles", ("articles",)),
        *(share_columns(head, key, colour if coloured else "") for head, key, colour in kinds),
    )
    made = tuple(
        (text(label), number(articles), *(share(each, enough=enough) for each in shares))
        for label, articles, enough, shares in rows
    )
    few = frozenset() if whole else frozenset(at for at, (_, _, enough, _) in enumerate(rows) if not enough)
    return Sheet(name, caption, columns, made, few)
