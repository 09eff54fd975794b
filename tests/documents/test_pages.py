"""Pages and pieces of HTML: words in the page's order, none lost, none run together, quotations with their marks."""

from __future__ import annotations

import json

import pytest

from onrecord import documents
from onrecord.documents import Document, Metadata

LEDE = "The quay in Ardley, where the ferries to the islands land, will be rebuilt after a long winter of storms."
LAST = "Residents of the islands, where about 900 people live, had asked for a new quay for years and years."


def page(body: str, *, head: str = "", charset: str = "utf-8") -> str:
    title = "Quay to be rebuilt"
    return (
        f"<!doctype html><html lang=en><head><meta charset={charset}><title>{title}</title>{head}</head><body>"
        f"<nav><a href=/>Home</a></nav><article><h1>{title}</h1><p>{LEDE}</p>{body}<p>{LAST}</p></article></body>"
    )


def document_of(source: str | bytes) -> Document:
    return documents.document_of(source if isinstance(source, bytes) else source.encode(), place="story")


def between(body: str, *, head: str = "") -> list[str]:
    """The texts between the page's first paragraph and its last."""
    texts = [block.text for block in document_of(page(body, head=head)).article.blocks]
    assert texts[:2] == ["Quay to be rebuilt", LEDE]
    assert texts[-1] == LAST
    return texts[2:-1]


Q = "<p>The mayor, Ann Lee, said {} on Tuesday.</p>"


@pytest.mark.parametrize(
    ("said", "style", "read"),
    [
        ("<q>we will rebuild</q>", "", "“we will rebuild”"),
        ("<q>we <em>will</em> rebuild</q>", "", "“we will rebuild”"),
        ("<q>we <em>will</em></q>", "", "“we will”"),
        ("<q>I was told: <q>go now</q> and went</q>", "", "“I was told: ‘go now’ and went”"),
        ("<q>I was told: <q>go now</q></q>", "", "“I was told: ‘go now’”"),
        ("“<q>we will rebuild</q>”", "q{quotes:none}", "“we will rebuild”"),
        ("“<q>we will rebuild</q>”", "", "“we will rebuild”"),
        ("<q>“we will rebuild”</q>", "q::before,q::after{content:''}", "“we will rebuild”"),
        ("<q>we will rebuild</q>", "q{quotes:none}", "we will rebuild"),
        ("<q>we will rebuild</q>", 'article q { quotes: "«" "»" }', "«we will rebuild»"),
        ("<q>we say <q>go</q></q>", 'q { quotes: "\\201e" "\\201c" "\\201a" "\\2018" }', "„we say ‚go‘“"),
        ('<q style="quotes:\'«\' \'»\'">we will rebuild</q>', "", "«we will rebuild»"),
        ("<q>we will rebuild</q>", "@media print{q{color:red}} /* q{quotes:none} */", "“we will rebuild”"),
        ("<q>we will rebuild</q>", "q[{quotes:none}", "“we will rebuild”"),
        ("<i>we will rebuild</i>", "i::before{content:open-quote}i:after{content:close-quote}", "“we will rebuild”"),
        ('<span class="said">we will rebuild</span>', '.said::before{content:"\\00bb "}', "»we will rebuild"),
        ('<span class="said">we will rebuild</span>', '.said::before{content:"→"}', "we will rebuild"),
    ],
)  # fmt: skip
def test_marks_that_a_browser_shows_are_in_the_text(said: str, style: str, read: str) -> None:
    assert between(Q.format(said), head=f"<style>{style}</style>") == [f"The mayor, Ann Lee, said {read} on Tuesday."]


