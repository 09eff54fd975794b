"""Putting the reader's corrections over an analysis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from onrecord.analysis.result import Analysis, Claim, Correction, CorrectionKind, Quote, Source, SourceType
from onrecord.article import Span


@dataclass(frozen=True, slots=True)
class Remark:
    """One correction, at its place in an article: spans are code points of ``Article.text``.

    ``at`` are words of the quote or claim that is meant. ``speaker`` are words that name the source of the article who
    said it, None for nobody; ``type`` is the kind of its source.
    """

    id: str
    what: CorrectionKind
    at: Span
    speaker: Span | None = None
    type: SourceType | None = None
    note: str = ""
    on_claim: bool = False


_Entry = TypeVar("_Entry", Quote, Claim)


def amended(analysis: Analysis, remarks: Iterable[Remark]) -> Analysis:
    """The analysis as the reader has corrected it, the later remark over the earlier, with ``corrections`` saying so.

    Ids stay as they are. A source that says nothing any more and contests nothing is left out.
    """
    found = analysis
    said: list[Correction] = []
    for remark in remarks:
        found, correction = _amend(analysis, found, remark)
        said.append(correction)
    if not said:
        return analysis
    heard = {quote.source for quote in found.quotes} | {claim.by for claim in found.claims}
    heard_before = {quote.source for quote in analysis.quotes} | {claim.by for claim in analysis.claims}
    sources = tuple(one for one in found.sources if one.id in heard or one.id not in heard_before)
    return replace(found, sources=sources, corrections=tuple(said))


def _amend(original: Analysis, found: Analysis, remark: Remark) -> tuple[Analysis, Correction]:
    """One remark put over ``found``; its entry is looked for as Onrecord found it, in ``original``."""
    claims, quotes = ((original.claims, ()), ((), original.quotes))[not remark.on_claim]
    claim, quote = _at(claims, remark.at), _at(quotes, remark.at)
    entry = claim or quote
    correction = Correction(
        id=remark.id, what=remark.what, entry=entry.id if entry else None,
        content=entry.content if entry else (remark.at,), note=remark.note,
    )  # fmt: skip
    if claim is not None and remark.what == "not_contested":
        found = replace(found, claims=tuple(one for one in found.claims if one.id != claim.id))
        return found, replace(correction, was=claim.status)
    if quote is None:
        return found, correction
    source = original.source(quote.source)
    if remark.what == "not_a_quote":
        rest = tuple(one for one in found.quotes if one.id != quote.id)
        left = tuple(replace(one, quote=None) if one.quote == quote.id else one for one in found.claims)
        checks = tuple(replace(one, quote=None) if one.quote == quote.id else one for one in found.factchecks)
        found = replace(found, quotes=rest, claims=left, factchecks=checks)
        return found, replace(correction, was=source.label if source else None)
    if remark.what == "speaker":
        chosen = _named(original.sources, remark.speaker) if remark.speaker else None
        if remark.speaker and chosen is None:
            return found, replace(correction, entry=None)
        said = tuple(
            replace(one, source=chosen.id if chosen else None, confidence=1.0) if one.id == quote.id else one
            for one in found.quotes
        )
        was, now = source.label if source else None, chosen.label if chosen else None
        return replace(found, quotes=said), replace(correction, was=was, now=now)
    if remark.what == "kind" and remark.type is not None:
        meant = next((one.source for one in found.quotes if one.id == quote.id), quote.source)
        known = original.source(meant)
        # the words that decided another kind are no evidence for this one
        sources = tuple(
            replace(one, type=remark.type, evidence=()) if one.id == meant else one for one in found.sources
        )
        return replace(found, sources=sources), replace(correction, was=known.type if known else None, now=remark.type)
    return found, correction


def _at(entries: Sequence[_Entry], at: Span) -> _Entry | None:
    """The entry whose words share most with ``at``; of several, the one that has the least besides."""

    def shared(entry: _Entry) -> tuple[int, int]:
        length = sum(span.end - span.start for span in entry.content)
        return sum(_common(span, at) for span in entry.content), -length

    best = max(entries, key=shared, default=None)
    return best if best is not None and shared(best)[0] > 0 else None


def _named(sources: Iterable[Source], words: Span) -> Source | None:
    best = max(sources, key=lambda one: max((_common(span, words) for span in one.mentions), default=0), default=None)
    return best if best is not None and any(_common(span, words) for span in best.mentions) else None


def _common(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
