"""Every form of archive, item by item; what cannot be read is one line, what is no article is counted."""

from __future__ import annotations

import csv
import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard

from onrecord.corpus.answers import answered
from onrecord.corpus.items import LeftOut
from onrecord.corpus.readers import items
from onrecord.errors import Unreadable
from tests.corpus.tasks import FakeAnalyzer

PAGE = (
    "<!doctype html><html><head><title>Ferry {0} stops</title></head><body><article><h1>Ferry {0} stops</h1>"
    "<p>Ferry number {0} to the islands will stop in May, the operator said on Monday after two winters.</p>"
    "<p>“We had no other way,” said Zoë Lee, who leads the company that runs the ferries.</p></article></body></html>"
)
FIRST = "Ferry number {} to the islands will stop in May, the operator said on Monday after two winters."


def lines(source: Path, left: LeftOut | None = None, **options: Any) -> list[dict[str, Any]]:
    found = list(items(source, left or LeftOut(), **options))
    assert [item.done for item in found] == sorted(item.done for item in found)
    return [json.loads(line) for line in answered(found, FakeAnalyzer(), ()).lines]  # type: ignore[arg-type]


def second_blocks(found: list[dict[str, Any]]) -> list[str]:
    return [line["analysis"]["blocks"][1]["text"] for line in found]


def record(kind: str, number: int, content: bytes) -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
    head += f"WARC-Target-URI: https://news.example/{number}\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content + b"\r\n\r\n"


def warc(*answers: tuple[dict[str, str], bytes], packed: bool = False) -> bytes:
    records = [record("warcinfo", 0, b"software: test\r\n")]
    for number, (given, body) in enumerate(answers, 1):
        headers = {"Content-Type": "text/html", **given}
        status = headers.pop("status", "200 OK")
        head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        records.append(record("response", number, head.encode() + b"\r\n" + body))
    return b"".join(gzip.compress(one) if packed else one for one in records)


def pages() -> list[tuple[dict[str, str], bytes]]:
    first, second, third, fourth = (PAGE.format(number).encode() for number in range(4))
    return [
        ({"Content-Type": "text/html; charset=iso-8859-1"}, PAGE.format(0).encode("cp1252")),
        ({"Content-Encoding": "gzip"}, gzip.compress(second)),
        ({"Content-Encoding": "br"}, brotli.compress(third)),
        ({"Transfer-Encoding": "chunked"}, b"%x\r\n%s\r\n0\r\n\r\n" % (len(fourth), fourth)),
        ({"status": "404 Not Found"}, first),
        ({"Content-Type": "image/png"}, b"\x89PNG"),
    ]


@pytest.mark.parametrize("form", ["plain", "each", "whole", "zst", "wacz"])
def test_of_a_web_archive_every_page_is_read(form: str, tmp_path: Path) -> None:
    data = warc(*pages(), packed=form in {"each", "wacz"})
    if form == "whole":
        data = gzip.compress(data)
    elif form == "zst":
        data = zstandard.compress(data)
    path = tmp_path / "a"
    path.write_bytes(data)
    if form == "wacz":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("archive/data.warc.gz", data)
            archive.writestr("pages/pages.jsonl", "{}")
    left = LeftOut()
    found = lines(path, left)
    assert second_blocks(found) == [FIRST.format(number) for number in range(4)]
    assert [line["metadata"]["url"] for line in found] == [f"https://news.example/{n}" for n in range(1, 5)]
    assert "said Zoë Lee" in found[0]["analysis"]["blocks"][2]["text"]
    assert left.counts == {"warcinfo records": 1, "answers with status 404": 1, "records of type image/png": 1}


