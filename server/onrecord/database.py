"""One SQLite file that may be full, locked, read-only, torn, or of another version, without stopping its owner.

What cannot be read as this version's file is set aside under another name, its rows of worth are carried over as far
as they can be read, and a fresh file takes its place. What only cannot be used now is tried again a little later.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

log = logging.getLogger("onrecord")

T = TypeVar("T")

# Nobody waits longer for another process that holds the file.
LOCK_WAIT = 0.2
# A file that could not be opened for writing is not tried again sooner.
RETRY_AFTER = 5.0
# Point queries over what two scans of a damaged table left between them.
MOST_GAP = 10_000

# https://www.sqlite.org/rescode.html: what only setting the file aside can mend, and what passes.
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_BUSY: "another program holds it",
    sqlite3.SQLITE_LOCKED: "another program holds it",
    sqlite3.SQLITE_READONLY: "it may not be written",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_PERM: "it may not be opened",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
}
_SIDE_FILES = ("", "-wal", "-shm")


def set_aside(place: Path, name: str = "*") -> list[Path]:
    """The files of a directory, or of one name in it, that were set aside, oldest first, without their side files."""
    found = [path for path in place.glob(f"{name}.*-????????T??????*") if not path.name.endswith(_SIDE_FILES[1:])]
    return sorted(found, key=lambda path: path.name.rpartition("-")[2])


class Unavailable(Exception):
    """The file cannot be used now; said in the log once, and no fault of the caller's."""


class Database:
    """Safe to call from several threads. ``rescued`` are the tables whose rows are carried into a fresh file.

    ``schema`` and ``rescued`` are the owner's own words and never come from outside: they become SQL.
    """

    def __init__(self, path: Path, *, version: int, schema: str, rescued: tuple[str, ...]) -> None:
        self.path = path
        self._version, self._schema, self._rescued = version, schema, rescued
        self._lock = threading.RLock()
        self._db: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None  # device and inode that the connection is to
        self._writable = False
        self._try_at = 0.0
        self._said: set[str] = set()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None

    def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What ``work`` gives; raises ``Unavailable``. A damaged file is replaced, and ``work`` done once more."""
        with self._lock:
            try:
                return self._attempt(work)
            except _Damaged as damage:
                self._set_aside(str(damage))
            try:
                return self._attempt(work)
            except _Damaged:
                self.close()
                raise Unavailable from None

    @property
    def kept_aside(self) -> list[Path]:
        """The files that were set aside, oldest first, without their side files."""
        return set_aside(self.path.parent, self.path.name)

    def drop_aside(self, *, older_than: float = 0.0) -> None:
        """Delete what was set aside before the time ``older_than`` (seconds since 1970; 0: all of it)."""
        for path in self.kept_aside:
            with contextlib.suppress(OSError):
                if not older_than or path.stat().st_mtime < older_than:
                    for suffix in _SIDE_FILES:
                        path.with_name(path.name + suffix).unlink(missing_ok=True)

    # -- one attempt --------------------------------------------------------------------------------------------------

    def _attempt(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            db = self._opened()
            before = db.total_changes
            found = work(db)
        except (sqlite3.Error, OSError) as error:
            self._roll_back()
            code = _code(error)
            if _is_damage(error):
                raise _Damaged("damaged") from None
            if code not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL}:
                self.close()  # a file that was moved or cannot be read is opened anew
            self._say(_why(error))
            raise Unavailable from None
        if db.total_changes > before:  # it can be written again, so the next failure is news
            self._said.clear()
        return found

    def _roll_back(self) -> None:
        if self._db is not None and self._db.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")

    def _opened(self) -> sqlite3.Connection:
        if self._db is not None and (self._writable or time.monotonic() < self._try_at):
            return self._db
        self.close()
        try:
            self._db = self._open_to_write()
            self._writable = True
        except (sqlite3.Error, OSError) as error:
            if _is_damage(error):
                raise
            self._try_at = time.monotonic() + RETRY_AFTER
            self._say(_why(error))
            # what stands in it can still be read: no lock is taken, and every row that matters carries a checksum
            self._db = sqlite3.connect(
                f"file:{quote(str(self.path))}?mode=ro&immutable=1", uri=True, check_same_thread=False,
                isolation_level=None,
            )  # fmt: skip
            self._writable = False
        return self._db

    def _open_to_write(self) -> sqlite3.Connection:
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        found = self.path.stat()
        self._file = (found.st_dev, found.st_ino)
        db = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None, timeout=LOCK_WAIT)
        try:
            empty = self._check_version(db)
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA secure_delete=ON")
            # a power cut may take the last analyses, never the file; what the reader keeps asks for more (``durable``)
            db.execute("PRAGMA synchronous=NORMAL")
            if empty:
                with transaction(db):
                    for statement in self._schema.split(";"):
                        db.execute(statement)
                    db.execute(f"PRAGMA user_version = {self._version:d}")
        except BaseException:
            db.close()
            raise
        return db

    def _check_version(self, db: sqlite3.Connection) -> bool:
        """Whether the file is a new one; raises ``_Damaged`` for another version's."""
        version = db.execute("PRAGMA user_version").fetchone()[0]
        empty = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
        if version != self._version and not empty:
            raise _Damaged("newer" if version > self._version else "older")
        return bool(empty)

    def _say(self, why: str) -> None:
        if why not in self._said:
            self._said.add(why)
            log.warning("%s cannot be used (%s); nothing is kept until it can.", self.path.name, why)

    # -- setting aside ------------------------------------------------------------------------------------------------

    def _set_aside(self, why: str) -> None:
        """Move the file away and carry over what can be read; a file that another server replaced is left alone."""
        self.close()
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        aside = self.path.with_name(f"{self.path.name}.{why}-{stamp}")
        try:
            found = self.path.stat()
            if self._file not in {None, (found.st_dev, found.st_ino)}:
                return
            for suffix in _SIDE_FILES:
                with contextlib.suppress(FileNotFoundError):
                    self.path.with_name(self.path.name + suffix).rename(aside.with_name(aside.name + suffix))
        except OSError as error:
            self._say(error.strerror or "it cannot be set aside")
            raise Unavailable from None
        carried = 0
        with contextlib.suppress(Unavailable, _Damaged):
            for table in self._rescued:
                rows = list(_readable(aside, table))
                carried += len(rows)
                self._attempt(lambda db, table=table, rows=rows: _insert(db, table, rows))  # type: ignore[misc]
        what = {"newer": "is of a newer version", "older": "is of an older version"}.get(why, "is damaged")
        log.warning(
            "%s %s; it was set aside as %s, and a new one holds the %d reports that could be read.",
            self.path.name, what, aside.name, carried,
        )  # fmt: skip


