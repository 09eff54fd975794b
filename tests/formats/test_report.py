"""The report: the article as it is, marks where they belong, and nothing that runs or loads."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from lxml import html

from onrecord.analysis.result import Analysis, Quote, Source
from onrecord.article import Article, Block, Span
from onrecord.formats.report import content_security_policy, render, style
from tests.formats.example import ANALYSIS, ARTICLE, find

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
    """The text of a block without the numbers that lead to the sources."""
    for reference in block.xpath(".//a[@class='ref']"):
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
    assert [run.text_content() for run in runs if "contested" in run.get("class")] == ["The ferry stays"]
    lost = page.xpath("//main//span[contains(@class, 'lost')]")
    assert "".join(run.text_content() for run in lost) == "“We saw it leave.“It was full.”"


def test_every_inner_link_has_its_target_and_no_id_is_given_twice() -> None:
    page = parsed(ARTICLE, ANALYSIS)
    ids = page.xpath("//@id")
    assert len(set(ids)) == len(ids)
    inner = [link[1:] for link in page.xpath("//@href") if link.startswith("#")]
    assert {"q1", "q2", "q3", "s1", "s2"} <= set(inner) <= set(ids)


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
    policy = content_security_policy()
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert sheet == style()


def test_anonymity_is_told_in_the_articles_words() -> None:
    why = parsed(ARTICLE, ANALYSIS).xpath("//article[@id='s2']//p[@class='evidence']")[-1]
    assert why.xpath("./q/text()") == ["feared for his job", "his job"]
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
