"""Take the screenshots that the docs show: ``python -m e2e.screenshots docs/images``."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from e2e.conftest import ARGUMENTS, OnrecordServer
from e2e.reader import Reader
from tests import tools


def main(folder: Path) -> None:
    """Write a light and a dark picture of everything that a reader sees."""
    folder.mkdir(parents=True, exist_ok=True)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    server = OnrecordServer(Path(tempfile.mkdtemp()))
    server.start()
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tempfile.mkdtemp(),
            executable_path=str(tools.browser()),
            headless=True,
            args=[*ARGUMENTS, *(["--no-sandbox"] if root else [])],
            viewport={"width": 1000, "height": 900},
            ignore_default_args=["--disable-extensions"],
        )
        reader = Reader(context)
        reader.pair(server.port, server.code)
        for scheme in ("light", "dark"):
            page = context.new_page()
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.goto(f"{server.address}/")
            page.locator("#status[data-ready=true]").wait_for()
            hide = "() => { document.querySelector('.path').textContent = '~/onrecord/extension'; }"
            page.evaluate(hide)  # whose computer this is belongs in no picture
            page.screenshot(path=folder / f"home-{scheme}.png", full_page=True)
            page.goto(f"{server.address}/sample")
            page.screenshot(path=folder / f"report-{scheme}.png")
            page.goto(f"{server.address}/article?{scheme}")
            reader.press(page)
            marks = reader.wait_until_painted(page)
            x, y, _, height = next(mark for mark in marks if "sitting in a drawer" in mark["text"])["boxes"][0]
            page.mouse.move(x + 10, y + height / 2)
            page.mouse.move(x + 14, y + height / 2)
            page.wait_for_selector("html > [popover]", state="attached")
            page.screenshot(path=folder / f"article-{scheme}.png", caret="initial")
            panel = reader.panel(page)
            panel.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            panel.wait_for_timeout(200)
            panel.screenshot(path=folder / f"panel-{scheme}.png")
            panel.close()
            page.close()
        context.close()
    server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
