"""What is kept of an archive while it is read: rows of numbers, names, reasons, and articles worth a look."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from onrecord.dashboard import dates
from onrecord.dashboard.entries import Analysis, Damaged, Entry, entries
from onrecord.dashboard.names import Names
from onrecord.dashboard.table import Table, value
from onrecord.errors import NothingToAnalyze

_LOOKS: Final = 10  # articles of each list
_REASONS: Final = 50_000  # different wordings of a reason that are counted
_LONGEST: Final = 200  # characters of a title, a place or a reason that are kept


@dataclass(frozen=True, slots=True)
class Asked:
    """Which articles are meant. ``outlets`` are names in any case; the days are both included."""

    outlets: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None

    @property
    def dated(self) -> bool:
        """Whether an article without a date is left out."""
        return self.first is not None or self.last is not None


@dataclass(frozen=True, slots=True, order=True)
class Look:
    """An article to look at; ``figure`` is why."""

    figure: int
    order: int  # earlier articles first, where the figure is the same
    title: str = field(compare=False)
    url: str | None = field(compare=False)
    outlet: str = field(compare=False)
    published: str = field(compare=False)
    place: str = field(compare=False)


@dataclass
class Archive:
    """An archive, read."""

    table: Table = field(default_factory=Table)
    names: Names = field(default_factory=Names)
    reasons: Counter[str] = field(default_factory=Counter)  # why sources are anonymous, in the articles' words
    looks: dict[str, list[Look]] = field(default_factory=dict)
    engines: set[tuple[str, str]] = field(default_factory=set)
    documents: int = 0  # lines, with or without an analysis
    failed: Counter[str] = field(default_factory=Counter)  # documents without an analysis, by code
    damaged: int = 0  # lines that could not be read
    first_damage: str = ""
    left: int = 0  # articles that were not asked for
    undated: int = 0  # articles whose date is not known
    unread_dates: int = 0  # of these, the ones that have a date that cannot be told
    repeats: int = 0  # articles whose text stood in an earlier one
    _texts: set[int] = field(default_factory=set)

    def _take(self, entry: Entry, analysis: Analysis, asked: Asked) -> None:
        published = dates.known(entry.metadata.published)
        if not _meant(entry, published, asked):
            self.left += 1
            return
        if published is None:
            self.undated += 1
            self.unread_dates += bool((entry.metadata.published or "").strip())
        text = hash(tuple(block.text for block in analysis.blocks))
        self.repeats += text in self._texts
        self._texts.add(text)
        day, exact = (published[0].toordinal(), published[1]) if published else (0, 0)
        row, words = self.table.add(analysis, day=day, exact=exact, outlet=entry.metadata.outlet)
        quotes = Counter(quote.source for quote in analysis.quotes if quote.source is not None)
        self.names.add(analysis.sources, words, quotes)
        if len(self.engines) < 8:
            self.engines.add((analysis.engine.version[:40], analysis.engine.model[:80]))
        self._reasons(analysis)
        self._look(entry, row, words, analysis)

    def _reasons(self, analysis: Analysis) -> None:
        for source in analysis.sources:
            reason = source.anonymity.reason if source.anonymity else None
            if reason and source.identification == "anonymous":
                words = " ".join(reason.text.split())[:_LONGEST]
                if words in self.reasons or len(self.reasons) < _REASONS:
                    self.reasons[words] += 1

    def _look(self, entry: Entry, row: list[int], words: dict[str, int], analysis: Analysis) -> None:
        figures = {
            "single": sum(words.values()) if value(row, "single") and value(row, "quotes") > 1 else 0,
            "anonymous": value(row, "identity_words:anonymous"),
            "opinion": value(row, "opinions"),
            "contested": len(analysis.claims),
            "lost": value(row, "lost_quotes"),
        }
        for name, figure in figures.items():
            kept = self.looks.setdefault(name, [])
            if not figure or (len(kept) == _LOOKS and figure <= kept[0].figure):
                continue
            known = entry.metadata
            look = Look(
                figure, -self.documents,
                (known.title or "").strip()[:_LONGEST] or entry.place[:_LONGEST], (known.url or "")[:2000] or None,
                (known.outlet or "").strip()[:_LONGEST], (known.published or "").strip()[:40], entry.place[:_LONGEST],
            )  # fmt: skip
            (heapq.heappush if len(kept) < _LOOKS else heapq.heappushpop)(kept, look)


def read(path: Path, asked: Asked) -> Archive:
    """Read an output of ``onrecord corpus``.

    Raises ``Unreadable`` if it is none, and ``NothingToAnalyze`` if no article is left.
    """
    archive = Archive()
    seen: Counter[str] = Counter()
    days: list[date] = []
    for entry in entries(path):
        if isinstance(entry, Damaged):
            archive.damaged += 1
            archive.first_damage = archive.first_damage or entry.why
            continue
        archive.documents += 1
        if entry.analysis is None:
            archive.failed[entry.error.code[:40] if entry.error else "internal_error"] += 1
            continue
        if not len(archive.table):
            _remember(entry, seen, days)
        archive._take(entry, entry.analysis, asked)
    if not len(archive.table):
        raise NothingToAnalyze(_nothing(path, archive, seen, days))
    return archive


def _remember(entry: Entry, seen: Counter[str], days: list[date]) -> None:
    """What there is, for whoever asked for what there is not."""
    outlet = " ".join((entry.metadata.outlet or "").split())[:60]
    if outlet and (outlet in seen or len(seen) < 1000):
        seen[outlet] += 1
    published = dates.known(entry.metadata.published)
    if published:
        days[:] = [min([*days, published[0]]), max([*days, published[0]])]


def _nothing(path: Path, archive: Archive, seen: Collection[str], days: list[date]) -> str:
    if not archive.left:
        why = ", ".join(f"{count:,} {code}" for code, count in sorted(archive.failed.items()))
        return f"No document of {path} could be analysed, so there is nothing to sum up: {why}."
    named = sorted(seen, key=str.casefold)
    outlets = f"its outlets are {', '.join(named[:8])}{' and others' if len(named) > 8 else ''}" if named else ""
    period = f"its dates run from {days[0]} to {days[1]}" if days else "none of them has a date"
    outlets = outlets or "none of them names its outlet"
    return f"None of the {archive.left:,} articles in {path} is left: {outlets}, and {period}."


def _meant(entry: Entry, published: tuple[date, int] | None, asked: Asked) -> bool:
    if asked.outlets:
        name = " ".join((entry.metadata.outlet or "").split()).casefold()
        if name not in asked.outlets:
            return False
    if not asked.dated:
        return True
    if published is None:
        return False
    day, exact = published
    # Of a month or a year that is known no closer, the first day decides.
    first = asked.first.replace(day=1) if asked.first and exact < dates.DAY else asked.first
    if first and exact == dates.YEAR:
        first = first.replace(month=1)
    return (first is None or day >= first) and (asked.last is None or day <= asked.last)


def asked(outlets: Collection[str], first: str | None, last: str | None) -> Asked:
    """What the command line asks for. Raises ``Unreadable`` for what is no day."""
    names = tuple(" ".join(outlet.split()).casefold() for outlet in outlets)
    return Asked(
        names,
        dates.bound(first, last=False) if first else None,
        dates.bound(last, last=True) if last else None,
    )
