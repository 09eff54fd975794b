"""The documentation as a site, and the figures that it quotes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

import onrecord
from bench import figures
from server.bootstrap import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built anew; any warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-W",
        "--keep-going",
        "-q",
        "-E",
        "-b",
        "html",
        "-d",
        str(folder / "trees"),
    ]
    done = subprocess.run(
        [*command, str(ROOT / "docs"), str(folder / "html")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return folder / "html"


def test_every_page_is_on_the_site_and_loads_nothing_from_elsewhere(site: Path) -> None:
    pages = sorted((ROOT / "docs").rglob("*.md"))
    assert len(pages) > 15
    for page in pages:
        built = html.parse(site / page.relative_to(ROOT / "docs").with_suffix(".html"))
        loaded = built.xpath(
            "//script/@src | //link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href | //img/@src"
        )
        assert [address for address in loaded if "//" in address] == []


def test_the_reference_shows_everything_that_is_public(site: Path) -> None:
    ids = set(html.parse(site / "reference.html").xpath("//@id"))
    assert {f"onrecord.{name}" for name in onrecord.__all__ if name != "__version__"} <= ids


@pytest.mark.parametrize("page", figures.PAGES, ids=lambda page: page.name)
def test_a_page_quotes_the_figures_that_were_recorded_and_no_others(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert figures.written(text, figures.recorded()) == text
    assert set(re.findall("<!-- figures: (.*?) -->", text)) <= set(figures.NAMES)


def test_a_figure_that_was_changed_by_hand_is_found() -> None:
    entry = {
        "date": "2026-01-02", "version": "1", "model": "m", "machine": "x", "load": "0.1", "articles": 1, "words": 1000,
        "table": [["", "a"], ["right", "97.1"]],
    }  # fmt: skip
    page = "Text 97.2\n<!-- figures: own -->\n<!-- end -->\n"
    written = figures.written(page, {"own": entry})
    assert "| right | 97.1 |" in written
    assert "load 0.1 at the start; 1 articles, 1,000 words" in written
    assert figures.written(written, {"own": entry}) == written
    changed = written.replace("97.1", "97.9")
    assert figures.written(changed, {"own": entry}) != changed
    assert figures.MISSING in figures.written(page, {})


def test_an_unread_figure_is_an_empty_cell() -> None:
    assert figures._percent(float("nan")) == ""
    assert figures._cells(f"{'0.9 to 1.0':24}{'1,456':>12}{'93.7':>12}") == ["0.9 to 1.0", "1,456", "93.7"]
