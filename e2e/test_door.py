"""The button with nothing running, a stranger on the port, another extension, a page: in real browsers.

Each attack is made as the browser really sends it, and what it got is counted at the server: analyses and words.
"""

from __future__ import annotations

import http.server
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from e2e.conftest import ARGUMENTS, EXTENSION
from e2e.firefox import Firefox
from e2e.reader import Reader
from onrecord.native import registration, running
from onrecord.settings import Settings
from onrecord.web import run
from tests.web.conftest import FakeEngine

OTHER = {
    "manifest_version": 3,
    "name": "Another",
    "version": "1",
    "background": {"service_worker": "worker.js"},
    "permissions": ["nativeMessaging"],
    "host_permissions": ["http://127.0.0.1/*"],
}

# What the other extension tries, with all that its leave for 127.0.0.1 gives it; returns every word that it was told.
ATTACK = """async (base) => {
  const said = [];
  const sent = { text: "“Taken,” said a spy." , title: "Taken" };
  const ask = async (path, options) => {
    try {
      const answer = await fetch(base + path, options);
      said.push([path, answer.status, await answer.text()]);
    } catch (error) { said.push([path, 0, String(error)]); }
  };
  for (const path of ["/", "/sample", "/article", "/openapi.json", "/v1/health", "/?k=guess"])
    for (const credentials of ["include", "omit"]) await ask(path, { credentials });
  const hello = JSON.stringify({ nonce: "ab".repeat(32) });
  await ask("/v1/hello", { method: "POST", headers: { "Content-Type": "application/json" }, body: hello });
  for (const path of ["/v1/analyze", "/v1/reports", "/v1/pair", "/v1/visits", "/v1/stop"])
    for (const more of [{}, { Authorization: "Bearer x" }, { Signature: "onrecord=:AA==:" }])
      for (const kind of ["application/json", "text/plain"])
        await ask(path, { method: "POST", credentials: "include", headers: { "Content-Type": kind, ...more },
          body: JSON.stringify(path === "/v1/reports" ? sent : { blocks: [{ id: "b", text: sent.text }] }) });
  if (globalThis.chrome?.runtime?.sendNativeMessage)
    try {
      const told = await chrome.runtime.sendNativeMessage("onrecord", { type: "connect", install: "ab".repeat(16) });
      said.push(["host", 200, JSON.stringify(told)]);
    } catch (error) { said.push(["host", 0, String(error)]); }
  return said;
}"""


class Counted:
    """The server with an engine that counts, in a thread of this process; the host finds it by its note."""

    def __init__(self, state: Path) -> None:
        self.engine = FakeEngine()
        self._server, listener, self.app, self.settings = run.prepare(Settings(port=0, state_dir=state), self.engine)
        self._thread = threading.Thread(target=lambda: self._server.run(sockets=[listener]), daemon=True)
        self._thread.start()
        self._noted = run.announced(self.settings)
        self._noted.__enter__()

    def stop(self) -> None:
        self._noted.__exit__(None, None, None)
        self._server.should_exit = True
        self._thread.join(20)


