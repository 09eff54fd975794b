"""Passages with what is right for them: a line each, ours alone, each standing for a kind of construction.

``attribution.jsonl`` has those on who says what, ``variations.jsonl`` the same kinds in other words and their
counter-examples. (``contested.jsonl``, on claims, has a form of its own: ``tests/test_passages_contested.py``;
``pairs.txt`` and ``constructions.jsonl`` are short ones on claims alone: ``claims``; ``kinds.jsonl`` on what kind of
source somebody is: ``kinds``.)
A line has

- ``id``: the section's letter and a number; ``text``: paragraphs parted by an empty line;
- ``quotes``: all that is said, in reading order. ``content`` is the whole of a quote's words, its spans joined by
  *…*; ``source`` the name, or words of the label where there is no name, or null; ``kind``, ``type`` and
  ``identification`` where the passage is about them. ``others``: there may be more quotes than these;
- ``claims``: those that have to be there, as [status, content];
- ``known``: what is still wrong with it. A passage that has become right loses the field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.result import Analysis, Quote
from onrecord.article import Article, Block, Span

FOLDER = Path(__file__).parent

Passage = dict[str, Any]


def passages(name: str) -> list[Passage]:
    """The passages of ``name``.jsonl; none where there is no such file."""
    path = FOLDER / f"{name}.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def article_of(passage: Passage) -> Article:
    """The passage as an article of paragraphs."""
    texts = passage["text"].split("\n\n")
    return Article(tuple(Block(f"b{number}", "paragraph", text) for number, text in enumerate(texts)))


def faults(passage: Passage, analyzer: Analyzer) -> list[str]:
    """What the analysis of a passage has wrong, a line each; empty where all is right."""
    article = article_of(passage)
    found = analyzer.analyze(article)
    return [*_of_quotes(passage, article, found), *_of_claims(passage, article, found)]


def _of_quotes(passage: Passage, article: Article, found: Analysis) -> Iterator[str]:
    if "quotes" not in passage:
        return
    left = list(found.quotes)
    for right in passage["quotes"]:
        wrong = [(list(_differences(right, one, article, found)), one) for one in left]
        if not wrong:
            yield f"not found: {right['content']!r}"
            continue
        least, nearest = min(wrong, key=lambda pair: (len(pair[0]), pair[1].content))
        if any(difference.startswith("content") for difference in least):
            yield f"not found: {right['content']!r}"
            continue
        left.remove(nearest)
        yield from least
    if not passage.get("others"):
        yield from (f"also found: {words_of(article, one.content)!r}" for one in left)


def _differences(right: dict[str, Any], quote: Quote, article: Article, found: Analysis) -> Iterator[str]:
    """What of a quote differs from what is right; the content comes first and counts as all four."""
    words, source = words_of(article, quote.content), found.source(quote.source)
    if _bare(words) != _bare(right["content"]):
        yield from [f"content {words!r}"] * 4
    for name, own in (
        ("kind", quote.kind),
        ("type", source.type if source else None),
        ("identification", source.identification if source else None),
    ):
        if right.get(name, own) != own:
            yield f"{right['content']!r}: {name} {own}"
    if "source" in right:
        label = None if source is None else (source.name or source.label).removeprefix("The ")
        named = source is not None and source.name is not None
        want = right["source"]
        if not (want == label or (want is not None and label is not None and not named and want in label)):
            yield f"{right['content']!r}: said by {label!r}"


def _of_claims(passage: Passage, article: Article, found: Analysis) -> Iterator[str]:
    made = [(claim.status, _bare(words_of(article, claim.content))) for claim in found.claims]
    for status, content in passage.get("claims", []):
        if (status, _bare(content)) not in made:
            yield f"no claim {status}: {content!r}; there are {made}"


def words_of(article: Article, spans: tuple[Span, ...]) -> str:
    """The words of a content, its spans joined by *…*."""
    return " … ".join(article[span] for span in spans)


def _bare(words: str) -> str:
    """Words by which two contents are held against each other: without what stands at their ends."""
    return re.sub(r"^[\s,;:.]+|[\s,;:.]+$", "", " ".join(words.split()))
