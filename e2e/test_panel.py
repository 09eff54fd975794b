"""The side panel: the marks for readers who cannot see them, the filters, the way to a mark, and what it saves."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from e2e.conftest import EXTENSION, OnrecordServer
from e2e.reader import Reader
from e2e.test_card import point_at
from tests import tools

AXE = tools.NODE_FOLDER / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def panel(reader: Reader, page: Page, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The panel beside an article that has been marked."""
    page.goto(f"{site}/plain.html?{request.node.name}")
    reader.press(page)
    reader.wait_until_painted(page)
    found = reader.panel(page)
    yield found
    found.close()


def test_it_sums_the_article_up_and_lists_every_source_and_claim(reader: Reader, page: Page, panel: Page) -> None:
    analysis = reader.view(page)["analysis"]
    assert (
        f"{len(analysis['sources'])} sources in {len(analysis['quotes'])} quotes"
        in panel.locator("#summary").inner_text()
    )
    sources = panel.locator("#sources").inner_text()
    for source in analysis["sources"]:
        assert source["label"] in sources
    assert panel.locator("#claims li").count() == len(analysis["claims"])
    assert panel.get_by_text("Denied by the person concerned").count() == 0  # its sentence says it, once
    assert "asked not to be named" in sources


def test_a_jump_scrolls_the_page_to_the_mark_and_flashes_it(page: Page, panel: Page) -> None:
    page.set_viewport_size({"width": 1000, "height": 300})
    panel.get_by_role("button", name="the two sides will meet again").click()
    page.wait_for_function("() => scrollY > 100")
    page.wait_for_function("() => CSS.highlights.has('onrecord-flash')")
    page.wait_for_function("() => !CSS.highlights.has('onrecord-flash')")


def test_a_filter_takes_its_layer_off_the_page(page: Page, panel: Page) -> None:
    panel.get_by_label("Contested claims").uncheck()
    page.wait_for_function("() => ![...CSS.highlights.keys()].some((name) => name.includes('contested'))")
    panel.get_by_label("Contested claims").check()
    page.wait_for_function("() => [...CSS.highlights.keys()].some((name) => name.includes('contested'))")


def test_the_switch_takes_the_marks_off_and_puts_them_back(page: Page, panel: Page) -> None:
    panel.get_by_role("button", name="Marks are on").click()
    page.wait_for_function("() => CSS.highlights.size === 0")
    panel.get_by_role("button", name="Mark this article").click()
    page.wait_for_function("() => CSS.highlights.size > 0")


def test_what_it_saves_can_be_read_again(reader: Reader, page: Page, panel: Page, tmp_path: Path) -> None:
    analysis = reader.view(page)["analysis"]
    saved = {}
    for name in ("JSON", "CSV", "JSON-LD"):
        with panel.expect_download() as download:
            panel.get_by_role("button", name=name, exact=True).click()
        saved[name] = tmp_path / name
        download.value.save_as(saved[name])
    assert json.loads(saved["JSON"].read_text(encoding="utf-8"))["quotes"] == analysis["quotes"]
    with saved["CSV"].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(analysis["quotes"]) + len(analysis["claims"])
    texts = {block["id"]: block["text"] for block in reader.view(page)["blocks"]}
    for row in rows:
        words = texts[row["block"]][int(row["start"]) : int(row["end"])]
        assert row["text"].removeprefix("'").startswith(words)
    collection = json.loads(saved["JSON-LD"].read_text(encoding="utf-8"))
    assert collection["total"] == len(rows)
    with panel.context.expect_page() as opened:
        panel.get_by_role("button", name="Report", exact=True).click()
    opened.value.wait_for_load_state()
    assert "/reports/" in opened.value.url
    assert opened.value.locator(".source").count() >= len(analysis["sources"])
    opened.value.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_and_the_welcome_page_pass_axe(reader: Reader, panel: Page, scheme: str) -> None:
    welcome = reader.extension_page("welcome/welcome.html")
    for shown in (panel, welcome):
        shown.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        shown.wait_for_timeout(100)
        assert reader.violations(shown, AXE) == []
    welcome.close()
    panel.get_by_role("button", name="Lines and colours").click()
    key = panel.get_by_role("dialog", name="Lines and colours")
    key.get_by_text("Dotted: anonymous, by agreement").wait_for()
    assert reader.violations(panel, AXE) == []
    panel.keyboard.press("Escape")
    key.wait_for(state="hidden")


