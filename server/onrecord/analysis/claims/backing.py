"""That nothing backs a claim, told by the syntax: *produced no documents to back the claim*, *nobody could prove it*.

Whatever is not brought forward, words like *support*, *prove* or *explain* say what for. The phrases of the lexicon
(``judgements``) know the set forms; here a negation is looked for, wherever it stands above such a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from onrecord.analysis.claims import lexicon, scope
from onrecord.analysis.claims.found import Found, Reference
from onrecord.analysis.claims.nouns import hung
from onrecord.analysis.claims.parties import Parties
from onrecord.analysis.claims.voice import NOBODY, in_question
from onrecord.analysis.phrases import Reading, subject
from onrecord.article import Span

_NONE = frozenset({"no", "little", "scant", "neither"})
_GIVING = frozenset({"offer", "provide", "give", "present", "cite", "produce", "supply", "furnish"})
_BACK = frozenset({"this", "that", "it", "these", "those", "them"})
_PARTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})
_UP = 4  # words that may stand between *back the claim* and what denies it: *make any attempt to explain*
_RAISED = frozenset({"acl", "advcl", "xcomp", "dobj", "pcomp", "relcl", "pobj", "prep", "conj"})


def unbacked(reading: Reading, parties: Parties, tokens: Iterable[Token]) -> Iterator[Found | Reference]:
    """Every claim of which the article says that nothing was brought forward for it."""
    proofs = lexicon.words("backing", "evidence")
    for token in tokens:
        if token.lemma_.lower() in proofs:
            missing = _not_given(reading, parties, token)
            if missing is not None:
                yield missing
            continue
        if token.pos_ != "VERB" or reading.quoted(token):
            continue
        if not any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children) or in_question(token):
            continue
        denied = _denied(token)
        if denied is None or reading.block(denied) != reading.block(token):
            continue
        last = next((c for c in token.children if c.dep_ == "prt"), token)
        found = _what(reading, token, Span(min(denied.idx, token.idx), last.idx + len(last.text)))
        if found is not None:
            yield found


def _not_given(reading: Reading, parties: Parties, proof: Token) -> Found | Reference | None:
    """*failed to produce a shred of evidence*, *did not provide any proof*: for what, or for what was said last."""
    thing = proof.head.head if proof.dep_ == "pobj" and proof.head.lower_ == "of" else proof
    verb = thing.head
    if thing.dep_ != "dobj" or verb.lemma_ not in _GIVING or reading.quoted(proof) or in_question(proof):
        return None
    none = _denied(thing)
    if none is None or none.i > verb.i or reading.block(none) != reading.block(proof):
        return None
    evidence = Span(none.idx, proof.idx + len(proof.text))
    own = scope.complement(reading, proof)
    if own is not None:
        return Found(status="unsubstantiated", content=(own,), evidence=(evidence,), confidence=0.75)
    start = proof.sent.start_char
    said = [q for q in parties.quotes if start <= q.content[0].start and q.content[-1].end <= evidence.start]
    if said:
        last = said[-1]
        return Found(
            status="unsubstantiated", content=last.content, evidence=(evidence,), quote=last.id, confidence=0.7
        )
    if any(c.dep_ in {"prep", "acl", "advcl"} for c in proof.children):
        return None
    return Reference(status="unsubstantiated", evidence=(evidence,), position=start, who=subject(verb), confidence=0.7)


def _denied(verb: Token) -> Token | None:
    """The word that says that what was needed for ``verb`` is not there; None if nothing says so."""
    seen = verb
    for _ in range(_UP):
        if seen.dep_ not in _RAISED:
            return None
        above = seen.head
        if above.pos_ in {"NOUN", "PRON"}:
            none = next((c for c in above.children if c.lower_ in _NONE), None)
            if none is not None:
                return none
        if above.lower_ == "without":
            return above
        if above.pos_ in {"VERB", "AUX"}:
            for child in above.children:
                if child.dep_ == "neg" or (child.lower_ in NOBODY and child.dep_ in _PARTS):
                    return child
                if child.dep_ in _PARTS and any(c.lower_ in _NONE for c in child.children):
                    return next(c for c in child.children if c.lower_ in _NONE)
            if above.lemma_ == "fail" and seen.dep_ == "xcomp":
                return above
        seen = above
    return None


def _what(reading: Reading, verb: Token, evidence: Span) -> Found | Reference | None:
    """What is not backed: the clause or the noun of saying behind ``verb``, or what was said before."""
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    if clause is not None and verb.lemma_ != "explain":
        span = scope.clause(reading, clause)
        return Found(status="unsubstantiated", content=(span,), evidence=(evidence,), confidence=0.75) if span else None
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if thing is None:
        return None
    who = subject(verb)
    lemma = thing.lemma_.lower()
    if lemma in lexicon.nouns():
        return hung(reading, thing, "unsubstantiated", evidence=(evidence,), by=None, who=None)
    if thing.lower_ in _BACK:
        if verb.lemma_ == "explain":
            return None
        return Reference(status="unsubstantiated", evidence=(evidence,), position=evidence.start, who=who)
    if lemma in lexicon.words("figures", "words") and any(c.lower_ in _BACK for c in thing.children):
        span = _figure(reading, verb, evidence)
        return Found(status="unsubstantiated", content=(span,), evidence=(evidence,), confidence=0.7) if span else None
    return None


def _figure(reading: Reading, verb: Token, evidence: Span) -> Span | None:
    """*put the cost at $9 million, without making any attempt to explain that number*: what was given for which."""
    before = [t for t in verb.sent if t.idx < evidence.start and reading.block(t) == reading.block(verb)]
    number = next((t for t in reversed(before) if t.like_num or t.pos_ == "NUM"), None)
    if number is None:
        return None
    head = scope.clause_head(number)
    thing = next((c for c in head.children if c.dep_ == "dobj"), None)
    if thing is None:
        return scope.around(reading, head, before=before[-1].i + 1)
    return reading.span(t for t in before if t.i >= thing.left_edge.i)
