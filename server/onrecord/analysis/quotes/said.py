"""Whether somebody said it, rather than thought, planned or did it: learned from annotated articles, not listed.

The tagger marks acts of attribution of every kind: *said*, *believes*, *ruled*, *was sued*. Which of them are speech is
decided by a linear vote over what the encoder knows of the cue in its sentence, over the cue's word pieces (so that a
verb which no training text held votes like those it resembles), and over a few facts of form. The frames of the cue
lexicon are one of these facts and decide nothing beside it. ``training.said`` makes the weights and shares this module.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.cues import FRAMES
from onrecord.analysis.model import features
from onrecord.analysis.model.tagger import Heard
from onrecord.analysis.model.weights import verified
from onrecord.analysis.result import QUOTE_KINDS, QuoteKind
from onrecord.article import Span

FILE: Final = "said.npz"

Floats = NDArray[np.float32]

_VERBS: Final = tuple(features.TAGS.index(tag) for tag in ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))
_CLAUSE: Final = (*_VERBS, features.TAGS.index("MD"))
_PRONOUNS: Final = tuple(features.TAGS.index(tag) for tag in ("PRP", "PRP$"))
_TO: Final = features.TAGS.index("TO")
_ASKING: Final = frozenset({"request", "infinitive", "accusation"})  # what is said is the infinitive: *to stay*
_LONG: Final = 40  # words of content; more of them say no more
_SHORT: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act of attribution as the vote sees it. Spans are code points into the text that was heard."""

    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    mention: Span | None
    kind: QuoteKind
    sureness: float  # the tagger's
    listed: bool  # whether the cue lexicon takes it for speech
    frames: frozenset[str]  # of the cue in that lexicon
    label: bool  # words in marks, and no more of them than a label has
    headline: bool


Vote = Callable[[Act], bool]  # whether it was said


def positions(spans: Sequence[Span], words: features.Words) -> features.Ints:
    """The positions of the words that begin in ``spans``."""
    runs = [np.arange(*np.searchsorted(words.start, (span.start, span.end))) for span in spans]
    return np.concatenate(runs) if runs else np.zeros(0, dtype=np.int64)


def verb_of(cue: features.Ints, words: features.Words) -> int:
    """The position of the word of a cue that says what is done: its last verb, or its first word."""
    verbs = cue[np.isin(words.tag[cue], _VERBS)]
    return int(verbs[-1] if len(verbs) else cue[0])


def facts(act: Act, words: features.Words, cue: features.Ints) -> Floats:
    """What the form says: counts and places first, then tags and dependencies as ones among zeros.

    ``cue``: the ``positions`` of the act's cue.
    """
    content = positions(act.content, words)
    mention = positions((act.mention,), words) if act.mention is not None else cue[:0]
    head = verb_of(cue, words)
    first = int(content[0]) if len(content) else head
    tags = words.tag[content]
    form = [
        act.listed,
        *(frame in act.frames for frame in FRAMES),
        act.label,
        act.label and act.listed,
        words.tag[first] == _TO and not act.frames.isdisjoint(_ASKING),
        act.sureness,
        *(act.kind == kind for kind in QUOTE_KINDS),
        len(cue) == 1,
        len(cue) > 2,
        len(mention) > 0,
        len(mention) == 1,
        len(mention) > 0 and mention[0] < head,
        len(mention) > 0 and words.tag[mention[-1]] in _PRONOUNS,
        min(len(content), _LONG) / 20,
        len(content) < _SHORT,
        first < head,
        words.block[first] != words.block[head],
        act.headline,
        bool(np.isin(tags, _CLAUSE).any()),
    ]
    below = np.flatnonzero(words.head == head)
    made = np.zeros(len(form) + 2 * len(features.TAGS) + 2 * len(features.DEPENDENCIES), dtype=np.float32)
    made[: len(form)] = form
    at = len(form)
    made[at + words.tag[first]] = len(content) > 0
    at += len(features.TAGS)
    made[at + words.tag[head]] = 1
    at += len(features.TAGS)
    made[at + words.dependency[head]] = 1
    at += len(features.DEPENDENCIES)
    made[at + words.dependency[below[below != head]]] = 1
    return made


class Said:
    """The learned vote; holds no state."""

    def __init__(self, data: bytes) -> None:
        """``data``: the file ``said.npz``: one number a word piece in eight bits, and the weights of the rest."""
        arrays = np.load(io.BytesIO(data))
        self._pieces = arrays["pieces"].astype(np.float32) * float(arrays["scale"])
        self._vector, self._facts = arrays["vector"].astype(np.float32), arrays["facts"].astype(np.float32)
        self._bias = float(arrays["bias"])

    def of(self, heard: Heard | None) -> Vote:
        """The vote on the acts of one text."""
        return lambda act: heard is not None and self.score(act, heard) > 0

    def score(self, act: Act, heard: Heard) -> float:
        """Above zero for what was said. ``act`` has a cue."""
        cue = positions(act.cue, heard.words)
        word = np.mean([self._pieces[heard.words.pieces[at]].mean() for at in cue])
        vector = heard.vectors[verb_of(cue, heard.words)] @ self._vector
        return float(self._bias + word + vector + facts(act, heard.words, cue) @ self._facts)


@cache
def load() -> Said:
    """The vote that ships with Onrecord, loaded once; raises ``ModelUnavailable``."""
    return Said(verified(FILE))
