"""Remarks and statements that are said to say something: whose they are, who speaks then."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.analysis.phrases import Reading
from onrecord.analysis.speakers.entries import Entry

# *her statement*, *his remarks*: the words are somebody's, and that one speaks.
_WORDS = frozenset(
    {
        "comment", "remark", "statement", "word", "message", "speech", "address", "tweet", "post", "email", "e-mail",
        "testimony", "answer", "reply", "response", "claim", "accusation", "allegation", "warning", "assertion",
        "denial", "refusal", "complaint", "excuse", "explanation", "argument", "promise", "pledge", "suggestion",
        "admission", "announcement",
    }
)  # fmt: skip


def whose_words(reading: Reading, entries: Iterable[Entry], head: Token) -> Token | None:
    """Who speaks when *his remarks* or *a statement* that somebody issued is said to say something."""
    if head.lemma_.lower() not in _WORDS:
        return None
    owner = next((child for child in head.children if child.dep_ == "poss"), None)
    if owner is not None:
        return owner
    if head.lemma_.lower() == "statement" and any(child.lower_ == "the" for child in head.children):
        near = [
            entry
            for entry in entries
            if (entry.proper or entry.person is not None) and entry.spans[-1].start < head.idx
        ]
        if near:  # *the statement said*: of whoever issued it a moment ago
            last = max(near, key=lambda entry: entry.spans[-1].start)
            tokens = reading.tokens(last.spans[-1])
            return reading.doc[tokens[0].i : tokens[-1].i + 1].root if tokens else None
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
