"""Where the report's marks stand in the article: runs of text, anchors to jump to, and the numbers behind them.

Quotes are numbered 1, 2, 3 and contested claims C1, C2, C3, in the order in which they begin in the article. The same
number stands behind the words, in the margin, at the source and in the list of claims.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from onrecord.analysis.result import Analysis, Claim, Quote, Source
from onrecord.article import Article, Block, Span, meet

Kind = Literal["quote", "claim", "cue"]

# Whoever words a claim so contests it; an accusation or an open question contests nothing.
_CONTESTS = {"corrected", "denied", "disputed"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A quote, a contested claim, or the words that contest one. ``anchor`` is its id in the page."""

    kind: Kind
    anchor: str
    number: str  # the quote's or the claim's
    spans: tuple[Span, ...]
    quote: Quote | None = None
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A run of one block's text over which the same marks hold."""

    text: str
    quote: Quote | None
    claim: Claim | None
    cue: Mark | None
    source: Source | None
    anchors: tuple[str, ...]  # of the marks that begin here
    ends: tuple[Mark, ...]  # those whose number stands behind this run


@dataclass(frozen=True, slots=True)
class Row:
    """A block with its runs, and the quotes and claims that begin in it, in their order."""

    block: Block
    at: Span  # where it lies in ``Article.text``
    runs: tuple[Run, ...]
    notes: tuple[Mark, ...]

    def holds(self, span: Span) -> bool:
        """Whether the span lies in this block."""
        return self.at.covers(span)

    @property
    def marked(self) -> bool:
        """Whether any mark stands in it."""
        return any(run.quote or run.claim or run.cue for run in self.runs)


@dataclass(frozen=True, slots=True)
class _Piece:
    span: Span
    shown: dict[Kind, Mark]
    covering: tuple[Mark, ...]


class Marking:
    """All rows of an article. ``marks`` has each quote and claim that stands in a block, by its id."""

    def __init__(self, article: Article, analysis: Analysis) -> None:
        self.article, self.analysis = article, analysis
        self._all = list(_marks(analysis))
        self._by_block: dict[int, list[tuple[Span, Mark]]] = {}
        for mark in self._all:
            for span in mark.spans:
                last = article.block_index(max(span.start, span.end - 1))
                for index in range(article.block_index(span.start), last + 1):
                    self._by_block.setdefault(index, []).append((span, mark))
        self._pieces = [list(self._cut(index)) for index in range(len(article.blocks))]
        begins, ends = self._places()
        self.anchors = {mark.anchor for marks in begins.values() for mark in marks}
        self.marks = {mark.anchor: mark for mark in self._all if mark.anchor in self.anchors}
        self.rows = [self._row(index, begins, ends) for index, b in enumerate(article.blocks) if b.text.strip()]

    @cached_property
    def answers(self) -> dict[str, list[str]]:
        """For each claim the quotes that contest it: one holds the words that say so, and does not hold the claim."""
        return {
            claim.id: [
                quote.id
                for quote in self.analysis.quotes
                if quote.id != claim.quote
                and not meet(claim.content, quote.content)
                and claim.by in (None, quote.source)
                and meet(claim.evidence, (*quote.content, *quote.cue))
            ]
            if claim.status in _CONTESTS
            else []
            for claim in self.analysis.claims
        }

    def _cut(self, index: int) -> Iterator[_Piece]:
        at = self.article.block_spans[index]
        here = [(span, mark) for span, mark in self._by_block.get(index, ()) if span.overlaps(at)]
        edges = {at.start, at.end}
        for span, _ in here:
            edges |= {max(span.start, at.start), min(span.end, at.end)}
        for start, end in itertools.pairwise(sorted(edges)):
            piece = Span(start, end)
            covering = [(span, mark) for span, mark in here if span.covers(piece)]
            # the shorter of two nested quotes is the one that speaks here
            covering.sort(key=lambda one: (len(one[0]), one[1].anchor))
            shown: dict[Kind, Mark] = {}
            for _, mark in covering:
                shown.setdefault(mark.kind, mark)
            yield _Piece(piece, shown, tuple(mark for _, mark in covering))

    def _places(self) -> tuple[dict[Span, list[Mark]], dict[Span, list[Mark]]]:
        """Which marks begin at which piece, and behind which piece their numbers stand.

        A mark that is hidden by others all along begins where the first of them does. The number stands at the end of
        the mark in its first block, beside the margin note.
        """
        own: dict[str, list[tuple[int, Span]]] = {}
        covered: dict[str, list[tuple[int, Span]]] = {}
        for index, pieces in enumerate(self._pieces):
            if not self.article.blocks[index].text.strip():
                continue
            for piece in pieces:
                for mark in piece.covering:
                    covered.setdefault(mark.anchor, []).append((index, piece.span))
                for mark in piece.shown.values():
                    own.setdefault(mark.anchor, []).append((index, piece.span))
        begins: dict[Span, list[Mark]] = {}
        ends: dict[Span, list[Mark]] = {}
        for mark in self._all:
            at = own.get(mark.anchor) or covered.get(mark.anchor)
            if at:
                begins.setdefault(at[0][1], []).append(mark)
                ends.setdefault([span for index, span in at if index == at[0][0]][-1], []).append(mark)
        return begins, ends

    def _row(self, index: int, begins: dict[Span, list[Mark]], ends: dict[Span, list[Mark]]) -> Row:
        base, block = self.article.block_spans[index].start, self.article.blocks[index]
        runs, notes = [], []
        for piece in self._pieces[index]:
            quote, claim = piece.shown.get("quote"), piece.shown.get("claim")
            speaks = quote.quote if quote else None
            starting = begins.get(piece.span, [])
            notes += [mark for mark in starting if mark.kind != "cue"]
            runs.append(
                Run(
                    text=block.text[piece.span.start - base : piece.span.end - base],
                    quote=speaks,
                    claim=claim.claim if claim else None,
                    cue=piece.shown.get("cue"),
                    source=self.analysis.source(speaks.source) if speaks else None,
                    anchors=tuple(mark.anchor for mark in starting),
                    ends=tuple(ends.get(piece.span, ())),
                )
            )
        return Row(block, self.article.block_spans[index], tuple(runs), tuple(notes))


def _marks(analysis: Analysis) -> Iterator[Mark]:
    for number, quote in enumerate(sorted(analysis.quotes, key=lambda one: _first(one.content)), 1):
        yield Mark("quote", quote.id, str(number), quote.content, quote=quote)
    for number, claim in enumerate(sorted(analysis.claims, key=lambda one: _first(one.content)), 1):
        yield Mark("claim", claim.id, f"C{number}", claim.content, claim=claim)
        for position, span in enumerate(claim.evidence, 1):
            yield Mark("cue", f"{claim.id}-{position}", f"C{number}", (span,), claim=claim)


def _first(spans: Iterable[Span]) -> tuple[int, int]:
    return min(((span.start, -len(span)) for span in spans), default=(0, 0))
