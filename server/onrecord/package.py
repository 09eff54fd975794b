"""The extension as files: a zip for each store (``onrecord package``), or a folder (``onrecord extension FOLDER``)."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.errors import Unreadable

STORES = ("chromium", "firefox")
LEFT_OUT = {"types.d.ts", "manifest.json"}  # types are for the checks only; each store gets a manifest of its own
# Every file carries this time, so that the same sources always make the same bytes.
TIME = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16

Manifest = dict[str, Any]


def _chromium(manifest: Manifest) -> None:
    del manifest["key"]  # the store signs with its own
    del manifest["browser_specific_settings"], manifest["sidebar_action"], manifest["background"]["scripts"]


def _firefox(manifest: Manifest) -> None:
    del manifest["key"], manifest["minimum_chrome_version"], manifest["side_panel"]
    del manifest["background"]["service_worker"]
    manifest["permissions"].remove("sidePanel")


CHANGES: dict[str, Callable[[Manifest], None]] = {"chromium": _chromium, "firefox": _firefox}


def manifest_for(store: str, manifest: Manifest) -> Manifest:
    """The manifest as that store wants it: without what is meant for the other browser."""
    own: Manifest = json.loads(json.dumps(manifest))
    CHANGES[store](own)
    return own


def package(extension: Path, folder: Path) -> list[Path]:
    """Write ``onrecord-VERSION-STORE.zip`` for each store into ``folder``; returns the files."""
    manifest = json.loads((extension / "manifest.json").read_text(encoding="utf-8"))
    names = sorted(
        path.relative_to(extension).as_posix()
        for path in extension.rglob("*")
        if path.is_file() and path.name not in LEFT_OUT and not path.name.startswith(".")
    )
    made = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for store in STORES:
            target = folder / f"onrecord-{manifest['version']}-{store}.zip"
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                own = json.dumps(manifest_for(store, manifest), ensure_ascii=False, indent=2) + "\n"
                _add(archive, "manifest.json", own.encode())
                for name in names:
                    _add(archive, name, (extension / name).read_bytes())
            made.append(target)
    except OSError as error:
        raise Unreadable(f"{folder} cannot be written: {error.strerror or error}.") from error
    return made


def copy(extension: Path, folder: Path) -> Path:
    """Write the extension into ``folder``, to be loaded from there; returns its whole path.

    A folder that holds something else is left as it is (``Unreadable``); an extension written before is overwritten.
    """
    target = folder.expanduser().absolute()
    if target.resolve() == extension.resolve():
        return target
    try:
        if target.exists() and not (target.is_dir() and (_is_extension(target) or not any(target.iterdir()))):
            raise Unreadable(f"{target} holds something else; name a new or empty folder.")
        shutil.copytree(extension, target, ignore=shutil.ignore_patterns("types.d.ts", ".*"), dirs_exist_ok=True)
    except OSError as error:
        raise Unreadable(f"{target} cannot be written: {error.strerror or error}.") from error
    return target


def _is_extension(folder: Path) -> bool:
    """Whether ``folder`` holds an extension of ours."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return bool(manifest["browser_specific_settings"]["gecko"]["id"].startswith("onrecord@"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = READABLE
    archive.writestr(entry, data)
