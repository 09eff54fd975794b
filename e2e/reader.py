"""What a reader does: pair, press the button, look at the page. And what a test looks at: the extension's own view."""

from __future__ import annotations

import json
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


class Reader:
    """One person with one browser."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        worker = context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
        self.extension = worker.url.split("/")[2]

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
        page.get_by_label("Pairing code").fill(code.lower())
        page.get_by_label("Port").fill(str(port))
        page.get_by_role("button", name="Pair").click()
        page.get_by_text("Paired.").wait_for()
        page.close()

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

    def press(self, page: Page) -> None:
        """Press the toolbar button on ``page``."""
        page.bring_to_front()
        browser = page.context.browser
        assert browser is not None
        session = browser.new_browser_cdp_session()
        tabs = session.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        tab = next(tab for tab in tabs if tab["url"] == page.url)
        session.send("Extensions.triggerAction", {"id": self.extension, "targetId": tab["targetId"]})
        session.detach()

    def painted(self, page: Page) -> list[dict[str, Any]]:
        """Every painted range: highlight name, text under it, client boxes."""
        found: list[dict[str, Any]] = self._in_content(page, _PAINTED)
        return found

    def _in_content(self, page: Page, expression: str) -> Any:
        """The value of ``expression`` in the extension's isolated world of the page."""
        session = page.context.new_cdp_session(page)
        try:
            context = self._isolated_world(session)
            answer = session.send(
                "Runtime.evaluate",
                {"expression": f"JSON.stringify({expression})", "contextId": context, "returnByValue": True},
            )
            assert "exceptionDetails" not in answer, answer
            return json.loads(answer["result"]["value"])
        finally:
            session.detach()

    def _isolated_world(self, session: CDPSession) -> int:
        worlds: list[dict[str, Any]] = []
        session.on("Runtime.executionContextCreated", lambda event: worlds.append(event["context"]))
        session.send("Runtime.enable")
        own = [world for world in worlds if self.extension in world.get("origin", "")]
        assert own, "the content script does not run on this page"
        return int(own[0]["id"])

    def wait_until_painted(self, page: Page) -> list[dict[str, Any]]:
        """Press nothing, wait until the marks of the whole article stand, and return them."""
        page.wait_for_function("() => CSS.highlights.size > 0")
        page.wait_for_timeout(50)
        return self.painted(page)
