"""Where corrections are kept: an SQLite file of their own, under the content of the article that they are about.

A correction's place is a checksum of its block's text and offsets in it, so it survives a page that renders itself
anew, and an article that grows elsewhere. Text is kept too, since a label without its text teaches nothing; no address.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from onrecord.analysis.result import Analysis
from onrecord.article import Article, Block, Span
from onrecord.corrections.amend import Remark
from onrecord.database import Database, Unavailable, transaction
from onrecord.errors import NotKept

NAME = "corrections.sqlite3"
VERSION = 1

# An article is another edition of one that was corrected if it has so many of its paragraphs: a paragraph alone
# (*“No,” he said.*) stands in many articles.
SAME = 0.5

_TABLES = """
CREATE TABLE articles (reader TEXT NOT NULL, sha256 TEXT NOT NULL, digests TEXT NOT NULL, blocks TEXT NOT NULL,
  analysis BLOB NOT NULL, PRIMARY KEY (reader, sha256));
CREATE TABLE corrections (number INTEGER PRIMARY KEY, id TEXT NOT NULL, reader TEXT NOT NULL, sha256 TEXT NOT NULL,
  made REAL NOT NULL, block TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, on_claim INTEGER NOT NULL,
  what TEXT NOT NULL, speaker TEXT, type TEXT, note TEXT NOT NULL, UNIQUE (reader, id));
