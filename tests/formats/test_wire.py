"""The JSON of the wire: the shape that docs/wire.md promises, and offsets in the unit that was asked for."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from onrecord.analysis.result import Analysis, Quote
from onrecord.article import Offsets
from onrecord.formats import schemas
from onrecord.formats.wire import encode, encode_blocks
from server.bootstrap import ROOT
from tests.formats.example import ANALYSIS, ARTICLE, CHECKED, OVER_TWO_BLOCKS, find

TEXTS = {block.id: block.text for block in ARTICLE.blocks}
SPAN = '{"block": "b1", "start": 12, "end": 40, "text": "exactly what stands there"}'


def documented() -> dict[str, Any]:
    """The example of docs/wire.md, with a span wherever it says SPAN."""
    page = (ROOT / "docs" / "wire.md").read_text(encoding="utf-8")
    example = re.search(r"## The answer\s+```text\n(.*?)```", page, re.DOTALL)
    anonymity = re.search(r"`anonymity` is `(\{.*?\})`", page)
    assert example is not None
    assert anonymity is not None
    assert f"`SPAN` is `{SPAN}`" in page
    telling = re.search(r"`TELLING` is `(\{.*?\})`", page)
    assert telling is not None
    found: dict[str, Any] = json.loads(re.sub(r"\bSPAN\b", SPAN, example[1].replace("TELLING", telling[1])))
    found["sources"][0]["anonymity"] = json.loads(re.sub(r"\bSPAN( or null)?", SPAN, anonymity[1]))
    return found


def shape(value: Any) -> Any:
    """The keys of ``value`` all the way down; of a list, the shape of its fullest entry."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [max((shape(inner) for inner in value), key=lambda entry: len(str(entry)))] if value else []
    return None


def spans(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value] if "block" in value else [span for inner in value.values() for span in spans(inner)]
    return [span for inner in value for span in spans(inner)] if isinstance(value, list) else []


def test_the_answer_has_exactly_the_fields_of_the_page_on_the_wire() -> None:
    promised, given = shape(documented()), shape(encode(ARTICLE, CHECKED))
    assert promised["attitudes"] == []
    for found in (promised, given):
        del found["attitudes"]  # the page shows it empty
        for name in (
            "by_type", "by_identification", "words_quoted_by_type", "words_quoted_by_identification", "share_of_voice",
        ):  # fmt: skip
            del found["summary"][name]  # keyed by what there is
    assert given == promised


def test_the_answer_is_of_the_type_that_openapi_describes_and_the_type_has_no_more() -> None:
    answer = encode(ARTICLE, ANALYSIS)
    assert msgspec.to_builtins(msgspec.convert(answer, schemas.AnalysisOut)) == answer


def test_the_shape_of_an_answer_changes_with_its_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    class Other(schemas.AnalysisOut):
        more: str

    known = schemas.answer_shape()
    schemas.answer_shape.cache_clear()
    assert schemas.answer_shape() == known
    schemas.answer_shape.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(schemas, "AnalysisOut", Other)
        assert schemas.answer_shape() != known
    schemas.answer_shape.cache_clear()


def test_an_attitude_has_the_shape_of_a_quote() -> None:
    answer = encode(ARTICLE, ANALYSIS)
    assert answer["attitudes"][0].keys() == answer["quotes"][0].keys()


def test_code_points_are_the_default() -> None:
    assert encode(ARTICLE, ANALYSIS)["offsets"] == "code-point"
    assert encode(ARTICLE, ANALYSIS) == encode(ARTICLE, ANALYSIS, offsets=Offsets.CODE_POINT)


@pytest.mark.parametrize(("unit", "start"), [(Offsets.CODE_POINT, 2), (Offsets.UTF_16, 3)])
def test_an_emoji_before_a_span_counts_once_or_twice(unit: Offsets, start: int) -> None:
    answer = encode(ARTICLE, ANALYSIS, offsets=unit)
    said = "“The ferry stays,”"
    assert answer["offsets"] == unit.value
    assert answer["quotes"][0]["content"] == [{"block": "b1", "start": start, "end": start + len(said), "text": said}]


