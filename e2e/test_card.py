"""The card beside a mark: its words, its manners, and that it leaves nothing behind."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from e2e.reader import Reader
from e2e.test_marks import digest


def point_at(reader: Reader, page: Page, text: str) -> tuple[float, float]:
    """Rest the pointer on the mark that holds ``text``."""
    mark = next(mark for mark in reader.painted(page) if text in mark["text"])
    x, y, width, height = mark["boxes"][0]
    at = (x + min(20, width / 2), y + height / 2)
    page.mouse.move(at[0] - 3, at[1])
    page.mouse.move(*at)
    return at


def host(page: Page) -> dict[str, Any] | None:
    """Where the card's host stands, if there is one."""
    found: dict[str, Any] | None = page.evaluate(
        "() => { const host = document.querySelector('html > [popover]');"
        " return host && { open: host.matches(':popover-open'), closed: host.shadowRoot === null }; }"
    )
    return found


def test_the_card_quotes_the_grant_of_anonymity_and_goes_with_escape(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html?card")
    tree = digest(page)
    reader.press(page)
    reader.wait_until_painted(page)
    point_at(reader, page, "days, not weeks")
    page.wait_for_selector("html > [popover]", state="attached")
    assert host(page) == {"open": True, "closed": True}
    said = reader.card_text(page)
    assert "Government, military, courts, police" in said
    assert "Anonymous, by agreement" in said
    assert "asked not to be named" in said
    assert "%" not in said
    page.keyboard.press("Escape")
    page.wait_for_selector("html > [popover]", state="detached")
    assert digest(page) == tree


def test_the_pointer_may_enter_the_card_and_leaving_closes_it(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html?enter")
    reader.press(page)
    reader.wait_until_painted(page)
    point_at(reader, page, "I don’t care who wins")
    page.wait_for_selector("html > [popover]", state="attached")
    box = page.evaluate(
        "() => { const b = document.querySelector('html > [popover]').getBoundingClientRect(); return [b.x, b.y]; }"
    )
    page.mouse.move(box[0] + 30, box[1] + 20, steps=4)
    page.wait_for_timeout(600)  # longer than a card stays when it is left
    assert host(page) is not None
    page.mouse.move(5, 5, steps=4)
    page.wait_for_selector("html > [popover]", state="detached")


def test_a_contested_claim_shows_the_words_that_contest_it(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html?claim")
    reader.press(page)
    reader.wait_until_painted(page)
    point_at(reader, page, "run out of fresh milk")
    page.wait_for_selector("html > [popover]", state="attached")
    said = reader.card_text(page)
    assert "The article words this at a distance" in said
    assert "reportedly" in said
