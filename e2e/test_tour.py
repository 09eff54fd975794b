"""The tour of the sample article: where it is shown and when, by the pointer and by keys, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from e2e.conftest import EXTENSION, OnrecordServer
from e2e.reader import Reader
from e2e.test_keys import until_read_out
from e2e.test_marks import digest
from e2e.test_panel import AXE

STEPS = ("Marks", "The card", "The panel", "Switches")
TOUR = "html > [popover]"  # before any card, which comes later
LONG = 1000  # milliseconds; the tour comes at once where the marks are


@pytest.fixture
def newcomer(reader: Reader) -> Iterator[Reader]:
    """Somebody who has not been on the tour."""
    reader.store({"toured": False})
    yield reader
    reader.store({"toured": True})
    for page in reader.context.pages:  # of a test that has failed: its address is the next one's too
        if page.url.endswith("/article"):
            page.close()


def sample(reader: Reader, *, toured: bool = False) -> Page:
    """The sample article as the welcome page opens it, marked by itself, and with the tour for who does not know it."""
    welcome = reader.extension_page("welcome/welcome.html")
    welcome.evaluate("() => { document.getElementById('go').hidden = false; }")  # who has paired by code has another
    with welcome.context.expect_page() as opened:
        welcome.locator("#sample").press("Enter")
    welcome.close()
    page = opened.value
    page.bring_to_front()
    reader.settled(page)
    if not toured:
        page.wait_for_selector(TOUR, state="attached")
        until_shown(reader, page, 1)
    return page


def until_shown(reader: Reader, page: Page, step: int) -> str:
    """Wait for a step, and give its words."""
    for _ in range(100):
        said = reader.card_text(page)
        if f"{step} of {len(STEPS)}" in said:
            assert said.startswith(STEPS[step - 1])
            return said
        page.wait_for_timeout(50)
    raise AssertionError(f"step {step} is not shown")


def gone(reader: Reader, page: Page) -> None:
    """The tour has ended for good: nothing of it is left, here or on the next visit."""
    page.wait_for_selector(TOUR, state="detached")
    assert page.evaluate("document.activeElement === document.body")
    assert page.evaluate("CSS.highlights.size") > 0
    page.close()
    again = sample(reader, toured=True)
    again.wait_for_timeout(LONG)
    assert again.locator(TOUR).count() == 0
    again.close()


def test_by_the_pointer_from_the_welcome_page_to_the_end(newcomer: Reader) -> None:
    page = sample(newcomer)
    said = until_shown(newcomer, page, 1)
    assert "dotted anonymous" in said
    assert "Named person" in said  # what the mark that is pointed at says
    for step in range(2, len(STEPS) + 1):
        newcomer.press_in_card(page, "Next")
        until_shown(newcomer, page, step)
        assert page.locator(TOUR).count() == (2 if step == 2 else 1)  # the card, and the tour alone
    newcomer.press_in_card(page, "Back")
    until_shown(newcomer, page, 3)
    newcomer.press_in_card(page, "Next")
    newcomer.press_in_card(page, "Done")
    gone(newcomer, page)


def test_the_card_stays_while_its_step_is_read(newcomer: Reader) -> None:
    page = sample(newcomer)
    newcomer.press_in_card(page, "Next")
    until_shown(newcomer, page, 2)
    page.mouse.move(500, 5, steps=4)
    page.wait_for_timeout(600)  # longer than a card stays that the pointer has left
    boxes = page.locator(TOUR)
    assert boxes.count() == 2
    tour, card = boxes.nth(0).bounding_box(), boxes.nth(1).bounding_box()
    assert tour
    assert card
    assert tour["y"] >= card["y"] + card["height"] or tour["x"] >= card["x"] + card["width"], "it hides the card"
    page.mouse.click(tour["x"] + 30, tour["y"] + 40)  # on its words
    page.wait_for_timeout(600)
    assert boxes.count() == 2
    page.close()


def test_by_keys_alone_as_a_screen_reader_has_it(newcomer: Reader, page: Page, server: OnrecordServer) -> None:
    page.goto(f"{server.address}/article")
    tree = digest(page)
    page.goto("about:blank")
    page = sample(newcomer)
    until_read_out(page, "dialog", "Marks 1 of 4")
    assert page.evaluate("document.activeElement.matches('html > [popover]')")
    page.keyboard.press("Enter")  # on *Next*
    until_shown(newcomer, page, 2)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # on *Back*, which goes with the first step
    until_shown(newcomer, page, 1)
    page.keyboard.press("Space")
    until_shown(newcomer, page, 2)
    page.keyboard.press("j")  # goes to no mark from here, whose card the next key would open
    page.keyboard.press("Enter")
    until_shown(newcomer, page, 3)
    page.keyboard.press("Enter")
    until_read_out(page, "dialog", "Switches 4 of 4")
    page.keyboard.press("?")  # as the last step says
    page.wait_for_function("() => document.querySelectorAll('html > [popover]').length === 2")
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.querySelectorAll('html > [popover]').length === 1")
    assert page.evaluate("document.activeElement.matches('html > [popover]')")  # the focus is back
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # on *Done*
    page.wait_for_selector(TOUR, state="detached")
    assert digest(page) == tree
    gone(newcomer, page)


@pytest.mark.parametrize("how", ["Skip", "Escape", "Escape over a card"])
def test_it_can_be_ended_at_any_step(newcomer: Reader, how: str) -> None:
    page = sample(newcomer)
    if how == "Skip":
        newcomer.press_in_card(page, "Skip")
    elif how == "Escape":
        page.mouse.click(5, 5)  # with the focus on the page
        page.keyboard.press("Escape")
    else:
        page.keyboard.press("Enter")
        until_shown(newcomer, page, 2)
        page.keyboard.press("Escape")
    gone(newcomer, page)


def test_marks_that_are_taken_off_take_it_along_and_bring_it_back_until_its_last_step(newcomer: Reader) -> None:
    page = sample(newcomer)
    page.wait_for_timeout(LONG)  # so that it is no double click, with what has marked the page
    newcomer.press(page)
    page.wait_for_selector(TOUR, state="detached")
    assert page.evaluate("CSS.highlights.size") == 0
    newcomer.press(page)
    page.wait_for_selector(TOUR, state="attached")
    for step in range(2, len(STEPS) + 1):
        page.keyboard.press("Enter")
        until_shown(newcomer, page, step)
    newcomer.press(page)
    page.wait_for_selector(TOUR, state="detached")
    newcomer.press(page)
    page.wait_for_function("() => CSS.highlights.size > 0")
    gone(newcomer, page)


def test_it_is_shown_again_for_who_asks_in_the_options(reader: Reader) -> None:
    reader.store({"toured": True})
    options = reader.extension_page("options/options.html")
    with options.context.expect_page() as opened:
        options.get_by_role("button", name="Show the tour again").click()
    options.close()
    page = opened.value
    page.wait_for_selector(TOUR, state="attached")
    until_shown(reader, page, 1)
    page.keyboard.press("Escape")
    gone(reader, page)


def test_no_other_page_has_it(newcomer: Reader, page: Page, server: OnrecordServer, site: str) -> None:
    opened = sample(newcomer)
    # in the tab that was the article's, and in one that the extension has not opened
    for tab, address in (
        (opened, f"{site}/strict.html?no-tour"),
        (page, f"{site}/plain.html?no-tour"),
        (page, f"{server.address}/article"),
    ):
        tab.goto(address)
        if not address.endswith("/article"):  # which is marked by itself in a tab where the button was pressed
            newcomer.press(tab)
        newcomer.settled(tab)
        assert tab.evaluate("CSS.highlights.size") > 0
        tab.wait_for_timeout(LONG)
        assert tab.locator(TOUR).count() == 0
    opened.close()


@pytest.mark.parametrize("width", [320, 1000])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_step_fits_the_window_and_passes_axe(newcomer: Reader, page: Page, width: int, scheme: str) -> None:
    tour = sample(newcomer)
    tour.set_viewport_size({"width": width, "height": 640})
    tour.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    tour.wait_for_timeout(LONG)  # until the colours have been looked at again
    style = (EXTENSION / "content" / "tour.js").read_text(encoding="utf-8").split("const STYLE = `")[1].split("`")[0]
    page.set_viewport_size({"width": width, "height": 640})
    for step in range(1, len(STEPS) + 1):
        until_shown(newcomer, tour, step)
        assert tour.evaluate("document.documentElement.scrollWidth") <= width
        box = tour.locator(TOUR).first.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 640
        html = newcomer.shadow_html(tour)
        assert ("dark" in html.split(">")[0]) is (scheme == "dark")
        # the root is closed, so what stands in it is looked at in a page of its own
        page.set_content(
            f"<!doctype html><html lang=en><title>Tour</title><style>{style}</style><main><h1>Tour</h1>"
            f"<div style='width: {box['width']}px'>{html}</div></main>"
        )
        assert newcomer.violations(page, AXE) == []
        small = page.evaluate(
            """() => [...document.querySelectorAll('button:not([hidden])')]
              .filter((each) => each.offsetWidth < 24 || each.offsetHeight < 24).map((each) => each.outerHTML)"""
        )
        assert small == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        tour.bring_to_front()
        tour.keyboard.press("Enter")
    tour.wait_for_selector(TOUR, state="detached")
    tour.close()
