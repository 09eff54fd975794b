"""``onrecord doctor``: what keeps Onrecord from working here, and the command that mends it.

Each check looks at one thing, changes nothing, and says one sentence. A check that cannot be made is a finding too.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.resources
import importlib.util
import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import onrecord
from onrecord.analysis.identity import PACKAGES
from onrecord.browsers import find
from onrecord.database import set_aside
from onrecord.errors import InvalidSetting, Unreadable
from onrecord.formats.controls import line, to_json
from onrecord.keys import Keyring
from onrecord.native import registration, running
from onrecord.settings import HOST, Settings
from onrecord.web.pages import extension_directory

State = Literal["ok", "warning", "problem"]

PATIENCE = 3.0  # seconds for whoever holds the port, and for a browser to tell its version
LEAST_SPACE = 200_000_000  # bytes: the cache's limit and as much again for a report or two
MARKS: dict[State, str] = {"ok": "ok", "warning": "look", "problem": "BAD"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; ``remedy`` is a command, or what to do where no command does it."""

    check: str
    state: State
    message: str
    remedy: str = ""


def run(options: argparse.Namespace) -> int:
    """Print every finding; the exit status is 1 if one is a problem."""
    found = list(findings())
    sick = any(finding.state == "problem" for finding in found)
    if options.json:
        print(to_json({"ok": not sick, "checks": [asdict(finding) for finding in found]}, indent=2))
        return int(sick)
    for finding in found:
        print(f"{MARKS[finding.state]:<5} {finding.check:<13} {line(finding.message)}")
        if finding.remedy:
            print(f"{'':<19} -> {line(finding.remedy)}")
    return int(sick)


def findings() -> Iterator[Finding]:
    """Every check in the order in which one rests on another."""
    try:
        settings = Settings.from_environment()
    except InvalidSetting as error:
        yield Finding("settings", "problem", error.message, "docs/settings.md says what each variable takes.")
        return
    yield Finding("settings", "ok", f"State in {settings.state_dir}, port {settings.port}.")
    checks: dict[str, Callable[[Settings], Iterator[Finding]]] = {
        "state": _state, "disk": _disk, "model": _model, "port": _port, "browser": _browser, "extension": _extension,
        "button": _button,
    }  # fmt: skip
    for name, check in checks.items():
        try:
            yield from check(settings)
        except Exception as error:
            yield Finding(name, "problem", f"This could not be checked ({type(error).__name__}).", "Please report it.")


def _state(settings: Settings) -> Iterator[Finding]:
    place = settings.state_dir
    if not place.exists():
        yield Finding("state", "ok", f"{place} is not there yet; the first start makes it.")
        return
    if not place.is_dir():
        yield Finding("state", "problem", f"{place} is no directory.", "Set ONRECORD_STATE_DIR to another place.")
        return
    told = place.stat()
    if sys.platform != "win32":
        if told.st_uid != os.geteuid():
            yield Finding(
                "state", "problem", f"{place} belongs to another user.",
                f"sudo chown -R {os.geteuid()} '{place}', or set ONRECORD_STATE_DIR to another place.",
            )  # fmt: skip
            return
        open_ones = [place] if told.st_mode & 0o077 else []
        open_ones += [
            path for path in sorted(place.rglob("*")) if path.lstat().st_mode & 0o077 and not path.is_symlink()
        ]
        # below a closed directory nobody reads them; a copy of one keeps its mode, though
        if open_ones:
            state: State = "problem" if place in open_ones else "warning"
            names = ", ".join(str(path.relative_to(place.parent)) for path in open_ones[:3])
            yield Finding("state", state, f"Others may read {names}.", f"chmod -R go= '{place}'")
            return
    if not os.access(place, os.W_OK | os.X_OK):
        yield Finding("state", "problem", f"{place} cannot be written.", f"chmod u+rwx '{place}'")
        return
    aside = set_aside(place)
    if aside:
        yield Finding(
            "state", "warning", f"A file that could not be used was set aside: {aside[-1].name}.",
            f"Delete it when it is of no use: rm '{aside[-1]}'",
        )  # fmt: skip
        return
    yield Finding("state", "ok", f"{place} is writable, and closed to others.")


def _disk(settings: Settings) -> Iterator[Finding]:
    place = next(path for path in (settings.state_dir, *settings.state_dir.absolute().parents) if path.exists())
    free = shutil.disk_usage(place).free
    if free < LEAST_SPACE:
        yield Finding(
            "disk", "problem", f"{free // 1_000_000:,} MB are free where the state lies: analyses are not kept.",
            "Free some space, set ONRECORD_STATE_DIR to another disk, or set ONRECORD_CACHE_MB lower.",
        )  # fmt: skip
        return
    yield Finding("disk", "ok", f"{free // 1_000_000:,} MB are free.")


def _model(_: Settings) -> Iterator[Finding]:
    data = importlib.resources.files("onrecord.analysis")
    own = json.loads((data / "model" / "hashes.json").read_text(encoding="utf-8"))
    wrong = _changed(Path(str(data / "model")), own)
    package, folder = next(
        ((name, Path(spec.submodule_search_locations[0]))
         for name in PACKAGES
         if (spec := importlib.util.find_spec(name)) is not None and spec.submodule_search_locations),
        ("", Path()),
    )  # fmt: skip
    again = "Delete .venv and run: python3 -m server"
    if not package:
        yield Finding("model", "problem", "The language model is not installed.", again)
        return
    if package != PACKAGES[0]:  # the other one's files are nobody's to pin but spaCy's own
        pinned = json.loads((data / "model_hashes.json").read_text(encoding="utf-8"))["files"]
        wrong += _changed(folder, pinned)
    if wrong:
        many = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        yield Finding("model", "problem", f"{wrong[0]}{many} is missing, or not the file that was pinned.", again)
        return
    yield Finding("model", "ok", f"{package} and the tagger are the files that were pinned.")


