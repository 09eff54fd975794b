"""The real server, the real extension and one browser for the whole session."""

from __future__ import annotations

import http.server
import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from e2e.reader import Reader
from server.bootstrap import ROOT

EXTENSION = ROOT / "extension"
PAGES = Path(__file__).parent / "pages"

# No style, no script, no connection, no frame: the strictest policy that still shows text.
STRICT = "default-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"

ARGUMENTS = [
    f"--disable-extensions-except={EXTENSION}",
    f"--load-extension={EXTENSION}",
    "--enable-unsafe-extension-debugging",  # lets the test press the toolbar button
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing but this machine can be reached
    "--force-color-profile=srgb",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder is an end-to-end test."""
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.e2e)


class _Pages(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, directory=str(PAGES), **named)  # type: ignore[arg-type]

    def end_headers(self) -> None:
        if "strict" in self.path:
            self.send_header("Content-Security-Policy", STRICT)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a web server with the pages of this folder."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


class OnrecordServer:
    """``python3 -m server`` as a process that can be stopped and started again on the same port."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.port = 0
        self._process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def code(self) -> str:
        """The pairing code that nobody has used yet, as the home page shows it."""
        with urllib.request.urlopen(self.address) as answer:
            found = re.search(r"[A-Z]{4}-[A-Z]{4}", answer.read().decode())
        assert found
        return found.group()

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, "ONRECORD_PORT": str(self.port), "ONRECORD_STATE_DIR": str(self.state)}

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "onrecord", "serve"],
            env=self._environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        said = ""
        while "Ctrl-C" not in said:
            line = self._process.stdout.readline()
            assert line, "the server ended while it was starting"
            said += line
        found = re.search(r"http://127\.0\.0\.1:(\d+)", said)
        assert found
        assert re.search(r"Pairing code\s+[A-Z]{4}-[A-Z]{4}", said)
        self.port = int(found.group(1))

    def command(self, *words: str) -> None:
        """Another command of ours on the same state."""
        subprocess.run([sys.executable, "-m", "onrecord", *words], env=self._environment, cwd=ROOT, check=True)

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(20)
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OnrecordServer]:
    """The real server."""
    found = OnrecordServer(tmp_path_factory.mktemp("state"))
    found.start()
    yield found
    found.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright itself."""
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def context(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """One browser with the extension, in a fresh profile."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    found = playwright.chromium.launch_persistent_context(
        str(tmp_path_factory.mktemp("profile")),
        executable_path=os.environ["CHROMIUM"],
        headless=True,
        args=[*ARGUMENTS, *(["--no-sandbox"] if root else [])],
        viewport={"width": 1000, "height": 900},
        ignore_default_args=["--disable-extensions"],
        color_scheme="light",
    )
    found.set_default_timeout(15_000)
    yield found
    found.close()


@pytest.fixture(scope="session")
def unpaired_reader(context: BrowserContext) -> Reader:
    """Somebody who has installed the extension and nothing else."""
    return Reader(context)


@pytest.fixture(scope="session")
def reader(unpaired_reader: Reader, server: OnrecordServer) -> Reader:
    """Somebody whose extension is paired with the server."""
    unpaired_reader.pair(server.port, server.code)
    return unpaired_reader


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab of its own."""
    found = context.new_page()
    yield found
    found.close()
