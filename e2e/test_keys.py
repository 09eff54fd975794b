"""The keyboard on a marked page, and the card for readers who use nothing else."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from playwright.sync_api import Page

from e2e.conftest import EXTENSION, OnrecordServer
from e2e.reader import Reader
from e2e.test_card import point_at
from e2e.test_marks import digest
from server.bootstrap import ROOT


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


def read_out(page: Page, role: str) -> str:
    """What the accessibility tree has in the first node of a role: the words that a screen reader is given."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()

    def words(node: dict[str, Any]) -> list[str]:
        own = [node["name"]["value"]] if node.get("role", {}).get("value") == "StaticText" else []
        children = (nodes[child] for child in node.get("childIds", []) if child in nodes)
        return [*own, *(word for child in children for word in words(child))]

    found = next((node for node in nodes.values() if node.get("role", {}).get("value") == role), None)
    return "" if found is None else " ".join(words(found))


def until_read_out(page: Page, role: str, words: str) -> str:
    for _ in range(60):
        said = read_out(page, role)
        if words in said:
            return said
        page.wait_for_timeout(50)
    raise AssertionError(f"read out is “{said}”, and not “{words}”")


def test_the_whole_path_by_keys_as_a_screen_reader_has_it(reader: Reader, page: Page, server: OnrecordServer) -> None:
    page.goto(f"{server.address}/article?by-keys")
    tree = digest(page)
    reader.press(page)
    analysis = reader.settled(page)["analysis"]
    claims = {claim["content"][0]["text"] for claim in analysis["claims"]}
    quote = next(quote for quote in analysis["quotes"] if quote["content"][0]["text"] in claims)
    said = quote["content"][0]["text"]
    speaker = next(source["label"] for source in analysis["sources"] if source["id"] == quote["source"])
    page.keyboard.press("j")
    until_read_out(page, "status", "1 of ")
    for _ in range(len(analysis["quotes"]) + len(claims)):
        if current(page) == said and "Contested" not in read_out(page, "status"):
            break
        page.keyboard.press("j")
    told = until_read_out(page, "status", said)
    assert speaker in told
    assert re.match(r"\d+ of \d+\. (Direct quote|Partly quoted|Reported speech), ", told)

    page.keyboard.press("Enter")
    page.wait_for_selector("html > [popover]", state="attached")
    read = read_out(page, "dialog")
    sentence = "The article says the side concerned denies this."
    assert speaker in read
    assert sentence in read
    by_key = reader.card_text(page)
    for _ in range(30):  # from button to button, and out of the card
        if page.locator("html > [popover]").count() == 0:
            break
        page.keyboard.press("Tab")
    page.wait_for_selector("html > [popover]", state="detached")
    assert page.evaluate("document.activeElement === document.body")
    assert current(page) == said
    at = page.evaluate(
        "() => [getSelection().anchorNode.data, getSelection().anchorOffset, getSelection().isCollapsed]"
    )
    assert at[0][: at[1]].endswith(said)
    assert at[2]

    point_at(reader, page, said)
    page.wait_for_selector("html > [popover]", state="attached")
    assert reader.card_text(page) == by_key
    page.keyboard.press("Escape")
    page.wait_for_selector("html > [popover]", state="detached")
    page.keyboard.press("k")
    page.keyboard.press("Escape")
    assert current(page) == ""
    assert read_out(page, "status") == ""
    assert digest(page) == tree


def test_the_browser_gives_the_keys_that_are_promised(reader: Reader) -> None:
    manifest = json.loads((EXTENSION / "manifest.json").read_text(encoding="utf-8"))
    promised = {
        name: command["suggested_key"]["default"]
        for name, command in manifest["commands"].items()
        if "suggested_key" in command
    }
    given = {one["name"]: one["shortcut"] for one in reader.worker.evaluate("chrome.commands.getAll()")}
    assert {name: given[name] for name in promised} == promised  # none is the browser's own, which would keep it
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [key for key in promised.values() if key not in readme] == []


def test_tab_goes_on_from_the_mark(reader: Reader, page: Page, site: str) -> None:
    opened(reader, page, f"{site}/plain.html?tab")
    page.keyboard.press("j")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Petra Vance"  # the first link behind it
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.textContent") == "Weather"


def test_a_jump_on_a_card_opened_by_key_opens_the_card_there(
    reader: Reader, page: Page, server: OnrecordServer
) -> None:
    page.goto(f"{server.address}/article?on-by-key")
    reader.press(page)
    analysis = reader.settled(page)["analysis"]
    counts = Counter(quote["source"] for quote in analysis["quotes"])
    page.keyboard.press("j")
    for _ in range(len(analysis["quotes"])):
        page.keyboard.press("Enter")
        page.wait_for_selector("html > [popover]", state="attached")
        if "other statement" in reader.card_text(page):
            break
        page.keyboard.press("Escape")
        page.keyboard.press("j")
    assert max(counts.values()) > 1
    first = current(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "(first) => { const [range] = CSS.highlights.get('onrecord-current') ?? [];"
        " return range && range.startContainer.data.slice(range.startOffset, range.endOffset) !== first; }",
        arg=first,
    )
    assert page.evaluate("document.activeElement.matches('html > [popover][role=dialog]')")