class Stranger(http.server.BaseHTTPRequestHandler):
    """Whoever holds the port: writes down all it is sent, and says that all is well."""

    heard: list[tuple[str, dict[str, str], bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        type(self).heard.append((self.path, {name.lower(): text for name, text in self.headers.items()}, body))
        answer = json.dumps({"schema": "onrecord/1", "nonce": "00", "proofs": ["00" * 32], "token": "x"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def stranger() -> Iterator[tuple[int, list[tuple[str, dict[str, str], bytes]]]]:
    """A port that another program holds, and what it is sent."""
    handler = type("Heard", (Stranger,), {"heard": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port, handler.heard
    server.shutdown()
    server.server_close()
    thread.join()


def expect_nothing_but_a_nonce(heard: list[tuple[str, dict[str, str], bytes]]) -> None:
    assert heard
    for path, headers, body in heard:
        assert path == "/v1/hello"
        assert set(json.loads(body)) == {"nonce"}
        assert not {"authorization", "cookie", "referer", "signature", "signature-input"} & set(headers)


def end(state: Path) -> None:
    """End the server of a state directory and wait until it is gone: one that was told still answers for a moment.

    It takes its note away last, and might take away the one of the server that a test starts next.
    """
    port = running.noted(state)
    if port is None or not running.stop(state):
        return
    for _ in range(400):
        if running.noted(state) != port:
            return
        time.sleep(0.05)
    raise AssertionError("the server that was told to end has not taken its note away")


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A state directory with which nothing runs; what the button starts on it is stopped."""
    found = tmp_path_factory.mktemp("state")
    yield found
    end(found)


@pytest.fixture(scope="module")
def both(playwright: Playwright, state: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser in whose profile the host is registered, with our extension and another one."""
    other = tmp_path_factory.mktemp("other")
    (other / "manifest.json").write_text(json.dumps(OTHER))
    (other / "worker.js").write_text("chrome.runtime.onInstalled.addListener(() => {});")
    profile = tmp_path_factory.mktemp("profile")
    manifest = EXTENSION / "manifest.json"
    registration.install(registration.for_profile(profile, state, manifest_file=manifest))
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    folders = f"{EXTENSION},{other}"
    arguments = [argument.replace(str(EXTENSION), folders) for argument in ARGUMENTS]
    found = playwright.chromium.launch_persistent_context(
        str(profile),
        executable_path=os.environ["CHROMIUM"],
        headless=True,
        args=[*arguments, *(["--no-sandbox"] if root else [])],
        viewport={"width": 1000, "height": 900},
        ignore_default_args=["--disable-extensions"],
        env={**os.environ, "ONRECORD_PORT": "0"},
    )
    found.set_default_timeout(60_000)
    yield found
    found.close()


@pytest.fixture
def starter(both: BrowserContext, state: Path) -> Reader:
    """Somebody who has run `install` once and never started anything."""
    end(state)
    ours = registration.extension_id(EXTENSION / "manifest.json")
    for _ in range(1200):  # the welcome page comes after every listener is registered; a press before it is lost
        if any(ours in page.url for page in both.pages):
            return Reader(both, ours)
        both.pages[0].wait_for_timeout(50)  # and not by ``sleep``, in which no page becomes known
    raise AssertionError("the extension has not opened its welcome page")


@pytest.fixture
def tab(both: BrowserContext) -> Iterator[Page]:
    found = both.new_page()
    yield found
    found.close()


def test_the_first_press_with_nothing_running_starts_the_server_and_paints(
    starter: Reader, state: Path, tab: Page, site: str
) -> None:
    assert running.noted(state) is None
    tab.goto(f"{site}/plain.html?first")
    starter.press(tab)
    view = starter.settled(tab, 60_000)
    assert view["status"] == "shown", view["problem"]
    assert any("Nobody should steer" in mark["text"] for mark in starter.painted(tab))
    assert starter.stored()["port"] == running.noted(state)


def test_a_stranger_on_the_port_gets_a_nonce_and_the_button_starts_the_server_elsewhere(
    starter: Reader, state: Path, tab: Page, site: str, stranger: tuple[int, Any]
) -> None:
    port, heard = stranger
    starter.store({"port": port, "secret": "12" * 32})
    running.note(state, port=port)
    tab.goto(f"{site}/plain.html?stranger")
    starter.press(tab)
    view = starter.settled(tab, 60_000)
    assert view["status"] == "shown", view["problem"]
    expect_nothing_but_a_nonce(heard)
    assert starter.stored()["port"] not in {port, None}


def test_without_the_host_a_stranger_on_the_port_gets_a_nonce_and_the_reader_is_told(
    reader: Reader, page: Page, site: str, stranger: tuple[int, Any]
) -> None:
    port, heard = stranger
    kept = reader.stored()
    reader.store({"port": port})
    page.goto(f"{site}/plain.html?stranger")
    reader.press(page)
    view = reader.settled(page)
    reader.store(kept)
    assert view["problem"]["code"] == "not_proved"
    expect_nothing_but_a_nonce(heard)


def attacked(said: list[list[Any]], counted: Counted, secrets: list[str]) -> None:
    """What an attack was told holds no secret, and nothing was analysed for it."""
    assert counted.engine.calls == 0
    for path, status, text in said:
        assert not [secret for secret in secrets if secret and secret in text], path
        if path.startswith("/v1/") and path not in {"/v1/health", "/v1/hello"}:
            assert status in {0, 401, 403, 415}, (path, status)


def test_another_extension_learns_nothing_and_has_nothing_analysed(
    both: BrowserContext, starter: Reader, state: Path, tab: Page, site: str
) -> None:
    counted = Counted(state)
    try:
        tab.goto(f"{site}/plain.html?counted")
        starter.press(tab)
        assert starter.settled(tab, 60_000)["status"] == "shown"
        assert counted.engine.calls == 1  # the reader's own
        counted.engine.calls = 0
        home = both.new_page()  # she has our page open as well
        home.goto(f"{counted.settings.address}/?k={counted.app.state.server.visits.key()}")
        home.locator("form").wait_for()
        code = counted.app.state.server.pairing.show()
        other = next(worker for worker in both.service_workers if starter.extension not in worker.url)
        said = other.evaluate(ATTACK, counted.settings.address)
        home.close()
        stored = starter.stored()
        assert [*next(each[:2] for each in said if each[0] == "host")] == ["host", 0], said[-1]
        attacked(said, counted, [code, stored["secret"], stored["install"]])
        reached = {path: status for path, status, _ in said}
        assert reached["/v1/health"] == 200  # it does reach the server, as the browser lets it
    finally:
        counted.stop()


def test_a_page_learns_nothing_and_has_nothing_analysed(starter: Reader, state: Path, tab: Page, site: str) -> None:
    counted = Counted(state)
    try:
        tab.goto(f"{site}/plain.html?page")
        said = tab.evaluate(ATTACK, counted.settings.address)
        attacked(said, counted, [counted.app.state.server.pairing.show()])
        assert {status for _, status, _ in said} == {0}  # not even an answer can be read
        for target in ("/", "/sample", "/v1/analyze"):
            tab.evaluate(
                """([base, path]) => {
                  const form = document.createElement('form');
                  const method = path.startsWith('/v1') ? 'post' : 'get';
                  Object.assign(form, { action: base + path, method, target: 'hidden', enctype: 'text/plain' });
                  const frame = Object.assign(document.createElement('iframe'), { name: 'hidden' });
                  document.body.append(frame, form);
                  form.submit();
                  const [src, href] = [base + path, base + path];
                  for (const name of ['img', 'script', 'link'])
                    document.head.append(Object.assign(document.createElement(name), { src, href }));
                }""",
                [counted.settings.address, target],
            )
            tab.wait_for_timeout(200)
        assert counted.engine.calls == 0
    finally:
        counted.stop()


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Firefox, Path]]:
    """Firefox of a user who has run `install`, with our extension; nothing runs."""
    if "FIREFOX" not in os.environ:
        pytest.skip("no Firefox on this computer, and none could be installed")
    home, state = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("state")
    made = registration.plan(
        platform=sys.platform,
        home=home, state=state, python=Path(sys.executable), host=Path(registration.__file__).with_name("host.py"),
        chromium_ids=[registration.extension_id(EXTENSION / "manifest.json")],
        settings={"ONRECORD_STATE_DIR": str(state), "ONRECORD_PORT": "0"},
    )  # fmt: skip
    registration.install(made)
    found = Firefox(Path(os.environ["FIREFOX"]), tmp_path_factory.mktemp("firefox"), home=home)
    tab = found.command("WebDriver:GetWindowHandle", {})
    found.install(EXTENSION)
    found.switch(tab)
    yield found, state
    found.close()
    running.stop(state)


def test_the_first_press_in_firefox_starts_the_server_and_a_stranger_gets_a_nonce(
    foreign: tuple[Firefox, Path], site: str, stranger: tuple[int, Any]
) -> None:
    firefox, state = foreign
    assert running.noted(state) is None
    firefox.go(f"{site}/plain.html?first-firefox")
    firefox.press()
    firefox.wait("return CSS.highlights.size > 0", within=60)
    port, heard = stranger
    assert running.stop(state)
    firefox.go(firefox.extension_page("options/options.html"))
    firefox.evaluate("return chrome.storage.local.set({ port: arguments[0] })", port)
    firefox.go(f"{site}/plain.html?stranger-firefox")
    firefox.press()
    firefox.wait("return CSS.highlights.size > 0", within=60)
    expect_nothing_but_a_nonce(heard)
