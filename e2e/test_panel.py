"""The side panel: the marks for readers who cannot see them, the filters, the way to a mark, and what it saves."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, expect

from bench.overlay.panel import article
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


def show_all_claims(panel: Page) -> None:
    """The first few stand there; the others come at a press, where there are more."""
    button = panel.get_by_role("button", name=re.compile(r"All \d+ contested claims"))
    panel.locator(".claim").first.wait_for()
    if button.count():
        button.click()


def test_it_sums_the_article_up_and_lists_every_source_and_claim(reader: Reader, page: Page, panel: Page) -> None:
    analysis = reader.view(page)["analysis"]
    assert (
        f"{len(analysis['sources'])} sources in {len(analysis['quotes'])} quotes"
        in panel.locator("#summary").inner_text()
    )
    names = panel.locator("#sources").get_by_role("heading", level=3).all_inner_texts()
    assert set(names) == {source["label"] for source in analysis["sources"]}
    show_all_claims(panel)
    assert panel.locator(".claim").count() == len(analysis["claims"])
    assert panel.get_by_text("Denied by the person concerned").count() == 0  # its sentence says it, once
    boxes = [panel.locator(f"#{part}").bounding_box() for part in ("summary", "claims", "sources")]
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(tops)
    anonymous = next(source["label"] for source in analysis["sources"] if source["anonymity"])
    assert panel.locator("#sources .statement").count() == 0  # folded: not even made
    reader.unfold(panel, anonymous)
    assert "asked not to be named" in panel.locator("#sources").inner_text()


def test_a_jump_scrolls_the_page_to_the_mark_and_flashes_it(page: Page, panel: Page) -> None:
    page.set_viewport_size({"width": 1000, "height": 300})
    show_all_claims(panel)
    panel.locator("#claims").get_by_role("button", name="the two sides will meet again").first.click()
    page.wait_for_function("() => scrollY > 100")
    page.wait_for_function("() => CSS.highlights.has('onrecord-flash')")
    page.wait_for_function("() => !CSS.highlights.has('onrecord-flash')")


def painted(page: Page) -> set[str]:
    """The kinds that are painted on the page, by the names of their highlights."""
    names: list[str] = page.evaluate("() => [...CSS.highlights.keys()]")
    return {name.split("-")[1] for name in names if not name.startswith(("onrecord-tint", "onrecord-flash"))}


def until_painted(page: Page, kinds: set[str]) -> None:
    for _ in range(100):
        if painted(page) == kinds:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"painted are {painted(page)}, not {kinds}")


def test_a_kind_is_hidden_in_this_article_alone_until_it_is_kept_for_all(
    reader: Reader, page: Page, panel: Page
) -> None:
    all_kinds = painted(page)
    panel.locator("#kinds summary").click()
    panel.get_by_label("Contested claims").uncheck()
    until_painted(page, all_kinds - {"contested"})
    assert panel.evaluate("() => document.activeElement.id") == "layer-contested"  # drawn anew, and the focus stays
    expect(panel.locator("#hidden")).to_contain_text("Hidden in this article: Contested claims")
    title = reader.worker.evaluate("(tabId) => chrome.action.getTitle({ tabId })", reader.tab_of(page))
    assert "some marks are hidden" in title
    assert reader.stored().get("preferences", {}).get("layers", {}).get("contested") is not False
    page.goto(f"{page.url}-again")
    reader.press(page)
    reader.wait_until_painted(page)
    assert "contested" in painted(page)  # another visit knows nothing of it
    panel.reload()
    panel.locator("#kinds summary").click()
    panel.get_by_label("Contested claims").uncheck()
    panel.get_by_role("button", name="Keep for all articles").click()
    expect(panel.locator("#hidden")).to_contain_text("Hidden in all articles: Contested claims")
    assert reader.stored()["preferences"]["layers"]["contested"] is False
    panel.get_by_role("button", name="Show all").click()
    until_painted(page, all_kinds)
    expect(panel.locator("#hidden")).to_be_empty()
    panel.get_by_role("button", name="Keep for all articles").click()
    expect(panel.locator("#told")).to_have_text("Kept for all articles.")
    assert reader.stored()["preferences"]["layers"]["contested"] is True


def test_only_what_is_contested_only_who_is_not_named_only_one_source(reader: Reader, page: Page, panel: Page) -> None:
    all_kinds = painted(page)
    panel.get_by_text("Only contested").click()
    until_painted(page, {"contested"})
    panel.get_by_text("Only not named").click()
    until_painted(page, {"official"})  # the ministry official
    reader.unfold(panel, "Ida Brandt")
    panel.get_by_role("button", name="Mark only this source").click()
    until_painted(page, {"affected"})
    expect(panel.get_by_role("radio", name="Only Ida Brandt")).to_be_checked()
    expect(panel.locator("#hidden")).to_have_text(
        re.compile(r"^Only Ida Brandt: 1 of \d+ quotes and claims are marked")
    )
    assert panel.evaluate("() => document.activeElement.textContent") == "Mark only this source"
    assert "not marked now" in panel.locator(".source", has_text="Petra Vance").inner_text()
    panel.get_by_role("button", name="Show all").click()
    until_painted(page, all_kinds)


def test_sources_are_put_in_order_and_searched(reader: Reader, page: Page, panel: Page) -> None:
    names = panel.locator("#sources .name")
    shares = [int(share.rstrip("%")) for share in panel.locator("#sources .share").all_inner_texts()]
    assert shares == sorted(shares, reverse=True)
    panel.get_by_label("Order").select_option("As they appear")
    expect(names.first).to_contain_text("Seafarers")
    panel.get_by_label("Order").select_option("By kind")
    expect(panel.locator("#sources .kind").first).to_be_visible()
    assert panel.locator("#sources h4").count() == len(reader.view(page)["analysis"]["sources"])
    panel.bring_to_front()
    panel.get_by_label("Order").select_option("Most words first")
    panel.get_by_label("Search sources").fill("medicine witness")  # words of a quote, and the kind
    expect(panel.locator("#found")).to_have_text("1 found.")
    assert next(name for name in names.all() if name.is_visible()).inner_text().endswith("Ida Brandt")
    panel.get_by_label("Search sources").fill("nobody says this")
    expect(panel.locator("#found")).to_have_text("0 found.")


def with_fifteen_sources(reader: Reader, page: Page, panel: Page) -> None:
    """The panel in front, with a made article in it: 60 quotes, 12 contested claims."""
    view = article(sources=15, quotes=60, claims=12)
    view["url"] = page.url
    message = json.dumps({"type": "changed", "view": view})
    reader.in_content(page, f"chrome.runtime.sendMessage({message}).then(() => null, () => null)")
    panel.get_by_role("heading", name="Speaker Number 14").wait_for()
    panel.bring_to_front()


def test_fifteen_sources_are_at_most_25_stops_of_the_tab_key_and_every_name_a_heading(
    reader: Reader, page: Page, panel: Page
) -> None:
    with_fifteen_sources(reader, page, panel)
    panel.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    stops = []
    for _ in range(40):
        panel.keyboard.press("Tab")
        stop = panel.evaluate(
            "() => document.activeElement === document.body ? null : document.activeElement.outerHTML"
        )
        if stop is None or stop in stops:
            break
        stops.append(stop)
    assert 20 <= len(stops) <= 25, len(stops)
    assert sum('class="name"' in stop for stop in stops) == 15
    assert panel.locator("#sources").get_by_role("heading", name="Speaker Number").count() == 15
    small = panel.evaluate(
        """() => [...document.querySelectorAll('button, input, select, summary, a')]
          .filter((each) => each.checkVisibility() && each.type !== 'radio' && each.type !== 'checkbox')
          .filter((each) => !each.closest('.claim p')) // words in a sentence
          .map((each) => [each.getBoundingClientRect(), each.outerHTML.slice(0, 90)])
          .filter(([box]) => box.width < 24 || box.height < 24)
          .map(([box, html]) => `${box.width} x ${box.height} ${html}`)"""
    )
    assert small == []
    panel.set_viewport_size({"width": 320, "height": 700})
    panel.locator(".name").first.click()
    panel.locator("#kinds summary").click()
    assert panel.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_with_fifteen_sources_what_matters_stands_first_and_a_copied_link_is_in_no_ones_way(
    reader: Reader, page: Page, panel: Page
) -> None:
    with_fifteen_sources(reader, page, panel)
    panel.evaluate("() => scrollTo(0, 0)")
    assert panel.evaluate("() => document.documentElement.scrollHeight") < 2500
    first, second = (panel.locator(f"#{part}").bounding_box() for part in ("claims", "sources"))
    assert first
    assert second
    assert first["y"] < second["y"]
    assert first["y"] < 450
    save = panel.get_by_text("Save", exact=True).first.bounding_box()
    assert save
    assert save["y"] < 900
    assert not [one for one in panel.get_by_text("Copy link", exact=True).all() if one.is_visible()]


def test_arrows_go_through_a_list_and_a_statement_has_a_menu(page: Page, panel: Page) -> None:
    panel.bring_to_front()
    claims = panel.locator("#claims")
    claims.get_by_role("button").first.focus()
    panel.keyboard.press("ArrowDown")
    menu = panel.evaluate("() => document.activeElement.getAttribute('aria-label')")
    assert menu.startswith("More: ")
    panel.keyboard.press("End")
    panel.keyboard.press("Home")
    panel.keyboard.press("ArrowRight")
    assert panel.evaluate("() => document.activeElement.tabIndex") == 0
    assert claims.locator("button[tabindex='0']").count() == 1
    panel.keyboard.press("Enter")
    panel.locator("#menu").get_by_role("button", name="Copy the words").wait_for()
    assert panel.evaluate("() => document.activeElement.closest('#menu') !== null")
    panel.keyboard.press("Escape")
    panel.locator("#menu").wait_for(state="hidden")
    assert panel.evaluate("() => document.activeElement.getAttribute('aria-label')").startswith("More: ")


def test_a_jump_by_key_ends_in_the_card_of_the_mark(reader: Reader, page: Page, panel: Page) -> None:
    reader.unfold(panel, "Ida Brandt")
    panel.bring_to_front()
    statement = panel.get_by_role("button", name="My daughter needs her medicine").first
    assert "Ida Brandt, Direct quote" in " ".join(str(statement.text_content()).split())
    statement.focus()
    panel.keyboard.press("Enter")
    page.wait_for_selector("html > [popover]", state="attached")
    assert page.evaluate("document.activeElement.matches('html > [popover][role=dialog]')")
    assert "Ida Brandt" in reader.card_text(page)
    expect(panel.locator("#told")).to_have_text(re.compile("^Shown on the page: Direct quote, Ida Brandt, "))
    assert page.evaluate("document.visibilityState") == "visible"  # the panel, in a tab, has given way to the page


def test_beside_the_page_the_panel_says_which_key_leads_to_the_card(reader: Reader, page: Page, panel: Page) -> None:
    tab = reader.tab_of(page)
    panel.add_init_script(f"chrome.tabs.query = async () => [{{ id: {tab} }}]")  # as where no tab is named
    panel.goto(panel.url.split("?")[0])
    panel.locator("#claims").get_by_role("button", name="run out of fresh milk").first.press("Enter")
    page.wait_for_selector("html > [popover]", state="attached")
    expect(panel.locator("#told")).to_have_text(re.compile("^Shown on the page, where F6 leads: Contested claim"))
    panel.locator("#claims").get_by_role("button", name="run out of fresh milk").first.click()
    expect(panel.locator("#told")).to_have_text(re.compile("^Shown on the page: Contested claim"))


def test_the_ring_around_what_has_the_focus_is_drawn_on_every_side(panel: Page) -> None:
    panel.bring_to_front()
    button = panel.locator("#claims").get_by_role("button", name="run out of fresh milk").first
    button.focus()
    panel.keyboard.press("ArrowDown")  # a ring is drawn for who goes by keys
    panel.keyboard.press("ArrowUp")
    box = button.bounding_box()
    assert box
    room = 6
    clip = {
        "x": box["x"] - room, "y": box["y"] - room, "width": box["width"] + 2 * room, "height": box["height"] + 2 * room
    }  # fmt: skip
    focused = Image.open(io.BytesIO(panel.screenshot(clip=clip))).convert("RGB")  # type: ignore[arg-type]
    panel.evaluate("() => document.activeElement.blur()")
    plain = Image.open(io.BytesIO(panel.screenshot(clip=clip))).convert("RGB")  # type: ignore[arg-type]
    changed = ImageChops.difference(focused, plain).convert("L").point(lambda value: 255 if value > 60 else 0)
    width, height = changed.size
    sides = [(0, 8, room, height - 8), (width - room, 8, width, height - 8), (8, 0, width - 8, room),
             (8, height - room, width - 8, height)]  # fmt: skip
    for side in sides:
        assert changed.crop(side).getbbox() is not None, side


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
            reader.save(panel, name)
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
        reader.save(panel, "Report")
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
    welcome.locator("#again.second").wait_for()  # the one to press is the sample article
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
        reader.save(panel, "CSV")
    rows = list(csv.DictReader(download.value.path().read_text(encoding="utf-8").splitlines()))
    assert rows[-1]["entry"] == "factcheck"
    assert rows[-1]["kind_or_status"] == check["rating"]
    assert (rows[-1]["channel"], rows[-1]["date"]) == (reviewed["url"], "2026-01-02")
    (place,) = json.loads(rows[-1]["spans"])
    texts = {block["id"]: block["text"] for block in reader.view(page)["blocks"]}
    assert texts[place["block"]][place["start"] : place["end"]] == rows[-1]["text"]
    with panel.expect_download() as download:
        reader.save(panel, "JSON-LD")
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
    assert "Petra Vance" in panel.locator("[aria-current=true]").inner_text()  # folded: whose it is
    reader.unfold(panel, "Petra Vance")
    page.bring_to_front()
    page.mouse.move(5, 5)
    page.wait_for_selector("html > [popover]", state="detached")
    point_at(reader, page, "We are not asking for the")
    panel.locator("button[aria-current=true]").wait_for()
    assert "We are not asking for the" in panel.locator("[aria-current=true]").inner_text()


def test_a_copied_link_leads_to_the_passage(reader: Reader, page: Page, panel: Page) -> None:
    panel.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.bring_to_front()
    reader.unfold(panel, "Petra Vance")
    panel.get_by_role("button", name="More: “We are not asking for").click()
    panel.locator("#menu").get_by_role("button", name="Copy link").click()
    panel.locator("#menu").get_by_role("button", name="Copied").wait_for()
    copied = panel.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith(page.url.split("#")[0] + "#:~:text=")
    page.goto("about:blank")
    page.goto(copied)
    assert "plain.html" in page.url


def test_what_cannot_be_made_says_why(server: OnrecordServer, reader: Reader, panel: Page) -> None:
    server.stop()
    try:
        for name in ("CSV", "JSON-LD", "Report"):
            panel.evaluate("() => document.getElementById('saved').replaceChildren()")
            reader.save(panel, name)
            panel.locator("#saved").get_by_text("The Onrecord server is not running").wait_for()
        with panel.expect_download():  # the analysis is here already
            reader.save(panel, "JSON")
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
        small = page.evaluate(
            """() => [...document.querySelectorAll('button, select, input')]
              .filter((each) => !each.closest('q, p:not(.foot, .by-reader)')) // a word in a sentence is as high as it
              .filter((each) => each.offsetWidth < 24 || each.offsetHeight < 24)
              .map((each) => each.outerHTML)"""
        )
        assert small == []


def test_a_picture_of_a_passage_is_copied_or_saved(panel: Page, tmp_path: Path) -> None:
    panel.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.locator("#claims .more").first.click()
    panel.locator("#menu").get_by_role("button", name="Copy picture").click()
    panel.get_by_text("Picture copied.").wait_for()
    copied = panel.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          return Array.from(new Uint8Array(await (await item.getType("image/png")).arrayBuffer()));
        }"""
    )
    image = Image.open(io.BytesIO(bytes(copied))).convert("RGB")
    assert image.width == 1280
    colours = {colour for _, colour in image.getcolors(1 << 24) or []}
    assert {(255, 255, 255), (0xD3, 0x10, 0x50)} <= colours  # the paper, and the line of a contested claim
    panel.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('none')); }")
    panel.locator("#claims .more").first.click()
    with panel.expect_download() as download:
        panel.locator("#menu").get_by_role("button", name="Copy picture").click()
    panel.get_by_text("The picture was saved as a file.").wait_for()
    assert download.value.suggested_filename.endswith(".png")
    download.value.save_as(tmp_path / "picture.png")
    with Image.open(tmp_path / "picture.png") as saved:
        assert saved.size == image.size


def test_the_saved_report_is_one_file_that_needs_no_server(
    reader: Reader, page: Page, panel: Page, tmp_path: Path
) -> None:
    panel.locator("#save-button").click()
    with panel.expect_download() as download:
        panel.get_by_role("button", name="Save report as file").click()
    assert download.value.suggested_filename.endswith(".html")
    download.value.save_as(tmp_path / "report.html")
    analysis = reader.view(page)["analysis"]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "report.html").as_uri())
    assert [one for one in asked if not one.startswith("file:")] == []
    assert page.locator(".statements li").count() == len(analysis["quotes"])
    lines = page.locator("main .contested").first.evaluate("one => getComputedStyle(one).textDecorationStyle")
    assert lines == "wavy"
