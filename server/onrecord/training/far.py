"""Examples of two blocks of an article as if nothing stood between them: what is answered far from where it is stated.

The model reads windows of some paragraphs, and an answer may stand ten of them later. So a cue that contests is read
once more beside an earlier block that holds a claim (``analysis.model.afar``); these examples teach what it contests
there, and somewhat more often that it contests nothing there.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from onrecord.training.corpus import Contest, Example

# Of blocks that a cue does not answer, so many for each that it does answer.
NOTHING: Final = 1.5
# … and one in this share of the articles with claims where nothing is answered from afar.
LEAST: Final = 0.3


def far(examples: Iterable[Example], chance: random.Random, kept: float = 1.0) -> Iterator[Example]:
    """The examples that can be made of ``examples``, of articles in their own marks alone.

    ``kept``: the chance that a pass sees each.
    """
    for one in examples:
        if one.contests and "#" not in one.name:
            yield from (replace(made, kept=kept) for made in _of(one, chance))


def _of(one: Example, chance: random.Random) -> Iterator[Example]:
    block, contests = one.words.block, one.contests or ()
    answered: set[tuple[int, int]] = set()  # block of what is contested, block of the cue
    claims = {int(block[content[0]]) for contest in contests for content in contest.contents}
    cues = {int(block[contest.cue[0]]) for contest in contests}
    for contest in contests:
        own = int(block[contest.cue[0]])
        answered |= {(there, own) for content in contest.contents if (there := int(block[content[0]])) < own - 1}
    others = [(there, cue) for cue in sorted(cues) for there in sorted(claims) if there < cue - 1]
    others = [pair for pair in others if pair not in answered]
    wanted = round(NOTHING * len(answered)) or int(chance.random() < LEAST)
    for number, pair in enumerate([*sorted(answered), *chance.sample(others, min(len(others), wanted))]):
        made = beside(one, pair, f"{one.name}, far {number}")
        if made is not None:
            yield made


def beside(one: Example, blocks: Collection[int], name: str) -> Example | None:
    """An example of some blocks alone, with what is contested there; None where they do not fit into one window."""
    runs = [run for block, run in one.words.blocks().items() if block in blocks]
    if not one.words.fit(runs):
        return None
    words = one.words.parts(*runs)
    position = {at: number for number, at in enumerate(at for run in runs for at in range(*run))}
    contests = [
        Contest(
            tuple(position[at] for at in contest.cue if at in position),
            tuple(
                content
                for whole in contest.contents
                if (content := tuple(position[at] for at in whole if at in position))
            ),
            contest.status,
            contest.weight,
        )
        for contest in one.contests or ()
        if contest.cue[0] in position
    ]
    return Example(name=name, words=words, convention=one.convention, contests=tuple(contests))
