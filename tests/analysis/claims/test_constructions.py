"""Short texts: words and constructions that contest, each beside what only looks like it.

The model reads them; no rule stands for any of them. So what is held here is how many are right, not which: a new
training may lose one and win another. ``python -m tests.passages claims`` prints what is wrong.
"""

from __future__ import annotations

import pytest

from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.result import CLAIM_STATUSES
from tests.passages.claims import Short, constructions, found, pairs

pytestmark = pytest.mark.model

# Right ones of the weights that ship, less what another processor's rounding or a hair of training may turn.
CUES, TWINS, CONSTRUCTIONS, INNOCENT = 0.75, 0.9, 0.45, 0.85


def _share(analyzer: Analyzer, shorts: list[Short]) -> tuple[float, list[str]]:
    wrong = [f"{short.text} {own}" for short in shorts if (own := found(analyzer, short)) != list(short.claims)]
    return 1 - len(wrong) / len(shorts), wrong


@pytest.mark.parametrize(
    ("which", "contested", "least"),
    [
        ("pairs", True, CUES), ("pairs", False, TWINS),
        ("constructions", True, CONSTRUCTIONS), ("constructions", False, INNOCENT),
    ],
)  # fmt: skip
def test_most_are_read_right(analyzer: Analyzer, which: str, contested: bool, least: float) -> None:
    shorts = [one for one in (pairs() if which == "pairs" else constructions()) if bool(one.claims) == contested]
    share, wrong = _share(analyzer, shorts)
    assert share >= least, wrong


def test_there_are_two_hundred_pairs_and_every_status_is_among_them() -> None:
    cues = [short for short in pairs() if short.claims]
    assert len(cues) >= 200
    assert {short.claims[0].split(":")[0] for short in cues} == set(CLAIM_STATUSES)
    assert len({short.text for short in cues}) == len(cues)
