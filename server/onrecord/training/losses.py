"""What a batch of windows teaches each head."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from onrecord.analysis.result import SOURCE_TYPES
from onrecord.training.corpus import Known
from onrecord.training.material import Pairs, Window
from onrecord.training.network import Pairs as Scorer
from onrecord.training.network import Tagger

# How much each head counts. Contesting words are one in two hundred; a status is one number for each of them.
CUE, PAIR, PLAIN, SAID, CONTEST, CONTESTED, CLAIM, STATUS = 2.0, 1.0, 0.3, 0.25, 4.0, 3.0, 1.0, 0.1
TYPE, NAMED = 0.6, 0.2
FIRST = 0.75  # of what is right goes to the first of several defensible types
WORDS = 25  # of a pair's labels; the loss of a cue is summed over its words and divided by so many

Words = Sequence[Tensor]  # of each window words × 384


def loss_of(
    tagger: Tagger, batch: list[Window], *, frozen: bool, teacher: Tagger | None = None, taught: float = 0.0
) -> tuple[Tensor, dict[str, float]]:
    """The loss of a batch and its parts; ``frozen``: the lower layers learn nothing.

    With a ``teacher`` a part of it, ``taught`` times, is how far the vectors of words are from the teacher's.
    """
    words = encoded(tagger, batch, frozen=frozen)
    parts: dict[str, Tensor] = {}
    if teacher is not None and taught > 0:
        with torch.no_grad():
            theirs = encoded(teacher, batch, frozen=frozen)
        parts["taught"] = taught * functional.mse_loss(torch.cat(words).float(), torch.cat(theirs).float())
    with_attributions = [number for number, window in enumerate(batch) if window.attributions is not None]
    if with_attributions:
        parts |= _attributions(tagger, [batch[n] for n in with_attributions], [words[n] for n in with_attributions])
    heard = [word[at] for word, window in zip(words, batch, strict=True) for at, _ in window.said]
    if heard:
        right = torch.tensor([float(said) for window in batch for _, said in window.said])
        scores = tagger.said(torch.stack(heard))[:, 0]
        parts["said"] = SAID * functional.binary_cross_entropy_with_logits(scores, right)
    sources, first = [], 0  # in the words of all windows, one behind the other
    for word, window in zip(words, batch, strict=True):
        sources += [([first + at for at in places], source) for places, source in window.sources]
        first += len(word)
    if sources:
        parts |= _kinds(tagger, torch.cat(words), sources)
    with_claims = [number for number, window in enumerate(batch) if window.claims is not None]
    if with_claims:
        parts |= _claims(tagger, [batch[n] for n in with_claims], [words[n] for n in with_claims])
    total = torch.stack(list(parts.values())).sum()
    return total, {name: part.item() for name, part in parts.items()}


def encoded(tagger: Tagger, batch: list[Window], *, frozen: bool) -> list[Tensor]:
    """What the heads see of each window's words."""
    longest = max(window.rows.shape[1] for window in batch)
    rows = torch.zeros(len(batch), 5, longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest, dtype=torch.bool)
    for number, window in enumerate(batch):
        rows[number, :, : window.rows.shape[1]] = torch.from_numpy(window.rows)
        mask[number, : window.rows.shape[1]] = True
    convention = torch.tensor([window.convention for window in batch])
    with torch.set_grad_enabled(torch.is_grad_enabled() and not frozen):
        lower = tagger.lower(rows, mask)
    hidden = tagger.upper(lower, convention, mask)
    return [hidden[number, torch.from_numpy(window.begins)] for number, window in enumerate(batch)]


def _attributions(tagger: Tagger, batch: list[Window], words: Words) -> dict[str, Tensor]:
    held = [window.attributions for window in batch if window.attributions is not None]
    every = torch.cat(list(words))
    cues = functional.cross_entropy(tagger.cue(every), _joined(one.cue_labels for one in held))
    plain = functional.cross_entropy(tagger.plain(every), _joined(one.plain for one in held))
    pairs = _pairs(tagger.attribution, [one.pairs for one in held], words)
    return {"cue": CUE * cues, "plain": PLAIN * plain, **({"pair": PAIR * pairs} if pairs is not None else {})}


