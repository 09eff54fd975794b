"""Web archives: WARC, plain, in gzip (each record or the whole) or zstandard, and WACZ. One item for each page."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import IO, Any, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from onrecord import documents
from onrecord.corpus.items import Failure, File, Item, LeftOut
from onrecord.corpus.readers.opened import Opened
from onrecord.errors import Unreadable

_PAGES: Final = frozenset({
    "text/html", "application/xhtml+xml", "text/plain", "application/pdf", "multipart/related", "message/rfc822",
    "application/rtf", "text/rtf", "text/vtt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
})  # fmt: skip
_BROKEN: Final = (ArchiveLoadFailed, EOFError, zlib.error, gzip.BadGzipFile, OSError, ValueError)


def is_wacz(path: Path) -> bool:
    """Whether a ZIP file is a WACZ: a package that holds web archives."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.startswith("archive/") for name in archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return False


def items(opened: Opened, name: str, left: LeftOut) -> Iterator[Item]:
    """The pages of a web archive, in its order."""
    if not opened.start.startswith(b"PK"):
        with opened.stream() as stream:
            yield from _records(stream, name, left, opened)
        return
    with zipfile.ZipFile(opened.path) as archive:
        inside = [entry for entry in archive.namelist() if entry.startswith("archive/") and ".warc" in entry]
        if not inside:
            raise Unreadable(f"{name} is a WACZ without a web archive in it.")
        for number, entry in enumerate(inside, 1):
            with archive.open(entry) as packed:
                inner: Any = gzip.GzipFile(fileobj=packed) if entry.endswith(".gz") else packed
                for item in _records(inner, f"{name}, {entry}", left, None):
                    yield Item(item.id, item.place, item.content, number / len(inside))


def _records(stream: IO[bytes] | gzip.GzipFile, name: str, left: LeftOut, opened: Opened | None) -> Iterator[Item]:
    number = 0
    try:
        # The stream is unpacked already: gzip of one member, which readers of WARC refuse, is read like any other.
        for record in ArchiveIterator(stream, no_record_parse=False, check_digests=False, arc2warc=True):
            number += 1
            yield from _page(record, f"{name}, record {number}", left, opened.done if opened else 0.0)
    except _BROKEN as error:
        place = f"{name}, after record {number}"
        message = f"{place}: the archive is damaged or cut off ({_brief(error)}); what follows is not read."
        yield Item(None, place, Failure("unreadable", message), 1.0)


def _page(record: Any, place: str, left: LeftOut, done: float) -> Iterator[Item]:
    if record.rec_type not in {"response", "resource", "conversion"}:
        left.add(f"{record.rec_type} records")
        return
    url = record.rec_headers.get_header("WARC-Target-URI")
    identifier = record.rec_headers.get_header("WARC-Record-ID") or place
    headers = record.http_headers
    if headers is not None and record.rec_type == "response":
        status = headers.get_statuscode()
        if status not in {"200", "203", "206"}:
            left.add(f"answers with status {status[:3]}")
            return
    content = _content_type(record)
    kind = content.get_content_type()
    if kind not in _PAGES:
        left.add(f"records of type {kind}")
        return
    source = record.raw_stream
    if headers is not None and (headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
        source = ChunkedDataReader(source, decomp_type=None)
    data = source.read(documents.LARGEST + 1)
    if record.rec_headers.get_header("WARC-Truncated"):
        left.add("ends of pages that the crawler cut off")
    packed = headers.get_header("Content-Encoding") if headers is not None else None
    address = url.strip("<>") if url else None
    yield Item(identifier, place, File(data, address, content.get_content_charset(), packed or ""), done)


def _content_type(record: Any) -> Message:
    headers = record.http_headers
    value = headers.get_header("Content-Type") if headers is not None else None
    if value is None and record.rec_type != "response":
        value = record.rec_headers.get_header("Content-Type")
    message = Message()
    message["Content-Type"] = (value or "text/html").strip() or "text/html"
    return message


def _brief(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
