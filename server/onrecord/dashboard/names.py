"""Who is quoted in an archive, by name.

A name is counted together with itself, whatever its case, accents and punctuation; nothing else is put together,
since two people may share a surname. What may be the same and is counted apart is named beside it.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.analysis.result import SOURCE_TYPES, SourceType
from onrecord.dashboard.entries import Source

_LONGEST: Final = 160  # characters of a name or a label that are kept
_KEPT: Final = 12  # labels of one name
_APART = re.compile(r"[\W_]+")
_PERSON, _BODY = "p ", "b "


@dataclass(frozen=True, slots=True)
class Quoted:
    """A name and all that the articles call it."""

    name: str
    person: bool
    types: tuple[tuple[SourceType, int], ...]  # articles in which it is of each type, most first
    articles: int
    quotes: int
    words: int
    labels: tuple[tuple[str, int], ...]  # as articles call it, with the number of articles, most first
    more_labels: bool  # there are others that were not kept
    perhaps: tuple[tuple[str, int], ...]  # names that may be the same and are counted apart, with their articles


def folded(name: str) -> str:
    """A name without case, accents and punctuation."""
    if not name.isascii():
        name = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    return _APART.sub(" ", name.casefold()).strip()


class Names:
    """The names of an archive. One that stands in a single article takes some 300 bytes."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._articles, self._quotes, self._words = array("i"), array("i"), array("i")
        self._types = array("i")  # of each name, as many as there are types
        self._names: list[str] = []
        # The one label that most names have, else how often each occurs.
        self._labels: list[str | Counter[str]] = []

    def add(self, sources: Sequence[Source], words: dict[str, int], quotes: dict[str, int]) -> None:
        """The sources of an article that have a name, with their quotes and the words of these, by their ids."""
        seen: set[int] = set()
        for source in sources:
            if not source.name or source.id not in quotes:
                continue
            name = " ".join(source.name.split())[:_LONGEST]
            key = folded(name)
            if not key:
                continue
            number = self._number((_PERSON if source.identification == "named_person" else _BODY) + key)
            self._quotes[number] += quotes[source.id]
            self._words[number] += words.get(source.id, 0)
            self._label(number, " ".join(source.label.split())[:_LONGEST], name)
            if number not in seen:
                seen.add(number)
                self._articles[number] += 1
                self._types[number * len(SOURCE_TYPES) + SOURCE_TYPES.index(source.type)] += 1

    def _number(self, key: str) -> int:
        number = self._numbers.setdefault(key, len(self._articles))
        if number == len(self._articles):
            for column in (self._articles, self._quotes, self._words):
                column.append(0)
            self._types.extend([0] * len(SOURCE_TYPES))
            self._names.append("")
            self._labels.append("")
        return number

    def _label(self, number: int, label: str, name: str) -> None:
        called = self._names[number]
        if not called or (called.isupper() and not name.isupper()):
            self._names[number] = label if label == name else name  # one string for both, where they are the same
        had = self._labels[number]
        if isinstance(had, Counter):
            _count(had, label)
        elif not had:
            self._labels[number] = label
        elif had != label:
            self._labels[number] = Counter({had: max(1, self._articles[number]), label: 1})

    def __len__(self) -> int:
        return len(self._articles)

    def most(self, count: int) -> list[Quoted]:
        """The names quoted in the most articles; of those in as many, the ones with the most quotes, then words."""
        order = sorted(
            self._numbers.items(),
            key=lambda entry: (-self._articles[entry[1]], -self._quotes[entry[1]], -self._words[entry[1]], entry[0]),
        )[:count]
        perhaps = self._perhaps([key for key, _ in order])
        return [self._quoted(key, number, perhaps[key]) for key, number in order]

    def _quoted(self, key: str, number: int, perhaps: list[str]) -> Quoted:
        width = len(SOURCE_TYPES)
        counts = zip(SOURCE_TYPES, self._types[number * width : (number + 1) * width], strict=True)
        labels = self._labels[number]
        found = labels if isinstance(labels, Counter) else Counter({labels: self._articles[number]})
        return Quoted(
            name=self._names[number],
            person=key.startswith(_PERSON),
            types=tuple(sorted(((kind, n) for kind, n in counts if n), key=lambda entry: -entry[1])),
            articles=self._articles[number],
            quotes=self._quotes[number],
            words=self._words[number],
            labels=tuple(sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))),
            more_labels=len(found) >= _KEPT,
            perhaps=tuple(
                (self._names[other], self._articles[other]) for other in (self._numbers[key] for key in perhaps)
            ),
        )

    def _perhaps(self, keys: list[str]) -> dict[str, list[str]]:
        """Persons' names of which one is the end of the other: a surname alone, and those who have it."""
        surnames = {key.split(" ")[-1] for key in keys if key.startswith(_PERSON) and len(key.split(" ")) == 2}
        full: dict[str, list[str]] = {surname: [] for surname in surnames}
        for key in self._numbers:
            last = key.rpartition(" ")[2]
            if last in full and key.startswith(_PERSON) and len(key.split(" ")) > 2:
                full[last].append(key)
        found = {}
        for key in keys:
            parts = key.split(" ")
            alone = _PERSON + parts[-1]
            if key == alone:
                others = sorted(
                    full.get(parts[-1], []), key=lambda other: (-self._articles[self._numbers[other]], other)
                )
            else:
                others = [alone] if key.startswith(_PERSON) and alone in self._numbers else []
            found[key] = others[:3]
        return found


def _count(found: Counter[str], label: str) -> None:
    if label in found or len(found) < _KEPT:
        found[label] += 1
