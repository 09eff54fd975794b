"""The roll of those who may be speaking: each is entered once, and every further mention is noted."""

from __future__ import annotations

import bisect

from spacy.tokens import Token

from onrecord.analysis.names.genders import noun_gender
from onrecord.analysis.names.people import Names
from onrecord.analysis.phrases import Reading
from onrecord.analysis.speakers.antecedents import Ranking
from onrecord.analysis.speakers.entries import Entry
from onrecord.analysis.speakers.nouns import one_person
from onrecord.analysis.speakers.pronouns import Pronouns
from onrecord.article import Span


class Roll:
    """Everybody who may be speaking, in the order of the article."""

    def __init__(self, reading: Reading, names: Names, ranking: Ranking) -> None:
        self._reading = reading
        self.entries: list[Entry] = []
        self._keys: dict[tuple[str, ...], int] = {}  # the entries by key
        self.mentions: list[tuple[int, int]] = []  # the first word of each mention, and its entry; in order
        self.pronouns = Pronouns(reading, names, self.entries, ranking)

    def enter(
        self,
        key: tuple[str, ...],
        head: Token,
        mention: Span,
        *,
        person: int | None = None,
        plural: bool = False,
        proper: bool = False,
    ) -> int:
        """The index of the entry with that key, a new one if there is none, with one more mention."""
        at = self._keys.get(key)
        if at is not None:
            self.said_by(at, mention)
            return at
        self._keys[key] = at = len(self.entries)
        self.entries.append(Entry(key, head, [], person, None, plural, proper))
        self.said_by(at, mention)
        return at

    def describe(self, key: tuple[str, ...], head: Token, mention: Span, *, plural: bool, principal: int | None) -> int:
        """The index of a new entry for one without a name, or several; ``principal`` is the entry he speaks for."""
        at = len(self.entries)
        self._keys.setdefault(key, at)
        self.entries.append(Entry(key, head, [], None, noun_gender(head), plural, principal=principal))
        self.said_by(at, mention)
        return at

    def of_person(self, person: int) -> int | None:
        """The entry of a named person who has spoken."""
        return self._keys.get(("person", str(person)))

    def said_by(self, at: int, mention: Span) -> None:
        """One more mention of an entry's."""
        entry = self.entries[at]
        entry.spans.append(mention)
        bisect.insort(entry.ordered, mention)
        tokens = self._reading.tokens(mention)
        if tokens:
            bisect.insort(self.mentions, (tokens[0].i, at))
        self.pronouns.mention(at, mention, called_a_person=self._is_called_a_person(entry))

    def _is_called_a_person(self, entry: Entry) -> bool:
        """Whether a name that no model knows as a person's has the word for one beside it: *Jordan 5X, a coach*."""
        tokens = self._reading.tokens(entry.spans[0]) if entry.person is None else []
        return any(t.dep_ == "appos" and t.head.i == entry.head.i and t.tag_ == "NN" and one_person(t) for t in tokens)
