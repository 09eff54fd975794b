"""The page: one HTML file that needs nothing but itself, and no script to be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from markupsafe import Markup

from onrecord.dashboard import archive, dates, groups, lists, sections
from onrecord.dashboard.archive import Archive, Asked
from onrecord.dashboard.charts import percent
from onrecord.dashboard.sections import Measure, View
from onrecord.dashboard.sheets import FEW, Column, Sheet, number, text
from onrecord.errors import Unreadable
from onrecord.formats import html
from onrecord.formats.controls import to_html
from onrecord.formats.labels import counted

LEAST = 20  # articles that a figure needs, unless the command says otherwise


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    asked: Asked = field(default_factory=Asked)
    grain: dates.Grain | None = None
    least: int = LEAST
    measure: Measure = "sources"
    title: str | None = None


_PACKAGE = "onrecord.dashboard"


def style() -> str:
    """The page's style sheet."""
    return html.style("summary.css", _PACKAGE)


def content_security_policy() -> str:
    """The page's own style sheet and nothing else; a CSV file is a link, which no policy has to allow."""
    return html.own_style_only(style())


def write(source: Path, target: Path, options: Options) -> Archive:
    """Sum up an output of ``onrecord corpus``; what stood in ``target`` is replaced when all is read.

    Raises ``Unreadable`` and ``NothingToAnalyze``.
    """
    if target.resolve() == source.resolve():
        raise Unreadable("The page would replace the analyses that it is made of; name another file.")
    found = archive.read(source, options.asked)
    page = render(found, options, source.name)
    made = target.with_name(target.name + ".part")
    try:
        made.write_text(page, encoding="utf-8", errors="replace")
        made.replace(target)
    except OSError as error:
        raise Unreadable(f"{target} cannot be written: {error.strerror or error}.") from None
    return found


def render(found: Archive, options: Options, name: str) -> str:
    """The page about an archive that has been read. ``name`` is what its file is called."""
    table = found.table
    view = View(
        found, groups.periods(table, options.grain, options.least), groups.outlets(table, options.least),
        options.least, options.measure,
    )  # fmt: skip
    parts = [
        sections.kinds(view, "type", "Sources by type", "type"),
        sections.kinds(view, "identity", "Sources by identification", "identification"),
        sections.glance(view),
        lists.names(view),
        lists.anonymous(view),
        lists.contested(view),
        lists.looks(view),
    ]
    made = html.environment(_PACKAGE).get_template("summary.html").render(
        title=options.title or "Who is talking",
        name=name,
        policy=content_security_policy(),
        style=Markup(style()),  # noqa: S704 - our own file
        span=_span(table.column("day"), table.column("exact")),
        view=view,
        options=options,
        figures=_figures(view),
        sections=parts,
        remarks=_remarks(view, options),
        failures=_failures(found),
        engines=sorted(found.engines),
        words_of=_day,
        few=FEW,
    )  # fmt: skip
    return to_html(made)


def _span(days: Any, exact: Any) -> str:
    known = days[days > 0]
    if not len(known):
        return ""
    first, last = (date.fromordinal(int(day)) for day in (known.min(), known.max()))
    if not np.any(exact[days > 0] == dates.DAY):
        return f"{first.year} to {last.year}" if first.year != last.year else f"{first.year}"
    return f"{_day(first)} to {_day(last)}" if first != last else _day(first)


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _figures(view: View) -> list[tuple[str, str, str]]:
    """What stands at the top: a number, what it counts, and how exactly it is known."""
    table = view.archive.table
    quoted, anonymous, contested, _ = groups.quoted(table)(None)
    found = [
        (f"{len(table):,}", "article" if len(table) == 1 else "articles", ""),
        (f"{int(table.column('sources').sum()):,}", "sources, counted in each article", ""),
        (f"{int(table.column('quotes').sum()):,}", "quotes", ""),
    ]
    for share, what in (
        (quoted, "of all words are quoted"),
        (anonymous, "of articles have a source that is anonymous by agreement"),
        (contested, "of articles have a claim that they word as contested"),
    ):
        if share.value is not None:
            found.append((percent(share.value), what, f"{percent(share.low)} to {percent(share.high)}"))
    return found


def _remarks(view: View, options: Options) -> list[str]:
    """What limits the figures, before anybody reads them."""
    found, total = view.archive, len(view.archive.table)
    said = []
    if total < options.least:
        said.append(
            f"These are {counted(total, 'article')}: too few for any figure here to say more than what stands in them."
        )
    if found.left:
        said.append(f"{counted(found.left, 'article')} of the archive {_are(found.left)} left out, as was asked for.")
    if found.failed:
        count = sum(found.failed.values())
        said.append(f"{counted(count, 'document')} could not be analysed and {_are(count)} in no figure.")
    if found.damaged:
        said.append(f"{counted(found.damaged, 'line')} of the file could not be read. The first: {found.first_damage}")
    nameless = int((view.archive.table.column("outlet") < 0).sum())
    if nameless:
        said.append(f"{counted(nameless, 'article')} {'names' if nameless == 1 else 'name'} no outlet.")
    if found.undated:
        odd = f" ({found.unread_dates:,} dated in another way, as 3/4/2026 is)" if found.unread_dates else ""
        has = "has" if found.undated == 1 else "have"
        said.append(f"{counted(found.undated, 'article')} {has} no date that can be told for certain{odd}.")
    if found.repeats:
        said.append(
            f"{counted(found.repeats, 'article')} {'has' if found.repeats == 1 else 'have'} the text of another one, "
            "word for word. Each is counted."
        )
    return said


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _failures(found: Archive) -> Sheet | None:
    if not found.failed:
        return None
    rows = tuple((text(code), number(count)) for code, count in sorted(found.failed.items()))
    columns = (Column("Code", ("code",)), Column("Documents", ("documents",)))
    return Sheet("failed", "Documents that could not be analysed", columns, rows)
