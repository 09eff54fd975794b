"""The training loop: windows of whole blocks, cues with their words, and words that are no cue with none."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from onrecord.analysis.model import decoder, features
from onrecord.analysis.model.features import Ints, Words
from onrecord.training.corpus import Example, Relation
from onrecord.training.network import Tagger

VERBS = frozenset(number for number, tag in enumerate(features.TAGS) if tag.startswith("VB"))
MASK_PIECE = 103  # BERT's [MASK]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train. The numbers are those of the published weights; docs/training.md says more."""

    passes: int = 12
    batch: int = 16  # windows
    rate: float = 2e-4  # of the encoder
    head_rate: float = 1e-3
    warm_up: float = 0.06  # share of all steps
    average: float = 0.998  # decay of the moving average of the weights, which is what is kept
    shortest_window: int = 96  # word pieces; each pass cuts the text anew
    empty_kept: float = 0.5  # share of blocks without an attribution that a pass sees
    masked: float = 0.04  # share of words hidden in a pass
    own_marks: float = 0.6  # share of articles seen in their own marks where there are other styles of them
    no_cues: float = 0.7  # words that are no cue, per cue
    seconds: float = 0.0  # stop after so long, with the rate falling to nothing by then; 0: by passes alone
    seed: int = 1
    threads: int = 2


class Material:
    """An example with its labels, and the ways from its cues, which cost most, kept between passes."""

    def __init__(self, example: Example) -> None:
        self.article = example.name.split("#", maxsplit=1)[0]
        self.words = example.words
        self.ways: dict[int, tuple[int, Ints]] = {}
        self.relations: dict[int, Relation] = {}
        count = len(self.words)
        self.cue_labels = np.zeros(count, dtype=np.int64)
        self.plain = np.zeros(count, dtype=np.int64)
        for relation in example.relations:
            known = self.relations.get(relation.cue[0], relation)
            # two speakers of one cue: the first, and everything that is said
            content = tuple(sorted({*known.content, *relation.content}))
            self.relations[relation.cue[0]] = Relation(known.cue, known.source, content)
        for relation in self.relations.values():
            for number, words in ((5, relation.content), (1, relation.source), (3, relation.cue)):
                for before, at in zip((-2, *words), words, strict=False):
                    self.plain[at] = number + (before == at - 1)
        for relation in self.relations.values():
            for before, at in zip((-2, *relation.cue), relation.cue, strict=False):
                self.cue_labels[at] = 1 + (before == at - 1)
        self.busy = {int(self.words.block[at]) for r in self.relations.values() for at in (*r.cue, *r.content)}
        self.verbs = [at for at in range(count) if int(self.words.tag[at]) in VERBS and not self.cue_labels[at]]

    def way(self, cue: int) -> tuple[int, Ints]:
        """``features.ways``, remembered."""
        if cue not in self.ways:
            self.ways[cue] = features.ways(self.words, cue)
        return self.ways[cue]


@dataclass(slots=True)
class Window:
    """One run of the encoder with everything that is right for it."""

    rows: Ints
    begins: Ints
    cue_labels: Ints
    plain: Ints
    cues: list[int]  # word positions in the window
    between: list[Ints]
    labels: list[Ints]


def pair_labels(relation: Relation | None, first: int, past: int) -> Ints:
    """The labels of a window's words for one cue; None: a word that is no cue."""
    labels = np.zeros(past - first, dtype=np.int64)
    if relation is None:
        return labels
    own = set(relation.cue)
    for number, words in ((3, relation.content), (1, relation.source)):
        chosen = [at for at in words if at not in own]
        for before, at in zip((-2, *chosen), chosen, strict=False):
            if first <= at < past:
                joined = before == at - 1 and before >= first
                labels[at - first] = number + joined
    return labels


