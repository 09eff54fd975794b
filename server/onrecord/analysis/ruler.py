"""What spaCy's attribute ruler finds, a word's class at a time instead of a pattern at a time.

The ruler of the English pipelines has 179 patterns, nearly all of one token, and tries each of them on each token: a
tenth of the time of an analysis (spaCy 3.8.18). Which of them a token meets depends on its tag, its dependency and, for
the words that a pattern names, its spelling. Here the ruler's own matcher is asked once for each such combination.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

Match = tuple[int, int, int, int]  # number of the attributes, of the pattern, first token, past token

_KNOWN: Final = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})  # of these a combination consists; blanks by spelling
_LONGEST: Final = 2  # tokens of a pattern


def quicken(ruler: AttributeRuler) -> None:
    """Let ``ruler`` find its matches by combination, if its patterns are of the kind that allows it."""
    entries: list[dict[str, Any]] = ruler.patterns
    patterns: list[list[dict[str, Any]]] = [tokens for entry in entries for tokens in entry["patterns"]]
    if all(len(tokens) <= _LONGEST and all(map(_KNOWN.issuperset, tokens)) for tokens in patterns):
        ruler.match = _Matches(ruler, patterns)  # type: ignore[method-assign]


class _Matches:
    """In place of ``AttributeRuler.match``: the same answers in the same order."""

    def __init__(self, ruler: AttributeRuler, patterns: list[list[dict[str, Any]]]) -> None:
        self._ruler = ruler
        every = [token for tokens in patterns for token in tokens]
        first = [tokens[0] for tokens in patterns if len(tokens) > 1]
        self._words, self._spelt = self._named(every)
        self._openers, self._opening = self._named(first)
        self._opening_dependencies = frozenset(
            ruler.vocab.strings[name] for token in first for name in _names(token.get("DEP"))
        )
        self._held: dict[tuple[int, int, int], tuple[tuple[int, int], ...]] = {}

    def _named(self, tokens: list[dict[str, Any]]) -> tuple[frozenset[int], re.Pattern[str]]:
        """The words that some parts of patterns name, and an expression for the spellings that they describe."""
        names = {self._ruler.vocab.strings.add(name) for token in tokens for name in _names(token.get("LOWER"))}
        described = [token["LOWER"]["REGEX"] for token in tokens if "REGEX" in _conditions(token.get("LOWER"))]
        return frozenset(names), re.compile("|".join(described) or r"(?!)")

    def __call__(self, doc: Doc) -> list[Match]:
        table = doc.to_array(["TAG", "LOWER", "DEP"])
        spellings = [int(word) for word in np.unique(table[:, 1])] if len(doc) else []
        strings = doc.vocab.strings
        other = {word: strings[word] for word in spellings if word not in self._words}
        plain = {word for word, text in other.items() if not (text.isspace() or self._spelt.search(text))}
        openers = self._openers.union(word for word, text in other.items() if self._opening.search(text))
        found: list[Match] = []
        for at, (tag, word, dependency) in enumerate(table.tolist()):
            key = (tag, 0 if word in plain else word, dependency)
            met = self._held.get(key)
            if met is None:
                met = tuple((number, pattern) for number, pattern, _, _ in self._asked(doc, at, at + 1))
                if key[1] in self._words or not key[1]:  # what is described has no end of spellings
                    self._held[key] = met
            found.extend((number, pattern, at, at + 1) for number, pattern in met)
            if word in openers or dependency in self._opening_dependencies:
                found.extend(match for match in self._asked(doc, at, at + _LONGEST) if match[3] - match[2] > 1)
        found.sort()
        return found

    def _asked(self, doc: Doc, first: int, past: int) -> Iterator[Match]:
        for pattern, low, high in self._ruler.matcher(doc[first:past], allow_missing=True, as_spans=False):
            yield int(self._ruler.vocab.strings[pattern]), pattern, first + low, first + high


def _conditions(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _names(value: object) -> list[str]:
    """The values that a part of a pattern names."""
    return [value] if isinstance(value, str) else list(_conditions(value).get("IN", ()))
