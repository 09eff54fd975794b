"""Analysis -> a table, as CSV or as rows for programs: one row per quote, claim, fact-check and correction."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.analysis.result import Analysis
from onrecord.article import Article, Offsets, Span
from onrecord.formats.controls import lines, to_json
from onrecord.formats.evidence import Telling, of_claim, of_source
from onrecord.formats.labels import change
from onrecord.formats.wire import Encoder

# Callers may read by position: a new column goes to the end.
COLUMNS = (
    "entry", "id", "kind_or_status", "also", "source", "source_type", "identification", "channel",
    "text", "cue_or_evidence", "block", "start", "end", "confidence", "spans", "cue_or_evidence_spans", "date",
    "corrected", "telling_sentence", "telling_words",
)  # fmt: skip

# The same for programs. There one offset counts in the whole text, so the lists of places are left out.
ROW_KEYS = tuple(name for name in COLUMNS if name not in {"spans", "cue_or_evidence_spans"})
Row = dict[str, str | int | float | None]

# A cell that starts like this is a formula to a spreadsheet. https://owasp.org/www-community/attacks/CSV_Injection
# The full-width signs are the same to a spreadsheet that is set to Japanese or Chinese.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def cell(text: str) -> str:
    """``text`` as a cell that no spreadsheet reads as a formula."""
    text = lines(text)
    return "'" + text if _FORMULA.match(text) else text


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one row says, before it is written in one form or the other."""

    entry: str
    id: str
    kind: str
    content: tuple[Span, ...]
    why: tuple[Span, ...] | str  # the cue or the evidence; of a fact-check the statement that was reviewed
    source: tuple[str, str, str] | None = None  # label, type and identification
    channel: str = ""
    also: str = ""
    confidence: float | None = None
    date: str = ""
    corrected: str = ""  # what the reader changed in it
    telling: Telling | None = None  # who the source is, or what contests the claim


def _entries(article: Article, analysis: Analysis) -> Iterator[_Entry]:
    told = {source.id: of_source(article, source) for source in analysis.sources}

    def speaker(identifier: str | None) -> tuple[str, str, str] | None:
        source = analysis.source(identifier)
        return (source.label, source.type, source.identification) if source else None

    changed: dict[str | None, str] = {}
    for one in analysis.corrections:
        changed[one.entry] = "; ".join(filter(None, (changed.get(one.entry), change(one))))
    for quote in analysis.quotes:
        who = speaker(quote.source)
        yield _Entry("quote", quote.id, quote.kind, quote.content, quote.cue, who, quote.channel,
                     confidence=quote.confidence, corrected=changed.get(quote.id, ""),
                     telling=told.get(quote.source or ""))  # fmt: skip
    for claim in analysis.claims:
        who, also = speaker(claim.by), " ".join(claim.also)
        yield _Entry("claim", claim.id, claim.status, claim.content, claim.evidence, who, also=also,
                     confidence=claim.confidence, corrected=changed.get(claim.id, ""),
                     telling=of_claim(article, claim))  # fmt: skip
    for check in analysis.factchecks:
        yield _Entry("factcheck", check.id, check.rating, check.content, check.reviewed, (check.publisher, "", ""),
                     check.url, date=check.date or "")  # fmt: skip
    for one in analysis.corrections:
        yield _Entry("correction", one.id, one.what, one.content, one.was or "", (one.now or "", "", ""),
                     corrected=change(one))  # fmt: skip


def _words(article: Article, spans: tuple[Span, ...] | str) -> str:
    if isinstance(spans, str):
        return spans
    return " … ".join(piece.text for span in spans for piece in article.pieces(span))


def _told(article: Article, telling: Telling | None) -> tuple[str, str]:
    """The sentence, and the words in it that tell."""
    return (telling.text(article), _words(article, telling.words)) if telling else ("", "")


def to_rows(article: Article, analysis: Analysis) -> list[Row]:
    """The table as ``list[dict]`` with one dict a row: ``pandas.DataFrame(rows)`` and the like take it as it is.

    The keys are ``ROW_KEYS``, always all of them, and what is not known is None. ``start`` and ``end`` are code point
    offsets into ``Article.text`` of the first and the last character of the entry, half open; ``block`` is the id of
    the block in which it begins. Nothing is escaped: for a spreadsheet write ``to_csv``.
    """
    rows: list[Row] = []
    for entry in _entries(article, analysis):
        label, kind, identification = entry.source or ("", "", "")
        values: tuple[str | int | float | None, ...] = (
            entry.entry, entry.id, entry.kind, entry.also, label, kind, identification, entry.channel,
            _words(article, entry.content), _words(article, entry.why), next(article.pieces(entry.content[0])).block.id,
            entry.content[0].start, entry.content[-1].end, entry.confidence, entry.date, entry.corrected,
            *_told(article, entry.telling),
        )  # fmt: skip
        rows.append({key: None if value == "" else value for key, value in zip(ROW_KEYS, values, strict=True)})
    return rows


def to_csv(article: Article, analysis: Analysis, *, offsets: Offsets = Offsets.CODE_POINT) -> str:
    """The table, its offsets within blocks and in units of ``offsets``.

    ``block``, ``start`` and ``end`` are those of the first span of ``text``. ``spans`` and ``cue_or_evidence_spans``
    have all of them, as a JSON list of ``{"block", "start", "end"}``. ``date`` is a fact-check's, or empty.
    ``telling_sentence`` says who the source is or what contests the claim, by the words in ``telling_words``.
    """
    encoder = Encoder(article, offsets)

    def places(spans: tuple[Span, ...]) -> str:
        found = [{name: piece[name] for name in ("block", "start", "end")} for piece in encoder.spans(spans)]
        return to_json(found)

    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for entry in _entries(article, analysis):
        why: tuple[Span, ...] = () if isinstance(entry.why, str) else entry.why
        first = next(article.pieces(entry.content[0]))
        confidence = "" if entry.confidence is None else f"{entry.confidence:.2f}"
        table.writerow(
            [entry.entry, entry.id, cell(entry.kind), entry.also, *map(cell, entry.source or ("", "", "")),
             cell(entry.channel), cell(_words(article, entry.content)), cell(_words(article, entry.why)),
             cell(first.block.id), *first.offsets(offsets), confidence, places(entry.content), places(why),
             cell(entry.date), cell(entry.corrected), *map(cell, _told(article, entry.telling))]
        )  # fmt: skip
    return out.getvalue()