def answers(tagger: Tagger, words: Tensor, sources: Sequence[tuple[Sequence[int], Known]]) -> Tensor:
    """Sources × answers; ``words`` × 384, and of each source which of them are looked at, and what is known of it."""
    longest = max(len(places) for places, _ in sources)
    seen = torch.zeros(len(sources), longest, dtype=torch.bool)
    at = torch.zeros(len(sources), longest, dtype=torch.long)
    for number, (places, _) in enumerate(sources):
        seen[number, : len(places)] = True
        at[number, : len(places)] = torch.tensor(places)
    shown = functional.embedding(at, tagger.kinds.projected(words).float())
    return tagger.kinds(shown, seen, torch.tensor([source.facts for _, source in sources]))


def _kinds(tagger: Tagger, words: Tensor, sources: Sequence[tuple[Sequence[int], Known]]) -> dict[str, Tensor]:
    found = answers(tagger, words, sources)
    right = torch.zeros(len(sources), len(SOURCE_TYPES))
    for number, (_, source) in enumerate(sources):
        first, *others = source.types
        right[number, first] = FIRST if others else 1.0
        for other in others:
            right[number, other] = (1 - FIRST) / len(others)
    parts = {"type": TYPE * functional.cross_entropy(found[:, : len(SOURCE_TYPES)], right)}
    told = [(number, s.identification) for number, (_, s) in enumerate(sources) if s.identification is not None]
    if told:
        scores = found[[number for number, _ in told], len(SOURCE_TYPES) :]
        parts["named"] = NAMED * functional.cross_entropy(scores, torch.tensor([named for _, named in told]))
    return parts


def _claims(tagger: Tagger, batch: list[Window], words: Words) -> dict[str, Tensor]:
    held = [window.claims for window in batch if window.claims is not None]
    every = torch.cat(list(words))

    def weighed(head: Callable[[Tensor], Tensor], labels: Tensor, weights: Tensor) -> Tensor:
        return (functional.cross_entropy(head(every), labels, reduction="none") * weights).mean()

    contest = weighed(tagger.contest, _joined(c.cue_labels for c in held), _joined(c.cue_weights for c in held))
    contested = weighed(tagger.contested, _joined(c.plain for c in held), _joined(c.plain_weights for c in held))
    parts = {"contest": CONTEST * contest, "contested": CONTESTED * contested}
    pairs = _pairs(tagger.claim, [one.pairs for one in held], words)
    if pairs is not None:
        parts["claim"] = CLAIM * pairs
    chosen = [(word[at], status) for word, one in zip(words, held, strict=True) for at, status in one.statuses]
    if chosen:
        scores = tagger.status(torch.stack([word for word, _ in chosen]))
        parts["status"] = STATUS * functional.cross_entropy(scores, torch.tensor([status for _, status in chosen]))
    return parts


def _pairs(scorer: Scorer, held: Sequence[Pairs], words: Words) -> Tensor | None:
    """The loss of a scorer over the words that are taken for cues; None if there is none."""
    scores, right, weights, cues = [], [], [], 0
    for word, pairs in zip(words, held, strict=True):
        if not pairs.cues:
            continue
        made = scorer(word[None], word[pairs.cues], torch.from_numpy(np.stack(pairs.between)))
        scores.append(made.reshape(-1, made.shape[-1]))
        right += pairs.labels
        weights += [
            np.full(len(labels), weight, np.float32) for labels, weight in zip(pairs.labels, pairs.weights, strict=True)
        ]
        cues += len(pairs.cues)
    if not scores:
        return None
    each = functional.cross_entropy(torch.cat(scores), _joined(right), reduction="none")
    return (each * _joined(weights)).sum() / cues / WORDS


def _joined(arrays: Iterable[np.ndarray]) -> Tensor:
    return torch.from_numpy(np.concatenate(list(arrays)))
