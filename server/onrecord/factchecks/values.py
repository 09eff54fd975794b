"""The JSON values of a file or a page, also where publishers write them not quite as JSON has it."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import InvalidFactchecks
from onrecord.factchecks import markup

_SCRIPT = re.compile(
    r"<script\b[^>]*\btype\s*=\s*[\"']?application/ld\+json\b[^>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL
)
# What older plug-ins write around the JSON of a script, so that the browsers of the last century leave it alone.
_WRAPPING = re.compile(r"<!\[CDATA\[|\]\]>|<!--|-->|<!|//|/\*|\*/|>")
_BETWEEN = re.compile(r"[\s,;\x1e\ufeff]*")
_LAST_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,\s*([}\]])', re.DOTALL)
_LIST = re.compile(r'"(?:dataFeedElement|@graph|itemListElement|claimReviews|claims)"\s*:\s*\[')


def values(text: str, path: Path) -> Iterator[Any]:
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
    """The JSON values of a page's scripts, else what its elements say (microdata, RDFa).

    A broken script of others does not matter, one with a ClaimReview does.
    """
    broken = whole = False
    for script in _SCRIPT.findall(text):
        words = html.unescape(script) if "&quot;" in script else script
        try:
            yield from _row(_unwrapped(words))
            whole = whole or "ClaimReview" in words
        except (ValueError, RecursionError):
            broken = broken or "ClaimReview" in words
    if not whole:  # a page that writes both means the same twice
        for entry in markup.claim_reviews(text):
            whole = True
            yield entry
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
    for number, line in enumerate(io.StringIO(text), 1):
        if line.strip():
            try:
                yield json.loads(line, strict=False)
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