def test_a_record_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    good = PAGE.format(7).encode()
    path = tmp_path / "a.warc"
    damaged = gzip.compress(good)[:-9]
    path.write_bytes(warc(({"Content-Encoding": "lzma"}, b"x"), ({"Content-Encoding": "gzip"}, damaged), ({}, good)))
    first, second, third = lines(path)
    assert first["error"]["message"].startswith("a.warc, record 2 is compressed in a way that is not known here (lzma)")
    assert second["error"]["message"].startswith("a.warc, record 3 is compressed (gzip) and damaged")
    assert second_blocks([third]) == [FIRST.format(7)]


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_that_is_cut_off_says_so_after_what_can_be_read(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    whole = warc(*[({}, PAGE.format(number).encode()) for number in range(60)], packed=packed)
    path.write_bytes((whole if packed else gzip.compress(whole))[:-40])
    *good, last = lines(path)
    assert len(good) >= 2
    assert "damaged or cut off" in last["error"]["message"]


def test_a_folder_is_read_by_the_names_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.html").write_text(PAGE.format(1))
    (tmp_path / "b" / "c.html.gz").write_bytes(gzip.compress(PAGE.format(2).encode()))
    (tmp_path / "b" / "broken.pdf").write_bytes(b"%PDF-1.4 no")
    (tmp_path / "b" / "more.jsonl").write_text('{"id": "x", "text": "One.\\n\\nTwo."}\nbroken\n')
    (tmp_path / "b" / "damaged.txt.gz").write_bytes(gzip.compress(b"text" * 99)[:-9])
    (tmp_path / "style.css").write_text("q {}")
    (tmp_path / ".hidden").write_text("x")
    left = LeftOut()
    found = lines(tmp_path, left)
    assert [(line["id"], line["place"], line.get("error", {}).get("code")) for line in found] == [
        ("a.html", "a.html", None),
        ("b/broken.pdf", "b/broken.pdf", "unreadable"),
        ("b/c.html.gz", "b/c.html.gz", None),
        ("b/damaged.txt.gz", "b/damaged.txt.gz", "unreadable"),
        ("x", "b/more.jsonl, line 1", None),
        (None, "b/more.jsonl, line 2", "invalid_json"),
    ]
    assert left.counts == {".css files": 1, "hidden files": 1}


@pytest.mark.parametrize("form", ["bom", "utf-16", "gz", "zst", "named"])
def test_json_lines_are_read_in_every_encoding(form: str, tmp_path: Path) -> None:
    text = "".join(json.dumps({"id": n, "text": f"Zoë {n}."}, ensure_ascii=False) + "\n" for n in range(3))
    data = {"bom": text.encode("utf-8-sig"), "utf-16": text.encode("utf-16"), "gz": gzip.compress(text.encode()),
            "zst": zstandard.compress(text.encode()), "named": text.encode()}[form]  # fmt: skip
    path = tmp_path / ("a.jsonl" if form == "named" else "a")
    path.write_bytes(data)
    assert [line["analysis"]["blocks"][0]["text"] for line in lines(path)] == ["Zoë 0.", "Zoë 1.", "Zoë 2."]


ROWS = [
    {"Article ID": "a1", "Headline": "Ferry", "body": "<p>It stops.</p><p>“So,” said Lee.</p>", "Date": "2026-05-01"},
    {"Article ID": "", "Headline": "", "body": 'It, "too".\n\nAnd “so”.', "Date": ""},
    {"Article ID": "a3", "Headline": "T", "body": " ", "Date": ""},
]


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), (",", "cp1252")]
)
def test_a_table_has_a_column_of_texts(delimiter: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        table = csv.DictWriter(file, list(ROWS[0]), delimiter=delimiter)
        table.writeheader()
        table.writerows(ROWS)
    first, second, third = lines(path)
    assert [block["text"] for block in first["analysis"]["blocks"]] == ["Ferry", "It stops.", "“So,” said Lee."]
    assert (first["id"], first["metadata"]["title"], first["metadata"]["published"]) == ("a1", "Ferry", "2026-05-01")
    assert (second["id"], second["analysis"]["blocks"][1]["text"]) == ("a.csv#3", "And “so”.")
    assert third["error"]["code"] == "nothing_to_analyze"
    with pytest.raises(Unreadable, match="has no column 'words'; it has 'Article ID'"):
        lines(path, column="words")


def test_parquet_is_a_table(tmp_path: Path) -> None:
    import datetime as dt

    import pyarrow as pa
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    day = dt.date(2026, 5, 1)
    parquet.write_table(pa.table({"words": ["One.\n\nTwo.", None], "id": [1, 2], "date": [day, None]}), path)
    with pytest.raises(Unreadable, match="has no column of texts by name; say which with --column: 'words', 'id'"):
        lines(path)
    first, second = lines(path, column="words")
    assert (first["id"], first["metadata"]["published"]) == ("1", "2026-05-01")
    assert second["error"]["code"] == "nothing_to_analyze"
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(Unreadable, match="is Parquet that cannot be read"):
        lines(path)


def test_a_feed_is_an_item_for_each_entry(tmp_path: Path) -> None:
    entry = "<item><title>T{0}</title><guid>g{0}</guid><description>&lt;p&gt;Text {0}.&lt;/p&gt;</description></item>"
    path = tmp_path / "feed.xml"
    path.write_text(
        f"<rss><channel>{entry.format(1)}<item><title>No text</title></item>{entry.format(3)}</channel></rss>"
    )
    first, second, third = lines(path)
    assert (first["id"], third["id"], second["error"]["code"]) == ("g1", "g3", "nothing_to_analyze")
    assert second_blocks([first, third]) == ["Text 1.", "Text 3."]


def test_ninjs_and_subtitles_are_articles(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"uri": "urn:1", "headline": "H", "body_xhtml": "<p>One.</p>"}))
    (tmp_path / "b.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann Lee>We go.\n")
    (tmp_path / "c.jsonl").write_text(json.dumps({"uri": "urn:2", "headline": "H", "body_text": "Two."}) + "\n")
    first, second, third = lines(tmp_path)
    assert [line["analysis"]["blocks"][-1]["text"] for line in (first, second, third)] == [
        "One.",
        "Ann Lee: We go.",
        "Two.",
    ]
    assert third["id"] == "urn:2"
