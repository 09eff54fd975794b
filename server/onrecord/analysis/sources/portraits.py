"""Where the article says who a source is: its mentions, and wherever else it is named.

What the learned reading (``model.kinds``) is shown of a source. Training and reading share this module, as they share
``features``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from onrecord.analysis.phrases import Reading, head_of, phrase_of
from onrecord.analysis.speakers import Speaker
from onrecord.article import Span

# Of a source that is named everywhere the first ones say most.
MENTIONS: Final = 24


@dataclass(frozen=True, slots=True)
class Portrait:
    """Where a source is looked at, and what the register says of it (``model.kinds.FACTS``)."""

    tokens: tuple[Token, ...]
    facts: tuple[float, float, float]


def portrait(reading: Reading, speaker: Speaker) -> Portrait:
    """The portrait of a speaker; none of its tokens is white space."""
    spans = list(speaker.mentions[:MENTIONS])
    if speaker.name is not None and not speaker.person:
        spans += _named(reading, speaker.name)
    held = {token.i: token for span in spans for token in reading.tokens(span)}
    facts = float(speaker.person), float(speaker.plural), float(speaker.name is not None)
    return Portrait(tuple(held[at] for at in sorted(held)), facts)


def _named(reading: Reading, name: str) -> list[Span]:
    """The noun phrases in which a body's name stands."""
    found = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", reading.article.text)
    spans = []
    for _, match in zip(range(MENTIONS), found, strict=False):
        tokens = reading.tokens(Span(match.start(), match.end()))
        if tokens:
            spans.append(phrase_of(reading, head_of(tokens)))
    return spans
