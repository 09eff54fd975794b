"""schema.org ClaimReview, as fact-checkers publish it: JSON-LD, microdata or RDFa in a page, a JSON file, a DataFeed.

Answers of Google's Fact Check Tools API (``claims:search``) are read too, which many newsrooms keep.

A feed may be a hundred megabytes, so its entries are decoded one by one. Everything in it is somebody else's text:
it is cut to a length, stripped of markup and control characters, and only web addresses are taken as links.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from onrecord.errors import InvalidFactchecks, Unreadable
from onrecord.factchecks.values import values

# The largest file read, in bytes: twice the largest feed known. Entries deeper than this are no ClaimReview.
LARGEST = 400_000_000
DEEPEST = 12

_LONGEST = {"claim": 600, "claimant": 200, "publisher": 200, "rating": 200, "url": 1_000}
_TAG = re.compile(r"<[^<>]{1,200}>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})")
_PREFIX = re.compile(r"^(?:schema:|https?://schema\.org/)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One published fact-check: what was reviewed, and what its publisher calls it."""

    claim: str  # the statement that was reviewed, in the publisher's words
    claimant: str  # who made it; empty if the publisher does not say
    publisher: str
    rating: str  # the publisher's own rating words
    date: str  # YYYY-MM-DD, or empty
    url: str  # http or https


@dataclass(slots=True)
class Tally:
    """What became of the entries of one file."""

    read: int = 0
    skipped: int = 0  # a ClaimReview without a claim, a publisher, a rating or a web address


def read(path: Path, tally: Tally) -> Iterator[Review]:
    """Every fact-check in the file; raises ``Unreadable`` or ``InvalidFactchecks``."""
    for entry in _claim_reviews(values(_text(path), path)):
        review = review_of(entry)
        if review is None:
            tally.skipped += 1
        else:
            tally.read += 1
            yield review
    if not tally.read and not tally.skipped:
        raise InvalidFactchecks(f"{path} holds no ClaimReview.")


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"{path} is larger than {LARGEST // 1_000_000} MB.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise InvalidFactchecks(f"{path} is not text in UTF-8.") from None


def _claim_reviews(found: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Every ClaimReview in the values, however deep in feeds, graphs and lists it lies."""
    for value in found:
        yield from _below(value, 0)


def _below(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _below(entry, depth + 1)
    elif isinstance(value, dict):
        if "ClaimReview" in _types(value):
            yield _plain_names(value)
            return
        if isinstance(value.get("claimReview"), list) and isinstance(value.get("text"), str):
            yield from _of_search(value)
            return
        for entry in value.values():
            if isinstance(entry, dict | list):
                yield from _below(entry, depth + 1)


def _of_search(claim: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The reviews of a claim as ``claims:search`` answers (v1alpha1): each as a ClaimReview."""
    for review in claim["claimReview"]:
        if isinstance(review, dict):
            publisher = _object(review.get("publisher"))
            yield {
                "url": review.get("url"),
                "claimReviewed": claim["text"],
                "author": publisher.get("name") or publisher.get("site"),
                "datePublished": review.get("reviewDate"),
                "reviewRating": review.get("textualRating"),
                "itemReviewed": {"author": claim.get("claimant")},
            }


def _plain_names(value: Any, depth: int = 0) -> Any:
    """The same with ``claimReviewed`` for ``schema:claimReviewed`` and ``https://schema.org/claimReviewed``."""
    if isinstance(value, list) and depth <= DEEPEST:
        return [_plain_names(one, depth + 1) for one in value]
    if isinstance(value, dict) and depth <= DEEPEST:
        return {_PREFIX.sub("", str(name)): _plain_names(one, depth + 1) for name, one in value.items()}
    return value


def _types(value: dict[str, Any]) -> list[str]:
    kinds = value.get("@type")
    return [str(kind).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds])]


def review_of(entry: dict[str, Any]) -> Review | None:
    """The fact-check that a ClaimReview says, or None if it lacks what a reader has to be shown."""
    url = _link(_first(entry.get("url"))) or _link(_first(entry.get("mainEntityOfPage")))
    reviewed = _object(entry.get("itemReviewed"))
    claim = _statement(entry.get("claimReviewed")) or (_statement(reviewed) if "Claim" in _types(reviewed) else "")
    rating = _rating(entry.get("reviewRating"))
    publisher = _name(entry.get("author")) or _name(entry.get("publisher")) or (urlsplit(url).hostname or "")
    date = _DATE.match(_plain(entry.get("datePublished"), "claimant") or _plain(entry.get("dateCreated"), "claimant"))
    if not (url and claim and rating and publisher):
        return None
    return Review(
        claim=claim,
        claimant=_name(reviewed.get("author")),
        publisher=publisher,
        rating=rating,
        date=date[1] if date else "",
        url=url,
    )


def _statement(value: Any) -> str:
    """The statement that was reviewed: a text, or a Claim with one."""
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, dict) and "@value" not in value:
        return next((words for name in ("text", "name") if (words := _plain(value.get(name), "claim"))), "")
    return _plain(value, "claim")


def _rating(given: Any) -> str:
    """The publisher's words for its verdict; its number, as a number of how many, if it uses no words.

    A number says something only between a worst and a best that differ. Where the scale runs the other way, the best
    at its lower end, both ends are named.
    """
    value = given[0] if isinstance(given, list) and given else given
    if not isinstance(value, dict) or "@value" in value:
        return _words(value, "rating")
    for name in ("alternateName", "name", "ratingValue"):
        words = _plain(value.get(name), "rating")
        if words and _number(words) is None:
            return words
    score, best, worst = (_plain(value.get(name), "rating") for name in ("ratingValue", "bestRating", "worstRating"))
    number, top, bottom = _number(score), _number(best), _number(worst or "0")
    if number is None or top is None or bottom is None or top == bottom:
        return ""
    if not (math.isfinite(top - bottom) and min(top, bottom) <= number <= max(top, bottom)):
        return ""
    return f"{score} of {best}" if top > bottom else f"{score} (from {best}, the best, to {worst}, the worst)"


def _number(words: str) -> float | None:
    try:
        return float(words.replace(",", "."))
    except ValueError:
        return None


def _words(value: Any, kind: str) -> str:
    """A text that is no number."""
    words = _plain(value, kind)
    return "" if _number(words) is not None else words


def _first(value: Any) -> Any:
    """The first of a list; of an object its address."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url") or value.get("@value")
    return value


def _object(value: Any) -> dict[str, Any]:
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) else {}


def _name(value: Any) -> str:
    value = value[0] if isinstance(value, list) and value else value
    return _plain(value.get("name") if isinstance(value, dict) and "@value" not in value else value, "publisher")


def _plain(value: Any, kind: str) -> str:
    """One line of text without markup, control characters and overrides of direction."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")  # a text with its language
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    text = _TAG.sub(" ", html.unescape(str(value)))
    text = (
        " ".join(_CONTROL.sub(" ", text).split()).strip("\"“”'’‘ ")
        if kind == "claim"
        else " ".join(_CONTROL.sub(" ", text).split())
    )
    text = text.encode("utf-8", errors="ignore").decode()  # a lone surrogate can be kept nowhere
    return text if len(text) <= _LONGEST[kind] else text[: _LONGEST[kind] - 1].rstrip() + "…"


def _link(value: Any) -> str:
    """A web address; anything else (``javascript:``, a relative one) is none."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return ""
    usable = parts.scheme in {"http", "https"} and bool(host) and not re.search(r"[\s\"<>\\^`{|}]", text)
    return text if usable and len(text) <= _LONGEST["url"] and text.isprintable() else ""
