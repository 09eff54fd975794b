"""Signed quotations: the name behind a dash, on the quotation's own line or on the next one, is who said it."""

from __future__ import annotations

import re
from typing import Final

from onrecord.analysis.cues import is_verb
from onrecord.analysis.phrases import FINITE, Reading
from onrecord.analysis.quotes.drafts import Draft
from onrecord.article import Span

_SIGNED: Final = re.compile(r"^\s*(?:[—–―‒]|-{1,2})\s*(?P<who>[A-Z][^“”\"\n]{1,120}?)[\s.]*$")
# An embedded post: whoever signs with the name of an account has written it.
_POSTED: Final = re.compile(r"^\s*(?:[—–―‒]|-{1,2})\s*(?P<who>[^()“”\"\n]{1,80}?)\s*\(@[\w.]{1,40}\)")
# The same inside the marks: *Otto Bell, engineer at the institute.”*, a paragraph of its own.
_INSIDE: Final = re.compile(r"^\s*(?:[—–―‒]|-{1,2})?\s*(?P<who>[A-Z][^“”\"\n]{1,120}?)[\s.]*[”\"]\s*$")
_CAPITAL: Final = re.compile(r"^(?:[A-Z][\w.'’\-]*|[a-z]{1,3})(?:\s+(?:[A-Z][\w.'’\-]*|[a-z]{1,3}))*")
_YEAR: Final = re.compile(r"\b(?:1[5-9]|20)\d{2}\b")  # *“…” — Herald, 3 May 2008* is a list of references
LONGEST_SIGNATURE: Final = 16  # words
LONGEST_NAME: Final = 6  # words before the first comma
SURENESS: Final = 0.9


def signatures(reading: Reading) -> list[tuple[int, Draft]]:
    """For each signed quotation its number in ``reading.outer`` and what it says, with its signer as mention."""
    found = []
    article = reading.article
    for number, quotation in enumerate(reading.outer):
        first, last = quotation.spans[0], quotation.spans[-1]
        if article.text[article.block_spans[article.block_index(first.start)].start : first.start].strip():
            continue  # words before it: the dash signs the whole paragraph
        block = article.block_index(last.end - 1)
        at = article.block_spans[block]
        behind = Span(last.end, at.end)
        if not article[behind].strip() and block + 1 < len(article.blocks) and _alone(reading, number):
            behind = article.block_spans[block + 1]
        posted = _POSTED.match(article[behind])
        match = posted or _SIGNED.match(article[behind])
        if match is None:
            signed = _signed_inside(reading, number)
            if signed is not None:
                words = list(quotation.spans[:-1])
                found.append((number, Draft((), signed, words, SURENESS, verbatim=True)))
            continue
        who = Span(behind.start + match.start("who"), behind.start + match.end("who"))
        if posted is not None or _is_a_signature(reading, who):
            found.append((number, Draft(cue=(), mention=who, content=[], sureness=SURENESS, owned=[number])))
    return found


def _signed_inside(reading: Reading, number: int) -> Span | None:
    """The signer whose name is the last paragraph of a quotation, before the mark that closes it; None without one."""
    quotation = reading.outer[number]
    if len(quotation.spans) < 2 or not _alone(reading, number):
        return None
    last = quotation.spans[-1]
    match = _INSIDE.match(reading.article[last])
    if match is None:
        return None
    who = Span(last.start + match.start("who"), last.start + match.end("who"))
    first = reading.tokens(who)[:1]
    named = bool(first) and first[0].ent_type_ == "PERSON"
    return who if named and _is_a_signature(reading, who) else None


def _alone(reading: Reading, number: int) -> bool:
    """Whether a quotation is all that its last block holds."""
    last = reading.outer[number].spans[-1]
    at = reading.article.block_spans[reading.article.block_index(last.end - 1)]
    return not reading.article.text[at.start : last.start].strip()


def _is_a_signature(reading: Reading, who: Span) -> bool:
    """A name, and perhaps behind a comma what somebody is; nothing that states something."""
    text = reading.article[who]
    tokens = reading.tokens(who)
    name = text.split(",")[0].split("(")[0].strip()
    if _YEAR.search(text) or len(text.split()) > LONGEST_SIGNATURE or not 0 < len(name.split()) <= LONGEST_NAME:
        return False
    if _CAPITAL.fullmatch(name) is None or not tokens:
        return False
    finite = any(is_verb(t) and t.tag_ in FINITE and t.dep_ == "ROOT" for t in tokens)
    return not finite or "," in text
