"""The same folder in Firefox: install, pair, analyse, paint, card, sidebar, toggle."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from e2e.conftest import EXTENSION, OnrecordServer
from e2e.firefox import Firefox

# In the page: every painted range as name, text and first box.
PAINTED = """const found = [];
  for (const [name, highlight] of CSS.highlights) for (const range of highlight) {
    const live = document.createRange();
    live.setStart(range.startContainer, range.startOffset);
    live.setEnd(range.endContainer, range.endOffset);
    const box = live.getClientRects()[0];
    found.push([name, live.toString(), box.x, box.y, box.width, box.height]);
  }
  return found;"""
TREE = "return document.documentElement.outerHTML"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory, server: OnrecordServer) -> Iterator[Firefox]:
    """Firefox with the extension, paired through its welcome page."""
    if "FIREFOX" not in os.environ:
        pytest.skip("no Firefox on this computer, and none could be installed")
    found = Firefox(Path(os.environ["FIREFOX"]), tmp_path_factory.mktemp("firefox"))
    tab = found.command("WebDriver:GetWindowHandle", {})
    found.install(EXTENSION)
    found.go(found.extension_page("welcome/welcome.html"))
    found.evaluate(
        "document.getElementById('code').value = arguments[0]; document.getElementById('port').value = arguments[1];"
        "document.querySelector('#pair button').click();",
        server.code,
        str(server.port),
    )
    found.wait("return document.getElementById('result').textContent.startsWith('Connected.')")
    found.switch(tab)  # the extension has opened its welcome page in a tab of its own, in front
    yield found
    found.close()


def open_and_press(firefox: Firefox, address: str) -> str:
    """Open a page and press the button; returns the page's tree as it was before."""
    firefox.go(address)
    before: str = firefox.evaluate(TREE)
    firefox.press()
    firefox.wait("return CSS.highlights.size > 0")
    return before


def box_of(marks: list[list[Any]], words: str) -> tuple[float, float, float, float]:
    x, y, width, height = next(mark[2:] for mark in marks if words in mark[1])
    return x, y, width, height


def test_it_marks_an_article_leaves_its_tree_alone_and_takes_the_marks_off(firefox: Firefox, site: str) -> None:
    firefox.go(f"{site}/plain.html?firefox")
    clean = Image.open(io.BytesIO(firefox.screenshot())).convert("RGB")
    before = open_and_press(firefox, f"{site}/plain.html?firefox")
    firefox.wait("return CSS.highlights.has('onrecord-contested-light')")  # the first marks come before the last ones
    marks = firefox.wait(f"const all = (() => {{ {PAINTED} }})(); return all.length >= 8 && all")
    assert {"onrecord-official-anonymous-light", "onrecord-contested-light"} <= {mark[0] for mark in marks}
    assert any(mark[1].startswith("“Nobody should steer") for mark in marks)
    x, y, width, height = box_of(marks, "We are not asking for the")
    crop = (int(x), int(y), int(x + width), int(y + height + 6))
    painted = Image.open(io.BytesIO(firefox.screenshot())).convert("RGB")
    assert ImageChops.difference(clean.crop(crop), painted.crop(crop)).getbbox() is not None
    assert firefox.badge().isdigit()
    assert firefox.evaluate(TREE) == before
    firefox.press()
    firefox.wait("return CSS.highlights.size === 0")
    assert firefox.evaluate(TREE) == before
    assert firefox.badge() == ""


def test_a_page_without_scripts_and_styles_of_others_is_marked_too(firefox: Firefox, site: str) -> None:
    before = open_and_press(firefox, f"{site}/strict.html?firefox")
    assert firefox.evaluate(TREE) == before


def test_marks_in_shadow_roots_are_painted_and_painted_again(firefox: Firefox, site: str) -> None:
    firefox.go(f"{site}/nested.html?firefox")
    clean = Image.open(io.BytesIO(firefox.screenshot())).convert("RGB")
    open_and_press(firefox, f"{site}/nested.html?firefox")
    for _ in range(2):
        marks = firefox.wait(f"const all = (() => {{ {PAINTED} }})(); return all.length >= 4 && all")
        x, y, width, height = box_of(marks, "We heard it creak all winter")
        crop = (int(x), int(y), int(x + width), int(y + height + 6))
        painted = Image.open(io.BytesIO(firefox.screenshot())).convert("RGB")
        assert ImageChops.difference(clean.crop(crop), painted.crop(crop)).getbbox() is not None
        assert not any("my own draft" in mark[1] for mark in marks)
        firefox.press()
        firefox.wait("return CSS.highlights.size === 0")
        firefox.press()
        firefox.wait("return CSS.highlights.size > 0")


