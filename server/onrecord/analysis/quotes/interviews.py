"""Interviews: who is asked, where the answers bear no name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from onrecord.analysis.names.genders import Gender
from onrecord.analysis.names.people import Names
from onrecord.analysis.phrases import Reading, phrase_of
from onrecord.article import Span

# Verbs of a lead whose subject, or whose object, is who is asked.
_ANSWERS: Final = frozenset({"speak", "talk", "tell", "answer", "discuss", "explain", "join", "sit", "chat", "meet"})
_PRONOUNS: Final[dict[str, Gender | None]] = {
    "he": "male", "him": "male", "she": "female", "her": "female", "they": None, "them": None,
}  # fmt: skip
_ASKED: Final = frozenset({"interview", "ask", "meet", "join", "to", "with", "by", "of"})
_INTERVIEW: Final = frozenset({"interview", "interviewed", "interviews", "conversation"})
_OPENS: Final = frozenset({":", "on", "about"})  # *Anna Bell on forty years at the lighthouse*
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})

# Who is named so many times as often as anybody else is whom an interview is with.
MORE_OFTEN: Final = 2

LONGEST: Final = 60  # characters of a mention; a longer one is no fuller


def interviewee(reading: Reading, before: int) -> Span | None:
    """Who is asked, by the words before offset ``before``; None where they name nobody, or more than one alike.

    The clearest sign decides: who opens a title that speaks of an interview, whom the words say to be asked, a pronoun
    of whom they say so, who opens a title; then who alone is named in it, or more often than all others.
    """
    lead = _Lead(reading, before)
    asked = lead.asked()
    if len(asked) > 1 and not asked & lead.named_most():
        return None  # two are asked, and nothing says who answers
    signs = (lead.opening(of_an_interview=True), asked, lead.by_pronoun(), lead.opening(), lead.titled())
    who = next((people for people in signs if len(people) == 1), lead.named_most())
    return lead.mention(next(iter(who))) if who else None


class _Lead:
    """What stands before the first question."""

    def __init__(self, reading: Reading, before: int) -> None:
        self._reading = reading
        self._names = Names(reading.doc)
        self._words = [token for token in reading.doc if token.idx < before and not token.is_space]
        self._named = sorted(
            (index, at)
            for at, person in enumerate(self._names.people)
            for index in person.tokens
            if reading.doc[index].idx < before and not self._is_a_credit(reading.doc[index])
        )

    def _is_a_credit(self, name: Token) -> bool:
        """Whether a name ends its block behind a colon or begins it behind *By*: *Image: Anna Bell*, *By Tom Ward*."""
        first, block = self._first(name), self._reading.block(name)
        if first.i > 0 and first.nbor(-1).lower_ == "by" and first.nbor(-1).idx == self._begins(name):
            return True
        behind = [t for t in name.doc[name.i + 1 : name.i + 4] if not t.is_space and not t.is_punct]
        ends = not behind or self._reading.block(behind[0]) != block
        return first.i > 0 and first.nbor(-1).text == ":" and self._reading.block(first.nbor(-1)) == block and ends

    def _first(self, name: Token) -> Token:
        """The first word of the name that ends in ``name``."""
        own, first = self._names.of(name), name
        while first.i > 0 and first.nbor(-1).idx >= self._begins(name) and self._names.of(first.nbor(-1)) == own:
            first = first.nbor(-1)
        return first

    def _begins(self, token: Token) -> int:
        return self._reading.article.block_spans[self._reading.block(token)].start

    def opening(self, *, of_an_interview: bool = False) -> set[int]:
        """Who opens a title: *Anna Bell on …*, *Anna Bell: …*; if ``of_an_interview``, one that has such a word."""
        found = set()
        for index, at in self._named:
            name = self._reading.doc[index]
            opens = self._first(name).idx == self._begins(name) or self._behind_a_colon(self._first(name))
            after = name.nbor(1).lower_ if index + 1 < len(name.doc) else ""
            words = {token.lower_ for token in self._block(name)}
            if opens and after in _OPENS and (not of_an_interview or words & _INTERVIEW):
                found.add(at)
        return found

    @staticmethod
    def _behind_a_colon(token: Token) -> bool:
        return token.i > 0 and token.nbor(-1).text == ":"

    def _block(self, token: Token) -> Iterator[Token]:
        block = self._reading.block(token)
        return (other for other in self._words if self._reading.block(other) == block)

    def asked(self) -> set[int]:
        """Of whom it is said that they are asked, or that they answer."""
        return {at for index, at in self._named if self._is_asked(self._reading.doc[index])}

    def _is_asked(self, name: Token) -> bool:
        top = name
        while top.dep_ in {"appos", "compound", "conj"} and top.head.i != top.i:
            top = top.head
        described = [t for t in name.doc[top.left_edge.i : self._first(name).i] if t.lower_ in _INTERVIEW]
        if described:  # *The Gazette interviews Anna Bell*, read as one noun
            return True
        if top.dep_ in _SUBJECTS:
            return top.head.lemma_ in _ANSWERS or (top.dep_ == "nsubjpass" and top.head.lemma_ == "interview")
        return top.dep_ in {"dobj", "pobj"} and top.head.lemma_.lower() in _ASKED and _about_talk(top.head)

    def by_pronoun(self) -> set[int]:
        """Whoever was named as a subject last where *he spoke to the Gazette* or *the Gazette interviewed him*."""
        spoke = next((token for token in self._words if token.lower_ in _PRONOUNS and _talks(token)), None)
        before = [] if spoke is None else [at for index, at in self._named if self._may_be(index, at, spoke)]
        return set(before[-1:])

    def _may_be(self, index: int, at: int, pronoun: Token) -> bool:
        name, gender, other = self._reading.doc[index], self._names.people[at].gender, _PRONOUNS[pronoun.lower_]
        if gender is not None and other is not None and gender != other:
            return False
        return index < pronoun.i and name.dep_ in _SUBJECTS and name.head != pronoun.head

    def titled(self) -> set[int]:
        """Who is named in the first block."""
        return {at for index, at in self._named if self._reading.block(self._reading.doc[index]) == 0}

    def named_most(self) -> set[int]:
        """Who alone is named, or more often than all others."""
        counts = Counter(at for _, at in self._named).most_common(2)
        clear = counts[:1] and (len(counts) == 1 or counts[0][1] >= MORE_OFTEN * counts[1][1])
        return {counts[0][0]} if clear else set()

    def mention(self, who: int) -> Span:
        """The fullest words for somebody: the phrase around his name, from the name on where it is part of another."""
        found = []
        for index, at in self._named:
            if at != who:
                continue
            name = self._reading.doc[index]
            first = self._first(name)
            last = name
            while last.i + 1 < len(last.doc) and not last.whitespace_ and "-" in {last.text, last.nbor(1).text}:
                last = last.nbor(1)  # *Ann Hart-Bell*, of which a half may be read as another name
            bare = Span(first.idx, last.idx + len(last.text))
            phrase = phrase_of(self._reading, name)
            tokens = self._reading.tokens(phrase)
            other = any(t.lower_ in _INTERVIEW or t.text == ":" or t.dep_ == "conj" for t in tokens)
            found.append(bare if other or name.dep_ == "compound" or first not in tokens else phrase)
        return max(found, key=lambda span: (min(len(span), LONGEST), -span.start))


def _talks(pronoun: Token) -> bool:
    if pronoun.dep_ in _SUBJECTS:
        return pronoun.head.lemma_ in _ANSWERS or (pronoun.dep_ == "nsubjpass" and pronoun.head.lemma_ == "interview")
    if pronoun.dep_ == "pobj":
        return pronoun.head.lower_ in {"to", "with"} and pronoun.head.head.lemma_ in _ANSWERS
    return pronoun.dep_ == "dobj" and pronoun.head.lemma_ == "interview"


def _about_talk(word: Token) -> bool:
    return word.pos_ == "VERB" or word.head.lemma_.lower() in _ANSWERS | _ASKED | _INTERVIEW
