"""What a page says about its article in JSON-LD (schema.org); what it only says of other things is not taken."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any, Final

import lxml.html

from onrecord.documents.document import Metadata

_ARTICLES: Final = re.compile(
    r"(?:Article|BlogPosting|LiveBlogPosting|Report|ReportageNewsArticle|SocialMediaPosting)$"
)
_CHECKS: Final = re.compile(r"^ClaimReview$")
_DEEPEST: Final = 8
_WRAPPING = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)\s*|\s*(?://)?\s*(?:\]\]>|-->)\s*;?\s*$|;\s*$")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?$")


def of_page(tree: lxml.html.HtmlElement) -> Metadata:
    """The metadata of the page's main article; of a live blog, the blog's own and not its posts'."""
    found = list(_entries(tree, _ARTICLES))
    # A page about one story may hold others as related; a live blog holds posts. The story comes first or is the blog.
    blogs = [entry for entry in found if "LiveBlogPosting" in _types(entry)]
    chosen = (blogs or found or [{}])[0]
    checks = _entries(tree, _CHECKS)
    return Metadata(
        title=_text(chosen.get("headline")) or _text(chosen.get("name")),
        url=_address(chosen),
        outlet=_name(chosen.get("publisher")),
        published=_date(chosen.get("datePublished"))
        or next((day for check in checks if (day := _date(check.get("datePublished")))), None),
        authors=tuple(name for name in map(_name, _list(chosen.get("author"))) if name),
    )


def without_claims(tree: lxml.html.HtmlElement) -> None:
    """Take the scripts out that tell of fact-checks and of no article.

    htmldate 1.11.0, and trafilatura 2.3.1 with it, take the first ``datePublished`` in the text of a script for the
    page's, at any depth: where ``itemReviewed`` stands first, the day on which somebody made the claim.
    """
    for script in list(_scripts(tree)):
        values = _values(script.text or "")
        if any(True for _ in _below(values, _CHECKS, 0)) and not any(True for _ in _below(values, _ARTICLES, 0)):
            script.drop_tree()


def _scripts(tree: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json":
            yield script


def _entries(tree: lxml.html.HtmlElement, wanted: re.Pattern[str]) -> Iterator[dict[str, Any]]:
    for script in _scripts(tree):
        yield from _below(_values(script.text or ""), wanted, 0)


def _values(script: str) -> list[Any]:
    text = _WRAPPING.sub("", _WRAPPING.sub("", script)).strip()
    try:
        return [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return []


def _below(value: Any, wanted: re.Pattern[str], depth: int) -> Iterator[dict[str, Any]]:
    """Entries on the outermost level, in lists and in graphs; not the posts, parts and mentions inside them."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _below(entry, wanted, depth + 1)
    elif isinstance(value, dict):
        if any(wanted.search(name) for name in _types(value)):
            yield value
            return
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _below(value.get(key), wanted, depth + 1)


def _types(entry: dict[str, Any]) -> list[str]:
    return [name for name in _list(entry.get("@type")) if isinstance(name, str)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("@value")
    text = " ".join(html.unescape(value).split()) if isinstance(value, str) else ""
    return text or None


def _name(value: Any) -> str | None:
    value = _list(value)[0] if value else None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _address(entry: dict[str, Any]) -> str | None:
    page = entry.get("mainEntityOfPage")
    for value in (entry.get("url"), page.get("@id") if isinstance(page, dict) else page, entry.get("@id")):
        text = _text(value.get("@id") if isinstance(value, dict) else value)
        if text and text.startswith(("http://", "https://")):
            return text
    return None


def _date(value: Any) -> str | None:
    text = _text(value)
    return text if text and _DATE.match(text) else None
