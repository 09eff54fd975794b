"""What each kind of bad file gets: the table of docs/archives.md says it, and here it is tried."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from pathlib import Path

import pytest

from onrecord import documents
from onrecord.errors import OnrecordError

ROOT = Path(__file__).parents[2]


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    return made.getvalue()


ENTRY = "<item><title>A</title><description>Words.</description></item>"
FILES = {
    "empty.txt": b"",
    "shell.html": b"<!doctype html><html><body><div id=app></div><script>start()</script></body></html>",
    "photo.jpg": b"\xff\xd8\xff\xe0" + bytes(200),
    "photo.txt": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><text>Words</text></svg>',
    "film.mp4": b"\0\0\0\x18ftypmp42" + bytes(200),
    "cut.pdf": b"%PDF-1.4\n1 0 obj",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "cut.docx": zipped("word/document.xml")[:-30],
    "empty.docx": zipped("word/document.xml"),
    "text.odt": zipped("content.xml"),
    "book.epub": zipped("mimetype", "OEBPS/a.xhtml"),
    "cut.txt.gz": gzip.compress(b"The mayor said so. " * 200)[:60],
    "table.csv": b"id,text\n1,Words.\n",
    "crawl.warc": b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
    "feed.xml": f"<?xml version='1.0'?><rss version='2.0'><channel>{ENTRY * 2}</channel></rss>".encode(),
    "sitemap.xml": b"<?xml version='1.0'?><urlset><url><loc>https://a.example</loc></url></urlset>",
    "cut.xml": b"<?xml version='1.0'?>",
    "data.json": b'{"a": 1}',
    "lines.jsonl": b'{"id": 1, "text": "One."}\n{"id": 2, "text": "Two."}\n',
    "empty.vtt": b"WEBVTT\n",
}  # fmt: skip


def table() -> dict[str, tuple[str, str]]:
    """The rows of the docs: code and sentence by file."""
    text = (ROOT / "docs" / "archives.md").read_text(encoding="utf-8").partition("## What cannot be read")[2]
    rows = re.findall(r"^\| [^|]+ \| `([^`|]+)` \| `(\w+)` \| ([^|]+) \|$", text, flags=re.MULTILINE)
    return {name: (code, sentence.replace("\\<", "<")) for name, code, sentence in rows}


def test_the_docs_have_a_row_for_each_file() -> None:
    assert table().keys() == FILES.keys()


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_gets_what_the_docs_say(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(FILES[name])
    with pytest.raises(OnrecordError) as raised:
        documents.read_document(name)
    assert (raised.value.code, raised.value.message) == table()[name]


def test_an_icon_before_the_text_does_not_make_it_a_drawing(tmp_path: Path) -> None:
    path = tmp_path / "piece.html"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0"/></svg><p>“We go,” said Ann Lee.</p>')
    assert [block.text for block in documents.read_document(str(path)).article.blocks] == ["“We go,” said Ann Lee."]
