"""A corpus of annotated articles, and what a system found in them: JSON lines in one of two forms.

attributions   ``{"id", "text", "attributions": [{"source": [[s, e]], "cue": [[s, e]], "content": [[s, e]]}]}``, the
               offsets code points into ``text``; ``discard`` may list spans that are no article text.
claims         ``{"doc", "text", "sources", "quotes", "claims"}``: quotes with their kind, and sources apart from them.

What a system found is written in the first form, with what the second asks for beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from bench.words import Spans
from onrecord.article import Article, Block
from onrecord.training import corpus as training


class Attribution(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One act of attribution. What stands after ``content`` only a system says."""

    source: Spans = []
    cue: Spans = []
    content: Spans
    kind: str = "direct"  # or "partial", "indirect"
    speaker: str | None = None  # the name of whoever speaks, else what it is called; None: nobody was found
    label: str | None = None  # what whoever speaks is called, name and office, where that is more than ``speaker``
    fullest: tuple[int, int] | None = None  # the fullest mention of whoever speaks, where that is not ``source``
    identification: str | None = None
    type: str | None = None
    reported: bool = True  # said or written, rather than thought or planned
    confidence: float = 1.0


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """One article of a corpus in either form."""

    id: str
    text: str = ""


class Document(Text, frozen=True, kw_only=True, omit_defaults=True):
    """One article with its attributions, annotated or found."""

    attributions: list[Attribution]
    discard: Spans = []


class Place(msgspec.Struct, frozen=True):
    """A span in the form with claims."""

    start: int
    end: int


class GoldSource(msgspec.Struct, frozen=True, kw_only=True):
    """A source in the form with claims."""

    id: str
    label: str = ""
    type: str | None = None
    type_alt: str | list[str] | None = None  # defensible second types
    identification: str | None = None
    mention: Place | None = None


class GoldQuote(msgspec.Struct, frozen=True, kw_only=True):
    """A quote in the form with claims."""

    kind: str
    source: str | None = None
    contents: list[Place]
    mention: Place | None = None
    optional: bool = False


class GoldDocument(Text, frozen=True, kw_only=True):
    """One article in the form with claims."""

    id: str = msgspec.field(name="doc")
    sources: list[GoldSource]
    quotes: list[GoldQuote]


_Form = TypeVar("_Form")


def read(path: Path, limit: int | None = None) -> Sequence[Text]:
    """The documents of a file; the first line says in which form they all are. Raises ``ValueError``."""
    lines = _lines(path)[:limit]
    with_claims = any("claims" in keys for keys in _decoded(path, lines[:1], dict[str, msgspec.Raw]))
    documents: Sequence[Text] = _decoded(path, lines, GoldDocument) if with_claims else _decoded(path, lines, Document)
    if len({document.id for document in documents}) < len(documents):
        raise ValueError(f"{path}: two documents have the same id")
    return documents


def found(path: Path) -> dict[str, Document]:
    """What a system found, by the article's id: a file that ``write`` wrote, or any other in the first form."""
    return {document.id: document for document in _decoded(path, _lines(path), Document)}


def _lines(path: Path) -> list[bytes]:
    return [line for line in path.read_bytes().split(b"\n") if line.strip()]


def _decoded(path: Path, lines: Sequence[bytes], form: type[_Form]) -> list[_Form]:
    documents = []
    for number, line in enumerate(lines, 1):
        try:
            documents.append(msgspec.json.decode(line, type=form))
        except msgspec.MsgspecError as error:
            raise ValueError(f"{path}, document {number}: {error}") from None
    return documents


def write(path: Path, documents: Sequence[Document]) -> None:
    """What a system found, as lines."""
    path.write_bytes(b"".join(msgspec.json.encode(document) + b"\n" for document in documents))


def article_of(text: str) -> Article:
    """The article of a corpus text, cut as training cuts it."""
    return training.article_of(text)[0]


def paragraphs_of(text: str) -> Article:
    """The lines of a text as paragraphs, whatever the first one is; a block's id is where it begins in the text."""
    return Article(tuple(Block(block.id, "paragraph", block.text) for block in article_of(text).blocks))
