"""Every kind of document: read, or refused in one true sentence, and never analysed as its source."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest

from onrecord import documents
from onrecord.article import Article
from onrecord.documents import Document
from onrecord.errors import NothingToAnalyze, OnrecordError, Unreadable

SAID = "“We had no other way,” said Martin Ollerton, chief executive of Bluewater Lines."
BODY = f"<p>The ferry will stop in May, the operator said on Monday.</p><p>{SAID}</p>"


def document_of(data: bytes | str) -> Document:
    return documents.document_of(data if isinstance(data, bytes) else data.encode(), place="story")


def texts(data: bytes | str) -> list[str]:
    return [block.text for block in document_of(data).article.blocks]


def article_of(data: bytes | str) -> Article:
    return document_of(data).article


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines, in the encoding of its standard fonts."""
    shown = b"".join(
        b"(" + line.encode("cp1252").replace(b"(", rb"\(").replace(b")", rb"\)") + b") '\n" for line in lines
    )
    stream = b"BT /F1 11 Tf 14 TL 60 780 Td\n" + shown + b"ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(made),
    )


def word(*paragraphs: tuple[str, str | None]) -> bytes:
    made, out = docx.Document(), io.BytesIO()
    for text, style in paragraphs:
        made.add_paragraph(text, style=style)
    made.save(out)
    return out.getvalue()


def test_a_pdf_is_read_with_its_lines_joined() -> None:
    lines = [
        "The harbour board said that it had offered to halve the landing",
        "fee for two years, and that the operator of the ferry had not an-",
        "swered. “We sent two letters, and we asked the ministry to call",
        "them,” said Joan Pell.",
        "7",
    ]
    assert texts(pdf(*lines)) == [
        "The harbour board said that it had offered to halve the landing fee for two years, and that the operator "
        "of the ferry had not answered. “We sent two letters, and we asked the ministry to call them,” said Joan Pell."
    ]


def test_a_pdf_that_is_locked_or_empty_or_broken_is_refused() -> None:
    locked, out = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("A line."))), io.BytesIO()
    locked.encrypt("secret", algorithm="RC4-128")
    locked.write(out)
    with pytest.raises(Unreadable, match="locked with a password"):
        document_of(out.getvalue())
    with pytest.raises(NothingToAnalyze, match="PDF without text"):
        document_of(pdf())
    with pytest.raises(Unreadable, match="is a PDF that cannot be read"):
        document_of(b"%PDF-1.4\n1 0 obj<<>>endobj\nstream\nBT (We had no other way) Tj ET\nendstream\n%%EOF")


def test_a_word_file_keeps_the_roles_of_its_styles() -> None:
    data = word(
        ("Ferry to stop", "Title"), ("It stops in May.", None), ("It was good.", "Quote"), ("One", "List Bullet")
    )
    assert [(block.role, block.text) for block in article_of(data).blocks] == [
        ("headline", "Ferry to stop"),
        ("paragraph", "It stops in May."),
        ("blockquote", "It was good."),
        ("list_item", "One"),
    ]


def test_other_zip_files_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("story.txt", SAID)
    with pytest.raises(Unreadable, match="story is a ZIP file, which is not read"):
        document_of(out.getvalue())
    with pytest.raises(Unreadable, match="may be damaged"):
        document_of(b"PK\x03\x04" + b"x" * 100)