def test_generated_marks_of_a_block_stand_at_its_first_and_last_paragraph() -> None:
    style = "<style>.b::before{content:open-quote}.b::after{content:close-quote}</style>"
    body = "<blockquote class=b><p>We will rebuild the quay.</p><p>It is time to do it.</p></blockquote>"
    assert between(body, head=style) == ["“We will rebuild the quay.", "It is time to do it.”"]


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("<blockquote><p>We will rebuild the quay.</p><cite>Ann Lee</cite></blockquote>",
         ["We will rebuild the quay.", "Ann Lee"]),
        ("<blockquote><p>We will rebuild it by spring”</p>&mdash; Ann Lee (@annlee)</blockquote>",
         ["“We will rebuild it by spring”", "— Ann Lee (@annlee)"]),
        ("<p>“We will rebuild<br>the quay by spring,” said Ann Lee.</p>",
         ["“We will rebuild the quay by spring,” said Ann Lee."]),
        ("<p>It was a long night on the quay.<br><br>“We will rebuild,” said Ann Lee.</p>",
         ["It was a long night on the quay.", "“We will rebuild,” said Ann Lee."]),
        ("<p>One ends here.<br>Two ends here.<br>Three ends here.<br>“Four ends here.”</p>",
         ["One ends here.", "Two ends here.", "Three ends here.", "“Four ends here.”"]),
        ("<p>&amp;#8220;We will rebuild,&amp;#8221; said Ann Lee &amp;amp; others; 3 &lt; 4.</p>",
         ["“We will rebuild,” said Ann Lee & others; 3 < 4."]),
        ("<ul><li><p>One entry of a list that is long.</p></li><li>Two is the other entry of it.</li></ul>",
         ["One entry of a list that is long.", "Two is the other entry of it."]),
    ],
)  # fmt: skip
def test_words_never_run_together(body: str, read: list[str]) -> None:
    assert between(body) == read


def test_a_page_is_whole_however_deep_its_unclosed_boxes_are() -> None:
    body = "".join(f"<div><p>Paragraph {n} of the long story says that ferry {n} will stop.</p>" for n in range(300))
    texts = [block.text for block in document_of(page(body)).article.blocks]
    assert sum(text.startswith("Paragraph") for text in texts) == 300


def test_a_text_is_whole_that_is_longer_than_parsers_take() -> None:
    sentence = "The ferry stops in May, said Ann Lee. "
    found = document_of(page(f"<p>{sentence * 280_000}</p>")).article
    assert found.text.count("Ann Lee.") == 280_000


@pytest.mark.parametrize("charset", ["iso-8859-1", "latin1", "us-ascii", "windows-1252"])
def test_a_page_in_latin_1_is_in_windows_1252_as_in_browsers(charset: str) -> None:
    source = page("<p>“We’ll rebuild,” said Zoë Lee – “soon…”</p>", charset=charset).encode("cp1252")
    assert "“We’ll rebuild,” said Zoë Lee – “soon…”" in document_of(source).article.text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_page_that_a_windows_tool_saved_is_a_page(encoding: str) -> None:
    source = page("<p>“We’ll rebuild,” said Zoë Lee.</p>").encode(encoding)
    texts = [block.text for block in document_of(source).article.blocks]
    assert texts == ["Quay to be rebuilt", LEDE, "“We’ll rebuild,” said Zoë Lee.", LAST]


@pytest.mark.parametrize(
    "source",
    [
        "<p>It stops.</p>\n<p>“No other way,” said <b>Ann</b> Lee.</p>",
        "<!-- wp:paragraph -->\n<p>It stops.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:paragraph -->\n"
        "<p>“No other way,” said Ann Lee.</p>\n<!-- /wp:paragraph -->",
        "It stops.<br /><br />“No other way,” said Ann Lee.",
        "<div>It stops.<div>“No other way,” said Ann Lee.</div></div>",
        "It stops.\n<p>“No other way,” said <a href='/lee'>Ann Lee</a>.</p>",
        "<p>It stops.<p>&ldquo;No other way,&rdquo; said Ann&nbsp;Lee.",
    ],
)
def test_a_piece_of_html_is_read_whole(source: str) -> None:
    assert [block.text for block in document_of(source).article.blocks] == [
        "It stops.", "“No other way,” said Ann Lee."
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["Use <b>bold</b> & <i>italics</i>.", "He wrote 3 < 4 > 2.", "The <p> tag opens one."])
def test_a_text_about_tags_stays_a_text(text: str) -> None:
    assert [block.text for block in document_of(text).article.blocks] == [text]


