"""Analysis -> a self-contained HTML page: the article with its marks, notes in the margin, sources and claims.

The page has no script. What is shown is chosen by check boxes and style rules alone, so it can be served under a
policy that allows nothing but its own style sheet, sent as one file, and printed.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from onrecord.analysis.result import SOURCE_TYPES, Analysis
from onrecord.analysis.summary import Summary, summarise
from onrecord.article import Article
from onrecord.formats import html
from onrecord.formats.controls import to_html
from onrecord.formats.labels import (
    ANONYMOUS,
    CHANNELS,
    CORRECTED,
    IDENTIFICATIONS,
    NOT_FOUND,
    REASONS,
    SENTENCES,
    STATUSES,
    TYPES,
    change,
)
from onrecord.formats.marking import Mark, Marking


def style() -> str:
    """The report's style sheet."""
    return html.style("report.css")


def content_security_policy() -> str:
    """The policy under which a report is served: its own style sheet and nothing else."""
    return f"{html.own_style_only(style())}; frame-ancestors 'none'"


def render(article: Article, analysis: Analysis, *, outlet: str | None = None, published: str | None = None) -> str:
    """The whole page. ``outlet`` and ``published`` (ISO 8601) are shown where the caller knows them."""
    title = article.title or next((block.text for block in article.blocks if block.role == "headline"), "Article")
    marking = Marking(article, analysis)
    rows = marking.rows
    if rows and rows[0].block.text == title and not rows[0].marked:
        rows = rows[1:]  # the page has it as its heading
    used = {source.type for source in analysis.sources}
    summary = summarise(article, analysis)
    quotes = sorted((mark for mark in marking.marks.values() if mark.quote), key=lambda mark: int(mark.number))
    contests: dict[str, list[Mark]] = {}
    for claim, answers in marking.answers.items():
        for answer in answers:
            contests.setdefault(answer, []).append(marking.marks[claim])
    page = html.environment().get_template("report.html").render(
        article=article,
        link=html.web_address(article.url),
        outlet=outlet,
        published=published,
        published_words=_date(published),
        title=title,
        analysis=analysis,
        rows=rows,
        marks=marking.marks,
        anchors=marking.anchors,
        answers=marking.answers,
        contests=contests,
        types=[kind for kind in SOURCE_TYPES if kind in used],
        voice=_voice(analysis, summary),
        summary=summary,
        quotes_of={one.id: [m for m in quotes if m.quote and m.quote.source == one.id] for one in analysis.sources},
        lost=[mark for mark in quotes if mark.quote and mark.quote.source is None],
        claims=[mark for mark in marking.marks.values() if mark.kind == "claim"],
        changed={entry: [one for one in analysis.corrections if one.entry == entry]
                 for entry in {one.entry for one in analysis.corrections}},
        change=change,
        words=lambda spans: [piece.text for span in spans for piece in article.pieces(span)],
        style=Markup(style()),  # noqa: S704 - our own file
        labels={
            "types": TYPES, "identifications": IDENTIFICATIONS, "statuses": STATUSES, "sentences": SENTENCES,
            "channels": CHANNELS, "reasons": REASONS, "not_found": NOT_FOUND, "anonymous": ANONYMOUS,
            "corrected": CORRECTED,
        },
    )  # fmt: skip
    return to_html(page)


class Voice(NamedTuple):
    """A row of the share of voice. ``share`` is in whole per cent of the words quoted."""

    kind: str  # a source type; "lost" where the speaker was not found
    label: str
    sources: int
    quotes: int
    words: int
    share: int


def _voice(analysis: Analysis, summary: Summary) -> list[Voice]:
    kinds = [source.type if source else None for quote in analysis.quotes for source in [analysis.source(quote.source)]]
    words = summary["words_quoted_by_type"]
    total = sum(words.values()) or 1
    rows = [
        Voice(kind, TYPES[kind], summary["by_type"].get(kind, 0), kinds.count(kind), words.get(kind, 0), 0)
        for kind in SOURCE_TYPES
    ]
    rows.append(Voice("lost", NOT_FOUND, 0, kinds.count(None), words.get("null", 0), 0))
    return [row._replace(share=round(100 * row.words / total)) for row in rows if row.sources or row.quotes]


def _date(published: str | None) -> str | None:
    """The day in words, or what was given where that is no date of ISO 8601."""
    try:
        day = datetime.fromisoformat(published or "")
    except ValueError:
        return published
    return f"{day.day} {day:%B %Y}"
