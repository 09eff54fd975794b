"""Labels for acts and contested claims alone, and the articles that were written for training: what the files hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.training import acts, annotated, articles

TEXT = "“The ferry stays,” said Ida Lund. She denied it was late.\nNobody read on."
WRITTEN = [record for path in (annotated.WRITTEN, annotated.WRITTEN_CHECK) for record in annotated.lines(path)]


def _spans(entry: dict[str, Any]) -> list[dict[str, int]]:
    mention = [entry["mention"]] if entry.get("mention") else []
    return [span for name in ("contents", "content", "cue", "evidence") for span in entry.get(name, ())] + mention


@pytest.mark.parametrize("path", [acts.ACTS, acts.AGAIN])
def test_every_span_lies_in_what_was_read(path: Path) -> None:
    found = acts.read(path)
    assert found
    for entry in found:
        spans = [span for quote in entry.quotes for span in (*quote.contents, *quote.cue)]
        spans += [span for claim in entry.claims for span in (*claim.content, *claim.evidence)]
        spans += [span for act in entry.acts for span in (*act.cue, *act.content)]
        assert 0 < entry.read <= entry.length
        assert all(0 <= span.start < span.end <= entry.read for span in spans), entry.doc


def test_nothing_is_annotated_that_measures() -> None:
    measured = {labels.sha256 for labels in articles.read(part="test")}
    assert measured.isdisjoint(entry.sha256 for entry in acts.read())


def test_what_was_annotated_again_was_annotated_before() -> None:
    assert {entry.sha256 for entry in acts.read(acts.AGAIN)} <= {entry.sha256 for entry in acts.read()}


def test_a_text_is_cut_where_the_annotator_stopped(tmp_path: Path) -> None:
    span = {"start": 0, "end": 18}
    labels = {
        "doc": "raw/made_up", "sha256": articles.checksum(TEXT), "length": len(TEXT), "read": TEXT.index("\n"),
        "part": "check", "quotes": [{"kind": "direct", "source": 0, "contents": [span]}], "claims": [], "acts": [],
    }  # fmt: skip
    (tmp_path / "acts.jsonl").write_text(json.dumps(labels), encoding="utf-8")
    (tmp_path / "texts.jsonl").write_text(json.dumps({"text": TEXT}), encoding="utf-8")
    (record,) = acts.records("check", [tmp_path / "texts.jsonl"], labels=tmp_path / "acts.jsonl")
    assert record["text"] == TEXT[: TEXT.index("\n")]
    assert list(record["quotes"][0]["contents"]) == [span]
    assert not list(acts.records("train", [tmp_path / "texts.jsonl"], labels=tmp_path / "acts.jsonl"))


def test_a_line_of_another_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "acts.jsonl").write_text('{"doc": "raw/made_up"}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"acts\.jsonl, line 1"):
        acts.read(tmp_path / "acts.jsonl")


def test_every_written_article_has_its_own_text_and_spans_that_are_words_of_it() -> None:
    assert len({record["text"] for record in WRITTEN}) == len(WRITTEN)
    for record in WRITTEN:
        for entry in (*record["quotes"], *record["claims"]):
            for span in _spans(entry):
                words = record["text"][span["start"] : span["end"]]
                assert words.strip() == words, (record["id"], words)
                assert words, record["id"]


def test_a_written_article_keeps_to_one_style_of_marks() -> None:
    assert not [record["id"] for record in WRITTEN if "“" in record["text"] and '"' in record["text"]]
