"""Analysis -> CSV: one row per quote, per contested claim and per published fact-check."""

from __future__ import annotations

import csv
import io
import re

from onrecord.analysis.result import Analysis
from onrecord.article import Article, Offsets, Span
from onrecord.formats.controls import lines, to_json
from onrecord.formats.wire import Encoder

# Callers may read by position: a new column goes to the end.
COLUMNS = (
    "entry", "id", "kind_or_status", "also", "source", "source_type", "identification", "channel",
    "text", "cue_or_evidence", "block", "start", "end", "confidence", "spans", "cue_or_evidence_spans", "date",
)  # fmt: skip

# A cell that starts like this is a formula to a spreadsheet. https://owasp.org/www-community/attacks/CSV_Injection
# The full-width signs are the same to a spreadsheet that is set to Japanese or Chinese.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def _cell(text: str) -> str:
    text = lines(text)
    return "'" + text if _FORMULA.match(text) else text


def to_csv(article: Article, analysis: Analysis, *, offsets: Offsets = Offsets.CODE_POINT) -> str:
    """The table, its offsets within blocks and in units of ``offsets``.

    ``block``, ``start`` and ``end`` are those of the first span of ``text``. ``spans`` and ``cue_or_evidence_spans``
    have all of them, as a JSON list of ``{"block", "start", "end"}``. ``date`` is a fact-check's, or empty.
    """
    encoder = Encoder(article, offsets)

    def places(spans: tuple[Span, ...]) -> str:
        found = [{name: piece[name] for name in ("block", "start", "end")} for piece in encoder.spans(spans)]
        return to_json(found)

    def words(spans: tuple[Span, ...]) -> str:
        return _cell(" … ".join(piece.text for span in spans for piece in article.pieces(span)))

    def first(spans: tuple[Span, ...]) -> tuple[str, int, int]:
        piece = next(article.pieces(spans[0]))
        return (_cell(piece.block.id), *piece.offsets(offsets))

    def speaker(identifier: str | None) -> tuple[str, str, str]:
        source = analysis.source(identifier)
        return (_cell(source.label), source.type, source.identification) if source else ("", "", "")

    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for quote in analysis.quotes:
        table.writerow(
            ["quote", quote.id, quote.kind, "", *speaker(quote.source), quote.channel, words(quote.content),
             words(quote.cue), *first(quote.content), f"{quote.confidence:.2f}", places(quote.content),
             places(quote.cue), ""]
        )  # fmt: skip
    for claim in analysis.claims:
        table.writerow(
            ["claim", claim.id, claim.status, " ".join(claim.also), *speaker(claim.by), "", words(claim.content),
             words(claim.evidence), *first(claim.content), f"{claim.confidence:.2f}", places(claim.content),
             places(claim.evidence), ""]
        )  # fmt: skip
    for check in analysis.factchecks:
        table.writerow(
            ["factcheck", check.id, _cell(check.rating), "", _cell(check.publisher), "", "", _cell(check.url),
             words(check.content), _cell(check.reviewed), *first(check.content), "", places(check.content), places(()),
             _cell(check.date or "")]
        )  # fmt: skip
    return out.getvalue()
