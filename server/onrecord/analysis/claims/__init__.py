"""Contested claims: what the article itself words as denied, disputed, unsubstantiated, alleged or open.

The model proposes words that contest, with what they contest (``learned``); what it is sure of is a claim, as it says.
Rules find what the words and the syntax show, and what they find besides counts where the model sees something
contested there too: a claim needs a cue in the reporter's own words: a verb in one of its frames (``verbs``), a noun
of saying with its proposition (``nouns``), an adverb or adjective (``modifiers``), or a phrase that judges
(``judgements``). A cue that answers what was said before is linked to it (``links``). Cues inside quotation marks are
the speaker's own; they mark nothing, but a speaker's *the allegations are false* contests the allegations that the
article has reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.analysis.claims.answers import answers
from onrecord.analysis.claims.backing import unbacked
from onrecord.analysis.claims.charges import listed_charges
from onrecord.analysis.claims.corrections import corrections
from onrecord.analysis.claims.found import Found, Reference, closed, merged, trimmed
from onrecord.analysis.claims.judgements import judgement_cues
from onrecord.analysis.claims.learned import led
from onrecord.analysis.claims.links import answered, without_answers
from onrecord.analysis.claims.modifiers import modal_cues, modifier_cues
from onrecord.analysis.claims.nouns import noun_cues
from onrecord.analysis.claims.parties import Parties
from onrecord.analysis.claims.rebuttals import rebuttals
from onrecord.analysis.claims.spots import spots
from onrecord.analysis.claims.verbs import verb_cues
from onrecord.analysis.model import ARTICLE, Contest
from onrecord.analysis.phrases import Reading
from onrecord.analysis.result import Claim, Quote, Source

__all__ = ["claims"]


def claims(
    reading: Reading,
    quotes: tuple[Quote, ...],
    sources: Sequence[Source] = (),
    contests: Sequence[Contest] | None = None,
) -> tuple[Claim, ...]:
    """The contested claims in reading order, each with its evidence; ``contests``: what the model has seen."""
    parties = Parties(reading, quotes, sources)
    spotted = spots(reading.doc)
    cues = [
        *verb_cues(reading, parties, spotted.verbs),
        *noun_cues(reading, parties, spotted.nouns),
        *modifier_cues(reading, spotted.modifiers),
        *modal_cues(reading, spotted.modals),
        *judgement_cues(reading, parties),
        *listed_charges(reading, spotted.nouns),
        *unbacked(reading, parties, spotted.backing),
        *corrections(reading, parties, spotted.corrections),
        *rebuttals(reading, parties, spotted.nouns),
        *answers(reading, parties, spotted.answers, spotted.nouns),
    ]
    if contests is not None and len(reading.doc) >= ARTICLE:
        cues = led(reading, parties, contests, cues)
    stated = merged(_tidied(reading, [cue for cue in cues if isinstance(cue, Found)]))
    references = [cue for cue in cues if isinstance(cue, Reference)]
    stated = without_answers(reading, parties, stated, references)
    together = merged([*stated, *_tidied(reading, answered(reading, parties, stated, references))])
    return tuple(
        Claim(
            id=f"c{number}",
            status=claim.status,
            also=claim.also,
            content=claim.content,
            evidence=claim.evidence,
            by=claim.by,
            quote=claim.quote or parties.quote_around(claim.content),
            confidence=claim.confidence,
        )
        for number, claim in enumerate(together, 1)
    )


def _tidied(reading: Reading, found: list[Found]) -> list[Found]:
    return [
        replace(claim, content=tuple(closed(reading, trimmed(reading.article, span)) for span in claim.content))
        for claim in found
    ]
