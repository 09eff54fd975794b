"""A file that is one document, or one that holds several as feeds and exports do."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from onrecord import documents
from onrecord.corpus.items import Failure, File, Item
from onrecord.corpus.readers.opened import Opened
from onrecord.documents import Document, kinds
from onrecord.errors import OnrecordError, Unreadable

_LARGEST_FEED = 1_000_000_000  # bytes: an export of a newspaper's whole site


def items(opened: Opened, name: str) -> Iterator[Item]:
    """One item, or one for each entry of a feed or an export."""
    try:
        with opened.stream() as stream:
            data = stream.read(_LARGEST_FEED + 1)
    except (EOFError, zlib.error, OSError, ValueError) as error:
        raise Unreadable(f"{name} is compressed and damaged: {error}.") from None
    if data.lstrip()[:1] != b"<" or not kinds.holds_several(data):
        if len(data) > documents.LARGEST:
            raise Unreadable(f"{name} is larger than {documents.LARGEST // 1_000_000} MB.")
        yield Item(name, name, File(data), 1.0)
        return
    try:
        found = list(kinds.documents(data, place=name, url=None, encoding=None, largest=_LARGEST_FEED))
    except OnrecordError as error:
        yield Item(name, name, Failure.of(error), 1.0)
        return
    for number, entry in enumerate(found, 1):
        identifier = (entry.id if isinstance(entry, Document) else None) or f"{name}#{number}"
        content = entry if isinstance(entry, Document) else Failure.of(entry)
        yield Item(identifier, f"{name}, entry {number}", content, number / len(found))
