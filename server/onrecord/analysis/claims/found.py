"""What the stages hand on: a cue with its proposition, or a cue that points back to one; and how several become one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Token

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
    """One cue with the proposition it hangs on."""

    status: ClaimStatus
    content: tuple[Span, ...]
    evidence: tuple[Span, ...]
    also: tuple[ClaimStatus, ...] = ()
    by: str | None = None
    quote: str | None = None
    confidence: float = 0.8
    accused: Token | None = None  # whom an accusation is about

    @property
    def start(self) -> int:
        """Where the proposition begins."""
        return self.content[0].start

    @property
    def end(self) -> int:
        """Just past the proposition."""
        return self.content[-1].end

    @property
    def alleges(self) -> bool:
        """Whether the claim says that somebody did wrong."""
        return "accusation" in (self.status, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A cue that contests what was said before: *denied the allegations*, *disputes this*."""

    status: ClaimStatus
    evidence: tuple[Span, ...]
    position: int  # what it answers stands before this offset
    also: tuple[ClaimStatus, ...] = ()
    by: str | None = None
    who: Token | None = None  # the head of the noun phrase that names who answers
    noun: Token | None = None  # *allegations*; None for a pronoun and for a blanket denial
    blanket: bool = False
    again: bool = False  # *such payments*: what it answers was called by the same noun
    defends: bool = False  # *defended the record*: it answers an accusation or criticism just told, and nothing else
    sums_up: bool = False  # *…, a claim that has not been substantiated*: an apposition to its own sentence
    inside: Span | None = None  # the quote in which the words stand: what it answers is not in there
    confidence: float = 0.75


def text_span(token: Token) -> Span:
    """Where ``token`` stands."""
    return Span(token.idx, token.idx + len(token.text))


def between(first: Token, last: Token) -> Span:
    """From ``first`` to the end of ``last``."""
    return Span(first.idx, last.idx + len(last.text))


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
    kept: list[Found] = []
    places: Places[int] = Places()  # where the content of those that are kept stands
    for claim in sorted((claim for claim in found if _size(claim.content)), key=lambda claim: -claim.confidence):
        near = sorted({n for span in claim.content for _, n in places.between(span.start, span.end)})
        at = next((n for n in near if _shared(claim.content, kept[n].content) > SAME_CLAIM), None)
        if at is None:
            for span in claim.content:
                places.add(span, len(kept))
            kept.append(claim)
        else:
            kept[at] = _joined(kept[at], claim)
    return sorted(kept, key=lambda claim: claim.start)


def _size(spans: tuple[Span, ...]) -> int:
    return sum(len(span) for span in spans)


def _shared(one: tuple[Span, ...], other: tuple[Span, ...]) -> float:
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    return both / max(1, _size(one), _size(other))


def _joined(one: Found, other: Found) -> Found:
    """Both cues on one claim: the first status that fits leads, whatever the second choice of either cue."""
    status = min(one.status, other.status, key=CLAIM_STATUSES.index)
    held = {one.status, other.status, *one.also, *other.also} - {status}
    leading = one if one.status == status else other
    return replace(
        one,
        status=status,
        also=tuple(name for name in CLAIM_STATUSES if name in held),
        evidence=_apart((*one.evidence, *other.evidence)),
        by=leading.by,
        quote=one.quote or other.quote,
        accused=one.accused or other.accused,
    )


def _apart(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans in reading order, without those inside another one."""
    ordered = sorted(set(spans), key=lambda span: (span.start, -span.end))
    kept: list[Span] = []
    for span in ordered:
        if not kept or not kept[-1].covers(span):
            kept.append(span)
    return tuple(kept)
