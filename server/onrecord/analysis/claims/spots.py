"""The words that may be cues, found in one look at an article.

Going through all tokens in Python would take longer than all that is then done with the few that matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from onrecord.analysis.claims import lexicon

_PARTED = ("so", "self")  # the first piece of *so-called*


@dataclass(frozen=True, slots=True)
class Spots:
    """The tokens that may be cues, by word class, in reading order."""

    verbs: tuple[Token, ...]
    nouns: tuple[Token, ...]
    modifiers: tuple[Token, ...]
    modals: tuple[Token, ...]
    backing: tuple[Token, ...]
    corrections: tuple[Token, ...]
    answers: tuple[Token, ...]


@cache
def _ids(which: str) -> NDArray[np.uint64]:
    words: dict[str, Iterable[str]] = {
        "verbs": lexicon.verbs(),
        "nouns": lexicon.nouns(),
        "modifiers": (*lexicon.words("adverbs", "words"), *lexicon.words("adjectives", "words"), *_PARTED),
        "modals": ("may",),
        "backing": (*lexicon.words("backing", "words"), *lexicon.words("backing", "evidence")),
        "corrections": (
            "wrong",
            "true",
            *lexicon.words("corrections", "first"),
            *lexicon.words("corrections", "untrue"),
        ),
        "answers": ("defend", "back", "have", "play", "be"),
    }
    return np.array([get_string_id(word) for word in words[which]], dtype=np.uint64)


def spots(doc: Doc) -> Spots:
    """Every token of ``doc`` that may be a cue."""
    if not len(doc):
        return Spots(*((),) * 7)
    table = doc.to_array(["LEMMA", "LOWER"]).astype(np.uint64, copy=False)

    def found(column: int, which: str) -> tuple[Token, ...]:
        return tuple(doc[int(at)] for at in np.flatnonzero(np.isin(table[:, column], _ids(which))))

    return Spots(
        verbs=found(0, "verbs"),
        nouns=found(0, "nouns"),
        modifiers=found(1, "modifiers"),
        modals=found(1, "modals"),
        backing=found(0, "backing"),
        corrections=found(1, "corrections"),
        answers=found(0, "answers"),
    )
