"""A phone: the card under a finger, what is pressed in it, the panel as a page. In Chromium; see docs/extension.md."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Page

from e2e.reader import Reader, _host, _nodes

WIDTH, HEIGHT = 390, 844
LEAST = 24  # CSS pixels, WCAG 2.5.8


@pytest.fixture
def finger(page: Page) -> Iterator[CDPSession]:
    """The page as a phone shows it, touched and without a pointer."""
    session = page.context.new_cdp_session(page)
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})
    yield session
    session.detach()


def tap(finger: CDPSession, x: float, y: float) -> None:
    """Put a finger on the page, and lift it."""
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_tap_opens_the_card_within_the_page_and_a_tap_beside_it_closes_it(
    reader: Reader, page: Page, site: str, finger: CDPSession
) -> None:
    page.goto(f"{site}/plain.html?phone")
    reader.press(page)
    reader.settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    mark = next(mark for mark in reader.painted(page) if "The strike that has halted" in mark["text"])
    x, y, _, height = mark["boxes"][0]
    tap(finger, x + 10, y + height / 2)
    page.wait_for_selector("html > [popover]", state="attached")
    assert "Seafarers" in reader.card_text(page)
    box = page.evaluate("document.querySelector('html > [popover]').getBoundingClientRect().toJSON()")
    assert box["left"] >= 0
    assert box["right"] <= WIDTH
    assert box["bottom"] <= HEIGHT
    root = finger.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
    buttons = [node for node in _nodes(_host(root)) if node["nodeName"] == "BUTTON"]
    assert buttons
    for button in buttons:
        model = finger.send("DOM.getBoxModel", {"nodeId": button["nodeId"]})["model"]
        assert min(model["width"], model["height"]) >= LEAST, button
    tap(finger, WIDTH - 4, 4)
    page.wait_for_selector("html > [popover]", state="detached")


def test_the_panel_as_a_page_of_a_phone_does_not_overflow(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html?phone-panel")
    reader.press(page)
    reader.settled(page)
    panel = reader.panel(page)
    panel.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    assert panel.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = panel.evaluate(
        """(least) => [...document.querySelectorAll('button, input, select, summary')]
             .filter((each) => each.checkVisibility() && !each.closest('label'))
             .map((each) => [each.outerHTML, each.getBoundingClientRect()])
             .filter(([, { width, height }]) => Math.min(width, height) < least).map(([html]) => html)""",
        LEAST,
    )
    assert small == []
    panel.close()
