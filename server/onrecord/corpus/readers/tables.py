"""Tables with a column of texts: CSV, TSV and Parquet."""

from __future__ import annotations

import codecs
import csv
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from onrecord.corpus.items import Failure, Item, Row
from onrecord.corpus.readers.opened import Opened
from onrecord.documents import Metadata, encodings
from onrecord.errors import Unreadable

# What columns are called, first of all names first (data sets of news on hubs and exports of CMSs).
_TEXT: Final = ("text", "body", "content", "article", "full_text", "fulltext", "maintext", "article_text", "html",
                "body_html", "story", "document")  # fmt: skip
NAMES: Final[Mapping[str, Sequence[str]]] = {
    "id": ("id", "article_id", "doc_id", "uuid", "uid", "guid"),
    "title": ("title", "headline"),
    "url": ("url", "link", "permalink", "canonical_url"),
    "outlet": ("outlet", "publication", "publisher", "source", "source_name", "site", "domain", "newspaper"),
    "published": ("published", "date", "published_at", "publish_date", "date_published", "datepublished", "pubdate",
                  "created_at"),
    "author": ("author", "authors", "byline"),
}  # fmt: skip
_LARGEST_CELL: Final = 20_000_000


def is_table(name: str) -> bool:
    """Whether a file is a table by its name; by its content nothing tells one from a text with commas."""
    bare = name.lower().removesuffix(".gz").removesuffix(".zst")
    return bare.endswith((".csv", ".tsv", ".tab"))


def of_csv(opened: Opened, name: str, column: str | None) -> Iterator[Item]:
    """An item for each row. Raises ``Unreadable`` if no column holds texts."""
    csv.field_size_limit(_LARGEST_CELL)
    with opened.stream() as stream:
        text = io.TextIOWrapper(stream, encoding=_encoding(opened.start), errors="replace", newline="")
        first = encodings.decoded(opened.start[: len(opened.start) & ~1]).split("\n", 1)[0]
        delimiter = max("\t,;|", key=first.count)
        rows = csv.DictReader(text, delimiter=delimiter)
        number = 1
        try:
            columns = _Columns(rows.fieldnames or [], name, column)
            for number, row in enumerate(rows, 2):
                yield columns.item(row, number, opened.done)
        except (csv.Error, EOFError, zlib.error, OSError, ValueError) as error:
            place = f"{name}, after row {number}"
            yield Item(None, place, Failure("unreadable", f"{place}: the table cannot be read on ({error})."), 1.0)


def of_parquet(path: Path, name: str, column: str | None) -> Iterator[Item]:
    """An item for each row of a Parquet file."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise Unreadable(f"{name} is Parquet, for which `pip install onrecord[parquet]` is needed.") from None
    try:
        with parquet.ParquetFile(path) as table:
            columns = _Columns(table.schema_arrow.names, name, column)
            wanted = [found for found in columns.names.values() if found]
            total, number = max(1, table.metadata.num_rows), 0
            for batch in table.iter_batches(batch_size=256, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield columns.item(row, number, number / total)
    except (pa.ArrowException, OSError) as error:
        raise Unreadable(f"{name} is Parquet that cannot be read: {str(error).splitlines()[0]}.") from None


def _encoding(start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


class _Columns:
    """Which column holds what."""

    def __init__(self, given: Sequence[str], name: str, column: str | None) -> None:
        by_name = {str(found).strip().lower().replace(" ", "_"): found for found in reversed(given) if found}
        if column is not None and column not in given:
            raise Unreadable(f"{name} has no column {column!r}; it has {_listed(given)}.")
        text = column or next((by_name[known] for known in _TEXT if known in by_name), None)
        if text is None:
            raise Unreadable(f"{name} has no column of texts by name; say which with --column: {_listed(given)}.")
        found = {kind: next((by_name[known] for known in known_as if known in by_name), None)
                 for kind, known_as in NAMES.items()}  # fmt: skip
        self.names: dict[str, str | None] = {"text": text, **found}
        self._table = name

    def item(self, row: Mapping[str, Any], number: int, done: float) -> Item:
        """The item of a row."""

        def value(kind: str) -> str | None:
            column = self.names[kind]
            found = row.get(column) if column is not None else None
            if found is None:
                return None
            isoformat = getattr(found, "isoformat", None)
            return (isoformat() if isoformat else str(found)).strip() or None

        authors = value("author")
        known = Metadata(
            value("title"), value("url"), value("outlet"), value("published"), (authors,) if authors else ()
        )
        place = f"{self._table}, row {number}"
        return Item(value("id") or f"{self._table}#{number}", place, Row(value("text") or "", known), done)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(str(name)[:40]) for name in list(names)[:12])
    return shown + (", …" if len(names) > 12 else "") if shown else "no columns at all"
