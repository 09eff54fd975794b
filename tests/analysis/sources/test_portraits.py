"""The learned votes: what a portrait holds, how rule and words are weighed, and that the file is checked."""

from __future__ import annotations

import io

import numpy as np
import pytest

from onrecord.analysis.model import weights
from onrecord.analysis.result import IDENTIFICATIONS, SOURCE_TYPES, Identification
from onrecord.analysis.sources import portraits
from onrecord.analysis.sources.portraits import SLOTS, Kinds, Portrait
from onrecord.errors import ModelUnavailable

FACTS = 17
NURSE, NOBODY = 1, 2  # word pieces of the tokenizer below


class _Pieces:
    """A tokenizer of two words."""

    def encode(self, word: str, *, add_special_tokens: bool) -> _Pieces:
        assert not add_special_tokens
        self.ids = {"nurse": [NURSE], "nobody": [NOBODY]}.get(word, [])
        return self


def votes() -> Kinds:
    """*nurse* votes for ``affected`` and ``described`` in every slot; a rule's identification keeps its weight."""
    tables = np.zeros((len(SLOTS), 3, len(SOURCE_TYPES) + len(IDENTIFICATIONS)), np.int8)
    tables[:, NURSE, SOURCE_TYPES.index("affected")] = 100
    tables[:, NURSE, len(SOURCE_TYPES) + IDENTIFICATIONS.index("described")] = 100
    held = io.BytesIO()
    np.savez(
        held, allow_pickle=False, tables=tables, scales=np.full((len(SLOTS), tables.shape[2]), 0.003, np.float32),
        facts=np.zeros((FACTS, tables.shape[2]), np.float32), bias=np.zeros(tables.shape[2], np.float32),
    )  # fmt: skip
    return Kinds(held.getvalue(), _Pieces())  # type: ignore[arg-type]


def seen(*words: str, rule: str = "described", barred: frozenset[Identification] = frozenset()) -> Portrait:
    facts = tuple(float(one == rule) for one in IDENTIFICATIONS) + (0.0,) * (FACTS - len(IDENTIFICATIONS))
    return Portrait((words[:1], words, words, (), ()), facts, barred)


def test_words_decide_where_the_rules_know_nothing() -> None:
    assert votes().type(seen("nurse"), "business", 90) == "affected"


def test_a_rule_that_reads_firm_words_outweighs_them() -> None:
    assert votes().type(seen("nurse"), "former_official", 20) == "former_official"


def test_words_without_a_vote_leave_the_rule_its_answer() -> None:
    kinds = votes()
    assert kinds.type(seen("nobody"), "media", 90) == "media"
    assert kinds.identification(seen("nobody", rule="collective"), "media") == "collective"


def test_only_a_document_is_identified_as_one_and_only_a_grant_makes_anonymous() -> None:
    kinds = votes()
    assert kinds.identification(seen("nurse", rule="named_person"), "document") == "document"
    assert kinds.identification(seen("nobody", rule="document"), "official") not in {"document", "anonymous"}


def test_who_has_no_name_is_no_named_person() -> None:
    kinds = votes()
    assert kinds.identification(seen("nobody", rule="named_person"), "official") == "named_person"
    assert (
        kinds.identification(seen("nobody", rule="named_person", barred=frozenset({"named_person"})), "official")
        != "named_person"
    )


def test_a_file_that_is_not_the_published_one_is_refused(tmp_path, monkeypatch) -> None:
    (tmp_path / portraits.FILE).write_bytes(b"other")
    (tmp_path / weights.HASHES).write_text('{"kinds.npz": "0"}', encoding="utf-8")
    monkeypatch.setattr(weights, "FOLDER", tmp_path)
    portraits.load.cache_clear()
    try:
        with pytest.raises(ModelUnavailable, match=r"kinds\.npz is not the one that was published"):
            portraits.load()
    finally:
        portraits.load.cache_clear()
