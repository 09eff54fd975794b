"""Passages on what is contested: invented sentences, each for a construction that went wrong in real news.

``passages/contested.jsonl`` has one a line: ``text`` (its paragraphs) and every claim that is expected, with its words
(``content``, or a ``part`` that they must hold), ``status`` (one, or the ones that will do), what stands under ``also``
and the ``cues`` among its evidence. A ``known`` passage is still wrong, and says why: once it is right, its test fails,
and the word goes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.analysis.analyzer import Analyzer
from onrecord.article import Article, Block
from tests.analysis.conftest import Found

pytestmark = pytest.mark.model

PASSAGES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "passages" / "contested.jsonl").read_text(encoding="utf-8").splitlines()
]


def wrong(found: Found, expected: list[dict[str, Any]]) -> list[str]:
    """What is missing, wrongly marked or marked besides."""
    left = list(zip(found.contested, found.analysis.claims, strict=True))
    faults = []
    for wanted in expected:
        hit = next((one for one in left if _says(wanted, one[0][1])), None)
        if hit is None:
            faults.append(f"missing: {wanted}")
            continue
        left.remove(hit)
        (status, _, cues), claim = hit
        statuses = wanted["status"] if isinstance(wanted["status"], list) else [wanted["status"]]
        if status not in statuses or not set(wanted.get("also", ())) <= set(claim.also):
            faults.append(f"{status}, also {claim.also}, instead of {wanted}")
        faults += [f"no cue {cue!r} among {cues}" for cue in wanted.get("cues", ()) if not any(cue in c for c in cues)]
    return faults + [f"besides: {one}" for one, _ in left]


def _says(wanted: dict[str, Any], words: str) -> bool:
    return bool(wanted["part"] in words if "part" in wanted else wanted["content"] == words)


@pytest.mark.parametrize("passage", PASSAGES, ids=[passage["id"] for passage in PASSAGES])
def test_a_passage_is_right_or_known_to_be_wrong(analyzer: Analyzer, passage: dict[str, Any]) -> None:
    article = Article(tuple(Block(f"b{at}", "paragraph", text) for at, text in enumerate(passage["text"])))
    faults = wrong(Found(article, analyzer.analyze(article)), passage["claims"])
    if "known" in passage:
        assert faults, "this is right now: take out its `known`"
    else:
        assert faults == []