def _code(error: Exception) -> int:
    """SQLite's basic result code; 0 for another error."""
    return int(getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def _is_damage(error: Exception) -> bool:
    missing = _code(error) == sqlite3.SQLITE_ERROR and re.search(r"no such (?:table|column)|has no column", str(error))
    return bool(missing) or _code(error) in _DAMAGED


def _why(error: Exception) -> str:
    if getattr(error, "errno", None) in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return _REASONS[sqlite3.SQLITE_READONLY]
    return _REASONS.get(_code(error)) or getattr(error, "strerror", None) or type(error).__name__


class _Damaged(Exception):
    """The file is not one of this version; the message is the word for its new name."""


@contextlib.contextmanager
def transaction(db: sqlite3.Connection, *, durable: bool = False) -> Iterator[None]:
    """All or nothing; ``durable``: on the disk itself before it returns."""
    if durable:
        db.execute("PRAGMA synchronous=FULL")
    try:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                db.execute("ROLLBACK")
            raise
    finally:
        if durable:
            db.execute("PRAGMA synchronous=NORMAL")


def _readable(path: Path, table: str) -> list[dict[str, Any]]:
    """Every row of a table of a damaged file that can be read: from both ends, then one by one between them."""
    try:
        db = sqlite3.connect(path, isolation_level=None, timeout=LOCK_WAIT)
    except sqlite3.Error:
        return []
    with contextlib.closing(db):
        db.row_factory = sqlite3.Row
        rows = f"SELECT rowid AS at, * FROM {table} WHERE rowid"  # noqa: S608 - see Database
        found = _scanned(db, rows + " > ? ORDER BY rowid LIMIT 1", 0)
        back = _scanned(db, rows + " < ? ORDER BY rowid DESC LIMIT 1", 2**62)
        low, high = max(found, default=0), min(back, default=0)
        for number in range(low + 1, min(high, low + MOST_GAP)):
            found.update(_scanned(db, rows + " = ?", number, once=True))
        found.update(back)
    return [found[number] for number in sorted(found)]


def _scanned(db: sqlite3.Connection, query: str, start: int, *, once: bool = False) -> dict[int, dict[str, Any]]:
    """Row after row until one cannot be read."""
    found: dict[int, dict[str, Any]] = {}
    at = start
    with contextlib.suppress(sqlite3.Error):
        while (row := db.execute(query, (at,)).fetchone()) is not None and row["at"] not in found:
            at = row["at"]
            found[at] = {name: row[name] for name in row.keys() if name != "at"}  # noqa: SIM118 - a Row iterates values
            if once:
                break
    return found


def _insert(db: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    """Rows of another version: the columns that this one has too."""
    known = {row[1] for row in db.execute(f"PRAGMA table_info({table})")}
    with transaction(db, durable=True):
        for row in rows:
            names = [name for name in row if name in known]
            holes = ", ".join("?" * len(names))
            db.execute(
                f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({holes})",  # noqa: S608 - see Database
                [row[name] for name in names],
            )