def test_entities_in_plain_text_are_the_characters_that_they_name() -> None:
    assert document_of(
        "&ldquo;No other way,&rdquo; said Ann Lee. &#8220;It&#8217;s &amp; was.&#8221; R&D; AT&T"
    ).article.text == ("“No other way,” said Ann Lee. “It’s & was.” R&D; AT&T")


def described(*entries: object, body: str = "") -> Metadata:
    head = "".join(
        f'<script type="application/ld+json">{entry if isinstance(entry, str) else json.dumps(entry)}</script>'
        for entry in entries
    )
    return document_of(page(body, head=head)).metadata


STORY = {
    "@type": "NewsArticle", "headline": "Quay &amp; ferry", "url": "https://news.example/quay",
    "publisher": {"@type": "Organization", "name": "The Herald"}, "datePublished": "2026-05-01T10:00:00Z",
    "author": [{"name": "Ann Lee"}, "Bob Ray"],
}  # fmt: skip


@pytest.mark.parametrize(
    "entries",
    [[STORY], [[STORY]], [{"@graph": [{"@type": "WebSite", "name": "x"}, STORY]}], ["{broken", STORY],
     [f"<!-- {json.dumps(STORY)} -->"], [f"//<![CDATA[\n{json.dumps(STORY)}\n//]]>"],
     [{"@type": "WebPage", "mainEntity": {**STORY, "@type": ["Article", "ReportageNewsArticle"]}}]],
)  # fmt: skip
def test_what_a_page_says_of_its_article_is_known(entries: list[object]) -> None:
    assert described(*entries) == Metadata(
        title="Quay & ferry", url="https://news.example/quay", outlet="The Herald", published="2026-05-01T10:00:00Z",
        authors=("Ann Lee", "Bob Ray"),
    )  # fmt: skip


def test_a_live_blog_is_called_what_it_is_called_and_not_what_its_first_post_is() -> None:
    posts = [{"@type": "BlogPosting", "headline": f"Update {n}", "author": {"name": "Poster"}} for n in range(3)]
    blog = {**STORY, "@type": "LiveBlogPosting", "headline": "Quay to be rebuilt", "liveBlogUpdate": posts}
    known = described(posts[0], blog)
    assert (known.title, known.authors) == ("Quay to be rebuilt", ("Ann Lee", "Bob Ray"))
    body = "".join(f"<div><h2>Update {n}</h2><p>{LEDE.replace('Ardley', f'Town {n}')}</p></div>" for n in range(3))
    head = f'<script type="application/ld+json">{json.dumps(blog)}</script>'
    texts = [block.text for block in document_of(page(body, head=head)).article.blocks]
    assert texts.count("Quay to be rebuilt") == 1
    assert texts[0] == "Quay to be rebuilt"


CLAIM = {"@type": "Claim", "author": {"name": "Tom Ashdown"}, "datePublished": "2025-11-02"}
CHECK = {"@type": "ClaimReview", "claimReviewed": "The quay cost nine million.", "itemReviewed": CLAIM}


@pytest.mark.parametrize(
    ("entries", "published"),
    [
        ([{**CHECK, "datePublished": "2026-05-20"}], "2026-05-20"),  # itemReviewed first, where htmldate looks first
        ([{"@graph": [{**CHECK, "datePublished": "2026-05-20"}]}], "2026-05-20"),
        ([CHECK], None),
        ([{**CHECK, "datePublished": "2026-05-20"}, STORY], STORY["datePublished"]),
    ],
)
def test_a_fact_check_is_not_of_the_day_on_which_the_claim_was_made(
    entries: list[object], published: str | None
) -> None:
    assert described(*entries).published == published


ODD = {
    "@type": "NewsArticle", "headline": 5, "url": "javascript:alert(1)", "datePublished": "soon",
    "publisher": [], "author": None,
}  # fmt: skip


@pytest.mark.parametrize("value", [ODD, [], 5, None, "[" * 5000])
def test_odd_values_say_nothing(value: object) -> None:
    known = described(value)
    assert known.title == "Quay to be rebuilt"
    assert known.url is None
