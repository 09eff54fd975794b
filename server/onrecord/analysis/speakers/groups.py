"""Joint persons: whom *both*, *the two men* mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from spacy.tokens import Token

from onrecord.analysis.names.animacy import is_body, may_be_person
from onrecord.analysis.phrases import SUBJECTS, Reading
from onrecord.article import Span

FARTHEST: Final = 2  # sentences between two names and *both*
FARTHEST_TOKEN: Final = 2_000  # and so many tokens


class Resolver(Protocol):
    """The register, which asks who a group is and is asked in turn who its members are."""

    def resolve(self, mention: Span) -> int | None:
        """The index of the entry that ``mention`` stands for."""


class Groups:
    """The groups of an article; each is given as the index of its entry, or None.

    The register is handed to each question, not kept: what holds each other keeps the article in memory.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading, self._doc = reading, reading.doc
        self._since = reading.sentences.since

    def _before(self, head: Token) -> Iterator[Token]:
        """The tokens of the sentences before a noun that may be meant by it, the last first."""
        for at in range(head.i - 1, max(-1, head.i - FARTHEST_TOKEN), -1):
            since = self._since(at, head.i)
            if since is not None and since > FARTHEST:
                return
            if since is not None:
                yield self._doc[at]

    def both(self, head: Token, register: Resolver) -> int | None:
        """Whom *both sides*, *the two men* mean: two who did something together right before."""
        for token in self._before(head):
            if token.dep_ in SUBJECTS and len(token.conjuncts) == 1:
                return self._several(token, register)
        return None

    def _several(self, subject: Token, register: Resolver) -> int | None:
        """The entry of those who do something together: *Mark and Ellen Bell lost their home*; None for one alone."""
        return register.resolve(self._reading.noun_phrase(subject)) if self.joint(subject) else None

    @staticmethod
    def joint(subject: Token) -> bool:
        """Whether a noun or name is the first of several who do something together."""
        others = [t for t in subject.conjuncts if t.pos_ in {"PROPN", "NOUN"}]
        if not others or any(t.lower_ == "or" for t in subject.children):
            return False
        return all(may_be_person(t) or is_body(t) or t.ent_type_ in {"ORG", "NORP"} for t in (subject, *others))
