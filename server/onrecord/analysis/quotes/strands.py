"""What is read one behind the other: an article's running text, and each piece of furniture by itself.

A headline, a caption or a list stands between two paragraphs on the page and in none of them. It is read, but the
paragraph behind it is read as if it were not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from onrecord.analysis.marks import Quotation
from onrecord.analysis.model.features import Ints, Words
from onrecord.analysis.model.tagger import Contest
from onrecord.analysis.quotes.attribution import Attribution
from onrecord.analysis.scenes import RUNNING, TOGETHER
from onrecord.article import Article, Block, Span


@dataclass(frozen=True, slots=True)
class Strand:
    """Some blocks of an article as an article of their own."""

    article: Article
    whole: Article
    blocks: tuple[int, ...]  # which of the whole article's, in order

    def until(self, past: int) -> Strand:
        """The strand as far as the whole article's first ``past`` blocks go."""
        kept = tuple(block for block in self.blocks if block < past)
        seen = _seen(self.whole, past)
        if len(kept) == len(seen.blocks):
            return Strand(seen, seen, kept)
        return Strand(_of(self.whole, kept), seen, kept)

    def spans(self, span: Span) -> tuple[Span, ...]:
        """Where ``span`` of the strand lies in the whole article: one span, or one a block where others lie between."""
        if self.article is self.whole:
            return (span,)
        first, last = self.article.block_index(span.start), self.article.block_index(max(span.start, span.end - 1))
        if self.blocks[last] - self.blocks[first] == last - first:
            return (self._moved(span, first),)
        found = []
        for at in range(first, last + 1):
            own = self.article.block_spans[at]
            start, end = max(span.start, own.start), min(span.end, own.end)
            if start < end:
                found.append(self._moved(Span(start, end), at))
        return tuple(found)

    def _moved(self, span: Span, at: int) -> Span:
        by = self.whole.block_spans[self.blocks[at]].start - self.article.block_spans[at].start
        return Span(span.start + by, span.end + by)

    def starts(self, words: Words) -> Ints:
        """Where each of the strand's words begins in the whole article."""
        if self.article is self.whole:
            return words.start
        spans, whole = self.article.block_spans, self.whole.block_spans
        by = [whole[at].start - span.start for at, span in zip(self.blocks, spans, strict=True)]
        return words.start + np.array(by, np.int64)[words.block]

    def all_spans(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """``spans`` for each of some spans, in order."""
        return tuple(moved for span in spans for moved in self.spans(span))

    def quotation(self, quotation: Quotation) -> Quotation:
        """A quotation of the strand in the whole article."""
        return replace(quotation, spans=self.all_spans(quotation.spans))

    def attribution(self, found: Attribution) -> Attribution:
        """What was found in the strand, in the whole article."""
        if self.article is self.whole:
            return found
        mention = self.spans(found.mention)[0] if found.mention is not None else None
        return replace(found, content=self.all_spans(found.content), cue=self.all_spans(found.cue), mention=mention)

    def contest(self, found: Contest) -> Contest:
        """What is contested in the strand, in the whole article."""
        if self.article is self.whole:
            return found
        return replace(found, evidence=self.all_spans(found.evidence), content=self.all_spans(found.content))


def _seen(article: Article, past: int) -> Article:
    return article if past == len(article.blocks) else _of(article, range(past))


def _of(article: Article, blocks: Sequence[int]) -> Article:
    return Article(tuple(article.blocks[at] for at in blocks), article.url, article.title, article.language)


def _runs(at: int, block: Block) -> bool:
    """Whether a block is running text; the article's own headline is, as the tagger has learned it."""
    return block.role in RUNNING or (at == 0 and block.role == "headline")


def strands(article: Article) -> list[Strand]:
    """The running text first, then each piece of furniture."""
    running = [at for at, block in enumerate(article.blocks) if _runs(at, block)]
    if len(running) == len(article.blocks):
        return [Strand(article, article, tuple(running))]
    pieces: list[list[int]] = []
    for at, block in enumerate(article.blocks):
        if _runs(at, block):
            continue
        last = pieces[-1][-1] if pieces else -1
        if last == at - 1 >= 0 and block.role in TOGETHER and article.blocks[last].role == block.role:
            pieces[-1].append(at)
        else:
            pieces.append([at])
    groups = [running, *pieces] if running else pieces
    return [Strand(_of(article, blocks), article, tuple(blocks)) for blocks in groups]


def cut(quotations: Sequence[Quotation], past: int) -> list[Quotation]:
    """The quotations of a text as far as its first ``past`` characters."""
    found = []
    for quotation in quotations:
        spans = tuple(span for span in quotation.spans if span.end <= past)
        if spans:
            found.append(quotation if len(spans) == len(quotation.spans) else replace(quotation, spans=spans))
    return found
