"""Analysis -> the JSON of wire version 1 (docs/wire.md): plain dictionaries, spans as offsets within blocks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import onrecord
from onrecord.analysis.result import Analysis, Anonymity, Claim, Correction, Factcheck, Quote, Source
from onrecord.analysis.summary import summarise
from onrecord.analysis.tongues import READ
from onrecord.article import Article, Offsets, Span
from onrecord.formats.evidence import Telling, of_claim, of_source
from onrecord.formats.subtypes import subtype

SCHEMA = "onrecord/1"

Json = dict[str, Any]


class Encoder:
    """Turns the parts of one article's analysis into JSON, with offsets in one unit."""

    def __init__(self, article: Article, offsets: Offsets) -> None:
        self.article = article
        self.offsets = offsets

    def spans(self, spans: Iterable[Span]) -> list[Json]:
        """Every span, cut at block borders: ``{"block", "start", "end", "text"}``."""
        found = []
        for span in spans:
            for piece in self.article.pieces(span):
                start, end = piece.offsets(self.offsets)
                found.append({"block": piece.block.id, "start": start, "end": end, "text": piece.text})
        return found

    def span(self, span: Span | None) -> Json | None:
        """One span in one block; of a span over several blocks, the part that holds the most text."""
        pieces = self.spans([span]) if span else []
        return max(pieces, key=lambda piece: len(piece["text"])) if pieces else None

    def source(self, source: Source) -> Json:
        """One entry of ``sources``."""
        return {
            "id": source.id,
            "label": source.label,
            "name": source.name,
            "type": source.type,
            "subtype": subtype(self.article, source),
            "identification": source.identification,
            "organisation": source.organisation,
            "anonymity": self._anonymity(source.anonymity),
            "evidence": self.spans(source.evidence),
            "telling": self._telling(of_source(self.article, source)),
            "mentions": self.spans(source.mentions),
        }

    def _telling(self, telling: Telling | None) -> Json | None:
        if telling is None:
            return None
        return {
            "sentence": self.span(telling.sentence),
            "words": self.spans(telling.words),
            "cut_before": telling.cut_before,
            "cut_after": telling.cut_after,
        }

    def _anonymity(self, anonymity: Anonymity | None) -> Json | None:
        if anonymity is None:
            return None
        return {
            "evidence": self.spans(anonymity.evidence),
            "reason": self.span(anonymity.reason),
            "reason_kind": anonymity.reason_kind,
            "opinion": anonymity.opinion,
        }

    def quote(self, quote: Quote) -> Json:
        """One entry of ``quotes`` or ``attitudes``."""
        return {
            "id": quote.id,
            "kind": quote.kind,
            "content": self.spans(quote.content),
            "cue": self.spans(quote.cue),
            "mention": self.span(quote.mention),
            "source": quote.source,
            "channel": quote.channel,
            "confidence": round(quote.confidence, 2),
        }

    def claim(self, claim: Claim) -> Json:
        """One entry of ``claims``."""
        return {
            "id": claim.id,
            "status": claim.status,
            "also": list(claim.also),
            "content": self.spans(claim.content),
            "evidence": self.spans(claim.evidence),
            "telling": self._telling(of_claim(self.article, claim)),
            "by": claim.by,
            "quote": claim.quote,
            "confidence": round(claim.confidence, 2),
        }

    def factcheck(self, check: Factcheck) -> Json:
        """One entry of ``factchecks``."""
        return {
            "id": check.id,
            "content": self.spans(check.content),
            "quote": check.quote,
            "claim": check.claim,
            "reviewed": check.reviewed,
            "publisher": check.publisher,
            "rating": check.rating,
            "date": check.date,
            "url": check.url,
        }

    def correction(self, correction: Correction) -> Json:
        """One entry of ``corrections``."""
        return {
            "id": correction.id,
            "what": correction.what,
            "entry": correction.entry,
            "content": self.spans(correction.content),
            "was": correction.was,
            "now": correction.now,
            "note": correction.note,
        }


def encode(article: Article, analysis: Analysis, *, offsets: Offsets = Offsets.CODE_POINT) -> Json:
    """The answer of ``POST /v1/analyze`` for one article, offsets counted in ``offsets``."""
    encoder = Encoder(article, offsets)
    return {
        "schema": SCHEMA,
        "engine": {"version": onrecord.__version__, "model": analysis.model},
        "language": READ,
        "offsets": str(offsets),
        "sources": [encoder.source(source) for source in analysis.sources],
        "quotes": [encoder.quote(quote) for quote in analysis.quotes],
        "claims": [encoder.claim(claim) for claim in analysis.claims],
        "attitudes": [encoder.quote(quote) for quote in analysis.attitudes],
        "factchecks": [encoder.factcheck(check) for check in analysis.factchecks],
        "corrections": [encoder.correction(correction) for correction in analysis.corrections],
        "summary": summarise(article, analysis),
    }


def encode_blocks(article: Article) -> list[Json]:
    """The article's own blocks, for callers that did not cut them themselves."""
    return [
        {"id": block.id, "role": block.role, "text": block.text} | ({"section": block.section} if block.section else {})
        for block in article.blocks
    ]
