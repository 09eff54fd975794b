"""Take the pictures for docs and stores: ``python -m e2e.screenshots [docs/images docs/store]``."""

from __future__ import annotations

import base64
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import BrowserContext, Page

from bench.overlay.browser import served
from e2e.conftest import PAGES, OnrecordServer
from e2e.paired import fresh, paired
from e2e.reader import Reader
from onrecord.native import registration, running

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, Scheme] = ("light", "dark")
STORE = {"width": 1280, "height": 800}  # the size that both stores want
DOCS = {"width": 1000, "height": 900}


def opened(context: BrowserContext, reader: Reader, address: str, size: dict[str, int], scheme: Scheme) -> Page:
    """The sample article, marked, with a card."""
    page = context.new_page()
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    reader.press(page)
    reader.settled(page)
    return page


def with_card(reader: Reader, page: Page) -> None:
    """Rest the pointer on the mark of an anonymous source."""
    box = next(mark for mark in reader.painted(page) if "sitting in a drawer" in mark["text"])["boxes"][0]
    x, y, _, height = box
    room = (page.viewport_size or DOCS)["height"] - 260  # the card is about so high
    if y > room:
        page.mouse.wheel(0, y - room)
        page.wait_for_timeout(200)  # until it has scrolled
        box = next(mark for mark in reader.painted(page) if "sitting in a drawer" in mark["text"])["boxes"][0]
        x, y, _, height = box
    page.mouse.move(x + 10, y + height / 2)
    page.mouse.move(x + 14, y + height / 2)
    page.wait_for_selector("html > [popover]", state="attached")


def for_docs(context: BrowserContext, reader: Reader, server: OnrecordServer, folder: Path, scheme: Scheme) -> None:
    """The home page, the report, the article, the panel, the tour."""
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)
    page.goto(server.address + str(server.ask("/v1/visits", {})["location"]))
    page.locator("#status[data-ready=true]").wait_for()
    # whose computer this is belongs in no picture, nor what another run would say
    page.evaluate(
        "(real) => { for (const at in real) document.querySelector(at).textContent = real[at]; }",
        {".path": "~/onrecord/extension", "#code": "BCDF-GHJK-LMNP", "#code + .hint": "Port 8377"},
    )
    page.screenshot(path=folder / f"home-{scheme}.png", full_page=True)
    page.goto(f"{server.address}/sample")
    page.screenshot(path=folder / f"report-{scheme}.png")
    page.close()
    page = opened(context, reader, f"{server.address}/article?{scheme}", DOCS, scheme)
    with_card(reader, page)
    page.screenshot(path=folder / f"article-{scheme}.png", caret="initial")
    panel(reader, page, folder, scheme)
    page.close()
    tour(reader, folder, scheme)


def tour(reader: Reader, folder: Path, scheme: Scheme) -> None:
    """What the first use shows: the step that frames a mark, and the one that points at nothing on the page."""
    options = reader.extension_page("options/options.html")
    with reader.context.expect_page() as opening:
        options.get_by_role("button", name="Show the tour again").click()
    options.close()
    page = opening.value
    page.bring_to_front()
    page.set_viewport_size(DOCS)  # type: ignore[arg-type]
    page.emulate_media(color_scheme=scheme)
    reader.settled(page)
    page.wait_for_selector("html > [popover]", state="attached")
    page.wait_for_timeout(1000)  # until the colours have been looked at again
    for step, name in enumerate(("marks", "card", "panel"), 1):
        assert f"{step} of 4" in reader.card_text(page)
        if name != "card":  # which is in a picture of its own
            page.screenshot(path=folder / f"tour-{name}-{scheme}.png", caret="initial")
        reader.press_in_card(page, "Next")
    page.close()


def panel(reader: Reader, page: Page, folder: Path, scheme: Scheme) -> None:
    """The panel of a marked page."""
    shown = reader.panel(page)
    shown.emulate_media(color_scheme=scheme)
    shown.wait_for_timeout(200)  # colours follow the change
    shown.screenshot(path=folder / f"panel-{scheme}.png")
    shown.close()


