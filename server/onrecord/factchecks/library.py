"""The fact-checks that the reader imported: one SQLite file beside the store, looked up for a whole article at once.

A review can only match a statement that holds most of its words. So each review is indexed (FTS5) under as many of
its rarest words as a statement could lack, and one more: a statement that holds none of them cannot match, and the
candidates of an article are few however many reviews there are.
"""

from __future__ import annotations

import contextlib
import math
import os
import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from onrecord.analysis.result import Analysis, Factcheck
from onrecord.article import Article, Span
from onrecord.errors import InvalidSetting
from onrecord.factchecks.likeness import FEWEST, OF_CLAIM, alike, features
from onrecord.factchecks.reviews import Review

NAME = "factchecks.sqlite3"

_Entry = TypeVar("_Entry")

# A statement shows at most so many fact-checks, the newest first: several desks review one claim.
MOST_PER_STATEMENT = 3

_TABLES = """
CREATE TABLE IF NOT EXISTS reviews (id INTEGER PRIMARY KEY, claim TEXT NOT NULL, claimant TEXT NOT NULL,
  publisher TEXT NOT NULL, rating TEXT NOT NULL, date TEXT NOT NULL, url TEXT NOT NULL, stems TEXT NOT NULL,
  UNIQUE (url, claim));
CREATE TABLE IF NOT EXISTS state (edition INTEGER NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS rare USING fts5(words, content='', detail='none', columnsize=0);
"""
_SENTENCE = re.compile(r"[^.!?…]+(?:[.!?…]+(?=[\"'”’)\]]*\s|[\"'”’)\]]*$)[\"'”’)\]]*|$|[.!?…]+)")
_NO_LETTER = re.compile(r"[\W_]+")
_PER_QUERY = 400  # words in one full-text query


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of the article that may be what somebody reviewed."""

    spans: tuple[Span, ...]
    text: str
    speaker: tuple[str, ...] = ()
    quote: str | None = None
    claim: str | None = None


class Library:
    """The fact-checks of one state directory. Without a file every lookup finds nothing. Safe between threads."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / NAME
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None

    def _open(self, *, create: bool) -> sqlite3.Connection | None:
        if self._db is None and (create or self.path.exists()):
            try:
                self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self.path.parent.chmod(0o700)
                os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
                db = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None)
                db.execute("PRAGMA journal_mode=WAL")
                db.execute("PRAGMA secure_delete=ON")
                db.executescript(_TABLES)
            except (OSError, sqlite3.Error) as error:
                raise InvalidSetting(f"The fact-checks in {self.path.parent} cannot be used: {error}.") from None
            self._db = db
        return self._db

    # -- what is kept -------------------------------------------------------------------------------------------------

    @property
    def edition(self) -> int:
        """A number that every import and every forgetting changes; 0 while nothing was ever imported."""
        with self._lock:
            db = self._open(create=False)
            row = db.execute("SELECT edition FROM state").fetchone() if db is not None else None
        return int(row[0]) if row else 0

    def add(self, reviews: Iterable[Review]) -> tuple[int, int]:
        """Keep ``reviews``, all of them or, if reading one fails, none; how many are new, and how many were known."""
        with self._lock:
            db = self._open(create=True)
            assert db is not None
            with self._changing(db):
                new, known = self._insert(db, reviews)
                self._index(db)
        return new, known

    @contextlib.contextmanager
    def _changing(self, db: sqlite3.Connection) -> Iterator[None]:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            edition = db.execute("SELECT coalesce(max(edition), 0) + 1 FROM state").fetchone()[0]
            db.execute("DELETE FROM state")
            db.execute("INSERT INTO state VALUES (?)", (edition,))
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    @staticmethod
    def _insert(db: sqlite3.Connection, reviews: Iterable[Review]) -> tuple[int, int]:
        before = db.execute("SELECT count(*) FROM reviews").fetchone()[0]
        written = 0
        for batch in _batches(reviews, 1_000):
            written += len(batch)
            db.executemany(
                "INSERT INTO reviews (claim, claimant, publisher, rating, date, url, stems) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (url, claim) DO UPDATE SET claimant = excluded.claimant, "
                "publisher = excluded.publisher, rating = excluded.rating, date = excluded.date",
                [
                    (one.claim, one.claimant, one.publisher, one.rating, one.date, one.url, _spelled(one.claim))
                    for one in batch
                ],
            )
        new = db.execute("SELECT count(*) FROM reviews").fetchone()[0] - before
        return new, written - new

    @staticmethod
    def _index(db: sqlite3.Connection) -> None:
        """Index every review anew: which words are rare is known only when all are there."""
        counts: Counter[str] = Counter()
        for (stems,) in db.execute("SELECT stems FROM reviews"):
            counts.update(stems.split())
        db.execute("INSERT INTO rare (rare) VALUES ('delete-all')")
        rows = db.execute("SELECT id, stems FROM reviews")
        while batch := rows.fetchmany(1_000):
            db.executemany(
                "INSERT INTO rare (rowid, words) VALUES (?, ?)",
                [(key, " ".join(words)) for key, stems in batch if (words := _keys(stems.split(), counts))],
            )

    def publishers(self) -> list[tuple[str, int, str]]:
        """Each publisher with how many fact-checks it has here and the date of the newest."""
        with self._lock:
            db = self._open(create=False)
            if db is None:
                return []
            rows = db.execute(
                "SELECT publisher, count(*), max(date) FROM reviews GROUP BY publisher ORDER BY 2 DESC, 1"
            )
            return [(str(name), int(count), str(date)) for name, count, date in rows]

    def forget(self, publisher: str | None = None) -> int:
        """Delete the fact-checks of one publisher, or all; how many there were."""
        with self._lock:
            db = self._open(create=False)
            if db is None:
                return 0
            with self._changing(db):
                where, values = ("WHERE publisher = ? COLLATE NOCASE", (publisher,)) if publisher else ("", ())
                gone = db.execute(f"DELETE FROM reviews {where}", values).rowcount  # noqa: S608 - no value in it
                self._index(db)
            for command in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                with contextlib.suppress(sqlite3.OperationalError):  # a server holds the file open: the space stays
                    db.execute(command)
        return gone

    # -- looking up ---------------------------------------------------------------------------------------------------

    def matches(self, article: Article, analysis: Analysis) -> tuple[Factcheck, ...]:
        """The fact-checks that statements of the article match, in reading order."""
        with self._lock:
            db = self._open(create=False)
            if db is None:
                return ()
            said = statements(article, analysis)
            reviews = _candidates(db, {stem for one in said for stem in _stems(one)})
        return tuple(_found(said, reviews))


