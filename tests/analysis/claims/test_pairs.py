"""Minimal pairs: each cue marks exactly what it contests, and its innocent twin marks nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.analysis.result import CLAIM_STATUSES
from tests.analysis.conftest import Reader

pytestmark = pytest.mark.model

PAIRS = [
    tuple(part.strip() for part in line.split(" | "))
    for line in (Path(__file__).parent / "pairs.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("status", "cue", "twin"), PAIRS, ids=[cue for _, cue, _ in PAIRS])
def test_a_cue_marks_what_it_contests_and_its_twin_marks_nothing(
    read: Reader, status: str, cue: str, twin: str
) -> None:
    before, rest = cue.split("[")
    content, after = rest.split("]")
    found = [(kind, words) for kind, words, _ in read(before + content + after).contested]
    assert found == [(status, content)]
    assert read(twin).contested == []


def test_there_are_two_hundred_pairs_of_every_status() -> None:
    assert len(PAIRS) >= 200
    assert {status for status, _, _ in PAIRS} == set(CLAIM_STATUSES)
    assert len({cue for _, cue, _ in PAIRS}) == len(PAIRS)
