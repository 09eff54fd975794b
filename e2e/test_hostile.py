"""Pages that attack: the extension goes on working, and they learn nothing."""

from __future__ import annotations

import json

from playwright.sync_api import Page

from e2e.reader import Reader
from e2e.test_card import point_at
from e2e.test_switches import options

__all__ = ["options"]  # a fixture


def test_a_page_that_overwrites_everything_is_marked_all_the_same_and_learns_no_secret(
    reader: Reader, page: Page, site: str
) -> None:
    page.goto(f"{site}/hostile.html")
    reader.press(page)
    view = reader.settled(page)
    assert view["status"] == "shown"
    marks = reader.painted(page)
    assert any("It was never safe" in mark["text"] for mark in marks)
    point_at(reader, page, "We had no")
    page.wait_for_selector("html > [popover]", state="attached")
    assert "Otto Kern" in reader.card_text(page)
    panel = reader.panel(page)
    for name in panel.locator("#sources .name").all():
        name.click()
    assert "onerror=stolen(3)" in panel.locator("#sources").inner_text()  # shown as the words they are
    assert panel.locator("img, script:not([src])").count() == 0
    panel.close()
    seen = json.dumps(page.evaluate("window.seen"))
    assert seen == "[]"
    secret = reader.stored()["secret"]
    assert secret not in page.content()
    names = page.evaluate("Object.getOwnPropertyNames(window).join()").split(",")
    assert [name for name in names if name.lower().startswith("onrecord")] == []


def cards_and_keys(reader: Reader, page: Page) -> None:
    """The card opens under the pointer and by key, and Escape closes it."""
    point_at(reader, page, "Not one of the maps")
    page.wait_for_selector("html > [popover]", state="attached")
    assert "Hanna Pell" in reader.card_text(page)
    page.keyboard.press("Escape")
    page.wait_for_selector("html > [popover]", state="detached")
    page.keyboard.press("j")
    page.wait_for_function("() => CSS.highlights.has('onrecord-current')")
    page.keyboard.press("Enter")
    page.wait_for_selector("html > [popover]", state="attached")
    page.keyboard.press("Escape")
    page.wait_for_selector("html > [popover]", state="detached")


def test_a_page_cannot_send_the_extension_orders(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html?orders")
    reader.press(page)
    reader.settled(page)
    page.evaluate(
        """(id) => {
          for (const message of [{ type: 'toggle' }, { type: 'resume' }]) {
            window.postMessage(message, '*');
            document.dispatchEvent(new CustomEvent('onrecord', { detail: message }));
            try { chrome.runtime.sendMessage(id, message); } catch { /* the page has no such API */ }
          }
          document.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
        }""",
        reader.extension,
    )
    page.wait_for_timeout(300)
    assert reader.view(page)["status"] == "shown"
    assert not page.evaluate("CSS.highlights.has('onrecord-current')")  # keys that nobody pressed
    outcome = page.evaluate(
        "(id) => fetch(`chrome-extension://${id}/panel/panel.html`).then(() => 'read', () => 'refused')",
        reader.extension,
    )
    assert outcome == "refused"


def test_a_page_that_stops_every_event_at_its_document_has_cards_and_keys(
    reader: Reader, page: Page, site: str
) -> None:
    page.goto(f"{site}/swallows.html?document")
    reader.press(page)
    reader.settled(page)
    cards_and_keys(reader, page)


def test_a_page_that_stops_every_event_before_anybody_has_cards_and_keys_where_it_is_always_marked(
    options: Page, reader: Reader, page: Page, site: str
) -> None:
    options.evaluate("() => chrome.storage.local.set({ switches: { always: ['127.0.0.1'] } })")
    options.wait_for_function("() => chrome.scripting.getRegisteredContentScripts().then((all) => all.length > 0)")
    page.goto(f"{site}/swallows.html?window")
    page.wait_for_function("() => CSS.highlights.size > 0")
    reader.settled(page)
    cards_and_keys(reader, page)


def test_a_page_that_stops_every_event_before_the_button_is_pressed_has_the_panel(
    reader: Reader, page: Page, site: str
) -> None:
    page.goto(f"{site}/swallows.html?window")
    reader.press(page)
    reader.settled(page)
    panel = reader.panel(page)
    assert "Hanna Pell" in panel.locator("#sources").inner_text()
    panel.close()


def test_twenty_thousand_mutations_leave_the_marks_in_their_places(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html?mutations")
    reader.press(page)
    reader.settled(page)
    before = sorted(mark["text"] for mark in reader.painted(page))
    page.evaluate(
        """() => new Promise((resolve) => {
          const noise = document.body.appendChild(document.createElement('p'));
          let count = 0;
          const step = () => {
            for (let at = 0; at < 200; at += 1) {
              noise.textContent = String((count += 1));
              noise.setAttribute('data-count', String(count));
            }
            if (count < 20_000) setTimeout(step, 0); else resolve(count);
          };
          step();
        })"""
    )
    assert sorted(mark["text"] for mark in reader.painted(page)) == before
    point_at(reader, page, "We are not asking for")
    page.wait_for_selector("html > [popover]", state="attached")


def test_five_megabytes_of_text_are_refused_with_one_sentence(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html?long")
    page.evaluate(
        """() => {
          const article = document.createElement('article');
          const words = 'The harbour was quiet again, and the boats lay in a row as if nothing had happened. ';
          for (let at = 0; at < 3000; at += 1) {
            article.append(Object.assign(document.createElement('p'), { textContent: words.repeat(20) }));
          }
          document.body.append(article);
        }"""
    )
    reader.press(page)
    view = reader.settled(page, 60_000)
    assert view["problem"]["code"] == "too_large"
    assert "too long" in reader.card_text(page)
    page.evaluate("document.querySelector('body > article:last-child').remove()")
    reader.press_in_card(page, "Close")
    reader.press(page)
    assert reader.settled(page, was="problem")["status"] == "shown"
