"""Short texts on what kind of source somebody is, all ours: ``kinds.jsonl``.

A line has ``text``, the ``type`` of who speaks first in it, and for most the ``identification``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.result import Source
from tests.passages import FOLDER, article_of


@dataclass(frozen=True, slots=True)
class Told:
    """A text, and what it tells of its first speaker."""

    text: str
    type: str
    identification: str | None = None


def told() -> list[Told]:
    """The texts."""
    lines = (FOLDER / "kinds.jsonl").read_text(encoding="utf-8").splitlines()
    return [Told(**entry) for entry in map(json.loads, lines)]


def first(analyzer: Analyzer, one: Told) -> Source | None:
    """The source of the first quote of a text."""
    analysis = analyzer.analyze(article_of({"text": one.text}))
    return analysis.source(analysis.quotes[0].source) if analysis.quotes else None
