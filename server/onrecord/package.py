"""``onrecord package``: the extension as one zip file for each store."""

from __future__ import annotations

import json
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


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = READABLE
    archive.writestr(entry, data)
