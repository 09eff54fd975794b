"""Corrections as labels for training (``training.articles``), and as words for a bug report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

import onrecord
from onrecord.analysis.result import Anonymity
from onrecord.corrections.amend import amended
from onrecord.corrections.notebook import Corrected
from onrecord.formats.labels import NOT_FOUND, STATUSES, TYPES
from onrecord.training import articles


def labels(corrected: Corrected) -> articles.Labels:
    """The article as the reader has left it: what was corrected, and what was let stand."""
    found = amended(corrected.analysis, corrected.remarks)

    def anonymity(why: Anonymity | None) -> articles.Anonymity | None:
        if why is None:
            return None
        return articles.Anonymity(why.evidence, (why.reason,) if why.reason else (), why.reason_kind)

    sources = tuple(
        articles.Source(
            id=one.id, type=one.type, identification=one.identification, mention=one.mentions[0],
            mentions=tuple(sorted(one.mentions)), anonymity=anonymity(one.anonymity),
        )
        for one in found.sources
        if one.mentions
    )  # fmt: skip
    known = {one.id for one in sources}
    quotes = tuple(
        articles.Quote(
            id=one.id, kind=one.kind, source=one.source if one.source in known else None, contents=one.content,
            cue=one.cue, mention=one.mention, channel=one.channel, optional=False,
        )
        for one in found.quotes
    )  # fmt: skip
    claims = tuple(
        articles.Claim(
            id=one.id, status=one.status, also=one.also, content=one.content, evidence=one.evidence,
            by=one.by if one.by in known else None, stated_in=(one.quote,) if one.quote else (), answered_in=(),
            optional=False,
        )
        for one in found.claims
    )  # fmt: skip
    text = corrected.article.text
    return articles.Labels(
        doc=f"corrected/{corrected.sha256[:16]}", sha256=corrected.sha256, length=len(text), part="train",
        sources=sources, quotes=quotes, claims=claims,
    )  # fmt: skip


def exported(corrected: Iterable[Corrected], *, with_text: bool = False) -> str:
    """JSON lines, one article each; ``with_text`` adds the ``text`` that ``onrecord.training --gold`` reads."""
    lines = []
    for one in corrected:
        line: dict[str, Any] = msgspec.to_builtins(labels(one))
        if with_text:
            line["text"] = one.article.text
        lines.append(msgspec.json.encode(line).decode() + "\n")
    return "".join(lines)


def as_report(corrected: Iterable[Corrected]) -> str:
    """A text to paste into a bug report: what was found and what is right, where, and not a word of any article.

    Names of sources are words of the article too, so a speaker is told by kind alone; notes are the reader's own.
    """
    lines = [f"Onrecord {onrecord.__version__}: what a reader corrected. No text of an article is in here.", ""]
    for one in corrected:
        model = f" · {one.analysis.model}" if one.analysis.model else ""
        lines.append(f"Article of {len(one.article.text):,} characters, SHA-256 {one.sha256}{model}")
        found = amended(one.analysis, one.remarks)
        for remark, said in zip(one.remarks, found.corrections, strict=True):
            quote = next((q for q in one.analysis.quotes if q.id == said.entry), None)
            claim = next((c for c in one.analysis.claims if c.id == said.entry), None)
            source = one.analysis.source(quote.source) if quote else None
            kind = TYPES[source.type] if source else NOT_FOUND
            was = f"{quote.kind} quote, {kind}" if quote else f"claim, {STATUSES[claim.status]}" if claim else "gone"
            lines.append(f"- {_WHAT[remark.what]}: characters {remark.at.start} to {remark.at.end}; found: {was}")
            if remark.type:
                lines.append(f"  right: {TYPES[remark.type]}")
            if remark.what == "speaker":
                right = (
                    f"named at characters {remark.speaker.start} to {remark.speaker.end}"
                    if remark.speaker
                    else "nobody"
                )
                lines.append(f"  right: {right}")
            if remark.note:
                lines.append(f"  note: {' '.join(remark.note.split())}")
        lines.append("")
    return "\n".join(lines)


_WHAT = {
    "not_a_quote": "not a quote",
    "speaker": "other speaker",
    "kind": "other kind",
    "not_contested": "not contested",
    "note": "note",
}
