"""Published fact-checks in every format: the publisher's own words, a link to the web, and no markup of theirs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from onrecord.formats.annotation import to_jsonld
from onrecord.formats.report import render
from onrecord.formats.table import COLUMNS, to_csv
from onrecord.formats.terminal import to_text
from tests.formats.example import ANALYSIS, ARTICLE, CHECK, CHECKED

HOSTILE = '<img src=x onerror="alert(1)">=1+1\x1b[2J'


def test_the_report_says_who_in_whose_words_when_and_where() -> None:
    html = render(ARTICLE, CHECKED)
    section = html[html.index('id="factchecks-title"') :]
    assert "<b>Plain Facts: “Mostly accurate”</b>" in section
    assert "<q>The ferry stays in port</q> 2026-01-02." in section
    assert '<a href="https://checks.example/ferry" rel="noreferrer noopener">Read the fact-check</a>' in section
    assert "It is no judgement by Onrecord." in section
    assert "factchecks-title" not in render(ARTICLE, ANALYSIS)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//checks.example", ""])
def test_the_report_links_to_the_web_only(url: str) -> None:
    html = render(ARTICLE, replace(ANALYSIS, factchecks=(replace(CHECK, url=url),)))
    assert "Read the fact-check" not in html


def test_words_of_a_publisher_are_text() -> None:
    check = replace(CHECK, publisher=HOSTILE, rating=HOSTILE, reviewed=HOSTILE, date=HOSTILE)
    analysis = replace(ANALYSIS, factchecks=(check,))
    assert "<img" not in render(ARTICLE, analysis)
    assert "\x1b" not in to_text(ARTICLE, analysis, colour=False)


def test_the_terminal_names_publisher_rating_date_and_address() -> None:
    assert to_text(ARTICLE, CHECKED, colour=False).endswith(
        "Matches a published fact-check\n"
        "  Plain Facts: “Mostly accurate”, 2026-01-02  https://checks.example/ferry\n"
        "    The ferry stays\n"
    )


def test_the_table_has_a_row_for_it_and_no_cell_is_a_formula() -> None:
    row = list(csv.reader(io.StringIO(to_csv(ARTICLE, CHECKED))))[-1]
    assert row[:5] == ["factcheck", "f1", "Mostly accurate", "", "Plain Facts"]
    assert row[7:10] == ["https://checks.example/ferry", "The ferry stays", "The ferry stays in port"]
    assert row[COLUMNS.index("date")] == "2026-01-02"
    hostile = replace(CHECK, publisher="=1+1", rating="@x", reviewed="+1", date="-1")
    row = list(csv.reader(io.StringIO(to_csv(ARTICLE, replace(ANALYSIS, factchecks=(hostile,))))))[-1]
    assert (row[2], row[4], row[9], row[COLUMNS.index("date")]) == ("'@x", "'=1+1", "'+1", "'-1")


def test_the_annotation_links_the_statement_to_the_publishers_article() -> None:
    item = to_jsonld(ARTICLE, CHECKED)["first"]["items"][-1]
    assert item["motivation"] == "linking"
    assert item["body"][0]["value"] == "Plain Facts: Mostly accurate"
    page = {"id": "https://checks.example/ferry", "type": "Text", "format": "text/html"}
    assert item["body"][1] == {**page, "dcterms:issued": "2026-01-02"}
    assert item["body"][2] == {"type": "TextualBody", "purpose": "describing", "value": "The ferry stays in port"}
    (target,) = item["target"]
    assert target["selector"][0]["value"] == "b1"
    assert target["selector"][0]["refinedBy"] == {"type": "TextPositionSelector", "start": 3, "end": 18}
    undated = replace(ANALYSIS, factchecks=(replace(CHECK, date=None),))
    assert to_jsonld(ARTICLE, undated)["first"]["items"][-1]["body"][1] == page
