"""schema.org ClaimReview, as fact-checkers publish it: JSON-LD in a page, a JSON file, or a DataFeed.

A feed may be a hundred megabytes, so its entries are decoded one by one. Everything in it is somebody else's text:
it is cut to a length, stripped of markup and control characters, and only web addresses are taken as links.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from onrecord.errors import InvalidFactchecks, Unreadable

# The largest file read, in bytes: twice the largest feed known. Entries deeper than this are no ClaimReview.
LARGEST = 400_000_000
DEEPEST = 12

_LONGEST = {"claim": 600, "claimant": 200, "publisher": 200, "rating": 200, "date": 10, "url": 1_000}
_TAG = re.compile(r"<[^<>]{1,200}>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})")
_SCRIPT = re.compile(
    r"<script\b[^>]*\btype\s*=\s*[\"']?application/ld\+json\b[^>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL
)
_LIST = re.compile(r'"(?:dataFeedElement|@graph|itemListElement|claimReviews?)"\s*:\s*\[')


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
    for entry in _claim_reviews(_values(_text(path), path)):
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


def _values(text: str, path: Path) -> Iterator[Any]:
    """The JSON values of the file; the entries of its outermost list one by one."""
    start = text[:1_000].lstrip()
    if start.startswith("<"):
        found = [html.unescape(script) if "&quot;" in script else script for script in _SCRIPT.findall(text)]
        for script in found:
            try:
                yield json.loads(script.strip(), strict=False)
            except (ValueError, RecursionError):
                continue  # a page may carry broken scripts of others beside the one that counts
        return
    opening = 0 if start.startswith("[") else None
    if opening is None:
        match = _LIST.search(text, 0, 100_000)
        opening = match.end() - 1 if match and _outermost(text, match.start()) else None
    else:
        opening = text.index("[")
    try:
        if opening is None:
            yield json.loads(text, strict=False)
        else:
            yield from _entries(text, opening)
    except (ValueError, RecursionError):
        raise InvalidFactchecks(f"{path} is not valid JSON, or it is cut off.") from None


def _outermost(text: str, at: int) -> bool:
    """Whether the key at this offset belongs to the file's outermost object."""
    depth, inside, skip = 0, False, False
    for character in text[:at]:
        if skip:
            skip = False
        elif character == "\\":
            skip = inside
        elif character == '"':
            inside = not inside
        elif not inside:
            depth += (character in "{[") - (character in "}]")
    return depth == 1


def _entries(text: str, opening: int) -> Iterator[Any]:
    decoder = json.JSONDecoder(strict=False)
    blank = re.compile(r"[\s,]*")
    at = blank.match(text, opening + 1).end()  # type: ignore[union-attr]  # it matches anything
    while text[at : at + 1] != "]":
        if at >= len(text):
            raise ValueError("the list has no end")
        value, end = decoder.raw_decode(text, at)
        yield value
        at = blank.match(text, end).end()  # type: ignore[union-attr]  # likewise


def _claim_reviews(values: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Every ClaimReview in the values, however deep in feeds, graphs and lists it lies."""
    for value in values:
        yield from _below(value, 0)


def _below(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _below(entry, depth + 1)
    elif isinstance(value, dict):
        if "ClaimReview" in _types(value):
            yield value
            return
        for entry in value.values():
            if isinstance(entry, dict | list):
                yield from _below(entry, depth + 1)


def _types(value: dict[str, Any]) -> list[str]:
    kinds = value.get("@type")
    return [str(kind).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds])]


def review_of(entry: dict[str, Any]) -> Review | None:
    """The fact-check that a ClaimReview says, or None if it lacks what a reader has to be shown."""
    url = _link(entry.get("url")) or _link(_first(entry.get("mainEntityOfPage")))
    claim, rating = _plain(entry.get("claimReviewed"), "claim"), _rating(_object(entry.get("reviewRating")))
    publisher = _name(entry.get("author")) or _name(entry.get("publisher")) or (urlsplit(url).hostname or "")
    reviewed = _object(entry.get("itemReviewed"))
    date = _DATE.match(str(entry.get("datePublished") or entry.get("dateCreated") or ""))
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


def _rating(rating: dict[str, Any]) -> str:
    """The publisher's words for its verdict; its number, as a number of how many, if it uses no words."""
    words = _plain(rating.get("alternateName"), "rating") or _plain(rating.get("name"), "rating")
    value, best = _plain(rating.get("ratingValue"), "rating"), _plain(rating.get("bestRating"), "rating")
    return words or (f"{value} of {best}" if value and best else "")


def _first(value: Any) -> Any:
    """The first of a list; of an object its address."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value


def _object(value: Any) -> dict[str, Any]:
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) else {}


def _name(value: Any) -> str:
    if isinstance(value, str):
        return _plain(value, "publisher")
    return _plain(_object(value).get("name"), "publisher")


def _plain(value: Any, kind: str) -> str:
    """One line of text without markup, control characters and overrides of direction."""
    if isinstance(value, list):
        value = value[0] if value else None
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
