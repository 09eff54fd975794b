"""How likely *he* or *she* is each of those who may be meant: learned from annotated articles, not listed.

Whoever may be meant is told by numbers: how far away, in which part of the sentence and how often somebody is named,
who spoke last, whose words the pronoun stands in. A small network weighs them, and nobody of these is one of the
answers. ``training.mentions`` makes the weights and shares this module.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, Protocol

import numpy as np
from spacy.tokens import Token

from onrecord.analysis.phrases import Reading
from onrecord.analysis.speakers.ranking import Floats, Weights, published
from onrecord.article import Span

FILE: Final = "mentions.npz"

Key = tuple[Literal["person", "entry", "noun"], int]  # index of the person, of the entry, or of the token

COLUMNS: Final = 73  # of the facts; the last three are for nobody
FARTHEST: Final = 8  # sentences back, beyond which nobody is meant
DEEPEST: Final = 50  # steps up a sentence's tree; no sentence of an article is as deep
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_INSIDE: Final = frozenset({"compound", "appos", "flat"})
_ROLES: Final = ("main", "subject", "object", "oblique", "owner", "other")
_GOES_ON: Final = frozenset({"add", "continue", "go", "conclude"})  # *he added*: of whoever spoke before


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may be meant. Gender and animacy fit, or are not known."""

    key: Key
    name: str = ""  # a person's, in full
    mentions: Sequence[Token]  # the last word of each before the pronoun and not too far, in order; pronouns too
    known: bool = False  # the gender is known
    leaning: float = 0.0  # how likely the spelling of the given name says the other gender, above one half
    often: int = 0  # how often the article has named him before
    spoken: bool = False  # has said something before
    titled: bool = False  # is named in the headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A pronoun, and what was going on when it was used."""

    pronoun: Token
    content: tuple[Span, ...] = ()  # what its person says
    speaker: int | None = None  # which of the candidates spoke last
    last: int | None = None  # the token at which somebody spoke last
    since: int | None = None  # sentences ago
    together: bool = False  # and in the same block


class Ranking(Protocol):
    """What decides among candidates."""

    def chances(self, reading: Reading, asking: Asking, candidates: Sequence[Candidate]) -> Floats:
        """The chance of each of the candidates, and last of nobody of them; they add up to 1."""
        ...


def facts(reading: Reading, asking: Asking, candidates: Sequence[Candidate]) -> Floats:
    """One row for each of the candidates, and a last one for nobody of them."""
    near = [_foremost(reading, asking.pronoun, one.mentions) for one in candidates]
    nearest = sorted((token.i for token in near), reverse=True)
    subjects = [max((t.i for t in one.mentions if _role(t) in {"main", "subject"}), default=-1) for one in candidates]
    scene = _Scene(reading, asking, subjects)
    made = np.zeros((len(candidates) + 1, COLUMNS))
    rows = (
        scene.row(one, near[number], nearest.index(near[number].i), at, at == max(subjects), number == asking.speaker)
        for number, (one, at) in enumerate(zip(candidates, subjects, strict=True))
    )
    for number, row in enumerate(rows):
        made[number, : len(row)] = row
    made[-1, -3:] = len(candidates) == 1, len(candidates) > 4, 1
    return made


