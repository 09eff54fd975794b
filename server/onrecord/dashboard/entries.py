"""The documents of an output of ``onrecord corpus``, one after the other; the file is never in memory whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from onrecord.analysis.result import ClaimStatus, Identification, ReasonKind, SourceType
from onrecord.corpus.answers import SCHEMA
from onrecord.corpus.items import Failure, Line
from onrecord.corpus.output import unfinished
from onrecord.corpus.readers import lines
from onrecord.corpus.readers.opened import Opened
from onrecord.errors import Unreadable

# Columns of the Parquet form that hold all that the page needs; ``analysis`` is the same JSON as in a line.
_COLUMNS: Final = ["place", "title", "url", "outlet", "published", "error_code", "analysis"]
_ROWS: Final = 200  # of one batch of the Parquet form


class Words(msgspec.Struct):
    """A piece of the article; where it stands is not needed here."""

    text: str


class Anonymity(msgspec.Struct):
    """What an article says about why a source is not named."""

    reason: Words | None = None
    reason_kind: ReasonKind = "none_stated"
    opinion: bool = False


class Source(msgspec.Struct):
    """A source of one article."""

    id: str
    label: str
    type: SourceType
    identification: Identification
    name: str | None = None
    anonymity: Anonymity | None = None


class Quote(msgspec.Struct):
    """A quote of one article."""

    content: list[Words]
    source: str | None = None


class Claim(msgspec.Struct):
    """A contested claim of one article."""

    status: ClaimStatus
    also: list[ClaimStatus] = []


class Engine(msgspec.Struct):
    """Who analysed."""

    version: str = ""
    model: str = ""


class Analysis(msgspec.Struct):
    """What the page needs of an analysis; fields that it does not name are passed over."""

    sources: list[Source]
    quotes: list[Quote]
    claims: list[Claim]
    blocks: list[Words]
    engine: Engine


class Metadata(msgspec.Struct):
    """What is known about an article; None where its document does not say."""

    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None


class Error(msgspec.Struct):
    """Why a document has no analysis."""

    code: str


class Entry(msgspec.Struct):
    """One document: with an analysis, or with an error."""

    schema: str
    place: str
    metadata: Metadata = msgspec.field(default_factory=Metadata)
    analysis: Analysis | None = None
    error: Error | None = None


class Damaged(msgspec.Struct):
    """What stands where a line cannot be read."""

    why: str


def entries(path: Path) -> Iterator[Entry | Damaged]:
    """The documents of ``path``: JSON lines, also compressed, or Parquet. Raises ``Unreadable``."""
    if path.is_dir():
        raise Unreadable(f"{path} is a folder; name the file that `onrecord corpus` wrote.")
    if not path.exists() and any(each.exists() for each in unfinished(path)):
        raise Unreadable(f"The run that writes {path} is unfinished; run `onrecord corpus` again, and it goes on.")
    opened = Opened(path)
    found = _of_parquet(path) if opened.start.startswith(b"PAR1") else _of_lines(opened, path.name)
    first = next(found, None)
    if not isinstance(first, Entry):
        raise Unreadable(f"{path} is no output of `onrecord corpus`: {first.why if first else 'it is empty.'}")
    yield first
    yield from found


def _of_lines(opened: Opened, name: str) -> Iterator[Entry | Damaged]:
    decoder = msgspec.json.Decoder(Entry)
    for item in lines.items(opened, name):
        if isinstance(item.content, Failure):
            yield Damaged(item.content.message)
        elif isinstance(item.content, Line):
            yield _entry(item.content.data, decoder, item.place)


def _entry(line: bytes, decoder: msgspec.json.Decoder[Entry], place: str) -> Entry | Damaged:
    try:
        found: Entry = _decoded(line, decoder)
    except (ValueError, RecursionError) as error:
        return Damaged(f"{place}: {error}.")
    if found.schema != SCHEMA:
        return Damaged(f"{place}: the schema is {found.schema[:40]!r} and not {SCHEMA!r}.")
    return found


def _decoded(data: bytes | str, decoder: Any) -> Any:
    try:
        return decoder.decode(data)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        # Half of a character (``\ud800``), which an article may hold and ``corpus`` keeps, is none of msgspec's JSON.
        return msgspec.convert(json.loads(data), type=decoder.type)


def _of_parquet(path: Path) -> Iterator[Entry | Damaged]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise Unreadable(f"{path} is Parquet, for which `pip install onrecord[parquet]` is needed.") from None
    decoder = msgspec.json.Decoder(Analysis)
    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            missing = sorted(set(_COLUMNS) - set(file.schema_arrow.names))
            if missing:
                raise Unreadable(f"{path} is no output of `onrecord corpus`: it has no column {missing[0]}.")
            for batch in file.iter_batches(batch_size=_ROWS, columns=_COLUMNS):
                for row in batch.to_pylist():
                    number += 1
                    yield _of_row(row, decoder, f"{path.name}, row {number}")
    except (pa.ArrowException, OSError) as error:
        if not number:
            raise Unreadable(f"{path} is damaged: {str(error).splitlines()[0][:120]}") from None
        yield Damaged(f"{path.name}, after row {number}: the file is damaged; the rest is lost.")


def _of_row(row: dict[str, Any], decoder: msgspec.json.Decoder[Analysis], place: str) -> Entry | Damaged:
    try:
        return Entry(
            schema=SCHEMA,
            place=row["place"] or place,
            metadata=Metadata(row["title"], row["url"], row["outlet"], row["published"]),
            analysis=_decoded(row["analysis"], decoder) if row["analysis"] is not None else None,
            error=Error(row["error_code"]) if row["error_code"] is not None else None,
        )
    except (ValueError, TypeError, RecursionError) as error:
        return Damaged(f"{place}: {error}.")
