"""A browser of its own whose extension is paired: for pictures and benchmarks; the tests share one for the session."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from e2e.conftest import ARGUMENTS, OnrecordServer
from e2e.reader import Reader
from tests import tools


@contextmanager
def paired() -> Iterator[tuple[BrowserContext, Reader, OnrecordServer]]:
    """A browser whose extension is paired with a server of its own."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    server = OnrecordServer(Path(tempfile.mkdtemp()))
    server.start()
    try:
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
            yield context, reader, server
            context.close()
    finally:
        server.stop()
