"""What a pass of the training sees: examples with the labels of every head, cut into windows."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from onrecord.analysis.model import features
from onrecord.analysis.model.features import Ints
from onrecord.analysis.result import CLAIM_STATUSES
from onrecord.training.corpus import CORPUS, OWN, Contest, Example, Known, Relation
from onrecord.training.disguise import Disguise
from onrecord.training.plan import Plan

# What may contest: verbs, nouns, adverbs and adjectives. Of those that do not, a pass sees some with no content.
_MAY_CONTEST: Final = frozenset(n for n, tag in enumerate(features.TAGS) if tag[:2] in {"VB", "NN", "RB", "JJ"})


@dataclass(slots=True)
class Pairs:
    """Some words as cues, with the labels of every word of the window for each."""

    cues: list[int]  # word positions in the window
    between: list[Ints]
    labels: list[Ints]
    weights: list[float]


@dataclass(slots=True)
class Attributions:
    """What is right for the heads of attributions."""

    cue_labels: Ints
    plain: Ints
    pairs: Pairs


@dataclass(slots=True)
class Claims:
    """What is right for the heads of contested claims."""

    cue_labels: Ints
    cue_weights: np.ndarray
    plain: Ints
    plain_weights: np.ndarray
    pairs: Pairs
    statuses: list[tuple[int, int]]  # word position in the window, status


@dataclass(slots=True)
class Window:
    """One run of the encoder with everything that is right for it."""

    rows: Ints
    begins: Ints
    convention: int
    attributions: Attributions | None
    said: list[tuple[int, bool]]  # word position in the window
    claims: Claims | None
    sources: list[tuple[list[int], Known]]  # word positions in the window


class Material:
    """An example with its labels, and the ways from its cues, which cost most, kept between passes."""

    def __init__(self, example: Example) -> None:
        self.article = example.name.split("#", maxsplit=1)[0]
        self.example, self.words = example, example.words
        self._ways: dict[int, tuple[int, Ints]] = {}
        count = len(self.words)
        self.relations: dict[int, Relation] = {}
        for relation in example.relations or ():
            known = self.relations.get(relation.cue[0], relation)
            # two speakers of one cue: the first, and everything that is said
            content = tuple(sorted({*known.content, *relation.content}))
            self.relations[relation.cue[0]] = Relation(known.cue, known.source, content)
        self.contests = {contest.cue[0]: contest for contest in example.contests or ()}
        self.cue_labels = _begun(count, ((1, relation.cue) for relation in self.relations.values()))
        own = self.relations.values()
        self.plain = _begun(count, (part for r in own for part in ((5, r.content), (1, r.source), (3, r.cue))))
        held = list(self.contests.values())
        self.contest_labels = _begun(count, ((1, contest.cue) for contest in held))
        self.contested = _begun(count, ((1, content) for contest in reversed(held) for content in contest.contents))
        self.cue_weights, self.contested_weights = np.ones((2, count), np.float32)
        for contest in reversed(held):
            self.cue_weights[list(contest.cue)] = contest.weight
            for content in contest.contents:
                self.contested_weights[list(content)] = contest.weight
        self.busy = {int(self.words.block[at]) for r in own for at in (*r.cue, *r.content)}
        self.busy |= {
            int(self.words.block[at]) for c in held for at in (*c.cue, *(at for one in c.contents for at in one))
        }
        self.busy |= {int(self.words.block[at]) for at in example.said}
        self.busy |= {int(self.words.block[at]) for source in example.sources for at in source.places}
        tags = self.words.tag.tolist()
        self.verbs = [at for at in range(count) if tags[at] in features.VERBS and not self.cue_labels[at]]
        self.calm = [at for at in range(count) if tags[at] in _MAY_CONTEST and not self.contest_labels[at]]

    def way(self, cue: int) -> tuple[int, Ints]:
        """``features.ways``, remembered."""
        if cue not in self._ways:
            self._ways[cue] = features.ways(self.words, cue)
        return self._ways[cue]

    def window(self, first: int, past: int, plan: Plan, chance: random.Random, disguise: Disguise) -> Window:
        """The words from ``first`` to before ``past``, some of them disguised, with their labels."""
        rows, begins = features.rows(self.words, first, past)
        disguise.put_on(rows, begins, self.words, first, plan, chance)
        example = self.example
        return Window(
            rows,
            begins,
            example.convention,
            self._attributions(first, past, plan, chance) if example.relations is not None else None,
            [(at - first, said) for at, said in example.said.items() if first <= at < past],
            self._claims(first, past, chance) if example.contests is not None else None,
            list(self._sources(first, past)),
        )

    def _sources(self, first: int, past: int) -> Iterator[tuple[list[int], Known]]:
        for source in self.example.sources:
            here = [at - first for at in source.places if first <= at < past]
            if here:
                yield here, source

    def _attributions(self, first: int, past: int, plan: Plan, chance: random.Random) -> Attributions:
        cues = [at for at in self.relations if first <= at < past]
        others = [at for at in self.verbs if first <= at < past]
        wanted = min(len(others), max(2, round(plan.no_cues * len(cues))))
        chosen = cues + chance.sample(others, wanted)
        labels = [pair_labels(self.relations.get(at), first, past) for at in chosen]
        pairs = self._pairs(chosen, labels, [1.0] * len(chosen), first, past)
        return Attributions(self.cue_labels[first:past], self.plain[first:past], pairs)

    def _claims(self, first: int, past: int, chance: random.Random) -> Claims:
        cues = [at for at in self.contests if first <= at < past]
        others = [at for at in self.calm if first <= at < past]
        chosen = cues + chance.sample(others, min(len(others), 1 + len(cues)))
        held = [self.contests.get(at) for at in chosen]
        labels = [claim_labels(contest, first, past) for contest in held]
        weights = [contest.weight if contest is not None else 0.5 for contest in held]
        return Claims(
            self.contest_labels[first:past],
            self.cue_weights[first:past],
            self.contested[first:past],
            self.contested_weights[first:past],
            self._pairs(chosen, labels, weights, first, past),
            [(at - first, CLAIM_STATUSES.index(self.contests[at].status)) for at in cues],
        )

    def _pairs(self, chosen: list[int], labels: list[Ints], weights: list[float], first: int, past: int) -> Pairs:
        between = [features.pairs(self.words, first, past, at, self.way(at)) for at in chosen]
        return Pairs([at - first for at in chosen], between, labels, weights)


def _begun(count: int, parts: Iterable[tuple[int, Sequence[int]]]) -> Ints:
    """Labels of words: for each part its number where it begins (again), and the next number where it goes on."""
    labels = np.zeros(count, dtype=np.int64)
    for number, words in parts:
        for before, at in zip((-2, *words), words, strict=False):
            labels[at] = number + (before == at - 1)
    return labels


def pair_labels(relation: Relation | None, first: int, past: int) -> Ints:
    """The labels of a window's words for one cue; None: a word that is no cue."""
    if relation is None:
        return np.zeros(past - first, dtype=np.int64)
    return _inside(((3, relation.content), (1, relation.source)), relation.cue, first, past)


