"""schema.org ClaimReview, as fact-checkers publish it: JSON-LD in a page, a JSON file, or a DataFeed.

A feed may be a hundred megabytes, so its entries are decoded one by one. Everything in it is somebody else's text:
it is cut to a length, stripped of markup and control characters, and only web addresses are taken as links.
"""

from __future__ import annotations

import html
import json
import math
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

_LONGEST = {"claim": 600, "claimant": 200, "publisher": 200, "rating": 200, "url": 1_000}
_TAG = re.compile(r"<[^<>]{1,200}>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})")
_SCRIPT = re.compile(
    r"<script\b[^>]*\btype\s*=\s*[\"']?application/ld\+json\b[^>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL
)
# What older plug-ins write around the JSON of a script, so that the browsers of the last century leave it alone.
_WRAPPING = re.compile(r"<!\[CDATA\[|\]\]>|<!--|-->|<!|//|/\*|\*/|>")
_PREFIX = re.compile(r"^(?:schema:|https?://schema\.org/)")
_BETWEEN = re.compile(r"[\s,;\x1e\ufeff]*")
_LAST_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,\s*([}\]])', re.DOTALL)
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
        yield from _scripts(text, path)
        return
    if _is_lines(text):
        yield from _lines(text, path)
        return
    opening: int | None = text.index("[") if start.startswith("[") else None
    if opening is None:
        match = _LIST.search(text, 0, 100_000)
        opening = match.end() - 1 if match and _outermost(text, match.start()) else None
    try:
        if opening is None:
            yield from _row(text)
        else:
            yield from _entries(text, opening)
    except (ValueError, RecursionError):
        raise InvalidFactchecks(f"{path} is not valid JSON, or it is cut off.") from None


def _scripts(text: str, path: Path) -> Iterator[Any]:
    """The JSON values of a page's scripts. A broken one of others does not matter, one with a ClaimReview does."""
    broken = whole = False
    for script in _SCRIPT.findall(text):
        words = html.unescape(script) if "&quot;" in script else script
        try:
            for value in _row(_unwrapped(words)):
                whole = whole or any(True for _ in _below(value, 0))
                yield value
        except (ValueError, RecursionError):
            broken = broken or "ClaimReview" in words
    if broken and not whole:
        raise InvalidFactchecks(f"{path} holds a ClaimReview, but its script is not valid JSON.")


def _unwrapped(script: str) -> str:
    """A script without comment marks before its first and behind its last brace."""
    first, last = script.find("{"), script.rfind("}") + 1
    if first < 0 or last <= first:
        return script
    return _WRAPPING.sub(" ", script[:first]) + script[first:last] + _WRAPPING.sub(" ", script[last:])


def _lines(text: str, path: Path) -> Iterator[Any]:
    """The values of newline-delimited JSON, line by line."""
    for number, found in enumerate(re.finditer(r"[^\n]+", text), 1):
        if found.group().strip():
            try:
                yield json.loads(found.group(), strict=False)
            except (ValueError, RecursionError):
                raise InvalidFactchecks(f"Line {number} of {path} is not valid JSON, or it is cut off.") from None


def _is_lines(text: str) -> bool:
    """Whether the first line is a JSON object of its own, and another line follows."""
    first, _, rest = text[:1_000_000].lstrip().partition("\n")
    if not (first.startswith("{") and rest.lstrip().startswith("{")):
        return False
    try:
        return isinstance(json.loads(first, strict=False), dict)
    except (ValueError, RecursionError):
        return False


def _row(text: str) -> Iterator[Any]:
    """Values one after the other: one alone, one a line, or as some pages write them; ``ValueError`` if one is broken.

    Between two of them may stand commas, semicolons and blank lines. A comma before a closing bracket, which browsers'
    own JSON refuses and several publishers write, is left out where the text is not JSON as it stands.
    """
    try:
        yield from _values_of(text)
    except ValueError:
        yield from _values_of(_LAST_COMMA.sub(lambda found: found[1] or found[2], text))


def _values_of(text: str) -> list[Any]:
    decoder = json.JSONDecoder(strict=False)
    at = _BETWEEN.match(text).end()  # type: ignore[union-attr]  # it matches anything
    if at >= len(text):
        raise ValueError("there is no value")
    values = []
    while at < len(text):
        value, end = decoder.raw_decode(text, at)
        values.append(value)
        at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]  # likewise
    return values


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
            yield _plain_names(value)
            return
        for entry in value.values():
            if isinstance(entry, dict | list):
                yield from _below(entry, depth + 1)


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
