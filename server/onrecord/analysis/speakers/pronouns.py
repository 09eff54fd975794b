"""Who may be meant by *he* and *she*, and who is: the persons named before, described ones, and those without a name.

Every *he* and *she* of the running text is followed, not only those who speak: *Bell left at nine. He took the ferry,
and in the evening he said …*. Bans come first: gender, animacy, another story, what is too far away.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from spacy.tokens import Token

from onrecord.analysis import lexicons
from onrecord.analysis.names.animacy import may_be_person
from onrecord.analysis.names.genders import Gender, noun_gender
from onrecord.analysis.names.people import Names, Person
from onrecord.analysis.names.shapes import womans
from onrecord.analysis.phrases import Reading
from onrecord.analysis.speakers.antecedents import FARTHEST, Asking, Candidate, Key, Ranking
from onrecord.analysis.speakers.entries import Entry
from onrecord.article import Span

HE: Final = frozenset({"he", "him", "his", "himself"})
SHE: Final = frozenset({"she", "her", "hers", "herself"})

MOST: Final = 60  # of the names, nouns and pronouns before a pronoun, the last so many are looked at
FARTHEST_UNNAMED: Final = 3  # sentences back to a noun that nobody has been called by before
FARTHEST_TOKEN: Final = 200  # and so many tokens


def gender_of(pronoun: Token) -> Gender:
    """The gender that *he* or *she* tells."""
    return "male" if pronoun.lower_ in HE else "female"


class Pronouns:
    """The pronouns of one article, asked in the order of the text while its ``entries`` grow."""

    def __init__(self, reading: Reading, names: Names, entries: Sequence[Entry], ranking: Ranking) -> None:
        self._reading, self._names, self._entries, self._ranking = reading, names, entries, ranking
        self._named: dict[bool, list[tuple[int, Key]]] = {True: [], False: []}  # by whether it is running text
        for at, person in enumerate(names.people):
            for index in person.tokens:
                self._named[reading.sentences.is_running(index)].append((index, ("person", at)))
        for named in self._named.values():
            named.sort()
        self._described: list[tuple[int, Key]] = []  # mentions of entries without a name
        self._called: set[int] = set()  # entries that a noun calls a person, whatever their name looks like
        self._spoken: set[Key] = set()
        self._last: tuple[int, Key] | None = None  # where somebody spoke last, and who
        self._meant: list[tuple[int, Key]] = []  # pronouns, and who they are
        self._running = [t.i for t in reading.doc if t.lower_ in HE | SHE and not reading.quoted(t)]
        self._followed = 0  # how many of these have been

    # -- what the register tells ----------------------------------------------------------------------------------

    def mention(self, at: int, span: Span, *, called_a_person: bool) -> None:
        """Entry ``at`` has one more mention; ``called_a_person`` where a noun beside its name says so."""
        entry, tokens = self._entries[at], self._reading.tokens(span)
        self._spoken.add(self._key(at))
        if not tokens:
            return
        root = self._reading.doc[tokens[0].i : tokens[-1].i + 1].root
        if called_a_person:
            self._called.add(at)
        if entry.described or at in self._called:
            bisect.insort(self._described, (root.i, ("entry", at)))
        elif entry.person is not None and not self._is_named(entry.person, tokens[0].i, tokens[-1].i):
            bisect.insort(self._described, (root.i, ("person", entry.person)))  # *the minister*, who has a name

    def _is_named(self, person: int, first: int, last: int) -> bool:
        tokens = self._names.people[person].tokens
        return bisect.bisect_left(tokens, first) < bisect.bisect_right(tokens, last)

    def speaks(self, at: int, mention: Span) -> None:
        """Entry ``at`` has said something, by the words at ``mention``."""
        self._last = (self._reading.tokens(mention)[0].i, self._key(at))

    @property
    def last(self) -> tuple[int, Key] | None:
        """The token at which somebody spoke last, and who."""
        return self._last

    def taken(self, key: Key, past: int) -> list[int]:
        """The pronouns before token ``past`` that mean somebody, the last ``MOST`` of all."""
        at = bisect.bisect_left(self._meant, (past, ("entry", -1)))
        return [index for index, whom in self._meant[max(0, at - MOST) : at] if whom == key]

    def _key(self, at: int) -> Key:
        person = self._entries[at].person
        return ("entry", at) if person is None else ("person", person)

    def is_now(self, pronoun: Token, at: int) -> None:
        """A pronoun was taken for entry ``at``."""
        found = bisect.bisect_left(self._meant, (pronoun.i, ("entry", -1)))
        if found < len(self._meant) and self._meant[found][0] == pronoun.i:
            self._meant[found] = (pronoun.i, self._key(at))
        else:
            self._meant.insert(found, (pronoun.i, self._key(at)))

    # -- who is meant ---------------------------------------------------------------------------------------------

    def who(self, pronoun: Token, content: tuple[Span, ...] = ()) -> tuple[Candidate | None, float]:
        """Whom a pronoun means, if anybody, and how likely that is right."""
        self.follow(pronoun.i)
        return self._choose(pronoun, content)

    def follow(self, past: int) -> None:
        """Find whom the pronouns before token ``past`` mean that nobody has asked about."""
        while self._followed < len(self._running) and self._running[self._followed] < past:
            token = self._reading.doc[self._running[self._followed]]
            self._followed += 1
            if not self._meant or self._meant[-1][0] < token.i:
                meant, _ = self._choose(token, ())
                if meant is not None:
                    self._meant.append((token.i, meant.key))

    def _choose(self, pronoun: Token, content: tuple[Span, ...]) -> tuple[Candidate | None, float]:
        candidates = self._candidates(pronoun)
        asking = self._asking(pronoun, content, candidates)
        chances = self._ranking.chances(self._reading, asking, candidates)
        best = int(chances.argmax())
        return (candidates[best] if best < len(candidates) else None), float(chances[best])

    def _asking(self, pronoun: Token, content: tuple[Span, ...], candidates: Sequence[Candidate]) -> Asking:
        if self._last is None:
            return Asking(pronoun=pronoun, content=content)
        at, key = self._last
        return Asking(
            pronoun=pronoun,
            content=content,
            speaker=next((number for number, one in enumerate(candidates) if one.key == key), None),
            last=at,
            since=self._reading.sentences.since(at, pronoun.i),
            together=self._reading.block(self._reading.doc[at]) == self._reading.block(pronoun),
        )

    def _candidates(self, pronoun: Token) -> list[Candidate]:
        gender = gender_of(pronoun)
        groups: defaultdict[Key, list[Token]] = defaultdict(list)
        for index, key in self._near(pronoun):
            groups[key].append(self._reading.doc[index])
        found = []
        for key, mentions in groups.items():
            one = (
                self._by_name(key, mentions, pronoun, gender)
                if key[0] == "person"
                else self._by_noun(key, mentions, gender)
            )
            if one is not None:
                found.append(one)
        # Who is *she* is not called anew by the same noun where *he* is asked about.
        taken = {token.i for mentions in groups.values() for token in mentions}
        fresh = (noun for noun in self._unnamed(pronoun) if noun.i not in taken)
        made = (self._by_noun(("noun", noun.i), [noun], gender) for noun in fresh)
        acting = [one for one in made if one is not None]
        found = [one for one in found if not any(self._is_beside(one, other) for other in acting)] + acting
        return [one for one in found if not self._is_also_a_body(one)] or found  # *the operator* is a firm, mostly

    def _near(self, pronoun: Token) -> list[tuple[int, Key]]:
        """The names, nouns and pronouns before a pronoun that may mean the same person, in order."""
        sentences, found = self._reading.sentences, []
        first = 0
        for running, named in self._named.items():
            if running or not sentences.is_running(pronoun.i):  # running text sees nothing beside it
                first = sentences.window(pronoun.i, FARTHEST, running=running)
                found += _between(named, first, pronoun.i)
        found += _between(self._described, 0, pronoun.i) + _between(self._meant, 0, pronoun.i)
        return sorted(pair for pair in found if self._may_be_meant(pair[0], pronoun))[-MOST:]

    def _may_be_meant(self, at: int, pronoun: Token) -> bool:
        since = self._reading.sentences.since(at, pronoun.i)
        return since is not None and 0 <= since <= FARTHEST

    def _by_name(self, key: Key, mentions: Sequence[Token], pronoun: Token, gender: Gender) -> Candidate | None:
        person = self._names.people[key[1]]
        if person.gender not in {gender, None}:
            return None
        first = self._reading.doc[person.tokens[0]] if person.tokens else mentions[0]
        return Candidate(
            key=key,
            name=person.name,
            mentions=mentions,
            known=person.gender is not None,
            leaning=max(0.0, leans_otherwise(person, gender) - 0.5),
            often=bisect.bisect_left(person.tokens, pronoun.i),
            spoken=key in self._spoken,
            titled=self._reading.article.blocks[self._reading.block(first)].role == "headline",
        )

    def _by_noun(self, key: Key, mentions: Sequence[Token], gender: Gender) -> Candidate | None:
        if key[0] == "noun":
            noun, own, spoken = self._reading.doc[key[1]], noun_gender(self._reading.doc[key[1]]), False
        else:
            entry = self._entries[key[1]]
            noun, own, spoken = entry.head, entry.gender, True
        called = key[0] == "entry" and key[1] in self._called
        if own not in {gender, None} or not (called or may_be_person(noun)):
            return None  # *he* is never the bank
        return Candidate(
            key=key,
            mentions=mentions,
            known=own is not None,
            often=len(mentions),
            spoken=spoken,
        )

    def _is_beside(self, one: Candidate, acting: Candidate) -> bool:
        """Whether somebody without a name only gave cause: *when a caller swore, the host cut him off*."""
        last, main = one.mentions[-1], acting.mentions[-1]
        if one.key[0] != "entry" or last.sent != main.sent:
            return False
        verb = last.head
        return verb.dep_ == "advcl" and verb.head == main.head

    def _is_also_a_body(self, one: Candidate) -> bool:
        kind, number = one.key
        noun = self._reading.doc[number] if kind == "noun" else self._entries[number].head if kind == "entry" else None
        return noun is not None and noun.lemma_.lower() in lexicons.words("sources", "also_bodies", "words")

    def _unnamed(self, pronoun: Token) -> Iterator[Token]:
        """The nouns of the sentences before that nobody has been called by yet: *The driver’s widow … she said*."""
        inside = self._reading.quotation_of(pronoun)
        for at in range(pronoun.i - 1, max(-1, pronoun.i - FARTHEST_TOKEN), -1):
            since = self._reading.sentences.since(at, pronoun.i)
            if since is not None and since > FARTHEST_UNNAMED:
                return
            noun = self._reading.doc[at]
            subject = noun.tag_ == "NN" and noun.pos_ == "NOUN" and noun.dep_ in {"nsubj", "nsubjpass"}
            if since is not None and subject and self._reading.quotation_of(noun) == inside and may_be_person(noun):
                yield noun


def _between(pairs: Sequence[tuple[int, Key]], first: int, past: int) -> list[tuple[int, Key]]:
    """The last ``MOST`` of those from token ``first`` on and before ``past``."""
    begin, end = bisect.bisect_left(pairs, (first, ("entry", -1))), bisect.bisect_left(pairs, (past, ("entry", -1)))
    return list(pairs[max(begin, end - MOST) : end])


def leans_otherwise(person: Person, gender: Gender) -> float:
    """How likely the spelling of a given name says another gender than ``gender``; .5 where it says nothing."""
    if person.gender is not None or len(person.given.rstrip(".")) < 2:
        return 0.5
    share = womans(person.given)
    return share if gender == "male" else 1 - share
