"""The sections of the page: each a heading, some sentences, charts, and tables under them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from numpy.typing import NDArray

from onrecord.dashboard import charts, groups, sheets
from onrecord.dashboard.archive import Archive
from onrecord.dashboard.groups import Group, Periods
from onrecord.dashboard.shares import Share, proportion
from onrecord.dashboard.sheets import Cell, Column, Sheet
from onrecord.dashboard.table import LOST
from onrecord.formats import labels as words
from onrecord.formats.labels import counted

Measure = Literal["sources", "words"]
Of = Callable[[NDArray[Any] | None], list[Share]]
Kind = tuple[str, str, str]  # label, id, colour

FEW_NAMED: Final = 30  # outlets with too few articles that are named
FEWEST_PERIODS: Final = 3  # with enough articles each, for a line over time


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a section: a chart or what is said in its place, and a table."""

    sheet: Sheet | None = None
    bars: charts.Bars | None = None
    lines: charts.Lines | None = None
    matrix: charts.Matrix | None = None
    title: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its parts."""

    id: str
    title: str
    intro: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class View:
    """An archive, cut as the page shows it."""

    archive: Archive
    periods: Periods
    outlets: list[Group]
    least: int
    measure: Measure

    @property
    def few(self) -> str:
        """What is said of too few articles."""
        return f"fewer than {self.least} articles"


def _kinds(dimension: str, *, short: bool, lost: bool) -> list[Kind]:
    if dimension == "type":
        types = words.SHORT_TYPES if short else words.TYPES
        found = [(label, str(name), str(name)) for name, label in types.items()]
    else:
        identities = words.SHORT_IDENTIFICATIONS if short else words.IDENTIFICATIONS
        found = [(label, str(name), f"is-{name}") for name, label in identities.items()]
    return [*found, (words.NOT_FOUND, LOST, LOST)] if lost else found


def kinds(view: View, dimension: str, title: str, id_: str) -> Section:
    """Sources by type, or by identification: all together, over time, by outlet."""
    table = view.archive.table
    of = {measure: groups.shares(table, dimension, measure) for measure in ("sources", "words")}
    sources, spoken = of["sources"](None), of["words"](None)
    having = [int((column > 0).sum()) for column in table.group(f"{dimension}_sources").T]
    nothing = Cell("–", (None, None, None, None))
    rows: list[tuple[Cell, ...]] = []
    for (label, name, colour), source, said, articles in zip(
        _kinds(dimension, short=False, lost=True), sources, spoken, having, strict=True
    ):
        lost = name == LOST  # a quote without a speaker has no source that could be counted
        rows.append((
            sheets.text(label, swatch=colour),
            nothing if lost else sheets.share(source), Cell("–" if lost else f"{source.count:,.0f}", ()),
            sheets.share(said), Cell(f"{said.count:,.0f}", ()),
            nothing if lost else sheets.share(proportion(articles, len(table))),
        ))  # fmt: skip
    columns = (
        Column("Kind of source" if dimension == "type" else "Identification", ("kind",)),
        sheets.share_columns("Share of sources", "sources"), Column("Sources", ()),
        sheets.share_columns("Share of words quoted", "words"), Column("Words quoted", ()),
        sheets.share_columns("Articles with at least one", "articles"),
    )  # fmt: skip
    all_of_it = [
        Part(bars=_bars(f"Share of {measure_name}", dimension, found), title=heading)
        for measure_name, heading, found in (
            ("sources", "Share of sources", sources),
            ("words quoted", "Share of words quoted", spoken),
        )
        if any(each.value is not None for each in found)
    ]
    sheet = Sheet(f"sources-by-{id_}", f"{title}, all articles", columns, tuple(rows))
    chosen = of[view.measure]
    heads = _kinds(dimension, short=True, lost=view.measure == "words")
    counted = "sources" if view.measure == "sources" else "words quoted"
    return Section(
        id_, title, (),
        (
            *all_of_it, Part(sheet=sheet),
            over_time(view, f"{title} over time", f"{id_}-over-time", f"Share of {counted}", heads, chosen),
            by_outlet(view, f"{title} by outlet", f"{id_}-by-outlet", f"Share of {counted}", heads, chosen),
        ),
    )  # fmt: skip


def _bars(what: str, dimension: str, found: Sequence[Share]) -> charts.Bars:
    rows = [
        (label, colour, each)
        for (label, _, colour), each in zip(_kinds(dimension, short=False, lost=True), found, strict=True)
        if each.count
    ]
    return charts.bars(what, rows)


def over_time(
    view: View, title: str, name: str, what: str, heads: Sequence[Kind], of: Of, *, coloured: bool = True
) -> Part:
    """Figures for each period; a line only where enough periods have enough articles."""
    periods = view.periods
    if not periods.groups:
        return Part(title=title, notes=("No article says when it was published, so nothing can be shown over time.",))
    found = [(group, of(group.rows)[: len(heads)]) for group in periods.groups]
    enough = sum(group.enough for group in periods.groups)
    notes = []
    drawing = None
    if enough < FEWEST_PERIODS:
        notes.append(
            f"No line is drawn: of {counted(len(periods.groups), periods.grain)}, {enough or 'none'} "
            f"{'has' if enough < 2 else 'have'} {view.least} articles or more, and a line needs {FEWEST_PERIODS}."
        )
    else:
        series = [
            (label, colour if coloured else "plain", [each[at] if group.enough else None for group, each in found])
            for at, (label, _, colour) in enumerate(heads)
        ]
        drawing = charts.lines(f"{what} per {periods.grain}", [group.label for group in periods.groups], series)
        if enough < len(periods.groups):
            notes.append(f"A tick on the axis and no line: {view.few} in that {periods.grain}.")
    if periods.outside:
        notes.append(f"{counted(periods.outside, 'article')} dated long before or after all others "
                     f"{'is' if periods.outside == 1 else 'are'} left out here.")  # fmt: skip
    if periods.coarse:
        notes.append(f"Of {counted(periods.coarse, 'article')} the {periods.grain} is not known.")
    rows = [(group.label, group.articles, group.enough, each) for group, each in found]
    caption = f"{title}: {what.lower()}, per {periods.grain}"
    sheet = sheets.of_groups(name, caption, periods.grain.capitalize(), heads, rows, coloured=coloured)
    return Part(sheet, lines=drawing, title=title, notes=tuple(notes))


def by_outlet(
    view: View, title: str, name: str, what: str, heads: Sequence[Kind], of: Of, *, coloured: bool = True
) -> Part:
    """Figures for each outlet, in alphabetical order."""
    if not view.outlets:
        return Part(title=title, notes=("No article names its outlet, so nothing can be shown by outlet.",))
    found = [(group, of(group.rows)[: len(heads)]) for group in view.outlets]
    largest = sorted((group.articles for group in view.outlets if group.enough), reverse=True)[: groups.MOST_OUTLETS]
    drawn = [(group, each) for group, each in found if group.enough and group.articles >= largest[-1]]
    drawn = drawn[: groups.MOST_OUTLETS]
    notes = []
    few = [f"{group.label} ({group.articles:,})" for group in view.outlets if not group.enough]
    if not drawn:
        notes.append(f"Nothing is drawn or given as a share: every outlet has {view.few}.")
    if len(largest) == groups.MOST_OUTLETS < len(found) - len(few):
        notes.append(f"Drawn are the {len(drawn)} outlets with the most articles; --outlet chooses others.")
    if few and drawn:
        more = f" and {len(few) - FEW_NAMED:,} more, which are in the CSV file" if len(few) > FEW_NAMED else ""
        notes.append(f"With {view.few}, too few for a share: {', '.join(few[:FEW_NAMED])}{more}.")
    drawing = charts.matrix(
        what, [(label, colour if coloured else "plain") for label, _, colour in heads],
        [(group.label, each) for group, each in drawn], one_scale=coloured,
    ) if drawn else None  # fmt: skip
    rows = [(group.label, group.articles, group.enough, each) for group, each in found]
    sheet = sheets.of_groups(
        name, f"{title}: {what.lower()}", "Outlet", heads, rows, coloured=coloured, whole=not drawn
    )
    return Part(sheet, matrix=drawing, title=title, notes=tuple(notes))


GLANCE: Final[list[Kind]] = [
    ("Words quoted", "words_quoted", "plain"),
    ("With an anonymous source", "articles_anonymous", "plain"),
    ("With a contested claim", "articles_contested", "plain"),
    ("With one source alone", "articles_single_source", "plain"),
]


def glance(view: View) -> Section:
    """How much is quoted, and how many articles have what is worth asking about."""
    of = groups.quoted(view.archive.table)
    return Section(
        "quoted", "How much is quoted",
        (
            "Words quoted are a share of all words, headlines and captions included. The other columns are shares of "
            "articles: with a source that is anonymous by agreement, with a claim that the article itself words as "
            "contested, and with a single source for all that it quotes.",
        ),
        (
            over_time(view, "Over time", "quoted-over-time", "Share", GLANCE, of, coloured=False),
            by_outlet(view, "By outlet", "quoted-by-outlet", "Share", GLANCE, of, coloured=False),
        ),
    )  # fmt: skip
