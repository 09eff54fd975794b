"""The items of an archive in its own order, which is the same at every reading: one module for each form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from onrecord.corpus.items import Item, LeftOut
from onrecord.corpus.readers import folder, lines, single, tables, warc
from onrecord.corpus.readers.opened import Opened
from onrecord.errors import Unreadable

__all__ = ["items"]


def items(source: Path, left: LeftOut, *, column: str | None = None) -> Iterator[Item]:
    """The items of ``source``: a file of one of the forms, or a folder of such files. Raises ``Unreadable``."""
    if source.is_dir():
        return _of_folder(source, left, column)
    return _of_file(source, source.name, left, column)


def _of_folder(source: Path, left: LeftOut, column: str | None) -> Iterator[Item]:
    paths = folder.files(source, left)
    if not paths:
        raise Unreadable(f"{source} holds no file.")

    def found() -> Iterator[Item]:
        for number, path in enumerate(paths):
            name = path.relative_to(source).as_posix()
            try:
                for item in _of_file(path, name, left, column):
                    yield replace(item, done=(number + item.done) / len(paths))
            except Unreadable as error:  # one bad file of many is one line
                yield folder.failed(name, error, done=(number + 1) / len(paths))

    return found()


def _of_file(path: Path, name: str, left: LeftOut, column: str | None) -> Iterator[Item]:
    opened = Opened(path)
    start = opened.start
    if start.startswith(b"WARC/") or (start.startswith(b"PK\x03\x04") and warc.is_wacz(path)):
        return warc.items(opened, name, left)
    if start.startswith(b"PAR1"):
        return tables.of_parquet(path, name, column)
    if lines.is_lines(start, name):
        return lines.items(opened, name)
    if tables.is_table(name):
        return tables.of_csv(opened, name, column)
    return single.items(opened, name)
