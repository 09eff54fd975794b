"""JSON lines: one document on each line."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Iterator

from onrecord.corpus.items import Failure, Item, Line
from onrecord.corpus.readers.opened import Opened
from onrecord.documents import encodings

_NAMES = (".jsonl", ".ndjson", ".jsonlines", ".jl", ".json")
LONGEST = 100_000_000  # bytes of a line; a longer one is no article and must not fill the memory


def is_lines(start: bytes, name: str) -> bool:
    """Whether a file is one of JSON lines: by its name, or since its first line is an object that ends there."""
    bare = name.lower().removesuffix(".gz").removesuffix(".zst")
    if bare.endswith(_NAMES[:-1]):
        return True
    text = encodings.decoded(start[: len(start) & ~1]).lstrip()
    first, feed, rest = text.partition("\n")
    return (
        first.startswith('{"') and first.rstrip().endswith("}") and (bool(feed and rest.strip()) or len(first) < 60_000)
    )


def items(opened: Opened, name: str) -> Iterator[Item]:
    """An item for each line that is not blank."""
    with opened.stream() as stream:
        wide = opened.start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        source = codecs.getreader("utf-16")(stream, "replace") if wide else stream
        number = 0
        try:
            while raw := source.readline(LONGEST):
                line = raw.encode("utf-8", "replace") if isinstance(raw, str) else raw
                number += 1
                if number == 1:
                    line = line.removeprefix(codecs.BOM_UTF8)
                if line.strip():
                    yield Item(None, f"{name}, line {number}", Line(line), opened.done)
        except (EOFError, zlib.error, OSError, ValueError) as error:
            place = f"{name}, after line {number}"
            yield Item(
                None, place, Failure("unreadable", f"{place}: the file is damaged ({error}); the rest is lost."), 1.0
            )