def for_stores(context: BrowserContext, reader: Reader, server: OnrecordServer, folder: Path) -> None:
    """What a reader of articles may see, at the size that the stores want."""
    for scheme in SCHEMES:
        page = opened(context, reader, f"{server.address}/article?store-{scheme}", STORE, scheme)
        with_card(reader, page)
        page.screenshot(path=folder / f"article-{scheme}.png", caret="initial")
        panel(reader, page, folder, scheme)
        tab = reader.tab_of(page)
        for name, path in (("options", "options/options.html"), ("menu", f"popup/popup.html?tab={tab}")):
            shown = reader.extension_page(path)
            shown.set_viewport_size({"width": 330, "height": 300} if name == "menu" else STORE)
            shown.emulate_media(color_scheme=scheme)
            shown.wait_for_timeout(300)  # colours follow the change, and the menu asks the page
            # the port of this run means nothing to anybody
            shown.evaluate(
                "(real) => { for (const at of document.querySelectorAll('#address')) at.textContent = real; }",
                "http://127.0.0.1:8377",
            )
            shown.screenshot(path=folder / f"{name}-{scheme}.png", full_page=name == "options")
            shown.close()
        page.close()
    address = f"{server.address}/article"
    page = opened(context, reader, f"{address}?sepia", STORE, "light")
    page.evaluate("() => { document.documentElement.style.background = document.body.style.background = '#f4ecd8'; }")
    page.wait_for_timeout(1000)  # until the colours have been looked at again
    with_card(reader, page)
    page.screenshot(path=folder / "article-sepia.png", caret="initial")
    page.close()
    page = opened(context, reader, f"{address}?narrow", {"width": 360, "height": 720}, "light")
    with_card(reader, page)
    page.screenshot(path=folder / "article-narrow.png", caret="initial")
    page.close()
    # a browser at 200% has half as many pixels of style sheets in each direction, each twice as large
    page = opened(context, reader, f"{address}?zoom", {"width": 640, "height": 400}, "light")
    session = context.new_cdp_session(page)
    session.send(
        "Emulation.setDeviceMetricsOverride", {"width": 640, "height": 400, "deviceScaleFactor": 2, "mobile": False}
    )
    with_card(reader, page)
    shot = session.send("Page.captureScreenshot", {"format": "png"})["data"]
    (folder / "article-zoom.png").write_bytes(base64.b64decode(shot))
    page.close()
    page = opened(context, reader, f"{address}?forced", STORE, "light")
    page.emulate_media(color_scheme="light", forced_colors="active")
    with_card(reader, page)
    page.screenshot(path=folder / "article-forced-colours.png", caret="initial")
    page.close()


def first_press(folder: Path, store: Path, scheme: Scheme, article: str) -> None:
    """A machine with nothing running: the first page before and after `install`, the press, and what comes of it."""
    with fresh() as (context, reader, state, plan):
        welcome = reader.extension_page("welcome/welcome.html")
        welcome.emulate_media(color_scheme=scheme)
        welcome.locator("#missing:not([hidden])").wait_for()
        welcome.screenshot(path=folder / f"first-welcome-{scheme}.png")
        size = welcome.viewport_size
        welcome.set_viewport_size(STORE)  # type: ignore[arg-type]
        welcome.screenshot(path=store / f"welcome-{scheme}.png")
        welcome.set_viewport_size(size or STORE)  # type: ignore[arg-type]
        registration.install(plan)
        welcome.get_by_role("button", name="I have run it").click()
        welcome.locator("#ready:not([hidden])").wait_for()
        welcome.screenshot(path=folder / f"first-ready-{scheme}.png")
        welcome.close()
        page = context.new_page()
        page.emulate_media(color_scheme=scheme)
        page.goto(article)
        assert running.noted(state) is None
        reader.press(page)
        page.wait_for_selector("html > [popover]", state="attached", timeout=60_000)
        page.screenshot(path=folder / f"first-starting-{scheme}.png")
        reader.settled(page, 120_000)
        page.screenshot(path=folder / f"first-marked-{scheme}.png")


def main(docs: Path, store: Path) -> None:
    """Write every picture."""
    for folder in (docs, store):
        folder.mkdir(parents=True, exist_ok=True)
    with paired() as (context, reader, server):
        for scheme in SCHEMES:
            for_docs(context, reader, server, docs, scheme)
        for_stores(context, reader, server, store)
    with served(lambda path: (PAGES / path).read_bytes() if (PAGES / path).is_file() else None) as address:
        for scheme, name in (("light", "plain"), ("dark", "dark")):
            first_press(docs, store, scheme, f"{address}/{name}.html")


if __name__ == "__main__":
    places = [Path(place) for place in sys.argv[1:]]
    main(*(places or [Path("docs/images"), Path("docs/store")]))