@pytest.fixture
def reviewed(server: OnrecordServer, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """A review that the reader has imported, of words that plain.html quotes, with signs that markup is made of."""
    review = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://checks.example/ships",
        "datePublished": "2026-01-02",
        "claimReviewed": "Nobody should steer a ship after sixteen hours",
        "author": {"@type": "Organization", "name": "Plain Facts <3"},
        "reviewRating": {"@type": "Rating", "alternateName": "Mostly right & 2 < 3"},
    }
    file = tmp_path / "review.json"
    file.write_text(json.dumps(review), encoding="utf-8")
    server.command("factchecks", "import", str(file))
    yield review
    server.command("factchecks", "forget")


def test_a_published_fact_check_is_shown_in_its_publishers_words(
    reader: Reader, page: Page, site: str, reviewed: dict[str, Any]
) -> None:
    page.goto(f"{site}/plain.html?reviewed")
    reader.press(page)
    (check,) = reader.settled(page)["analysis"]["factchecks"]
    assert check["publisher"] == reviewed["author"]["name"]
    assert check["rating"] == reviewed["reviewRating"]["alternateName"]
    panel = reader.panel(page)
    section = panel.locator("#factchecks")
    assert section.get_by_role("heading").inner_text() == "Matches a published fact-check"
    entry = section.locator("li").inner_text()
    assert f"{check['publisher']}: {check['rating']}" in entry
    assert f"The publisher reviewed: {reviewed['claimReviewed']} 2026-01-02" in entry
    link = section.get_by_role("link", name="Read the fact-check")
    assert link.get_attribute("href") == reviewed["url"]
    assert "noopener" in str(link.get_attribute("rel"))
    with panel.expect_download() as download:
        panel.get_by_role("button", name="CSV", exact=True).click()
    rows = list(csv.DictReader(download.value.path().read_text(encoding="utf-8").splitlines()))
    assert rows[-1]["entry"] == "factcheck"
    assert rows[-1]["kind_or_status"] == check["rating"]
    assert (rows[-1]["channel"], rows[-1]["date"]) == (reviewed["url"], "2026-01-02")
    (place,) = json.loads(rows[-1]["spans"])
    texts = {block["id"]: block["text"] for block in reader.view(page)["blocks"]}
    assert texts[place["block"]][place["start"] : place["end"]] == rows[-1]["text"]
    with panel.expect_download() as download:
        panel.get_by_role("button", name="JSON-LD", exact=True).click()
    item = json.loads(download.value.path().read_text(encoding="utf-8"))["first"]["items"][-1]
    assert item["motivation"] == "linking"
    assert [item["body"][1]["id"], item["body"][2]["value"]] == [reviewed["url"], reviewed["claimReviewed"]]
    section.get_by_role("button").click()
    page.wait_for_function("() => CSS.highlights.has('onrecord-flash')")
    panel.close()


# What a browser would run or open without asking, if the panel took a publisher's words for markup or for an address.
HOSTILE = '<img src=x onerror="globalThis.ran = true"><script>globalThis.ran = true</script>'
NO_WEB_ADDRESSES = (
    "javascript:globalThis.ran=true", " javascript:globalThis.ran=true", "JavaScript:globalThis.ran=true",
    "data:text/html,<script>1</script>", "vbscript:x", "file:///etc/hosts", "blob:https://checks.example/1",
    "chrome://settings", "//checks.example/ships", "checks.example", "https://", "",
)  # fmt: skip


