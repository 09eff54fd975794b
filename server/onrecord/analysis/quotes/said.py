"""Whether somebody said it, rather than thought, planned or did it: learned from annotated articles, not listed.

The tagger marks acts of attribution of every kind: *said*, *believes*, *ruled*, *was sued*. Which of them are speech,
one of its heads says of the cue as it stands in its sentence. What the cue lexicon knows for speech needs less of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from onrecord.analysis.model import features
from onrecord.analysis.model.tagger import ARTICLE, Heard
from onrecord.article import Span

# The head's number from which an act is shown as said: where the cue lexicon takes it for speech, and where not. Found
# on articles that neither training nor rules had seen (docs/training.md).
LISTED, UNLISTED = 0.8, 2.2
# What the lexicon needs in a text that is shorter than ``ARTICLE``: of -1.5, -.5 and .3 the last reads most passages of
# ``tests/passages`` right.
ALONE = 0.3

_VERBS: Final = sorted(features.VERBS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act of attribution as the vote sees it. Spans are code points into the text that was heard."""

    cue: tuple[Span, ...]
    listed: bool  # whether the cue lexicon takes it for speech


Vote = Callable[[Act], bool]  # whether it was said


def positions(spans: Sequence[Span], words: features.Words) -> features.Ints:
    """The positions of the words that begin in ``spans``."""
    runs = [np.arange(*np.searchsorted(words.start, (span.start, span.end))) for span in spans]
    return np.concatenate(runs) if runs else np.zeros(0, dtype=np.int64)


def verb_of(cue: features.Ints, words: features.Words) -> int:
    """The position of the word of a cue that says what is done: its last verb, or its first word."""
    verbs = cue[np.isin(words.tag[cue], _VERBS)]
    return int(verbs[-1] if len(verbs) else cue[0])


def vote(heard: Heard | None) -> Vote:
    """The vote on the acts of one text; of a text without a word nothing was said."""

    def said(act: Act) -> bool:
        if heard is None:
            return False
        number = float(heard.said[verb_of(positions(act.cue, heard.words), heard.words)])
        listed = LISTED if len(heard.words) >= ARTICLE else ALONE
        return number > (listed if act.listed else UNLISTED)

    return said
