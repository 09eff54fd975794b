"""The page about an archive, opened as the file that it is: read by eye and by ear, saved as CSV, printed."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest
from playwright.sync_api import Page

from bench.summary import lines
from e2e.reader import Reader
from e2e.test_panel import AXE
from onrecord.dashboard import archive
from onrecord.dashboard import page as dashboard


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("summary")
    made = folder / "made.jsonl"
    made.write_text("".join(f"{line}\n" for line in itertools.islice(lines(300), 300)), encoding="ascii")
    target = folder / "page.html"
    dashboard.write(made, target, dashboard.Options(least=5, asked=archive.Asked()))
    return target.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_passes_axe_and_breaks_no_policy(reader: Reader, page: Page, address: str, scheme: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(address)
    assert page.locator("svg.bars .bar").count() > 20
    assert reader.violations(page, AXE) == []
    assert said == []
    assert asked == [address]
    assert page.evaluate("getComputedStyle(document.querySelector('.bar.official')).fill") == (
        "rgb(108, 108, 228)" if scheme == "dark" else "rgb(0, 48, 245)"
    )


def test_a_table_is_saved_as_csv(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address)
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV: Sources by type, all articles").click()
    assert started.value.suggested_filename == "sources-by-type.csv"
    started.value.save_as(tmp_path / "saved.csv")
    with (tmp_path / "saved.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    shown = page.get_by_role("row", name="Expert or analyst").first.get_by_role("cell").nth(1).inner_text()
    assert {row["kind"]: row["sources"] for row in rows}["Expert or analyst"] == shown.replace(",", "")


def test_a_narrow_window_scrolls_charts_and_tables_and_not_the_page(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("[...document.querySelectorAll('.scroll')].some((box) => box.scrollWidth > box.clientWidth)")


def test_on_paper_nothing_is_cut_off_at_the_side(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 688, "height": 971})  # A4 within the page's margins, at 96 dots an inch
    page.emulate_media(media="print")
    page.goto(address)
    wide = page.evaluate(
        "[...document.querySelectorAll('table, svg')].filter((each) => each.getBoundingClientRect().right > 689).length"
    )
    assert wide == 0
    assert not page.locator(".csv").first.is_visible()
