"""Reading what the command line is given: a file, an address or the standard input, as an article.

Only the command line fetches an address, and only the one it was given. The server never does.
"""

from __future__ import annotations

import http.client
import sys
import urllib.error
import urllib.request
from pathlib import Path

import trafilatura
from lxml import etree

from onrecord.article import Article, Block, Role
from onrecord.errors import NothingToAnalyze, Unreadable

# The largest document read, in bytes, and how long an address may take to answer, in seconds.
LARGEST, PATIENCE = 20_000_000, 30

_ROLES: dict[str, Role] = {"head": "headline", "quote": "blockquote", "item": "list_item"}


def read(place: str) -> Article:
    """The article at ``place``: a path, an http(s) address, or ``-`` for the standard input.

    Raises ``Unreadable`` if there is none, ``NothingToAnalyze`` if it holds no text.
    """
    if place == "-":
        return article_of(sys.stdin.buffer.read(LARGEST + 1), place="the standard input")
    if place.lower().startswith(("http://", "https://")):
        return article_of(_fetch(place), place=place, url=place)
    try:
        with Path(place).open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable(f"{place} cannot be read: {error.strerror or error}.") from None
    return article_of(data, place=place)


def _fetch(url: str) -> bytes:
    try:
        request = urllib.request.Request(url, headers={"User-Agent": "Onrecord"})  # noqa: S310 - http(s), see read
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            data: bytes = answer.read(LARGEST + 1)
            return data
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise Unreadable(f"{url} cannot be read: {reason}.") from None


def article_of(data: bytes, *, place: str, url: str | None = None) -> Article:
    """The article in ``data``, which is HTML or plain text."""
    if len(data) > LARGEST:
        raise Unreadable(f"{place} is larger than {LARGEST // 1_000_000} MB.")
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(f"{place} is not text.")
    start = data[:1024].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")) or b"<body" in data[:200_000].lower():
        return _from_html(data, place=place, url=url)
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")  # what files that are not UTF-8 nearly always are
    article = Article.from_text(text, url=url)
    if not article.blocks:
        raise NothingToAnalyze(f"{place} holds no text.")
    return article


def _from_html(data: bytes, *, place: str, url: str | None) -> Article:
    found = trafilatura.bare_extraction(
        data,
        url=url,
        include_comments=False,
        include_tables=False,
        with_metadata=True,  # the title is part of it
    )
    document = found.as_dict() if found is not None and not isinstance(found, dict) else found
    body = document.get("body") if document else None
    if body is None:
        raise NothingToAnalyze(f"{place} holds no article that could be told from the rest of the page.")
    assert document is not None
    title = document.get("title") or None
    blocks: list[Block] = []
    if title:
        blocks.append(Block("b0", "headline", title))
    for element in body.iter("p", "head", "quote", "item"):
        if any(parent.tag in {"quote", "item"} for parent in element.iterancestors()):
            continue
        text = " ".join("".join(_text(element)).split())
        if text and text != title:
            blocks.append(Block(f"b{len(blocks)}", _ROLES.get(str(element.tag), "paragraph"), text))
    if not any(block.role != "headline" for block in blocks):
        raise NothingToAnalyze(f"{place} holds no article that could be told from the rest of the page.")
    return Article(tuple(blocks), url=url, title=title)


def _text(element: etree._Element) -> list[str]:
    return [str(part) for part in element.itertext()]
