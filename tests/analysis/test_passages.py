"""Passages that each stand for a kind of construction: the right ones stay right, and no mended one is kept as wrong.

What a passage has to say, and how to print them all: ``tests/passages``.
"""

from __future__ import annotations

import pytest

from onrecord.analysis.analyzer import Analyzer
from tests.passages import Passage, faults, passages

ALL = [*passages("attribution"), *passages("variations")]


def test_no_two_passages_have_the_same_id() -> None:
    names = [passage["id"] for passage in ALL]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.model
@pytest.mark.parametrize("passage", [pytest.param(one, id=one["id"]) for one in ALL])
def test_a_passage_is_read_right_unless_it_is_known_to_be_read_wrong(passage: Passage, analyzer: Analyzer) -> None:
    wrong = faults(passage, analyzer)
    if "known" in passage:
        assert wrong, f"{passage['id']} is right now: take `known` away from it"
    else:
        assert wrong == []
