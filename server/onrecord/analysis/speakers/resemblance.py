"""How likely *the carmaker*, *it* or *they* is each of those who may be meant: learned from annotated articles.

Whoever may be meant is told by numbers: what the words of the mention and those beside a name have in common, of which
sort both are, how far away and how often somebody is named, who spoke last. A small network weighs them; somebody new,
whom nothing before names, is one of the answers. ``training.nouns`` makes the weights and shares this module.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, Protocol

import numpy as np
from spacy.tokens import Token

from onrecord.analysis import lexicons
from onrecord.analysis.model.kinds import Sight, directions
from onrecord.analysis.names.animacy import is_body, may_be_person, names_a_text
from onrecord.analysis.names.genders import Gender, noun_gender
from onrecord.analysis.names.people import kinds_of_firms
from onrecord.analysis.phrases import SUBJECTS, Reading
from onrecord.analysis.speakers.descriptions import same_person
from onrecord.analysis.speakers.nouns import UNNAMED_BODY, ages, is_person_noun, only_says_who
from onrecord.analysis.speakers.ranking import Floats, Weights, published
from onrecord.article import Span

FILE: Final = "referents.npz"

Sort = Literal["person", "body", "noun"]  # a person's name, a body's, neither
Key = tuple[Literal["person", "entry", "body", "noun"], int]  # index of the person, entry or body, or of the token

OWN: Final = 158  # facts of somebody
NOBODY: Final = 41  # facts that speak for nobody
COLUMNS: Final = OWN + NOBODY
PRONOUN: Final = OWN  # which of nobody's facts says that the mention is a pronoun
FAR: Final = 10  # sentences; beyond, all is as far
NEAR: Final = 2  # sentences
STEM: Final = 5  # letters that words for one thing share: *glaciologist*, *glaciers*
FARTHEST_WORD: Final = 10  # tokens behind a noun that still describe whom it means
LATEST: Final = 12  # mentions of somebody whose sentences are looked at
_TYPES: Final = ("official", "political", "business", "civil_society", "media", "expert", "affected", "document")
_FIRMS: Final = frozenset({"company", "firm", "business", "maker"})
_SCHOLARS: Final = ("ist", "er", "or", "ian")
_PLACES: Final = frozenset({"GPE", "NORP"})
_NO_LONGER: Final = frozenset({"former", "ex"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Referent:
    """Somebody who may be meant. Gender, number and animacy fit, or are not known."""

    key: Key
    sort: Sort
    mentions: Sequence[int]  # the last word of each, in order; not empty
    often: int  # how often the article has named him before
    words: Collection[str]  # beside his name, in lower case; of a noun, those of its phrase
    titles: Collection[str] = ()  # of these, titles, appositions and predicates
    name: Collection[str] = ()  # the words of the name
    last: str = ""  # the last of them
    label: str = ""  # what the language model calls a body's name
    types: frozenset[str] = frozenset()  # what kinds of source his words tell
    noun: Token | None = None  # where there is no name
    gender: Gender | None = None
    plural: bool = False
    spoken: bool = False  # has said something before
    again: bool = False  # the same noun has meant him before
    titled: bool = False  # is named in the headline
    age: int | None = None  # as it stands behind his name


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A noun or a pronoun, and what was going on when it was used."""

    head: Token
    mention: Span
    tokens: Sequence[Token]  # of the mention
    content: tuple[Span, ...] = ()  # what is said
    speaker: Key | None = None  # who spoke last
    last: int | None = None  # the token at which he did
    one_before: bool = False  # the noun stands before with *a*
    several_before: bool = False  # … and in the plural
    sight: Sight | None = None  # what the encoder shows of the article


class Ranking(Protocol):
    """What decides among those who may be meant."""

    def chances(self, reading: Reading, asking: Asking, referents: Sequence[Referent]) -> Floats:
        """The chance of each of the referents, and last of nobody of them; they add up to 1."""
        ...


