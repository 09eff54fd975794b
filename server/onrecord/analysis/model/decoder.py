"""From the tagger's scores to what it found: cues, for each its source and its content, and what is contested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.result import CLAIM_STATUSES, ClaimStatus

Floats = NDArray[np.float32]
Run = tuple[int, int]  # first and past word positions

# So many words of a window, and no less likely ones, are looked at as cues beside those that are.
DOUBTFUL, UNLIKELY = 12, 0.03

_NEVER: Final = -1e4
# Which label may follow which. Cue: outside, begins, inside. Pair: outside, source begins, goes on, content likewise.
_CUE_STEPS: Final = np.array([[0, 0, _NEVER], [0, 0, 0], [0, 0, 0]], dtype=np.float32)
_PAIR_STEPS: Final = np.array(
    [
        [0, 0, _NEVER, 0, _NEVER],
        [0, 0, 0, 0, _NEVER],
        [0, 0, 0, 0, _NEVER],
        [0, 0, _NEVER, 0, 0],
        [0, 0, _NEVER, 0, 0],
    ],
    dtype=np.float32,
)
_CLAIM_STEPS: Final = _CUE_STEPS  # outside, content begins, goes on


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution in word positions, with how sure the tagger is of each part (0 to 1)."""

    cue: Run
    source: Run | None
    content: tuple[Run, ...]
    cue_sureness: float
    source_sureness: float
    content_sureness: float


@dataclass(frozen=True, slots=True)
class Dispute:
    """A word or phrase that may contest, and one thing that it contests, in word positions; sureness from 0 to 1."""

    cue: Run
    content: Run | None  # None: nothing where it was looked for
    status: ClaimStatus
    cue_sureness: float
    content_sureness: float  # that these words are what it contests
    belief: float | None = None  # that they are contested, by whichever words; None where that was not asked

    @property
    def sureness(self) -> float:
        """How sure the model is: the geometric mean of cue and content, or what it believes of all that bears on it."""
        return (self.cue_sureness * self.content_sureness) ** 0.5 if self.belief is None else self.belief


def log_softmax(scores: Floats) -> Floats:
    """Scores as logarithms of probabilities over the last axis."""
    highest = scores.max(-1, keepdims=True)
    total: Floats = np.log(np.exp(scores - highest).sum(-1, keepdims=True)) + highest
    return scores - total


def best_path(scores: Floats, steps: Floats) -> NDArray[np.int64]:
    """The best row of labels for each sequence. ``scores``: sequences × words × labels.

    The best label of each word, where no two of them may not follow each other; else the best of all rows (Viterbi).
    """
    path: NDArray[np.int64] = scores.argmax(-1)
    before = np.pad(path[:, :-1], ((0, 0), (1, 0)))  # what may follow *outside* may begin
    astray = (steps[before, path] < 0).any(1)
    if astray.any():
        path[astray] = viterbi(scores[astray], steps)
    return path


def viterbi(scores: NDArray[Any], steps: NDArray[Any]) -> NDArray[np.int64]:
    """The best of all rows of labels for each sequence, as if the first label stood before each (Viterbi)."""
    count, length, labels = scores.shape
    values = np.empty((length, count, labels), dtype=scores.dtype)  # of the best row that ends in each label
    values[0] = scores[:, 0] + steps[0]
    options = np.empty((count, labels, labels), dtype=scores.dtype)
    for last, value, own in zip(values[:-1], values[1:], scores.swapaxes(0, 1)[1:], strict=True):
        np.add(last[:, :, None], steps, out=options)
        np.maximum.reduce(options, axis=1, out=value)
        np.add(value, own, out=value)
    back = (values[:-1, :, :, None] + steps).argmax(2).swapaxes(0, 1).tolist()  # the label before each label
    path = np.empty((count, length), dtype=np.int64)
    for row, label, own in zip(path, values[-1].argmax(-1).tolist(), back, strict=True):
        labels_back = [label]
        for before in reversed(own):
            labels_back.append(before[labels_back[-1]])
        row[:] = labels_back[::-1]
    return path


def _runs(labels: NDArray[np.int64], begins: int) -> list[Run]:
    """The runs of ``begins`` followed by ``begins + 1``."""
    found: list[Run] = []
    for at in np.flatnonzero((labels == begins) | (labels == begins + 1)).tolist():
        if found and found[-1][1] == at and labels[at] != begins:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def together(scores: Sequence[Floats]) -> Floats:
    """Sequences × longest × labels: sequences of several lengths as one array, filled up with *outside*.

    Decoding all windows of an article at once takes a fifth of the time of one after the other.
    """
    longest = max(found.shape[-2] for found in scores)
    labels = scores[0].shape[-1]
    made = np.full((sum(found.shape[0] for found in scores), longest, labels), _NEVER, dtype=np.float32)
    made[:, :, 0] = 0
    at = 0
    for found in scores:
        made[at : at + found.shape[0], : found.shape[1]] = found
        at += found.shape[0]
    return made


def cues(scores: Sequence[Floats]) -> list[list[tuple[Run, float]]]:
    """The cues of each window with the probability of each; ``scores``: for each window words × 3."""
    if not scores:
        return []
    sure = [log_softmax(found) for found in scores]
    return [
        [(run, float(np.exp(own[run[0], 1:]).sum())) for run in _runs(path, 1)]
        for own, path in zip(sure, best_path(together([found[None] for found in sure]), _CUE_STEPS), strict=True)
    ]


