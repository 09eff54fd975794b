"""The figures that the panel draws."""

from __future__ import annotations

import pytest

from onrecord.analysis.result import Analysis, Quote, Source
from onrecord.analysis.summary import summarise
from onrecord.article import Article, Block, Span

ARTICLE = Article((Block("b0", "paragraph", "one two three four five six"),))
BELL = Source(id="s1", label="Anna Bell", type="official", identification="named_person")
WARD = Source(id="s2", label="an aide", type="political", identification="anonymous")
SILENT = Source(id="s3", label="a clerk", type="affected", identification="described")


def _quote(number: int, start: int, end: int, source: str | None) -> Quote:
    return Quote(id=f"q{number}", kind="direct", content=(Span(start, end),), source=source)


def test_words_are_counted_by_type_and_by_identification() -> None:
    found = summarise(ARTICLE, Analysis(sources=(BELL, WARD), quotes=(_quote(1, 0, 13, "s1"), _quote(2, 14, 18, "s2"))))
    assert found["words_quoted_by_type"] == {"official": 3, "political": 1}
    assert found["words_quoted_by_identification"] == {"named_person": 3, "anonymous": 1}
    assert found["share_of_voice"] == {"official": 0.75, "political": 0.25}
    assert (found["quoted_sources"], found["single_source"]) == (2, False)


@pytest.mark.parametrize(
    ("speakers", "alone"),
    [(["s1"], True), (["s1", "s1"], True), (["s1", "s2"], False), (["s1", None], False), ([None], False), ([], False)],
)
def test_a_single_source_is_one_who_says_all(speakers: list[str | None], alone: bool) -> None:
    quotes = tuple(_quote(number, 0, 3, speaker) for number, speaker in enumerate(speakers))
    found = summarise(ARTICLE, Analysis(sources=(BELL, WARD, SILENT), quotes=quotes))
    assert found["single_source"] is alone
    assert found["speaker_not_found"] == speakers.count(None)


def test_nothing_quoted_has_no_shares() -> None:
    assert summarise(ARTICLE, Analysis())["share_of_voice"] == {}
