"""What the server keeps between runs: analyses by content, and the reports the reader made.

Everything lies in one directory that only its owner may read (0700, files 0600). None of it may stop an answer: where
the file cannot be used, nothing is found in it, nothing is kept, and the log says so in one sentence.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import logging
import secrets
import sqlite3
import stat
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from onrecord.analysis.result import Analysis
from onrecord.database import Database, Unavailable, transaction
from onrecord.errors import InvalidSetting
from onrecord.settings import Settings

log = logging.getLogger("onrecord")

NAME = "onrecord.sqlite3"
VERSION = 1  # of the tables below; files before it have 0

# Older reports go first. A reader who wants to keep one for good saves the page.
MOST_REPORTS = 200
MOST_REPORT_BYTES = 100_000_000
# Reports that could not be written are held in memory, so that the page that was promised opens.
MOST_HELD = 20

DAY = 86_400.0
MEGABYTE = 1_000_000

_TABLES = """
CREATE TABLE analyses (key TEXT PRIMARY KEY, analysis BLOB NOT NULL, form TEXT NOT NULL, answer BLOB NOT NULL,
  digest BLOB NOT NULL, used REAL NOT NULL, size INTEGER NOT NULL);
CREATE INDEX by_use ON analyses (used, size);
CREATE TABLE reports (id TEXT PRIMARY KEY, title TEXT NOT NULL, html TEXT NOT NULL, number INTEGER NOT NULL,
  digest BLOB)
"""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept analysis, and the answer that was last made of it; ``form`` says in which form."""

    analysis: bytes
    form: str = ""
    answer: bytes = b""

    @classmethod
    def of(cls, analysis: Analysis, *, form: str = "", answer: bytes = b"") -> Kept:
        """What to keep of an analysis."""
        return cls(msgspec.msgpack.encode(analysis), form, answer)

    @property
    def unpacked(self) -> Analysis:
        """The analysis itself."""
        return msgspec.msgpack.decode(self.analysis, type=Analysis)

    @property
    def digest(self) -> bytes:
        """The checksum of all three: SQLite has none, and a disk may forget."""
        return _digest(self.analysis, self.form.encode(), self.answer)


