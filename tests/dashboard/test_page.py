"""The page: its figures are the archive's, it needs nothing but itself, and small numbers are said to be small."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from lxml import html

from onrecord import cli
from onrecord.analysis.result import SOURCE_TYPES
from onrecord.corpus import parquet
from onrecord.dashboard import archive, commands, page
from onrecord.errors import NothingToAnalyze, Unreadable
from onrecord.formats import html as ground
from onrecord.formats import report
from tests.dashboard.archives import anonymous, claim, failure, line, quote, source, written

HOSTILE = "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;{{ 7 * 7 }}\u202e\x1b[2J\ud800"


def made(tmp_path: Path, lines: list[Any], **options: Any) -> html.HtmlElement:
    options.setdefault("least", 2)
    return html.document_fromstring(text(tmp_path, lines, **options))


def text(tmp_path: Path, lines: list[Any], **options: Any) -> str:
    target = tmp_path / "page.html"
    page.write(written(tmp_path / "out.jsonl", lines), target, page.Options(**options))
    return target.read_text(encoding="utf-8")


def rows(tree: html.HtmlElement, caption: str) -> list[list[str]]:
    """The cells of a table, with the small ones apart by a space."""
    (table,) = tree.xpath(f"//table[starts-with(normalize-space(caption), '{caption}')]")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in table.xpath(".//tr")]


def sheet(tree: html.HtmlElement, name: str) -> list[dict[str, str]]:
    """A CSV file, as the browser would save it."""
    (address,) = tree.xpath(f"//a[@download='{name}.csv']/@href")
    with urlopen(address) as found:
        data = found.read().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(data)))


def month(number: int) -> str:
    return f"2026-{number:02}-10"


ARCHIVE = [
    *(
        line([source(1), source(2, "expert")], [quote(1, "s1"), quote(2, "s2", "two words")], [claim()],
             published=month(number), outlet="The Harbour Post", place=f"post {number}")
        for number in (1, 1, 2, 2, 3, 3, 4)
    ),
    *(
        line([source(1, "affected"), anonymous(2, "for fear of losing her job", "fear")],
             [quote(1, "s1"), quote(2, None)],
             published=month(number), outlet="Eastern Echo", place=f"echo {number}", title=f"Echo {number}",
             url="https://echo.example/a")
        for number in (1, 2, 3)
    ),
    line([], [], outlet="Weekly", published=None, text="the same"),
    line([], [], outlet=None, published="3/4/2026", text="the same"),
    failure(), failure("timed_out"),
]  # fmt: skip


def test_sources_and_words_by_type_are_those_of_the_archive(tmp_path: Path) -> None:
    found = {row["kind"]: row for row in sheet(made(tmp_path, ARCHIVE), "sources-by-type")}
    # 7 × (official, expert) and 3 × (affected, an anonymous official): 20 sources; 7×4 + 7×2 + 3×4 + 3×4 words.
    official = found["Government, military, courts, police"]
    assert (official["sources"], official["sources_share"], official["words"]) == ("10", "0.5", "28")
    assert official["words_share"] == str(round(28 / 66, 4))
    assert (official["articles"], official["articles_share"]) == ("10", str(round(10 / 12, 4)))
    assert found["Speaker not found"]["sources"] == ""
    assert found["Speaker not found"]["words"] == "12"
    assert found["Company or industry"]["sources_low"] == "0.0"
    assert float(found["Company or industry"]["sources_high"]) > 0


def test_periods_run_without_a_gap_and_too_few_articles_have_no_share(tmp_path: Path) -> None:
    tree = made(tmp_path, ARCHIVE, grain="month")
    found = rows(tree, "Sources by type over time")
    assert [row[:2] for row in found[1:]] == [
        ["Jan 2026", "3"],
        ["Feb 2026", "3"],
        ["Mar 2026", "3"],
        ["Apr 2026", "1"],
    ]
    assert found[4][2:] == ["too few"] * 10
    official = [row["official"] for row in sheet(tree, "type-over-time")]
    assert official == ["3", "3", "3", "1"]
    assert sheet(tree, "type-over-time")[3]["official_share"] == ""
    (chart,) = tree.xpath("//section[h2/@id='type']//div[@class='panels']")
    assert len(chart.xpath("svg")) == 10
    assert len(chart.xpath(".//path[@class='gap']")) == 10
    assert "A tick on the axis and no line: fewer than 2 articles in that month." in tree.text_content()


def test_no_line_is_drawn_through_too_few_periods(tmp_path: Path) -> None:
    tree = made(tmp_path, ARCHIVE, grain="month", least=3, asked=archive.asked([], "2026-01", "2026-02"))
    assert not tree.xpath("//div[@class='panels']")
    assert "No line is drawn: of 2 months, 2 have 3 articles or more, and a line needs 3." in tree.text_content()


def test_outlets_stand_in_alphabetical_order_and_few_articles_are_named(tmp_path: Path) -> None:
    tree = made(tmp_path, ARCHIVE)
    assert [row[:2] for row in rows(tree, "Sources by type by outlet")[1:]] == [
        ["Eastern Echo", "3"],
        ["The Harbour Post", "7"],
    ]
    assert "With fewer than 2 articles, too few for a share: Weekly (1)." in tree.text_content()
    assert [row["outlet"] for row in sheet(tree, "type-by-outlet")] == ["Eastern Echo", "The Harbour Post", "Weekly"]
    (chart,) = tree.xpath("//section[h2/@id='type']//svg[@class='matrix']")
    assert list(chart.xpath("text[@text-anchor='end']/text()")) == ["Eastern Echo", "The Harbour Post"]


def test_words_can_be_what_is_drawn(tmp_path: Path) -> None:
    tree = made(tmp_path, ARCHIVE, measure="words")
    (echo,) = [row for row in sheet(tree, "type-by-outlet") if row["outlet"] == "Eastern Echo"]
    assert (echo["affected"], echo["affected_share"], echo["lost"], echo["lost_share"]) == ("12", "0.5", "12", "0.5")


def test_what_is_quoted_and_what_articles_have(tmp_path: Path) -> None:
    found = {row["outlet"]: row for row in sheet(made(tmp_path, ARCHIVE), "quoted-by-outlet")}
    echo, post = found["Eastern Echo"], found["The Harbour Post"]
    assert (echo["words_quoted"], echo["words_quoted_share"]) == ("24", "0.8")
    assert (echo["articles_anonymous"], post["articles_anonymous"]) == ("3", "0")
    assert (echo["articles_contested_share"], post["articles_contested_share"]) == ("0.0", "1.0")
    assert echo["articles_single_source"] == "0"


def test_anonymity_is_counted_with_its_reasons(tmp_path: Path) -> None:
    tree = made(tmp_path, ARCHIVE)
    assert "3 sources of 20 (15%), in 3 articles of 12 (25%)" in " ".join(tree.text_content().split())
    assert {row["reason"]: row["sources"] for row in sheet(tree, "reasons")}["Fear of consequences"] == "3"
    assert sheet(tree, "reasons-in-words") == [{"words": "for fear of losing her job", "sources": "3"}]


def test_the_most_quoted_and_the_articles_to_look_at(tmp_path: Path) -> None:
    tree = made(tmp_path, ARCHIVE)
    first = sheet(tree, "most-quoted")[0]
    assert (first["name"], first["articles"], first["words"]) == ("Person 1", "10", "40")
    assert first["types"] == "official 7; affected 3"
    looks = sheet(tree, "articles-lost")
    assert {row["place"] for row in looks} == {"echo 1", "echo 2", "echo 3"}
    assert tree.xpath("//section[h2/@id='articles']//a[@href='https://echo.example/a']")


def test_what_limits_the_figures_is_said_first(tmp_path: Path) -> None:
    said = [item.text_content() for item in made(tmp_path, ARCHIVE).xpath("//ul[@class='remarks']/li")]
    assert said == [
        "2 documents could not be analysed and are in no figure.",
        "1 article names no outlet.",
        "2 articles have no date that can be told for certain (1 dated in another way, as 3/4/2026 is).",
        "10 articles have the text of another one, word for word. Each is counted.",
    ]


def test_an_archive_that_is_too_small_says_so(tmp_path: Path) -> None:
    tree = made(tmp_path, [line()], least=20)
    assert "These are 1 article: too few for any figure here" in tree.text_content()


def test_sections_with_nothing_in_them_say_it_in_a_sentence(tmp_path: Path) -> None:
    tree = made(tmp_path, [line(outlet=None, published=None)] * 3)
    said = tree.text_content()
    for sentence in (
        "No article says when it was published", "No article names its outlet", "Nobody is quoted by name",
        "No article says of a source that it is anonymous", "No article words a claim as contested",
    ):  # fmt: skip
        assert sentence in said


def test_the_page_loads_nothing_and_runs_nothing(tmp_path: Path) -> None:
    tree = made(tmp_path, ARCHIVE)
    assert not tree.xpath("//script | //img | //link | //iframe | //object | //base | //form | //@style")
    assert not [name for name in tree.xpath("//@*") if getattr(name, "attrname", "").startswith("on")]
    assert "url(" not in page.style()
    assert "@import" not in page.style()
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == [page.content_security_policy()]
    assert {link.split(":")[0].split("#")[0] for link in tree.xpath("//a/@href")} == {"", "data", "https"}


def test_hostile_strings_stay_text(tmp_path: Path) -> None:
    bad = [
        line([source(1, name=HOSTILE), anonymous(2, HOSTILE, "other")],
             [quote(1, "s1", HOSTILE), quote(2, None)], [claim()],
             text=HOSTILE, place=HOSTILE, title=HOSTILE, url="javascript:alert(1)", outlet=HOSTILE, published=HOSTILE)
    ] * 3  # fmt: skip
    for each in bad:
        each["analysis"]["engine"] = {"version": HOSTILE, "model": HOSTILE}
    raw = text(tmp_path, [*bad, {**failure(), "error": {"code": HOSTILE}}], least=2, title=HOSTILE)
    tree = html.document_fromstring(raw)
    assert not tree.xpath("//script | //img | //@onerror")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", raw)
    assert not any("javascript" in link for link in tree.xpath("//@href"))
    assert "49" not in tree.xpath("string(//h1)")
    assert tree.xpath("string(//h1)").startswith("</style></title><script>")


def test_no_cell_is_a_formula_to_a_spreadsheet(tmp_path: Path) -> None:
    tree = made(tmp_path, [line([source(1, name="=cmd|'/C calc'!A1")], [quote(1, "s1")], outlet="+1", title="@x")] * 3)
    assert sheet(tree, "most-quoted")[0]["name"] == "'=cmd|'/C calc'!A1"
    assert sheet(tree, "type-by-outlet")[0]["outlet"] == "'+1"


def test_stray_dates_make_no_axis(tmp_path: Path) -> None:
    lines = [line(published=f"2026-03-{1 + number % 20:02}") for number in range(400)]
    tree = made(tmp_path, [*lines, line(published="0001-01-01"), line(published="9999-12-31")])
    assert "2 articles dated long before or after all others are left out here." in tree.text_content()
    assert len(rows(tree, "Sources by type over time")) == 21


def test_the_same_from_jsonl_gzip_and_parquet(tmp_path: Path) -> None:
    source_file = written(tmp_path / "out.jsonl", ARCHIVE)
    packed, columns = tmp_path / "out.jsonl.gz", tmp_path / "out.parquet"
    packed.write_bytes(gzip.compress(source_file.read_bytes()))
    parquet.write(source_file, columns)
    pages = [
        page.render(archive.read(each, archive.Asked()), page.Options(), "out")
        for each in (source_file, packed, columns)
    ]
    assert pages[0] == pages[1] == pages[2]


def test_only_what_is_asked_for(tmp_path: Path) -> None:
    tree = made(tmp_path, ARCHIVE, asked=archive.asked(["eastern  ECHO"], "2026-02", None))
    assert tree.xpath("string(//p[@class='asked'])") == "Only Eastern Echo from 1 February 2026."
    assert [row[:2] for row in rows(tree, "Sources by type by outlet")[1:]] == [["Eastern Echo", "2"]]
    assert "10 articles of the archive are left out, as was asked for." in tree.text_content()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (archive.asked(["Nobody"], None, None), "its outlets are Eastern Echo, The Harbour Post, Weekly, and its"),
        (archive.asked([], "2030", None), "its dates run from 2026-01-10 to 2026-04-10"),
    ],
)  # fmt: skip
def test_asking_for_what_is_not_there_says_what_is(tmp_path: Path, asked: archive.Asked, message: str) -> None:
    with pytest.raises(NothingToAnalyze, match=message):
        text(tmp_path, ARCHIVE, asked=asked)


def test_an_archive_of_failures_says_so(tmp_path: Path) -> None:
    with pytest.raises(NothingToAnalyze, match="nothing to sum up: 1 timed_out, 2 unreadable"):
        text(tmp_path, [failure(), failure(), failure("timed_out")])


def test_more_periods_than_a_chart_can_show_are_refused_with_a_way_out(tmp_path: Path) -> None:
    lines = [line(published=f"{year}-01-01") for year in range(2000, 2020)]
    with pytest.raises(Unreadable, match="`--by week`, or for a shorter time with --from and --to"):
        text(tmp_path, lines, grain="day")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "it is empty"),
        ('{"id": "a", "text": "An article."}\n{"id": "b"}\n', "is no output of `onrecord corpus`: out.jsonl, line 1"),
        (json.dumps(line() | {"schema": "onrecord-corpus/2"}) + "\n", "the schema is 'onrecord-corpus/2'"),
        ("<html>\n", "is no output of `onrecord corpus`"),
        ("PAR1 and no more", "is damaged"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text(content)
    with pytest.raises(Unreadable, match=message):
        page.write(path, tmp_path / "page.html", page.Options())
    assert not (tmp_path / "page.html").exists()


def test_an_unfinished_run_is_no_archive_yet(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl.part").touch()
    with pytest.raises(Unreadable, match="unfinished; run `onrecord corpus` again"):
        page.write(tmp_path / "out.jsonl", tmp_path / "page.html", page.Options())


def test_bad_lines_among_good_ones_are_counted(tmp_path: Path) -> None:
    tree = made(tmp_path, [line(), "{", json.dumps(line())[:300], {**line(), "analysis": {"sources": 3}}, line()])
    said = tree.xpath("string(//ul[@class='remarks']/li[1])")
    assert said.startswith("3 lines of the file could not be read. The first: out.jsonl, line 2: ")


def test_the_command_writes_beside_its_input_and_never_over_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "news.jsonl", ARCHIVE)
    assert (
        cli.main(["summary", str(path), "--outlet", "Eastern Echo", "--from", "2026", "--by", "year", "--least", "2"])
        == 0
    )
    said = capsys.readouterr()
    assert said.out == f"{tmp_path / 'news.summary.html'}\n"
    assert said.err == "onrecord: 3 articles summed up; open the file in a browser.\n"
    assert cli.main(["summary", str(path), str(path)]) == 2
    assert "would replace the analyses" in capsys.readouterr().err
    assert cli.main(["summary", str(path), "--from", "May"]) == 2
    assert cli.main(["summary", str(tmp_path)]) == 2
    assert path.exists()
    with pytest.raises(SystemExit):
        cli.main(["summary", str(path), "--least", "1"])


def test_the_command_and_the_page_agree_on_how_many_articles_are_enough() -> None:
    assert commands._LEAST == page.LEAST


def test_the_colours_are_the_reports_and_no_other_sheet_has_its_own() -> None:
    colours = [f"--{name}: #" for name in (*SOURCE_TYPES, "contested")]
    assert all(ground.palette().count(colour) == 2 for colour in colours)  # light and dark
    for style in (page.style(), report.style()):
        assert style.startswith(ground.palette())
        assert not any(colour in style.removeprefix(ground.palette()) for colour in colours)


def test_a_csv_file_is_what_the_link_holds(tmp_path: Path) -> None:
    address = made(tmp_path, ARCHIVE).xpath("//a[@download='contested.csv']/@href")[0]
    data = base64.b64decode(address.partition("base64,")[2])
    assert data.startswith(b"\xef\xbb\xbfstatus,claims,claims_share,claims_low,claims_high,articles,")
