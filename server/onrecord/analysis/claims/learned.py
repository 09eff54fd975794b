"""What the model sees contested: claims of its own, and whether what a rule has found is one.

The tagger's heads propose a contesting word with what it contests (``model.Contest``), learned from annotated articles
and from no list. What no rule has found is a claim where the model is sure. What a rule has found keeps the rule's
bounds and status, and is a claim where the model sees anything contested there, even in doubt (docs/training.md has
what both bring on articles that neither rules nor training had seen).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from spacy.tokens import Token

from onrecord.analysis.claims.found import Found, Reference
from onrecord.analysis.claims.parties import Parties
from onrecord.analysis.claims.voice import asserted, negated
from onrecord.analysis.model import Contest
from onrecord.analysis.phrases import Reading
from onrecord.analysis.places import Places

# How sure the model must be of a claim that no rule has found: of its word times of its content.
SURE: Final = 0.45


def proposed(
    reading: Reading, parties: Parties, contests: Sequence[Contest], known: Iterable[Found | Reference]
) -> Iterator[Found]:
    """The claims that the model is sure of and of which ``known`` says nothing: neither of the words nor of the cue."""
    taken = Places(
        (span, one) for one in known for span in (*one.evidence, *(one.content if isinstance(one, Found) else ()))
    )
    for one in contests:
        sureness = one.cue_sureness * one.content_sureness
        if not one.content or sureness < SURE or any(map(taken.any, (*one.content, *one.evidence))):
            continue
        words = [token for span in one.evidence for token in reading.tokens(span)]
        if not _happens(reading, words):
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
