"""Headlines that name a speaker before a colon: *Mayor: we will rebuild*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from onrecord.analysis import lexicons
from onrecord.analysis.drafts import Draft
from onrecord.analysis.phrases import Reading
from onrecord.article import Span

_LABELLED: Final = re.compile(r"^(?P<who>[A-Z][^:;.!?“”\"]{1,60}):\s+(?P<what>\S.*)$")
LONGEST_LABEL: Final = 5  # words; a longer one is a clause of its own
SURENESS: Final = 0.75


def headlines(reading: Reading) -> Iterator[Draft]:
    """A draft for each headline whose words before the colon name somebody and whose words behind it say something."""
    topics = lexicons.words("cues", "headline_topics", "words")
    for block, at in zip(reading.article.blocks, reading.article.block_spans, strict=True):
        match = _LABELLED.match(block.text) if block.role == "headline" else None
        if match is None or len(match.group("who").split()) > LONGEST_LABEL:
            continue
        who = Span(at.start, at.start + match.end("who"))
        what = Span(at.start + match.start("what"), at.start + len(block.text.rstrip()))
        label, said = reading.tokens(who), reading.tokens(what)
        named = any(token.pos_ in {"PROPN", "NOUN"} for token in label)
        states = any(token.tag_.startswith("VB") or token.tag_ == "MD" for token in said) or any(
            map(reading.quoted, said[:1])
        )
        colon = reading.tokens(Span(who.end, who.end + 1))
        if not named or not states or not colon or any(token.lower_ in topics for token in label):
            continue
        yield Draft(cue=tuple(colon), mention=who, content=[what], sureness=SURENESS, surely_reported=True)
