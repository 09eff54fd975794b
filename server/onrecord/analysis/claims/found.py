"""A contesting word with its proposition, the bounds of that, and how several words on one become one claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.analysis.phrases import Reading
from onrecord.analysis.places import Places
from onrecord.analysis.result import CLAIM_STATUSES, ClaimStatus
from onrecord.article import Article, Span

# Two claims of which the longer shares this much of its text are one claim with two cues.
SAME_CLAIM = 0.5

_EDGE = 3  # characters that a final stop and a closing mark take

_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b(?:Inc|Corp|Jr|Sr|Co|Ltd|St|No))\.$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A cue with the proposition that it contests; merged: the proposition with all its cues."""

    status: ClaimStatus
    content: tuple[Span, ...]
    evidence: tuple[Span, ...]
    also: tuple[ClaimStatus, ...] = ()
    by: str | None = None
    confidence: float

    @property
    def start(self) -> int:
        """Where the proposition begins."""
        return self.content[0].start


def trimmed(article: Article, span: Span) -> Span:
    """``span`` without the full stop of the sentence that it ends."""
    text = article[span]
    if text.endswith(")") and "(" not in text:
        return trimmed(article, Span(span.start, span.end - 1))
    if text.endswith(".") and not _ABBREVIATED.search(text):
        return Span(span.start, span.end - 1)
    return span


def closed(reading: Reading, span: Span) -> Span:
    """``span`` grown to the closing mark of a quotation that it holds all but the end of, and to its opening mark."""
    start, end = span.start, span.end
    for part, _ in reading.marked.between(max(0, start - 2), end + 1):
        if start <= part.start < end < part.end <= end + _EDGE:
            end = part.end
        if start - 2 <= part.start < start and part.end <= end + _EDGE:
            start, end = part.start, max(end, part.end)
    return Span(start, end)


def merged(found: Iterable[Found]) -> list[Found]:
    """One entry per proposition, with all its cues, in reading order."""
    kept: list[list[Found]] = []
    places: Places[int] = Places()  # where the content of those that are kept stands
    for claim in sorted((claim for claim in found if _size(claim.content)), key=lambda claim: -claim.confidence):
        near = sorted({n for span in claim.content for _, n in places.between(span.start, span.end)})
        at = next((n for n in near if _shared(claim.content, kept[n][0].content) > SAME_CLAIM), None)
        if at is None:
            for span in claim.content:
                places.add(span, len(kept))
            kept.append([claim])
        else:
            kept[at].append(claim)
    return sorted(map(_joined, kept), key=lambda claim: claim.start)


def _size(spans: tuple[Span, ...]) -> int:
    return sum(len(span) for span in spans)


def _shared(one: tuple[Span, ...], other: tuple[Span, ...]) -> float:
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    return both / max(1, _size(one), _size(other))


def _joined(claims: Sequence[Found]) -> Found:
    """All cues on one claim, the surest first: the first status that fits leads, whatever else holds too."""
    held = {status for claim in claims for status in (claim.status, *claim.also)}
    leading = min(claims, key=lambda claim: CLAIM_STATUSES.index(claim.status))
    return replace(
        claims[0],
        status=leading.status,
        also=tuple(name for name in CLAIM_STATUSES if name in held and name != leading.status),
        evidence=_apart([span for claim in claims for span in claim.evidence]),
        by=leading.by,
    )


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in reading order, without those inside another one."""
    ordered = sorted(set(spans), key=lambda span: (span.start, -span.end))
    kept: list[Span] = []
    for span in ordered:
        if not kept or not kept[-1].covers(span):
            kept.append(span)
    return tuple(kept)