def pass_windows(material: Sequence[Material], plan: Plan, chance: random.Random) -> Iterator[Window]:
    """The windows of one pass, cut anew; of an article in several styles of marks a pass sees one."""
    by_article: dict[str, list[Material]] = {}
    for one in material:
        by_article.setdefault(one.article, []).append(one)
    for styles in by_article.values():
        one = styles[0] if chance.random() < plan.own_marks else chance.choice(styles)
        longest = chance.randint(plan.shortest_window, features.LONGEST_WINDOW)
        for first, past in features.windows(one.words, longest=longest):
            blocks = {int(block) for block in one.words.block[first:past]}
            if not blocks & one.busy and chance.random() > plan.empty_kept:
                continue
            rows, begins = features.rows(one.words, first, past)
            for at in range(past - first):
                if chance.random() < plan.masked:
                    end = begins[at + 1] if at + 1 < past - first else rows.shape[1] - 1
                    rows[0, begins[at] : end] = np.where(
                        rows[0, begins[at] : end] == features.SEP, features.SEP, MASK_PIECE
                    )
            cues = [at for at in one.relations if first <= at < past]
            others = [at for at in one.verbs if first <= at < past]
            wanted = min(len(others), max(2, round(plan.no_cues * len(cues))))
            chosen = cues + chance.sample(others, wanted)
            yield Window(
                rows, begins, one.cue_labels[first:past], one.plain[first:past], [at - first for at in chosen],
                [features.pairs(one.words, first, past, at, one.way(at)) for at in chosen],
                [pair_labels(one.relations.get(at), first, past) for at in chosen],
            )  # fmt: skip


def batches(windows: list[Window], size: int, chance: random.Random) -> Iterator[list[Window]]:
    """Windows of like length together, in random order."""
    chance.shuffle(windows)
    made: list[list[Window]] = []
    for at in range(0, len(windows), size * 20):
        near = sorted(windows[at : at + size * 20], key=lambda window: window.rows.shape[1])
        made.extend(near[low : low + size] for low in range(0, len(near), size))
    chance.shuffle(made)
    yield from made


def loss_of(tagger: Tagger, batch: list[Window]) -> tuple[Tensor, dict[str, float]]:
    """The loss of a batch and its parts."""
    longest = max(window.rows.shape[1] for window in batch)
    rows = torch.zeros(len(batch), 5, longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest, dtype=torch.bool)
    for number, window in enumerate(batch):
        rows[number, :, : window.rows.shape[1]] = torch.from_numpy(window.rows)
        mask[number, : window.rows.shape[1]] = True
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = tagger.encode(rows, mask)
    hidden = hidden.float()
    words = [hidden[number, torch.from_numpy(window.begins)] for number, window in enumerate(batch)]
    every = torch.cat(words)
    right_cues = torch.from_numpy(np.concatenate([window.cue_labels for window in batch]))
    right_plain = torch.from_numpy(np.concatenate([window.plain for window in batch]))
    cue_loss = functional.cross_entropy(tagger.cue(every), right_cues)
    plain_loss = functional.cross_entropy(tagger.plain(every), right_plain)
    scores, right, cues = [], [], 0
    for word, window in zip(words, batch, strict=True):
        if not window.cues:
            continue
        count = len(window.cues)
        between = torch.from_numpy(np.stack(window.between))
        made = tagger.score(word.expand(count, -1, -1), word[window.cues], between)
        scores.append(made.reshape(-1, made.shape[-1]))
        right.append(torch.from_numpy(np.concatenate(window.labels)))
        cues += count
    pair_loss = functional.cross_entropy(torch.cat(scores), torch.cat(right), reduction="sum") / max(1, cues) / 25
    total = 2 * cue_loss + pair_loss + 0.5 * plain_loss
    return total, {"cue": cue_loss.item(), "pair": pair_loss.item(), "plain": plain_loss.item()}


