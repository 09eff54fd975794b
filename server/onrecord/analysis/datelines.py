"""*CARROW, June 25 — The bridge …*: when and where a report was written is no part of what is said, or of a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from spacy.tokens import Token

from onrecord.article import Article

_IN_CAPITALS: Final = re.compile(
    r"[A-Z][A-Z .'’-]+(?:, [A-Z][\w.]+)?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?(?: \([A-Z][\w ]+\))? ?[—–-]+ "
)
LONGEST: Final = 80  # characters
_DASHES: Final = frozenset({"–", "—", "-", "--"})
_PLACES: Final = frozenset({"GPE", "LOC"})
_WHEN: Final = frozenset({"DATE", *_PLACES})


def begins(article: Article, block: int, tokens: Sequence[Token]) -> int:
    """Where the text of a block begins, in code points of ``Article.text``: behind its dateline, if it has one.

    ``tokens``: those in its first ``LONGEST`` characters. A dateline is a place in capitals, or the name of a place and
    no more than a day behind it, and a dash; a sentence begins behind it (*ANNA BELL — the mayor — said* has none).
    """
    start = article.block_spans[block].start
    past = _past(article, block, tokens)
    return start if past is None or article.text[past : past + 1].islower() else past


def _past(article: Article, block: int, tokens: Sequence[Token]) -> int | None:
    """Where the words behind what has the form of a dateline begin; None where nothing has."""
    own = article.block_spans[block]
    found = _IN_CAPITALS.match(article.text, own.start, own.end)
    if found is not None:
        return found.end()
    at = next((n for n, token in enumerate(tokens) if token.text in _DASHES), 0)
    if not at or at + 1 >= len(tokens) or not tokens[at - 1].whitespace_ or tokens[0].ent_type_ not in _PLACES:
        return None
    before = all(token.ent_type_ in _WHEN or token.is_punct for token in tokens[:at])
    return tokens[at + 1].idx if before else None
