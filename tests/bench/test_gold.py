"""Quotes and speakers against the form with claims."""

from __future__ import annotations

import math

import msgspec
import pytest

from bench.corpus import Attribution, GoldDocument, GoldQuote, GoldSource, Place
from bench.gold import intervals, judged, score
from tests.bench.texts import BOATS, CALM, FEE, HARBOUR, JOKE, attribution, document, span


def place(words: str) -> Place:
    return Place(*span(words))


def quote(contents: list[str], source: str | None, mention: str | None = None, *, optional: bool = False) -> GoldQuote:
    return GoldQuote(
        kind="direct",
        source=source,
        contents=[place(words) for words in contents],
        mention=place(mention) if mention else None,
        optional=optional,
    )


GOLD = GoldDocument(
    id="harbour",
    text=HARBOUR,
    sources=[
        GoldSource(
            id="s1",
            label="Ana Ruiz (port spokeswoman)",
            type="business",
            type_alt=["official"],
            identification="named_person",
            mention=place("Ana Ruiz"),
        ),
        GoldSource(
            id="s2", label="Tom Okoro", type="affected", identification="named_person", mention=place("Tom Okoro")
        ),
    ],
    quotes=[
        quote(["The fee will rise in May", "Nobody likes it"], "s1", "Ana Ruiz"),
        quote(["the boats would leave"], "s2", "Tom Okoro"),
        quote(["the fee “a bad joke”"], None, optional=True),
    ],
)
RIGHT = (
    attribution(
        ["“The fee will rise in May,”", "“Nobody likes it.”"],
        "said",
        speaker="Ana Ruiz",
        type="official",
        identification="named_person",
    ),
    attribution(
        ["that the boats would leave"],
        "told",
        "Tom Okoro",
        speaker="Okoro",
        type="affected",
        identification="named_person",
    ),
)


def scored(*answers: Attribution) -> dict[str, float]:
    return score([GOLD], [document(*answers)])


def test_what_is_annotated_is_right() -> None:
    assert set(scored(*RIGHT).values()) == {1.0}
    assert set(scored(*RIGHT, JOKE, CALM).values()) == {1.0}  # optional; not reported


def test_missed_and_extra_quotes() -> None:
    found = scored(RIGHT[0], attribution(["was opened long ago"]))
    assert found == {
        "quotes.precision": 0.5,
        "quotes.recall": 0.5,
        "quotes.f1": 0.5,
        "speaker": 1.0,
        "type": 1.0,
        "identification": 1.0,
    }


def test_type_and_identification_are_asked_of_right_speakers_alone() -> None:
    expert = attribution(["that the boats would leave"], "told", "Tom Okoro", speaker="Okoro", type="expert")
    found = scored(RIGHT[0], expert)
    assert (found["type"], found["identification"]) == (0.5, 0.5)
    nobody = attribution(["that the boats would leave"], "told", type="expert")
    found = scored(RIGHT[0], nobody)
    assert (found["speaker"], found["type"], found["identification"]) == (0.5, 1.0, 1.0)


def test_an_interval_is_of_other_sets_of_the_same_articles() -> None:
    wrong = msgspec.structs.replace(GOLD, id="other")
    found = [document(*RIGHT), msgspec.structs.replace(document(), id="other")]
    between = intervals([GOLD, wrong], found)
    assert between["quotes.recall"] == (0.0, 1.0)
    assert between["quotes.precision"] == (1.0, 1.0)
    assert intervals([GOLD], found)["type"] == (1.0, 1.0)
    assert all(math.isnan(end) for ends in intervals([], []).values() for end in ends)
    nothing = score([GOLD], [])
    assert nothing["quotes.recall"] == nothing["quotes.f1"] == 0
    assert math.isnan(nothing["quotes.precision"])
    assert math.isnan(nothing["speaker"])


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ({"speaker": "Ruiz"}, True),  # the surname
        ({"speaker": "the spokeswoman", "fullest": span("Ana Ruiz, a spokeswoman")}, True),  # the fullest mentions meet
        ({"speaker": "her", "label": "Ruiz of the port", "identification": "named_person"}, True),
        ({"speaker": "she", "source": [span("Ana Ruiz")], "fullest": span("Tom Okoro")}, True),  # named at the quote
        ({"speaker": "Tom Okoro"}, False),
        ({"speaker": "she", "source": [span("he| called")]}, False),
        ({}, False),
    ],
)
def test_speakers(answer: dict[str, object], right: bool) -> None:
    found = Attribution(content=FEE.content, **answer)  # type: ignore[arg-type]
    assert scored(found)["speaker"] == right
    assert judged(GOLD, document(found)) == [(found, right)]


@pytest.mark.parametrize(
    ("wanted", "given", "right"),
    [
        ("World Rowing Union", "WRU", True),
        ("the WRU", "World Rowing Union (Europe)", True),
        ("chairman of the rowing union", "the chairman", True),
        ("rowing union", "sailing club", False),
    ],
)
def test_labels(wanted: str, given: str, right: bool) -> None:
    gold = GoldDocument(
        id="harbour",
        text=HARBOUR,
        sources=[GoldSource(id="s1", label=wanted)],
        quotes=[quote(["the boats would leave"], "s1")],
    )
    found = Attribution(content=BOATS.content, speaker=given)
    assert score([gold], [document(found)])["speaker"] == right


def test_what_matches_an_optional_quote_is_not_judged() -> None:
    extra = attribution(["was opened long ago"])
    assert judged(GOLD, document(JOKE, extra)) == [(extra, False)]
