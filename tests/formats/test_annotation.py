"""Web Annotations: the shape of the W3C model, and selectors that find the words again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from onrecord.analysis.result import Analysis
from onrecord.article import Offsets
from onrecord.formats.annotation import CONTEXT, to_jsonld
from tests.formats.example import ANALYSIS, ARTICLE

# https://www.w3.org/TR/annotation-vocab/#motivation
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
    "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip


def items(**options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = to_jsonld(ARTICLE, ANALYSIS, **options)["first"]["items"]
    return found


def selectors(target: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {selector["type"]: selector for selector in target["selector"]}


def test_it_is_a_collection_of_one_page_with_every_quote_and_claim() -> None:
    found = to_jsonld(ARTICLE, ANALYSIS)
    assert found["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (found["type"], found["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert found["label"] == ARTICLE.title
    assert found["total"] == len(found["first"]["items"]) == 5
    assert [item["id"] for item in items()] == [f"{found['id']}:{one}" for one in ("q1", "q2", "q3", "c1", "c2")]


def test_every_annotation_has_what_the_model_requires() -> None:
    for item in items():
        assert item["type"] == "Annotation"
        assert item["motivation"] in MOTIVATIONS
        assert item["target"]
        for body in item["body"]:
            assert body["type"] == "TextualBody"
            assert body["purpose"] in MOTIVATIONS
            assert body["value"]


def test_a_quote_is_classified_by_its_source_and_a_claim_by_its_status() -> None:
    classified = {item["id"].rsplit(":", 1)[1]: item["body"][0]["value"] for item in items()}
    assert classified == {
        "q1": "official",
        "q2": "affected",
        "q3": "speaker_not_found",
        "c1": "denied",
        "c2": "unsubstantiated",
    }
    assert "Ida Lund, the harbour master" in items()[0]["body"][1]["value"]


def test_a_quotation_is_selected_with_the_words_around_it_in_its_block() -> None:
    (target,) = items()[0]["target"]
    assert target["source"] == ARTICLE.url
    text = ARTICLE.blocks[1].text
    quote = selectors(target)["TextQuoteSelector"]
    assert quote["exact"] == "“The ferry stays,”"
    assert quote["prefix"] == "🚢 "
    assert quote["suffix"] == text.split("”", 1)[1][:CONTEXT]
    assert len(quote["suffix"]) == CONTEXT
    assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


@pytest.mark.parametrize(("unit", "start"), [(Offsets.CODE_POINT, 2), (Offsets.UTF_16, 3)])
def test_the_position_counts_within_the_block_in_the_unit_asked_for(unit: Offsets, start: int) -> None:
    block = selectors(items(offsets=unit)[0]["target"][0])["FragmentSelector"]
    assert block["value"] == "b1"
    assert block["refinedBy"] == {"type": "TextPositionSelector", "start": start, "end": start + 18}


def test_every_selector_of_a_target_selects_the_same_text() -> None:
    texts = {block.id: block.text for block in ARTICLE.blocks}
    for item in items():
        for target in item["target"]:
            found = selectors(target)
            assert found.keys() == {"FragmentSelector", "TextQuoteSelector", "TextPositionSelector"}
            whole = found["TextPositionSelector"]
            assert ARTICLE.text[whole["start"] : whole["end"]] == found["TextQuoteSelector"]["exact"]
            position = found["FragmentSelector"]["refinedBy"]
            text = texts[found["FragmentSelector"]["value"]]
            assert text[position["start"] : position["end"]] == found["TextQuoteSelector"]["exact"]


def test_a_quotation_over_two_blocks_has_two_targets() -> None:
    targets = items()[2]["target"]
    assert [selectors(target)["FragmentSelector"]["value"] for target in targets] == ["b2", "b3"]
    assert selectors(targets[0])["TextQuoteSelector"]["suffix"] == ""


def test_an_article_without_address_and_title_still_has_a_source_and_a_label() -> None:
    found = to_jsonld(replace(ARTICLE, url=None, title=None), ANALYSIS)
    assert found["label"]
    assert {target["source"] for item in found["first"]["items"] for target in item["target"]} == {
        "urn:onrecord:article"
    }


def test_an_empty_analysis_is_an_empty_collection() -> None:
    found = to_jsonld(ARTICLE, Analysis())
    assert (found["total"], found["first"]["items"]) == (0, [])
