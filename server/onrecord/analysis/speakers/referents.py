"""Who may be meant by *the carmaker*, *it* and *they*, and who is: persons, bodies and others named before, or nobody.

Bans come first, as for *he* and *she* (``pronouns``): *the company* is no person, *it* nobody who is one, *they* no
single one; gender; age; another story. Who of the rest is meant, ``resemblance`` says, which is learned.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from spacy.tokens import Token

from onrecord.analysis.model.kinds import Sight
from onrecord.analysis.names.animacy import is_body, may_be_person, names_a_text
from onrecord.analysis.names.bodies import kind_of
from onrecord.analysis.names.genders import Gender, noun_gender
from onrecord.analysis.names.people import Names
from onrecord.analysis.phrases import SUBJECTS, Reading
from onrecord.analysis.result import SourceType
from onrecord.analysis.speakers.bodies import BodyNames
from onrecord.analysis.speakers.descriptions import Descriptions, age_of, titles
from onrecord.analysis.speakers.nouns import ages, listed_member, one_person, only_says_who, studies
from onrecord.analysis.speakers.resemblance import Asking, Key, Ranking, Referent, types_of
from onrecord.analysis.speakers.roll import Roll
from onrecord.article import Span

# So sure must the ranking be; below, whom a noun means is left open, and it stays a speaker by itself.
SURE: Final = 0.55
SURE_OF_PRONOUNS: Final = 0.5
SURE_OF_WHO: Final = 0.4  # for nouns that only say who somebody is: hardly ever of somebody new

MOST: Final = 48  # of the mentions of each sort before, the last so many are looked at
MOST_OF_ONE: Final = 16  # and of those of one
MOST_BODIES: Final = 14  # that have not spoken
MOST_CALLED: Final = 6  # of those whom the article describes by the noun itself, however far away
DESCRIBED: Final = 12  # mentions of somebody whose surroundings are looked at
FARTHEST_SUBJECT: Final = 3  # sentences back to a noun that nobody has been called by before
FARTHEST_TOKEN: Final = 200  # and so many tokens
_ONE: Final = frozenset({"a", "an", "one", "another"})


class Referents:
    """Those who may be meant in one article, asked in the order of the text while its ``roll`` grows."""

    def __init__(self, reading: Reading, sight: Sight | None, names: Names, roll: Roll, ranking: Ranking) -> None:
        """``sight``: what the encoder shows of the article, if anything."""
        self._reading, self._doc, self._sight = reading, reading.doc, sight
        self._names, self._roll, self._ranking = names, roll, ranking
        self._heads: dict[Span, Token | None] = {}  # of mentions
        self._known: dict[int, tuple[frozenset[str], frozenset[str]]] = {}  # by person, as ``_told`` gives it
        self._meant: list[tuple[int, Key]] = []  # the pronouns that mean entries, in order
        self._descriptions = Descriptions(reading)

    # -- who is meant ---------------------------------------------------------------------------------------------

    def noun(
        self, head: Token, mention: Span, tokens: Sequence[Token], content: tuple[Span, ...], gender: Gender | None
    ) -> tuple[Referent | None, float]:
        """Whom a singular noun with *the* or the like means, if anybody, and how likely that is right.

        ``gender``: that of a pronoun that stands for the noun.
        """
        told = gender or noun_gender(head)
        found = list(self._persons(head, mention, told)) if self._may_be_person(head, tokens) else []
        years = ages(head, tokens)
        found = [one for one in found if years is None or one.age is None or years[0] <= one.age <= years[1]]
        found += [one for one in self._entries(head, mention, told) if self._may_be_called(one, head)]
        found += self._bodies(head, mention, found)
        sure = SURE_OF_WHO if only_says_who(head, tokens) or studies(head) else SURE
        return self._choose(self._asking(head, mention, tokens, content), found, sure)

    def pronoun(self, pronoun: Token, content: tuple[Span, ...], *, plural: bool) -> tuple[Referent | None, float]:
        """The same for *it*, and for *they* (``plural``)."""
        mention = Span(pronoun.idx, pronoun.idx + len(pronoun.text))
        found = [one for one in self._entries(pronoun, mention, None) if self._may_be_it(one, plural)]
        found += self._bodies(pronoun, mention, found)
        found += self._subjects(pronoun, found, plural)
        meant, chance = self._choose(self._asking(pronoun, mention, [pronoun], content), found, SURE_OF_PRONOUNS)
        if meant is not None:
            bisect.insort(self._meant, (pronoun.i, meant.key))
        return meant, chance

    def _choose(self, asking: Asking, found: Sequence[Referent], sure: float) -> tuple[Referent | None, float]:
        chances = self._ranking.chances(self._reading, asking, found)
        best = int(chances[:-1].argmax()) if found else 0
        return (found[best], float(chances[best])) if chances[best] >= sure and found else (None, float(chances[-1]))

    def _asking(self, head: Token, mention: Span, tokens: Sequence[Token], content: tuple[Span, ...]) -> Asking:
        last, speaker = self._roll.pronouns.last or (None, None)
        own = self._by_lemma.get(head.lemma_.lower(), ())
        before = [self._doc[at] for at in own[: bisect.bisect_left(own, head.i)][-DESCRIBED:]]
        return Asking(
            head=head,
            mention=mention,
            tokens=tokens,
            content=content,
            speaker=speaker,
            last=last,
            one_before=any(t.left_edge.lower_ in _ONE for t in before),
            several_before=any(t.tag_ == "NNS" for t in before),
            sight=self._sight,
        )

    @cached_property
    def _by_lemma(self) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for token in self._doc:
            if token.pos_ == "NOUN":
                found[token.lemma_.lower()].append(token.i)
        return found

    # -- bans -----------------------------------------------------------------------------------------------------

    @staticmethod
    def _may_be_person(head: Token, tokens: Sequence[Token]) -> bool:
        if names_a_text(head) and not one_person(head):
            return False  # *the letter* is not who wrote it
        return may_be_person(head) or listed_member(head) or ages(head, tokens) is not None

    def _may_be_called(self, one: Referent, head: Token) -> bool:
        """Whether a singular noun may mean somebody who has spoken: *one caller, the host* are two."""
        if one.sort != "noun" or one.noun is None:
            return True
        beside = self._reading.sentences.since(one.mentions[-1], head.i) == 0
        return not one.plural and (not beside or one.noun.lemma_.lower() == head.lemma_.lower())

    @staticmethod
    def _may_be_it(one: Referent, plural: bool) -> bool:
        if plural:
            return True
        return one.sort == "body" or not (one.plural or (one.noun is not None and one_person(one.noun)))

    def _may_mean(self, head: Token, index: int) -> bool:
        """Whether a noun may mean a name: not one that stands in a caption or the like, if it does not itself."""
        here, there = self._reading.block(head), self._reading.block(self._doc[index])
        scenes = self._reading.scenes
        return scenes.is_running(there) or scenes.of(here) == scenes.of(there)

    # -- persons --------------------------------------------------------------------------------------------------

    def _persons(self, head: Token, mention: Span, gender: Gender | None) -> Iterator[Referent]:
        near = self._near(self._named, head.i)
        called = self._called.get(head.lemma_.lower(), ())
        at = bisect.bisect_left(called, (head.i, -1))
        for who in dict.fromkeys([*near, *(who for _, who in called[max(0, at - MOST_CALLED) : at + MOST_CALLED])]):
            person = self._names.people[who]
            if gender is not None and person.gender is not None and person.gender != gender:
                continue
            own = person.tokens[: MOST_OF_ONE + bisect.bisect_left(person.tokens, head.i)][-2 * MOST_OF_ONE :]
            held = {i for i in own if self._doc[i].idx not in mention and self._may_mean(head, i)}
            entry = self._roll.of_person(who)
            held |= self._said(entry, head, mention) if entry is not None else set()
            held |= set(self._roll.pronouns.taken(("person", who), head.i))
            if held:
                yield self._person(who, sorted(held), head, entry)

    def _person(self, who: int, mentions: list[int], head: Token, entry: int | None) -> Referent:
        person = self._names.people[who]
        words, called = self._told(who)
        return Referent(
            key=("person", who),
            sort="person",
            mentions=mentions,
            often=bisect.bisect_left(person.tokens, head.i),
            words=words,
            titles=called,
            name=person.name.lower().split(),
            last=person.surname,
            types=types_of(called),
            gender=person.gender,
            spoken=entry is not None,
            again=entry is not None and self._was_called(entry, head),
            titled=self._titled(person.tokens[:DESCRIBED]),
            age=next((age for at in person.tokens[:DESCRIBED] if (age := age_of(self._doc[at])) is not None), None),
        )

    @cached_property
    def _named(self) -> list[tuple[int, int]]:
        """Each name's token and the index of its person, in order."""
        return sorted((index, at) for at, person in enumerate(self._names.people) for index in person.tokens)

    @cached_property
    def _called(self) -> dict[str, list[tuple[int, int]]]:
        """By the words that describe them: where a person is named first, and who it is."""
        found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for who, person in enumerate(self._names.people):
            for word in self._told(who)[0]:
                if person.tokens:
                    found[word].append((person.tokens[0], who))
        for named in found.values():
            named.sort()
        return found

    def _told(self, who: int) -> tuple[frozenset[str], frozenset[str]]:
        """The words beside a person's name, and those of titles, appositions and predicates."""
        if who not in self._known:
            tokens = self._names.people[who].tokens[:DESCRIBED]
            around = frozenset().union(*(self._descriptions.around(at) for at in tokens))
            self._known[who] = around, frozenset().union(*(titles(self._doc[at]) for at in tokens))
        return self._known[who]

    # -- who has spoken -------------------------------------------------------------------------------------------

    def _near(self, pairs: Sequence[tuple[int, int]], past: int) -> list[int]:
        """Whose mentions are the last ``MOST`` before token ``past``, the last first."""
        at = bisect.bisect_left(pairs, (past, -1))
        return list(dict.fromkeys(who for _, who in reversed(pairs[max(0, at - MOST) : at])))

    def _roots(self, entry: int, head: Token) -> Iterator[Token]:
        """The heads of an entry's mentions before a token."""
        spans = self._roll.entries[entry].ordered
        before = spans[: bisect.bisect_left(spans, Span(head.idx, head.idx))][-MOST_OF_ONE:]
        return (root for root in map(self._root, before) if root is not None)

    def _said(self, entry: int, head: Token, mention: Span) -> set[int]:
        """Where they stand, those left out that stand in the mention itself."""
        return {root.i for root in self._roots(entry, head) if root.idx not in mention and root.i < head.i}

    def _root(self, span: Span) -> Token | None:
        if span not in self._heads:
            tokens = self._reading.tokens(span)
            self._heads[span] = self._doc[tokens[0].i : tokens[-1].i + 1].root if tokens else None
        return self._heads[span]

    def _entries(self, head: Token, mention: Span, gender: Gender | None) -> Iterator[Referent]:
        """Those who have spoken and are no persons with a name."""
        for at in self._near(self._roll.mentions, head.i):
            entry = self._roll.entries[at]
            if entry.person is not None or (gender is not None and entry.gender not in {None, gender}):
                continue
            held = self._said(at, head, mention)
            if not held:
                continue
            held |= set(self._roll.pronouns.taken(("entry", at), head.i))
            held |= {index for index, key in self._meant[-MOST:] if key == ("entry", at) and index < head.i}
            yield self._body(at, held, head, mention) if entry.proper else self._described(at, held, head)

    def _described(self, at: int, held: set[int], head: Token) -> Referent:
        entry = self._roll.entries[at]
        tokens = self._reading.tokens(entry.spans[0])
        words = {word for t in tokens for word in (t.lower_, t.lemma_.lower())}
        types = types_of({entry.head.lemma_.lower()})
        return replace(self._entry(at, held, head, words), types=types, noun=entry.head, plural=entry.plural)

    def _entry(self, at: int, held: set[int], head: Token, words: set[str]) -> Referent:
        """What is told alike of all who have spoken and are no persons with a name."""
        return Referent(
            key=("entry", at),
            sort="noun",
            mentions=sorted(held),
            often=len(held),
            words=words,
            titles=words,
            gender=self._roll.entries[at].gender,
            spoken=True,
            again=self._was_called(at, head),
            titled=self._titled(held),
        )

    def _body(self, at: int, held: set[int], head: Token, mention: Span) -> Referent:
        entry = self._roll.entries[at]
        name = set(entry.key[1:])
        known = self.names_of_bodies.of.get(entry.head.i)
        if known is None:
            known = self.names_of_bodies.find(name, entry.head.lower_)
        words, label = set(self._descriptions.around(entry.head.i)), ""
        if known is not None:
            body = self.names_of_bodies.bodies[known]
            label, name = body.label, name | body.words
            held |= set(self._of_body(known, head, mention))
            words |= self._beside(known)
        return replace(
            self._entry(at, held, head, words),
            sort="body",
            name=name,
            last=entry.head.lower_,
            label=label,
            types=_types(self._reading.tokens(entry.spans[0])[:DESCRIBED]),
        )

    def _was_called(self, entry: int, head: Token) -> bool:
        """Whether the same noun has meant an entry before."""
        return any(root.lemma_.lower() == head.lemma_.lower() for root in self._roots(entry, head))

    def _titled(self, tokens: Sequence[int] | set[int]) -> bool:
        blocks = self._reading.article.blocks
        return any(blocks[self._reading.block(self._doc[at])].role == "headline" for at in tokens)

    # -- who has not ----------------------------------------------------------------------------------------------

    @cached_property
    def names_of_bodies(self) -> BodyNames:
        """The bodies that the article names."""
        return BodyNames(self._doc, self._names)

    @cached_property
    def _named_bodies(self) -> list[tuple[int, int]]:
        return sorted(self.names_of_bodies.of.items())

    def _of_body(self, which: int, head: Token, mention: Span) -> list[int]:
        tokens = self.names_of_bodies.bodies[which].tokens
        before = tokens[: bisect.bisect_left(tokens, head.i)][-MOST_OF_ONE:]
        return [i for i in before if self._doc[i].idx not in mention and self._may_mean(head, i)]

    def _beside(self, which: int) -> set[str]:
        tokens = self.names_of_bodies.bodies[which].tokens[:DESCRIBED]
        return set().union(*(self._descriptions.around(at) for at in tokens))

    def _bodies(self, head: Token, mention: Span, spoken: Sequence[Referent]) -> Iterator[Referent]:
        """Bodies that are named before and have not spoken."""
        taken = {at for one in spoken if one.sort == "body" for at in one.mentions}
        left = MOST_BODIES
        for which in self._near(self._named_bodies, head.i):
            held = self._of_body(which, head, mention)
            if not held or not taken.isdisjoint(held):
                continue
            if not left:
                return
            left -= 1
            body = self.names_of_bodies.bodies[which]
            words = self._beside(which)
            first = self._doc[held[0]]
            own = [t for t in self._doc[max(0, first.i - DESCRIBED) : first.i + 1] if t.lower_ in body.words]
            yield Referent(
                key=("body", which),
                sort="body",
                mentions=held,
                often=len(held),
                words=words,
                titles=words,
                name=body.words,
                last=first.lower_,
                label=body.label,
                types=_types(own),
                titled=self._titled(held),
            )

    def named(self, body: int, before: int) -> Token:
        """The last word of a body's name, where it stands last before token ``before``."""
        tokens = self.names_of_bodies.bodies[body].tokens
        return self._doc[tokens[max(0, bisect.bisect_left(tokens, before) - 1)]]

    def _subjects(self, pronoun: Token, found: Sequence[Referent], plural: bool) -> Iterator[Referent]:
        """What the sentences before are about, where it has not spoken: *The families left. They said …*."""
        taken = {at for one in found for at in one.mentions}
        for at in range(pronoun.i - 1, max(-1, pronoun.i - FARTHEST_TOKEN), -1):
            since = self._reading.sentences.since(at, pronoun.i)
            if since is not None and since > FARTHEST_SUBJECT:
                return
            token = self._doc[at]
            if since is None or at in taken or token.dep_ not in SUBJECTS or not self._may_act(token, plural):
                continue
            yield Referent(
                key=("noun", at),
                sort="noun",
                mentions=[at],
                often=1,
                words=(),
                types=types_of({token.lemma_.lower()}),
                noun=token,
                plural=token.tag_ in {"NNS", "NNPS"},
            )

    @staticmethod
    def _may_act(noun: Token, plural: bool) -> bool:
        if plural and noun.pos_ in {"PROPN", "NOUN"} and any(t.pos_ in {"PROPN", "NOUN"} for t in noun.conjuncts):
            return True
        if noun.pos_ != "NOUN":
            return False
        several = noun.tag_ == "NNS"
        if plural:
            return is_body(noun) or (several and may_be_person(noun))
        return not several and (is_body(noun) or names_a_text(noun))


def _types(name: Sequence[Token]) -> frozenset[SourceType]:
    """The kind of source that the words of a body's name tell, if any."""
    told = kind_of(name)
    return frozenset({told.type}) if told is not None else frozenset()
