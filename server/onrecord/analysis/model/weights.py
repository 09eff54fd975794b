"""The files of learned weights: where they lie, and that they are the ones that were published."""

from __future__ import annotations

import hashlib
import importlib.resources
import json
from pathlib import Path
from typing import Final

from onrecord.errors import ModelUnavailable

HASHES: Final = "hashes.json"
TOKENIZER: Final = "tokenizer.json"
FOLDER = Path(str(importlib.resources.files("onrecord.analysis") / "model"))


def verified(name: str, folder: Path | None = None) -> bytes:
    """The file ``name`` of ``folder`` (the published one's, unless another is given).

    Raises ``ModelUnavailable`` where it is missing, or where its SHA-256 is not the one in ``hashes.json``.
    """
    folder = folder or FOLDER
    try:
        expected = json.loads((folder / HASHES).read_text(encoding="utf-8"))[name]
        found = (folder / name).read_bytes()
    except (OSError, ValueError, KeyError):
        raise ModelUnavailable(f"The model's file {name} is missing; install Onrecord again.") from None
    if hashlib.sha256(found).hexdigest() != expected:
        raise ModelUnavailable(f"The model's file {name} is not the one that was published; install Onrecord again.")
    return found
