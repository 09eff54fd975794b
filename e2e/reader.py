"""What a reader does: pair, press the button, look at the page. And what a test looks at: the extension's own view."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, Worker

# Runs in the content script's world: what is registered with the browser's highlight registry, as text and boxes.
_PAINTED = """(() => {
  const found = [];
  for (const [name, highlight] of CSS.highlights) {
    for (const range of highlight) {
      const live = document.createRange();
      live.setStart(range.startContainer, range.startOffset);
      live.setEnd(range.endContainer, range.endOffset);
      const boxes = Array.from(live.getClientRects(), (box) => [box.x, box.y, box.width, box.height]);
      found.push({ name, text: live.toString(), boxes });
    }
  }
  return found;
})()"""


# Seconds between two presses of a person who means both; the extension takes two within half a second for one.
APART = 0.7


class Reader:
    """One person with one browser."""

    def __init__(self, context: BrowserContext, extension: str = "") -> None:
        self.context = context
        if not extension:
            worker = context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
            extension = worker.url.split("/")[2]
        self.extension = extension
        self._pressed = 0.0

    @property
    def worker(self) -> Worker:
        """The extension's background, as it runs now."""
        return next(worker for worker in self.context.service_workers if self.extension in worker.url)

    def extension_page(self, path: str) -> Page:
        """One of the extension's own pages in a tab."""
        page = self.context.new_page()
        page.goto(f"chrome-extension://{self.extension}/{path}")
        return page

    def pair(self, port: int, code: str) -> None:
        """Type the pairing code into the welcome page."""
        page = self.extension_page("welcome/welcome.html")
        self.type_code(page, port, code.lower())
        page.get_by_text("Connected.").wait_for()
        page.close()

    def type_code(self, page: Page, port: int, code: str) -> None:
        """Type a code into the welcome page and send it off."""
        page.locator("#by-code:not([open]) summary").or_(page.locator("#by-code[open] #code")).click()
        page.get_by_label("Pairing code").fill(code)
        page.get_by_label("Port").fill(str(port))
        page.get_by_role("button", name="Connect", exact=True).click()

    def store(self, values: dict[str, Any]) -> None:
        """Write to the extension's own storage."""
        page = self.extension_page("welcome/welcome.html")
        page.evaluate("(values) => chrome.storage.local.set(values)", values)
        page.close()

    def stored(self) -> dict[str, Any]:
        """Everything in the extension's own storage."""
        page = self.extension_page("welcome/welcome.html")
        found: dict[str, Any] = page.evaluate("() => chrome.storage.local.get()")
        page.close()
        return found

    def press(self, page: Page, *, double: bool = False) -> float:
        """Press the toolbar button on ``page``; gives the moment at which the browser was asked to.

        ``double``: at once, however short ago the last press was.
        """
        page.bring_to_front()
        wait = self._pressed + APART - time.monotonic()
        if wait > 0 and not double:
            page.wait_for_timeout(wait * 1000)
        browser = page.context.browser
        assert browser is not None
        session = browser.new_browser_cdp_session()
        tabs = session.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        tab = next(tab for tab in tabs if tab["url"] == page.url)
        moment = time.time()
        session.send("Extensions.triggerAction", {"id": self.extension, "targetId": tab["targetId"]})
        session.detach()
        self._pressed = time.monotonic()
        return moment

    def painted(self, page: Page) -> list[dict[str, Any]]:
        """Every painted range: highlight name, text under it, client boxes."""
        found: list[dict[str, Any]] = self.in_content(page, _PAINTED)
        return found

    def in_content(self, page: Page, expression: str) -> Any:
        """The value of ``expression`` in the extension's isolated world of the page; a promise is waited for."""
        session = page.context.new_cdp_session(page)
        try:
            context = self._isolated_world(session)
            answer = session.send(
                "Runtime.evaluate",
                {
                    "expression": f"Promise.resolve({expression}).then(JSON.stringify)",
                    "contextId": context,
                    "returnByValue": True,
                    "awaitPromise": True,
                },
            )
            assert "exceptionDetails" not in answer, answer
            return json.loads(answer["result"]["value"])
        finally:
            session.detach()

    def _isolated_world(self, session: CDPSession) -> int:
        worlds: list[dict[str, Any]] = []
        session.on("Runtime.executionContextCreated", lambda event: worlds.append(event["context"]))
        session.send("Runtime.enable")
        top = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        own = [
            world
            for world in worlds
            if self.extension in world.get("origin", "") and world.get("auxData", {}).get("frameId") == top
        ]
        assert own, "the content script does not run on this page"
        return int(own[0]["id"])

    def wait_until_painted(self, page: Page) -> list[dict[str, Any]]:
        """Press nothing, wait until the marks of the whole article stand, and return them."""
        page.wait_for_function("() => CSS.highlights.size > 0")
        self.settled(page)  # the first marks come while the rest of the article is still being read
        page.wait_for_timeout(50)
        return self.painted(page)

    def settled(self, page: Page, within: int = 15_000, *, was: str = "") -> dict[str, Any]:
        """Wait until nothing is being read any more, the whole answer is there, and return the page's view.

        ``was`` is the status before the button was pressed, which the page keeps for a moment.
        """
        tab = self.tab_of(page)
        found: dict[str, Any] | None = None
        for _ in range(within // 50):
            found = self.worker.evaluate(
                "(tab) => chrome.tabs.sendMessage(tab, { type: 'view' }).catch(() => null)", tab
            )  # nobody answers until the scripts are in the page
            over = found is not None and found["status"] != was
            if (
                found
                and over
                and (found["status"] in {"problem", "hidden"} or (found["status"] == "shown" and found["whole"]))
            ):
                return found
            page.wait_for_timeout(50)
        raise AssertionError(f"the page is still being read: {found and found['status']}")

    def view(self, page: Page) -> dict[str, Any]:
        """What the content script of ``page`` tells the panel."""
        tab = self.tab_of(page)
        found: dict[str, Any] = self.worker.evaluate("(tab) => chrome.tabs.sendMessage(tab, { type: 'view' })", tab)
        return found

    def tab_of(self, page: Page) -> int:
        """The browser's number of the tab that shows ``page``; brings it to the front to tell it from the others."""
        page.bring_to_front()
        tab: int = self.worker.evaluate(
            "async () => (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0].id"
        )
        return tab

    def badge(self, page: Page) -> str:
        """What stands on the toolbar button for ``page``."""
        found: str = self.worker.evaluate("(tabId) => chrome.action.getBadgeText({ tabId })", self.tab_of(page))
        return found

    def panel(self, page: Page) -> Page:
        """The side panel of ``page``, opened as a page of its own so that it can be looked at."""
        tab = self.tab_of(page)
        panel = self.context.new_page()
        panel.set_viewport_size({"width": 380, "height": 900})
        panel.goto(f"chrome-extension://{self.extension}/panel/panel.html?tab={tab}")
        panel.get_by_role("heading", name="Sources").wait_for()
        return panel

    def save(self, panel: Page, name: str) -> None:
        """Press an entry of the panel's *Save*; the menu stays open until something else is pressed."""
        if not panel.locator("#export").is_visible():
            panel.get_by_role("button", name="Save", exact=True).click()
        panel.get_by_role("button", name=name, exact=True).click()

    def unfold(self, panel: Page, source: str) -> None:
        """Open the entry of a source in the panel."""
        name = panel.get_by_role("button", name=source, exact=True)
        if name.get_attribute("aria-expanded") == "false":
            name.click()

    def card_text(self, page: Page) -> str:
        """The words on the card or notice; its shadow root is closed to scripts, not to the browser's own tools."""
        session = page.context.new_cdp_session(page)
        root = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
        session.detach()
        return " ".join(_texts(_host(root)))

    def shadow_html(self, page: Page) -> str:
        """The markup inside the card or notice."""
        session = page.context.new_cdp_session(page)
        root = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
        inner = _host(root)["shadowRoots"][0]["children"][0]
        found: str = session.send("DOM.getOuterHTML", {"nodeId": inner["nodeId"]})["outerHTML"]
        session.detach()
        return found

    def press_in_card(self, page: Page, label: str) -> None:
        """Press the button with that label on the card or notice."""
        session = page.context.new_cdp_session(page)
        root = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
        buttons = (node for node in _nodes(_host(root)) if node["nodeName"] == "BUTTON")
        button = next(node for node in buttons if label in " ".join(_texts(node)))
        quad = session.send("DOM.getBoxModel", {"nodeId": button["nodeId"]})["model"]["content"]
        session.detach()
        page.mouse.click((quad[0] + quad[4]) / 2, (quad[1] + quad[5]) / 2)

    def violations(self, page: Page, axe: Path) -> list[str]:
        """What axe finds wrong on a page; run beside the page's own scripts, which its policy does not allow."""
        session = page.context.new_cdp_session(page)
        tree = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = session.send("Page.createIsolatedWorld", {"frameId": tree, "worldName": "axe"})["executionContextId"]
        session.send("Runtime.evaluate", {"expression": axe.read_text(encoding="utf-8"), "contextId": world})
        answer = session.send(
            "Runtime.evaluate",
            {
                "expression": """axe.run().then((found) =>
                    JSON.stringify(found.violations.map((each) => each.id + ' ' + each.nodes[0].html)))""",
                "contextId": world,
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        session.detach()
        assert "exceptionDetails" not in answer, answer
        found: list[str] = json.loads(answer["result"]["value"])
        return found


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in [*node.get("children", []), *node.get("shadowRoots", [])]:
        yield from _nodes(child)


def _host(root: dict[str, Any]) -> dict[str, Any]:
    return next(node for node in _nodes(root) if "popover" in node.get("attributes", []) and node.get("shadowRoots"))


def _texts(node: dict[str, Any]) -> list[str]:
    return [found["nodeValue"] for found in _nodes(node) if found["nodeName"] == "#text"]
