"""Where the browsers that can carry the extension are, on Linux, macOS and Windows. Nothing is started."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import Unreadable

if sys.platform == "win32":
    import winreg

APP_PATHS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths"


@dataclass(frozen=True, slots=True)
class Kind:
    """A browser and the names it goes by.

    ``loads`` says whether it loads an unpacked extension that the command line names. Google Chrome (since 137) and
    Microsoft Edge no longer do: https://groups.google.com/a/chromium.org/g/chromium-extensions/c/1-g8EFx2BBY and
    https://playwright.dev/docs/chrome-extensions.
    """

    name: str
    page: str  # of its extensions
    loads: bool
    commands: tuple[str, ...]  # on the path
    application: str  # of macOS
    folders: tuple[str, ...]  # below the folders of programs of Windows
    program: str  # of Windows


KINDS = (
    Kind(
        "Chromium", "chrome://extensions", True, ("chromium", "chromium-browser", "ungoogled-chromium"),
        "Chromium", (r"Chromium\Application",), "chromium.exe",
    ),
    Kind(
        "Brave", "brave://extensions", True, ("brave-browser", "brave", "brave-browser-stable"),
        "Brave Browser", (r"BraveSoftware\Brave-Browser\Application",), "brave.exe",
    ),
    Kind(
        "Edge", "edge://extensions", False, ("microsoft-edge", "microsoft-edge-stable"),
        "Microsoft Edge", (r"Microsoft\Edge\Application",), "msedge.exe",
    ),
    Kind(
        "Chrome", "chrome://extensions", False, ("google-chrome", "google-chrome-stable"),
        "Google Chrome", (r"Google\Chrome\Application",), "chrome.exe",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser of this computer: its kind, and its program."""

    kind: Kind
    path: Path


def registered(program: str) -> Path | None:
    """The program that Windows starts under this name, for this user or for all; None elsewhere."""
    if sys.platform == "win32":
        for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
            try:
                found = winreg.QueryValue(root, rf"{APP_PATHS}\{program}")
            except OSError:
                continue
            if found:
                return Path(found.strip('"'))
    return None


def _windows(kind: Kind) -> Iterator[Path]:
    # Chromium's installer calls its program chrome.exe, under which name the registry has Chrome
    program = "chrome.exe" if kind.name == "Chromium" else kind.program
    told = registered(kind.program)
    if told is not None:
        yield told
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        base = os.environ.get(variable)
        if base:
            yield from (Path(base, *folder.split("\\"), program) for folder in kind.folders)


def _macos(kind: Kind, applications: Path) -> Iterator[Path]:
    for base in (applications, Path.home() / "Applications"):
        yield base / f"{kind.application}.app" / "Contents" / "MacOS" / kind.application


def places(kind: Kind, *, platform: str, applications: Path = Path("/Applications")) -> Iterator[Path]:
    """Where the program of a kind may be, likeliest first; ``platform`` as in ``sys.platform``."""
    if platform != "win32":
        for command in kind.commands:
            found = shutil.which(command)
            if found:
                yield Path(found)
    if platform == "win32":
        yield from _windows(kind)
    if platform == "darwin":
        yield from _macos(kind, applications)


def installed(platform: str = sys.platform) -> Iterator[Browser]:
    """The browsers of this computer: those that load the extension by themselves first; each kind once."""
    for kind in sorted(KINDS, key=lambda each: not each.loads):
        found = next((place for place in places(kind, platform=platform) if place.is_file()), None)
        if found is not None:
            yield Browser(kind, found)
        elif kind is KINDS[0]:
            own = sorted((Path.home() / ".cache" / "ms-playwright").glob("chromium-*/chrome-linux*/chrome"))
            if own:
                yield Browser(kind, own[-1])


def find() -> Browser:
    """The browser to open: ``$CHROMIUM``, taken for a Chromium, or the first installed; raises ``Unreadable``."""
    named = os.environ.get("CHROMIUM")
    if named:
        if shutil.which(named) is None:
            raise Unreadable(f"$CHROMIUM names {named}, which is no program.")
        return Browser(KINDS[0], Path(named))
    found = next(installed(), None)
    if found is None:
        raise Unreadable(
            "No Chromium, Brave, Edge or Chrome was found: install it (Debian: apt install chromium) or set $CHROMIUM, "
            "or load the extension by hand as `python3 -m server` says."
        )
    return found
