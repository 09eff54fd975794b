"""Disclosures: somebody declined to comment, or could not be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from onrecord.analysis import lexicons
from onrecord.analysis.cues import is_verb
from onrecord.analysis.phrases import Reading, subject
from onrecord.analysis.quotes.drafts import Draft
from onrecord.article import Span

SURENESS: Final = 0.9
_SENTENCE_END: Final = re.compile(r"[.;!?](?:\s|$)|,\s|$")


@cache
def _patterns() -> list[re.Pattern[str]]:
    return [re.compile(pattern, re.IGNORECASE) for pattern in lexicons.load("channels")["disclosures"]["patterns"]]


def disclosures(reading: Reading) -> Iterator[Draft]:
    """A draft for each disclosure outside quotation marks: its verb as cue, what was asked for as content."""
    for match in (match for pattern in _patterns() for match in pattern.finditer(reading.article.text)):
        cue = reading.tokens(Span(*match.span("cue")))
        if not cue or reading.quoted(cue[0]) or not (is_verb(cue[0]) or cue[0].pos_ == "AUX"):
            continue
        end = _SENTENCE_END.search(reading.article.text, match.end("what"))
        rest = reading.tokens(Span(match.start("what"), end.start() if end else match.end("what")))
        rest = [token for token in rest if token.sent == cue[0].sent]
        content = reading.span(rest)
        who = next((c for c in cue[0].children if c.dep_ == "nsubjpass"), None) or subject(cue[0])
        if content is None:
            continue
        mention = reading.noun_phrase(who, without=[*cue, *rest]) if who is not None else None
        yield Draft(cue=tuple(cue), mention=mention, content=[content], sureness=SURENESS, surely_reported=True)
