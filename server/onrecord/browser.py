"""``onrecord open``: the server, and a browser with the extension loaded and paired, in one command."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import quote

from onrecord.browsers import Browser, find
from onrecord.errors import Unreadable
from onrecord.native import registration
from onrecord.settings import Settings
from onrecord.web.pages import extension_directory
from onrecord.web.run import announced, prepare, quiet_logs


def command(browser: Browser, *, profile: Path, extension: Path, address: str) -> list[str]:
    """The command line of the browser, with the extension where it loads one so."""
    load = [f"--load-extension={extension}", f"--disable-extensions-except={extension}"]
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [
        str(browser.path),
        f"--user-data-dir={profile}",
        *(load if browser.kind.loads else []),
        "--no-first-run",
        "--no-default-browser-check",
        *(["--no-sandbox"] if root else []),  # Chromium refuses to run as root otherwise
        address,
    ]


def by_hand(browser: Browser, extension: Path) -> str:
    """What is left to do in a browser that loads no extension from its command line."""
    return (
        f"{browser.kind.name} loads no extension by itself. In the window that opens, go to {browser.kind.page},\n"
        f"switch on Developer mode, choose Load unpacked and pick {extension}"
    )


def open_with_extension(settings: Settings, url: str | None) -> int:
    """Run the server and a browser in a fresh profile until the browser is closed."""
    if url is not None and not url.lower().startswith(("http://", "https://")):
        raise Unreadable(f"{url} is no http or https address.")
    extension = extension_directory()
    if extension is None:
        raise Unreadable("The extension lies in the source code; run this command from a checkout.")
    browser = find()
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise Unreadable(
            "There is no screen to open a browser on; use `python3 -m server` and a browser elsewhere on this computer."
        )
    quiet_logs()
    with tempfile.TemporaryDirectory(prefix="onrecord-", ignore_cleanup_errors=True) as profile:
        server, listener, app, settings = prepare(settings, elsewhere=True)
        manifest = extension / "manifest.json"
        if sys.platform == "win32":  # a profile has no hosts of its own there
            print(f"Pairing code {app.state.server.pairing.show()}, port {settings.port}", flush=True)
        else:
            registration.install(registration.for_profile(Path(profile), settings.state_dir, manifest_file=manifest))
        thread = threading.Thread(target=lambda: server.run(sockets=[listener]), name="onrecord-server")
        thread.start()
        try:
            first = url or f"{settings.address}/article"
            identifier = registration.extension_id(manifest)
            welcome = f"chrome-extension://{identifier}/welcome/welcome.html#open={quote(first, safe='')}"
            print(f"Onrecord is running at {settings.address}; closing the browser ends it.", flush=True)
            if not browser.kind.loads:
                print(by_hand(browser, extension), flush=True)
            with announced(settings):
                subprocess.run(  # noqa: S603 - our own arguments, no shell
                    command(
                        browser, profile=Path(profile), extension=extension,
                        address=welcome if browser.kind.loads else first,
                    ),
                    check=False,
                )  # fmt: skip
        finally:
            server.should_exit = True
            thread.join()
    return 0
