"""Headlines that name a speaker before a colon: *Mayor: we will rebuild*, and not *Ferry strike: what we know*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from spacy.tokens import Token

from onrecord.analysis import lexicons
from onrecord.analysis.names.animacy import is_body, names_a_text, names_people
from onrecord.analysis.names.bodies import well_known
from onrecord.analysis.phrases import FINITE, Reading
from onrecord.analysis.quotes.drafts import Draft
from onrecord.article import Span

_LABELLED: Final = re.compile(r"^(?P<who>[A-Z][^:;.!?“”\"]{1,60}):\s+(?P<what>\S.*)$")
LONGEST_LABEL: Final = 5  # words; a longer one is a clause of its own
SURENESS: Final = 0.75

# *Ada Lowe: Who is she?*: behind a name stands what the article is about, unless it states something.
_ASKING: Final = frozenset({"how", "why", "what", "who", "when", "where", "which", "whether"})
_NO_SPEAKERS: Final = frozenset({"GPE", "LOC", "EVENT", "FAC", "DATE"})


def headlines(reading: Reading) -> Iterator[Draft]:
    """A draft for each headline whose words before the colon name somebody and whose words behind it say something.

    Without quotation marks only who can speak is a speaker: a person, people, a body or a text; not a topic (*Bird
    flu: …*), nor a single name.
    """
    topics = lexicons.words("cues", "headline_topics", "words")
    for block, at in zip(reading.article.blocks, reading.article.block_spans, strict=True):
        match = _LABELLED.match(block.text) if block.role == "headline" else None
        if match is None or len(match.group("who").split()) > LONGEST_LABEL:
            continue
        who = Span(at.start, at.start + match.end("who"))
        what = Span(at.start + match.start("what"), at.start + len(block.text.rstrip()))
        label, said = reading.tokens(who), reading.tokens(what)
        quoted = any(map(reading.quoted, said[:1]))
        states = quoted or any(token.tag_.startswith("VB") or token.tag_ == "MD" for token in said)
        colon = reading.tokens(Span(who.end, who.end + 1))
        if not label or not states or not colon or any(token.lower_ in topics for token in label):
            continue
        if not _can_speak(label, quoted=quoted) or not (quoted or _is_statement(label, said)):
            continue
        yield Draft(cue=tuple(colon), mention=who, content=[what], sureness=SURENESS, surely_reported=True)


def _can_speak(label: Sequence[Token], *, quoted: bool) -> bool:
    """Whether a label names somebody, by its last noun."""
    words = [token for token in label if token.is_alpha or "-" in token.text]
    if not words:
        return False
    last = words[-1]
    if names_a_text(last) or is_body(last) or names_people(last):
        return True
    if well_known(label) is not None or last.text in lexicons.words("sources", "capitals", "words"):
        return True
    if len(words) > 1 and last.ent_type_ == "PERSON" and all(t.text[:1].isupper() for t in words):
        return True
    named = last.pos_ == "PROPN" and last.ent_type_ not in _NO_SPEAKERS and all(t.text[:1].isupper() for t in words)
    return quoted and named  # *Rask: “I will not resign”*


def _is_statement(label: Sequence[Token], said: Sequence[Token]) -> bool:
    """Whether words without marks state something; behind a person's name a noun with a clause does not."""
    if said[0].lower_ in _ASKING or said[-1].text == "?":
        return False
    root = next((token for token in said if token.dep_ == "ROOT"), said[0])
    if root.tag_ in FINITE or any(c.tag_ in FINITE and c.dep_ in {"aux", "auxpass"} for c in root.children):
        return True
    finite = any(token.tag_ in FINITE and token.dep_ not in {"relcl", "aux", "auxpass"} for token in said)
    return label[-1].ent_type_ != "PERSON" and (finite or root.tag_ in {"VBN", "VB", "VBG"})
