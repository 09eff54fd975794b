"""The word lists, as data files that each say where they come from."""

from __future__ import annotations

import importlib.resources
import json
from functools import cache
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The lexicon ``name``.json, read once. Callers must not change it."""
    file = importlib.resources.files(__name__) / f"{name}.json"
    data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return data


@cache
def words(name: str, *path: str) -> frozenset[str]:
    """The blank-separated word list that stands under ``path`` in the lexicon ``name``."""
    found: Any = load(name)
    for key in path:
        found = found[key]
    return frozenset(str(found).split())


@cache
def phrases(name: str, *path: str) -> tuple[str, ...]:
    """The list of phrases, parted by semicolons, that stands under ``path`` in the lexicon ``name``."""
    found: Any = load(name)
    for key in path:
        found = found[key]
    return tuple(phrase.strip() for phrase in str(found).split(";") if phrase.strip())
