"""Which blocks tell one story: who is *he*, and what a denial answers, is looked for among them.

A caption or a headline stands by itself; the running text goes on behind it as if it were not there. Each section (a
post of a live blog) is a story of its own.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import Final

from spacy.tokens import Doc

from onrecord.article import Article, Role

RUNNING: Final[frozenset[Role]] = frozenset({"paragraph", "blockquote"})
TOGETHER: Final[frozenset[Role]] = frozenset({"list_item"})  # the items of one list are read together


class Scenes:
    """The stories of an article, by block."""

    def __init__(self, article: Article) -> None:
        self._scene: list[int] = []  # of each block; the running text of a section has the section's number
        self._ordinal: list[int] = []  # how many blocks of running text stand before each block
        self._section = [block.section for block in article.blocks]
        self._list = [block.role in TOGETHER for block in article.blocks]
        passed, alone = 0, -1
        for at, block in enumerate(article.blocks):
            self._ordinal.append(passed)
            if block.role in RUNNING:
                self._scene.append(block.section)
                passed += 1
                continue
            before = article.blocks[at - 1] if at else None
            together = before is not None and before.role == block.role and before.section == block.section
            if not (together and block.role in TOGETHER):
                alone -= 1
            self._scene.append(alone)

    def of(self, block: int) -> int:
        """The scene of a block: a number that blocks of one story share."""
        return self._scene[block]

    def sees(self, asking: int, block: int) -> bool:
        """Whether what stands in ``block`` may be meant in block ``asking``; a list sees the text that it stands in."""
        if self._scene[asking] == self._scene[block]:
            return True
        return self._list[asking] and self._scene[block] == self._section[asking]

    def is_running(self, block: int) -> bool:
        """Whether a block is running text."""
        return self._scene[block] >= 0

    def apart(self, block: int, later: int) -> int:
        """How many blocks of running text on ``later`` stands."""
        return self._ordinal[later] - self._ordinal[block]


class Sentences:
    """How far apart two tokens are, in sentences of the same scene."""

    def __init__(self, doc: Doc, blocks: Sequence[int], scenes: Scenes) -> None:
        """``blocks``: the block of each token."""
        self._blocks, self._scenes = blocks, scenes
        self._number = [0] * len(doc)
        running = alone = 0
        for sentence in doc.sents:
            inside = scenes.is_running(blocks[sentence.start])
            running += inside
            alone += not inside
            for at in range(sentence.start, sentence.end):
                self._number[at] = running if inside else alone
        self._running = self._number[:]  # how many sentences of running text have begun
        self._alone = self._number[:]  # how many others have
        passed = beside = 0
        for at in range(len(doc)):
            if scenes.is_running(blocks[at]):
                passed = self._number[at]
            else:
                beside = self._number[at]
            self._running[at], self._alone[at] = passed, beside

    def window(self, asking: int, sentences: int, *, running: bool) -> int:
        """Before which token nothing of the running text, or nothing beside it, stands in so many sentences before."""
        counts = self._running if running else self._alone
        return bisect.bisect_left(counts, counts[asking] - sentences)

    def is_running(self, token: int) -> bool:
        """Whether a token stands in running text."""
        return self._scenes.is_running(self._blocks[token])

    def since(self, token: int, asking: int) -> int | None:
        """How many sentences before the token ``asking`` the token ``token`` stands; None if it cannot be meant."""
        here, there = self._blocks[asking], self._blocks[token]
        if here == there:
            return self._number[asking] - self._number[token]
        if not self._scenes.sees(here, there):
            return None
        own = self._scenes.of(here) == self._scenes.of(there)
        return (self._number if own else self._running)[asking] - self._number[token]
