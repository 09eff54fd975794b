"""ClaimReviews are read in every form in which they are published, and nothing of them is trusted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import InvalidFactchecks, Unreadable
from onrecord.factchecks.reviews import Review, Tally, read, review_of

ENTRY: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example/crime",
    "datePublished": "2026-01-02T08:00:00Z",
    "claimReviewed": "Crime in Wells has doubled since 2015",
    "author": {"@type": "Organization", "name": "Plain Facts"},
    "reviewRating": {"@type": "Rating", "ratingValue": 2, "bestRating": 5, "alternateName": "Mostly false"},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Karl Voss"}},
}
REVIEW = Review(
    claim="Crime in Wells has doubled since 2015",
    claimant="Karl Voss",
    publisher="Plain Facts",
    rating="Mostly false",
    date="2026-01-02",
    url="https://checks.example/crime",
)
FEED = {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [ENTRY]}, {"item": None}]}
PAGE = (
    f'<!doctype html><script>var a = 1</script><script type="application/ld+json">{json.dumps(ENTRY)}</script><p>Text'
)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "file"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ENTRY),
        json.dumps([ENTRY]),
        json.dumps(FEED),
        json.dumps({"@graph": [{"@type": "WebPage"}, ENTRY]}),
        json.dumps({**ENTRY, "@type": ["ClaimReview", "Article"]}),
        json.dumps({**ENTRY, "@type": "https://schema.org/ClaimReview"}),
        "\ufeff" + json.dumps(FEED, indent=2),
        PAGE,
        PAGE.replace("<script>", '<script type="application/ld+json">{broken</script><script>', 1),
    ],
    ids=["one", "list", "feed", "graph", "two types", "type as address", "byte order mark", "page", "broken beside it"],
)
def test_every_form_is_read(tmp_path: Path, text: str) -> None:
    assert list(read(written(tmp_path, text), Tally())) == [REVIEW]


def test_a_rating_without_words_keeps_the_publishers_number() -> None:
    rating = {"ratingValue": "2", "bestRating": "5"}
    review = review_of({**ENTRY, "reviewRating": rating})
    assert review is not None
    assert review.rating == "2 of 5"


def test_text_loses_markup_control_characters_and_overrides_of_direction() -> None:
    review = review_of({**ENTRY, "claimReviewed": "“Crime &amp; <b>fear</b>\u202e have\x1b[2J doubled”"})
    assert review is not None
    assert review.claim == "Crime & fear have [2J doubled"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("url", "javascript:alert(1)"),
        ("url", "ftp://checks.example/1"),
        ("url", "/relative"),
        ("url", 'https://checks.example/"><script>'),
        ("url", "https://[broken"),
        ("url", None),
        ("claimReviewed", "  "),
        ("claimReviewed", {"text": "x"}),
        ("reviewRating", {}),
        ("reviewRating", "false"),
    ],
)
def test_an_entry_that_lacks_what_a_reader_must_see_is_left_out_and_counted(
    tmp_path: Path, name: str, value: Any
) -> None:
    tally = Tally()
    assert list(read(written(tmp_path, json.dumps([{**ENTRY, name: value}, ENTRY])), tally)) == [REVIEW]
    assert (tally.read, tally.skipped) == (1, 1)


@pytest.mark.parametrize(
    "text",
    ["", "not json", json.dumps(FEED)[:-40], json.dumps({"@type": "Article"}), "[]", "<p>no script</p>", "[" * 90_000],
)
def test_a_file_without_claim_reviews_is_one_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidFactchecks, match=r"^[^\n]+\.$"):
        list(read(written(tmp_path, text), Tally()))


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        list(read(tmp_path / "nothing", Tally()))
    path = tmp_path / "latin"
    path.write_bytes(b'{"a": "\xff"}')
    with pytest.raises(InvalidFactchecks):
        list(read(path, Tally()))
