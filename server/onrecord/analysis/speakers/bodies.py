"""Bodies that speak, or that are only named: which names are one body's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from onrecord.analysis.names.bodies import written_out
from onrecord.analysis.names.people import Names
from onrecord.analysis.phrases import Reading
from onrecord.analysis.speakers.roll import Roll
from onrecord.article import Span

SHORTEST_INITIALS: Final = 2  # letters
MOST_ALIKE: Final = 8  # of the bodies with one word in their names, the last so many are compared
_LABELS: Final = frozenset({"ORG", "FAC", "PRODUCT", "GPE", "NORP", "WORK_OF_ART", "LAW", "EVENT"})
_SMALL: Final = frozenset({"the", "a", "an", "of", "and"})


class Bodies:
    """The bodies on the roll; each is given as the index of its entry, or None."""

    def __init__(self, reading: Reading, roll: Roll) -> None:
        self._reading, self._roll = reading, roll

    def enter(self, head: Token, mention: Span, tokens: list[Token]) -> int:
        """A proper name that is no person's: the same words, or the same initials, are the same body."""
        core = [t for t in tokens if t.i <= head.i or t.dep_ in {"prep", "pobj", "compound", "nmod"}]
        stop = next(
            (n for n, t in enumerate(core) if t.text in {",", "("} or t.lower_ in {"who", "which", "that"}), len(core)
        )
        words = frozenset(
            t.lower_ for t in core[:stop] if (t.pos_ in {"PROPN", "NOUN", "ADJ"} or t.text.isupper()) and t.is_alpha
        )
        key = tuple(sorted(words or {head.lower_}))
        initials = "".join(t.text[0] for t in core[:stop] if t.text[:1].isupper())
        full = written_out(head)
        span = self._reading.span(full)
        if (
            full
            and span is not None
            and not any(entry.proper and entry.head.text == head.text for entry in self._roll.entries)
        ):
            known = self.enter(full[-1], span, full)  # *the Norland Rail Union (NRU)*, later *NRU*
            self._roll.said_by(known, mention)
            return known
        for at, entry in enumerate(self._roll.entries):
            if not entry.proper:
                continue
            other = frozenset(entry.key[1:])
            text = self._reading.article[entry.spans[0]]
            if key == entry.key[1:] or (words and (words < other or other < words) and head.lower_ in other & words):
                self._roll.said_by(at, mention)
                return at
            if (
                head.text.isupper()
                and len(head.text) > 1
                and "".join(w[0] for w in text.split() if w[:1].isupper()).endswith(head.text)
            ):
                self._roll.said_by(at, mention)
                return at
            if len(initials) > 2 and initials == entry.head.text:
                self._roll.said_by(at, mention)
                return at
        return self._roll.enter(("body", *key), head, mention, proper=True, plural=False)


@dataclass(slots=True)
class Named:
    """A body that the article names, whether or not it speaks."""

    words: set[str]  # of all forms of its name, in lower case
    tokens: list[int]  # the last word of each mention, in order
    label: str  # what the language model calls the name
    initials: str


class BodyNames:
    """The names of bodies, things and places in one article, every form under the first one."""

    def __init__(self, doc: Doc, names: Names) -> None:
        self.bodies: list[Named] = []
        self.of: dict[int, int] = {}  # the last word of each mention: which of ``bodies``
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        for entity in doc.ents:
            if entity.label_ in _LABELS and names.of(entity[-1]) is None:
                self._add(entity)

    def _add(self, name: SpacySpan) -> None:
        tokens = [t for t in name if t.is_alpha and t.lower_ not in _SMALL]
        if not tokens:
            return
        words, last = {t.lower_ for t in tokens}, name.end - 1
        initials = "".join(t.text[0] for t in tokens if t.text[:1].isupper())
        at = self.find(words, tokens[-1].lower_, initials)
        if at is None:
            at = len(self.bodies)
            self.bodies.append(Named(set(), [], name.label_, initials))
        body = self.bodies[at]
        for word in words - body.words:
            self._by_word[word].append(at)
        if len(initials) >= SHORTEST_INITIALS and initials == body.initials:
            self._by_word[initials.lower()].append(at)
        body.words |= words
        body.tokens.append(last)
        self.of[last] = at

    def find(self, words: Collection[str], last: str, initials: str = "") -> int | None:
        """Which body a name is: one whose words are among its own, or the other way round, or its initials."""
        own = frozenset(words)
        for at in self._by_word[last][-MOST_ALIKE:]:
            body = self.bodies[at]
            if own <= body.words or body.words <= own or (len(own) == 1 and last == body.initials.lower()):
                return at
        if len(initials) >= SHORTEST_INITIALS:
            return next((at for at in self._by_word[initials.lower()] if len(self.bodies[at].words) == 1), None)
        return None