CREATE INDEX by_block ON corrections (reader, block)
"""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Corrected:
    """An article as it was when it was corrected, what Onrecord had found in it, and the corrections in their order."""

    sha256: str  # of ``Article.text`` in UTF-8
    article: Article
    analysis: Analysis
    remarks: tuple[Remark, ...]


class Notebook:
    """The corrections of one state directory. Safe between threads; reading never raises."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / NAME
        self._db = Database(self.path, version=VERSION, schema=_TABLES, rescued=("articles", "corrections"))
        self.edition = 0  # grows with each change that is made by way of this object

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _read(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        if not self.path.exists():
            return otherwise  # nobody has corrected anything: no file is made for that
        try:
            return self._db.run(work)
        except Unavailable:
            return otherwise

    def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return self._db.run(work)
        except Unavailable:
            raise NotKept("The correction could not be written; the server’s log says why. Try again.") from None
        finally:
            self.edition += 1

    def remarks(self, reader: str, article: Article) -> tuple[Remark, ...]:
        """What ``reader`` has corrected in this article or an earlier edition of it, oldest first."""
        return self._read(lambda db: self._find(db, reader, article), ())

    def _find(self, db: sqlite3.Connection, reader: str, article: Article) -> tuple[Remark, ...]:
        if db.execute("SELECT 1 FROM corrections WHERE reader = ? LIMIT 1", (reader,)).fetchone() is None:
            return ()
        digests = [_digest(block.text) for block in article.blocks]
        present = set(digests)
        rows = db.execute(
            "SELECT * FROM corrections WHERE reader = ? AND block IN (SELECT value FROM json_each(?)) ORDER BY number",
            (reader, json.dumps(sorted(present))),
        )
        rows.row_factory = sqlite3.Row
        same: dict[str, bool] = {}
        found = []
        for row in rows.fetchall():
            name = row["sha256"]
            if name not in same:
                known = db.execute(
                    "SELECT digests FROM articles WHERE reader = ? AND sha256 = ?", (reader, name)
                ).fetchone()
                theirs = json.loads(known[0]) if known else []
                same[name] = bool(theirs) and sum(one in present for one in theirs) >= SAME * len(theirs)
            if same[name] and (remark := _remark(row, article, digests)) is not None:
                found.append(remark)
        return tuple(found)

    def add(self, reader: str, article: Article, analysis: Analysis, remark: Remark) -> None:
        """Keep a correction; ``analysis`` is Onrecord's own. Raises ``NotKept``.

        What was said before of the same words in the same respect makes room for it.
        """
        checksum = hashlib.sha256(article.text.encode()).hexdigest()
        digests = [_digest(block.text) for block in article.blocks]
        block, start, stop = _place(article, remark.at)
        speaker = None
        if remark.speaker is not None:
            number, first, last = _place(article, remark.speaker)
            speaker = json.dumps([digests[number], first, last])
        row = (
            remark.id, reader, checksum, time.time(), digests[block], start, stop, remark.on_claim, remark.what,
            speaker, remark.type, remark.note,
        )  # fmt: skip
        blocks = json.dumps([[one.id, one.role, one.text, one.section] for one in article.blocks])

        def write(db: sqlite3.Connection) -> None:
            with transaction(db, durable=True):
                db.execute(
                    "DELETE FROM corrections WHERE reader = ? AND block = ? AND start = ? AND stop = ? AND what = ? "
                    "AND on_claim = ?",
                    (reader, digests[block], start, stop, remark.what, remark.on_claim),
                )
                db.execute(
                    "INSERT OR REPLACE INTO corrections (id, reader, sha256, made, block, start, stop, on_claim, what, "
                    "speaker, type, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    row,
                )
                db.execute(
                    "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?)",
                    (reader, checksum, json.dumps(digests), blocks, msgspec.msgpack.encode(analysis)),
                )
                _drop_unused(db)

        self._write(write)

    def undo(self, reader: str, identifier: str) -> None:
        """Take a correction back; nothing happens where there is none of that id. Raises ``NotKept``."""

        def delete(db: sqlite3.Connection) -> None:
            with transaction(db, durable=True):
                db.execute("DELETE FROM corrections WHERE reader = ? AND id = ?", (reader, identifier))
                _drop_unused(db)

        self._write(delete)

    def all(self) -> list[Corrected]:
        """Every article that was corrected, whoever did.

        One that another version has kept in a form that cannot be read any more is left out.
        """

        def read(db: sqlite3.Connection) -> list[Corrected]:
            found = []
            cursor = db.cursor()
            cursor.row_factory = sqlite3.Row
            for kept in cursor.execute("SELECT * FROM articles ORDER BY rowid").fetchall():
                rows = cursor.execute(
                    "SELECT * FROM corrections WHERE reader = ? AND sha256 = ? ORDER BY number",
                    (kept["reader"], kept["sha256"]),
                ).fetchall()
                article = Article(tuple(Block(*one) for one in json.loads(kept["blocks"])))
                try:
                    analysis = msgspec.msgpack.decode(kept["analysis"], type=Analysis)
                except msgspec.MsgspecError:
                    continue
                digests = [_digest(block.text) for block in article.blocks]
                remarks = [_remark(row, article, digests) for row in rows]
                found.append(Corrected(kept["sha256"], article, analysis, tuple(r for r in remarks if r is not None)))
            return found

        return self._read(read, [])

    def forget(self) -> int:
        """Delete every correction and the texts kept with them; returns how many there were. Raises ``NotKept``."""

        def delete(db: sqlite3.Connection) -> int:
            with transaction(db, durable=True):
                count = db.execute("DELETE FROM corrections").rowcount
                _drop_unused(db)
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return count

        self._db.drop_aside()
        return self._write(delete) if self.path.exists() else 0


def _drop_unused(db: sqlite3.Connection) -> None:
    db.execute(
        "DELETE FROM articles WHERE NOT EXISTS "
        "(SELECT 1 FROM corrections AS c WHERE c.reader = articles.reader AND c.sha256 = articles.sha256)"
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _place(article: Article, span: Span) -> tuple[int, int, int]:
    """The number of the block in which a span begins, and the code points in it."""
    number = article.block_index(span.start)
    own = article.block_spans[number]
    return number, span.start - own.start, min(span.end, own.end) - own.start


def _remark(row: Any, article: Article, digests: list[str]) -> Remark | None:
    at = _found(article, digests, row["block"], row["start"], row["stop"])
    if at is None:
        return None
    speaker = _found(article, digests, *json.loads(row["speaker"])) if row["speaker"] else None
    if row["speaker"] and speaker is None:
        return None  # the words that name the speaker are not there any more: nobody would be another statement
    return Remark(
        row["id"], row["what"], at, speaker=speaker, type=row["type"], note=row["note"], on_claim=bool(row["on_claim"])
    )


def _found(article: Article, digests: list[str], block: str, start: int, stop: int) -> Span | None:
    if block not in digests:
        return None
    own = article.block_spans[digests.index(block)]
    return Span(own.start + start, min(own.start + stop, own.end))
