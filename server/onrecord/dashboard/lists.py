"""The sections that list what articles hold: who is quoted, why sources are anonymous, what is contested, and where."""

from __future__ import annotations

from typing import Final

from onrecord.analysis.result import CLAIM_STATUSES, REASON_KINDS
from onrecord.dashboard import charts, sheets
from onrecord.dashboard.sections import Part, Section, View
from onrecord.dashboard.shares import proportion
from onrecord.dashboard.sheets import Cell, Column, Sheet
from onrecord.formats import labels as words
from onrecord.formats.labels import counted

NAMED: Final = 30  # names in the list of the most quoted
WORDED: Final = 15  # reasons in the articles' own words

# Why a reader may want to open an article, and what its figure counts.
LOOKS: Final[dict[str, tuple[str, str]]] = {
    "anonymous": ("Most words from sources that are anonymous by agreement", "Words"),
    "opinion": ("Anonymous sources who give an opinion", "Sources"),
    "single": ("Everything quoted comes from one source", "Words"),
    "contested": ("Most contested claims", "Claims"),
    "lost": ("Most quotes whose speaker was not found: read these before you trust the figures", "Quotes"),
}


def names(view: View) -> Section:
    """The most quoted, with all that they are called."""
    found = view.archive.names.most(NAMED)
    if not found:
        return Section("names", "Most quoted", ("Nobody is quoted by name.",), ())
    rows: list[tuple[Cell, ...]] = []
    for each in found:
        kinds = tuple(f"{words.SHORT_TYPES[kind]} {count:,}" for kind, count in each.types)
        called = tuple(label for label, _ in each.labels) + (("…",) if each.more_labels else ())
        perhaps = tuple(f"{name} ({counted(count, 'article')})" for name, count in each.perhaps)
        rows.append((
            Cell(each.name, (each.name, "person" if each.person else "organisation")),
            sheets.number(each.articles), sheets.number(each.quotes), sheets.number(each.words),
            Cell("", ("; ".join(f"{kind} {count}" for kind, count in each.types),), several=_shown(kinds, 3)),
            Cell("", ("; ".join(called),), several=_shown(called, 8)),
            Cell("", ("; ".join(name for name, _ in each.perhaps),), several=perhaps),
        ))  # fmt: skip
    apart = "Perhaps the same, counted apart" if any(each.perhaps for each in found) else ""
    columns = (
        Column("Name", ("name", "person_or_organisation")), Column("Articles", ("articles",)),
        Column("Quotes", ("quotes",)), Column("Words", ("words",)), Column("Kind, by article", ("types",)),
        Column("Called", ("called",)), Column(apart, ("perhaps",)),
    )  # fmt: skip
    total = len(view.archive.table)
    total, title = len(view.archive.table), "Share of articles that quote the name"
    shown = [(each.name if len(each.name) <= 38 else each.name[:37] + "…", each) for each in found]
    drawing = charts.bars(title, [(label, each.types[0][0], proportion(each.articles, total)) for label, each in shown])
    intro = (
        f"Of {counted(len(view.archive.names), 'name')}, those quoted in the most articles. The same name in "
        "other letters, accents or punctuation is counted together, and nothing else is: a surname alone may be "
        "somebody else’s.",
    )
    sheet = Sheet("most-quoted", "Most quoted, by the number of articles", columns, tuple(rows))
    return Section("names", "Most quoted", intro, (Part(sheet, bars=drawing, title=title),))


def _shown(items: tuple[str, ...], most: int) -> tuple[str, ...]:
    return items if len(items) <= most else (*items[:most], f"and {len(items) - most} more")