@pytest.mark.parametrize("unit", Offsets)
def test_every_span_is_what_stands_there(unit: Offsets) -> None:
    found = spans(encode(ARTICLE, ANALYSIS, offsets=unit))
    assert len(found) > 15
    width, coding = (2, "utf-16-le") if unit is Offsets.UTF_16 else (4, "utf-32-le")
    for span in found:
        units = TEXTS[span["block"]].encode(coding)
        assert units[width * span["start"] : width * span["end"]].decode(coding) == span["text"]


def test_a_span_over_two_blocks_is_cut_into_one_for_each() -> None:
    content = encode(ARTICLE, ANALYSIS)["quotes"][2]["content"]
    assert [(span["block"], span["text"]) for span in content] == [
        ("b2", "“We saw it leave."),
        ("b3", "“It was full.”"),
    ]


def test_a_mention_over_two_blocks_is_the_part_that_holds_the_most_text() -> None:
    analysis = Analysis(quotes=(Quote(id="q1", kind="direct", content=(find("it."),), mention=OVER_TWO_BLOCKS),))
    assert encode(ARTICLE, analysis)["quotes"][0]["mention"]["text"] == "“We saw it leave."


def test_what_the_analysis_does_not_know_is_null_and_not_left_out() -> None:
    answer = encode(ARTICLE, ANALYSIS)
    guard, lost, claim = answer["sources"][1], answer["quotes"][2], answer["claims"][1]
    assert (guard["name"], guard["organisation"], answer["sources"][0]["anonymity"]) == (None, None, None)
    assert (lost["source"], lost["mention"], lost["cue"], lost["channel"]) == (None, None, [], "not_stated")
    assert (claim["by"], claim["quote"], claim["also"]) == (None, None, [])


def test_a_grant_of_anonymity_without_a_reason_has_a_null_reason() -> None:
    guard = ANALYSIS.sources[1]
    assert guard.anonymity is not None
    silent = replace(guard, anonymity=replace(guard.anonymity, reason=None, reason_kind="none_stated"))
    found = encode(ARTICLE, Analysis(sources=(silent,)))["sources"][0]["anonymity"]
    assert (found["reason"], found["reason_kind"]) == (None, "none_stated")


def test_confidence_is_rounded_so_that_it_does_not_look_exact() -> None:
    assert [quote["confidence"] for quote in encode(ARTICLE, ANALYSIS)["quotes"]] == [0.99, 1.0, 0.5]


def test_the_summary_counts_words_by_type_and_what_has_no_speaker() -> None:
    assert encode(ARTICLE, ANALYSIS)["summary"] == {
        "sources": 2,
        "quotes": 3,
        "claims": 2,
        "by_type": {"official": 1, "affected": 1},
        "by_identification": {"named_person": 1, "anonymous": 1},
        "words_quoted_by_type": {"official": 3, "affected": 1, "null": 7},
        "words_quoted_by_identification": {"named_person": 3, "anonymous": 1, "null": 7},
        "share_of_voice": {"official": 0.273, "affected": 0.091, "null": 0.636},
        "quoted_sources": 2,
        "single_source": False,
        "speaker_not_found": 1,
    }


def test_an_empty_analysis_has_every_field() -> None:
    answer = encode(ARTICLE, Analysis())
    assert answer.keys() == encode(ARTICLE, ANALYSIS).keys()
    assert answer["sources"] == answer["quotes"] == answer["claims"] == answer["attitudes"] == []


def test_the_blocks_come_back_as_they_were_cut() -> None:
    assert encode_blocks(ARTICLE)[0] == {"id": "b0", "role": "headline", "text": "Ferry stays in port"}
    assert [block["id"] for block in encode_blocks(ARTICLE)] == ["b0", "b1", "b2", "b3"]