class Store:
    """The SQLite file of one server. Safe to call from several threads; raises ``InvalidSetting`` at the start only."""

    def __init__(self, directory: Path, *, cache_entries: int, cache_mb: int = 100, cache_days: int = 30) -> None:
        self._cache_entries = cache_entries
        self._cache_bytes = cache_mb * MEGABYTE
        self._cache_seconds = cache_days * DAY
        self._held: OrderedDict[str, str] = OrderedDict()
        try:
            _close_to_others(directory)
        except OSError as error:
            raise InvalidSetting(
                f"The directory {directory} cannot be used ({error.strerror or error}); "
                "set ONRECORD_STATE_DIR to another one."
            ) from None
        self._db = Database(directory / NAME, version=VERSION, schema=_TABLES, rescued=("reports",))
        self._asked(self._make_room)
        self._db.drop_aside(older_than=time.time() - self._cache_seconds)

    @classmethod
    def of(cls, settings: Settings) -> Store:
        """The store that the settings describe."""
        return cls(
            settings.state_dir, cache_entries=settings.cache_entries, cache_mb=settings.cache_mb,
            cache_days=settings.cache_days,
        )  # fmt: skip

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _asked(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        try:
            return self._db.run(work)
        except Unavailable:
            return None

    # -- analyses -----------------------------------------------------------------------------------------------------

    @staticmethod
    def key(*parts: object) -> str:
        """The content hash under which an analysis is kept."""
        return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()

    def analysis(self, key: str) -> Kept | None:
        """The analysis kept under ``key``, if it is there as it was written."""
        row = self._asked(
            lambda db: db.execute(
                "SELECT analysis, form, answer, digest FROM analyses WHERE key = ? AND used > ?",
                (key, time.time() - self._cache_seconds),
            ).fetchone()
        )
        if row is None:
            return None
        kept = Kept(bytes(row[0]), row[1], bytes(row[2]))
        return kept if hmac.compare_digest(kept.digest, row[3]) else None

    def touch(self, key: str) -> None:
        """Note that an analysis was read, so that it is not the next to make room."""
        self._asked(lambda db: db.execute("UPDATE analyses SET used = ? WHERE key = ?", (time.time(), key)).rowcount)

    def keep_analysis(self, key: str, kept: Kept) -> None:
        """Keep an analysis; the ones not used for longest make room."""
        size = len(kept.analysis) + len(kept.answer)
        if self._cache_entries == 0 or size > self._cache_bytes:
            return

        def write(db: sqlite3.Connection) -> None:
            with transaction(db):
                db.execute(
                    "INSERT OR REPLACE INTO analyses VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (key, kept.analysis, kept.form, kept.answer, kept.digest, time.time(), size),
                )
                self._prune(db)

        self._asked(write)

    def _make_room(self, db: sqlite3.Connection) -> None:
        with transaction(db):
            self._prune(db)

    def _prune(self, db: sqlite3.Connection) -> None:
        """Delete what is too old, then what is too much."""
        db.execute("DELETE FROM analyses WHERE used <= ?", (time.time() - self._cache_seconds,))
        count, size = db.execute("SELECT count(*), coalesce(sum(size), 0) FROM analyses").fetchone()
        while count > self._cache_entries or size > self._cache_bytes:
            key, freed = db.execute("SELECT key, size FROM analyses ORDER BY used, rowid LIMIT 1").fetchone()
            db.execute("DELETE FROM analyses WHERE key = ?", (key,))
            count, size = count - 1, size - freed

    # -- reports ------------------------------------------------------------------------------------------------------

    def hold_report(self, html: str) -> str:
        """Hold a report in memory under a new id, which cannot be guessed, until ``keep_report`` has written it."""
        identifier = secrets.token_urlsafe(12)
        self._held[identifier] = html
        while len(self._held) > MOST_HELD:
            self._held.popitem(last=False)
        return identifier

    def held_report(self, identifier: str) -> str | None:
        """The page of a report that is not written yet, or could not be."""
        return self._held.get(identifier)

    def keep_report(self, title: str, html: str, identifier: str) -> bool:
        """Write a report; False where that cannot be done, and it stays in memory."""

        def write(db: sqlite3.Connection) -> bool:
            with transaction(db, durable=True):
                db.execute(
                    "INSERT INTO reports SELECT ?, ?, ?, coalesce(max(number), 0) + 1, ? FROM reports",
                    (identifier, title, html, _digest(html.encode())),
                )
                db.execute("DELETE FROM reports WHERE number <= (SELECT max(number) FROM reports) - ?", (MOST_REPORTS,))
                db.execute(
                    "DELETE FROM reports WHERE number IN (SELECT number FROM (SELECT number, "
                    "sum(length(html)) OVER (ORDER BY number DESC) AS above FROM reports) WHERE above > ?)",
                    (MOST_REPORT_BYTES,),
                )
            return True

        written = bool(self._asked(write))
        if written:
            self._held.pop(identifier, None)
        return written

    def report(self, identifier: str) -> str | None:
        """The page of a kept report, if it is there as it was written."""
        held = self.held_report(identifier)
        if held is not None:
            return held
        row = self._asked(
            lambda db: db.execute("SELECT html, digest FROM reports WHERE id = ?", (identifier,)).fetchone()
        )
        if row is None:
            return None
        html = str(row[0])
        if row[1] is not None and not hmac.compare_digest(_digest(html.encode()), row[1]):
            return None
        return html

    # -- forgetting ---------------------------------------------------------------------------------------------------

    def forget(self, *, reports: bool = True) -> bool:
        """Delete every analysis and, if asked, every report and what was set aside; pairings stay.

        False: the file could not be written, and nothing was deleted.
        """

        def delete(db: sqlite3.Connection) -> bool:
            with transaction(db, durable=True):
                db.execute("DELETE FROM analyses")
                if reports:
                    db.execute("DELETE FROM reports")
            with contextlib.suppress(sqlite3.OperationalError):  # another server holds the file open: the space stays
                db.execute("VACUUM")
            with contextlib.suppress(sqlite3.OperationalError):  # likewise
                # what was deleted would stay legible in the write-ahead log for as long as a server runs
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return True

        if reports:
            self._held.clear()
            self._db.drop_aside()
        return bool(self._asked(delete))


def _close_to_others(directory: Path) -> None:
    """Make the directory and close it to everybody else; raises ``OSError`` where others can read it all the same."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        directory.chmod(0o700)
    except OSError:
        if stat.S_IMODE(directory.stat().st_mode) & 0o077:
            raise


def _digest(*parts: bytes) -> bytes:
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.digest()
