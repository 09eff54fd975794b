"""Who says what stands inside quotation marks.

Each quotation is read with the words beside it: the gap before it and the gap after it (``gaps``). A cue in a gap
gives the quotation its speaker; a quotation with no cue of its own goes on with the speaker before it, or takes the
person that the sentence before it is about (``neighbours``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.analysis.cues import is_verb, lexicon, speaks
from onrecord.analysis.phrases import Reading, bare_participle, doer
from onrecord.analysis.quotes.gaps import Gap, Voice, gap_after, gap_before
from onrecord.analysis.quotes.neighbours import pointed_at
from onrecord.analysis.quotes.utterances import SHORTEST_UTTERANCE, final_mark
from onrecord.article import Span

_TRANSCRIPT = re.compile(
    r"^\s*(?:(?P<caps>[A-Z][A-Z .'’\-]{1,40})|(?P<name>(?:[A-Z][\w.'’\-]+ ){0,3}[A-Z][\w.'’\-]+))\s*:\s*$"
)
_BYLINE = re.compile(r"^\s*[—–―‒-]{1,2}\s*(?P<name>(?:[A-Z][\w.'’\-]+[ ,]*){1,6})")

# Titles of works are rarely longer; a longer run of capitalised words is a headline that somebody read out.
LONGEST_TITLE = 8


def speaker_of(reading: Reading, cue: Token, gap: Gap) -> Span | None:
    """The noun phrase that names who ``cue`` lets speak, from the parse or else from the words beside the cue."""
    found = doer(cue)
    if found is not None and reading.quoted(found):
        found = None
    if found is None and not bare_participle(cue):
        found = _beside(cue, gap)
    if found is None or (
        found.lower_ in {"that", "which", "what", "it", "there"} and found.pos_ == "PRON" and found.lower_ != "it"
    ):
        return None
    return reading.noun_phrase(found, without=[cue])


def _beside(cue: Token, gap: Gap) -> Token | None:
    """The head of the noun phrase right after the cue (*said Smith*), else of the one right before it."""
    tokens = list(gap.tokens)
    if cue not in tokens:
        return None
    at = tokens.index(cue)
    behind: list[Token] = []
    for token in tokens[at + 1 :]:
        if token.pos_ in {"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"} or token.dep_ in {
            "compound",
            "poss",
            "case",
            "nmod",
        }:
            behind.append(token)
        elif token.pos_ == "ADV" and not behind:
            continue
        else:
            break
    nouns = [token for token in behind if token.pos_ in {"PROPN", "NOUN", "PRON"}]
    if nouns and at <= 2:
        return nouns[-1]
    before = [token for token in tokens[:at] if token.pos_ in {"PROPN", "NOUN", "PRON"}]
    return before[-1] if before else None


def _cue_after(reading: Reading, gap: Gap, final: str) -> Voice | None:
    byline = _BYLINE.match(gap.text)
    if byline and final in {".", "!", "?", "…"} and byline.end() >= len(gap.text.rstrip()) - 1:
        start = gap.tokens[0].idx + len(gap.text[: byline.start("name")].lstrip()) if gap.tokens else 0
        tokens = [token for token in gap.tokens if token.idx >= start and token.is_alpha]
        span = reading.span(tokens)
        return Voice((), span, 0.9, "after") if span else None
    according = _according(reading, gap)
    if according is not None and gap.tokens[0].i >= according.cue[0].i - 2:
        return according
    if final in {".", "…"} and not (gap.tokens and gap.tokens[0].text[:1].islower()):
        return None
    for position, token in enumerate(gap.tokens):
        if not speaks(token, beside_quotation=True) or token.tag_ == "VB":
            if is_verb(token) and token.dep_ in {"ROOT", "conj"} and token.tag_ != "VBG":
                return None  # another verb comes first, so the sentence is about something else
            continue
        if token.tag_ in {"VBG", "VBN"} and position > 1 and token.dep_ in {"acl", "relcl"}:
            continue
        leading = gap.tokens[:position]
        if any(other.text in {";", ":"} for other in leading):
            return None
        if leading and leading[0].lower_ in {
            "and",
            "but",
            "which",
            "that",
            "to",
            "in",
            "for",
            "of",
            "as",
            "while",
            "because",
            "when",
        }:
            if not (leading[0].lower_ in {"as", "and", "but"} and position <= 6):
                return None
        if final not in {",", "?", "!", "—", "–", "-", "…"} and leading and leading[0].text != "," and position > 1:
            if final.isalnum() or final == ")":
                if not (gap.text.startswith(",") or token.i - gap.tokens[0].i <= 1):
                    return None
        if token.tag_ == "VBG" and leading and final not in {",", "?", "!"}:
            return None
        mention = speaker_of(reading, token, gap)
        return Voice((token,), mention, 0.95 if mention else 0.6, "after")
    return None


def _according(reading: Reading, gap: Gap) -> Voice | None:
    for token in gap.tokens:
        if token.lower_ == "words" and [t.lower_ for t in reading.doc[max(0, token.i - 2) : token.i]] == ["in", "the"]:
            of = reading.doc[token.i + 1] if token.i + 1 < len(reading.doc) else token
            noun = next((child for child in of.children if child.dep_ == "pobj"), None)
            if of.lower_ == "of" and noun is not None:
                return Voice(tuple(reading.doc[token.i - 2 : token.i + 2]), reading.noun_phrase(noun), 0.95, "after")
        if token.lower_ == "according" and token.i + 1 < len(reading.doc) and reading.doc[token.i + 1].lower_ == "to":
            to = reading.doc[token.i + 1]
            noun = next((child for child in [*to.children, *token.children] if child.dep_ == "pobj"), None)
            if noun is None:
                return None
            return Voice((token, to), reading.noun_phrase(noun), 0.95, "after")
    return None


def _cue_before(reading: Reading, gap: Gap, number: int) -> Voice | None:
    text = gap.text.rstrip()
    if not text or not gap.tokens:
        return None
    script = _TRANSCRIPT.match(gap.text)
    if script:
        return Voice((), reading.span(gap.tokens), 0.9, "before")
    introduces = text[-1] in ",:—–" or text.endswith(("that", "that,"))
    verbs = [token for token in gap.tokens if is_verb(token)]
    for token in reversed(verbs):
        if speaks(token, beside_quotation=True):
            near = gap.tokens[-1].i - token.i
            if not introduces and near > 0 and not _governs(reading, token, number):
                return None
            if text[-1] == "," and not _may_introduce(token, gap):
                return None
            mention = speaker_of(reading, token, gap)
            return Voice((token,), mention, 0.95 if mention else 0.6, "before")
        if text[-1] != ":" and token.dep_ not in {"acl", "relcl", "advcl", "amod", "xcomp", "pcomp"}:
            return None
    if text[-1] == ":":
        return _colon(reading, gap)
    return None


def _may_introduce(cue: Token, gap: Gap) -> bool:
    """Whether the words between the cue and the comma are only an addressee, a time or a manner."""
    rest = [token for token in gap.tokens if token.i > cue.i]
    return not any(is_verb(token) and token.dep_ in {"ccomp", "ROOT"} for token in rest)


def _governs(reading: Reading, cue: Token, number: int) -> bool:
    """Whether the parse hangs the quotation, as a whole, on the cue, with nothing but *that* or an adverb between."""
    first = reading.outer[number].spans[0]
    between = reading.tokens(Span(cue.idx + len(cue.text), first.start))
    return len(between) <= 3 and all(
        token.pos_ in {"SCONJ", "ADV", "PRON", "PROPN", "PUNCT", "ADP"}
        or token.dep_ in {"dobj", "dative", "mark", "npadvmod"}
        for token in between
    )


def _colon(reading: Reading, gap: Gap) -> Voice | None:
    """Words before a colon with no verb of saying: the subject of the sentence, if it is somebody, speaks."""
    roots = [
        token
        for token in gap.tokens
        if token.dep_ in {"nsubj", "nsubjpass"} and token.pos_ in {"PROPN", "PRON", "NOUN"}
    ]
    people = [t for t in roots if t.ent_type_ in {"PERSON", "ORG"} or t.lower_ in {"he", "she", "they"}]
    if not people:
        return None
    colon = [token for token in gap.tokens if token.text == ":"][-1:]
    return Voice(tuple(colon), reading.noun_phrase(people[0]), 0.75, "before")


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
    return bool(before.tokens) and _cue_before(reading, before, number) is None


def voices(reading: Reading) -> list[Voice | None]:
    """For each outer quotation, who speaks it by the words beside it; None where they do not say."""
    found: list[Voice | None] = []
    for number in range(len(reading.outer)):
        before, after = gap_before(reading, number), gap_after(reading, number)
        final = final_mark(reading, number)
        ahead = _cue_before(reading, before, number)
        behind = _cue_after(reading, after, final)
        introduced = before.text.rstrip()[-1:] in {",", ":"} or (
            ahead is not None and bool(ahead.cue) and bool(before.tokens) and before.tokens[-1].i - ahead.cue[0].i <= 1
        )
        if ahead is not None and (behind is None or introduced):
            found.append(ahead)
        else:
            found.append(behind or ahead or pointed_at(reading, number))
    return found


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
