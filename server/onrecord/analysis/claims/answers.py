"""Answers of a side that neither deny nor call anything untrue: *defended the record*, *pushed back against the story*.

Each answers what the article has just told, or the proposition that hangs on its own object.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from onrecord.analysis.claims import lexicon
from onrecord.analysis.claims.found import Found, Reference, between, text_span
from onrecord.analysis.claims.nouns import hung
from onrecord.analysis.claims.parties import Parties
from onrecord.analysis.claims.voice import asserted
from onrecord.analysis.phrases import Reading, passive, subject

_AGAINST = frozenset({"against", "at", "on"})
_THIS = frozenset({"this", "that", "these", "those"})


def answers(
    reading: Reading, parties: Parties, tokens: Iterable[Token], nouns: Iterable[Token]
) -> Iterator[Found | Reference]:
    """Every answer whose word is a verb of ``tokens``, or that is said of *that argument* or *any part in it*."""
    for token in tokens:
        if token.lower_ == "back":
            found = _pushed_back(reading, parties, token)
        elif token.lemma_.lower() == "defend":
            found = _defends(reading, parties, token)
        else:
            found = _no_part(parties, token)
        if found is not None:
            yield found
    for noun in nouns:
        found = _fails(parties, noun)
        if found is not None:
            yield found


def _defends(reading: Reading, parties: Parties, verb: Token) -> Found | Reference | None:
    """*Its boss has defended the record of its engineers*; *defended himself against a report that he had lied*."""
    if verb.pos_ != "VERB" or passive(verb) or not asserted(reading, verb):
        return None
    who = subject(verb)
    if who is None or not any(child.dep_ == "dobj" for child in verb.children):
        return None
    told = _told(verb, "against")
    if told is not None:
        return hung(
            reading, told, "disputed", evidence=(text_span(verb),), by=parties.source(who), who=who, also=("denied",)
        )
    return Reference(
        status="disputed",
        also=("denied",),
        evidence=(text_span(verb),),
        position=verb.idx,
        by=parties.source(who),
        who=who,
        defends=True,
        confidence=0.6,
    )


def _told(verb: Token, *prepositions: str) -> Token | None:
    """The noun of saying behind one of ``prepositions``."""
    for mark in verb.children:
        if mark.dep_ == "prep" and mark.lower_ in prepositions and mark.i > verb.i:
            for noun in mark.children:
                if noun.dep_ == "pobj" and noun.lemma_.lower() in lexicon.nouns():
                    return noun
    return None


def _pushed_back(reading: Reading, parties: Parties, back: Token) -> Found | Reference | None:
    """*The union pushed back against the story*, *hit back at claims that …*."""
    verb = back.head
    if back.dep_ not in {"advmod", "prt"} or verb.pos_ != "VERB" or not asserted(reading, verb):
        return None
    noun = _told(verb, *_AGAINST) or _told(back, *_AGAINST)
    if noun is None or verb.i > back.i:
        return None
    who = subject(verb)
    return hung(
        reading, noun, "disputed", evidence=(between(verb, back),), by=parties.source(who), who=who, also=("denied",)
    )


def _no_part(parties: Parties, verb: Token) -> Reference | None:
    """*The brewery said the strike had no part in it*, *there was no theft*: against what another has just said."""
    part = next((c for c in verb.children if c.dep_ in {"dobj", "attr"} and c.i > verb.i), None)
    if part is None:
        return None
    there = verb.lemma_ == "be" and any(c.dep_ == "expl" for c in verb.children)
    if there and not lexicon.wrong([part]):
        return None
    if not there and (verb.lemma_ == "be" or part.lemma_.lower() not in lexicon.words("parts", "words")):
        return None
    none = any(c.lower_ == "no" for c in part.children)
    quote = parties.quote_at(verb.idx)
    if not none or quote is None or quote.source is None:
        return None
    return Reference(
        status="disputed",
        also=("denied",),
        evidence=(between(verb, part),),
        position=quote.content[0].start,
        by=quote.source,
        inside=next((span for span in quote.content if verb.idx in span), None),
        defends=True,
        confidence=0.6,
    )


def _fails(parties: Parties, noun: Token) -> Reference | None:
    """*Tenants say that argument does not hold water*: a negation of what was just said, by its name."""
    verb = noun.head
    if noun.dep_ != "nsubj" or not any(c.lower_ in _THIS for c in noun.children):
        return None
    if not any(c.dep_ == "neg" for c in verb.children):
        return None
    before = noun.doc[noun.i - 1]
    quote = parties.quote_at(noun.idx)
    if quote is None or quote.source is None or before.lower_ not in _THIS:
        return None
    negation = next(c for c in verb.children if c.dep_ == "neg")
    return Reference(
        status="disputed",
        also=("denied",),
        evidence=(between(before, verb if verb.i > negation.i else negation),),
        position=min(quote.content[0].start, before.idx),
        by=quote.source,
        noun=noun,
        inside=next((span for span in quote.content if noun.idx in span), None),
        confidence=0.6,
    )
