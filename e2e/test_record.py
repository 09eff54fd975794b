"""My reading: off until it is switched on, figures of what was marked, and all of it deleted at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from e2e.reader import Reader
from e2e.test_panel import AXE

SWITCH = "Keep figures of the articles that I mark"
# 33 articles of three outlets in five weeks
FILL = """() => chrome.storage.local.set(Object.fromEntries(Array.from({ length: 33 }, (_, number) => [
  `record:${number}`,
  { day: `2026-11-${String(1 + (number * 7) % 29).padStart(2, "0")}`,
    outlet: ["courier.example", "gazette.example", "herald.example"][number % 3], length: 900, unnamed: number % 7 * 9,
    contested: number % 3, words: { official: 90, expert: 40 + number, affected: 30, lost: number % 4 * 6 } },
])))"""


@pytest.fixture
def mine(reader: Reader) -> Iterator[Page]:
    """The page, reached from the options; what a test keeps goes with it."""
    found = reader.extension_page("options/options.html")
    found.get_by_role("link", name="My reading").click()
    found.wait_for_url("**/reading/reading.html")
    yield found
    found.evaluate(
        "() => chrome.storage.local.get(null).then((all) => "
        "chrome.storage.local.remove(Object.keys(all).filter((key) => key.startsWith('record'))))"
    )
    found.close()


def test_nothing_is_kept_before_it_is_switched_on_and_all_goes_at_once(
    reader: Reader, mine: Page, page: Page, site: str, tmp_path: Path
) -> None:
    expect(mine.get_by_text("Off: nothing is kept.")).to_be_visible()
    page.goto(f"{site}/plain.html?before")
    reader.press(page)
    reader.settled(page)
    assert not [key for key in reader.stored() if key.startswith("record")]
    mine.get_by_label(SWITCH).check()
    expect(mine.get_by_text("Nothing yet.")).to_be_visible()
    page.goto(f"{site}/plain.html?after")
    reader.press(page)
    view = reader.settled(page)
    expect(mine.locator("#basis")).to_contain_text("These figures stand on 1 article from 1 outlet")
    expect(mine.locator("#basis")).to_contain_text("That is few")
    expect(mine.locator("#outlets")).to_contain_text("too few articles")
    words = view["analysis"]["summary"]["words_quoted_by_type"]
    assert mine.locator("#kinds tbody tr").count() == len([one for one in words.values() if one])
    with mine.expect_download() as download:
        mine.get_by_role("button", name="JSON").click()
    download.value.save_as(tmp_path / "mine.json")
    saved = (tmp_path / "mine.json").read_text(encoding="utf-8")
    assert sum(json.loads(saved)["articles"][0]["words"].values()) == sum(words.values())
    assert "plain.html" not in saved
    mine.get_by_role("button", name="Delete all of it").click()
    expect(mine.get_by_text("The figures of 1 article are deleted.")).to_be_visible()
    expect(mine.get_by_label(SWITCH)).to_be_focused()
    assert not [key for key in reader.stored() if key.startswith("record:")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_passes_axe_and_fits_a_narrow_window(reader: Reader, mine: Page, scheme: Literal["light", "dark"]) -> None:
    mine.emulate_media(color_scheme=scheme)
    mine.evaluate(FILL)
    expect(mine.locator("#weeks tbody tr")).to_have_count(5)
    expect(mine.locator("#outlets .bar [role=img]").first).to_be_visible()
    assert reader.violations(mine, AXE) == []
    mine.set_viewport_size({"width": 320, "height": 700})
    assert mine.evaluate("document.documentElement.scrollWidth") <= 320
