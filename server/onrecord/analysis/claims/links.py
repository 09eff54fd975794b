"""Links across the article: a denial or rebuttal marks the claim that it answers.

No link without an explicit cue. What a cue points to is decided by the side that answers (nobody denies their own
accusation), by the content words of *the fraud claims*, and by structure: *both allegations* are each one before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from onrecord.analysis.claims import lexicon
from onrecord.analysis.claims.earlier import (
    NEAR,
    STEM,
    called_so,
    criticised,
    kin,
    named_so,
    of_quote,
    sentence_before,
    sentence_start,
    states,
)
from onrecord.analysis.claims.found import Found, Reference, trimmed
from onrecord.analysis.claims.parties import Parties
from onrecord.analysis.phrases import Reading
from onrecord.article import Span, meet

_PLAIN = frozenset({"NOUN", "VERB", "ADJ", "PROPN"})
_UNIVERSAL = frozenset({"all", "both", "every", "each", "any"})
_ALL = frozenset({"all", "both", "any", "each", "every", "these", "those", "such"})
_THE = frozenset({"the", "this", "that", "these", "those"})


def answered(
    reading: Reading, parties: Parties, found: Sequence[Found], references: Iterable[Reference]
) -> list[Found]:
    """One entry for each claim that a reference answers, to be merged with the claim itself."""
    ordered = sorted(found, key=lambda claim: claim.start)
    return [
        replace(
            claim,
            status=reference.status,
            also=tuple({*reference.also, claim.status, *claim.also} - {reference.status}),
            evidence=reference.evidence,
            by=reference.by,
            confidence=min(claim.confidence, reference.confidence) - 0.05,
        )
        for reference in references
        for claim in _claims(reading, parties, ordered, reference)
    ]


def without_answers(
    reading: Reading, parties: Parties, found: Sequence[Found], references: Iterable[Reference]
) -> list[Found]:
    """The claims without *any wrongdoing*, where the denial of it answers allegations that the article has told."""
    ordered = sorted(found, key=lambda claim: claim.start)
    said = [ref for ref in references if ref.blanket and _claims(reading, parties, ordered, ref)]
    return [
        claim
        for claim in found
        if not any(
            span.covers(part) for ref in said for span in ref.evidence for part in (*claim.content, *claim.evidence)
        )
    ]


def _claims(reading: Reading, parties: Parties, ordered: list[Found], reference: Reference) -> list[Found]:
    before = [claim for claim in ordered if _precedes(reading, claim, reference)]
    if reference.blanket:
        return _against(parties, [claim for claim in before if claim.alleges], reference, reading)
    if reference.again and reference.noun is not None:
        return called_so(reading, reference, reference.noun)
    if reference.defends:
        return criticised(reading, parties, before, reference)
    if reference.noun is None:
        return _just_said(reading, parties, before, reference)
    return _named(reading, parties, before, reference, reference.noun)


def _precedes(reading: Reading, claim: Found, reference: Reference) -> bool:
    here, there = (reading.article.block_index(offset) for offset in (reference.position, claim.start))
    if not reading.scenes.sees(here, there):
        return False
    if meet(claim.evidence, reference.evidence):
        return False  # the model's claim of the same words, *that* of *that was denied*: nothing answers itself
    if reference.inside is not None and any(span.overlaps(reference.inside) for span in claim.content):
        return False
    return claim.end <= reference.position


def _named(reading: Reading, parties: Parties, before: list[Found], reference: Reference, noun: Token) -> list[Found]:
    """What *the allegations*, *the fraud claims*, *his statement* point to."""
    lemma = noun.lemma_.lower()
    kind = lexicon.nouns()[lemma]
    if reference.sums_up:
        return _same_sentence(reading, parties, before, reference)
    owner = next((c for c in noun.children if _owns(c) and c.lower_ not in {"your", "my", "our"}), None)
    if owner is not None:
        said = _said_by(reading, parties, before, reference, owner)
        if said:
            return said
        if kind == "distanced" and owner.tag_ == "PRP$":
            return _just_said(reading, parties, before, reference)
    wanted = _stems(
        t for t in noun.subtree if t.i != noun.i and t.i < noun.i and t.dep_ in {"compound", "amod", "nmod"}
    )
    pool = [claim for claim in before if claim.alleges or (kind != "accusation" and claim.status == "distanced")]
    if wanted:
        shared = [claim for claim in pool if _share(wanted, _content_stems(reading, claim))]
        if shared:
            return shared if _plural(noun) else shared[-1:]
        if kind == "accusation":
            return []
    if _determined(noun, {"both"}):  # those that the article has called by the same word
        pool = [claim for claim in pool if _called(reading, claim, noun)]
    if kind in {"accusation", "charge"} or (pool and _plural(noun) and kind == "distanced"):
        found = _against(parties, pool, reference, reading)
        if _plural(noun) and kind == "accusation":
            found += _claimed(reading, parties, before, reference, found)
        return found if _plural(noun) else found[-1:]
    unplaced = owner is not None and owner.pos_ == "NOUN" and parties.source(owner) is None
    if kind in {"neutral", "distanced"} and (unplaced or any(c.lower_ in _THE for c in noun.children)):
        return _just_said(reading, parties, before, reference)
    return []


def _owns(token: Token) -> bool:
    return token.dep_ == "poss" or (token.dep_ == "nmod" and any(c.dep_ == "case" for c in token.children))


def _against(parties: Parties, pool: list[Found], reference: Reference, reading: Reading) -> list[Found]:
    """The allegations that the answering side may answer: those against it if the words tell, else those near."""
    others = [claim for claim in pool if reference.by is None or claim.by != reference.by]
    told = [(parties.same(claim.accused, reference.who), claim) for claim in others]
    mine = [claim for same, claim in told if same]
    if mine:
        # an allegation whose target is not named stands beside those that name it
        first = mine[0].start
        return [claim for same, claim in told if same or (same is None and claim.start >= first)]
    here = reading.article.block_index(reference.position)
    universal = reference.noun is not None and _determined(reference.noun, _UNIVERSAL)
    near = [
        claim
        for same, claim in told
        if same is None and (universal or reading.scenes.apart(reading.article.block_index(claim.start), here) <= NEAR)
    ]
    if near:
        return near
    last = [claim for _, claim in told if reading.scenes.apart(reading.article.block_index(claim.start), here) <= 1]
    return last if len(last) == 1 and reference.by is None else []


def _claimed(
    reading: Reading, parties: Parties, before: list[Found], reference: Reference, found: list[Found]
) -> list[Found]:
    """What the side that alleges has *claimed* beside it, or has claimed of who answers: *denied these allegations*."""
    here = reading.article.block_index(reference.position)
    theirs = {claim.by for claim in found}
    claimed = [
        claim
        for claim in before
        if claim.status == "distanced"
        and claim.by is not None
        and claim.by != reference.by
        and (not found or claim.by in theirs)
        and reading.scenes.apart(reading.article.block_index(claim.start), here) <= 1
    ]
    if found or reference.who is None:
        return claimed
    mine = parties.called(reference.who)
    told = (t for claim in claimed for span in claim.content for t in reading.tokens(span))
    return claimed if any(t.text in mine or t.lemma_.lower() in mine for t in told) else []


def _determined(noun: Token, by: Collection[str]) -> bool:
    """Whether *all*, *both* or the like stands before the noun or its *of*."""
    return any(token.lower_ in by for token in (*noun.children, whole(noun)))


def _called(reading: Reading, claim: Found, noun: Token) -> bool:
    return any(kin(token, noun) for span in claim.evidence for token in reading.tokens(span))


def _same_sentence(reading: Reading, parties: Parties, before: list[Found], reference: Reference) -> list[Found]:
    start = sentence_start(reading, reference.position)
    inside = [claim for claim in before if claim.start >= start]
    if inside:
        return inside[-1:]
    quoted = [quote for quote in parties.quotes if start <= quote.content[0].start < reference.position]
    if quoted:
        said = [span for span in quoted[-1].content if span.start < reference.position]
        parts = [Span(span.start, min(span.end, reference.position)) for span in said]
        content = tuple(kept for part in parts if (kept := reading.span(reading.tokens(part))) is not None)
        return [of_quote(reading, reference, quoted[-1], content)] if content else []
    words = reading.tokens(Span(start, reference.position))
    span = reading.span(words)
    return [Found(status=reference.status, content=(span,), evidence=())] if span and len(words) > 3 else []


def _just_said(reading: Reading, parties: Parties, before: list[Found], reference: Reference) -> list[Found]:
    """What *this*, *that* or *the claim* means: the claim or statement in the same sentence or the one before."""
    start = sentence_start(reading, reference.position)
    block = reading.article.block_index(reference.position)
    # Who answers in words of his own, or *the story* by that name, may do so in the next paragraph; a reporter's *this*
    # stands beside what it means.
    answers = reference.inside is not None or reference.noun is not None
    earliest = sentence_before(reading, start) if answers else sentence_start(reading, max(0, start - 2))
    if reading.article.block_index(earliest) < block - 1:
        return []
    near = [claim for claim in before if claim.start >= earliest]
    if near:
        return near[-1:]
    said = [
        quote
        for quote in parties.quotes
        if earliest <= quote.content[0].start
        and quote.content[-1].end <= reference.position
        and (quote.source is None or quote.source != reference.by)
        and (states(reading, quote) or named_so(reading, quote, reference.noun))
    ]
    if said:
        return [of_quote(reading, reference, said[-1], said[-1].content)]
    if reference.status == "denied":
        return _against(parties, [claim for claim in before if claim.alleges], reference, reading)[-1:]
    if reference.noun is None and reference.who is not None and reference.status == "disputed":
        words = reading.tokens(Span(start, reference.who.left_edge.idx))
        if words and words[0].dep_ in {"mark", "prep", "advmod", "cc"}:
            words = []  # *Although the town is safe, Israel disputes this*: what stands first is no statement
        words = words or reading.tokens(Span(earliest, start))
        while words and (words[-1].is_punct or words[-1].lower_ in {"but", "and", "though", "although", "while"}):
            words.pop()
        span = reading.span(words)
        if span is not None and len(words) > 3 and reading.article.block_index(span.start) >= block - 1:
            return [Found(status=reference.status, content=(trimmed(reading.article, span),), evidence=())]
    return []


def _said_by(
    reading: Reading, parties: Parties, before: list[Found], reference: Reference, owner: Token
) -> list[Found]:
    """*Voss's claim*: the last claim or statement of that speaker."""
    source = parties.source(owner)
    if source is None:
        return []
    own = [claim for claim in before if claim.by == source]
    if own:
        return own if _plural(reference.noun) and reference.status == "denied" else own[-1:]
    said = [q for q in parties.quotes if q.source == source and q.content[-1].end <= reference.position]
    here = reading.article.block_index(reference.position)
    if said and here - reading.article.block_index(said[-1].content[0].start) <= NEAR:
        return [of_quote(reading, reference, said[-1], said[-1].content)]
    return []


def _plural(noun: Token | None) -> bool:
    if noun is None:
        return False
    return noun.tag_ in {"NNS", "NNPS"} or any(c.lower_ in _ALL for c in noun.children)


def _share(wanted: set[str], words: set[str]) -> bool:
    """Whether one of the words is wanted, or holds a wanted one: *defrauded* holds *fraud*."""
    return any(stem in word for stem in wanted for word in words)


def _stems(tokens: Iterable[Token]) -> set[str]:
    return {t.lemma_.lower()[:STEM] for t in tokens if t.pos_ in _PLAIN and len(t.text) > 3}


def _content_stems(reading: Reading, claim: Found) -> set[str]:
    tokens = (token for span in claim.content for token in reading.tokens(span))
    return {token.lemma_.lower() for token in tokens if token.pos_ in _PLAIN and len(token.text) > 3}


def whole(noun: Token) -> Token:
    """*all* of *all of the claims*, else the noun."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in {"all", "both", "most", "many"}:
        return noun.head.head
    return noun
