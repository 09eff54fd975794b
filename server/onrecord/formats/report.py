"""Analysis -> a self-contained HTML page: the article with its marks, the sources and the contested claims.

The page has no script. What is shown is chosen by check boxes and style rules alone, so it can be served under a
policy that allows nothing but its own style sheet.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.resources
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord.analysis.result import SOURCE_TYPES, Analysis, Claim, Quote, Source
from onrecord.analysis.summary import summarise
from onrecord.article import Article, Block, Span
from onrecord.formats.controls import to_html
from onrecord.formats.labels import (
    ANONYMOUS,
    CHANNELS,
    IDENTIFICATIONS,
    NOT_FOUND,
    REASONS,
    SENTENCES,
    STATUSES,
    TYPES,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of one block's text over which the same marks hold."""

    text: str
    quote: Quote | None
    claim: Claim | None
    source: Source | None
    first_of_quote: bool
    first_of_claim: bool


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("onrecord.formats"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def style() -> str:
    """The report's style sheet."""
    return (importlib.resources.files("onrecord.formats") / "templates" / "report.css").read_text(encoding="utf-8")


def content_security_policy() -> str:
    """The policy under which a report is served: its own style sheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def render(article: Article, analysis: Analysis) -> str:
    """The whole page."""
    seen_quotes: set[str] = set()
    seen_claims: set[str] = set()
    title = article.title or next((block.text for block in article.blocks if block.role == "headline"), "Article")
    blocks = [
        (block, list(_pieces(block, span, analysis, seen_quotes, seen_claims)))
        for block, span in zip(article.blocks, article.block_spans, strict=True)
        if block.text.strip()
    ]
    if blocks and blocks[0][0].text == title and all(piece.quote is None for piece in blocks[0][1]):
        blocks.pop(0)  # the page has it as its heading
    used = {source.type for source in analysis.sources}
    summary = summarise(article, analysis)
    words = summary["words_quoted_by_type"]
    kinds = [*SOURCE_TYPES, "null"]
    total = sum(words.values()) or 1
    html = _environment().get_template("report.html").render(
        article=article,
        link=_web_address(article.url),
        title=title,
        analysis=analysis,
        blocks=blocks,
        types=[kind for kind in SOURCE_TYPES if kind in used],
        shares=[(kind, words[kind], round(100 * words[kind] / total)) for kind in kinds if words.get(kind)],
        summary=summary,
        quotes_of={one.id: [quote for quote in analysis.quotes if quote.source == one.id] for one in analysis.sources},
        lost=[quote for quote in analysis.quotes if quote.source is None],
        web_address=_web_address,
        words=lambda spans: [piece.text for span in spans for piece in article.pieces(span)],
        style=Markup(style()),  # noqa: S704 - our own file
        labels={
            "types": TYPES, "identifications": IDENTIFICATIONS, "statuses": STATUSES, "sentences": SENTENCES,
            "channels": CHANNELS, "reasons": REASONS, "not_found": NOT_FOUND, "anonymous": ANONYMOUS,
        },
    )  # fmt: skip
    return to_html(html)


def _web_address(url: str | None) -> str | None:
    """The address, if it is one that a link may carry."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _pieces(
    block: Block, at: Span, analysis: Analysis, seen_quotes: set[str], seen_claims: set[str]
) -> Iterator[Piece]:
    quotes = [(span, quote) for quote in analysis.quotes for span in quote.content if span.overlaps(at)]
    claims = [(span, claim) for claim in analysis.claims for span in claim.content if span.overlaps(at)]
    edges = {at.start, at.end}
    for span in [*(span for span, _ in quotes), *(span for span, _ in claims)]:
        edges |= {max(span.start, at.start), min(span.end, at.end)}
    ordered = sorted(edges)
    for start, end in itertools.pairwise(ordered):
        piece = Span(start, end)
        # the shorter of two nested quotes is the one that speaks here
        quote = min(
            ((len(span), quote.id, quote) for span, quote in quotes if span.covers(piece)), default=(0, "", None)
        )[2]
        claim = min(
            ((len(span), claim.id, claim) for span, claim in claims if span.covers(piece)), default=(0, "", None)
        )[2]
        yield Piece(
            text=block.text[start - at.start : end - at.start],
            quote=quote,
            claim=claim,
            source=analysis.source(quote.source) if quote else None,
            first_of_quote=quote is not None and quote.id not in seen_quotes,
            first_of_claim=claim is not None and claim.id not in seen_claims,
        )
        if quote:
            seen_quotes.add(quote.id)
        if claim:
            seen_claims.add(claim.id)
