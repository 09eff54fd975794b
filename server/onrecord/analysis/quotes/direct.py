"""Who says what stands inside quotation marks.

The tagger says it. Where it is silent, a cue in the gap before a quotation (``gaps``) gives it its speaker; one with no
cue of its own has whom the sentence behind it points to, or the person that the one before it is about
(``neighbours``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.analysis.cues import is_verb, lexicon, speaks
from onrecord.analysis.phrases import Reading, doer
from onrecord.analysis.quotes.gaps import Gap, Voice, gap_before
from onrecord.analysis.quotes.neighbours import pointed_at
from onrecord.analysis.quotes.utterances import SHORTEST_UTTERANCE, final_mark
from onrecord.article import Span

_TRANSCRIPT = re.compile(
    r"^\s*(?:(?P<caps>[A-Z][A-Z .'’\-]{1,40})|(?P<name>(?:[A-Z][\w.'’\-]+ ){0,3}[A-Z][\w.'’\-]+))\s*:\s*$"
)
# Titles of works are rarely longer; a longer run of capitalised words is a headline that somebody read out.
LONGEST_TITLE = 8


def speaker_of(reading: Reading, cue: Token) -> Span | None:
    """The noun phrase that names who ``cue`` lets speak, by the parse."""
    found = doer(cue)
    if found is None or reading.quoted(found):
        return None
    if found.lower_ in {"that", "which", "what", "there"} and found.pos_ == "PRON":
        return None
    return reading.noun_phrase(found, without=[cue])


def _cue_before(reading: Reading, gap: Gap) -> Voice | None:
    text = gap.text.rstrip()
    if not text or not gap.tokens:
        return None
    script = _TRANSCRIPT.match(gap.text)
    if script:
        return Voice((), reading.span(gap.tokens), 0.9, "before")
    introduces = text[-1] in ":—–" or text.endswith("that")
    verbs = [token for token in gap.tokens if is_verb(token)]
    for token in reversed(verbs):
        if speaks(token, beside_quotation=True):
            if text[-1] == "," or (not introduces and gap.tokens[-1].i > token.i):
                return None
            mention = speaker_of(reading, token)
            return Voice((token,), mention, 0.95 if mention else 0.6, "before")
        if text[-1] != ":" and token.dep_ not in {"acl", "relcl", "advcl", "amod", "xcomp", "pcomp"}:
            return None
    return None


def is_title(reading: Reading, number: int) -> bool:
    """Whether a quotation is the title of a work, a show or a deal (*in his book, “Ways of the River,” Bell said …*).

    Every longer word is capitalised, it does not end like a sentence, and the words before it are no cue.
    """
    tokens = [token for span in reading.outer[number].spans for token in reading.tokens(span)]
    words = [token for token in tokens if token.is_alpha or "-" in token.text]
    longer = [token for token in words if len(token.text) >= SHORTEST_UTTERANCE]
    if not 2 <= len(words) <= LONGEST_TITLE or not longer or not words[0].text[:1].isupper():
        return False
    if any(token.text[:1].islower() for token in longer) or final_mark(reading, number) in {".", "!", "?", "…"}:
        return False
    if all(token.ent_type_ == "PERSON" for token in words):
        return False
    before = gap_before(reading, number)
    return bool(before.tokens) and _cue_before(reading, before) is None


def voices(reading: Reading) -> list[Voice | None]:
    """For each outer quotation, who speaks it by the words beside it; None where they do not say."""
    every = range(len(reading.outer))
    return [_cue_before(reading, gap_before(reading, number)) or pointed_at(reading, number) for number in every]


def subject_of(reading: Reading, cue: Sequence[Token]) -> Span | None:
    """Who does what the words of a cue say, by the parse alone."""
    for token in cue:
        if is_verb(token):
            found = doer(token)
            if found is None or found.lower_ in {"that", "which", "what", "there"} or found in cue:
                return None
            return reading.noun_phrase(found, without=cue)
    return None


def cue_frames(token: Token) -> frozenset[str]:
    """The frames of a cue, for callers that need to know whether it also takes a label."""
    return lexicon().frames_of(token)
