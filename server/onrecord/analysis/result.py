"""What an analysis says: sources, quotes and contested claims. The ids are TAXONOMY's and no others.

Every span is a ``Span`` into ``Article.text`` (code points, half open); ``formats.wire`` turns it into block offsets.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from onrecord.article import Span

QuoteKind = Literal["direct", "partial", "indirect"]
SourceType = Literal[
    "document",
    "media",
    "former_official",
    "official",
    "political",
    "business",
    "civil_society",
    "expert",
    "affected",
    "unattributed",
]
Identification = Literal["named_person", "named_organisation", "described", "anonymous", "collective", "document"]
ReasonKind = Literal["none_stated", "not_authorized", "fear", "sensitive", "other"]
Channel = Literal[
    "not_stated",
    "interview",
    "statement",
    "briefing",
    "speech",
    "video_address",
    "press_release",
    "social_post",
    "document",
    "other_media",
    "court",
    "official_footage",
    "private_communication",
    "declined_comment",
]
ClaimStatus = Literal["corrected", "denied", "disputed", "unsubstantiated", "accusation", "speculation", "distanced"]

QUOTE_KINDS: tuple[QuoteKind, ...] = get_args(QuoteKind)
SOURCE_TYPES: tuple[SourceType, ...] = get_args(SourceType)  # in the order in which the first that fits is taken
IDENTIFICATIONS: tuple[Identification, ...] = get_args(Identification)
REASON_KINDS: tuple[ReasonKind, ...] = get_args(ReasonKind)
CHANNELS: tuple[Channel, ...] = get_args(Channel)
CLAIM_STATUSES: tuple[ClaimStatus, ...] = get_args(ClaimStatus)  # likewise


@dataclass(frozen=True, slots=True, kw_only=True)
class Anonymity:
    """What the article says about why a source is not named."""

    evidence: tuple[Span, ...]
    reason: Span | None = None
    reason_kind: ReasonKind = "none_stated"
    opinion: bool = False  # the anonymous quote is opinion rather than information (AP's rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Someone or something that speaks in the article."""

    id: str
    label: str  # the fullest description that the article gives, for a reader
    name: str | None = None  # the proper name alone, if there is one
    type: SourceType
    identification: Identification
    organisation: str | None = None  # the body that the source belongs to or speaks for, as the article names it
    anonymity: Anonymity | None = None
    evidence: tuple[Span, ...] = ()  # the words that decided ``type``
    mentions: tuple[Span, ...] = ()  # the first is the fullest one


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One act of attribution: content, cue and the source it is given to."""

    id: str
    kind: QuoteKind
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    mention: Span | None = None  # the noun phrase or pronoun that names the speaker here
    source: str | None = None  # a ``Source.id``; None: speaker not found
    channel: Channel = "not_stated"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A proposition that the article itself words as contested."""

    id: str
    status: ClaimStatus
    also: tuple[ClaimStatus, ...] = ()
    content: tuple[Span, ...]
    evidence: tuple[Span, ...]  # the cue words; they may stand in another sentence
    by: str | None = None  # the ``Source.id`` that contests the claim, where one does
    quote: str | None = None  # the ``Quote.id`` in which the claim stands, where it stands in one
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Factcheck:
    """A published fact-check of what a statement of the article says: information from its publisher."""

    id: str
    content: tuple[Span, ...]  # the statement
    quote: str | None = None  # the ``Quote.id`` in which the statement stands, where it stands in one
    claim: str | None = None  # the ``Claim.id``, where the article itself contests the statement
    reviewed: str  # the statement that was reviewed, in the publisher's words
    publisher: str
    rating: str  # the publisher's own words
    date: str | None = None  # YYYY-MM-DD
    url: str  # http or https


CorrectionKind = Literal["not_a_quote", "speaker", "kind", "not_contested", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the reader says is wrong with one entry. The other fields of the analysis are those that it leaves."""

    id: str
    what: CorrectionKind
    entry: str | None  # the ``Quote.id`` or ``Claim.id`` as Onrecord found it; None: it is not found any more
    content: tuple[Span, ...]  # the words of that entry
    was: str | None = None  # what Onrecord had found: a label of a source, a type or a status
    now: str | None = None  # what the reader says instead; None with ``speaker``: nobody
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """The whole answer for one article."""

    sources: tuple[Source, ...] = ()
    quotes: tuple[Quote, ...] = ()
    claims: tuple[Claim, ...] = ()
    attitudes: tuple[Quote, ...] = ()  # beliefs, plans, wishes; filled on request only
    factchecks: tuple[Factcheck, ...] = ()  # empty until the reader imports some
    corrections: tuple[Correction, ...] = ()  # the reader's, which the fields above follow already
    model: str = ""  # name and version of the language model
    _by_id: dict[str, Source] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_id.update({source.id: source for source in self.sources})

    def source(self, identifier: str | None) -> Source | None:
        """The source of that id, or None."""
        return self._by_id.get(identifier) if identifier is not None else None
