"""Browsers of their own, for pictures and benchmarks: one paired, one of a new reader."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from e2e.conftest import ARGUMENTS, EXTENSION, OnrecordServer
from e2e.reader import Reader
from onrecord.native import registration, running
from tests import tools


@contextmanager
def paired() -> Iterator[tuple[BrowserContext, Reader, OnrecordServer]]:
    """A browser whose extension is paired with a server of its own."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    chromium = str(tools.browser())  # it may ask Playwright itself, which cannot be done within Playwright
    server = OnrecordServer(Path(tempfile.mkdtemp()))
    server.start()
    try:
        with sync_playwright() as playwright:
            context = playwright.chromium.launch_persistent_context(
                tempfile.mkdtemp(),
                executable_path=chromium,
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


@contextmanager
def fresh() -> Iterator[tuple[BrowserContext, Reader, Path, registration.Plan]]:
    """A browser that knows of no host, the state directory of one that could be registered in its profile, and how."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    chromium = str(tools.browser())
    profile, state = Path(tempfile.mkdtemp()), Path(tempfile.mkdtemp())
    plan = registration.for_profile(profile, state, manifest_file=EXTENSION / "manifest.json")
    try:
        with sync_playwright() as playwright:
            context = playwright.chromium.launch_persistent_context(
                str(profile),
                executable_path=chromium,
                headless=True,
                args=[*ARGUMENTS, *(["--no-sandbox"] if root else [])],
                viewport={"width": 1000, "height": 700},
                ignore_default_args=["--disable-extensions"],
                env={**os.environ, "ONRECORD_PORT": "0"},
            )
            yield context, Reader(context), state, plan
            context.close()
    finally:
        running.stop(state)
