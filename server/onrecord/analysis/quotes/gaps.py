"""The gap before a quotation: the words from the quotation or the end of the sentence before it, and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.analysis.phrases import Reading
from onrecord.article import Span

_SENTENCE_BREAK = re.compile(r"""[.!?…]["'”’)]*\s+(?=["'“‘(]?[A-Z0-9])""")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Sen|Rep|Gov|Prof|St|Rev|Hon|Jr|Sr|vs|No|[A-Z])\.$")
LONGEST_ABBREVIATION = 6  # characters: the longest of those, and the one before it for its border


@dataclass(slots=True)
class Voice:
    """What the words beside a quotation say of its speaker."""

    cue: tuple[Token, ...]
    mention: Span | None
    confidence: float
    side: str  # before, after, sentence


@dataclass(frozen=True, slots=True)
class Gap:
    """The tokens between a quotation and the nearest border, and their text."""

    tokens: tuple[Token, ...]
    text: str


def _last_sentence(text: str) -> int:
    """Where the part of a gap begins that belongs to the quotation behind it: its last sentence."""
    found = 0
    for match in _SENTENCE_BREAK.finditer(text):
        past = match.start() + 1
        if not _ABBREVIATION.search(text[max(0, past - LONGEST_ABBREVIATION) : past]):
            found = match.end()
    return found


def gap_before(reading: Reading, number: int) -> Gap:
    """The sentence part in front of quotation ``number``, empty if a sentence has just ended."""
    span = reading.outer[number].spans[0]
    block = reading.article.block_spans[reading.article.block_index(span.start)]
    start = max(block.start, reading.outer[number - 1].end if number else 0)
    text = reading.article.text[start : span.start]
    if not text.strip() and start == block.start:
        lead = _lead_in(reading, number)
        if lead is not None:
            return lead
    cut = min(_last_sentence(text + "A"), len(text))
    return Gap(tuple(reading.tokens(Span(start + cut, span.start))), text[cut:])


def _lead_in(reading: Reading, number: int) -> Gap | None:
    """The last sentence part of the block before, where it leads in with a colon the quotation that begins this one."""
    index = reading.article.block_index(reading.outer[number].start)
    if not index:
        return None
    before = reading.article.block_spans[index - 1]
    if not reading.article[before].rstrip().endswith(":"):
        return None
    first = max(before.start, reading.outer[number - 1].end if number else 0)
    cut = _last_sentence(reading.article.text[first : before.end] + " A")
    cut = 0 if first + cut >= before.end else cut
    return Gap(tuple(reading.tokens(Span(first + cut, before.end))), reading.article.text[first + cut : before.end])
