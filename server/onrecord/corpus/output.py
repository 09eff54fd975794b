"""What a run has done so far, kept so that another goes on from there.

Beside OUT lie two files while a run is unfinished: ``OUT.part`` with its lines, and ``OUT.journal``, which says after
each group of items how many items are done and how long ``OUT.part`` was then. A run that is killed leaves at most
the lines of a group behind that the journal does not know; the next run cuts them off. When all is done, ``OUT.part``
becomes OUT, or is written as Parquet.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from onrecord.corpus.answers import Answered
from onrecord.errors import Unreadable


@dataclass
class Sums:
    """What has been done: items of the input, lines and words of the output, failures by code."""

    items: int = 0
    lines: int = 0
    words: int = 0
    failed: dict[str, int] = field(default_factory=dict)

    def add(self, items: int, done: Answered) -> None:
        """Count a group."""
        self.items += items
        self.lines += len(done.lines)
        self.words += done.words
        for code, count in done.failed.items():
            self.failed[code] = self.failed.get(code, 0) + count


class Output:
    """The unfinished output of one run. Raises ``Unreadable`` if it cannot be written, or another run writes it."""

    def __init__(self, target: Path, fingerprint: str) -> None:
        self.target = target
        self.part, self.journal = unfinished(target)
        self.sums = Sums()
        self.resumed = False
        self._fingerprint = fingerprint
        self._lines: IO[bytes] | None = None
        self._log: IO[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self._log = self.journal.open("ab+")
            _lock(self._log, self.target)
            size = self._known()
            self._lines = self.part.open("r+b" if size else "w+b")
            self._lines.truncate(size)
            self._lines.seek(size)
            if not self.resumed:
                self._log.truncate(0)
                self._write({"run": self._fingerprint})
        except OSError as error:
            self._close()
            raise Unreadable(f"{self.target} cannot be written: {error.strerror or error}.") from None
        except Unreadable:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        for file in (self._lines, self._log):
            if file is not None:
                file.close()

    def _known(self) -> int:
        """How long the part was at the last group that the journal knows; 0 if this is another run's journal."""
        assert self._log is not None
        self._log.seek(0)
        entries = [entry for entry in map(_entry, self._log.read().splitlines(keepends=True)) if entry]
        if not entries or entries[0].get("run") != self._fingerprint:
            return 0
        size = self.part.stat().st_size if self.part.exists() else 0
        for entry in reversed(entries[1:]):
            if entry["bytes"] <= size:
                self.sums = Sums(**entry["sums"])
                self.resumed = True
                return int(entry["bytes"])
        return 0

    def add(self, items: int, done: Answered) -> None:
        """Keep the lines of a group of items. Raises ``Unreadable`` if they cannot be written."""
        assert self._lines is not None
        try:
            self._lines.write(b"".join(done.lines))
            self._lines.flush()
            self.sums.add(items, done)
            self._write({"bytes": self._lines.tell(), "sums": vars(self.sums)})
        except OSError as error:
            raise Unreadable(f"{self.target} cannot be written: {error.strerror or error}.") from None

    def _write(self, entry: dict[str, Any]) -> None:
        assert self._log is not None
        self._log.write(json.dumps(entry).encode("ascii") + b"\n")
        self._log.flush()

    def finish(self) -> None:
        """The part becomes the output; an earlier output stays as it was until then."""
        assert self._lines is not None
        try:
            self._lines.flush()
            os.fsync(self._lines.fileno())
            if is_parquet(self.target):
                from onrecord.corpus import parquet

                made = self.target.with_name(self.target.name + ".parquet-part")
                parquet.write(self.part, made)
                made.replace(self.target)
                self.part.unlink()
            else:
                self._lines.close()
                self.part.replace(self.target)
            self.journal.unlink()
        except OSError as error:
            raise Unreadable(f"{self.target} cannot be written: {error.strerror or error}.") from None


def unfinished(target: Path) -> tuple[Path, Path]:
    """Where a run keeps its lines and its journal."""
    return target.with_name(target.name + ".part"), target.with_name(target.name + ".journal")


def is_parquet(target: Path) -> bool:
    """Whether an output is to be Parquet, by its name."""
    return target.suffix.lower() in {".parquet", ".pq"}


def _entry(line: bytes) -> dict[str, Any] | None:
    """An entry of the journal; None for one that was cut off."""
    if not line.endswith(b"\n"):
        return None
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _lock(log: IO[bytes], target: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows lets nobody delete or replace a file that another has open
        return
    try:
        fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Unreadable(f"Another run is writing {target}; wait for it, or name another output.") from None
