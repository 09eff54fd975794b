"""Statements that a noun reports, where the tagger is silent: *the story goes*, *the airline's excuse is that …*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from spacy.tokens import Token

from onrecord.analysis.cues import lexicon
from onrecord.analysis.phrases import FINITE, REACH, RELATIVE, Reading
from onrecord.analysis.quotes.drafts import Draft
from onrecord.analysis.quotes.statements import has_that, is_put, words_for_words

# How sure a report by the parse alone is.
BY_SYNTAX: Final = 0.5

# What *goes* when something is told: *so the story goes*.
_TOLD: Final = frozenset(
    {"story", "reasoning", "argument", "theory", "thinking", "legend", "joke", "saying", "tale", "logic"}
)


def told(reading: Reading, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Those of the whole text; ``drafts`` are what is known already."""
    cues = {token.i for draft in drafts for token in draft.cue}
    yield from _around(reading)
    yield from _by_its_noun(reading, cues)
    yield from _put_in(reading, cues)
    yield from _in_the_words_of(reading, cues)


def _by_its_noun(reading: Reading, cues: set[int]) -> Iterator[Draft]:
    """*The airline's excuse has been that its pilots were ill*."""
    for verb in reading.doc:
        if verb.lemma_ != "be" or verb.i in cues or reading.quoted(verb):
            continue
        noun = next((t for t in verb.lefts if t.dep_ == "nsubj"), None)
        if noun is None or noun.i in cues or noun.lemma_.lower() not in words_for_words():
            continue
        whose = next((t for t in noun.lefts if t.dep_ == "poss" and t.pos_ != "PRON"), None)
        clause = next((t for t in verb.rights if t.dep_ == "ccomp" and has_that(t)), None)
        if whose is None or clause is None or any(t.dep_ == "neg" for t in verb.children):
            continue
        content = reading.span([t for t in clause.subtree if t.dep_ != "mark" or t.head != clause])
        if content is not None:
            yield Draft((noun, verb), reading.noun_phrase(whose), [content], BY_SYNTAX)


def _around(reading: Reading) -> Iterator[Draft]:
    """*The village, the story goes, would have stayed dry*: what is told, by nobody who is named."""
    for verb in reading.doc:
        if verb.lemma_ != "go" or verb.tag_ not in {"VBZ", "VBD"} or reading.quoted(verb):
            continue
        noun = next((t for t in verb.lefts if t.dep_ == "nsubj" and t.lemma_.lower() in _TOLD), None)
        if noun is None or noun.i != verb.i - 1 or any(not t.is_punct for t in verb.rights):
            continue
        sentence = verb.sent
        if len(sentence) > REACH:
            continue
        first = noun.left_edge.i
        while first > sentence.start and reading.doc[first - 1].lower_ in {"so", "or", "as", ","}:
            first -= 1
        before = [t for t in reading.doc[sentence.start : first] if not t.is_space]
        behind = [t for t in reading.doc[verb.i + 1 : sentence.end] if not t.is_space]
        spans = [span for part in (before, behind) if (span := reading.span(part)) is not None]
        if before and spans and not any(map(reading.quoted, before + behind)):
            yield Draft((verb,), None, spans, BY_SYNTAX, surely_reported=True, by_nobody=True)


def _put_in(reading: Reading, cues: set[int]) -> Iterator[Draft]:
    """*A tunnel which local radio reports runs for miles*: the parser takes the verb of saying for a noun.

    It shows: the verb behind it has two subjects then, or one that is a verb.
    """
    for verb in reading.doc:
        if verb.tag_ not in FINITE or verb.i in cues or reading.quoted(verb) or verb.i < 3:
            continue
        cue = verb.nbor(-1)
        if cue.dep_ != "nsubj" or cue.head != verb or cue.i in cues or not lexicon().has("clause", cue):
            continue
        relative = any(t.dep_ == "nsubj" and t.lower_ in RELATIVE and t.i < cue.left_edge.i for t in verb.lefts)
        who = next((t for t in reversed(list(cue.lefts)) if t.pos_ in {"NOUN", "PROPN"}), None)
        if who is None or not (relative or (cue.tag_ in FINITE and who.dep_ == "nsubj")):
            continue
        content = reading.span(reading.doc[verb.i : verb.right_edge.i + 1])
        mention = reading.span(reading.doc[cue.left_edge.i : cue.i])
        if content is not None and mention is not None:
            yield Draft((cue,), mention, [content], BY_SYNTAX, surely_reported=True)


def _in_the_words_of(reading: Reading, cues: set[int]) -> Iterator[Draft]:
    """*In the words of Anna Bell, the town is lost*, *The town is lost, as Anna Bell put it*, without marks."""
    for token in reading.doc:
        who: Token | None = None
        if token.lower_ == "words" and token.dep_ == "pobj" and token.head.lower_ == "in" and token.i not in cues:
            of = next((t for t in token.rights if t.lower_ == "of"), None)
            who = next((t for t in of.children if t.dep_ == "pobj"), None) if of is not None else None
            cue = tuple(reading.doc[token.head.i : of.i + 1]) if of is not None else ()
        elif is_put(token) and token.i not in cues:
            who, cue = next((t for t in token.lefts if t.dep_ == "nsubj"), None), (token,)
        if who is None or len(token.sent) > REACH or any(map(reading.quoted, token.sent)):
            continue
        top = token.head if token.lower_ == "words" else token
        outside = [t for t in token.sent if t.i < top.left_edge.i or t.i > top.right_edge.i]
        sides = [[t for t in outside if t.i < top.i], [t for t in outside if t.i > top.i]]
        spans = [span for side in sides if (span := reading.span(t for t in side if not t.is_punct)) is not None]
        if len(spans) == 1 and any(t.tag_ in FINITE for t in outside):
            mention = reading.noun_phrase(who, without=cue)
            yield Draft(cue, mention, spans, BY_SYNTAX, surely_reported=True)
