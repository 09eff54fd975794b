"""ClaimReviews are read in every form in which they are published, and nothing of them is trusted."""

from __future__ import annotations

import json
from dataclasses import replace
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


def script(words: str) -> str:
    return f'<!doctype html><title>x</title><script type="application/ld+json">{words}</script><p>Text'


BARE = json.dumps(ENTRY)
OTHER = {**ENTRY, "url": "https://checks.example/2"}
BOTH = [REVIEW, replace(REVIEW, url="https://checks.example/2")]


@pytest.mark.parametrize(
    "words",
    [
        f"\n//<![CDATA[\n{BARE}\n//]]>\n",
        f"/*<![CDATA[*/{BARE}/*]]>*/",
        f"<![CDATA[{BARE}]]>",
        f"<!-- {BARE} -->",
        f"<!--//--><![CDATA[//><!--\n{BARE}\n//--><!]]>",
        f"{BARE};",
        BARE[:-1] + ",}",
        f"[{BARE},]",
        BARE.replace('"Mostly false"', '"Mostly false",\n'),
        json.dumps({"@graph": [{"@type": "WebPage", "name": "a, } b"}, ENTRY]})[:-2] + ", ] }",
    ],
)
def test_json_that_pages_write_not_quite_as_it_should_be_is_read(tmp_path: Path, words: str) -> None:
    assert list(read(written(tmp_path, script(words)), Tally())) == [REVIEW]


def test_text_inside_the_json_keeps_its_commas_and_comments(tmp_path: Path) -> None:
    claim = "a, } // b, ] --; c"
    (review,) = read(written(tmp_path, script(json.dumps({**ENTRY, "claimReviewed": claim})[:-1] + ",};")), Tally())
    assert review.claim == claim


@pytest.mark.parametrize("text", [script(f"{BARE}\n{json.dumps(OTHER)}"), script(f"{BARE};{json.dumps(OTHER)}"),
                                  f"{BARE}\n\n{json.dumps(OTHER)}\n", f"\ufeff{BARE}\r\n{json.dumps(OTHER)}",
                                  "\n".join(json.dumps({"@graph": [entry]}) for entry in (ENTRY, OTHER))])  # fmt: skip
def test_two_objects_in_a_script_and_one_a_line_are_both_read(tmp_path: Path, text: str) -> None:
    assert list(read(written(tmp_path, text), Tally())) == BOTH


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (script(BARE[:-30]), "holds a ClaimReview, but its script is not valid JSON"),
        (f"{BARE}\n{BARE[:-30]}", "Line 2 of .* is not valid JSON, or it is cut off"),
    ],
)
def test_a_broken_script_and_a_broken_line_are_told(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidFactchecks, match=said):
        list(read(written(tmp_path, text), Tally()))


@pytest.mark.parametrize(
    "changed",
    [
        {"claimReviewed": {"@type": "Claim", "text": REVIEW.claim}},
        {"claimReviewed": [{"@type": "Claim", "name": REVIEW.claim}]},
        {"claimReviewed": {"@value": REVIEW.claim, "@language": "en"}},
        {"claimReviewed": None, "itemReviewed": {**ENTRY["itemReviewed"], "text": REVIEW.claim}},
        {"reviewRating": "Mostly false"},
        {"reviewRating": ["Mostly false"]},
        {"reviewRating": {"ratingValue": "Mostly false"}},
        {"reviewRating": {"alternateName": {"@value": "Mostly false", "@language": "en"}}},
        {"reviewRating": {"alternateName": ["Mostly false"], "ratingValue": -1, "bestRating": -1}},
        {"reviewRating": {"alternateName": "1", "name": "Mostly false"}},
        {"url": {"@id": "https://checks.example/crime"}},
        {"url": ["https://checks.example/crime"]},
        {"url": None, "mainEntityOfPage": {"@id": "https://checks.example/crime"}},
        {"author": ["Plain Facts"]},
        {"author": [{"name": ["Plain Facts"]}]},
        {"author": {"@type": "Organization", "name": {"@value": "Plain Facts"}}},
        {"datePublished": {"@value": "2026-01-02T08:00:00+01:00", "@type": "xsd:dateTime"}},
    ],
    ids=str,
)
def test_every_form_of_a_value_says_the_same(changed: dict[str, Any]) -> None:
    assert review_of({**ENTRY, **changed}) == REVIEW


@pytest.mark.parametrize("prefix", ["schema:", "https://schema.org/", "http://schema.org/"])
def test_names_with_a_prefix_say_the_same(tmp_path: Path, prefix: str) -> None:
    def prefixed(value: Any) -> Any:
        if isinstance(value, dict):
            return {name if name[0] == "@" else prefix + name: prefixed(one) for name, one in value.items()}
        return value

    entry = {**prefixed(ENTRY), "@type": prefix + "ClaimReview"}
    assert list(read(written(tmp_path, json.dumps(entry)), Tally())) == [REVIEW]


def test_a_scale_that_runs_the_other_way_names_both_ends() -> None:
    review = review_of({**ENTRY, "reviewRating": {"ratingValue": 5, "bestRating": 1, "worstRating": 5}})
    assert review is not None
    assert review.rating == "5 (from 1, the best, to 5, the worst)"


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
        ("claimReviewed", {"text": " "}),
        ("reviewRating", {}),
        ("reviewRating", "4"),
        ("reviewRating", {"ratingValue": -1, "bestRating": -1, "worstRating": -1}),
        ("reviewRating", {"ratingValue": 0, "bestRating": 0, "worstRating": 0}),
        ("reviewRating", {"ratingValue": 7, "bestRating": 5, "worstRating": 1}),
        ("reviewRating", {"ratingValue": 5, "bestRating": 1}),
        ("reviewRating", {"ratingValue": "NaN", "bestRating": 5}),
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