def test_marks_that_the_style_sheet_writes_are_read_and_what_they_hold_is_painted(firefox: Firefox, site: str) -> None:
    address = f"{site.replace('127.0.0.1', 'localhost')}/quotes.html?firefox"
    firefox.go(address)
    clean = Image.open(io.BytesIO(firefox.screenshot())).convert("RGB")
    before = open_and_press(firefox, address)
    firefox.wait(f"const all = (() => {{ {PAINTED} }})(); return all.some((each) => each[1].includes('nine years'))")
    marks = [mark for mark in firefox.evaluate(PAINTED) if "tint" not in mark[0]]
    painted = Image.open(io.BytesIO(firefox.screenshot())).convert("RGB")
    words = {
        "we will rebuild the quay by spring",  # <q>
        "Ann Lee told me go home now and I went.",  # <q> in <q>, with marks of the page's own
        "“There is no money for it in this year’s budget,”",  # none but those that are typed
        "We have waited for nine years and we will not wait for another one.",  # marks of a blockquote
    }
    found = {" ".join(mark[1].split()): mark for mark in marks}
    assert words <= found.keys()
    for text in words:
        x, y, width, height = found[text][2:]
        crop = (int(x), int(y), int(x + width), int(y + height + 6))
        assert ImageChops.difference(clean.crop(crop), painted.crop(crop)).getbbox() is not None, text
    assert firefox.evaluate(TREE) == before


def test_a_frame_of_the_same_origin_is_marked_in_its_own_registry_round_after_round(
    firefox: Firefox, site: str
) -> None:
    firefox.go(f"{site}/nested.html?frame-firefox")
    frame = firefox.evaluate(
        "const box = document.querySelector('iframe').getBoundingClientRect(); return [box.x, box.y];"
    )
    clean = Image.open(io.BytesIO(firefox.screenshot())).convert("RGB")
    with firefox.frame():
        inner = firefox.evaluate(TREE)
    before = open_and_press(firefox, f"{site}/nested.html?frame-firefox")
    # The second window met at one place in the code is where the engine takes the wrong registry, after some rounds.
    for _ in range(4):
        with firefox.frame():
            marks = firefox.wait(f"const all = (() => {{ {PAINTED} }})(); return all.length >= 4 && all")
            assert firefox.evaluate(TREE) == inner
        x, y, width, height = box_of(marks, "Nobody told us")
        x, y = x + frame[0], y + frame[1]
        crop = (int(x), int(y), int(x + width), int(y + height + 6))
        painted = Image.open(io.BytesIO(firefox.screenshot())).convert("RGB")
        assert ImageChops.difference(clean.crop(crop), painted.crop(crop)).getbbox() is not None
        outer = firefox.evaluate(
            "return [...CSS.highlights.values()].flatMap((each) => [...each])"
            ".every((range) => range.startContainer.ownerDocument === document)"
        )
        assert outer  # nothing of the frame's in the registry of the page around it
        assert firefox.evaluate(TREE) == before
        firefox.press()
        firefox.wait("return CSS.highlights.size === 0")
        with firefox.frame():
            firefox.wait("return CSS.highlights.size === 0")
        firefox.press()
        firefox.wait("return CSS.highlights.size > 0")
    firefox.point(x + min(20, width / 2), y + height / 2)
    firefox.wait("return document.querySelector('html > [popover]')?.matches(':popover-open')")


def test_a_page_that_stops_every_event_before_anybody_has_cards_where_it_is_always_marked(
    firefox: Firefox, site: str
) -> None:
    firefox.go(firefox.extension_page("welcome/welcome.html"))
    firefox.evaluate("return chrome.storage.local.set({ switches: { always: ['127.0.0.1'] } })")
    firefox.wait("return chrome.scripting.getRegisteredContentScripts().then((all) => all.length > 0)")
    firefox.go(f"{site}/swallows.html?window")
    marks = firefox.wait(f"const all = (() => {{ {PAINTED} }})(); return all.length >= 4 && all")
    x, y, width, height = box_of(marks, "Not one of the maps")
    firefox.point(x + min(20, width / 2), y + height / 2)
    firefox.wait("return document.querySelector('html > [popover]')?.matches(':popover-open')")
    firefox.go(firefox.extension_page("welcome/welcome.html"))
    firefox.evaluate("return chrome.storage.local.remove('switches')")
    firefox.wait("return chrome.scripting.getRegisteredContentScripts().then((all) => all.length === 0)")