def test_words_of_a_publisher_are_text_and_only_web_addresses_are_links(
    reader: Reader, page: Page, panel: Page
) -> None:
    """The import lets none of this in; the panel does not rely on that."""
    view = reader.view(page)
    addresses = ("https://checks.example/ships?a=1&b=2#c", "http://checks.example/ships", *NO_WEB_ADDRESSES)
    view["analysis"]["factchecks"] = [
        {
            "id": f"f{number}", "content": view["analysis"]["quotes"][0]["content"], "quote": None, "claim": None,
            "reviewed": f"reviewed {HOSTILE}", "publisher": f"publisher {HOSTILE}", "rating": f"rating {HOSTILE}",
            "date": f"date {HOSTILE}", "url": address,
        }
        for number, address in enumerate(addresses, 1)
    ]  # fmt: skip
    view["analysis"]["factchecks"][0]["content"] = [
        {**view["analysis"]["quotes"][0]["content"][0], "text": f"said {HOSTILE}"}
    ]
    message = json.dumps({"type": "changed", "view": view})
    reader.in_content(page, f"chrome.runtime.sendMessage({message}).then(() => null, () => null)")
    section = panel.locator("#factchecks")
    entries = section.locator("li")
    entries.nth(len(addresses) - 1).wait_for()
    assert entries.count() == len(addresses)
    for entry in entries.all_inner_texts():
        for part in ("reviewed", "publisher", "rating", "date"):
            assert f"{part} {HOSTILE}" in entry
    assert f"said {HOSTILE}"[:100] in entries.first.inner_text()
    assert section.locator("img, script, iframe, [onerror], [style]").count() == 0
    links = section.locator("a").evaluate_all("(found) => found.map((a) => [a.getAttribute('href'), a.rel, a.target])")
    assert links == [[address, "noreferrer noopener", "_blank"] for address in addresses[:2]]
    assert panel.evaluate("() => globalThis.ran") is None


def test_pointing_at_a_mark_shows_its_entry_in_the_panel(reader: Reader, page: Page, panel: Page) -> None:
    page.bring_to_front()
    point_at(reader, page, "We are not asking for the")
    panel.locator("[aria-current=true]").wait_for()
    assert "We are not asking for the" in panel.locator("[aria-current=true]").inner_text()


def test_a_copied_link_leads_to_the_passage(reader: Reader, page: Page, panel: Page) -> None:
    panel.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.bring_to_front()
    panel.get_by_role("button", name="Copy link: “We are not asking for").click()
    panel.get_by_text("Copied").wait_for()
    copied = panel.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith(page.url.split("#")[0] + "#:~:text=")
    page.goto("about:blank")
    page.goto(copied)
    assert "plain.html" in page.url


def test_what_cannot_be_made_says_why(server: OnrecordServer, panel: Page) -> None:
    server.stop()
    try:
        for name in ("CSV", "JSON-LD", "Report"):
            panel.evaluate("() => document.getElementById('saved').replaceChildren()")
            panel.get_by_role("button", name=name, exact=True).click()
            panel.locator("#saved").get_by_text("The Onrecord server is not running").wait_for()
        with panel.expect_download():  # the analysis is here already
            panel.get_by_role("button", name="JSON", exact=True).click()
    finally:
        server.start()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_card_and_notice_pass_axe(reader: Reader, page: Page, site: str, scheme: str) -> None:
    """Their roots are closed, so what stands in them is looked at in a page of its own."""
    page.goto(f"{site}/list.html?axe-notice")
    reader.press(page)
    page.wait_for_selector("html > [popover]", state="attached")
    notice = reader.shadow_html(page)
    page.goto(f"{site}/{'plain' if scheme == 'light' else 'dark'}.html?axe-card")
    reader.press(page)
    reader.settled(page)
    point_at(reader, page, "days, not weeks" if scheme == "light" else "Somebody read those letters")
    page.wait_for_selector("html > [popover]", state="attached")
    card = reader.shadow_html(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.wait_for_selector("html > [popover]", state="attached")
    for name, content in (("card", card), ("card", reader.shadow_html(page)), ("notice", notice)):
        source = (EXTENSION / "content" / f"{name}.js").read_text(encoding="utf-8")
        style = source.split("const STYLE = `")[1].split("`")[0]
        page.set_content(
            f"<!doctype html><html lang=en><title>{name}</title><style>{style}</style>"
            f"<main><h1>{name}</h1>{content}</main>"
        )
        assert reader.violations(page, AXE) == []
