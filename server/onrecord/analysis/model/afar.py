"""What a word contests far from where it stands: a second look at it, beside an earlier block that holds a claim.

The encoder reads windows of some paragraphs. *She denied the allegations* ten paragraphs later is read once more with
each of the last blocks that hold something contested, as if nothing stood between the two, and the scorer of pairs says
which of those claims it contests, if any (``training.far`` has what it learned this from).
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Final

import numpy as np

from onrecord.analysis.model import decoder, features
from onrecord.analysis.model.decoder import Dispute, Run
from onrecord.analysis.model.features import Ints, Words
from onrecord.analysis.model.pairs import PairScorer
from onrecord.analysis.result import ClaimStatus

if TYPE_CHECKING:
    from onrecord.analysis.model.tagger import Encoded, Window

# What answers a statement; the other statuses stand beside what they are about.
ANSWERS: Final[frozenset[ClaimStatus]] = frozenset({"corrected", "denied", "disputed", "unsubstantiated"})
SURE: Final = 0.5  # of a cue, and of it times what it contests
WORTH: Final = 0.7  # … and of a claim that makes its block worth a look
# Blocks that the cues of a block are read beside, the nearest first, and all of them in an article: each costs a run
# of the encoder over two paragraphs.
LOOKS, MOST = 4, 16

Look = Callable[[Ints, Ints], "Future[Encoded]"]  # begins a run of the encoder


def answers(
    words: Words, windows: Sequence[Window], found: Sequence[Dispute], scorer: PairScorer, look: Look
) -> Iterator[Dispute]:
    """What the cues among ``found`` contest in blocks before their window, in positions among ``words``.

    Every look has begun when this returns; whoever goes through the answers waits for them.
    """
    stated: defaultdict[int, set[Run]] = defaultdict(set)  # by block
    for one in found:
        if one.content is not None and one.sureness >= WORTH:
            stated[int(words.block[one.content[0]])].add(one.content)
    held = sorted(stated)
    cues: defaultdict[int, dict[Run, Dispute]] = defaultdict(dict)
    for one in found:
        if one.status in ANSWERS and one.cue_sureness >= SURE:
            cues[int(words.block[one.cue[0]])][one.cue] = one
    blocks = words.blocks()
    opens = [window.first for window in windows]
    begun: list[Iterator[Dispute]] = []
    for block in sorted(cues):
        first = min(cue[0] for cue in cues[block])
        window = opens[bisect_left(opens, first + 1) - 1]
        before = held[: bisect_left(held, int(words.block[window]))]
        for there in reversed(before[-LOOKS:]):
            pair = blocks[there], blocks[block]
            if len(begun) < MOST and words.fit(pair):
                few = words.parts(*pair)
                seen = look(*features.rows(few, 0, len(few)))
                begun.append(_beside(few, pair, stated[there], cues[block].values(), scorer, seen))
    return itertools.chain.from_iterable(begun)


def _beside(
    few: Words, pair: tuple[Run, Run], stated: Iterable[Run], cues: Iterable[Dispute], scorer: PairScorer,
    seen: Future[Encoded],
) -> Iterator[Dispute]:  # fmt: skip
    """How surely ``cues`` contest each of ``stated``: words of the second and of the first run of ``pair``.

    ``few``: the words of both; ``seen``: what the encoder says of them.
    """
    (begins, ends), (here, _) = pair
    claims = seen.result().claims
    for cue in cues:
        at = ends - begins + cue.cue[0] - here
        scores = scorer.scores(claims, np.array([at]), features.pairs(few, 0, len(few), at)[None])
        chance = 1 - np.exp(decoder.log_softmax(scores)[0, :, 0])
        for first, past in sorted(stated):
            sureness = float(chance[first - begins : min(past, ends) - begins].mean())
            if cue.cue_sureness * sureness >= SURE:
                yield Dispute(cue.cue, (first, past), cue.status, cue.cue_sureness, sureness)
