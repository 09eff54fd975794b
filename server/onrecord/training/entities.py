"""``python -m onrecord.training.entities TEXTS … --out FILE``: train what finds names (``analysis.names.entities``).

The labels are ``silver``'s. ``TEXTS`` are JSON lines with a ``text``, or pages; the written articles of this folder are
read too. Articles that others measure with (the parts ``test`` and ``check`` of the labels, and the files of
``--leave-out``) teach nothing; of those in ``TEXTS`` the command says how often the network agrees with spaCy.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.tokens import Doc
from torch import Tensor, nn
from torch.nn import functional

from onrecord.analysis import language
from onrecord.analysis.model.features import DEPENDENCIES, TAGS
from onrecord.analysis.names.entities import BUCKETS, LABELS, LOOKS, REACH, SPELLINGS, Seen, runs
from onrecord.training import acts, articles, silver
from onrecord.training.renaming import Renaming

WIDTH, LAYERS, VECTOR = 128, 2, 96  # of the network; of the vectors of spaCy's small pipelines
PASSES, BATCH, RATE, DECAY, DROPPED, SEED = 6, 64, 3e-3, 0.01, 0.2, 1
HIDDEN: Final = 0.1  # share of words whose norm is hidden, so that a name nobody has seen is known by the rest


RENAMED: Final = 0.3  # share of the texts that are read again with other names (``renaming``)


@dataclass(frozen=True, slots=True)
class Example:
    """The words of one block, and the number of the right label of each."""

    looks: Tensor
    tags: Tensor
    dependencies: Tensor
    spelling: Tensor
    vectors: Tensor
    labels: Tensor


class Network(nn.Module):
    """The network of ``analysis.names.entities``; ``arrays`` are what it reads."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = nn.ModuleList(nn.Embedding(BUCKETS, WIDTH) for _ in LOOKS)
        self.tags, self.dependencies = nn.Embedding(len(TAGS), WIDTH), nn.Embedding(len(DEPENDENCIES), WIDTH)
        self.spellings, self.vectors = nn.Embedding(SPELLINGS, WIDTH), nn.Linear(VECTOR, WIDTH)
        self.layers = nn.ModuleList(nn.Conv1d(WIDTH, WIDTH, 2 * REACH + 1, padding=REACH) for _ in range(LAYERS))
        self.out = nn.Linear(WIDTH, len(LABELS))
        self.drop = nn.Dropout(DROPPED)
        for table in (*self.looks, self.tags, self.dependencies, self.spellings):
            nn.init.normal_(table.weight, std=0.1)

    def forward(self, batch: Sequence[Example]) -> Tensor:
        """Texts × words × labels."""

        def padded(name: str) -> Tensor:
            return nn.utils.rnn.pad_sequence([getattr(example, name) for example in batch], batch_first=True)

        looks = padded("looks")
        there = nn.utils.rnn.pad_sequence([torch.ones(len(example.labels)) for example in batch], batch_first=True)
        hidden = self.vectors(padded("vectors")) + self.tags(padded("tags")) + self.dependencies(padded("dependencies"))
        hidden = hidden + self.spellings(padded("spelling"))
        for number, table in enumerate(self.looks):
            look = table(looks[:, :, number]).sum(2)
            if self.training and LOOKS[number] == "NORM":
                look = look * (torch.rand(look.shape[:2]) > HIDDEN)[..., None]
            hidden = hidden + look
        hidden = self.drop(functional.relu(hidden)) * there[..., None]
        for layer in self.layers:
            more = functional.relu(layer(hidden.transpose(1, 2))).transpose(1, 2)
            hidden = (hidden + self.drop(more)) * there[..., None]
        scores: Tensor = self.out(hidden)
        return scores

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The parameters by the names that the analysis reads, the tables of looks in eight bits."""

        def plain(tensor: Tensor) -> NDArray[Any]:
            return tensor.detach().numpy().astype(np.float16)

        looks = np.stack([table.weight.detach().numpy() for table in self.looks])
        scale = np.abs(looks).max(axis=1, keepdims=True) / 127
        made = {
            "looks": np.rint(looks / scale).astype(np.int8),
            "looks_scale": scale.astype(np.float32),
            "tags": plain(self.tags.weight),
            "dependencies": plain(self.dependencies.weight),
            "spellings": plain(self.spellings.weight),
            "vectors": plain(self.vectors.weight.T),
            "bias": plain(self.vectors.bias),
            "out": plain(self.out.weight.T),
            "out_bias": plain(self.out.bias),
            "layers": np.array(LAYERS),
        }
        for number, layer in enumerate(self.layers):
            # out × in × near words, as one matrix for the words laid side by side
            made[f"layer{number}"] = plain(layer.weight.permute(2, 1, 0).reshape(-1, WIDTH))
            made[f"layer{number}_bias"] = plain(layer.bias)
        return made


def example(doc: Doc, found: Iterable[silver.Found]) -> Example:
    """The words of a text with the numbers of their labels."""
    labels = np.zeros(len(doc), dtype=np.int64)
    for first, past, kind in found:
        labels[first:past] = LABELS.index(f"I{kind}")
        labels[first] = LABELS.index(f"B{kind}")
    seen = Seen([doc])
    arrays = (seen.looks, seen.tags, seen.dependencies, seen.spelling, np.array(seen.vectors), labels)
    return Example(*map(torch.from_numpy, arrays))


def train(examples: list[Example]) -> Network:
    """A network that knows these examples."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)  # noqa: S311 - no secret
    network = Network()
    optimizer = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    steps = PASSES * (len(examples) // BATCH + 1)
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1, (step + 1) / 100) * (1 - step / steps))
    for number in range(PASSES):
        total = 0.0
        for batch in batches(examples, chance):
            scores = network(batch)
            right = nn.utils.rnn.pad_sequence([e.labels for e in batch], batch_first=True, padding_value=-100)
            loss = functional.cross_entropy(scores.flatten(0, 1), right.flatten(), ignore_index=-100)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            rate.step()
            total += loss.item()
        print(f"pass {number + 1}: loss {total / (len(examples) / BATCH):.4f}", flush=True)
    return network.eval()


