"""Reading what the command line is given."""

from __future__ import annotations

import gzip
import http.client
import io
import sys
import urllib.request
import zlib
from email.message import Message
from pathlib import Path

import brotli
import pytest
import zstandard

from onrecord import documents
from onrecord.article import Article
from onrecord.errors import NothingToAnalyze, Unreadable

HTML = """<!doctype html><html><head><title>Ferry stays in port</title></head><body>
<nav><ul><li><a href="/">Start</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Ferry stays in port</h1>
<p>The ferry to the outer islands will stay in port for the rest of the week, the harbour master said on Monday.</p>
<blockquote><p>Nobody should drive to the quay, because there is no room for all the cars that wait.</p></blockquote>
<p>She said that the&nbsp;crew had found a <a href="/crack">crack</a> in the hull, which would be welded at once.</p>
</article><script>var hidden = "not text";</script>
<footer><p>All rights reserved by nobody.</p></footer></body></html>"""


def article_of(data: bytes) -> Article:
    return documents.article_of(data, place="story")


def texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks]


def test_a_text_file_is_cut_into_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("Ferry stays\n\nIt stays,\nsaid Lund.", encoding="utf-8")
    article = documents.read(str(path))
    assert texts(article) == ["Ferry stays", "It stays, said Lund."]
    assert article.url is None


def test_the_standard_input_is_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("“Já,” sagði hún.".encode())))
    assert texts(documents.read("-")) == ["“Já,” sagði hún."]


def test_of_a_page_the_article_is_read_and_the_rest_left_out() -> None:
    article = article_of(HTML.encode())
    assert article.title == "Ferry stays in port"
    assert [block.role for block in article.blocks] == ["headline", "paragraph", "blockquote", "paragraph"]
    assert article.blocks[2].text.startswith("Nobody should drive")
    assert "found a crack in the hull" in article.blocks[3].text
    assert not any(word in article.text for word in ("Sport", "hidden", "rights reserved"))
    assert len({block.id for block in article.blocks}) == 4


def test_a_page_is_known_by_its_body_whatever_stands_before_it() -> None:
    assert texts(article_of(b"<!-- saved -->\n" + HTML.partition("<html>")[2].encode()))[0] == "Ferry stays in port"


def test_a_text_that_speaks_of_tags_is_no_page() -> None:
    assert texts(article_of(b"Use <b>bold</b> & <i>italics</i>.")) == ["Use <b>bold</b> & <i>italics</i>."]


@pytest.mark.parametrize(
    "data",
    [
        "“Naïve,” he said.".encode(),
        "“Naïve,” he said.".encode("utf-8-sig"),
        "“Naïve,” he said.".encode("utf-16"),
        "“Naïve,” he said.".encode("cp1252"),
    ],
)
def test_the_usual_encodings_are_read(data: bytes) -> None:
    assert texts(article_of(data)) == ["“Naïve,” he said."]


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"<!doctype html><html><body></body></html>"])
def test_a_document_without_text_holds_nothing_to_analyse(data: bytes) -> None:
    with pytest.raises(NothingToAnalyze, match=r"^story holds no "):
        article_of(data)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\x7fELF\x02\x01\x01\0"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="story is not text"):
        article_of(data)


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(documents, "LARGEST", 1_000_000)
    path = tmp_path / "long.txt"
    path.write_bytes(b"a" * 1_000_000)
    assert len(documents.read(str(path)).text) == 1_000_000
    path.write_bytes(b"a" * 1_000_001)
    with pytest.raises(Unreadable, match="larger than 1 MB"):
        documents.read(str(path))


@pytest.mark.parametrize("place", ["missing.txt", ".", "//[odd", "ftp://news.example/a", "file:///missing"])
def test_a_place_where_no_file_is_cannot_be_read(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Unreadable) as refused:
        documents.read(place)
    assert refused.value.message.startswith(f"{place} cannot be read: ")


def test_an_address_is_fetched_once_and_becomes_the_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(request: urllib.request.Request, timeout: float) -> io.BytesIO:
        asked.append(request.full_url)
        return io.BytesIO(HTML.encode())

    monkeypatch.setattr(urllib.request, "urlopen", answer)
    assert documents.read("https://news.example/ferry").url == "https://news.example/ferry"
    assert asked == ["https://news.example/ferry"]


class Answered(io.BytesIO):
    """An answer with headers, as ``urlopen`` gives it."""

    def __init__(self, data: bytes, **headers: str) -> None:
        super().__init__(data)
        self.headers = Message()
        for name, value in headers.items():
            self.headers[name.replace("_", "-")] = value


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("gzip", gzip.compress(HTML.encode())),
        ("x-gzip", gzip.compress(HTML[:900].encode()) + gzip.compress(HTML[900:].encode())),
        ("deflate", zlib.compress(HTML.encode())),
        ("deflate", zlib.compress(HTML.encode(), wbits=-15)),
        ("gzip, deflate", zlib.compress(gzip.compress(HTML.encode()))),
        ("gzip", HTML.encode()),  # many servers name what they did not do
        ("br", brotli.compress(HTML.encode())),
        ("zstd", zstandard.compress(HTML.encode())),
    ],
)
def test_an_answer_is_unpacked_whatever_was_asked_for(
    encoding: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(urllib.request, "urlopen", lambda *_, **__: Answered(data, Content_Encoding=encoding))
    assert documents.read("https://news.example/ferry").title == "Ferry stays in port"


@pytest.mark.parametrize(
    ("encoding", "data"), [("gzip", gzip.compress(HTML.encode())[:-30]), ("deflate", b"no"), ("lzma", b"no"),
                           ("br", b"\xff\xff\xff"), ("zstd", b"no zstd")]
)  # fmt: skip
def test_an_answer_that_cannot_be_unpacked_is_one_sentence(
    encoding: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(urllib.request, "urlopen", lambda *_, **__: Answered(data, Content_Encoding=encoding))
    with pytest.raises(Unreadable, match=r"^https://news\.example/ferry is compressed "):
        documents.read("https://news.example/ferry")


def test_the_encoding_that_an_answer_names_is_its_text_s(monkeypatch: pytest.MonkeyPatch) -> None:
    data = "“Naïve,” he said. It was “so”.".encode("cp1252")
    monkeypatch.setattr(
        urllib.request, "urlopen", lambda *_, **__: Answered(data, Content_Type="text/plain; charset=ISO-8859-1")
    )
    assert documents.read("https://news.example/ferry").text == "“Naïve,” he said. It was “so”."


@pytest.mark.parametrize(
    "failure",
    [TimeoutError("timed out"), http.client.BadStatusLine("odd"), http.client.IncompleteRead(b""), OSError("refused")],
)
def test_an_address_that_does_not_answer_as_it_should_cannot_be_read(
    failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(*_: object, **__: object) -> io.BytesIO:
        raise failure

    monkeypatch.setattr(urllib.request, "urlopen", answer)
    with pytest.raises(Unreadable, match=r"^https://news\.example/ cannot be read: "):
        documents.read("https://news.example/")


@pytest.mark.parametrize("place", ["http://[odd", "https://", "http://a b/"])
def test_an_address_that_is_none_cannot_be_read(place: str) -> None:
    with pytest.raises(Unreadable, match="cannot be read"):
        documents.read(place)
