"""From an item to its lines: what it holds is read, analysed and written as JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import msgspec

from onrecord import documents
from onrecord.analysis import tongues
from onrecord.article import Article, Block, Role
from onrecord.corpus import clock
from onrecord.corpus.items import Failure, File, Item, Line, Row
from onrecord.corpus.readers.tables import NAMES
from onrecord.documents import Document, Metadata, compression, feeds, newswire
from onrecord.errors import InvalidJSON, InvalidRequest, NothingToAnalyze, OnrecordError, TimedOut, Unreadable
from onrecord.formats.schemas import BlockIn
from onrecord.formats.wire import encode, encode_blocks

if TYPE_CHECKING:
    from onrecord.analysis.analyzer import Analyzer  # the process that only reads and writes needs no model

SCHEMA = "onrecord-corpus/1"


class Given(msgspec.Struct):
    """A line of JSON lines; fields that it does not name are ignored, so that a corpus may carry its own."""

    id: str | int
    text: str | None = None
    html: str | None = None
    blocks: list[BlockIn] | None = None
    url: str | None = None
    title: str | None = None


@dataclass
class Answered:
    """Lines of output, one for each document, and what they sum to."""

    lines: list[bytes] = field(default_factory=list)
    words: int = 0
    failed: dict[str, int] = field(default_factory=dict)  # by code

    def add(self, other: Answered) -> None:
        """Another's lines after one's own."""
        self.lines += other.lines
        self.words += other.words
        for code, count in other.failed.items():
            self.failed[code] = self.failed.get(code, 0) + count


def answered(items: Sequence[Item], analyzer: Analyzer, include: Collection[str]) -> Answered:
    """The lines of ``items``, in their order; nothing that an item holds makes it fail."""
    whole = Answered()
    with analyzer.together():
        for item in items:
            for identifier, found in _documents(item):
                whole.add(_line(item, identifier, found, analyzer, include))
    return whole


def failed(item: Item, failure: Failure) -> Answered:
    """The line of an item that could not be analysed."""
    line = {"schema": SCHEMA, "id": item.id, "place": item.place, **failure.to_dict()}
    return Answered([_encoded(line)], 0, {failure.code: 1})


def _line(
    item: Item, identifier: str | int | None, found: Document | Failure, analyzer: Analyzer, include: Collection[str]
) -> Answered:
    if isinstance(found, Failure):
        return failed(replace(item, id=identifier), found)
    try:
        with clock.limited():
            tongues.check(found.article)
            analysis = analyzer.analyze(found.article, include=include)
            result = {**encode(found.article, analysis), "blocks": encode_blocks(found.article)}
    except OnrecordError as error:
        return failed(replace(item, id=identifier), Failure.of(error))
    except Exception as error:  # one document must not end a run over an archive
        message = f"The analysis failed ({type(error).__name__}); please report this document."
        return failed(replace(item, id=identifier), Failure(OnrecordError.code, message))
    line = {
        "schema": SCHEMA,
        "id": identifier,
        "place": item.place,
        "metadata": described(found.metadata, found.article),
        "analysis": result,
    }
    return Answered([_encoded(line)], sum(len(block.text.split()) for block in found.article.blocks))


def described(known: Metadata, article: Article) -> dict[str, Any]:
    """What is known about an article, as it stands in the output."""
    return {
        "title": known.title or article.title or next((b.text for b in article.blocks if b.role == "headline"), None),
        "url": known.url or article.url,
        "outlet": known.outlet,
        "published": known.published,
        "authors": list(known.authors),
    }


def _encoded(line: dict[str, Any]) -> bytes:
    # ASCII: no separator of lines that some reader knows stands within one, and no half of a character is lost.
    return json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def _documents(item: Item) -> list[tuple[str | int | None, Document | Failure]]:
    """The documents of an item with their ids; where something cannot be read, what stands in its place."""
    try:
        with clock.limited():
            return _read(item)
    except OnrecordError as error:  # the time is over
        return [(item.id, Failure.of(error))]


def _read(item: Item) -> list[tuple[str | int | None, Document | Failure]]:
    content = item.content
    identifier = item.id
    try:
        if isinstance(content, Failure | Document):
            return [(identifier, content)]
        if isinstance(content, Line):
            identifier, document = _of_line(content.data)
            return [(identifier, document)]
        if isinstance(content, Row):
            return [(identifier, feeds.content(content.text, place="The row", known=content.metadata))]
        return _of_file(item, content)
    except TimedOut:
        raise
    except OnrecordError as error:
        return [(_identifier(content.data) if isinstance(content, Line) else identifier, Failure.of(error))]
    except Exception as error:  # a reader that meets what it does not know must not end the run
        message = f"{item.place} cannot be read ({type(error).__name__}); please report this document."
        return [(identifier, Failure(OnrecordError.code, message))]


def _of_file(item: Item, file: File) -> list[tuple[str | int | None, Document | Failure]]:
    data = compression.unpacked(file.data, file.packed, place=item.place, largest=documents.LARGEST)
    found = list(documents.documents_of(data, place=item.place, url=file.url, encoding=file.encoding))
    if len(found) == 1:
        if isinstance(found[0], OnrecordError):
            raise found[0]
        return [(item.id, found[0])]
    return [
        (f"{item.id}#{number}", Failure.of(entry) if isinstance(entry, OnrecordError) else entry)
        for number, entry in enumerate(found, 1)
    ]


def _of_line(data: bytes) -> tuple[str | int, Document]:
    try:
        value = json.loads(data)
        if newswire.is_ninjs(value):
            return value["uri"], newswire.of_ninjs(value, place="The line")
        given = msgspec.json.decode(data, type=Given)
    except msgspec.ValidationError as error:
        raise InvalidRequest(f"The line is not a document: {error}.") from None
    except (ValueError, msgspec.DecodeError, RecursionError):
        raise InvalidJSON("The line is not JSON.") from None
    known = _metadata(value, given)
    if given.blocks is not None:
        return given.id, Document(_of_blocks(given), known)
    text = given.html if given.text is None else given.text
    if text is None:
        raise InvalidRequest("The line has neither text nor blocks.")
    if not text.strip():
        raise NothingToAnalyze("No block holds any text.")
    if len(text) > documents.LARGEST:
        raise Unreadable(f"The text is longer than {documents.LARGEST // 1_000_000} million characters.")
    titled = known.title is not None and (given.text is None or "<" in text)
    # A plain text has its headline in itself; a piece of HTML is what a system keeps beside its title.
    found = feeds.content(text, place="The line", known=known if titled else replace(known, title=None))
    article = found.article
    return given.id, Document(Article(article.blocks, url=known.url, title=known.title), found.metadata.or_else(known))


def _of_blocks(given: Given) -> Article:
    roles: list[tuple[str, Role, str, int]] = [(b.id, b.role, b.text, b.section or 0) for b in given.blocks or []]
    try:
        article = Article(tuple(Block(*entry) for entry in roles), url=given.url, title=given.title)
    except ValueError as error:
        raise InvalidRequest(f"The blocks are not an article: {error}.") from None
    if not any(block.text.strip() for block in article.blocks):
        raise NothingToAnalyze("No block holds any text.")
    return article


def _metadata(value: dict[str, Any], given: Given) -> Metadata:
    """What other fields of a line say, by the names that columns of tables have; an odd one is no error."""

    def text(kind: str) -> str | None:
        for name in NAMES[kind]:
            found = value.get(name)
            if isinstance(found, str) and found.strip():
                return found.strip()
        return None

    authors = value.get("authors")
    names = [name for name in authors if isinstance(name, str)] if isinstance(authors, list) else []
    alone = text("author")
    return Metadata(
        given.title, given.url, text("outlet"), text("published"), tuple(names) or ((alone,) if alone else ())
    )


def _identifier(data: bytes) -> str | int | None:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    given = value.get("id") if isinstance(value, dict) else None
    return given if isinstance(given, str | int) else None  # NaN would be no JSON on the way out