def batches(examples: list[Example], chance: random.Random) -> Iterator[list[Example]]:
    """All examples in random order, those of like length together."""
    order = sorted(examples, key=lambda example: len(example.labels) * (0.8 + 0.4 * chance.random()))
    made = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    chance.shuffle(made)
    yield from made


def agreement(network: Network, held: Iterable[tuple[Doc, Example]]) -> dict[str, float]:
    """F1 with spaCy's names, of all kinds (``""``) and of each."""
    counts: dict[str, Counter[str]] = {"": Counter()}
    for doc, one in held:
        with torch.no_grad():
            labels = network([one])[0].argmax(1).tolist()
        mine, its = set(runs(doc, labels)), {(entity.start, entity.end, entity.label_) for entity in doc.ents}
        for kind in {"", *(name[2] for name in mine | its)}:
            count = counts.setdefault(kind, Counter())
            for name in mine | its:
                if kind in ("", name[2]):
                    count["both" if name in mine and name in its else "one"] += 1
    return {kind: 2 * c["both"] / (2 * c["both"] + c["one"]) for kind, c in counts.items()}


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status."""
    root = argparse.ArgumentParser(prog="python -m onrecord.training.entities", description=__doc__)
    root.add_argument("texts", type=Path, nargs="+", metavar="TEXTS")
    root.add_argument("--out", type=Path, required=True, metavar="FILE")
    root.add_argument(
        "--leave-out", type=Path, nargs="*", default=[], metavar="FILE", help="JSON lines to measure with"
    )
    options = root.parse_args(arguments)
    left_out = {articles.checksum(text) for path in options.leave_out for text in articles.texts(path)}
    left_out |= {labels.sha256 for labels in articles.read(part="test")}
    left_out |= {labels.sha256 for labels in acts.read() if labels.part == "check"}
    names = silver.Silver(language.load(names=False))
    others, chance = Renaming(names.nlp, SEED), random.Random(SEED)  # noqa: S311 - no secret
    examples: list[Example] = []
    held: list[tuple[Doc, Example]] = []
    for name, record in silver.records(options.texts).items():
        if name in left_out:
            held += [(doc, example(doc, found)) for doc, found in names.named(record["text"])]
        else:
            for doc, found in names.named(record["text"], silver.chains(record)):
                examples.append(example(doc, found))
                again = others.renamed(doc, found) if chance.random() < RENAMED else None
                if again is not None:
                    examples.append(example(*again))
    print(f"{len(examples)} blocks to learn from, {len(held)} to measure with", flush=True)
    network = train(examples)
    np.savez_compressed(options.out, allow_pickle=False, **network.arrays())
    for kind, share in sorted(agreement(network, held).items()):
        print(f"{kind or 'all':12} {share:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
