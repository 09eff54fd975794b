"""A corpus of attributions as training examples.

One JSON object a line: ``{"id", "text", "attributions": [{"source": [[s, e]], "cue": [[s, e]], "content": [[s, e]]}]}``
with code point offsets into ``text``. Blocks are the non-empty lines of the text.
"""

from __future__ import annotations

import bisect
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from tokenizers import Tokenizer

from onrecord.analysis.language import parse
from onrecord.analysis.marks import quotations
from onrecord.analysis.model.features import Words, words
from onrecord.article import Article, Block

LONGEST_HEADLINE = 160  # characters; a longer first line is a paragraph


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution in word positions."""

    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """An article with what is right for it."""

    name: str
    words: Words
    relations: tuple[Relation, ...]


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


def example(record: dict[str, Any], nlp: Language, pieces: Tokenizer) -> Example:
    """One record of the corpus, parsed."""
    article, starts = article_of(record["text"])
    found = words(article, parse(article, nlp), quotations(article), pieces)
    begins, ends = found.start.tolist(), found.end.tolist()

    def positions(spans: list[list[int]]) -> tuple[int, ...]:
        chosen: set[int] = set()
        for start, end in spans:
            low, high = placed(start, starts), placed(end - 1, starts) + 1
            at = bisect.bisect_right(ends, low)
            while at < len(begins) and begins[at] < high:
                chosen.add(at)
                at += 1
        return tuple(sorted(chosen))

    relations = (
        Relation(positions(entry["cue"]), positions(entry["source"]), positions(entry["content"]))
        for entry in record["attributions"]
    )
    return Example(record["id"], found, tuple(r for r in relations if r.cue and r.content))


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
    """The record in single curly marks (``single``) or straight ones (``straight``); offsets stay."""
    table = _SINGLE if style == "single" else _STRAIGHT
    return {**record, "id": f"{record['id']}#{style}", "text": record["text"].translate(table)}
