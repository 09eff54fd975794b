"""The figures that the panel draws: how many sources and quoted words there are of each type."""

from __future__ import annotations

import re
from collections import Counter
from typing import TypedDict

from onrecord.analysis.result import Analysis
from onrecord.article import Article

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Summary(TypedDict):
    """``words_quoted_by_type`` counts the words inside content spans; quotes with no speaker count under ``null``."""

    sources: int
    quotes: int
    claims: int
    by_type: dict[str, int]
    by_identification: dict[str, int]
    words_quoted_by_type: dict[str, int]
    speaker_not_found: int


def summarise(article: Article, analysis: Analysis) -> Summary:
    """Count sources by type and identification, and the words quoted of each type (share of voice)."""
    words: Counter[str] = Counter()
    for quote in analysis.quotes:
        source = analysis.source(quote.source)
        length = sum(len(_WORD.findall(article[span])) for span in quote.content)
        words[source.type if source else "null"] += length
    return {
        "sources": len(analysis.sources),
        "quotes": len(analysis.quotes),
        "claims": len(analysis.claims),
        "by_type": dict(Counter(source.type for source in analysis.sources)),
        "by_identification": dict(Counter(source.identification for source in analysis.sources)),
        "words_quoted_by_type": dict(words),
        "speaker_not_found": sum(quote.source is None for quote in analysis.quotes),
    }
