"""Contested claims: what the article itself words as denied, disputed, unsubstantiated, alleged or open.

The model sees which words contest something, what they contest and in which way (``model.Contest``), learned from
annotated articles and single sentences; no list decides beside it. What stands here is what holds of every claim,
whatever was learned: how sure the model must be, what is one proposition, who contests it (``learned``), and that
several words on one proposition are one claim (``found``).
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.analysis.claims.found import merged
from onrecord.analysis.claims.learned import sure
from onrecord.analysis.claims.parties import Parties
from onrecord.analysis.model import Contest
from onrecord.analysis.phrases import Reading
from onrecord.analysis.result import Claim, Quote, Source

__all__ = ["claims"]


def claims(
    reading: Reading,
    quotes: tuple[Quote, ...],
    sources: Sequence[Source] = (),
    contests: Sequence[Contest] = (),
) -> tuple[Claim, ...]:
    """The contested claims in reading order, each with its evidence; ``contests``: what the model has seen."""
    parties = Parties(quotes, sources)
    return tuple(
        Claim(
            id=f"c{number}",
            status=claim.status,
            also=claim.also,
            content=claim.content,
            evidence=claim.evidence,
            by=claim.by,
            quote=parties.quote_around(claim.content),
            confidence=claim.confidence,
        )
        for number, claim in enumerate(merged(sure(reading, parties, contests)), 1)
    )