def claim_labels(contest: Contest | None, first: int, past: int) -> Ints:
    """The same for a word that contests; None: one that does not."""
    if contest is None:
        return np.zeros(past - first, dtype=np.int64)
    return _inside([(1, content) for content in contest.contents], contest.cue, first, past)


def _inside(parts: Iterable[tuple[int, Sequence[int]]], cue: Sequence[int], first: int, past: int) -> Ints:
    labels = np.zeros(past - first, dtype=np.int64)
    for number, words in parts:
        chosen = [at for at in words if at not in cue]
        for before, at in zip((-2, *chosen), chosen, strict=False):
            if first <= at < past:
                labels[at - first] = number + (before == at - 1 and before >= first)
    return labels


def pass_windows(material: Sequence[Material], plan: Plan, chance: random.Random) -> Iterator[Window]:
    """The windows of one pass, cut anew; of an article in several styles of marks a pass sees one.

    Where an article is annotated in both conventions, a pass sees Onrecord's, and sometimes the corpus's too.
    """
    disguise = Disguise(one.words for one in material)
    by_article: dict[str, list[Material]] = {}
    for one in material:
        by_article.setdefault(one.article, []).append(one)
    for styles in by_article.values():
        own = [one for one in styles if one.example.convention == OWN]
        others = [one for one in styles if one.example.convention == CORPUS]
        kept = plan.corpus_kept / 4 if own else plan.corpus_kept
        seen = [own] if own else []
        if others and chance.random() < kept:
            seen.append(others)
        for group in seen:
            one = group[0] if chance.random() < plan.own_marks else chance.choice(group)
            if one.example.kept < 1 and chance.random() >= one.example.kept:
                continue
            for first, past in cut(one.words, plan, chance):
                blocks = {int(block) for block in one.words.block[first:past]}
                if blocks & one.busy or chance.random() <= plan.empty_kept:
                    yield one.window(first, past, plan, chance, disguise)


def cut(words: features.Words, plan: Plan, chance: random.Random) -> Iterator[tuple[int, int]]:
    """``(first, past)`` of windows of several blocks, or of one block or sentence each, but for too long ones."""
    drawn = chance.random()
    if drawn >= plan.blocks_alone + plan.sentences_alone:
        yield from features.windows(words, longest=chance.randint(plan.shortest_window, plan.longest_window))
        return
    parts = words.sentence if drawn < plan.sentences_alone else words.block
    for run in features.runs(parts):
        if words.size(run) + 2 <= plan.longest_window:
            yield run


def batches(windows: list[Window], size: int, chance: random.Random) -> Iterator[list[Window]]:
    """Windows of like length together, in random order."""
    chance.shuffle(windows)
    made: list[list[Window]] = []
    for at in range(0, len(windows), size * 20):
        near = sorted(windows[at : at + size * 20], key=lambda window: window.rows.shape[1])
        made.extend(near[low : low + size] for low in range(0, len(near), size))
    chance.shuffle(made)
    yield from made
