"""Files that only their owner may read, written whole or not at all. Standard library only."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def directory(path: Path) -> None:
    """Make a directory that is closed to others, or close the one that is there; raises ``OSError``."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)


def write(path: Path, text: str) -> None:
    """Put ``text`` in the place of what the file holds, in one step; raises ``OSError``."""
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        new.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise
