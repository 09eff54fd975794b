"""Remarks and statements that are said to say something: whose they are, who speaks then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from spacy.tokens import Token

from onrecord.analysis.names.animacy import names_a_text
from onrecord.analysis.phrases import Reading, subject
from onrecord.analysis.speakers.entries import Entry
from onrecord.analysis.speakers.nouns import is_vague

# *her statement*, *his remarks*: the words are somebody's, and that one speaks.
_WORDS = frozenset(
    {
        "comment", "remark", "statement", "word", "message", "speech", "address", "tweet", "post", "email", "e-mail",
        "testimony", "answer", "reply", "response", "claim", "accusation", "allegation", "warning", "assertion",
        "denial", "refusal", "complaint", "excuse", "explanation", "argument", "promise", "pledge", "suggestion",
        "admission", "announcement",
    }
)  # fmt: skip

_MADE_BY: Final = frozenset({"by", "from"})  # *the statement by her office* says itself whose it is

# So many words before *the statement* it may have been told who issued it: some three sentences.
_NEAR: Final = 80


def whose_words(reading: Reading, entries: Iterable[Entry], head: Token) -> Token | None:
    """Who speaks when *his remarks* or *a statement* that somebody issued is said to say something."""
    if head.lemma_.lower() not in _WORDS:
        return None
    owner = next((child for child in head.children if child.dep_ == "poss"), None)
    if owner is not None:
        return owner
    beside = {child.lower_ for child in head.children}
    if head.lemma_.lower() == "statement" and "the" in beside and beside.isdisjoint(_MADE_BY):
        issuer = _issuer(reading, entries, head)
        if issuer is not None:
            return issuer
    verb = head.head
    if head.dep_ == "dobj" and verb.lemma_ in {"issue", "release", "send", "post", "publish", "give", "make"}:
        return next(
            (
                child
                for child in verb.children
                if child.dep_ == "nsubj" and child.lower_ not in {"who", "which", "that"}
            ),
            None,
        )
    return None


def _issuer(reading: Reading, entries: Iterable[Entry], head: Token) -> Token | None:
    """Whose *the statement* is: of whoever issued one before, or spoke in one (*The ministry said in a statement …*).

    Where none is told of, it is that of whoever spoke last; nobody's where that is a text, or people whom nobody can
    pick out.
    """
    behind = reading.doc[max(0, head.i - _NEAR) : head.i]
    told = next((token for token in reversed(list(behind)) if token.lemma_.lower() == "statement"), None)
    if told is not None:
        verb = next((up for up in told.ancestors if up.pos_ in {"VERB", "AUX"}), None)
        who = subject(verb) if verb is not None else None
        return who if who is not None and who.lemma_.lower() != "statement" else None  # no chain of statements
    spoken = [(span, entry) for entry in entries if (span := entry.before(head.idx)) is not None]
    if not spoken:
        return None
    span, last = max(spoken, key=lambda one: one[0].start)
    tokens = reading.tokens(span)
    if not tokens or names_a_text(last.head) or is_vague(last.head):
        return None
    who = reading.doc[tokens[0].i : tokens[-1].i + 1].root
    return who if who.i < head.i else None  # its own phrase may stand in the list already