def test_rtf_is_read() -> None:
    source = rb"{\rtf1\ansi\deff0 {\fonttbl{\f0 Times;}}\f0 {\ldblquote}We had no other way,{\rdblquote} he said.\par}"
    assert texts(source) == ["“We had no other way,” he said."]


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Ardley Herald</title>{items}</channel></rss>"""
ITEM = """<item><title>Ferry &amp; quay</title><link>https://news.example/ferry</link><guid>f1</guid>
<pubDate>Fri, 01 May 2026 10:00:00 GMT</pubDate><dc:creator>Ann Lee</dc:creator>
<description>A short teaser.</description><content:encoded><![CDATA[{body}]]></content:encoded></item>"""


def test_the_one_entry_of_a_feed_is_read_with_what_it_says_of_itself() -> None:
    found = document_of(RSS.format(items=ITEM.format(body=BODY)))
    assert [block.text for block in found.article.blocks] == [
        "Ferry & quay", "The ferry will stop in May, the operator said on Monday.", SAID
    ]  # fmt: skip
    known = found.metadata
    assert (known.outlet, known.published, known.authors) == (
        "Ardley Herald",
        "2026-05-01T10:00:00+00:00",
        ("Ann Lee",),
    )
    assert (known.url, found.id) == ("https://news.example/ferry", "f1")


def test_a_feed_of_several_says_how_many_and_what_reads_them() -> None:
    feed = RSS.format(items=ITEM.format(body=BODY) * 3)
    with pytest.raises(Unreadable, match="story holds 3 articles; `onrecord corpus story"):
        document_of(feed)
    assert len(list(documents.documents_of(feed.encode(), place="story"))) == 3


def test_an_entry_without_a_text_is_an_error_in_its_place() -> None:
    feed = RSS.format(items=ITEM.format(body=BODY) + "<item><title>Only a link</title></item>")
    first, second = documents.documents_of(feed.encode(), place="story")
    assert isinstance(first, Document)
    assert isinstance(second, NothingToAnalyze)
    assert second.message.startswith("story, entry 2 holds no text")


@pytest.mark.parametrize(
    "content",
    [
        f'<content type="html">{BODY.replace("<", "&lt;")}</content>',
        f'<content type="html">{BODY.replace("<", "&lt;").replace("&", "&amp;")}</content>',
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{BODY}</div></content>',
        f"<content><![CDATA[{BODY}]]></content>",
    ],
)
def test_atom_holds_html_in_four_ways(content: str) -> None:
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title><entry><title>T</title>{content}</entry></feed>'
    assert texts(feed)[1:] == ["The ferry will stop in May, the operator said on Monday.", SAID]


def test_of_a_wordpress_export_the_posts_are_read() -> None:
    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"'
    post = "<item><title>{0}</title><content:encoded><![CDATA[{0} one.\n\n{0} two.]]></content:encoded>"
    items = post.format("Post") + "<wp:post_type>post</wp:post_type></item>"
    items += post.format("Picture") + "<wp:post_type>attachment</wp:post_type></item>"
    assert texts(f'<?xml version="1.0"?><rss {names}><channel><title>B</title>{items}</channel></rss>') == [
        "Post", "Post one.", "Post two."
    ]  # fmt: skip


def test_newsml_g2_is_read() -> None:
    item = f"""<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1">
    <itemMeta><provider literal="Coast Wire"/></itemMeta>
    <contentMeta><contentCreated>2026-05-01T10:00:00Z</contentCreated>
    <by>Ann Lee</by><headline>Ferry to stop</headline></contentMeta>
    <contentSet><inlineXML contenttype="application/xhtml+xml">
    <html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{BODY}</body></html></inlineXML>
    </contentSet></newsItem>"""
    found = document_of(item)
    assert [block.text for block in found.article.blocks][0::2] == ["Ferry to stop", SAID]
    assert (found.metadata.outlet, found.metadata.published, found.id) == (
        "Coast Wire",
        "2026-05-01T10:00:00Z",
        "urn:x:1",
    )


@pytest.mark.parametrize(
    "body",
    [{"body_xhtml": BODY}, {"body_text": f"The ferry will stop.\n\n{SAID}"},
     {"bodies": [{"contentType": "text/plain", "value": "no"}, {"contentType": "text/html", "value": BODY}]}],
)  # fmt: skip
def test_ninjs_is_read(body: dict[str, object]) -> None:
    found = document_of(json.dumps({"uri": "urn:x:2", "headline": "Ferry to stop", "byline": "Ann Lee", **body}))
    assert found.article.blocks[-1].text == SAID
    assert found.article.title == "Ferry to stop"
    assert found.id == "urn:x:2"


MAIL = (
    "From: Ann Lee <ann@board.example>\r\nDate: Fri, 1 May 2026 10:00:00 +0000\r\n"
    "Subject: =?utf-8?q?Ferry_=E2=80=93?=\r\n to stop\r\nMIME-Version: 1.0\r\n"
)


def test_a_message_is_read_without_its_signature() -> None:
    found = document_of(
        f"{MAIL}Content-Type: text/plain; charset=utf-8\r\n\r\nIt stops.\r\n\r\n{SAID}\r\n-- \r\nThe board\r\n"
    )
    assert [block.text for block in found.article.blocks] == ["Ferry – to stop", "It stops.", SAID]
    assert found.metadata.authors == ("Ann Lee",)
    assert found.metadata.published == "2026-05-01T10:00:00+00:00"


def test_a_page_saved_as_one_file_is_a_page() -> None:
    article = f"<article><h1>Ferry to stop</h1>{BODY * 3}</article>"
    page = f"<html><head><title>Ferry to stop</title></head><body>{article}</body></html>"
    saved = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/ferry\r\nSubject: Ferry\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html\r\nContent-Location: https://news.example/ferry\r\n\r\n"
        f"{page}\r\n--b\r\nContent-Type: image/png\r\n\r\nxx\r\n--b--\r\n"
    )
    found = article_of(saved)
    assert (found.title, found.url) == ("Ferry to stop", "https://news.example/ferry")
    assert any(block.text == SAID for block in found.blocks)


def test_a_compressed_file_is_what_is_in_it() -> None:
    assert texts(gzip.compress(SAID.encode())) == [SAID]
    with pytest.raises(Unreadable, match="damaged"):
        document_of(gzip.compress(SAID.encode() * 50)[:-20])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x89PNG\r\n", "story is not text but a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office; save it as .docx"),
        (b"PAR1xxxx", "`onrecord corpus` reads it"),
        (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", "is a web archive; `onrecord corpus story"),
        (b'<?xml version="1.0"?><urlset><url/></urlset>', r"XML of a kind that is not read here \(<urlset>\)"),
        (b'{"id": 1, "text": "A."}\n{"id": 2, "text": "B."}\n', "a document on each line"),
        (b'{"id": 1, "text": "A."}', "is JSON, but no story in ninjs"),
        (b"\0\1\2\3" * 9, "story is not text"),
    ],
)
def test_what_is_not_read_is_said_to_be_what_it_is(data: bytes, sentence: str) -> None:
    with pytest.raises(OnrecordError, match=sentence):
        document_of(data)


def test_a_table_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "stories.csv"
    path.write_text("id,text\n1,A story.\n")
    with pytest.raises(Unreadable, match="is a table; `onrecord corpus"):
        documents.read(str(path))


def test_text_that_begins_like_json_or_xml_is_text() -> None:
    assert texts("[The reporter was there.] It stops.") == ["[The reporter was there.] It stops."]
    assert texts("<Laughter> It stops.") == ["<Laughter> It stops."]


@pytest.mark.parametrize(
    "file",
    [
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann Lee>We will go.</v>\n\n2\n00:02.000 --> 00:03.000 align:start\n"
        "<v Ann Lee>All of us.\n\nNOTE nothing\n\n00:03.000 --> 00:04.000\n<v.loud Bob Ray>&gt; No.</v>\n",
        "1\n00:00:01,000 --> 00:00:02,000\n>> ANN LEE: We will go.\n\n2\n00:00:02,000 --> 00:00:03,000\nAll of us.\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\n[APPLAUSE]\n\n4\n00:00:04,000 --> 00:00:05,000\n>> BOB RAY: <i>> No.</i>\n",
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nAnn Lee: We will go.\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\n"
        "All of us.\r\nBob Ray: > No.\r\n",
    ],
)
def test_subtitles_keep_who_speaks(file: str) -> None:
    assert [text.lower() for text in texts(file)] == ["ann lee: we will go. all of us.", "bob ray: > no."]


def test_a_change_of_speaker_without_a_name_is_a_turn() -> None:
    file = "WEBVTT\n\n00:01.000 --> 00:02.000\n>> We will go.\n\n00:02.000 --> 00:03.000\n>> Where?\n"
    assert texts(file) == ["We will go.", "Where?"]