def pair_paths(scores: Sequence[Floats]) -> list[NDArray[np.int64]]:
    """For each window the best labels of each cue; ``scores``: for each window cues × words × 5, in logarithms."""
    return _paths(scores, _PAIR_STEPS)


def claim_paths(scores: Sequence[Floats], contested: Sequence[Floats]) -> list[NDArray[np.int64]]:
    """The same for words that contest, and as a last row what is contested, whatever the cue.

    ``scores``: for each window cues × words × 3; ``contested``: words × 3; both in logarithms.
    """
    rows = [np.concatenate([own, every[None]]) for own, every in zip(scores, contested, strict=True)]
    return _paths(rows, _CLAIM_STEPS)


def _paths(scores: Sequence[Floats], steps: Floats) -> list[NDArray[np.int64]]:
    if not scores:
        return []
    return np.split(best_path(together(scores), steps), np.cumsum([len(found) for found in scores])[:-1])


def doubtful(scores: Floats, found: Sequence[tuple[Run, float]]) -> list[tuple[Run, float]]:
    """Words of a window that may be cues beside those ``found``, with the chance of each, the likeliest first.

    Which words contest is often open (*In fact, there is no such clause*): each of three has a third of the chance, and
    none of them is a cue by itself. A phrase goes on while that is half as likely as that it began.
    """
    _, begins, goes_on = np.exp(log_softmax(scores)).T.copy()
    for (begin, past), _ in found:
        begins[begin:past] = goes_on[begin:past] = 0.0
    made = []
    for at in np.argsort(-begins, kind="stable")[:DOUBTFUL].tolist():
        if begins[at] < UNLIKELY:
            break
        past = at + 1
        while past < len(begins) and goes_on[past] >= begins[at] / 2:
            past += 1
        made.append(((at, past), float(begins[at])))
    return made


def contests(
    asked: Sequence[tuple[Run, float]],
    statuses: Floats,
    scores: Floats,
    paths: NDArray[np.int64],
    contested: Floats,
    first: int,
) -> list[Dispute]:
    """For each contesting word of a window all that it contests, one entry each; one without content if it is nothing.

    The first of those ``asked`` are cues and have a path, the others are ``doubtful``: they count where it is asked
    whether something is contested at all. What is contested, and by no cue so surely that it begins there, is given to
    the likeliest of all that are asked, once more beside what that may contest itself. ``statuses``: words × statuses;
    ``paths``: as ``claim_paths`` gives them; ``contested``: words × labels, whatever the cue, in logarithms; ``scores``
    and ``first`` as in ``relations``, with three labels.
    """
    chance = 1 - np.exp(scores)[:, :, 0]  # of asked words × words
    cue_chance = np.array([sureness for _, sureness in asked])
    whatever = 1 - np.exp(contested[:, 0])
    *certain, by_whatever = (_runs(path[: len(whatever)], 1) for path in paths)

    def by_each(run: Run) -> Floats:
        found: Floats = cue_chance * chance[:, run[0] : run[1]].mean(axis=1)
        return found

    def dispute(number: int, run: Run | None) -> Dispute:
        (begin, past), sureness = asked[number]
        cue, status = (first + begin, first + past), CLAIM_STATUSES[int(statuses[begin].argmax())]
        if run is None:
            return Dispute(cue, None, status, sureness, 1 - float(chance[number].mean()))
        by_any = 1 - float(np.prod(1 - by_each(run)))
        belief = (by_any * float(whatever[run[0] : run[1]].mean())) ** 0.5
        own = float(chance[number, run[0] : run[1]].mean())
        return Dispute(cue, (first + run[0], first + run[1]), status, sureness, own, belief)

    made, taken = [], np.zeros(len(whatever), dtype=bool)
    for number, runs in enumerate(certain):
        made += [dispute(number, run) for run in runs] or [dispute(number, None)]
        for low, high in runs:
            taken[low:high] = True
    for low, high in by_whatever:
        if not taken[low:high].any():
            made.append(dispute(int(by_each((low, high)).argmax()), (low, high)))
    return made


def relations(
    found: Sequence[tuple[Run, float]], scores: Floats, paths: NDArray[np.int64], first: int
) -> list[Relation]:
    """For each cue of a window its best source and content.

    ``scores``: cues × words × 5 as logarithms of probabilities; ``paths``: cues × words (or more), their best labels;
    ``first``: the window's first word.
    """
    chance = np.exp(scores)
    made = []
    for ((begin, past), cue_sureness), path, own in zip(found, paths, chance, strict=True):
        sources, contents = _runs(path, 1), _runs(path, 3)
        source_chance, content_chance = own[:, 1] + own[:, 2], own[:, 3] + own[:, 4]
        source = max(sources, key=lambda run: float(source_chance[run[0] : run[1]].sum()), default=None)
        made.append(
            Relation(
                cue=(first + begin, first + past),
                source=(first + source[0], first + source[1]) if source else None,
                content=tuple((first + low, first + high) for low, high in contents),
                cue_sureness=cue_sureness,
                source_sureness=float(source_chance[source[0] : source[1]].mean())
                if source
                else float(1 - source_chance.max()),
                content_sureness=float(np.mean([content_chance[low:high].mean() for low, high in contents]))
                if contents
                else 0.0,
            )
        )
    return made