def types_of(words: Collection[str]) -> frozenset[str]:
    """The kinds of source that one of ``words`` (lemmas in lower case) may be the word for."""
    return frozenset(itertools.chain.from_iterable(map(_types, words)))


@cache
def _word_types() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for kind in _TYPES:
        for word in lexicons.words("sources", "types", kind, "heads"):
            found[word] = found.get(word, frozenset()) | {kind}
    return found


def _types(word: str) -> frozenset[str]:
    return _word_types().get(word, frozenset())


def facts(reading: Reading, asking: Asking, referents: Sequence[Referent]) -> Floats:
    """One row for each of the referents, and a last one for nobody of them."""
    made = np.zeros((len(referents) + 1, COLUMNS))
    scene = _Scene(reading, asking, referents)
    for at in range(len(referents)):
        made[at, :OWN] = scene.row(at)
    made[-1, OWN:] = scene.nobody()
    return made


class _Noun:
    """What a mention says by itself."""

    def __init__(self, asking: Asking) -> None:
        head, tokens = asking.head, asking.tokens
        self.lemma = head.lemma_.lower()
        before = [t for t in tokens if t.i < head.i]
        self.places = {t.lower_ for t in before if t.ent_type_ in _PLACES}
        modifiers = {t.lower_ for t in before if t.pos_ in {"ADJ", "NOUN", "PROPN"}}
        self.former = bool(modifiers & _NO_LONGER)
        self.modifiers = modifiers - self.places - _NO_LONGER
        self.first = tokens[0].lower_
        behind = [t for t in tokens if t.i > head.i]
        self.of = bool(behind) and behind[0].lower_ == "of"
        self.behind = bool(behind) and not self.of
        self.relative = any(t.dep_ == "relcl" for t in head.children)
        self.pronoun = head.pos_ == "PRON"
        told = [t for t in behind[:FARTHEST_WORD] if t.pos_ in {"ADJ", "NOUN", "PROPN"}]
        self.told = {t.lower_ for t in told}
        self.names = {t.lower_ for t in tokens if t.pos_ == "PROPN" and t.i != head.i and t.ent_type_ not in _PLACES}
        self.called = {t.lower_ for t in told if t.pos_ == "PROPN" and (t.dep_ == "appos" or t.i == head.i + 1)}
        owners = [t for t in head.children if t.dep_ == "poss"]
        self.owners = {word for t in owners for word in (t.lower_, t.lemma_.lower())}
        self.serves = self.lemma in UNNAMED_BODY
        self.types = _types(self.lemma)
        self.role, self.body, self.text = is_person_noun(head), is_body(head), names_a_text(head)
        self.person = may_be_person(head) and (self.role or not self.text)  # a *letter* is no one who lets
        self.firm = self.lemma in kinds_of_firms() or self.lemma in _FIRMS
        self.others = same_person().get(self.lemma) or same_person().get(head.lower_) or frozenset()
        scholar = self.lemma.endswith(_SCHOLARS) and len(self.lemma) >= STEM + 2
        self.stem = self.lemma[:STEM] if len(self.lemma) >= STEM else ""
        self.scholar = self.stem if scholar else ""
        self.ages = ages(head, tokens)
        self.only_who = only_says_who(head, tokens)
        self.gender = noun_gender(head)


