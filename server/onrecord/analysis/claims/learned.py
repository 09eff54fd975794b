"""What the model sees contested leads; what rules have found joins it, and stands where the model is in doubt.

The tagger's heads propose a contesting word with what it contests (``model.Contest``), learned from annotated articles
and from no list. Where the model is sure its words, bounds and status hold (but for ``EXACT``), and a rule that found
the same adds who contests it. What only a rule has found is a claim where the model sees anything contested there,
even in doubt (docs/training.md has what both bring on articles that neither rules nor training had seen).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from onrecord.analysis.claims.found import Found, Reference
from onrecord.analysis.claims.parties import Parties
from onrecord.analysis.claims.voice import asserted, negated
from onrecord.analysis.model import Contest
from onrecord.analysis.phrases import Reading
from onrecord.analysis.places import Places
from onrecord.article import Span, meet

# How sure the model must be of a claim: of its word times of its content. From .35 to .55 F1 is the same on the
# articles of ``check``, of ever fewer sentences with ever fewer mistakes.
SURE: Final = 0.55

# Statuses that a word of the lexicon tells exactly: *accused* is an accusation, *not been verified* no dispute,
# whatever else the article says of it.
EXACT: Final = frozenset({"accusation", "unsubstantiated"})

# What one word contests in one sentence is one proposition, though the model may leave words of it out: a comma with
# its *and*, which this many words fill, … From 1 to 4 the articles of ``check`` and the own set give the same.
GAP: Final = 2
# … or all but some words far from it (*the mayor*, who *reportedly* left), which have less than this share of its size.
RIVAL: Final = 0.5


def led(
    reading: Reading, parties: Parties, contests: Sequence[Contest], cues: Sequence[Found | Reference]
) -> list[Found | Reference]:
    """The claims of which the model is sure, and those of ``cues``, the rules', that say something else.

    A rule's claim says the same if it shares words of its content with the model's; one with the same cue alone is
    another proposition, as of *claimed that A and that B*. Where the model stops short of what a rule reads behind the
    same cue, or takes more than the cue for it, the rule's bounds are the better ones.
    """
    own = list(proposed(reading, parties, propositions(reading, contests)))
    places = Places((span, at) for at, one in enumerate(own) for span in (*one.evidence, *one.content))
    rest: list[Found | Reference] = []
    for cue in confirmed(cues, contests):
        content = () if isinstance(cue, Reference) else cue.content
        known = False
        for at in {at for span in (*cue.evidence, *content) for _, at in places.between(span.start, span.end)}:
            shares = meet(own[at].content, content)
            known = known or shares
            if shares or meet(own[at].evidence, cue.evidence):
                own[at] = _told_by(own[at], cue)
        if not known:
            rest.append(cue)
    return [*rest, *own]


def _covers(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return all(any(one.covers(other) for one in some) for other in others)


def _told_by(claim: Found, cue: Found | Reference) -> Found:
    """The model's claim with what the rule says of it and of who has a part in it."""
    if isinstance(cue, Found):
        claim = replace(claim, quote=claim.quote or cue.quote, accused=claim.accused or cue.accused)
    if not meet(claim.evidence, cue.evidence):
        return claim  # another word contests the same
    if isinstance(cue, Found) and _covers(cue.content, claim.content):
        claim = replace(claim, content=cue.content)
    if isinstance(cue, Found) and _covers(claim.evidence, cue.evidence):
        claim = replace(claim, evidence=cue.evidence)
    status = cue.status if cue.status in EXACT else claim.status
    also = dict.fromkeys((*claim.also, *cue.also))
    return replace(claim, status=status, also=tuple(name for name in also if name != status), by=claim.by or cue.by)


def propositions(reading: Reading, contests: Iterable[Contest]) -> Iterator[Contest]:
    """What each word contests: one content a sentence, and those on its side that are at least half as large."""
    found: defaultdict[tuple[tuple[Span, ...], int], list[tuple[list[Token], Contest]]] = defaultdict(list)
    for contest in contests:
        words = [token for span in contest.content for token in reading.tokens(span)]
        if len(contest.content) > 1:  # parted by what stands between two paragraphs, and whole as it is
            yield contest
        elif words:
            found[contest.evidence, words[0].sent.start].append((words, contest))
    for (evidence, _), runs in found.items():
        cue = {token.i for span in evidence for token in reading.tokens(span)}
        joined: list[tuple[list[Token], Contest]] = []
        for words, contest in sorted(runs, key=lambda run: run[0][0].i):
            between = range(joined[-1][0][-1].i + 1, words[0].i) if joined else range(0)
            if joined and len(between) <= GAP and cue.isdisjoint(between) and not _that(reading, between, words):
                sureness = max(joined[-1][1].content_sureness, contest.content_sureness)
                joined[-1] = ([*joined[-1][0], *words], replace(contest, content_sureness=sureness))
            else:
                joined.append((words, contest))
        sizes = [len(words) * contest.content_sureness for words, contest in joined]
        behind = joined[sizes.index(max(sizes))][0][0].i > min(cue)
        for (words, contest), size in zip(joined, sizes, strict=True):
            span = reading.span(words[1:] if _opens(words[0]) else words)
            if span is not None and size >= RIVAL * max(sizes) and (words[0].i > min(cue)) == behind:
                yield replace(contest, content=(span,))


def _opens(token: Token) -> bool:
    """Whether a clause begins with it that is a proposition by itself: *that the ferry was sold*."""
    return token.dep_ == "mark" and token.lower_ in {"that", "whether"}


def _that(reading: Reading, between: range, words: Sequence[Token]) -> bool:
    """*… A, and that B*: another proposition."""
    return any(map(_opens, [*(reading.doc[at] for at in between), words[0]]))


def proposed(reading: Reading, parties: Parties, contests: Iterable[Contest]) -> Iterator[Found]:
    """The claims of which the model is sure."""
    for one in contests:
        sureness = one.cue_sureness * one.content_sureness
        words = [token for span in one.evidence for token in reading.tokens(span)]
        if not one.content or sureness < SURE or not _happens(reading, words):
            continue
        quote = next((quote for token in words if (quote := parties.quote_by_cue(token)) is not None), None)
        yield Found(
            status=one.status,
            content=one.content,
            evidence=tuple(_bare(reading, span) for span in one.evidence),
            by=quote.source if quote is not None else None,
            confidence=sureness,
        )


def _bare(reading: Reading, cue: Span) -> Span:
    """The words that contest without the *that* behind them."""
    words = reading.tokens(cue)
    return reading.span(words[:-1]) or cue if len(words) > 1 and words[-1].lower_ == "that" else cue


def _happens(reading: Reading, words: Sequence[Token]) -> bool:
    """Whether the article says that it is contested: not *nobody accused*, *may deny*, *if it is a lie*.

    A negation among the words themselves is what contests (*did not add up*), and what stands in quotation marks is
    its speaker's.
    """
    if any(reading.quoted(token) or token.dep_ == "neg" or token.lower_ in {"no", "never"} for token in words):
        return True
    return all(
        asserted(reading, token) if token.pos_ == "VERB" else not negated(token)
        for token in words
        if token.pos_ in {"VERB", "NOUN", "ADJ"}
    )


def confirmed(cues: Iterable[Found | Reference], contests: Sequence[Contest]) -> Iterator[Found | Reference]:
    """What rules have found, without the claims of which the model sees nothing; references are not asked."""
    seen = Places((span, one) for one in contests for span in (*one.evidence, *one.content))
    for cue in cues:
        if isinstance(cue, Reference) or any(map(seen.any, (*cue.evidence, *cue.content))):
            yield cue
