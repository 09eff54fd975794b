"""The report: the article as it is, marks where they belong, and nothing that runs or loads."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date

import pytest
from lxml import html

from onrecord.analysis.result import Analysis, Quote, Source
from onrecord.article import Article, Block, Span
from onrecord.formats.report import content_security_policy, lost, render, style
from tests.formats.example import ANALYSIS, ARTICLE, CHECKED, find

HOSTILE = "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;{{ 7 * 7 }}"


def parsed(article: Article, analysis: Analysis) -> html.HtmlElement:
    return html.document_fromstring(render(article, analysis))


def hostile() -> tuple[Article, Analysis]:
    article = Article(
        (
            Block(HOSTILE, "headline", HOSTILE + " headline"),
            Block("b1", "paragraph", HOSTILE),
            Block("b2", "caption", HOSTILE),
        ),
        url='https://news.example/"><script>alert(1)</script>',
        title=HOSTILE + " title",
        language='en"><script>',
    )
    start = article.block_spans[1].start
    whole = (Span(start, start + len(HOSTILE)),)
    guard = ANALYSIS.sources[1]
    assert guard.anonymity is not None
    source = replace(
        guard, id="s1", label=HOSTILE, evidence=whole, anonymity=replace(guard.anonymity, evidence=whole, reason=None)
    )
    quotes = (Quote(id="q1", kind="direct", content=whole, source="s1"), replace(ANALYSIS.quotes[2], content=whole))
    claim = replace(ANALYSIS.claims[0], content=whole, evidence=whole)
    return article, Analysis(sources=(source,), quotes=quotes, claims=(claim,), model=HOSTILE)


def shown(block: html.HtmlElement) -> str:
    """The text of a block without the numbers that lead to the notes."""
    for reference in block.xpath(".//a[starts-with(@class, 'ref')]"):
        reference.drop_tree()
    return str(block.text_content())


@pytest.mark.parametrize(("article", "analysis"), [(ARTICLE, ANALYSIS), hostile(), (ARTICLE, Analysis())])
def test_the_text_under_the_marks_is_the_articles_text(article: Article, analysis: Analysis) -> None:
    page = parsed(article, analysis)
    texts = [shown(block) for block in page.xpath("//*[contains(concat(' ', @class, ' '), ' block ')]")]
    heading = page.xpath("string(//h1)")
    assert [*([heading] if heading == article.blocks[0].text else []), *texts] == [b.text for b in article.blocks]


def test_every_quote_is_marked_where_it_stands_with_its_type_and_identification() -> None:
    page = parsed(ARTICLE, ANALYSIS)
    # the claim inside the quote cuts it into runs; each of them is marked
    runs = page.xpath("//span[contains(@class, 'quote official is-named_person')]")
    assert "".join(run.text_content() for run in runs) == "“The ferry stays,”"
    assert [run.text_content() for run in runs if run.getparent().get("class") == "contested"] == ["The ferry stays"]
    lost = page.xpath("//main//span[contains(@class, 'lost')]")
    assert "".join(run.text_content() for run in lost) == "“We saw it leave.“It was full.”"


def test_every_inner_link_has_its_target_and_no_id_is_given_twice() -> None:
    page = parsed(ARTICLE, ANALYSIS)
    ids = page.xpath("//@id")
    assert len(set(ids)) == len(ids)
    inner = [link[1:] for link in page.xpath("//@href") if link.startswith("#")]
    assert {"q1", "q2", "q3", "s1", "s2", "c1", "c2", "c1-1", "note-q1", "note-c1"} <= set(inner) <= set(ids)


def test_one_number_names_a_quote_everywhere_in_the_articles_order() -> None:
    swapped = Analysis(sources=ANALYSIS.sources, quotes=ANALYSIS.quotes[::-1], claims=ANALYSIS.claims[::-1])
    for page in (parsed(ARTICLE, ANALYSIS), parsed(ARTICLE, swapped)):
        for number, mark in [("1", "q1"), ("2", "q2"), ("3", "q3"), ("C1", "c1"), ("C2", "c2")]:
            assert page.xpath(f"//a[@class='ref' or @class='ref of-claim'][@href='#note-{mark}']/text()") == [number]
            assert page.xpath(f"//li[@id='note-{mark}']//a[@class='number'][@href='#{mark}']/text()") == [number]
            assert set(page.xpath(f"//a[@href='#{mark}']/text()")) - {f"↗{number}"} == {number}
        assert page.xpath("//article[@id='s2']//ul[@class='statements']//a/text()") == ["2"]


def test_the_number_stands_at_the_end_of_the_quote_in_the_block_of_its_note() -> None:
    page = parsed(ARTICLE, ANALYSIS)
    for number, mark in [("1", "q1"), ("3", "q3")]:
        (note,) = page.xpath(f"//li[@id='note-{mark}']")
        (reference,) = page.xpath(f"//a[@href='#note-{mark}']")
        (row,) = reference.xpath("ancestor::div[@class='row']")
        assert note.xpath("ancestor::div[@class='row']") == [row]
        assert reference.text == number
    before = page.xpath("//a[@href='#note-q1']/preceding-sibling::*[1]")[0]
    assert before.text_content() == ",”"


def test_a_margin_note_says_kind_identification_channel_and_the_articles_words() -> None:
    page = parsed(ARTICLE, ANALYSIS)
    first = " ".join(page.xpath("string(//li[@id='note-q1'])").split())
    assert first == (
        "1 Ida Lund, the harbour master Government, military, courts, police · Named person · in a statement"
    )  # who it is stands in the paragraph beside it
    elsewhere = replace(ANALYSIS.sources[0], evidence=(find("counted"),))
    other = parsed(ARTICLE, replace(ANALYSIS, sources=(elsewhere, *ANALYSIS.sources[1:])))
    told = " ".join(other.xpath("string(//li[@id='note-q1']//p[@class='evidence'])").split())
    assert told == "The article says: Nobody said who had counted."
    assert other.xpath("//li[@id='note-q1']//mark/text()") == ["counted"]
    assert page.xpath("//li[@id='note-q2']//q/text()") == ["feared for his job", "his job"]
    assert "Speaker not found" in page.xpath("string(//li[@id='note-q3'])")


def test_a_second_note_beside_the_same_block_does_not_tell_the_evidence_again() -> None:
    again = replace(ANALYSIS.quotes[1], id="q9", content=(find("denied"),), cue=())
    page = parsed(ARTICLE, replace(ANALYSIS, quotes=(*ANALYSIS.quotes, again)))
    assert [bool(page.xpath(f"//li[@id='note-{one}']//q")) for one in ("q9", "q2")] == [True, False]


def test_a_claim_and_what_contests_it_lead_to_each_other() -> None:
    page = parsed(ARTICLE, ANALYSIS)
    note = page.xpath("//li[@id='note-c1']")[0]
    assert note.xpath("./p/q/a[@href='#c1-1']/text()") == ["denied it"]
    assert page.xpath("string(//span[@id='c1'])") == "The ferry stays"
    cue = page.xpath("//span[@id='c1-1']")[0]
    assert cue.text_content() == "denied "  # the quote begins within these words
    assert page.xpath("//a[@class='ref back'][@href='#c1']/text()") == ["↗C1"]
    # the quote that holds those words is the answer, and each note names the other's number
    assert "Contested in quote 2." in " ".join(note.text_content().split())
    assert note.xpath(".//a[@href='#q2']/text()") == ["2"]
    assert page.xpath("//li[@id='note-q2']//a[@href='#c1']/text()") == ["C1"]
    assert "Contests" not in page.xpath("string(//li[@id='note-q1'])")


@pytest.mark.parametrize("status", ["accusation", "speculation", "distanced", "unsubstantiated"])
def test_only_who_says_no_contests(status: str) -> None:
    claim = replace(ANALYSIS.claims[0], status=status)
    page = parsed(ARTICLE, replace(ANALYSIS, claims=(claim,)))
    assert "Contests" not in page.text_content()
    assert "Contested in quote" not in page.text_content()


def test_marks_that_others_hide_still_have_their_place_number_and_note() -> None:
    twin = replace(ANALYSIS.quotes[0], id="q9", source="s2")
    page = parsed(ARTICLE, replace(ANALYSIS, quotes=(*ANALYSIS.quotes, twin)))
    ids = page.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert {link[1:] for link in page.xpath("//@href") if link.startswith("#")} <= set(ids)
    assert {"q1", "q9", "note-q1", "note-q9"} <= set(ids)


def test_a_headline_that_is_the_title_stays_in_the_text_if_a_claim_stands_in_it() -> None:
    claim = replace(ANALYSIS.claims[1], content=(find("Ferry stays in port"),))
    page = parsed(ARTICLE, replace(ANALYSIS, claims=(claim,)))
    assert page.xpath("string(//h2/span[@id='c2'])") == "Ferry stays in port"


def test_the_share_of_voice_is_a_bar_with_a_table() -> None:
    page = parsed(ARTICLE, ANALYSIS)
    rows = [[cell.text_content() for cell in row] for row in page.xpath("//table/tbody/tr")]
    assert rows == [
        ["Government, military, courts, police", "1", "1", "3", "27%"],
        ["Witness or person affected", "1", "1", "1", "9%"],
        ["Speaker not found", "–", "1", "7", "64%"],
    ]
    assert page.xpath("//div[@role='img']//@width") == ["3", "1", "7"]
    assert "Speaker not found 64 per cent" in page.xpath("string(//div[@role='img']/@aria-label)")
    assert parsed(ARTICLE, Analysis()).xpath("//table | //div[@role='img']") == []


def test_the_page_explains_its_lines_and_its_method() -> None:
    page = parsed(ARTICLE, ANALYSIS)
    assert page.xpath("//p[@class='key']/span[contains(@class, 'line')]/@class") == [
        "line",
        "line is-described",
        "line is-anonymous",
        "line is-document",
    ]
    assert page.xpath("//p[@class='key']/span[@class='contested']/span[@class='line']")
    assert "never says what is true" in page.xpath("string(//footer)")
    assert page.xpath("//header//a[@href='#method']")


@pytest.mark.parametrize(
    ("outlet", "published", "shown_as"),
    [
        ("The Courier", "2026-03-05T09:00:00+00:00", "The Courier · 5 March 2026"),
        (None, "2026-03-05", "5 March 2026"),
        ("The Courier", None, "The Courier"),
        (HOSTILE, HOSTILE, f"{HOSTILE} · {HOSTILE}"),
        (None, None, ""),
        ("", "", ""),
    ],
)
def test_outlet_and_date_are_shown_where_the_caller_knows_them(
    outlet: str | None, published: str | None, shown_as: str
) -> None:
    page = html.document_fromstring(render(ARTICLE, ANALYSIS, outlet=outlet, published=published))
    assert page.xpath("string(//p[@class='published'])") == shown_as
    assert page.xpath("//script | //img") == []


def test_a_fact_check_leads_to_its_quote_and_is_no_contested_claim() -> None:
    page = parsed(ARTICLE, CHECKED)
    assert page.xpath("//ul[@class='checks']//a[@href='#q1']/text()") == ["1"]


def test_the_shorter_of_two_nested_quotes_has_the_mark() -> None:
    outer = Quote(id="q1", kind="direct", content=(find("“The ferry stays,” said Ida Lund"),), source="s2")
    inner = Quote(id="q2", kind="direct", content=(find("“The ferry stays,”"),), source="s1")
    page = parsed(ARTICLE, Analysis(sources=ANALYSIS.sources, quotes=(outer, inner)))
    assert page.xpath("string(//span[@id='q2'])") == "“The ferry stays,”"
    assert page.xpath("string(//span[@id='q1'])") == " said Ida Lund"


@pytest.mark.parametrize(("article", "analysis"), [(ARTICLE, ANALYSIS), hostile()])
def test_nothing_in_it_runs(article: Article, analysis: Analysis) -> None:
    page = parsed(article, analysis)
    assert page.xpath("//script | //img | //iframe | //object | //embed | //form | //base | //link") == []
    assert [name for element in page.iter() for name in element.attrib if name.startswith("on")] == []
    assert page.xpath("//@style") == []  # the policy would refuse it
    assert len(page.xpath("//style")) == 1


@pytest.mark.parametrize(("article", "analysis"), [(ARTICLE, ANALYSIS), hostile()])
def test_nothing_in_it_loads_and_only_the_articles_address_leads_away(article: Article, analysis: Analysis) -> None:
    page = parsed(article, analysis)
    assert page.xpath("//@src | //@srcset | //@data | //@action | //@poster") == []
    assert [link for link in page.xpath("//@href") if not link.startswith("#")] == [article.url]
    assert not re.search(r"url\(|@import", page.xpath("string(//style)"))


def test_hostile_words_are_shown_as_they_are() -> None:
    article, analysis = hostile()
    page = parsed(article, analysis)
    assert page.xpath("string(//h1)") == article.title
    assert page.xpath("string(//title)").startswith(HOSTILE)
    assert page.get("lang") == article.language
    assert HOSTILE in page.xpath("string(//article//h3)")
    assert HOSTILE in page.xpath("//q/text()")
    assert HOSTILE in page.xpath("string(//footer)")


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/hosts",
        " javascript:alert(1)",
        "//news.example",
    ],
)
def test_only_an_address_of_the_web_becomes_a_link(url: str | None) -> None:
    assert parsed(replace(ARTICLE, url=url), ANALYSIS).xpath("//p[@class='address']") == []


@pytest.mark.parametrize("url", ["http://[broken", "HTTPS://NEWS.EXAMPLE/A", "https://"])
def test_an_odd_address_does_not_keep_the_report_from_being_made(url: str) -> None:
    assert parsed(replace(ARTICLE, url=url), ANALYSIS).xpath("//p[@class='address']/a/@href") == [url]


def test_the_policy_allows_its_own_style_sheet_and_nothing_else() -> None:
    page = render(ARTICLE, ANALYSIS)
    sheet = page.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = content_security_policy(page)
    assert html.document_fromstring(page).xpath("//meta[@http-equiv]/@content") == [policy.rpartition("; ")[0]]
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert sheet == style()


def test_a_report_of_an_older_version_is_served_with_its_own_sheet() -> None:
    older = render(ARTICLE, ANALYSIS).replace(style(), "body { color: black; }")
    digest = base64.b64encode(hashlib.sha256(b"body { color: black; }").digest()).decode()
    assert f"style-src 'sha256-{digest}'" in content_security_policy(older)


def test_a_source_lists_what_it_says_under_the_numbers_of_the_quotes() -> None:
    page = parsed(ARTICLE, ANALYSIS)
    said = [" ".join(item.text_content().split()) for item in page.xpath("//ul[@class='statements']/li")]
    assert said == ["1 “The ferry stays,”", "2 it.", "3 “We saw it leave. “It was full.”"]


def test_the_report_says_when_the_article_was_read() -> None:
    page = html.document_fromstring(render(ARTICLE, ANALYSIS, read=date(2026, 3, 5)))
    assert page.xpath("//footer//time/@datetime") == ["2026-03-05"]
    assert "on 5 March 2026; the article may have changed since" in page.xpath("string(//footer)")
    assert parsed(ARTICLE, ANALYSIS).xpath("//footer//time") == []


def test_the_page_of_a_lost_report_says_what_to_do() -> None:
    page = html.document_fromstring(lost())
    assert "not kept any more" in page.xpath("string(//h1)")
    assert "choose Report in the panel" in page.xpath("string(//main)")
    assert page.xpath("//script | //link | //@src") == []


def test_anonymity_is_told_in_the_articles_words() -> None:
    why = parsed(ARTICLE, ANALYSIS).xpath("//article[@id='s2']//p[@class='evidence']")[-1]
    assert why.xpath("string(./q)") == "A guard who feared for his job denied it."  # the reason stands in it
    assert why.xpath(".//mark/text()") == ["feared for his job"]
    assert "fear of consequences" in why.text_content()
    assert "opinion" in why.text_content()


def test_figures_agree_in_number() -> None:
    one = Analysis(
        sources=(Source(id="s1", label="X", type="expert", identification="described"),),
        quotes=(Quote(id="q1", kind="direct", content=(find("it."),), source="s1"),),
    )
    summary = parsed(ARTICLE, one).xpath("string(//p[@class='summary'])")
    assert summary.startswith("1 source in 1 quote, 0 contested claims.")
    assert parsed(ARTICLE, ANALYSIS).xpath("string(//p[@class='summary'])").startswith("2 sources in 3 quotes, 2 con")


def test_an_article_without_a_title_takes_its_headline_and_else_a_word() -> None:
    assert parsed(replace(ARTICLE, title=None), ANALYSIS).xpath("string(//h1)") == "Ferry stays in port"
    bare = Article((Block("b0", "paragraph", "Nothing more."),))
    assert parsed(bare, Analysis()).xpath("string(//h1)") == "Article"