def train(examples: Sequence[Example], base: Path, plan: Plan, check: Sequence[Example], keep: Path) -> Tagger:
    """Train on ``examples`` from the checkpoint ``base``.

    Prints the losses and, after each pass, how ``check`` comes out; the weights so far then lie in ``keep``.
    """
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)  # noqa: S311 - no secret
    material = [Material(example) for example in examples]
    tagger = Tagger()
    tagger.load_base(base)
    tagger.pieces.weight.requires_grad_(False)
    tagger.positions.weight.requires_grad_(False)
    encoder = [p for name, p in tagger.named_parameters() if p.requires_grad and name.startswith(("layers", "norm"))]
    heads = [p for name, p in tagger.named_parameters() if p.requires_grad and not name.startswith(("layers", "norm"))]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}],
        betas=(0.9, 0.98), weight_decay=0.01, fused=True,
    )  # fmt: skip
    rates = [group["lr"] for group in optimizer.param_groups]
    kept = copy.deepcopy(tagger)
    first = list(pass_windows(material, plan, chance))
    steps = plan.passes * (len(first) // plan.batch + 1)
    started, step, seen = time.monotonic(), 0, dict.fromkeys(("cue", "pair", "plain"), 0.0)
    print(f"{len(examples)} articles, {len(first)} windows a pass, {steps} steps", flush=True)
    for number in range(plan.passes):
        windows = first if number == 0 else list(pass_windows(material, plan, chance))
        tagger.train()
        for batch in batches(windows, plan.batch, chance):
            share = max(step / steps, (time.monotonic() - started) / plan.seconds if plan.seconds else 0)
            if share >= 1:
                return kept.eval()
            factor = min(1.0, share / plan.warm_up + 0.02) * (1 - share)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * factor
            loss, parts = loss_of(tagger, batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder + heads, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            with torch.no_grad():
                decay = min(plan.average, step / (step + 20))
                for mine, its in zip(kept.parameters(), tagger.parameters(), strict=True):
                    if its.requires_grad:
                        mine.lerp_(its, 1 - decay)
            for name, value in parts.items():
                seen[name] = 0.98 * seen[name] + 0.02 * value if step > 1 else value
            if step % 50 == 0:
                losses = " ".join(f"{name} {value:.4f}" for name, value in seen.items())
                print(f"pass {number + 1} step {step} {losses} {time.monotonic() - started:.0f} s", flush=True)
        torch.save(kept.state_dict(), keep)
        if check:
            print(f"pass {number + 1}: {score(kept.eval(), check)}", flush=True)
    return kept.eval()


def predict(tagger: Tagger, words: Words, *, bias: float = 0.0) -> list[decoder.Relation]:
    """What the network finds in an article, decoded as the analysis decodes it."""
    found = []
    with torch.no_grad():
        for first, past in features.windows(words):
            rows, begins = features.rows(words, first, past)
            hidden = tagger.encode(torch.from_numpy(rows)[None])[0, torch.from_numpy(begins)]
            (cues,) = decoder.cues([tagger.cue(hidden).numpy()], bias=bias)
            if not cues:
                continue
            heads = [run[0] for run, _ in cues]
            between = np.stack([features.pairs(words, first, past, first + at) for at in heads])
            scores = tagger.score(hidden.expand(len(heads), -1, -1), hidden[heads], torch.from_numpy(between))
            sure = decoder.log_softmax(scores.numpy())
            found.extend(decoder.relations(cues, sure, decoder.pair_paths([sure]), first))
    return [relation for relation in found if relation.content]


def score(tagger: Tagger, examples: Sequence[Example]) -> str:
    """Content and relation F1 at an overlap of one half, over words that are no punctuation: a guide, no benchmark."""
    right_content = right_relation = right_cue = said = true = 0
    for example in examples:
        mark = features.CASES.index("mark")
        words = {at for at in range(len(example.words)) if example.words.case[at] != mark}
        gold = [(set(r.content) & words, set(r.source) & words, set(r.cue)) for r in example.relations]
        found = [
            (
                {at for low, high in r.content for at in range(low, high)} & words,
                set(range(*r.source)) & words if r.source else set(),
                set(range(*r.cue)),
            )
            for r in predict(tagger, example.words)
        ]
        said, true = said + len(found), true + len(gold)
        candidates = sorted(
            ((overlap(g[0], f[0]), overlap(g[1], f[1]), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)),
            reverse=True,
        )
        for relation in (False, True):
            used_gold: set[int] = set()
            used_found: set[int] = set()
            for content, source, i, j in candidates:
                if content < 0.5 or i in used_gold or j in used_found or (relation and source < 0.5):
                    continue
                used_gold.add(i)
                used_found.add(j)
            if relation:
                right_relation += len(used_gold)
            else:
                right_content += len(used_gold)
        right_cue += sum(any(g[2] & f[2] for f in found) for g in gold)
    total = max(1, said + true)
    return (
        f"content F1 {200 * right_content / total:.1f}, relation F1 {200 * right_relation / total:.1f}, "
        f"found {said}, gold {true}, cue recall {right_cue / max(1, true):.3f}"
    )


def overlap(one: set[int], other: set[int]) -> float:
    """Intersection over union; two empty sets are equal."""
    return len(one & other) / len(one | other) if one or other else 1.0
