"""Analysis -> CSV: one row per quote and per contested claim."""

from __future__ import annotations

import csv
import io
import re

from onrecord.analysis.result import Analysis
from onrecord.article import Article, Offsets, Span

COLUMNS = (
    "entry", "id", "kind_or_status", "also", "source", "source_type", "identification", "channel",
    "text", "cue_or_evidence", "block", "start", "end", "confidence",
)  # fmt: skip

# A cell that starts like this is a formula to a spreadsheet. https://owasp.org/www-community/attacks/CSV_Injection
# The full-width signs are the same to a spreadsheet that is set to Japanese or Chinese.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def _cell(text: str) -> str:
    return "'" + text if _FORMULA.match(text) else text


def to_csv(article: Article, analysis: Analysis, *, offsets: Offsets = Offsets.CODE_POINT) -> str:
    """The table; ``start`` and ``end`` are offsets of the entry's first span in its block, in units of ``offsets``."""

    def words(spans: tuple[Span, ...]) -> str:
        return _cell(" … ".join(piece.text for span in spans for piece in article.pieces(span)))

    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for quote in analysis.quotes:
        source = analysis.source(quote.source)
        first = next(article.pieces(quote.content[0]))
        table.writerow(
            ["quote", quote.id, quote.kind, "", _cell(source.label) if source else "", source.type if source else "",
             source.identification if source else "", quote.channel, words(quote.content), words(quote.cue),
             _cell(first.block.id), *first.offsets(offsets), f"{quote.confidence:.2f}"]
        )  # fmt: skip
    for claim in analysis.claims:
        by = analysis.source(claim.by)
        first = next(article.pieces(claim.content[0]))
        table.writerow(
            ["claim", claim.id, claim.status, " ".join(claim.also), _cell(by.label) if by else "",
             by.type if by else "",
             by.identification if by else "", "", words(claim.content), words(claim.evidence),
             _cell(first.block.id), *first.offsets(offsets), f"{claim.confidence:.2f}"]
        )  # fmt: skip
    for check in analysis.factchecks:
        first = next(article.pieces(check.content[0]))
        table.writerow(
            ["factcheck", check.id, _cell(check.rating), "", _cell(check.publisher), "", "", _cell(check.url),
             words(check.content), _cell(check.reviewed), _cell(first.block.id), *first.offsets(offsets), ""]
        )  # fmt: skip
    return out.getvalue()
