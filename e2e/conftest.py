"""The real server, the real extension and one browser for the whole session."""

from __future__ import annotations

import http.server
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from e2e.reader import Reader
from onrecord.keys import Keyring
from onrecord.native.running import Channel
from server.bootstrap import ROOT

EXTENSION = ROOT / "extension"
PAGES = Path(__file__).parent / "pages"

# No style, no script, no connection, no frame: the strictest policy that still shows text.
CODE = r"(?:[A-Z]{4}-){2}[A-Z]{4}"
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
    # nothing but this machine can be reached
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
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
        self.link = ""
        self._process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._process is not None
        return self._process.pid

    @property
    def code(self) -> str:
        """A pairing code that nobody has used yet, as the home page shows it to whoever has the terminal's link."""
        with urllib.request.urlopen(self.link) as answer:
            found = re.search(CODE, answer.read().decode())
        assert found
        self.link = self._said_link(self._line())
        return found.group()

    def _line(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the server ended while it was starting"
        return line

    def _said_link(self, said: str) -> str:
        found = re.search(r"http://127\.0\.0\.1:\d+/\?k=[\w-]+", said)
        assert found, said
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
        said = ""
        while "Ctrl-C" not in said:
            said += self._line()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", said)
        assert found
        assert re.search(rf"Or pair\s+{CODE}", said)
        self.port = int(found.group(1))
        self.link = self._said_link(said)
        self._wait_for_the_model()

    def _wait_for_the_model(self) -> None:
        ends = time.monotonic() + 120  # on a machine that does other things; no test is about this time
        while time.monotonic() < ends:
            with urllib.request.urlopen(f"{self.address}/v1/health") as answer:
                if json.load(answer)["ready"]:
                    return
            time.sleep(0.2)
        raise AssertionError("the language model does not load")

    def ask(self, path: str, value: object) -> dict[str, Any]:
        """What the server answers to a signed request, made with a key of the tests' own."""
        key = Keyring(self.state).add("0" * 32, origin=None, native=False)
        channel = Channel.opened(self.port, key)
        assert channel is not None
        found = channel.post(path, value, timeout=30)
        assert found is not None
        return found

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


@contextmanager
def browser(playwright: Playwright, profile: Path) -> Iterator[BrowserContext]:
    """A browser with the extension."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    found = playwright.chromium.launch_persistent_context(
        str(profile),
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
def context(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """One browser with the extension, in a fresh profile."""
    with browser(playwright, tmp_path_factory.mktemp("profile")) as found:
        yield found


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
