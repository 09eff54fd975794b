"""What the article has told before an answer: statements, criticism, and things called by the same noun."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.analysis.claims import lexicon, scope
from onrecord.analysis.claims.found import Found, Reference, trimmed
from onrecord.analysis.claims.nouns import propositional
from onrecord.analysis.claims.parties import Parties
from onrecord.analysis.phrases import FINITE, SUBJECTS, Reading
from onrecord.analysis.result import Quote
from onrecord.article import Span

# How far back, in blocks, a bare noun may point where the words do not say to whom it belongs.
NEAR = 3

STEM = 5  # letters that inflected forms of one word share: abuse, abusing
_CRITICAL = frozenset({"criticism", "complaint", "charge", "accusation"})


def called_so(reading: Reading, reference: Reference, noun: Token) -> list[Found]:
    """The last phrase before *such payments* whose noun is *payments*, and which says more than that word."""
    here = reading.article.block_index(reference.position)
    for at in range(noun.i - 1, -1, -1):
        token = noun.doc[at]
        there = reading.block(token)
        if not reading.scenes.sees(here, there) or reading.scenes.apart(there, here) > NEAR:
            return []
        if token.idx >= reference.position or token.lemma_ != noun.lemma_ or token.pos_ != "NOUN":
            continue
        span = scope.noun_phrase(reading, token)
        if span is not None and len(reading.tokens(span)) >= scope.FEWEST:
            return [Found(status=reference.status, content=(span,), evidence=())]
    return []


def criticised(reading: Reading, parties: Parties, before: list[Found], reference: Reference) -> list[Found]:
    """The accusation, or the criticism with its clause, in this sentence or the one before, of who answers."""
    start = sentence_start(reading, reference.position)
    earliest = sentence_before(reading, start)
    if reading.article.block_index(earliest) < reading.article.block_index(reference.position) - 1:
        return []
    near = [
        claim
        for claim in before
        if claim.alleges and claim.start >= earliest and (reference.by is None or claim.by != reference.by)
    ]
    if reference.inside is not None:
        return _of_the_same(reading, parties, near, reference, earliest)
    if near:
        return [claim for claim in near if _own(parties, claim.accused, reference.who)]
    told = []
    for noun in reading.tokens(Span(earliest, reference.position)):
        if lexicon.nouns().get(noun.lemma_.lower()) != "neutral" or not propositional(noun) or reading.quoted(noun):
            continue
        verb = scope.clause_head(noun)
        target = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        span = scope.complement(reading, noun)
        if span is not None and noun.lemma_.lower() in _CRITICAL and _own(parties, target, reference.who):
            told.append(Found(status="disputed", content=(span,), evidence=()))
    return told


def _of_the_same(
    reading: Reading, parties: Parties, near: list[Found], reference: Reference, earliest: int
) -> list[Found]:
    """What another has just alleged in words that the answer takes up; else a statement that has a wrong in it."""
    words = _stems(reading.tokens(reference.inside)) if reference.inside is not None else set()
    told = [claim for claim in near if words & _stems(t for s in claim.content for t in reading.tokens(s))]
    if told:
        return told
    for quote in reversed(parties.quotes):
        before = earliest <= quote.content[0].start and quote.content[-1].end <= reference.position
        if not before or quote.source == reference.by:
            continue
        inside = [t for span in quote.content for t in reading.tokens(span)]
        if lexicon.wrong(inside) and words & _stems(inside):
            return [of_quote(reading, reference, quote, quote.content)]
    return []


def _stems(tokens: Iterable[Token]) -> set[str]:
    return {t.lemma_.lower()[:STEM] for t in tokens if t.pos_ in {"NOUN", "PROPN"} and len(t.text) > 3}


def _own(parties: Parties, target: Token | None, who: Token | None) -> bool:
    """Whether who answers is who is accused, or speaks for it: *its boss*."""
    if target is None or who is None:
        return False
    return parties.same(target, who) is True or any(c.dep_ == "poss" and c.tag_ == "PRP$" for c in who.children)


def sentence_start(reading: Reading, position: int) -> int:
    """Where the sentence at ``position`` begins."""
    tokens = reading.tokens(Span(max(0, position - 1), position + 40))
    token = next((t for t in tokens if t.idx >= position), tokens[-1] if tokens else None)
    if token is None:
        return position
    return int(token.sent.start_char)


def sentence_before(reading: Reading, start: int) -> int:
    """Where the sentence before the one at ``start`` begins, in the block before if need be."""
    block = max(0, reading.article.block_index(start) - 1)
    past = reading.tokens(Span(min(reading.article.block_spans[block].start, start), start))
    before = [token for token in past if token.is_alpha]  # a mark alone may be a sentence to the parser
    return int(before[-1].sent.start_char) if before else start


def kin(cue: Token, noun: Token) -> bool:
    """Whether a cue and a noun are one word: *allege* and *allegation*, *claimed* and *claim*."""
    one, other = cue.lemma_.lower(), noun.lemma_.lower()
    return one == other or (len(one) >= STEM <= len(other) and one[:STEM] == other[:STEM])


def named_so(reading: Reading, quote: Quote, noun: Token | None) -> bool:
    """*claimed responsibility for the fire … the claim*: a phrase that its own cue makes a statement."""
    cues = [token for span in quote.cue for token in reading.tokens(span)]
    return noun is not None and any(kin(token, noun) for token in cues)


def states(reading: Reading, quote: Quote) -> bool:
    """Whether a quote says something that can be disputed: *to close the pool* and *a debate in May* are proposals."""
    if reading.article[quote.content[0]].lower().startswith("to "):
        return False
    return any(t.tag_ in FINITE for span in quote.content for t in reading.tokens(span))


def of_quote(reading: Reading, reference: Reference, quote: Quote, content: tuple[Span, ...]) -> Found:
    """The words of a quote as what ``reference`` contests."""
    return Found(
        status=reference.status,
        content=tuple(trimmed(reading.article, span) for span in content),
        evidence=(),
        quote=quote.id,
    )
