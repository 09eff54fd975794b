"""Statements where the tagger is silent: *the story goes*, *a tunnel which local radio reports runs for miles*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.analysis.cues import lexicon
from onrecord.analysis.phrases import FINITE, REACH, RELATIVE, Reading
from onrecord.analysis.quotes.drafts import Draft

# How sure a report by the parse alone is.
BY_SYNTAX: Final = 0.5

# What *goes* when something is told: *so the story goes*.
_TOLD: Final = frozenset(
    {"story", "reasoning", "argument", "theory", "thinking", "legend", "joke", "saying", "tale", "logic"}
)


def told(reading: Reading, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Those of the whole text; ``drafts`` are what is known already."""
    cues = {token.i for draft in drafts for token in draft.cue}
    yield from _around(reading)
    yield from _put_in(reading, cues)


def _around(reading: Reading) -> Iterator[Draft]:
    """*The village, the story goes, would have stayed dry*: what is told, by nobody who is named."""
    for verb in reading.doc:
        if verb.lemma_ != "go" or verb.tag_ not in {"VBZ", "VBD"} or reading.quoted(verb):
            continue
        noun = next((t for t in verb.lefts if t.dep_ == "nsubj" and t.lemma_.lower() in _TOLD), None)
        if noun is None or noun.i != verb.i - 1 or any(not t.is_punct for t in verb.rights):
            continue
        sentence = verb.sent
        if len(sentence) > REACH:
            continue
        first = noun.left_edge.i
        while first > sentence.start and reading.doc[first - 1].lower_ in {"so", "or", "as", ","}:
            first -= 1
        before = [t for t in reading.doc[sentence.start : first] if not t.is_space]
        behind = [t for t in reading.doc[verb.i + 1 : sentence.end] if not t.is_space]
        spans = [span for part in (before, behind) if (span := reading.span(part)) is not None]
        if before and spans and not any(map(reading.quoted, before + behind)):
            yield Draft((verb,), None, spans, BY_SYNTAX, surely_reported=True, by_nobody=True)


def _put_in(reading: Reading, cues: set[int]) -> Iterator[Draft]:
    """*A tunnel which local radio reports runs for miles*: the parser takes the verb of saying for a noun.

    It shows: the verb behind it has two subjects then, or one that is a verb.
    """
    for verb in reading.doc:
        if verb.tag_ not in FINITE or verb.i in cues or reading.quoted(verb) or verb.i < 3:
            continue
        cue = verb.nbor(-1)
        if cue.dep_ != "nsubj" or cue.head != verb or cue.i in cues or not lexicon().has("clause", cue):
            continue
        relative = any(t.dep_ == "nsubj" and t.lower_ in RELATIVE and t.i < cue.left_edge.i for t in verb.lefts)
        who = next((t for t in reversed(list(cue.lefts)) if t.pos_ in {"NOUN", "PROPN"}), None)
        if who is None or not (relative or (cue.tag_ in FINITE and who.dep_ == "nsubj")):
            continue
        content = reading.span(reading.doc[verb.i : verb.right_edge.i + 1])
        mention = reading.span(reading.doc[cue.left_edge.i : cue.i])
        if content is not None and mention is not None:
            yield Draft((cue,), mention, [content], BY_SYNTAX, surely_reported=True)