def _batches(entries: Iterable[_Entry], size: int) -> Iterator[list[_Entry]]:
    rest = iter(entries)
    while batch := list(islice(rest, size)):
        yield batch


def _token(word: str) -> str:
    """``word`` as the full-text index spells it."""
    return _NO_LETTER.sub("", word)


def _spelled(claim: str) -> str:
    """The stems of a claim as one string: reading them is much quicker than finding them again."""
    return " ".join(sorted(features(claim).stems))


def _keys(stems: Sequence[str], counts: Counter[str]) -> list[str]:
    """The rarest words of a claim, of which a statement that matches has at least one."""
    if len(stems) < FEWEST:
        return []
    needed = math.ceil(OF_CLAIM * len(stems))
    return [_token(word) for word in sorted(stems, key=lambda word: (counts[word], word))[: len(stems) - needed + 1]]


def _stems(statement: Statement) -> frozenset[str]:
    speakers = (features(name).stems for name in statement.speaker)
    return features(statement.text).stems.union(*speakers)


def _candidates(db: sqlite3.Connection, stems: set[str]) -> list[tuple[frozenset[str], Review]]:
    """Every review that one of the words leads to."""
    keys: set[int] = set()
    for words in _batches(sorted(stems), _PER_QUERY):
        query = " OR ".join(f'"{_token(word)}"' for word in words)
        keys.update(key for (key,) in db.execute("SELECT rowid FROM rare WHERE rare MATCH ?", (query,)))
    found = []
    for batch in _batches(sorted(keys), 500):
        marks = ",".join("?" * len(batch))
        for row in db.execute(
            f"SELECT stems, claim, claimant, publisher, rating, date, url FROM reviews WHERE id IN ({marks})",  # noqa: S608
            batch,
        ):
            words = row[0].split()
            if sum(word in stems for word in words) >= OF_CLAIM * len(words):
                names = ("claim", "claimant", "publisher", "rating", "date", "url")
                found.append((frozenset(words), Review(**dict(zip(names, row[1:], strict=True)))))
    return found


def statements(article: Article, analysis: Analysis) -> list[Statement]:
    """What the article states: the words of each quote, each contested claim, and each sentence of its own."""
    found = []
    for quote in analysis.quotes:
        source = analysis.source(quote.source)
        who = tuple(name for name in (source.name, source.label) if name) if source else ()
        text = " ".join(article[span] for span in quote.content)
        found.append(Statement(quote.content, text, who, quote.id))
    for claim in analysis.claims:
        text = " ".join(article[span] for span in claim.content)
        found.append(Statement(claim.content, text, (), claim.quote, claim.id))
    for block, at in zip(article.blocks, article.block_spans, strict=True):
        for match in _SENTENCE.finditer(block.text):
            lead = len(match.group()) - len(match.group().lstrip())
            span = Span(at.start + match.start() + lead, at.start + match.end())
            if len(span) > 1:
                found.append(Statement((span,), article[span]))
    return found


def _found(said: list[Statement], reviews: list[tuple[frozenset[str], Review]]) -> Iterator[Factcheck]:
    taken: list[Span] = []  # a quote inside a sentence has had its turn before the sentence
    hits: list[tuple[Statement, Review]] = []
    for statement in said:
        if any(span.overlaps(old) for span in statement.spans for old in taken):
            continue
        stems = _stems(statement)
        own = [
            review
            for words, review in reviews
            if len(words & stems) >= OF_CLAIM * len(words)
            and alike(statement.text, review.claim, speaker=statement.speaker, claimant=review.claimant)
        ]
        for review in sorted(own, key=lambda one: one.date, reverse=True)[:MOST_PER_STATEMENT]:
            taken.extend(statement.spans)
            hits.append((statement, review))
    hits.sort(key=lambda hit: (hit[0].spans[0].start, hit[1].publisher))
    for number, (statement, review) in enumerate(hits, 1):
        yield Factcheck(
            id=f"f{number}",
            content=statement.spans,
            quote=statement.quote,
            claim=statement.claim,
            reviewed=review.claim,
            publisher=review.publisher,
            rating=review.rating,
            date=review.date or None,
            url=review.url,
        )
