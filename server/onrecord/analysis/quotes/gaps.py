"""The gaps beside a quotation: the words up to the next quotation or the end of the sentence, and what they say."""

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
    side: str  # before, after, carried, sentence


@dataclass(frozen=True, slots=True)
class Gap:
    """The tokens between a quotation and the nearest border, and their text."""

    tokens: tuple[Token, ...]
    text: str


def _cut_at_sentence(text: str, *, last: bool) -> tuple[int, int]:
    """The part of a gap that belongs to the quotation beside it: its first sentence, or its last."""
    found = 0 if last else len(text)
    for match in _SENTENCE_BREAK.finditer(text):
        past = match.start() + 1
        if not _ABBREVIATION.search(text[max(0, past - LONGEST_ABBREVIATION) : past]):
            found = match.end()
            if not last:
                break
    return (found, len(text)) if last else (0, found)


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
    cut, _ = _cut_at_sentence(text + "A", last=True)
    cut = min(cut, len(text))
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
    cut, _ = _cut_at_sentence(reading.article.text[first : before.end] + " A", last=True)
    cut = 0 if first + cut >= before.end else cut
    return Gap(tuple(reading.tokens(Span(first + cut, before.end))), reading.article.text[first + cut : before.end])


def gap_after(reading: Reading, number: int) -> Gap:
    """The sentence part behind quotation ``number``."""
    span = reading.outer[number].spans[-1]
    block = reading.article.block_spans[reading.article.block_index(span.end - 1)]
    stop = block.end
    following = reading.outer[number + 1].start if number + 1 < len(reading.outer) else len(reading.article.text)
    while stop < following:  # the sentence may go on in the next block
        index = reading.article.block_index(stop) + 1
        if not reading.article.continues(index):
            break
        stop = reading.article.block_spans[index].end
    end = min(stop, following)
    text = reading.article.text[span.end : end]
    _, cut = _cut_at_sentence(text, last=False)
    return Gap(tuple(reading.tokens(Span(span.end, span.end + cut))), text[:cut])
