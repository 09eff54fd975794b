"""What the model sees contested leads; what rules have found joins it, and stands where the model is in doubt.

The tagger's heads propose a contesting word with what it contests (``model.Contest``), learned from annotated articles
and from no list. Where the model is sure its words, bounds and status hold, and a rule that found the same adds who
contests it. What only a rule has found is a claim where the model sees anything contested there, even in doubt
(docs/training.md has what both bring on articles that neither rules nor training had seen).
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
from onrecord.article import Span

# How sure the model must be of a claim: of its word times of its content. From .35 to .55 F1 is the same on the
# articles of ``check``, of ever fewer sentences with ever fewer mistakes.
SURE: Final = 0.55

# Statuses that a word of the lexicon tells exactly: *accused* is an accusation, *not been verified* no dispute,
# whatever else the article says of it.
EXACT: Final = frozenset({"accusation", "unsubstantiated"})

# What one word contests in one sentence is one proposition, though the model may leave words of it out: a comma with
# its *and*, which this many words fill, …
GAP: Final = 2
# … or all but some words far from it (*the mayor*, who *reportedly* left), which have less than this share of its size.
RIVAL: Final = 0.5


def led(
    reading: Reading, parties: Parties, contests: Sequence[Contest], cues: Sequence[Found | Reference]
) -> list[Found | Reference]:
    """The claims of which the model is sure, and those of ``cues``, the rules', that say something else."""
    own = list(proposed(reading, parties, whole(reading, contests)))
    places = Places((span, at) for at, one in enumerate(own) for span in (*one.evidence, *one.content))
    rest: list[Found | Reference] = []
    for cue in confirmed(cues, contests):
        spans = cue.evidence if isinstance(cue, Reference) else (*cue.evidence, *cue.content)
        near = {at for span in spans for _, at in places.between(span.start, span.end)}
        for at in near:
            own[at] = _told_by(own[at], cue)
        if isinstance(cue, Reference) or not near:
            rest.append(cue)
    return [*rest, *own]


def _told_by(claim: Found, cue: Found | Reference) -> Found:
    """The model's claim with what the rule that found it too says of it and of those who have a part in it."""
    same = any(one.overlaps(other) for one in claim.evidence for other in cue.evidence)
    exact = same and cue.status in EXACT
    status = cue.status if exact else claim.status
    also = dict.fromkeys((*claim.also, *(cue.also if same else ())))
    return replace(
        claim,
        status=status,
        also=tuple(name for name in also if name != status),
        by=claim.by or (cue.by if same else None),
        quote=claim.quote or (cue.quote if isinstance(cue, Found) else None),
        accused=claim.accused or (cue.accused if isinstance(cue, Found) else None),
    )


def whole(reading: Reading, contests: Iterable[Contest]) -> Iterator[Contest]:
    """What each word contests, with one content a sentence, but for those that are as large as the largest."""
    found: defaultdict[tuple[tuple[Span, ...], int], list[tuple[list[Token], Contest]]] = defaultdict(list)
    for contest in contests:
        words = reading.tokens(contest.content[0]) if contest.content else []
        if words:
            found[contest.evidence, words[0].sent.start].append((words, contest))
    for (evidence, _), runs in found.items():
        cue = {token.i for span in evidence for token in reading.tokens(span)}
        joined: list[tuple[list[Token], Contest]] = []
        for words, contest in sorted(runs, key=lambda run: run[0][0].i):
            between = range(joined[-1][0][-1].i + 1, words[0].i) if joined else range(0)
            if joined and len(between) <= GAP and cue.isdisjoint(between):
                sureness = max(joined[-1][1].content_sureness, contest.content_sureness)
                joined[-1] = ([*joined[-1][0], *words], replace(contest, content_sureness=sureness))
            else:
                joined.append((words, contest))
        sizes = [len(words) * contest.content_sureness for words, contest in joined]
        for (words, contest), size in zip(joined, sizes, strict=True):
            span = reading.span(words[1:] if words[0].dep_ == "mark" else words)  # without *that* and *whether*
            if span is not None and size >= RIVAL * max(sizes):
                yield replace(contest, content=(span,))


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
            evidence=one.evidence,
            by=quote.source if quote is not None else None,
            confidence=sureness,
        )


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
