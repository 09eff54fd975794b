"""Firefox without a driver of its own: Marionette, the protocol it speaks by itself, from the standard library.

https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

from __future__ import annotations

import base64
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from e2e.reader import APART

ADDON = "onrecord@onrecord.invalid"
UUID = "11111111-2222-4333-8444-555555555555"  # fixed by a preference, so that the extension's pages have an address
START = 30  # seconds until Firefox listens
PREFERENCES: dict[str, Any] = {
    "app.update.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.region.network.url": "",
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage": "about:blank",
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "extensions.webextensions.uuids": json.dumps({ADDON: UUID}),
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.trr.mode": 5,  # no DNS over HTTPS
    "services.settings.server": "http://127.0.0.1:9/",  # nobody listens there
    "toolkit.telemetry.server": "",
    "xpinstall.signatures.required": False,
}


class Firefox:
    """A headless Firefox in a fresh profile."""

    def __init__(self, program: Path, profile: Path, *, home: Path | None = None) -> None:
        self._pressed = 0.0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        chosen = {**PREFERENCES, "marionette.port": port}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in chosen.items()]
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        command = [str(program), "-headless", "-profile", str(profile), "-no-remote", "-marionette"]
        self._log = (profile / "log").open("wb")
        self._process = subprocess.Popen(
            [*command, "-remote-allow-system-access", "about:blank"],
            stdout=self._log,
            stderr=self._log,
            env={**os.environ, **({"HOME": str(home)} if home else {})},
        )
        self._socket = self._connect(port)
        self._socket.settimeout(60)
        self._rest = b""
        self._number = 0
        self._receive()  # its greeting
        self.command("WebDriver:NewSession", {})
        self.command("WebDriver:SetTimeouts", {"script": 20_000, "pageLoad": 20_000})

    def _connect(self, port: int) -> socket.socket:
        ends = time.monotonic() + START
        while time.monotonic() < ends:
            assert self._process.poll() is None, "Firefox ended while it was starting"
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=1)
            except OSError:
                time.sleep(0.1)
        raise AssertionError("Firefox does not listen")

    def _receive(self) -> Any:
        while b":" not in self._rest:
            self._rest += self._more()
        length, self._rest = self._rest.split(b":", 1)
        while len(self._rest) < int(length):
            self._rest += self._more()
        message, self._rest = self._rest[: int(length)], self._rest[int(length) :]
        return json.loads(message)

    def _more(self) -> bytes:
        data = self._socket.recv(1 << 16)
        assert data, "Firefox has gone"
        return data

    def command(self, name: str, values: dict[str, Any]) -> Any:
        """One Marionette command and its answer."""
        self._number += 1
        message = json.dumps([0, self._number, name, values]).encode()
        self._socket.sendall(str(len(message)).encode() + b":" + message)
        while True:
            kind, number, error, answer = self._receive()
            if (kind, number) == (1, self._number):
                assert error is None, f"{name}: {error}"
                single = isinstance(answer, dict) and set(answer) == {"value"}
                return answer["value"] if single else answer

    def install(self, folder: Path) -> None:
        """Load the extension unpacked, until Firefox ends."""
        self.command("Addon:Install", {"path": str(folder), "temporary": True})

    def new_tab(self) -> str:
        """Open a tab, go there, and return its handle."""
        handle: str = self.command("WebDriver:NewWindow", {"type": "tab"})["handle"]
        self.switch(handle)
        return handle

    def switch(self, handle: str) -> None:
        """Go to a tab."""
        self.command("WebDriver:SwitchToWindow", {"handle": handle, "focus": True})

    def go(self, address: str) -> None:
        """Open an address in the tab."""
        self.command("WebDriver:Navigate", {"url": address})

    def extension_page(self, path: str) -> str:
        """The address of one of the extension's own pages."""
        return f"moz-extension://{UUID}/{path}"

    def evaluate(self, script: str, *values: Any) -> Any:
        """The value that the body of a function returns in the page."""
        return self.command("WebDriver:ExecuteScript", {"script": script, "args": list(values), "sandbox": None})

    def wait(self, script: str, *values: Any, within: float = 15) -> Any:
        """Wait until the script returns something that counts as true, and return it."""
        ends = time.monotonic() + within
        while time.monotonic() < ends:
            found = self.evaluate(script, *values)
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError(f"never came true: {script}")

    @contextmanager
    def frame(self, number: int = 0) -> Iterator[None]:
        """Evaluate in a frame of the page instead of the page."""
        self.command("WebDriver:SwitchToFrame", {"id": number})
        try:
            yield
        finally:
            self.command("WebDriver:SwitchToFrame", {"id": None})

    def chrome(self, script: str, *values: Any) -> Any:
        """The same with the browser's own rights, in its window."""
        self.command("Marionette:SetContext", {"value": "chrome"})
        try:
            return self.evaluate(script, *values)
        finally:
            self.command("Marionette:SetContext", {"value": "content"})

    def press(self) -> None:
        """Press the extension's button in the toolbar, never as a double click."""
        time.sleep(max(0.0, self._pressed + APART - time.monotonic()))
        self._pressed = time.monotonic()
        self.chrome(
            """const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
            const { extension } = WebExtensionPolicy.getByID(arguments[0]);
            ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);""",
            ADDON,
        )

    def badge(self) -> str:
        """What stands on the button for the tab in front."""
        found: str = self.chrome(
            """const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
            const { extension } = WebExtensionPolicy.getByID(arguments[0]);
            const action = ExtensionParent.apiManager.global.browserActionFor(extension);
            return action.action.getContextData(gBrowser.selectedTab).badgeText || "";""",
            ADDON,
        )
        return found

    def point(self, x: float, y: float) -> None:
        """Move the pointer there, in CSS pixels of the viewport."""
        moves = [{"type": "pointerMove", "x": int(x) + step, "y": int(y), "duration": 30} for step in (0, 2, 4)]
        self.command(
            "WebDriver:PerformActions",
            {"actions": [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": moves}]},
        )

    def type(self, key: str) -> None:
        """Press a key where the focus is."""
        presses = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.command("WebDriver:PerformActions", {"actions": [{"type": "key", "id": "keys", "actions": presses}]})

    def screenshot(self) -> bytes:
        """The viewport as PNG."""
        return base64.b64decode(self.command("WebDriver:TakeScreenshot", {"full": False, "hash": False}))

    def close(self) -> None:
        """End Firefox."""
        try:
            self.command("Marionette:Quit", {"flags": ["eForceQuit"]})
        except (AssertionError, OSError):
            self._process.kill()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._socket.close()
        self._log.close()
