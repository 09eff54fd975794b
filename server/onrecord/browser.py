"""``onrecord open``: the server, and a browser with the extension loaded and paired, in one command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import quote

from onrecord.errors import Unreadable
from onrecord.native import registration
from onrecord.settings import Settings
from onrecord.web.pages import extension_directory
from onrecord.web.run import announced, prepare, quiet_logs

# Chrome itself no longer loads unpacked extensions from the command line; Chromium does.
# https://groups.google.com/a/chromium.org/g/chromium-extensions/c/1-g8EFx2BBY
NAMES = ("chromium", "chromium-browser", "ungoogled-chromium")
MACOS = Path("/Applications/Chromium.app/Contents/MacOS/Chromium")


def find() -> Path:
    """The browser: ``$CHROMIUM``, Chromium on the path, or Playwright's own; raises ``Unreadable``."""
    named = os.environ.get("CHROMIUM")
    if named:
        if shutil.which(named) is None:
            raise Unreadable(f"$CHROMIUM names {named}, which is no program.")
        return Path(named)
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    if MACOS.exists():
        return MACOS
    own = sorted((Path.home() / ".cache" / "ms-playwright").glob("chromium-*/chrome-linux*/chrome"))
    if own:
        return own[-1]
    raise Unreadable(
        "No Chromium was found: install it (Debian: apt install chromium) or set $CHROMIUM, or load the "
        "extension by hand as `python3 -m server` says."
    )


def command(browser: Path, *, profile: Path, extension: Path, address: str) -> list[str]:
    """The command line of the browser."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [
        str(browser),
        f"--user-data-dir={profile}",
        f"--load-extension={extension}",
        f"--disable-extensions-except={extension}",
        "--no-first-run",
        "--no-default-browser-check",
        *(["--no-sandbox"] if root else []),  # Chromium refuses to run as root otherwise
        address,
    ]


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
            first = quote(url or f"{settings.address}/article", safe="")
            identifier = registration.extension_id(manifest)
            welcome = f"chrome-extension://{identifier}/welcome/welcome.html#open={first}"
            print(f"Onrecord is running at {settings.address}; closing the browser ends it.", flush=True)
            with announced(settings):
                subprocess.run(  # noqa: S603 - our own arguments, no shell
                    command(browser, profile=Path(profile), extension=extension, address=welcome), check=False
                )
        finally:
            server.should_exit = True
            thread.join()
    return 0