class _Scene:
    """The sentence of a pronoun."""

    def __init__(self, reading: Reading, asking: Asking, subjects: Sequence[int]) -> None:
        self._reading, self._asking, pronoun = reading, asking, asking.pronoun
        self._pronoun, self._block = pronoun, reading.block(pronoun)
        start = pronoun.sent.start
        self._goes_on = pronoun.head.lemma_ in _GOES_ON and pronoun.dep_ in _SUBJECTS
        self._opens = pronoun.i - start <= 1
        self._begins = self._opens and (not start or reading.block(pronoun.doc[start - 1]) != self._block)
        self._owns = pronoun.dep_ == "poss"
        self._says = bool(asking.content)
        self._behind = bool(asking.content) and asking.content[0].start < pronoun.idx
        self._above = {t.i for t in itertools.islice(pronoun.ancestors, DEEPEST)}
        self._interrupted = any(self._acts(at) for at in subjects)

    def _since(self, at: int) -> int:
        since = self._reading.sentences.since(at, self._pronoun.i)
        return FARTHEST if since is None else min(since, FARTHEST)

    def _acts(self, subject: int) -> bool:
        """Whether somebody does something between the last words of a paragraph and these: *Bell shook her head*."""
        last = self._asking.last
        if subject < 0 or last is None or not self._says:
            return False
        doer = self._pronoun.doc[subject]
        fresh = doer.sent.start > last and doer.sent != self._pronoun.sent
        said = any(doer.idx in span for span in self._asking.content)
        return fresh and not said and self._reading.block(doer) == self._block and not self._reading.quoted(doer)

    def row(self, one: Candidate, near: Token, rank: int, subject: int, latest: bool, spoke: bool) -> list[float]:
        """What is known of one: his mention ``near``, ``rank`` by nearness, and where he was the ``latest`` subject."""
        reading = self._reading
        far, role = self._since(near.i), _role(near)
        sub = FARTHEST if subject < 0 else self._since(subject)
        blocks = abs(self._block - reading.block(near))
        own = [any(t.idx in span for span in self._asking.content) for t in one.mentions]
        here = reading.quotation_of(self._pronoun)
        quoted = [reading.quotation_of(t) not in {-1, here} for t in one.mentions]
        top = _top(near)
        within = far == 0 and top.dep_ in _SUBJECTS and top.head.i in self._above and top.head != self._pronoun.head
        since, opens, begins = self._asking.since, self._opens, self._begins
        again = near.pos_ == "PRON"
        spoke = spoke and (self._says or not self._owns)  # who spoke last bears little on *her head*
        row: list[float] = [
            far == 0, far == 1, far == 2, far == 3, far >= 4, far / FARTHEST,
            *(role == kind for kind in _ROLES),
            sub == 0, sub == 1, sub == 2, 3 <= sub < FARTHEST, sub / FARTHEST,
            rank == 0, rank == 1, rank >= 2, rank / 4,
            latest and subject >= 0, math.log1p(len(one.mentions)), math.log1p(one.often),
            one.spoken, spoke, spoke and since == 0, spoke and since == 1, spoke and (since or 0) > 2,
            spoke and self._asking.together, spoke and self._goes_on, spoke and opens, spoke and begins,
            spoke and self._behind, spoke and self._says, spoke and latest,
            self._acts(subject), spoke and self._interrupted,
            latest and self._says and not spoke, latest and self._says and not spoke and sub <= 1,
            one.titled, one.known, one.leaning,
            quoted[-1], all(quoted), own[-1], all(own), own[-1] and not reading.quoted(near),
            again, again and far <= 1, again and role == "main",
            within, within and self._owns, far == 0 and top.head == self._pronoun.head,
            self._owns and far == 0 and role == "main", self._owns and far == 0,
            one.key[0] == "entry", one.key[0] == "noun",
            blocks == 0, blocks == 1, blocks >= 2,
            opens and far == 0, opens and far == 1 and role == "main", begins and far == 1, begins and role == "main",
            self._behind and far == 0, self._behind and far == 1, self._behind and blocks == 1 and role == "main",
            near.left_edge.i < near.i and near.left_edge.pos_ in {"PROPN", "NOUN"},
            near.left_edge.i == near.sent.start,
        ]  # fmt: skip
        return row


def _foremost(reading: Reading, pronoun: Token, mentions: Sequence[Token]) -> Token:
    """The most prominent mention of the last one's sentence: *Bell*, and not *her*, of *Bell shook her head*."""
    last = reading.sentences.since(mentions[-1].i, pronoun.i)
    same = itertools.takewhile(lambda t: reading.sentences.since(t.i, pronoun.i) == last, reversed(mentions))
    return min(same, key=lambda t: _ROLES.index(_role(t)))


def _top(name: Token) -> Token:
    for _ in range(DEEPEST):
        if name.dep_ not in _INSIDE or name.head.i == name.i:
            break
        name = name.head
    return name


def _role(name: Token) -> str:
    """The part of a name in its sentence, one of ``_ROLES``."""
    top = name
    for _ in range(DEEPEST):
        if top.dep_ not in _INSIDE | {"conj"} or top.head.i == top.i:
            break
        top = top.head
    if top.dep_ in _SUBJECTS:
        verb = top.head.head if top.head.dep_ == "conj" else top.head
        return "main" if verb.dep_ == "ROOT" else "subject"
    if top.dep_ in {"dobj", "dative", "attr", "oprd"}:
        return "object"
    if top.dep_ in {"pobj", "agent"}:
        return "oblique"
    return "owner" if top.dep_ == "poss" else "other"


class Weighed:
    """A ranking by weights; holds no state."""

    def __init__(self, weights: Weights) -> None:
        """``weights``: as learned."""
        self._weights = weights

    def chances(self, reading: Reading, asking: Asking, candidates: Sequence[Candidate]) -> Floats:
        """See ``Ranking``."""
        if not candidates:
            return np.ones(1)
        return self._weights.chances(facts(reading, asking, candidates))


@cache
def load() -> Weighed:
    """The ranking that ships with Onrecord, loaded once; raises ``ModelUnavailable``."""
    return Weighed(published(FILE))
