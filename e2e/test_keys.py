"""The keyboard on a marked page, and the card for readers who use nothing else."""

from __future__ import annotations

from playwright.sync_api import Page

from e2e.reader import Reader
from e2e.test_marks import digest


def current(page: Page) -> str:
    found: str = page.evaluate(
        """() => {
          const [range] = CSS.highlights.get('onrecord-current') ?? [];
          if (!range) return '';
          const live = document.createRange();
          live.setStart(range.startContainer, range.startOffset);
          live.setEnd(range.endContainer, range.endOffset);
          return live.toString();
        }"""
    )
    return found


def opened(reader: Reader, page: Page, address: str) -> list[str]:
    """A marked page; the texts of its marks in the order in which they stand."""
    page.goto(address)
    reader.press(page)
    reader.settled(page)
    return [mark["text"] for mark in reader.painted(page) if not mark["name"].startswith("onrecord-tint")]


def test_j_and_k_go_through_the_marks_enter_opens_the_card_and_escape_leaves(
    reader: Reader, page: Page, site: str
) -> None:
    marks = opened(reader, page, f"{site}/plain.html?keys")
    tree = digest(page)
    page.keyboard.press("j")
    first = current(page)
    assert "255, 214, 0" in page.evaluate(
        "getComputedStyle(document.querySelector('p'), '::highlight(onrecord-current)').backgroundColor"
    )
    assert first.startswith("The strike that has halted")
    page.keyboard.press("j")
    assert current(page) in marks
    assert current(page) != first
    page.keyboard.press("k")
    assert current(page) == first
    page.keyboard.press("Enter")
    page.wait_for_selector("html > [popover]", state="attached")
    assert "Seafarers" in reader.card_text(page)
    assert page.evaluate("document.activeElement.matches('html > [popover]')")  # the focus is in the card
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('html > [popover]')")  # on a button of it
    page.keyboard.press("Escape")
    page.wait_for_selector("html > [popover]", state="detached")
    assert current(page) == first
    page.keyboard.press("Escape")
    assert current(page) == ""
    assert digest(page) == tree


def test_a_question_mark_opens_the_key_to_lines_and_colours(reader: Reader, page: Page, site: str) -> None:
    opened(reader, page, f"{site}/plain.html?help")
    tree = digest(page)
    page.focus("a")
    page.keyboard.press("?")
    page.wait_for_selector("html > [popover]", state="attached")
    said = reader.card_text(page)
    assert "Dotted: anonymous, by agreement" in said
    assert "Advocacy, aid, union or faith group" in said
    assert "next and the previous mark" in said
    assert page.evaluate("document.activeElement.matches('html > [popover][role=dialog]')")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Lines and colours"
    page.mouse.move(5, 400)
    page.wait_for_timeout(600)  # longer than a card stays when the pointer is elsewhere
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # on *Close*
    page.wait_for_selector("html > [popover]", state="detached")
    assert page.evaluate("document.activeElement.tagName") == "A"
    page.keyboard.press("?")
    page.wait_for_selector("html > [popover]", state="attached")
    page.keyboard.press("Escape")
    page.wait_for_selector("html > [popover]", state="detached")
    assert digest(page) == tree


def test_keys_that_somebody_types_into_a_field_are_not_ours(reader: Reader, page: Page, site: str) -> None:
    opened(reader, page, f"{site}/plain.html?typing")
    page.evaluate(
        "() => { const field = document.createElement('input'); document.body.prepend(field); field.focus(); }"
    )
    page.keyboard.type("jk?")
    assert page.evaluate("document.querySelector('input').value") == "jk?"
    assert current(page) == ""


def test_keys_can_be_switched_off(reader: Reader, page: Page, site: str) -> None:
    kept = reader.stored()
    reader.store({"preferences": {"keys": False}})
    opened(reader, page, f"{site}/plain.html?no-keys")
    page.evaluate("() => addEventListener('keydown', (event) => { window.got = event.key; })")
    page.keyboard.press("j")
    assert current(page) == ""
    assert page.evaluate("window.got") == "j"
    reader.store({"preferences": kept.get("preferences", {})})


def test_a_card_opened_by_the_pointer_leaves_the_focus_where_it_was(reader: Reader, page: Page, site: str) -> None:
    opened(reader, page, f"{site}/plain.html?focus")
    page.focus("a")
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "A"
