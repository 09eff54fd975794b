"""``python -m onrecord.training.names CORPUS.jsonl ... --out FILE``: learn how the words of persons' names look.

A logistic regression over hashed pieces of words: the given and family names of Faker's locales (MIT) against the
words that the corpora write without a capital and the names of bodies in Onrecord's own lexicons.
Nothing of a corpus is kept but weights. ``CORPUS`` files are JSON lines with a ``text``. Faker is needed beside
Onrecord's own packages.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import pkgutil
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis import lexicons
from onrecord.analysis.names.shapes import BUCKETS, pieces_of, plain

_WORD = re.compile(r"[a-zà-ɏḀ-ỿ]{3,}")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’\-. ]+")
_LISTS = re.compile(r"first_name|last_name|middle_name|romanized")
PASSES, RATE, DECAY, BATCH, SEED = 12, 0.15, 1e-5, 256, 7
LEAST = 3  # how often the corpora must have a word without its capital


def faker_names(*, without: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """(locale, word) for every word of the names in Latin letters that Faker's locales list."""
    package = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(package.__path__):
        if module.name in without:
            continue
        provider: Any = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            entries = getattr(provider, attribute)
            if not _LISTS.search(attribute) or not isinstance(entries, (tuple, list, set, dict)):
                continue
            for entry in entries:
                name = entry[0] if isinstance(entry, tuple) else entry
                if isinstance(name, str) and _LATIN.fullmatch(name):
                    yield from ((module.name, word) for word in re.split(r"[\s\-]+", name) if len(word) > 1)


def faker_given() -> Iterator[tuple[str, str, float]]:
    """(locale, given name, 1 for a woman's and 0 for a man's) of Faker's lists in Latin letters."""
    package = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(package.__path__):
        provider: Any = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            entries = getattr(provider, attribute)
            if "first_name" not in attribute or "male" not in attribute or not isinstance(entries, (tuple, list, dict)):
                continue
            for entry in entries:
                name = entry[0] if isinstance(entry, tuple) else entry
                if isinstance(name, str) and _LATIN.fullmatch(name):
                    yield module.name, plain(re.split(r"[\s\-]+", name)[0]), float("female" in attribute)


def learn_gender() -> tuple[NDArray[Any], float]:
    """Weights of pieces and bias that tell women's given names from men's."""
    pairs = [(word, gender) for _, word, gender in sorted(set(faker_given())) if len(word) > 1]
    counts = Counter(pairs)
    words = [word for word, _ in counts]
    labels = np.array([gender for _, gender in counts])
    return fit(words, labels, np.sqrt(np.array([*counts.values()], dtype=float)))


def common_words(texts: Iterable[str]) -> set[str]:
    """The words that the texts write without a capital."""
    counts = Counter(word for text in texts for word in _WORD.findall(text))
    return {word for word, count in counts.items() if count >= LEAST}


def body_words() -> set[str]:
    """The words of the names of bodies in the lexicon."""
    known = lexicons.load("organisations")
    lists = [text for part in ("names", "ends") for key, text in known[part].items() if key != "meaning"]
    return {word for text in lists for word in re.findall(r"[\w'’]+", text) if len(word) > 1}


def fit(words: Sequence[str], labels: NDArray[Any], weights: NDArray[Any]) -> tuple[NDArray[Any], float]:
    """Weights and bias, by steps over a few hundred words each (Adagrad)."""
    rows = [np.array(pieces_of(word)) for word in words]
    chance = np.random.default_rng(SEED)
    table, squares = np.zeros(BUCKETS), np.full(BUCKETS, 1e-2)
    bias, square = 0.0, 1e-2
    weights = weights / weights.mean()
    for _ in range(PASSES):
        order = chance.permutation(len(rows))
        for first in range(0, len(order), BATCH):
            chosen = order[first : first + BATCH]
            flat = np.concatenate([rows[number] for number in chosen])
            lengths = np.array([len(rows[number]) for number in chosen])
            owner = np.repeat(np.arange(len(chosen)), lengths)
            score = np.bincount(owner, table[flat], len(chosen)) + bias
            error = weights[chosen] * (1 / (1 + np.exp(-score)) - labels[chosen]) / len(chosen)
            gradient = np.bincount(flat, error[owner], BUCKETS) + DECAY * table
            squares += gradient**2
            square += error.sum() ** 2
            table -= RATE * gradient / np.sqrt(squares)
            bias -= RATE * error.sum() / np.sqrt(square)
    return table, float(bias)


def learn(texts: Iterable[str], *, without: Sequence[str] = ()) -> tuple[NDArray[Any], float]:
    """Weights of pieces and bias; ``without`` names locales to leave out, for measuring."""
    by_locale: dict[str, set[str]] = {}
    for locale, word in faker_names(without=without):
        by_locale.setdefault(locale, set()).add(plain(word))
    chances: dict[str, float] = {}
    for own in by_locale.values():
        for word in own:
            chances[word] = chances.get(word, 0.0) + 1.0 / math.sqrt(len(own))
    common, bodies = common_words(texts), body_words()
    negative = {plain(word): 1.0 for word in common}
    for word in bodies:
        negative[plain(word)] = negative.get(plain(word), 0.0) + 0.5
    words = [*chances, *negative]
    labels = np.array([1.0] * len(chances) + [0.0] * len(negative))
    weights = np.array([*chances.values(), *negative.values()], dtype=float)
    weights[labels == 1] /= weights[labels == 1].sum()
    weights[labels == 0] /= weights[labels == 0].sum()
    return fit(words, labels, weights)


def main() -> None:
    """Run the command."""
    root = argparse.ArgumentParser(prog="python -m onrecord.training.names", description=__doc__)
    root.add_argument("corpus", type=Path, nargs="+", metavar="CORPUS.jsonl")
    root.add_argument("--out", type=Path, required=True, metavar="FILE")
    root.add_argument("--without", default="", metavar="LOCALES", help="locales to leave out, parted by commas")
    options = root.parse_args()
    texts = [json.loads(line)["text"] for path in options.corpus for line in path.read_text("utf-8").splitlines()]
    table, bias = learn(texts, without=[name for name in options.without.split(",") if name])
    gender, leaning = learn_gender()
    np.savez_compressed(
        options.out,
        weights=table.astype(np.float16),
        bias=np.float32(bias),
        gender=gender.astype(np.float16),
        leaning=np.float32(leaning),
    )


if __name__ == "__main__":
    main()