def test_the_card_opens_and_the_sidebar_lists_the_sources(firefox: Firefox, site: str) -> None:
    open_and_press(firefox, f"{site}/plain.html?card-firefox")
    x, y, width, height = box_of(firefox.evaluate(PAINTED), "We are not asking for the")
    firefox.point(x + min(20, width / 2), y + height / 2)
    size = firefox.wait(
        "const host = document.querySelector('html > [popover]'); if (!host) return null;"
        "const box = host.getBoundingClientRect(); return host.matches(':popover-open') && [box.width, box.height];"
    )
    assert size[0] == 352  # 22rem: the card's own style sheet holds
    firefox.chrome(
        "SidebarController.show([...SidebarController.sidebars.keys()].find((key) => key.startsWith('onrecord')));"
    )
    firefox.command("Marionette:SetContext", {"value": "chrome"})
    try:
        firefox.wait(
            """const inner = SidebarController.browser.contentDocument?.getElementById("webext-panels-browser");
            return inner?.currentURI?.spec.endsWith("/panel/panel.html");"""
        )
    finally:
        firefox.command("Marionette:SetContext", {"value": "content"})
    firefox.chrome("SidebarController.hide();")
    tab = firefox.chrome(
        """const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
        return ExtensionParent.apiManager.global.tabTracker.getId(gBrowser.selectedTab);"""
    )
    article = firefox.command("WebDriver:GetWindowHandle", {})
    firefox.new_tab()
    firefox.go(firefox.extension_page(f"panel/panel.html?tab={tab}"))
    text = firefox.wait("const list = document.querySelector('#sources'); return !list.hidden && list.textContent")
    assert "Petra Vance" in text
    firefox.command("WebDriver:CloseWindow", {})
    firefox.switch(article)


def test_whether_a_site_stays_marked_is_asked_once_in_the_panel(firefox: Firefox, site: str) -> None:
    open_and_press(firefox, f"{site.replace('127.0.0.1', 'localhost')}/plain.html?stay")
    tab = firefox.chrome(
        """const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
        return ExtensionParent.apiManager.global.tabTracker.getId(gBrowser.selectedTab);"""
    )
    article = firefox.command("WebDriver:GetWindowHandle", {})
    firefox.new_tab()
    firefox.go(firefox.extension_page(f"panel/panel.html?tab={tab}"))
    said = firefox.wait("const box = document.querySelector('#stay'); return !box.hidden && box.textContent")
    assert "Always mark articles on localhost?" in said
    firefox.evaluate("document.querySelector('#stay button:last-child').click()")
    firefox.wait("return document.querySelector('#stay').hidden")
    firefox.go(firefox.extension_page(f"panel/panel.html?tab={tab}"))
    firefox.wait("const list = document.querySelector('#sources'); return !list.hidden && list.textContent")
    firefox.wait("return document.querySelector('#where-title').textContent.includes('localhost')")
    assert firefox.evaluate("return document.querySelector('#stay').hidden")
    firefox.command("WebDriver:CloseWindow", {})
    firefox.switch(article)


def test_the_sample_article_is_marked_by_itself_and_has_its_tour_once(firefox: Firefox) -> None:
    for first in (True, False):
        before = firefox.command("WebDriver:GetWindowHandle", {})
        known = set(firefox.command("WebDriver:GetWindowHandles", {}))
        firefox.go(firefox.extension_page("options/options.html" if first else "welcome/welcome.html"))
        firefox.evaluate("document.getElementById(arguments[0]).click()", "tour" if first else "first")
        for _ in range(100):
            opened = set(firefox.command("WebDriver:GetWindowHandles", {})) - known
            if opened:
                break
            time.sleep(0.1)
        firefox.switch(opened.pop())
        firefox.wait("return CSS.highlights?.size > 0")
        if first:
            firefox.wait("return document.querySelector('html > [popover]')?.matches(':popover-open')")
            for hosts in (2, 1, 1, 0):  # the card stands beside the second step
                firefox.type("\ue007")  # Enter, on *Next* and at last on *Done*
                firefox.wait(f"return document.querySelectorAll('html > [popover]').length === {hosts}")
        else:
            time.sleep(1)
            assert not firefox.evaluate("return document.querySelector('html > [popover]')")
        firefox.command("WebDriver:CloseWindow", {})
        firefox.switch(before)
