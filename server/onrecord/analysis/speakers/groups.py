"""Groups and joint persons: who *they* and *it* are, and whom *both*, *the two men* mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from spacy.tokens import Token

from onrecord.analysis import lexicons
from onrecord.analysis.names.animacy import is_body, may_be_person
from onrecord.analysis.phrases import SUBJECTS, Reading, phrase_of
from onrecord.analysis.speakers.bodies import NEAREST_BODY, Bodies
from onrecord.analysis.speakers.nominals import FARTHEST_ANTECEDENT
from onrecord.analysis.speakers.nouns import one_person
from onrecord.analysis.speakers.roll import Roll
from onrecord.article import Span

# A group's sentences before *they* are looked for among so many tokens at most.
FARTHEST_TOKEN = 2_000

# How often the speaker of *they* and *it* is right, measured on 104 annotated articles. Names and nouns keep theirs.
AS_A_GROUP = 0.63


class Resolver(Protocol):
    """The register, which asks who a group is and is asked in turn who its members are."""

    def resolve(self, mention: Span) -> int | None:
        """The index of the entry that ``mention`` stands for."""

    def noun(self, head: Token, mention: Span, tokens: list[Token]) -> int | None:
        """The index of the entry that a noun stands for; ``mention`` and ``tokens`` are its phrase."""


class Groups:
    """The groups of an article; each is given as the index of its entry, or None.

    The register is handed to each question, not kept: what holds each other keeps the article in memory.
    """

    def __init__(self, reading: Reading, roll: Roll, bodies: Bodies) -> None:
        self._reading, self._doc, self._roll, self._bodies = reading, reading.doc, roll, bodies
        self._since = reading.sentences.since

    def _before(self, pronoun: Token, sentences: int) -> Iterator[Token]:
        """The tokens of the sentences before a pronoun that may be meant by it, the last first."""
        for at in range(pronoun.i - 1, max(-1, pronoun.i - FARTHEST_TOKEN), -1):
            since = self._since(at, pronoun.i)
            if since is not None and since > sentences:
                return
            if since is not None:
                yield self._doc[at]

    def meant(self, pronoun: Token, register: Resolver, *, plural: bool) -> int | None:
        """Who *they* (``plural``) or *it* is: who has spoken right before, or whom the sentence before is about."""
        for at in range(len(self._roll.entries) - 1, -1, -1):
            entry = self._roll.entries[at]
            fits = (
                (entry.plural or entry.proper)
                if plural
                else (entry.proper or (entry.person is None and not entry.plural and not one_person(entry.head)))
            )
            near = entry.before(pronoun.idx) if fits else None
            if near is not None:
                tokens = self._reading.tokens(near)
                since = self._since(tokens[-1].i, pronoun.i) if tokens else None
                if since is not None and 0 <= since <= FARTHEST_ANTECEDENT // 2:
                    return at
        before = [token for token in self._before(pronoun, 1) if token.dep_ in {"nsubj", "nsubjpass"}]
        for token in before:
            if plural and (both := self._several(token, register)) is not None:
                return both
            if plural and token.tag_ in {"NNS", "NNPS"} and (may_be_person(token) or is_body(token)):
                return register.noun(
                    token, phrase_of(self._reading, token), self._reading.tokens(phrase_of(self._reading, token))
                )
            if not plural and token.ent_type_ in {"ORG", "GPE"}:
                phrase = phrase_of(self._reading, token)
                return self._bodies.enter(token, phrase, self._reading.tokens(phrase))
            if not plural and token.lower_ in lexicons.words("sources", "singular_bodies", "heads"):
                phrase = phrase_of(self._reading, token)
                return register.noun(token, phrase, self._reading.tokens(phrase))
        return self._body_as_people(pronoun) if plural else None

    def _body_as_people(self, pronoun: Token) -> int | None:
        """The body that has just spoken and goes on as *they*: *The school denied it. … They also said …*."""
        for at in range(len(self._roll.entries) - 1, -1, -1):
            entry = self._roll.entries[at]
            near = entry.before(pronoun.idx)
            if near is None or entry.person is not None:
                continue
            since = self._since(self._reading.tokens(near)[-1].i, pronoun.i)
            if is_body(entry.head) and since is not None and 0 <= since <= NEAREST_BODY + 1:
                return at
        return None

    def both(self, head: Token, register: Resolver) -> int | None:
        """Whom *both sides*, *the two men* mean: two who did something together right before."""
        for token in self._before(head, NEAREST_BODY):
            if token.dep_ in SUBJECTS and len(token.conjuncts) == 1:
                return self._several(token, register)
        return None

    def _several(self, subject: Token, register: Resolver) -> int | None:
        """The entry of those who do something together: *Mark and Ellen Bell lost their home*; None for one alone."""
        others = [t for t in subject.conjuncts if t.pos_ in {"PROPN", "NOUN"}]
        if not others or any(t.lower_ == "or" for t in subject.children):
            return None
        if not all(may_be_person(t) or is_body(t) or t.ent_type_ in {"ORG", "NORP"} for t in (subject, *others)):
            return None
        return register.resolve(self._reading.noun_phrase(subject))
