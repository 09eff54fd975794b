"""Telling the browsers of one user of the host, and taking it back. No administrator, nothing outside the user's home.

Where each browser looks, per user:
https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging#native-messaging-host-location
https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_manifests#manifest_location
https://learn.microsoft.com/microsoft-edge/extensions-chromium/developer-guide/native-messaging
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path, PurePath, PurePosixPath

from onrecord.errors import Unreadable
from onrecord.keys import Keyring
from onrecord.settings import Settings

if sys.platform == "win32":
    import winreg

NAME = "onrecord"  # of the host, as the extension calls it
FILE = f"{NAME}.json"
GECKO_ID = "onrecord@onrecord.invalid"
# Ids that stores give the extension, as their packages carry no key of ours: none yet.
STORE_IDS: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Browser:
    """Where one browser looks for its hosts: folders below the user's own, a registry key below the user's."""

    name: str
    gecko: bool
    linux: str
    macos: str
    windows: str


_BROWSERS = (
    Browser(
        "Chromium", False, ".config/chromium/NativeMessagingHosts",
        "Library/Application Support/Chromium/NativeMessagingHosts", r"Software\Chromium\NativeMessagingHosts",
    ),
    Browser(
        "Chrome", False, ".config/google-chrome/NativeMessagingHosts",
        "Library/Application Support/Google/Chrome/NativeMessagingHosts",
        r"Software\Google\Chrome\NativeMessagingHosts",
    ),
    Browser(
        "Edge", False, ".config/microsoft-edge/NativeMessagingHosts",
        "Library/Application Support/Microsoft Edge/NativeMessagingHosts",
        r"Software\Microsoft\Edge\NativeMessagingHosts",
    ),
    Browser(
        "Brave", False, ".config/BraveSoftware/Brave-Browser/NativeMessagingHosts",
        "Library/Application Support/BraveSoftware/Brave-Browser/NativeMessagingHosts",
        r"Software\BraveSoftware\Brave-Browser\NativeMessagingHosts",
    ),
    Browser(
        "Firefox", True, ".mozilla/native-messaging-hosts",
        "Library/Application Support/Mozilla/NativeMessagingHosts", r"Software\Mozilla\NativeMessagingHosts",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """What a registration consists of: files with their text and mode, and, on Windows, registry values by key."""

    files: Mapping[PurePath, tuple[str, int]]
    registry: Mapping[str, str]
    launcher: PurePath
    browsers: tuple[str, ...]


def plan(
    *, platform: str, home: PurePath, state: PurePath, python: PurePath, host: PurePath,
    chromium_ids: Sequence[str], settings: Mapping[str, str], config: PurePath | None = None,
) -> Plan:  # fmt: skip
    """Which files and keys a registration needs, on the platform ``linux``, ``darwin`` or ``win32``.

    ``python`` runs ``host`` with ``settings`` (variables of the environment), whatever environment the browser has.
    ``config`` is ``$XDG_CONFIG_HOME`` where that is set: Chromium's browsers look there, on Linux.
    """
    windows = platform == "win32"
    launcher = state / ("host.bat" if windows else "host")
    script = _batch(python, host, settings) if windows else _shell(python, host, settings)
    files: dict[PurePath, tuple[str, int]] = {launcher: (script, 0o700)}
    registry: dict[str, str] = {}
    for browser in _BROWSERS:
        if windows:
            place = state / "hosts" / f"{browser.name.lower()}.json"
            registry[f"{browser.windows}\\{NAME}"] = str(place)
        elif platform == "darwin":
            place = home / browser.macos / FILE
        elif config is not None and not browser.gecko:
            place = config / PurePosixPath(browser.linux).relative_to(".config") / FILE
        else:
            place = home / browser.linux / FILE
        files[place] = (manifest(launcher, gecko=browser.gecko, chromium_ids=chromium_ids), 0o600)
    return Plan(files, registry, launcher, tuple(browser.name for browser in _BROWSERS))


def manifest(launcher: PurePath, *, gecko: bool, chromium_ids: Sequence[str]) -> str:
    """The manifest of the host: its program, and the only extensions that may call it."""
    callers: dict[str, list[str]] = (
        {"allowed_extensions": [GECKO_ID]}
        if gecko
        else {"allowed_origins": [f"chrome-extension://{identifier}/" for identifier in chromium_ids]}
    )
    about = "Starts the Onrecord server on this computer and connects its extension to it."
    return json.dumps({"name": NAME, "description": about, "path": str(launcher), "type": "stdio", **callers}, indent=2)


def extension_id(manifest_file: Path) -> str:
    """The id that Chromium gives the extension: the first half of the hash of its key, spelt a to p."""
    key = json.loads(manifest_file.read_text(encoding="utf-8"))["key"]
    digest = hashlib.sha256(base64.b64decode(key)).hexdigest()[:32]
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digest)


def _shell(python: PurePath, host: PurePath, settings: Mapping[str, str]) -> str:
    variables = "".join(f"export {name}={shlex.quote(value)}\n" for name, value in sorted(settings.items()))
    run = shlex.join([str(python), "-I", "-S", str(host)])
    return f'#!/bin/sh\n# Made by `python3 -m server install`; `uninstall` removes it.\n{variables}exec {run} "$@"\n'


def _batch(python: PurePath, host: PurePath, settings: Mapping[str, str]) -> str:
    def quoted(text: str) -> str:
        return text.replace("%", "%%")

    variables = "".join(f'set "{name}={quoted(value)}"\r\n' for name, value in sorted(settings.items()))
    return f'@echo off\r\nchcp 65001 >nul\r\n{variables}"{quoted(str(python))}" -I -S "{quoted(str(host))}" %*\r\n'


def here(state: Path, *, manifest_file: Path | None) -> Plan:
    """The registration for this user, on this computer; raises ``Unreadable`` where the extension is unknown."""
    ids = [*([extension_id(manifest_file)] if manifest_file else []), *STORE_IDS]
    if not ids:
        raise Unreadable("The extension lies in the source code; run this command from a checkout.")
    # the settings of now are those of the server that the button starts; where the state lies has to be the same
    settings = {name: value for name, value in os.environ.items() if name in _kept()}
    settings["ONRECORD_STATE_DIR"] = str(state.absolute())
    config = os.environ.get("XDG_CONFIG_HOME")
    return plan(
        platform=sys.platform, home=Path.home(), state=state.absolute(), python=Path(sys.executable),
        host=Path(__file__).with_name("host.py").absolute(), chromium_ids=ids, settings=settings,
        config=Path(config) if config else None,
    )  # fmt: skip


def for_profile(profile: Path, state: Path, *, manifest_file: Path) -> Plan:
    """The registration for one Chromium profile and no other browser; not on Windows, where there is none such."""
    launcher = profile / "onrecord-host"
    host = Path(__file__).with_name("host.py").absolute()
    script = _shell(Path(sys.executable), host, {"ONRECORD_STATE_DIR": str(state.absolute())})
    told = manifest(launcher, gecko=False, chromium_ids=[extension_id(manifest_file)])
    files: dict[PurePath, tuple[str, int]] = {
        launcher: (script, 0o700),
        profile / "NativeMessagingHosts" / FILE: (told, 0o600),
    }
    return Plan(files, {}, launcher, ("Chromium",))


def _kept() -> set[str]:
    return {f"ONRECORD_{entry.name.upper()}" for entry in fields(Settings)}


def install(made: Plan) -> None:
    """Write the files and the keys; raises ``Unreadable``."""
    try:
        for place, (text, mode) in made.files.items():
            path = Path(place)
            path.parent.mkdir(parents=True, exist_ok=True)
            new = path.with_name(f".{path.name}.new")
            new.write_text(text, encoding="utf-8", newline="")
            new.chmod(mode)
            new.replace(path)
        for key, value in made.registry.items():
            _set_registry(key, value)
    except OSError as error:
        raise Unreadable(f"{error.filename or 'The registry'} cannot be written ({error.strerror}).") from None


def uninstall(made: Plan, state: Path) -> None:
    """Take back the files, the keys, and the secrets that were handed over; folders that are left empty go as well."""
    for entry in made.registry:
        _delete_registry(entry)
    for place in made.files:
        path = Path(place)
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # until the first that is not empty
            for folder in path.parents:
                folder.rmdir()
    ring = Keyring(state)
    for key in ring.all():
        if key.native:
            ring.remove(key.id)
    for left in ("start.lock", "server.log"):
        with contextlib.suppress(OSError):
            (state / left).unlink(missing_ok=True)


def registered(made: Plan) -> bool:
    """Whether every file of a registration is there as it should be."""
    try:
        return all(Path(place).read_text(encoding="utf-8") == text.replace("\r\n", "\n")
                   for place, (text, _) in made.files.items())  # fmt: skip
    except OSError:
        return False


def _set_registry(key: str, value: str) -> None:
    if sys.platform == "win32":
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
            winreg.SetValueEx(opened, "", 0, winreg.REG_SZ, value)


def _delete_registry(key: str) -> None:
    if sys.platform == "win32":
        with contextlib.suppress(FileNotFoundError):
            winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)
