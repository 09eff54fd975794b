"""Analysis -> a self-contained HTML page: the article with its marks, notes in the margin, sources and claims.

The page has no script. What is shown is chosen by check boxes and style rules alone, so it can be served under a
policy that allows nothing but its own style sheet, sent as one file, and printed.
"""

from __future__ import annotations

import textwrap
from datetime import date, datetime
from typing import NamedTuple

from markupsafe import Markup

import onrecord
from onrecord.analysis.result import SOURCE_TYPES, Analysis
from onrecord.analysis.summary import Summary, summarise
from onrecord.article import Article
from onrecord.formats import html
from onrecord.formats.controls import to_html
from onrecord.formats.evidence import of_claim, of_source
from onrecord.formats.labels import (
    ANONYMOUS,
    CHANNELS,
    CORRECTED,
    IDENTIFICATIONS,
    NOT_FOUND,
    REASONS,
    SAYS,
    SENTENCES,
    STATUSES,
    TYPES,
    change,
)
from onrecord.formats.marking import Mark, Marking
from onrecord.formats.subtypes import type_name

EXCERPT = 90  # characters of a quote that stand beside its number


def style() -> str:
    """The report's style sheet."""
    return html.style("report.css")


def content_security_policy(page: str) -> str:
    """The policy under which a report is served: the style sheet that is in it and nothing else.

    A report that an older version made keeps the sheet of that version.
    """
    sheet = page.partition("<style>")[2].partition("</style>")[0]
    return f"{html.own_style_only(sheet)}; frame-ancestors 'none'"


def lost() -> str:
    """The page in the place of a report that is not kept, with what can be done."""
    template = html.environment().get_template("lost.html")
    made = template.render(
        title="This report is not kept any more",
        style=Markup(style()),  # noqa: S704 - our own file
        policy=html.own_style_only(style()),
    )
    return to_html(made)


def render(
    article: Article,
    analysis: Analysis,
    *,
    outlet: str | None = None,
    published: str | None = None,
    read: date | None = None,
) -> str:
    """The whole page, which needs nothing but itself.

    ``outlet``, ``published`` (ISO 8601) and the day on which the article was ``read`` are shown where they are known.
    """
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
        read=read.isoformat() if read else None,
        read_words=_date(read.isoformat()) if read else None,
        version=onrecord.__version__,
        policy=html.own_style_only(style()),
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
        type_name=lambda source: type_name(article, source),
        telling={
            **{source.id: of_source(article, source) for source in analysis.sources},
            **{claim.id: of_claim(article, claim) for claim in analysis.claims},
        },
        excerpt=lambda spans: textwrap.shorten(" … ".join(article[span] for span in spans), EXCERPT, placeholder=" …"),
        words=lambda spans: [piece.text for span in spans for piece in article.pieces(span)],
        style=Markup(style()),  # noqa: S704 - our own file
        labels={
            "types": TYPES, "identifications": IDENTIFICATIONS, "statuses": STATUSES, "sentences": SENTENCES,
            "channels": CHANNELS, "reasons": REASONS, "not_found": NOT_FOUND, "anonymous": ANONYMOUS,
            "corrected": CORRECTED, "says": SAYS,
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