def _changed(folder: Path, pinned: Mapping[str, str]) -> list[str]:
    """The files of a folder that are not there, or not the ones that were pinned."""
    return [name for name, expected in pinned.items() if _hash(folder / name) != expected]


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"


def _port(settings: Settings) -> Iterator[Finding]:
    noted = running.noted(settings.state_dir)
    for port in dict.fromkeys(port for port in (noted, settings.port) if port):
        found = _who(settings, port)
        if found is not None:
            yield found
            if found.state == "ok":
                return  # ours runs
        elif port == settings.port:
            yield Finding("port", "ok", f"Port {port} is free; no server runs.")


def _who(settings: Settings, port: int) -> Finding | None:
    """Who listens at ``port``; None if nobody does. The one that listens is sent a nonce and nothing else."""
    try:
        socket.create_connection((HOST, port), timeout=PATIENCE).close()
    except OSError:
        return None
    for key in Keyring(settings.state_dir).all():
        if running.Channel.opened(port, key, timeout=PATIENCE) is not None:
            return Finding("port", "ok", f"The server runs at port {port}, and proves that it is yours.")
    holder = _holder(port)
    by = f" ({holder})" if holder else ""
    if not Keyring(settings.state_dir).all():
        return Finding(
            "port", "warning", f"Something answers at port {port}{by}; nothing is paired that could tell whose.",
            "python3 -m server install, then python3 -m server doctor again",
        )  # fmt: skip
    return Finding(
        "port", "problem", f"Port {port} is held by a program that is not your server{by}.",
        f"End it, or choose another port: ONRECORD_PORT={port + 1} python3 -m server",
    )  # fmt: skip


def _holder(port: int) -> str:
    """The program behind a port, where Linux tells it: of this user's own programs only."""
    try:
        rows = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return ""
    listening = "0A"
    inodes = {
        fields[9] for fields in map(str.split, rows)
        if fields[3] == listening and int(fields[1].rpartition(":")[2], 16) == port
    }  # fmt: skip
    names = {f"socket:[{inode}]" for inode in inodes}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # another user's, or gone
            if any(_target(link) in names for link in (process / "fd").iterdir()):
                return f"{(process / 'comm').read_text(encoding='utf-8').strip()}, process {process.name}"
    return ""


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""


def _browser(_: Settings) -> Iterator[Finding]:
    extension = extension_directory()
    told = json.loads((extension / "manifest.json").read_text(encoding="utf-8")) if extension else {}
    needed = {
        "Chromium": int(told.get("minimum_chrome_version", "0")),
        "Firefox": int(
            float(told.get("browser_specific_settings", {}).get("gecko", {}).get("strict_min_version", "0"))
        ),
    }
    programs: dict[str, str | None] = {"Firefox": shutil.which("firefox") or shutil.which("firefox-esr")}
    try:
        found = find()
    except Unreadable:
        pass
    else:
        programs[found.kind.name] = str(found.path)
        needed[found.kind.name] = needed["Chromium"]
        if sys.platform == "win32":  # asked for its version there, it would open a window
            yield Finding("browser", "ok", f"{found.kind.name} is there: {found.path}.")
            return
    seen = False
    for name, program in programs.items():
        version = _version(program) if program else None
        if version is None:
            continue
        seen = True
        if version < needed[name]:
            yield Finding(
                "browser", "problem", f"{name} {version} is older than {needed[name]}, which the extension needs.",
                f"Update {name}.",
            )  # fmt: skip
        else:
            yield Finding("browser", "ok", f"{name} {version}.")
    if not seen:
        yield Finding(
            "browser", "warning", "No Chromium and no Firefox was found on the path.",
            "Debian: sudo apt install chromium; or set CHROMIUM to the program.",
        )  # fmt: skip


def _version(program: str) -> int | None:
    """The first number of a browser's version."""
    try:
        told = subprocess.run(  # noqa: S603 - a browser that the reader's own path names
            [program, "--version"], capture_output=True, text=True, timeout=PATIENCE * 3, check=False
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"(\d+)\.\d", told)
    return int(found[1]) if found else None


def _extension(_: Settings) -> Iterator[Finding]:
    place = extension_directory()
    if place is None:
        yield Finding(
            "extension", "warning", "The extension is not beside this installation.",
            "python3 -m server extension FOLDER"
        )  # fmt: skip
        return
    version = json.loads((place / "manifest.json").read_text(encoding="utf-8"))["version"]
    if version != onrecord.__version__:
        yield Finding(
            "extension", "problem", f"The extension is {version} and the server {onrecord.__version__}.",
            "git pull, then reload the extension in the browser",
        )  # fmt: skip
        return
    yield Finding("extension", "ok", f"Version {version}, as the server, in {place}.")


def _button(settings: Settings) -> Iterator[Finding]:
    place = extension_directory()
    made = registration.here(settings.state_dir, manifest_file=place / "manifest.json" if place else None)
    if registration.registered(made):
        launcher = Path(made.launcher)
        if sys.platform != "win32" and not launcher.stat().st_mode & stat.S_IXUSR:
            yield Finding("button", "problem", f"{launcher} may not be run.", f"chmod u+x '{launcher}'")
            return
        yield Finding("button", "ok", f"The button starts the server, in {', '.join(made.browsers)}.")
    elif any(Path(file).exists() for file in made.files):
        yield Finding(
            "button", "problem", "What the browsers know of the server is another version's, or incomplete.",
            "python3 -m server install",
        )  # fmt: skip
    else:
        yield Finding(
            "button", "warning", "The button cannot start the server: the browsers do not know it.",
            "python3 -m server install",
        )  # fmt: skip
