"""*Who is talking here?* in the browser's menu. No driver opens that menu; its event is sent as browsers send it."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

from e2e.reader import Reader


def choose(reader: Reader, page: Page, entry: str, more: dict[str, Any]) -> None:
    """Choose an entry of the menu on a page."""
    tab = reader.tab_of(page)
    data = json.dumps({"menuItemId": entry, "editable": False, "pageUrl": page.url, **more})
    reader.worker.evaluate(
        f"async (id) => chrome.contextMenus.onClicked.dispatch({data}, await chrome.tabs.get(id))", tab
    )


def test_a_page_is_marked_and_stays_marked(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html?menu-page")
    for _ in range(2):
        choose(reader, page, "who-page", {})
        assert reader.settled(page)["status"] == "shown"
        assert page.evaluate("CSS.highlights.size") > 0


def test_a_selection_is_read_and_nothing_else(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html?menu-selection")
    page.evaluate(
        """() => {
          const paragraphs = [...document.querySelectorAll('article p')];
          getSelection().selectAllChildren(paragraphs.find((p) => p.textContent.includes('medicine')));
        }"""
    )
    choose(reader, page, "who-selection", {"selectionText": "My daughter needs her medicine"})
    view = reader.settled(page)
    assert {source["label"] for source in view["analysis"]["sources"]} == {"Ida Brandt"}
    assert "".join(block["text"] for block in view["blocks"]).startswith("Shops on the outer islands")
    assert len(view["blocks"]) == 2  # the paragraph has a line break


def test_a_link_is_opened_in_a_tab_beside_and_read_there(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/list.html?menu-link")
    address = f"{site}/plain.html?from-the-menu"
    with page.context.expect_page() as opening:
        choose(reader, page, "who-link", {"linkUrl": address})
    opened = opening.value
    opened.wait_for_url(address)
    opened.wait_for_function("() => CSS.highlights.size > 0")
    assert reader.settled(opened)["url"] == address
    assert page.evaluate("CSS.highlights.size") == 0
    opened.close()
