"""One type with two names: a politician or party, and an armed group, by the article's words."""

from __future__ import annotations

import pytest

from onrecord.analysis import lexicons
from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.result import Source, SourceType
from onrecord.article import Article, Block
from onrecord.formats.labels import ARMED_GROUP, POLITICIAN
from onrecord.formats.report import render
from onrecord.formats.subtypes import subtype
from onrecord.formats.terminal import to_text
from onrecord.formats.wire import encode
from tests.formats.example import find

PARTY = "The Harbour Party said the budget was late."
CANDIDATE = "Ida Moss, a candidate for mayor who once met the rebels, said the road was open."
MILITIA = "A militia commander said the road was closed."
REBELS = "The rebels said they had left the town."


@pytest.mark.parametrize(
    ("text", "evidence", "mention", "kind", "expected"),
    [
        (PARTY, "Party", "The Harbour Party", "political", None),
        (CANDIDATE, "candidate", CANDIDATE[:61], "political", None),
        (MILITIA, "militia commander", "A militia commander", "political", "armed_group"),
        (REBELS, "rebels", "The rebels", "political", "armed_group"),
        ("Labour rebels said no.", "rebels", "Labour rebels", "political", None),
        ("The armed forces said no.", "forces", "The armed forces", "official", None),
    ],
)
def test_the_words_of_the_article_decide(
    text: str, evidence: str, mention: str, kind: SourceType, expected: str | None
) -> None:
    article = Article((Block("b1", "paragraph", text),))
    source = Source(
        id="s1", label="X", type=kind, identification="collective",
        evidence=(find(evidence, article),), mentions=(find(mention, article),),
    )  # fmt: skip
    assert subtype(article, source) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [(PARTY, None), (CANDIDATE, None), (MILITIA, "armed_group"), (REBELS, "armed_group")]
)
def test_a_source_has_the_same_name_in_every_format(analyzer: Analyzer, text: str, expected: str | None) -> None:
    article = Article((Block("b1", "paragraph", text),), title="Road")
    found = analyzer.analyze(article)
    (source,) = encode(article, found)["sources"]
    assert (source["type"], source["subtype"]) == ("political", expected)
    own, other = (ARMED_GROUP, POLITICIAN) if expected else (POLITICIAN, ARMED_GROUP)
    for shown in (to_text(article, found, colour=False), render(article, found)):
        assert f"{own} ·" in shown
        assert f"{other} ·" not in shown


def test_the_words_of_arms_are_those_that_make_a_source_political() -> None:
    words = lexicons.words("sources", "armed", "words")
    heads = lexicons.words("sources", "types", "political", "heads")
    assert words - heads == {"paramilitary", "armed"}  # they stand before a group, and in ``voices``