class _Scene:
    """A mention among those who may be meant."""

    def __init__(self, reading: Reading, asking: Asking, referents: Sequence[Referent]) -> None:
        self._reading, self._asking, self._referents = reading, asking, referents
        self._noun = noun = _Noun(asking)
        self._block = reading.block(asking.head)
        at = asking.head.i
        self._last = [max((i for i in one.mentions if i < at), default=-1) for one in referents]
        self._far = [self._since(last) for last in self._last]
        order = sorted(range(len(referents)), key=lambda number: -self._last[number])
        self._rank = [0] * len(referents)  # by nearness, among all and among those of one sort
        self._own_rank = [0] * len(referents)
        self._count: dict[str, int] = {"person": 0, "body": 0, "noun": 0}
        for rank, number in enumerate(order):
            sort = referents[number].sort
            self._rank[number], self._own_rank[number] = rank, self._count[sort]
            self._count[sort] += 1
        self._match = [self._is_called(one) for one in referents]
        self._fit = [
            match and all(word in one.words or word in one.name for word in noun.modifiers)
            for match, one in zip(self._match, referents, strict=True)
        ]
        self._title = [noun.lemma in one.titles for one in referents]
        self._stem = [bool(noun.stem) and self._shares_a_stem(one) for one in referents]
        self._kind = [bool(one.types & noun.types) for one in referents]
        self._first_kind = min((rank for rank, kind in zip(self._rank, self._kind, strict=True) if kind), default=-1)
        self._again = [one.again for one in referents]
        self._most = max((one.often for one in referents if one.sort == "person"), default=0)
        self._alike = self._likenesses()
        near = [one.sort for one, far in zip(referents, self._far, strict=True) if far <= NEAR]
        self._near_bodies, self._near_persons = near.count("body"), near.count("person")

    def _since(self, at: int) -> int:
        since = self._reading.sentences.since(at, self._asking.head.i) if at >= 0 else None
        return FAR if since is None else min(since, FAR)

    def _is_called(self, one: Referent) -> bool:
        lemma = self._noun.lemma
        return lemma in one.words or lemma in one.name or (one.noun is not None and one.noun.lemma_.lower() == lemma)

    def _shares_a_stem(self, one: Referent) -> bool:
        doc, head, stem = self._reading.doc, self._asking.head, self._noun.stem
        seen = {doc[i].sent.start: doc[i].sent for i in one.mentions[-LATEST:]}
        return any(t.lower_.startswith(stem) and t.i != head.i for sent in seen.values() for t in sent)

    def _likenesses(self) -> Floats:
        """For each who may be meant, how like what the encoder says of the mention is to what it says of him.

        As cosines: the last mention, the likest one, the mean; and as the chance that both are of one type.
        """
        found = np.zeros((len(self._referents), 4))
        sight, doc, head = self._asking.sight, self._reading.doc, self._asking.head
        if sight is None:
            return found
        starts = [head.idx]
        ends = []
        for one in self._referents:
            before = [i for i in one.mentions if i < head.i][-LATEST:]
            starts += [doc[i].idx for i in before or one.mentions[:LATEST]]
            ends.append(len(starts))
        words = sight.shown.at(starts)
        said, types = directions(words), sight.kinds.types(words[:1])
        likes = said @ said[0]
        for number, (first, past) in enumerate(itertools.pairwise([1, *ends])):
            like, theirs = likes[first:past], sight.kinds.types(words[first:past])
            found[number] = like[-1], like.max(), like.mean(), types @ theirs
        return found

    def row(self, number: int) -> list[float]:
        """What is known of one."""
        return [
            *self._sorts(number),
            *self._words(number),
            *self._nearness(number),
            *self._speech(number),
            *self._alike[number],
            self._alike[number, 1] == self._alike[:, 1].max() > 0,
            self._alike[number, 3] == self._alike[:, 3].max() > 0,
        ]

    def _sorts(self, number: int) -> list[float]:
        one, noun = self._referents[number], self._noun
        person, body, bare = one.sort == "person", one.sort == "body", one.sort == "noun"
        fresh = one.key[0] == "body"
        a_person = one.noun is not None and may_be_person(one.noun)
        a_body = one.noun is not None and is_body(one.noun)
        a_text = one.noun is not None and names_a_text(one.noun)
        same = one.noun is not None and one.noun.lemma_.lower() == noun.lemma
        kin = one.noun is not None and one.noun.lemma_.lower() in noun.others
        told = bool(one.types)
        return [
            person, bare, body and not fresh, body and fresh,
            person and noun.role, person and noun.person and not noun.role, person and not noun.person,
            body and noun.body, body and noun.role, body and not noun.body and not noun.role,
            same, bare and not same,
            person and not self._far[number] and not self._match[number], bare and self._kind[number], kin,
            a_person and noun.person, a_body and noun.body, a_text and noun.text, (a_body or a_text) and noun.person,
            a_person and not a_body and noun.body, a_person and noun.text,
            bare and not (a_person or a_body or a_text),
            body and noun.text, person and noun.text, body and noun.text and one.label in {"WORK_OF_ART", "LAW"},
            body and one.label == "ORG", body and one.label == "GPE", body and one.label not in {"ORG", "GPE"},
            body and noun.firm and one.label == "ORG", body and noun.firm and "business" in one.types,
            body and noun.firm and told and "business" not in one.types,
            person and self._kind[number], person and bool(noun.types) and told and not self._kind[number],
            body and self._kind[number], body and bool(noun.types) and told and not self._kind[number],
            one.key[0] == "noun", one.plural, one.plural and a_body, one.plural and a_person,
            bare and not one.plural and a_body, noun.pronoun and one.key[0] == "entry" and one.plural,
            noun.gender is not None and noun.gender == one.gender, noun.ages is not None and one.age is not None,
            noun.of and person, noun.of and body, noun.relative,
        ]  # fmt: skip

    def _words(self, number: int) -> list[float]:
        one, noun = self._referents[number], self._noun
        person = one.sort == "person"
        match, fit, title, stem = (each[number] for each in (self._match, self._fit, self._title, self._stem))
        shared = sum(word in one.words or word in one.name for word in noun.modifiers)
        placed = any(place in one.words or place in one.name for place in noun.places)
        kin = person and not noun.others.isdisjoint(one.words)
        nearest = not self._own_rank[number]
        kind = self._kind[number]
        names, told = (sum(word in one.words or word in one.name for word in each) for each in (noun.names, noun.told))
        called = any(word in one.name for word in noun.called)
        owner = any(word in one.name or word in one.titles for word in noun.owners)
        return [
            bool(noun.names) and names == len(noun.names), bool(noun.names) and not names,
            0 < names < len(noun.names), one.last in noun.names, called, bool(noun.called) and not called,
            bool(noun.told) and told == len(noun.told), bool(noun.told) and not told,
            told / (len(noun.told) or 1), told and match, owner, bool(noun.owners) and not owner,
            noun.serves and person, noun.serves and person and match, noun.serves and one.sort == "body",
            match, fit, fit and sum(self._fit) == 1, match and not fit, match and sum(self._match) > 1,
            noun.lemma in one.name, noun.lemma == one.last, noun.lemma in one.words,
            bool(noun.modifiers) and shared == len(noun.modifiers), bool(noun.modifiers) and not shared,
            bool(noun.places) and not placed, placed, match and bool(noun.places) and not placed, match and placed,
            kin, person and bool(noun.others) and not kin,
            person and bool(noun.scholar) and any(word.startswith(noun.scholar) for word in one.words),
            person and bool(noun.scholar) and stem and nearest,
            title, title and sum(self._title) == 1, title and sum(self._title) > 1,
            match and not title and any(self._title), title and nearest,
            stem, stem and sum(self._stem) == 1, stem and sum(self._stem) > 1,
            stem and person and not any(self._match), any(self._stem) and not stem,
            one.again, one.again and sum(self._again) == 1, any(self._again) and not one.again,
            kind, kind and self._rank[number] == self._first_kind, kind and sum(self._kind) == 1,
            any(self._kind) and not kind,
        ]  # fmt: skip

    def _nearness(self, number: int) -> list[float]:
        one, noun, last, far = self._referents[number], self._noun, self._last[number], self._far[number]
        person, body = one.sort == "person", one.sort == "body"
        rank, own = self._rank[number], self._own_rank[number]
        near = self._reading.doc[last] if last >= 0 else None
        subject = near is not None and near.dep_ in SUBJECTS
        joined = near is not None and any(t.pos_ in {"PROPN", "NOUN"} for t in near.conjuncts)
        part = near.dep_ if near is not None and not far else ""  # in the mention's own sentence
        blocks = abs(self._block - self._reading.block(near)) if near is not None else FAR
        unmatched = not own and not any(self._match)
        main = person and one.often == self._most
        return [
            far == 0, far == 1, far == 2, far in {3, 4}, 4 < far < FAR, far == FAR and last >= 0, last < 0, far / FAR,
            rank == 0, rank == 1, rank >= 4, own == 0, own == 1, own >= 3, math.log1p(own),
            math.log1p(len(one.mentions)), len(one.mentions) == 1,
            subject, subject and far <= 1, blocks == 0, blocks == 1, blocks > 3,
            body and noun.firm and not own, body and noun.body and not own, person and noun.role and not own,
            person and noun.role and unmatched, body and noun.body and unmatched, body and subject and unmatched,
            person and not any(self._match) and self._count["person"] == 1,
            person and noun.only_who and not own, person and noun.only_who and far <= NEAR and self._near_persons == 1,
            body and not any(self._match) and far <= NEAR and self._near_bodies == 1,
            one.titled, main and self._most > 1, person and self._most > 0 and one.often / self._most,
            main and not any(self._match),
            joined, joined and subject, subject and far == 0, subject and far == 1,
            part == "pobj", part == "dobj", near is not None and self._reading.quoted(near), rank == 0 and subject,
        ]  # fmt: skip

    def _speech(self, number: int) -> list[float]:
        one, noun, asking, last = self._referents[number], self._noun, self._asking, self._last[number]
        near = self._reading.doc[last] if last >= 0 else None
        person, body = one.sort == "person", one.sort == "body"
        spoke = asking.speaker == one.key
        since = self._since(asking.last) if spoke and asking.last is not None else FAR
        blocks = abs(self._block - self._reading.block(near)) if near is not None else FAR
        return [
            one.spoken, spoke, spoke and since <= 1, spoke and self._match[number],
            near is not None and any(near.idx in span for span in asking.content),
            spoke and person and noun.role, spoke and body and noun.body, one.spoken and body and noun.body,
            one.spoken and person and noun.role,
            spoke and blocks == 0, spoke and blocks == 1, spoke and near is not None and near.dep_ in SUBJECTS,
        ]  # fmt: skip

    def nobody(self) -> list[float]:
        """What speaks for somebody new."""
        noun, asking = self._noun, self._asking
        return [
            noun.pronoun, 1, any(self._match), any(self._fit), noun.first == "the", noun.first in {"this", "that"},
            noun.first not in {"the", "this", "that"} and not noun.pronoun, bool(noun.modifiers), noun.of,
            noun.relative, noun.behind,
            noun.body, noun.role, noun.person and not noun.role, not noun.person and not noun.body, noun.firm,
            asking.one_before, asking.one_before and not any(self._match), asking.several_before, noun.former,
            noun.text, any(self._stem), any(self._title), any(self._again), any(self._kind), sum(self._kind) > 1,
            self._count["person"] > 0, self._count["body"] > 0, self._block <= 1, bool(noun.types),
            bool(noun.names), bool(noun.called), bool(noun.owners), noun.serves, bool(noun.told),
            noun.ages is not None, noun.only_who, len(self._referents) == 1, len(self._referents) in {2, 3},
            math.log1p(len(self._referents)), self._alike[:, 1].max(initial=0),
        ]  # fmt: skip


class Weighed:
    """A ranking by weights; holds no state."""

    def __init__(self, weights: Weights) -> None:
        """``weights``: as learned."""
        self._weights = weights

    def chances(self, reading: Reading, asking: Asking, referents: Sequence[Referent]) -> Floats:
        """See ``Ranking``."""
        if not referents:
            return np.ones(1)
        return self._weights.chances(facts(reading, asking, referents))


@cache
def load() -> Weighed:
    """The ranking that ships with Onrecord, loaded once; raises ``ModelUnavailable``."""
    return Weighed(published(FILE))
