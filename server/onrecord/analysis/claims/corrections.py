"""Corrections told by the syntax: *first said that …, but later clarified*, *a post saying that … was fake*."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from onrecord.analysis.claims import lexicon, scope
from onrecord.analysis.claims.found import Found, Reference, text_span
from onrecord.analysis.claims.nouns import hung, propositional
from onrecord.analysis.claims.parties import Parties
from onrecord.analysis.claims.voice import asserted, in_question
from onrecord.analysis.phrases import SUBJECTS, Reading
from onrecord.article import Span

_BECOMING = frozenset({"be", "prove", "remain"})
_JOINED = frozenset({"conj", "advcl", "ROOT", "ccomp", "parataxis"})


def corrections(reading: Reading, parties: Parties, tokens: Iterable[Token]) -> Iterator[Found | Reference]:
    """Every claim that the article itself says was not so."""
    first, untrue = lexicon.words("corrections", "first"), lexicon.words("corrections", "untrue")
    for token in tokens:
        found: Found | Reference | None = None
        at = token.dep_ in {"pcomp", "pobj", "amod"} and token.head.lower_ == "at"
        if token.lower_ in first and (token.dep_ == "advmod" or at):
            found = _taken_back(reading, parties, token)
        elif token.lower_ in untrue and token.dep_ in {"acomp", "attr", "oprd"}:
            found = _untrue(reading, parties, token)
        elif token.lower_ in {"wrong", "true"} or token.lower_ in untrue:
            found = _verdict(reading, parties, token)
        if found is not None:
            yield found


def _taken_back(reading: Reading, parties: Parties, first: Token) -> Found | None:
    """*The zoo first reported that A, but it later said that B*: A, where both are said."""
    verb = first.head.head if first.head.lower_ == "at" else first.head
    if verb.pos_ != "VERB" or reading.quoted(verb) or in_question(verb):
        return None
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    quote = parties.quote_by_cue(verb)
    if clause is None:
        return None
    later = lexicon.words("corrections", "later")
    for other in (t for t in verb.sent if t.i > clause.i and t.pos_ == "VERB" and t.dep_ in _JOINED):
        word = next((c for c in other.children if c.lower_ in later and c.dep_ == "advmod"), None)
        until = next(
            (c for c in other.children if c.lower_ in {"until", "before"} and c.dep_ in {"mark", "prep"}), None
        )
        says = parties.quote_by_cue(other) is not None or any(c.dep_ == "ccomp" for c in other.children)
        plain = other.lemma_ in lexicon.words("corrections", "verbs")
        if (
            reading.quoted(other)
            or not (says or plain or until is not None)
            or not (word is not None or until is not None)
        ):
            continue
        if quote is not None and len(quote.content) == 1 and other.idx not in quote.content[0]:
            span: Span | None = quote.content[0]
        else:
            span = scope.clause(reading, clause)
        if span is not None and other.idx < span.end and plain and word is not None:
            span = _up_to(reading, span, min(word.i, other.i))  # *wrote that nine died but later corrected the number*
        if span is None or other.idx < span.end:
            continue
        mark = until if word is None and until is not None else word
        if mark is None:
            continue
        cue = Span(min(mark.idx, other.idx), max(mark.idx + len(mark.text), other.idx + len(other.text)))
        return Found(status="corrected", content=(span,), evidence=(text_span(first), cue), confidence=0.7)
    return None


def _up_to(reading: Reading, span: Span, at: int) -> Span | None:
    """``span`` up to the conjunction in front of token ``at``; None where there is none."""
    joint = next((n for n in (at - 1, at - 2) if reading.doc[n].dep_ == "cc"), None)
    return reading.span(t for t in reading.tokens(span) if t.i < joint) if joint is not None else None


def _untrue(reading: Reading, parties: Parties, word: Token) -> Found | Reference | None:
    """*A post saying that the mayor had resigned was fake*, in the reporter's own words."""
    verb = word.head
    if verb.lemma_ not in _BECOMING or reading.quoted(word) or not asserted(reading, verb):
        return None
    if parties.quote_at(word.idx) is not None:
        return None
    thing = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if thing is None or thing.i > word.i or thing.pos_ != "NOUN":
        return None
    evidence = (Span(verb.idx, word.idx + len(word.text)),)
    said = next((c for c in thing.children if c.dep_ == "acl" and c.tag_ == "VBG" and _states(parties, c)), None)
    if said is not None:
        clause = next(c for c in said.children if c.dep_ == "ccomp")
        span = scope.clause(reading, clause)
        return Found(status="corrected", content=(span,), evidence=evidence, confidence=0.8) if span else None
    if thing.lemma_.lower() in lexicon.nouns() and (propositional(thing) or not _new(thing)):
        return hung(reading, thing, "corrected", evidence=evidence, by=None, who=None)
    return None


def _verdict(reading: Reading, parties: Parties, word: Token) -> Reference | None:
    """*Wrong.* and *Not true.*, a sentence for itself right behind what somebody has said."""
    words = [t for t in word.sent if not (t.is_punct or t.is_space)]
    negated = len(words) == 2 and words[0].lower_ in {"not", "simply", "plainly"}
    if reading.quoted(word) or in_question(word) or parties.quote_at(word.idx) is not None:
        return None
    if (
        words[-1:] != [word]
        or not (len(words) == 1 or negated)
        or (word.lower_ == "true") != (words[0].lower_ == "not")
    ):
        return None
    return Reference(
        status="corrected", evidence=(Span(words[0].idx, word.idx + len(word.text)),), position=words[0].idx
    )


def _states(parties: Parties, verb: Token) -> bool:
    """*saying that …*, which tells what somebody says; a picture *showing that …* is another matter."""
    told = parties.quote_by_cue(verb) is not None or verb.lemma_.lower() in lexicon.verbs()
    return told and any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children)


def _new(thing: Token) -> bool:
    return any(c.lower_ in {"a", "an", "some"} for c in thing.children)
