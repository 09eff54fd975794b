"""Interviews: who is asked, where the answers bear no name."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from onrecord.analysis.names.people import Names
from onrecord.analysis.phrases import Reading, phrase_of
from onrecord.article import Span

# Verbs of a lead whose subject, or whose object, is who is asked.
_ANSWERS: Final = frozenset({"speak", "talk", "tell", "answer", "discuss", "explain", "join", "sit", "chat", "meet"})
_HE: Final = frozenset({"he", "she", "they"})
_ASKED: Final = frozenset({"interview", "ask", "meet", "join", "to", "with", "by"})


def interviewee(reading: Reading, before: int) -> Span | None:
    """Who is asked, by the words before offset ``before``: the one person whom they name, or of whom they say so."""
    names = Names(reading.doc)
    named = [
        (index, at)
        for at, person in enumerate(names.people)
        for index in person.tokens
        if reading.doc[index].idx < before
    ]
    people = {at for _, at in named}
    if len(people) > 1:
        people = {at for index, at in named if _is_asked(reading.doc[index])} or _by_pronoun(reading, named, before)
    if len(people) != 1:
        return None
    full = [index for index, at in named if at in people]
    return max(
        (phrase_of(reading, reading.doc[index]) for index in full), key=lambda span: (min(len(span), 60), -span.start)
    )


def _is_asked(name: Token) -> bool:
    top = name
    while top.dep_ in {"appos", "compound"} and top.head.i != top.i:
        top = top.head
    if top.dep_ in {"nsubj", "nsubjpass"}:
        return top.head.lemma_ in _ANSWERS
    return top.dep_ in {"dobj", "pobj"} and top.head.lemma_.lower() in _ASKED and _about_talk(top.head)


def _by_pronoun(reading: Reading, named: list[tuple[int, int]], before: int) -> set[int]:
    """Whoever was the subject last where *he spoke to the Gazette*: the person's number, if there is one."""
    spoke = [
        token.i
        for token in reading.doc
        if token.idx < before and token.lower_ in _HE and token.dep_ == "nsubj" and token.head.lemma_ in _ANSWERS
    ]
    subjects = [
        at for index, at in named if spoke and index < spoke[0] and reading.doc[index].dep_ in {"nsubj", "nsubjpass"}
    ]
    return set(subjects[-1:])


def _about_talk(word: Token) -> bool:
    return word.pos_ == "VERB" or word.head.lemma_ in _ANSWERS | _ASKED