MICRODATA = """<!doctype html><link rel="canonical" href="https://checks.example/crime"><h1>Checked</h1>
<div itemscope itemtype="https://schema.org/WebPage"><article itemprop="mainEntity" itemscope
 itemtype="http://schema.org/ClaimReview">
 <p>The claim: <q itemprop="claimReviewed">Crime in <b>Wells</b>
 has doubled since 2015</q> <a itemprop="url" href="https://checks.example/crime">link</a></p>
 <time itemprop="datePublished" datetime="2026-01-02">2 January</time>
 <div itemprop="author" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">Plain Facts</b></div>
 <div itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
  <meta itemprop="ratingValue" content="2"><meta itemprop="bestRating" content="5">
  <img itemprop="image" src="stamp.png"><span itemprop="alternateName">Mostly false</span></div>
 <div itemprop="itemReviewed" itemscope itemtype="https://schema.org/Claim">
  <span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Karl Voss</span></span>
 </div></article></div>"""

RDFA = """<!doctype html><body vocab="https://schema.org/"><!-- a comment --><article typeof="ClaimReview">
 <q property="claimReviewed">Crime in <b>Wells</b> has doubled since 2015</q>
 <a property="url" href="https://checks.example/crime">link</a>
 <time property="datePublished" datetime="2026-01-02">2 January</time>
 <div property="author" typeof="Organization"><b property="name">Plain Facts</b></div>
 <div property="reviewRating" typeof="Rating"><meta property="ratingValue" content="2">
  <span property="alternateName">Mostly false</span></div>
 <div property="itemReviewed" typeof="Claim"><span property="author" typeof="Person">
  <span property="name">Karl Voss</span></span></div></article>"""


@pytest.mark.parametrize(
    "page",
    [
        MICRODATA,
        MICRODATA.replace('<a itemprop="url" href="https://checks.example/crime">link</a>', ""),  # the page's address
        MICRODATA.replace('<div itemprop="author" itemscope', '<div id="who" itemprop="author" itemscope', 1).replace(
            "<h1>", '<p id="when"><meta itemprop="datePublished" content="2026-01-02"></p><h1>'
        ).replace('itemprop="mainEntity" itemscope', 'itemprop="mainEntity" itemref="when" itemscope').replace(
            '<time itemprop="datePublished" datetime="2026-01-02">2 January</time>', ""
        ),
        RDFA,
        RDFA.replace('property="', 'property="schema:').replace('typeof="', 'typeof="schema:'),
        RDFA.replace('property="', 'property="https://schema.org/'),
        RDFA.replace('<div property="itemReviewed" typeof="Claim">', '<div rel="itemReviewed"><div typeof="Claim">')
        .replace("</article>", "</div></article>"),
        MICRODATA + '<script type="application/ld+json">{broken ClaimReview</script>',
    ],
    ids=["microdata", "no address", "itemref", "RDFa", "prefixes", "full names", "rel", "beside a broken script"],
)  # fmt: skip
def test_claim_reviews_in_a_pages_elements_are_read(tmp_path: Path, page: str) -> None:
    assert list(read(written(tmp_path, page), Tally())) == [REVIEW]


def test_a_page_that_says_it_in_elements_and_in_a_script_says_it_once(tmp_path: Path) -> None:
    tally = Tally()
    assert list(read(written(tmp_path, f"<!doctype html>{PAGE}{MICRODATA}"), tally)) == [REVIEW]
    assert tally.skipped == 0


def test_items_within_items_without_end_and_crowded_ones_are_cut(tmp_path: Path) -> None:
    start = '<p itemscope itemtype="https://schema.org/ClaimReview">'
    deep = start + '<div itemprop="author" itemscope>' * 3_000
    crowded = start + "<b itemprop='name'>x</b>" * 200_000
    circle = start.replace("itemscope", 'itemscope id="a" itemref="a"')
    tally = Tally()
    assert list(read(written(tmp_path, f"<!doctype html>{deep}"), tally)) == []
    assert list(read(written(tmp_path, f"<!doctype html>{crowded}"), tally)) == []
    assert list(read(written(tmp_path, f"<!doctype html>{circle}"), tally)) == []
    assert tally.skipped == 3


def test_an_answer_of_the_fact_check_tools_is_read(tmp_path: Path) -> None:
    answer = {
        "claims": [
            {
                "text": "Crime in Wells has doubled since 2015", "claimant": "Karl Voss",
                "claimDate": "2025-12-01T00:00:00Z",
                "claimReview": [
                    {"publisher": {"name": "Plain Facts", "site": "checks.example"}, "url": "https://checks.example/crime",
                     "title": "Has it?", "reviewDate": "2026-01-02T00:00:00Z", "textualRating": "Mostly false",
                     "languageCode": "en"},
                    {"publisher": {"site": "other.example"}, "url": "https://other.example/1", "textualRating": "No"},
                ],
            }
        ],
        "nextPageToken": "x",
    }  # fmt: skip
    first, second = read(written(tmp_path, json.dumps(answer)), Tally())
    assert first == REVIEW
    assert (second.publisher, second.rating, second.date) == ("other.example", "No", "")
