"""What the server keeps between runs: who is paired, analyses by content, and the reports the reader made.

Everything lies in one directory that only its owner may read (0700, files 0600).
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import sqlite3
import threading
from pathlib import Path

from onrecord.errors import InvalidSetting

# Older reports go first. A reader who wants to keep one for good saves the page.
MOST_REPORTS = 200

_TABLES = """
CREATE TABLE IF NOT EXISTS analyses (key TEXT PRIMARY KEY, body BLOB NOT NULL, used INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS reports (id TEXT PRIMARY KEY, title TEXT NOT NULL, html TEXT NOT NULL,
  number INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS pairings (origin TEXT PRIMARY KEY, token_hash TEXT NOT NULL);
"""


class Store:
    """The SQLite file of one server; raises ``InvalidSetting``. Safe to call from several threads."""

    def __init__(self, directory: Path, *, cache_entries: int) -> None:
        self._cache_entries = cache_entries
        self._lock = threading.Lock()
        try:
            self._db = _opened(directory)
        except (OSError, sqlite3.Error) as error:
            why = getattr(error, "strerror", None) or error
            raise InvalidSetting(
                f"The directory {directory} cannot be used ({why}); set ONRECORD_STATE_DIR to another one."
            ) from None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    # -- analyses -----------------------------------------------------------------------------------------------------

    @staticmethod
    def key(*parts: object) -> str:
        """The content hash under which an analysis is kept."""
        return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()

    def analysis(self, key: str) -> bytes | None:
        """The analysis kept under ``key``."""
        with self._lock:
            row = self._db.execute("SELECT body FROM analyses WHERE key = ?", (key,)).fetchone()
            if row is not None:
                self._db.execute(
                    "UPDATE analyses SET used = (SELECT max(used) + 1 FROM analyses) WHERE key = ?", (key,)
                )
        return bytes(row[0]) if row is not None else None

    def keep_analysis(self, key: str, body: bytes) -> None:
        """Keep an analysis; the ones not used for longest make room."""
        if self._cache_entries == 0:
            return
        with self._lock:
            self._db.execute(
                "INSERT OR REPLACE INTO analyses VALUES (?, ?, (SELECT coalesce(max(used), 0) + 1 FROM analyses))",
                (key, body),
            )
            self._db.execute(
                "DELETE FROM analyses WHERE key NOT IN (SELECT key FROM analyses ORDER BY used DESC LIMIT ?)",
                (self._cache_entries,),
            )

    # -- reports ------------------------------------------------------------------------------------------------------

    def keep_report(self, title: str, html: str) -> str:
        """Keep a report and return its id."""
        identifier = secrets.token_urlsafe(12)
        with self._lock:
            self._db.execute(
                "INSERT INTO reports VALUES (?, ?, ?, (SELECT coalesce(max(number), 0) + 1 FROM reports))",
                (identifier, title, html),
            )
            self._db.execute(
                "DELETE FROM reports WHERE number <= (SELECT max(number) FROM reports) - ?", (MOST_REPORTS,)
            )
        return identifier

    def report(self, identifier: str) -> str | None:
        """The page of a kept report."""
        with self._lock:
            row = self._db.execute("SELECT html FROM reports WHERE id = ?", (identifier,)).fetchone()
        return str(row[0]) if row is not None else None

    # -- pairing ------------------------------------------------------------------------------------------------------

    def pair(self, origin: str) -> str:
        """A new token for ``origin``; an older one of the same origin ends. Only its hash is kept."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO pairings VALUES (?, ?)", (origin, _hash(token)))
        return token

    def paired(self, token: str, origin: str | None) -> bool:
        """Whether ``token`` belongs to a paired extension: to ``origin``, if the request named one."""
        with self._lock:
            rows = self._db.execute("SELECT origin, token_hash FROM pairings").fetchall()
        given, found = _hash(token), False
        for known, token_hash in rows:  # every one is compared, so that the time tells nothing
            found |= hmac.compare_digest(given, token_hash) and origin in {None, known}
        return found

    def has_origin(self, origin: str) -> bool:
        """Whether an extension with this origin is paired."""
        with self._lock:
            return self._db.execute("SELECT 1 FROM pairings WHERE origin = ?", (origin,)).fetchone() is not None

    # -- forgetting ---------------------------------------------------------------------------------------------------

    def forget(self, *, reports: bool = True) -> None:
        """Delete every analysis and, if asked, every report; pairings stay."""
        with self._lock:
            self._db.execute("DELETE FROM analyses")
            if reports:
                self._db.execute("DELETE FROM reports")
            with contextlib.suppress(sqlite3.OperationalError):  # another server holds the file open: the space stays
                self._db.execute("VACUUM")
            with contextlib.suppress(sqlite3.OperationalError):  # likewise
                # what was deleted would stay legible in the write-ahead log for as long as a server runs
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _opened(directory: Path) -> sqlite3.Connection:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    directory.chmod(0o700)
    path = directory / "onrecord.sqlite3"
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA secure_delete=ON")
        db.executescript(_TABLES)
    except sqlite3.Error:
        db.close()
        raise
    return db


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
