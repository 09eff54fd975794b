"""A corpus of attributions as training examples; ``annotated`` makes them of articles in Onrecord's own scheme.

One JSON object a line: ``{"id", "text", "attributions": [{"source": [[s, e]], "cue": [[s, e]], "content": [[s, e]]}]}``
with code point offsets into ``text``. Blocks are the non-empty lines of the text.
"""

from __future__ import annotations

import bisect
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.language import Language

from onrecord.analysis.language import parse
from onrecord.analysis.marks import quotations
from onrecord.analysis.model.features import Pieces, Words, words
from onrecord.analysis.result import ClaimStatus
from onrecord.article import Article, Block, Span

LONGEST_HEADLINE = 160  # characters; a longer first line is a paragraph


CORPUS, OWN = 0, 1  # whose convention the bounds of an example follow: its corpus's, or Onrecord's


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution in word positions."""

    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """One piece of evidence, in word positions, and everything that it contests."""

    cue: tuple[int, ...]
    contents: tuple[tuple[int, ...], ...]
    status: ClaimStatus
    weight: float  # how much it counts: less where editors may leave it out


@dataclass(frozen=True, slots=True)
class Known:
    """One source: where it is looked at, and what an annotator says of it, by number."""

    places: tuple[int, ...]  # word positions
    facts: tuple[float, ...]
    types: tuple[int, ...]  # of ``SOURCE_TYPES``; behind the first the defensible second ones
    identification: int | None  # of ``IDENTIFICATIONS``; None where only a grant makes it what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An article with what is right for it. What nobody has annotated is None, and teaches nothing."""

    name: str
    words: Words
    relations: tuple[Relation, ...] | None = None
    convention: int = CORPUS
    said: Mapping[int, bool] = field(default_factory=dict)  # by the word of a cue that says what is done
    contests: tuple[Contest, ...] | None = None
    sources: tuple[Known, ...] = ()
    kept: float = 1.0  # the chance that a pass sees it


class Placed:
    """A corpus text as an article, with the positions of its words."""

    def __init__(self, text: str, nlp: Language, pieces: Pieces) -> None:
        self.article, self._starts = article_of(text)
        self.doc, self.quotations = parse(self.article, nlp), quotations(self.article)
        self.words = words(self.article, self.doc, self.quotations, pieces)
        self._begins, self._ends = self.words.start.tolist(), self.words.end.tolist()

    def original(self, span: Span) -> tuple[int, int]:
        """A span of the article in code points of the text."""
        blocks = (self._starts[self.article.block_index(at)] for at in (span.start, span.end - 1))
        (first, begins), (last, ends) = blocks
        return span.start - begins + first, span.end - ends + last

    def positions(self, spans: Iterable[tuple[int, int]]) -> tuple[int, ...]:
        """The words of which ``spans`` (code points of the text) hold something."""
        chosen: set[int] = set()
        for start, end in spans:
            low, high = placed(start, self._starts), placed(end - 1, self._starts) + 1
            at = bisect.bisect_right(self._ends, low)
            while at < len(self._begins) and self._begins[at] < high:
                chosen.add(at)
                at += 1
        return tuple(sorted(chosen))


def article_of(text: str) -> tuple[Article, list[tuple[int, int]]]:
    """The article of a corpus text, and for each block where it begins in the text and in ``Article.text``."""
    blocks: list[Block] = []
    starts: list[int] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            headline = not blocks and len(line) < LONGEST_HEADLINE
            blocks.append(Block(str(at), "headline" if headline else "paragraph", line))
            starts.append(at)
        at += len(line) + 1
    article = Article(tuple(blocks))
    return article, list(zip(starts, [span.start for span in article.block_spans], strict=True))


def placed(offset: int, starts: list[tuple[int, int]]) -> int:
    """Where an offset of the text stands in ``Article.text``; ``starts`` are ``article_of``'s."""
    at = max(0, bisect.bisect_right(starts, (offset, 1 << 60)) - 1)
    return offset - starts[at][0] + starts[at][1]


def placed_span(start: int, end: int, starts: list[tuple[int, int]]) -> Span:
    """The same for a half open range."""
    return Span(placed(start, starts), placed(end - 1, starts) + 1)


def example(record: dict[str, Any], nlp: Language, pieces: Pieces) -> Example:
    """One record of the corpus, parsed."""
    text = Placed(record["text"], nlp, pieces)
    return Example(name=record["id"], words=text.words, relations=relations(text, record["attributions"]))


def relations(text: Placed, attributions: Iterable[dict[str, Any]]) -> tuple[Relation, ...]:
    """A corpus's attributions in word positions; those without cue or content are left out."""
    found = (
        Relation(*(text.positions((start, end) for start, end in entry[part]) for part in ("cue", "source", "content")))
        for entry in attributions
    )
    return tuple(relation for relation in found if relation.cue and relation.content)


def records(path: Path, *, leave_out: Collection[str] = ()) -> Iterator[dict[str, Any]]:
    """The lines of a corpus file, but for the ids in ``leave_out``."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["id"] not in leave_out:
                yield record


_SINGLE = str.maketrans("“”", "‘’")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def in_other_marks(record: dict[str, Any], style: str) -> dict[str, Any]:
    """The record in single curly marks (``single``) or straight ones (``straight``); offsets and name stay."""
    table = _SINGLE if style == "single" else _STRAIGHT
    return {**record, "text": record["text"].translate(table)}
