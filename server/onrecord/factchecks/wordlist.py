"""The words that ``likeness`` compares by, read once from ``wordlist.json``."""

from __future__ import annotations

import importlib.resources
import json
from functools import cache
from typing import Any


@cache
def lists() -> dict[str, Any]:
    """Sets of words, and maps from a word to its number, its direction or the word that it counts as."""
    file = importlib.resources.files(__name__.rpartition(".")[0]) / "wordlist.json"
    data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    found: dict[str, Any] = {
        name: frozenset(data[name].split()) for name in ("stop", "negations", "first_person", "scales")
    }
    for name in ("counts", "same"):
        found[name] = dict(pair.rsplit(":", 1) for pair in data[name].split())
    found["directions"] = {word: way for way, words in data["directions"].items() for word in words.split()}
    return found
