"""Where and when a report was written is no part of what anybody says, or of a name."""

from __future__ import annotations

import pytest

from onrecord.analysis import language
from onrecord.analysis.marks import quotations
from onrecord.analysis.phrases import Reading
from onrecord.article import Article, Block
from tests.analysis.conftest import Reader

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("CARROW - Anna Bell said the bridge was shut.", "Anna"),
        ("CARROW, Norland (Wire) — Anna Bell said the bridge was shut.", "Anna"),
        ("LOWER SARN, June 25 – Anna Bell said the bridge was shut.", "Anna"),
        ("Paris, June 25 — Anna Bell said the bridge was shut.", "Anna"),
        ("CARROW", "CARROW"),
        ("Anna Bell - who built the bridge - said it was shut.", "Anna"),
        ("ANNA BELL — the mayor of Sarn — said the bridge was shut.", "ANNA"),
        ("Paris – the city of light – said the bridge was shut.", "Paris"),
        ("BBC presenter Anna Bell said the bridge was shut.", "BBC"),
    ],
)
def test_what_a_block_says_begins_behind_its_dateline(text: str, first: str) -> None:
    article = Article((Block("b0", "paragraph", text),))
    reading = Reading(article, language.parse(article, language.load()), quotations(article))
    assert text[reading.begins(len(text) - 1) :].split(maxsplit=1)[0] == first


def test_a_dateline_in_capitals_is_no_part_of_a_name(read: Reader) -> None:
    found = read("CARROW - Anna Bell painted a dark picture of the port on Monday, and said that the bridge was shut.")
    assert found.said == [("Anna Bell", "the bridge was shut")]
