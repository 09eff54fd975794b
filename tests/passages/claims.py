"""Short texts on what is contested, all ours: ``pairs.txt`` and ``constructions.jsonl``.

A pair is a line: status, a sentence whose cue contests what stands in [brackets], and a twin that looks like it and
contests nothing. A construction has ``text`` (paragraphs) and ``claims`` (*status: content*, in reading order).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.analysis.analyzer import Analyzer
from tests.passages import FOLDER, article_of, words_of


@dataclass(frozen=True, slots=True)
class Short:
    """A text of a sentence or two with everything that is contested in it."""

    text: tuple[str, ...]
    claims: tuple[str, ...]


def pairs() -> list[Short]:
    """The cues and their twins."""
    return list(_pairs())


def _pairs() -> Iterator[Short]:
    for line in (FOLDER / "pairs.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            status, cue, twin = (part.strip() for part in line.split(" | "))
            before, rest = cue.split("[")
            content, after = rest.split("]")
            yield Short((before + content + after,), (f"{status}: {content}",))
            yield Short((twin,), ())


def constructions() -> list[Short]:
    """The constructions and what only looks like them."""
    entries = map(json.loads, (FOLDER / "constructions.jsonl").read_text(encoding="utf-8").splitlines())
    return [Short(tuple(entry["text"]), tuple(entry["claims"])) for entry in entries]


def found(analyzer: Analyzer, short: Short) -> list[str]:
    """What the analysis of a text has contested, in the form of ``Short.claims``."""
    article = article_of({"text": "\n\n".join(short.text)})
    return [f"{one.status}: {words_of(article, one.content)}" for one in analyzer.analyze(article).claims]
