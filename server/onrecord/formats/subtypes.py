"""What a reader is told of a source whose type has two names: a politician or party, or an armed group."""

from __future__ import annotations

import re
from typing import Final, Literal

from onrecord.analysis import lexicons
from onrecord.analysis.result import Source
from onrecord.article import Article
from onrecord.formats.labels import ARMED_GROUP, POLITICIAN, TYPES

Subtype = Literal["armed_group"]

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Where the words of a mention stop that say who somebody is, and those begin that say what he did with whom.
_RELATION: Final = re.compile(r"[,;:(]|\b(?:who|whom|whose|which|that|by|from|with|to|against|on|in|at|for|during)\b")


def subtype(article: Article, source: Source) -> Subtype | None:
    """``armed_group`` where the article's own words for a political source say so, and None elsewhere.

    They are the words that decided its type, and its mentions up to the first relation. *Labour rebels* are of a party.
    """
    if source.type != "political":
        return None
    own = [article[span] for span in source.evidence]
    own += [_RELATION.split(article[span], maxsplit=1)[0] for span in source.mentions]
    said = {word.lower() for text in own for word in _WORD.findall(text)}
    if said & lexicons.words("sources", "armed", "never_with"):
        return None
    return "armed_group" if said & lexicons.words("sources", "armed", "words") else None


def type_name(article: Article, source: Source) -> str:
    """The name of a source's type, as a reader sees it beside that source."""
    if source.type != "political":
        return TYPES[source.type]
    return ARMED_GROUP if subtype(article, source) else POLITICIAN
