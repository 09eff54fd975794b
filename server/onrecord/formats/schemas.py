"""The requests and answers of the wire as types: what is validated, and what ``/openapi.json`` is made from."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from onrecord.analysis.result import (
    Channel,
    ClaimStatus,
    CorrectionKind,
    Identification,
    QuoteKind,
    ReasonKind,
    SourceType,
)
from onrecord.article import Role
from onrecord.formats.subtypes import Subtype


class BlockIn(msgspec.Struct, forbid_unknown_fields=True):
    """One block of the article."""

    id: Annotated[str, Meta(min_length=1, max_length=100)]
    text: str
    role: Role = "paragraph"
    section: Annotated[int, Meta(ge=1)] | None = None


class ArticleIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What a request says of its article beside the blocks, and the unit that it counts in."""

    url: str | None = None
    title: str | None = None
    language: str = "und"
    offsets: Literal["code-point", "utf-16"] = "code-point"


class AnalyzeRequest(ArticleIn, kw_only=True):
    """An article to analyse."""

    blocks: list[BlockIn]
    include: list[Literal["attitudes"]] = []


class ReportRequest(ArticleIn, kw_only=True):
    """An article to make a report of: blocks, or a plain text; ``published`` is ISO 8601, and both are shown only."""

    blocks: list[BlockIn] | None = None
    text: str | None = None
    outlet: Annotated[str, Meta(max_length=200)] | None = None
    published: Annotated[str, Meta(max_length=40)] | None = None
    include: list[Literal["attitudes"]] = []


CorrectionId = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]


class PlaceIn(msgspec.Struct, forbid_unknown_fields=True):
    """A piece of one block's text, in the offsets of the request, half open."""

    block: Annotated[str, Meta(min_length=1, max_length=100)]
    start: Annotated[int, Meta(ge=0)]
    end: Annotated[int, Meta(ge=1)]


class CorrectionIn(msgspec.Struct, forbid_unknown_fields=True):
    """What is wrong, and at which words of a quote or claim (``at``). ``speaker``: the words that name him, or null."""

    id: CorrectionId
    what: CorrectionKind
    at: PlaceIn
    on: Literal["quote", "claim"] = "quote"
    speaker: PlaceIn | None = None
    type: SourceType | None = None
    note: Annotated[str, Meta(max_length=1000)] = ""


class CorrectionRequest(ArticleIn, kw_only=True):
    """An article, and what the reader corrects in it or takes back (``undo``: the id of a correction)."""

    blocks: list[BlockIn]
    correct: CorrectionIn | None = None
    undo: CorrectionId | None = None


Nonce = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class HelloRequest(msgspec.Struct, forbid_unknown_fields=True):
    """A nonce that the server's proofs are made over, 32 random bytes in hexadecimal digits."""

    nonce: Nonce


class HelloAnswer(msgspec.Struct):
    """One proof for each secret that the server shares, and the nonce to sign the next request with."""

    schema: str
    nonce: str
    proofs: list[str]


class PairRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Which installation asks for a secret of its own, and its part of it."""

    install: Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
    nonce: Nonce


class DoneAnswer(msgspec.Struct):
    """It is done."""

    schema: str


class VisitAnswer(msgspec.Struct):
    """Where the server's own pages can be opened, once."""

    location: str


class ReportAnswer(msgspec.Struct):
    """Where the report is."""

    id: str
    location: str


class SpanOut(msgspec.Struct):
    """A piece of one block's text, in the offsets asked for, half open."""

    block: str
    start: int
    end: int
    text: str


class AnonymityOut(msgspec.Struct):
    """What the article says about why a source is not named."""

    evidence: list[SpanOut]
    reason: SpanOut | None
    reason_kind: ReasonKind
    opinion: bool


class TellingOut(msgspec.Struct):
    """Evidence as it is shown: a sentence, or the part of it around the words that tell."""

    sentence: SpanOut
    words: list[SpanOut]
    cut_before: bool
    cut_after: bool


class SourceOut(msgspec.Struct):
    """Someone or something that speaks."""

    id: str
    label: str
    name: str | None
    type: SourceType
    subtype: Subtype | None
    identification: Identification
    organisation: str | None
    anonymity: AnonymityOut | None
    evidence: list[SpanOut]
    telling: TellingOut | None
    mentions: list[SpanOut]


class QuoteOut(msgspec.Struct):
    """One act of attribution."""

    id: str
    kind: QuoteKind
    content: list[SpanOut]
    cue: list[SpanOut]
    mention: SpanOut | None
    source: str | None
    channel: Channel
    confidence: float


class ClaimOut(msgspec.Struct):
    """A contested claim."""

    id: str
    status: ClaimStatus
    also: list[ClaimStatus]
    content: list[SpanOut]
    evidence: list[SpanOut]
    telling: TellingOut | None
    by: str | None
    quote: str | None
    confidence: float


class FactcheckOut(msgspec.Struct):
    """A published fact-check that a statement of the article matches, as its publisher words it."""

    id: str
    content: list[SpanOut]
    quote: str | None
    claim: str | None
    reviewed: str
    publisher: str
    rating: str
    date: str | None
    url: str


class CorrectionOut(msgspec.Struct):
    """What the reader says is wrong with one entry; the rest of the answer follows it already."""

    id: str
    what: CorrectionKind
    entry: str | None
    content: list[SpanOut]
    was: str | None
    now: str | None
    note: str


class EngineOut(msgspec.Struct):
    """What made the analysis."""

    version: str
    model: str


class SummaryOut(msgspec.Struct):
    """The figures that the panel draws."""

    sources: int
    quotes: int
    claims: int
    by_type: dict[str, int]
    by_identification: dict[str, int]
    words_quoted_by_type: dict[str, int]
    words_quoted_by_identification: dict[str, int]
    share_of_voice: dict[str, float]
    quoted_sources: int
    single_source: bool
    speaker_not_found: int


class AnalysisOut(msgspec.Struct):
    """The whole answer."""

    schema: str
    engine: EngineOut
    language: str
    offsets: Literal["code-point", "utf-16"]
    sources: list[SourceOut]
    quotes: list[QuoteOut]
    claims: list[ClaimOut]
    attitudes: list[QuoteOut]
    factchecks: list[FactcheckOut]
    corrections: list[CorrectionOut]
    summary: SummaryOut


@cache
def answer_shape() -> str:
    """A hash of the fields of an answer: one that was kept with other fields has to be encoded anew."""
    return hashlib.sha256(msgspec.json.encode(msgspec.json.schema(AnalysisOut))).hexdigest()


class HealthAnswer(msgspec.Struct):
    """Whether the server can work."""

    status: str
    schema: str
    engine: EngineOut
    ready: bool


class ErrorBody(msgspec.Struct):
    """What went wrong: a stable code, one sentence, and where the next step stands."""

    code: str
    message: str
    help: str


class ErrorAnswer(msgspec.Struct):
    """The one shape of every failure."""

    error: ErrorBody
