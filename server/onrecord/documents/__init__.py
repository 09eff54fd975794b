"""Reading what the command line is given: a file, an address or the standard input, as an article.

Only the command line fetches an address, and only the one it was given. The server never does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from onrecord.article import Article
from onrecord.documents import addresses, kinds
from onrecord.documents.document import Document, Metadata
from onrecord.errors import OnrecordError, Unreadable

__all__ = ["LARGEST", "Document", "Metadata", "article_of", "document_of", "documents_of", "read", "read_document"]

LARGEST = 20_000_000  # the largest document read, in bytes


def read(place: str) -> Article:
    """The article at ``place``: a path, an http(s) address, or ``-`` for the standard input.

    Raises ``Unreadable`` if there is none, ``NothingToAnalyze`` if it holds no text.
    """
    return read_document(place).article


def read_document(place: str) -> Document:
    """The article at ``place`` and what its document says about it; raises as ``read`` does."""
    if place == "-":
        return document_of(sys.stdin.buffer.read(LARGEST + 1), place="the standard input")
    if place.lower().startswith(("http://", "https://")):
        answer = addresses.fetch(place, largest=LARGEST)
        return document_of(answer.data, place=place, url=place, encoding=answer.encoding)
    try:
        with Path(place).open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable(f"{place} cannot be read: {error.strerror or error}.") from None
    return document_of(data, place=place)


def article_of(data: bytes, *, place: str, url: str | None = None) -> Article:
    """The article in ``data``, which may be of any kind that ``kinds`` knows."""
    return document_of(data, place=place, url=url).article


def document_of(data: bytes, *, place: str, url: str | None = None, encoding: str | None = None) -> Document:
    """The one document in ``data``; raises ``Unreadable`` if there are several, as in a feed."""
    found = documents_of(data, place=place, url=url, encoding=encoding)
    first = next(found)
    second = next(found, None)
    if second is not None:
        count = 2 + sum(1 for _ in found)
        raise Unreadable(f"{place} holds {count} articles; `onrecord corpus {place} OUT.jsonl` reads them all.")
    if isinstance(first, OnrecordError):
        raise first
    return first


def documents_of(
    data: bytes, *, place: str, url: str | None = None, encoding: str | None = None
) -> Iterator[Document | OnrecordError]:
    """Every document in ``data``, at least one; where one cannot be read, the error in its place.

    Raises ``Unreadable`` or ``NothingToAnalyze`` if the whole of it cannot be read.
    """
    if len(data) > LARGEST:
        raise Unreadable(f"{place} is larger than {LARGEST // 1_000_000} MB.")
    return kinds.documents(data, place=place, url=url, encoding=encoding, largest=LARGEST)