def anonymous(view: View) -> Section:
    """Sources that are anonymous by agreement, and why."""
    table = view.archive.table
    reasons = table.group("reason")
    count = int(reasons.sum())
    if not count:
        return Section(
            "anonymous",
            "Anonymous by agreement",
            ("No article says of a source that it is anonymous by agreement.",),
            (),
        )
    articles = int((reasons.sum(axis=1) > 0).sum())
    opinions = int(table.column("opinions").sum())
    sources = int(table.column("sources").sum())
    given = [proportion(float(column.sum()), count) for column in reasons.T]
    labels = [words.SHORT_REASONS[kind] for kind in REASON_KINDS]
    rows = tuple(
        (sheets.text(label), sheets.share(each), Cell(f"{each.count:,.0f}", ()))
        for label, each in zip(labels, given, strict=True)
    )
    columns = (Column("Reason", ("reason",)), sheets.share_columns("Share", "sources"), Column("Sources", ()))
    drawing = charts.bars(
        "Reasons given for anonymity",
        [(label, "is-anonymous", each) for label, each in zip(labels, given, strict=True)],
    )
    parts = [Part(Sheet("reasons", "Why sources are anonymous", columns, rows), bars=drawing, title="Reasons given")]
    worded = sorted(view.archive.reasons.items(), key=lambda entry: (-entry[1], entry[0]))[:WORDED]
    if worded:
        parts.append(Part(Sheet(
            "reasons-in-words", "The reasons that articles give most often, in their words",
            (Column("Words", ("words",)), Column("Sources", ("sources",))),
            tuple((sheets.text(said), sheets.number(number)) for said, number in worded),
        ), title="In the articles’ words"))  # fmt: skip
    share = proportion(count, sources)
    intro = (
        f"{counted(count, 'source')} of {sources:,} ({charts.percent(share.value or 0)}), in "
        f"{counted(articles, 'article')} of {len(table):,} ({charts.percent(articles / len(table))}). "
        f"{opinions or 'None'} of them {'gives' if opinions < 2 else 'give'} an opinion rather than "
        f"information. {words.ANONYMOUS}",
        "A source that is only described (“a neighbour”, “officials”) is not among them: the article has to say that "
        "it grants anonymity.",
    )
    return Section("anonymous", "Anonymous by agreement", intro, tuple(parts))


def contested(view: View) -> Section:
    """Contested claims by status."""
    table = view.archive.table
    statuses = table.group("status")
    count = int(statuses.sum())
    if not count:
        return Section("contested", "Contested claims", ("No article words a claim as contested.",), ())
    having = [int((column > 0).sum()) for column in statuses.T]
    found = [proportion(float(column.sum()), count) for column in statuses.T]
    rows = tuple(
        (sheets.text(words.STATUSES[status]), sheets.share(each), Cell(f"{each.count:,.0f}", ()),
         sheets.share(proportion(articles, len(table))))
        for status, each, articles in zip(CLAIM_STATUSES, found, having, strict=True)
    )  # fmt: skip
    columns = (
        Column("Status", ("status",)), sheets.share_columns("Share of claims", "claims"), Column("Claims", ()),
        sheets.share_columns("Articles with at least one", "articles"),
    )  # fmt: skip
    drawing = charts.bars(
        "Contested claims by status",
        [(words.STATUSES[status], "contested", each) for status, each in zip(CLAIM_STATUSES, found, strict=True)],
    )
    intro = (
        f"{counted(count, 'claim')} that the articles themselves word as contested. The status is the article’s "
        "wording; it does not say whether a claim is true.",
    )
    sheet = Sheet("contested", "Contested claims by status", columns, rows)
    return Section("contested", "Contested claims", intro, (Part(sheet, bars=drawing, title="By status"),))


def looks(view: View) -> Section:
    """Articles to open and read."""
    parts = []
    for name, (title, figure) in LOOKS.items():
        found = sorted(view.archive.looks.get(name, []), reverse=True)
        if not found:
            continue
        rows = tuple(
            (
                Cell(look.title, (look.title, look.url), look.place if look.place != look.title else "", link=look.url),
                sheets.text(look.outlet or "–"), sheets.text(look.published[:10] or "–"),
                sheets.number(look.figure), Cell("", (look.place,)),
            )
            for look in found
        )  # fmt: skip
        columns = (
            Column("Article", ("title", "url")), Column("Outlet", ("outlet",)), Column("Date", ("published",)),
            Column(figure, (figure.lower(),)), Column("", ("place",)),
        )  # fmt: skip
        parts.append(Part(Sheet(f"articles-{name}", title, columns, rows), title=title))
    intro = (
        "Places to begin reading. A figure here is a reason to look, not a fault: court reports rest on one source, "
        "and an anonymous one may be the story.",
    )
    return Section("articles", "Articles to look at", intro if parts else ("There are none.",), tuple(parts))
