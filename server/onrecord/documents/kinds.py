"""What kind of document some bytes are, by how they begin and never by their name, and the documents in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from onrecord.article import Article
from onrecord.documents import captions, compression, encodings, feeds, mail, markup, newswire, office, pages
from onrecord.documents.document import Document, Metadata
from onrecord.errors import NothingToAnalyze, OnrecordError, Unreadable

# How files begin that hold no text of an article, and what they are.
_OTHERS: Final = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "a file of an old Office; save it as .docx or as text"),
    (b"7z\xbc\xaf\x27\x1c", "an archive; unpack it"),
    (b"Rar!", "an archive; unpack it"),
    (b"PAR1", "a table in Parquet; `onrecord corpus` reads it"),
    (b"SQLite format 3\0", "a database"),
    (b"ID3", "a recording"),
    (b"OggS", "a recording"),
)
_NULS: Final = 4096


def documents(
    data: bytes, *, place: str, url: str | None, encoding: str | None, largest: int
) -> Iterator[Document | OnrecordError]:
    """The documents in ``data``; see ``onrecord.documents.documents_of``."""
    if data.startswith((compression.GZIP, compression.ZSTANDARD)):
        how = "gzip" if data.startswith(compression.GZIP) else "zstd"
        data = compression.unpacked(data, how, place=place, largest=largest)
        if len(data) > largest:
            raise Unreadable(f"{place} unpacks to more than {largest // 1_000_000} MB.")
    packed = _packed(data, place=place)
    if packed is not None:
        return iter((packed,))
    for start, kind in _OTHERS:
        if data.startswith(start):
            raise Unreadable(f"{place} is not text but {kind}.")
    if data.startswith(b"WARC/"):
        raise Unreadable(f"{place} is a web archive; `onrecord corpus {place} OUT.jsonl` reads its pages.")
    if mail.is_mail(data):
        return iter((mail.document(data, place=place, url=url),))
    text = encodings.decoded(data, told=encoding)
    if "\0" in text[:_NULS]:
        raise Unreadable(f"{place} is not text.")
    return _of_text(text, place=place, url=url)


def _packed(data: bytes, *, place: str) -> Document | None:
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return office.pdf(data, place=place)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return office.word(data, place=place)
    if data.lstrip()[:6] == b"{\\rtf1":
        return office.rich_text(data, place=place)
    return None


def _of_text(text: str, *, place: str, url: str | None) -> Iterator[Document | OnrecordError]:
    start = text[:4096].lstrip("\ufeff \t\r\n")
    xml = _xml_root(text, start)
    if xml is not None:
        return _of_xml(xml, text, place=place)
    if markup.is_page(text):
        return iter((pages.document(text, place=place, url=url),))
    if start.startswith(("{", "[")) and (found := _of_json(text, place=place)) is not None:
        return iter((found,))
    if captions.is_captions(text):
        return iter((captions.document(text, place=place),))
    if place.lower().endswith((".csv", ".tsv")):
        raise Unreadable(f"{place} is a table; `onrecord corpus {place} OUT.jsonl` reads its column of texts.")
    if markup.is_markup(text):
        return iter((pages.fragment(text, place=place, known=Metadata(url=url)),))
    article = Article.from_text(markup.unescaped(text), url=url)
    if not article.blocks:
        raise NothingToAnalyze(f"{place} holds no text.")
    return iter((Document(article, Metadata(url=url)),))


def holds_several(data: bytes) -> bool:
    """Whether some bytes are of a kind that may hold many articles: a feed, an export, a message of an agency."""
    text = encodings.decoded(data[:40_000])
    return _xml_root(text, text[:4096].lstrip("\ufeff \t\r\n")) in feeds.ROOTS | newswire.ROOTS


_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)(?=[\s/>])")

_SPACE = re.compile(r"<[^<>]*?\sxmlns(?::[\w.-]+)?\s*=\s*[\"']([^\"'<>]*)")


def _xml_root(text: str, start: str) -> str | None:
    """The name of the root element of an XML document, empty if it has none; None for anything else, and for XHTML."""
    known = feeds.ROOTS | newswire.ROOTS
    if not start.startswith("<"):
        return None
    plain = re.sub(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>", "", text[:20_000], flags=re.DOTALL)
    root = _ELEMENT.match(plain.lstrip())
    if root is None:
        return "" if start.startswith("<?xml") else None  # it is cut off before its first element
    if root[1].lower() == "html":
        return None
    if start.startswith("<?xml") or root[1] in known:
        return root[1]
    # Whatever has a name space of its own from its first element to its last is XML too (a picture in SVG). One that
    # only begins so is a piece of HTML with an icon before its text.
    space = _SPACE.match(plain.lstrip())
    whole = re.search(rf"</(?:[\w.-]+:)?{re.escape(root[1])}\s*>\s*$", text)
    return root[1] if space and "1999/xhtml" not in space[1] and whole else None


def _of_xml(name: str, text: str, *, place: str) -> Iterator[Document | OnrecordError]:
    # No entity is resolved and nothing is fetched: a document comes from anywhere.
    parser = etree.XMLParser(
        recover=True, huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(
            re.sub(r"^\s*<\?xml.*?\?>", "", text, flags=re.DOTALL).encode("utf-8", "replace"), parser
        )
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise Unreadable(f"{place} is XML that cannot be read; it may be cut off.")
    if name in feeds.ROOTS:
        return _some(feeds.documents(root, place=place), f"{place} is a feed without an entry.")
    if name in newswire.ROOTS:
        return _some(newswire.documents(root, place=place), f"{place} holds no story.")
    raise Unreadable(f"{place} is XML of a kind that is not read here (<{name}>); give the text or the page.")


def _some(found: Iterator[Document | OnrecordError], otherwise: str) -> Iterator[Document | OnrecordError]:
    first = next(found, None)
    if first is None:
        raise NothingToAnalyze(otherwise)

    def every() -> Iterator[Document | OnrecordError]:
        yield first
        yield from found

    return every()


def _of_json(text: str, *, place: str) -> Document | None:
    """The story of an item of ninjs; None if this is no JSON at all."""
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        lines = text.split("\n", 1)
        try:
            several = isinstance(json.loads(lines[0]), dict) and len(lines) > 1
        except (ValueError, RecursionError):
            return None
        if several:
            raise Unreadable(
                f"{place} holds a document on each line; `onrecord corpus {place} OUT` reads them."
            ) from None
        return None
    if not isinstance(value, dict | list):
        return None
    if isinstance(value, dict) and newswire.is_ninjs(value):
        return newswire.of_ninjs(value, place=place)
    raise Unreadable(f"{place} is JSON, but no story in ninjs; `onrecord corpus` reads lines with a text each.")
