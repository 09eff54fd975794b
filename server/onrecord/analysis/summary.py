"""The figures that the panel draws: how many sources and quoted words there are of each type."""

from __future__ import annotations

import re
from collections import Counter
from typing import TypedDict

from onrecord.analysis.result import Analysis
from onrecord.article import Article

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Summary(TypedDict):
    """``words_quoted_by_…`` count the words inside content spans; quotes with no speaker count under ``null``.

    ``share_of_voice`` is ``words_quoted_by_type`` as parts of one. ``quoted_sources`` are those with a quote, and an
    article is ``single_source`` if there is one of them and no quote whose speaker was not found.
    """

    sources: int
    quotes: int
    claims: int
    by_type: dict[str, int]
    by_identification: dict[str, int]
    words_quoted_by_type: dict[str, int]
    words_quoted_by_identification: dict[str, int]
    share_of_voice: dict[str, float]
    quoted_sources: int
    single_source: bool
    speaker_not_found: int


def summarise(article: Article, analysis: Analysis) -> Summary:
    """Count sources by type and identification, and the words quoted of each type (share of voice)."""
    words: Counter[str] = Counter()
    identified: Counter[str] = Counter()
    for quote in analysis.quotes:
        source = analysis.source(quote.source)
        length = sum(len(_WORD.findall(article[span])) for span in quote.content)
        words[source.type if source else "null"] += length
        identified[source.identification if source else "null"] += length
    total = sum(words.values())
    quoted = {quote.source for quote in analysis.quotes}
    return {
        "sources": len(analysis.sources),
        "quotes": len(analysis.quotes),
        "claims": len(analysis.claims),
        "by_type": dict(Counter(source.type for source in analysis.sources)),
        "by_identification": dict(Counter(source.identification for source in analysis.sources)),
        "words_quoted_by_type": dict(words),
        "words_quoted_by_identification": dict(identified),
        "share_of_voice": {kind: round(number / total, 3) for kind, number in words.items()} if total else {},
        "quoted_sources": len(quoted - {None}),
        "single_source": len(quoted) == 1 and None not in quoted,
        "speaker_not_found": sum(quote.source is None for quote in analysis.quotes),
    }
