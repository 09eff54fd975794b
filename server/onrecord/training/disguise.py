"""What a window is seen without, so that less is learned by heart: hidden words, and other names.

The network reads an article again in every pass, and without this it knows its own by heart: of contested sentences it
had .89 (F1) on the articles that it learned from and .70 on others. Names tempt most: who is called like somebody in
them is of his kind, and what is said of his emails is disputed.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import numpy as np

from onrecord.analysis.model import features
from onrecord.analysis.model.features import Ints, Words
from onrecord.training.plan import Plan

MASK_PIECE: Final = 103  # BERT's [MASK]
NAME_TAGS: Final = frozenset(number for number, tag in enumerate(features.TAGS) if tag in {"NNP", "NNPS"})
LONGEST: Final = 3  # word pieces of a name that is changed
OF_ONE_TEXT: Final = 30  # names, the first ones; more of a text say no more about how names are spelt
CHANGED: Final = 0.8  # share of the names in a window that is read with other names

Pieces = tuple[int, ...]


class Disguise:
    """Hides words, and puts other names in the place of names; the others are those of all texts."""

    def __init__(self, texts: Iterable[Words]) -> None:
        self._names: defaultdict[int, list[Pieces]] = defaultdict(list)  # by how many word pieces they have
        for words in texts:
            for at in np.flatnonzero(np.isin(words.tag, list(NAME_TAGS)))[:OF_ONE_TEXT].tolist():
                if len(words.pieces[at]) <= LONGEST:
                    self._names[len(words.pieces[at])].append(tuple(words.pieces[at]))

    def put_on(self, rows: Ints, begins: Ints, words: Words, first: int, plan: Plan, chance: random.Random) -> None:
        """Change the word pieces of a window, which begins at the word ``first``, in place."""
        if chance.random() < plan.renamed:
            self._rename(rows, begins, words, first, chance)
        share = chance.random() * plan.masked_most if chance.random() < plan.masked_often else 0.0
        self._hide(rows, begins, max(plan.masked, share), chance)

    def _rename(self, rows: Ints, begins: Ints, words: Words, first: int, chance: random.Random) -> None:
        given: dict[Pieces, Pieces] = {}  # one name has one other name in all of a window
        for number, begin in enumerate(begins.tolist()):
            own = tuple(words.pieces[first + number])
            others = self._names.get(len(own))
            if int(words.tag[first + number]) not in NAME_TAGS or not others:
                continue
            if own not in given:
                given[own] = chance.choice(others) if chance.random() < CHANGED else own
            rows[0, begin : begin + len(own)] = given[own]

    def _hide(self, rows: Ints, begins: Ints, share: float, chance: random.Random) -> None:
        ends = [*begins[1:].tolist(), rows.shape[1] - 1]
        for begin, end in zip(begins.tolist(), ends, strict=True):
            if chance.random() < share:
                hidden = rows[0, begin:end]
                rows[0, begin:end] = np.where(hidden == features.SEP, features.SEP, MASK_PIECE)
