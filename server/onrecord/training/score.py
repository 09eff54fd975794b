"""How the network does on annotated articles while it is trained: a guide, no benchmark (``bench.accuracy`` is one)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from onrecord.analysis.claims.learned import SURE
from onrecord.analysis.model import decoder, features
from onrecord.analysis.result import SOURCE_TYPES
from onrecord.training.annotated import SAME, shared, verb_of
from onrecord.training.corpus import OWN, Example
from onrecord.training.losses import answers
from onrecord.training.network import Pairs, Tagger

Content = frozenset[int]

Read = tuple[int, int, Tensor]  # the words of a window, from the first to before the last, and their vectors


def encoded(tagger: Tagger, example: Example) -> Iterator[Read]:
    """Each window of an example, as the heads see it."""
    convention = torch.tensor([example.convention])
    for first, past in features.windows(example.words):
        rows, begins = features.rows(example.words, first, past)
        lower = tagger.lower(torch.from_numpy(rows)[None])
        yield first, past, tagger.upper(lower, convention)[0, torch.from_numpy(begins)]


def predict(
    tagger: Tagger, example: Example, windows: Sequence[Read]
) -> tuple[list[tuple[Content, bool]], list[Content]]:
    """What the network finds: contents of attributions, with whether they were said, and contested contents."""
    said: list[tuple[Content, bool]] = []
    contested: list[Content] = []
    words = example.words
    for first, past, word in windows:
        (cues,) = decoder.cues([tagger.cue(word).numpy()])
        if cues:
            sure = _sure(tagger.attribution, word, example, first, past, [run[0] for run, _ in cues])
            (paths,) = decoder.pair_paths([sure])
            for one in decoder.relations(cues, sure, paths, first):
                at = verb_of(words, range(*one.cue))
                content = frozenset(at for run in one.content for at in range(*run))
                said += [(content, bool(tagger.said(word[at - first]) > 0))] if content else []
        contests = tagger.contest(word).numpy()
        (cues,) = decoder.cues([contests])
        asked = [*cues, *decoder.doubtful(contests, cues)]
        if asked:
            sure = _sure(tagger.claim, word, example, first, past, [run[0] for run, _ in asked])
            own = decoder.log_softmax(tagger.contested(word).numpy())
            (paths,) = decoder.claim_paths([sure[: len(cues)]], [own])
            found = decoder.contests(asked, tagger.status(word).numpy(), sure, paths, own, first)
            contested += [frozenset(range(*one.content)) for one in found if one.content and one.sureness >= SURE]
    return said, contested


def _sure(scorer: Pairs, word: Tensor, example: Example, first: int, past: int, heads: list[int]) -> decoder.Floats:
    between = np.stack([features.pairs(example.words, first, past, first + at) for at in heads])
    made = scorer(word[None], word[heads], torch.from_numpy(between))
    return decoder.log_softmax(made.numpy())


def score(tagger: Tagger, examples: Sequence[Example]) -> str:
    """F1 of what was attributed (in Onrecord's convention: of what was said), and of contested sentences."""
    attributed, contested = [0, 0, 0], [0, 0, 0]  # found rightly, found, annotated
    judged: list[tuple[bool, bool | None]] = []
    for example in examples:
        with torch.no_grad():
            windows = list(encoded(tagger, example))
            found, claims = predict(tagger, example, windows)
            judged += kinds(tagger, example, windows)
        own = example.convention == OWN
        marks = set(np.flatnonzero(example.words.case == features.CASES.index("mark")).tolist())
        gold = [
            frozenset(relation.content)
            for relation in example.relations or ()
            if not own or example.said.get(verb_of(example.words, relation.cue), True)
        ]
        mine = [content for content, said in found if said or not own]
        _count(attributed, matched(gold, mine, marks), len(mine), len(gold))
        sentence = example.words.sentence
        held = example.contests or ()
        required = _sentences(sentence, (at for one in held if one.weight == 1 for c in one.contents for at in c))
        optional = _sentences(sentence, (at for one in held if one.weight < 1 for c in one.contents for at in c))
        claimed = _sentences(sentence, (at for content in claims for at in content)) - (optional - required)
        _count(contested, len(claimed & required), len(claimed), len(required))
    types, named = [one for one, _ in judged], [two for _, two in judged if two is not None]
    return (
        f"attributions {_f1(attributed)}, contested sentences {_f1(contested)}, types {_share(types)}, "
        f"identifications {_share(named)}"
    )


def matched(gold: Sequence[Content], found: Sequence[Content], marks: Collection[int] = ()) -> int:
    """How many of ``found`` share half of their words with one of ``gold``, each taken once; ``marks`` are no words."""
    mine, theirs = [one.difference(marks) for one in found], [one.difference(marks) for one in gold]
    likeness = ((shared(one, other), i, j) for i, one in enumerate(theirs) for j, other in enumerate(mine))
    pairs = sorted(likeness, reverse=True)
    left: set[int] = set()
    right: set[int] = set()
    for share, i, j in pairs:
        if share >= SAME and i not in left and j not in right:
            left.add(i)
            right.add(j)
    return len(left)


def kinds(tagger: Tagger, example: Example, windows: Sequence[Read]) -> list[tuple[bool, bool | None]]:
    """Of each annotated source whether the type is right, and the identification, if no grant decides that."""
    if not example.sources:
        return []
    word = torch.cat([vectors for *_, vectors in windows])
    found = answers(tagger, word, [(source.places, source) for source in example.sources]).numpy()
    types, named = np.split(found, [len(SOURCE_TYPES)], axis=1)
    return [
        (int(one.argmax()) in source.types, None if known is None else int(two.argmax()) == known)
        for source, one, two in zip(example.sources, types, named, strict=True)
        for known in (source.identification,)
    ]


def _sentences(sentence: features.Ints, words: Iterable[int]) -> set[int]:
    return {int(sentence[at]) for at in words}


def _count(total: list[int], *numbers: int) -> None:
    for at, number in enumerate(numbers):
        total[at] += number


def _share(right: Sequence[bool]) -> str:
    return f"{100 * sum(right) / max(1, len(right)):.1f} of {len(right)}"


def _f1(total: Sequence[int]) -> str:
    right, found, true = total
    precision, recall = 100 * right / max(1, found), 100 * right / max(1, true)
    return f"{200 * right / max(1, found + true):.1f} (P {precision:.1f}, R {recall:.1f})"
