"""Texts with other names in them, for who learns to find names: persons of the whole world, firms nobody has heard of.

The corpora are American for the most part, and so are the names that spaCy knows. A text whose persons and bodies are
called otherwise has the same labels, and they are certain.
"""

from __future__ import annotations

import random
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.analysis import lexicons
from onrecord.training.names import faker_names
from onrecord.training.silver import Found

LONGEST: Final = 3  # words of a person's name
BODIES: Final = 0.5  # share of the bodies that are called otherwise
FIRMS: Final = 0.5  # share of those that are firms; the others are bodies of any kind
MADE_UP: Final = 0.5  # share of those that have no family's name
_BEGINS: Final = "b br c cl d f g gr h k l m n p pr r s st t tr v".split()
_ENDS: Final = "l n r rn s st t x nd".split()


class Renaming:
    """Draws the names and puts them in."""

    def __init__(self, nlp: Language, seed: int) -> None:
        """``nlp`` reads the new texts. Raises ModuleNotFoundError without Faker."""
        self._nlp, self._chance = nlp, random.Random(seed)  # noqa: S311 - no secret
        by_locale: dict[str, list[str]] = {}
        for locale, word in faker_names():
            by_locale.setdefault(locale, []).append(word[:1].upper() + word[1:])
        self._names = [sorted(set(words)) for _, words in sorted(by_locale.items()) if len(words) > 1]
        ends = {kind: words.title().split() for kind, words in lexicons.load("organisations")["ends"].items()}
        self._ends = [words for kind, words in ends.items() if kind != "meaning"]
        self._firms = ends["business"]

    def renamed(self, doc: Doc, found: list[Found]) -> tuple[Doc, list[Found]] | None:
        """A text anew with other persons and firms in it; None where it names nobody."""
        text, last = "", 0
        names: list[tuple[int, int, str]] = []  # in code points of the new text
        changed = False
        for first, past, kind in sorted(found):
            span = doc[first:past]
            name = self._instead(span.text, past - first, kind)
            changed = changed or name is not None
            text += doc.text[last : span.start_char]
            names.append((len(text), len(text) + len(name or span.text), kind))
            text += name or span.text
            last = span.end_char
        if not changed:
            return None
        text += doc.text[last:]
        other = self._nlp(text)
        spans = [(other.char_span(first, past, alignment_mode="expand"), kind) for first, past, kind in names]
        return other, [(span.start, span.end, kind) for span, kind in spans if span is not None]

    def _instead(self, name: str, words: int, kind: str) -> str | None:
        """What to call somebody; None: leave his name."""
        before = "the " if name.startswith("the ") else ""
        if kind == "PERSON":
            return " ".join(self._words(min(words, LONGEST)))
        if kind == "ORG" and self._chance.random() < BODIES:
            made_up = self._chance.random() < MADE_UP
            ends = self._firms if self._chance.random() < FIRMS else self._chance.choice(self._ends)
            first = [self._made_up()] if made_up else self._words(self._chance.choice((1, 1, 2)))
            end = [self._chance.choice(ends)] if words > 1 or not made_up else []
            return before + " ".join([*first, *end])
        return None

    def _words(self, count: int) -> list[str]:
        locale = self._chance.choice(self._names)
        return [self._chance.choice(locale) for _ in range(count)]

    def _made_up(self) -> str:
        pick = self._chance.choice
        syllables = [pick(_BEGINS) + pick("aeiou") for _ in range(pick((1, 2, 2)))]
        return ("".join(syllables) + pick(_ENDS)).title()
