"""The figures on small articles, each worked out by hand."""

from __future__ import annotations

import math
from collections import Counter

import pytest

from bench.corpus import Attribution, Document
from bench.scores import FIGURES, figures, judged, matching, score
from tests.bench.texts import BOATS, CALM, FEE, HARBOUR, JOKE, attribution, document, span

GOLD = document(FEE, CALM, BOATS, JOKE)


def scored(*answers: Attribution, gold: Document = GOLD) -> dict[str, float]:
    return score([gold], [document(*answers)])


def test_what_is_annotated_is_right() -> None:
    found = scored(FEE, CALM, BOATS, JOKE)
    assert tuple(found) == FIGURES
    assert found.pop("scare.far") == 0  # the *free harbour*
    assert set(found.values()) == {1.0}


def test_nothing_found() -> None:
    for found in (score([GOLD], []), scored()):
        assert math.isnan(found.pop("attr.full.src"))
        assert math.isnan(found.pop("attr.full.name"))
        assert set(found.values()) == {0.0}


def test_nothing_annotated() -> None:
    empty = Document(id="none", text="Rain is near.", attributions=[])
    found = score([empty], [])
    assert math.isnan(found["scare.far"])
    assert found["content.iou50"] == 0


def test_counts_are_summed_over_documents() -> None:
    second = Document(id="second", text=HARBOUR, attributions=GOLD.attributions)
    found = score([GOLD, second], [document(FEE, CALM, BOATS, JOKE)])
    assert found["content.iou50"] == pytest.approx(2 * 4 / (4 + 8))


def test_a_wrong_source_costs_the_figures_with_a_source() -> None:
    wrong = attribution(["“The fee will rise in May,”", "“Nobody likes it.”"], "said", "Tom Okoro")
    found = scored(wrong, CALM, BOATS, JOKE)
    assert found["direct.full.iou80"] == 1
    assert found["direct.full+src"] == found["direct.full+name"] == found["attr.full.src"] == 0
    assert found["content.iou50"] == 1
    assert found["relation.50"] == pytest.approx(3 / 4)
    assert found["speech.relation.50"] == pytest.approx(2 / 3)


def test_the_same_surname_is_right_by_name() -> None:
    elsewhere = attribution(["“The fee will rise in May,”", "“Nobody likes it.”"], "said", "Ruiz| hopes")
    named = attribution(["“The fee will rise in May,”", "“Nobody likes it.”"], "said", speaker="Ana Ruiz")
    for answer in (elsewhere, named):
        found = scored(answer, CALM, BOATS, JOKE)
        assert found["direct.full+src"] == 0
        assert found["direct.full+name"] == found["attr.full.name"] == 1


def test_a_source_of_many_words_is_wrong_though_it_holds_the_head() -> None:
    endless = Attribution(content=BOATS.content, cue=BOATS.cue, source=[(span("“The fee")[0], span("Tom Okoro")[1])])
    assert judged(GOLD, document(BOATS)) == [(BOATS, True)]
    assert judged(GOLD, document(endless)) == [(endless, False)]


def test_quoted_words_that_nobody_says() -> None:
    scare = attribution(["“free harbour”"])
    found = scored(FEE, CALM, BOATS, JOKE, scare)
    assert found["scare.far"] == 1
    assert found["direct.full.iou80"] == pytest.approx(2 * 2 / (3 + 2))
    assert found["speech.iou50"] == pytest.approx(2 * 3 / (4 + 3))


def test_the_quoted_words_of_a_mixed_quote_are_neither_right_nor_wrong() -> None:
    fragment = attribution(["“a bad joke”"], "called", "he| called")
    found = scored(FEE, CALM, BOATS, fragment)
    assert found["direct.full.iou80"] == 1
    assert found["content.iou50"] == 1  # three words of five


def test_pieces_of_a_quote_are_one_content_and_two_quoted_parts() -> None:
    half = attribution(["“Nobody likes it.”"], "said", "Ana Ruiz")
    found = scored(half, CALM, BOATS, JOKE)
    assert found["direct.full.iou80"] == pytest.approx(2 * 1 / (1 + 2))
    assert found["content.iou50"] == pytest.approx(3 / 4)  # three words of nine


def test_speech_passes_over_what_is_thought() -> None:
    assert scored(FEE, BOATS, JOKE)["speech.iou50"] == 1
    assert scored(FEE, BOATS, JOKE)["content.iou50"] == pytest.approx(2 * 3 / (3 + 4))
    wish = attribution(["was opened long ago"], "likes")
    assert scored(FEE, BOATS, JOKE, wish)["speech.iou50"] == 1
    claim = attribution(["was opened long ago"], "said")
    assert scored(FEE, BOATS, JOKE, claim)["speech.iou50"] == pytest.approx(2 * 3 / (4 + 3))


def test_discarded_text_is_passed_over() -> None:
    claim = attribution(["was opened long ago"], "said")
    gold = document(FEE, CALM, BOATS, JOKE, discard=[span("The “free harbour” was opened long ago")])
    found = scored(FEE, CALM, BOATS, JOKE, claim, gold=gold)
    assert found["content.iou50"] == 1
    assert math.isnan(found["scare.far"])


def test_an_attribution_without_a_word_is_none() -> None:
    assert scored(FEE, CALM, BOATS, JOKE, Attribution(content=[(0, 1), (3, 3)]))["content.iou50"] == 1


def test_an_offset_outside_the_text() -> None:
    with pytest.raises(ValueError, match="outside a text"):
        scored(Attribution(content=[(0, len(HARBOUR) + 1)]))


def test_judged_are_reported_answers_only() -> None:
    wrong = attribution(["was opened long ago"], "said", confidence=0.3)
    no_source = attribution(["that the boats would leave"], "told")
    assert judged(GOLD, document(FEE, CALM, wrong)) == [(FEE, True), (wrong, False)]
    assert judged(GOLD, document(no_source)) == [(no_source, False)]


def test_matching_takes_the_most_alike_first() -> None:
    values = {(0, 0): 0.6, (0, 1): 0.9, (1, 1): 0.8, (1, 0): 0.4}
    assert matching([0, 1], [0, 1], lambda i, j: values[i, j], 0.5) == [(0, 1)]
    assert matching([0, 1], [0, 1], lambda i, j: values[i, j], 0.4) == [(0, 1), (1, 0)]


def test_figures_of_no_counts() -> None:
    assert figures(Counter())["direct.full.iou80"] == 0
