"""``python -m onrecord.training.said OUT --gold GOLD.jsonl … --texts TEXTS …``: the vote of ``said.npz``.

``--gold`` are annotated articles (``{"text", "quotes"}``, spans as offsets in code points); ``--texts`` are files in
which the articles of ``labels`` are found by their SHA-256. Onrecord reads each article and is asked of every act of
attribution that it proposes whether it was said; an annotated quote with the same content says yes, none says no. Ridge
regression finds the weights, over these and over ``sentences.txt``, which has forms that news has too few of. What is
printed first is cross-validated by article; ``OUT`` gets the file.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis import language
from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.language import joined, parsed
from onrecord.analysis.marks import quotations
from onrecord.analysis.model import Reader, tagger
from onrecord.analysis.model.weights import FOLDER
from onrecord.analysis.phrases import Reading
from onrecord.analysis.quotes import attributions
from onrecord.analysis.quotes.said import FILE, Act, Floats, facts, positions, verb_of
from onrecord.article import Span
from onrecord.training import articles
from onrecord.training.corpus import article_of, placed

# Chosen by cross-validation over articles; the balance of quotes found and quotes that are nobody's is flat between
# thresholds of 0 and 0.2; the lower half finds more.
RIDGE, THRESHOLD, FOLDS = 12.0, 0.08, 6
WORD = 3.0  # of the cue's word vector beside the facts, which the ridge penalises too
VECTOR = 0.06  # of the standardised numbers of the encoder, likewise
SAME, OTHER = 0.5, 0.15  # shared words by all words: a quote, and too little to be one with other bounds
WRITTEN = 1.0  # how much an act counts in a sentence that was written for the purpose
OPTIONAL = 0.4  # how much an act counts that editors may leave out

SENTENCES = Path(__file__).with_name("sentences.txt")
_PIECES = "tagger.pieces.weight"  # in the encoder's file, in eight bits


@dataclass(frozen=True, slots=True)
class Judged:
    """An act of attribution as Onrecord proposes it, with what an annotator says of it."""

    article: int
    listed: bool
    said: bool
    weight: float  # 0 where the annotator has it with other bounds, which tells nothing here
    required: int | None  # the annotated quote that it is, unless that is optional
    word: Floats
    vector: Floats
    facts: Floats


def piece_vectors(encoder: Path) -> Floats:
    """The word pieces' vectors in the encoder's file, centred and of length 1."""
    import onnx  # noqa: PLC0415 - only training has it, and the tests need none
    from onnx import numpy_helper  # noqa: PLC0415

    held = {one.name: one for one in onnx.load(str(encoder)).graph.initializer if one.name.startswith(_PIECES)}
    whole, zero, scale = (
        numpy_helper.to_array(held[f"{_PIECES}_{part}"]).astype(np.float32)
        for part in ("quantized", "zero_point", "scale")
    )
    table = (whole - zero) * scale
    table -= table.mean(axis=0)
    return np.asarray(table / (np.linalg.norm(table, axis=1, keepdims=True) + 1e-6), np.float32)


def read(analyzer: Analyzer, record: dict[str, Any], number: int, pieces: Floats) -> tuple[list[Judged], int]:
    """The acts of one annotated article, and how many of its quotes are required."""
    article, starts = article_of(record["text"])

    def here(span: dict[str, int]) -> Span:
        return Span(placed(span["start"], starts), placed(span["end"] - 1, starts) + 1)

    asked: list[Act] = []

    def ask(act: Act) -> bool:
        asked.append(act)
        return True

    with analyzer.nlp.memory_zone():
        marked = quotations(article)
        docs = [doc for group in parsed(article, analyzer.nlp) for doc in group]
        reader = Reader(analyzer.tagger, article, marked)
        reader.hear(docs)
        attributions(Reading(article, joined(docs, analyzer.nlp), marked), reader.relations(), ask)
        heard = reader.heard()
    if heard is None:
        return [], 0
    words, vectors = heard
    quotes = record["quotes"]
    theirs = [frozenset(positions([here(span) for span in q["contents"]], words).tolist()) for q in quotes]
    made = []
    for act in asked:
        own = frozenset(positions(act.content, words).tolist())
        shared = [len(own & other) / max(1, len(own | other)) for other in theirs]
        best = int(np.argmax(shared)) if shared else 0
        most = shared[best] if shared else 0.0
        optional = most >= SAME and bool(quotes[best].get("optional"))
        cue = positions(act.cue, words)
        made.append(
            Judged(
                article=number,
                listed=act.listed,
                said=most >= SAME,
                weight=OPTIONAL if optional else 1.0 if most >= SAME or most < OTHER else 0.0,
                required=best if most >= SAME and not optional else None,
                word=np.mean([pieces[words.pieces[at]].mean(axis=0) for at in cue], axis=0),
                vector=vectors[verb_of(cue, words)].astype(np.float32),
                facts=facts(act, words, cue),
            )
        )
    return made, sum(not quote.get("optional") for quote in quotes)


@dataclass(frozen=True, slots=True)
class Fit:
    """Linear weights."""

    word: Floats
    vector: Floats
    facts: Floats
    bias: float

    def scores(self, acts: Sequence[Judged]) -> Floats:
        """Above zero for what was said."""
        words, vectors, form = (
            np.stack(part) for part in zip(*((a.word, a.vector, a.facts) for a in acts), strict=True)
        )
        return np.asarray(words @ self.word + vectors @ self.vector + form @ self.facts + self.bias, np.float32)


def _columns(acts: Sequence[Judged]) -> tuple[Floats, Floats, Floats]:
    return (
        np.stack([act.word for act in acts]),
        np.stack([act.vector for act in acts]),
        np.stack([act.facts for act in acts]),
    )


def fit(acts: Sequence[Judged]) -> Fit:
    """Ridge regression of yes and no."""
    known = [act for act in acts if act.weight > 0]
    words, vectors, form = _columns(known)
    mean, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    ones = np.ones((len(known), 1), np.float32)
    rows = np.concatenate([words * WORD, (vectors - mean) / spread * VECTOR, form, ones], axis=1)
    right = np.array([1.0 if act.said else -1.0 for act in known], np.float32)
    weighted = rows * np.array([act.weight for act in known], np.float32)[:, None]
    penalty = np.full(rows.shape[1], RIDGE)
    penalty[-1] = 0
    found = np.linalg.solve(weighted.T @ rows + np.diag(penalty), weighted.T @ right).astype(np.float32)
    split = words.shape[1], words.shape[1] + vectors.shape[1]
    vector = found[split[0] : split[1]] * VECTOR / spread
    return Fit(found[: split[0]] * WORD, vector, found[split[1] : -1], float(found[-1] - mean @ vector) - THRESHOLD)


def packed(found: Fit, pieces: Floats) -> dict[str, NDArray[Any]]:
    """The arrays of ``said.npz``: each word piece's vote in eight bits, and the weights of the rest."""
    votes = pieces @ found.word
    scale = np.abs(votes).max() / 127
    return {
        "pieces": np.round(votes / scale).astype(np.int8), "scale": np.float32(scale),
        "vector": found.vector, "facts": found.facts, "bias": np.float32(found.bias),
    }  # fmt: skip


def cross_validated(acts: Sequence[Judged], required: int, beside: Sequence[Judged] = ()) -> None:
    """Print what the cue lexicon keeps, and what the vote keeps on articles that it was not trained on."""
    number = sorted({act.article for act in acts})
    kept = np.zeros(len(acts), bool)
    for fold in range(FOLDS):
        own = np.array([number.index(act.article) % FOLDS == fold for act in acts])
        found = fit([*beside, *(act for act, mine in zip(acts, own, strict=True) if not mine)])
        kept[own] = found.scores([act for act, mine in zip(acts, own, strict=True) if mine]) > 0
    for name, chosen in (("by the lexicon", np.array([act.listed for act in acts])), ("by the vote", kept)):
        right = len(
            {(a.article, a.required) for a, yes in zip(acts, chosen, strict=True) if yes and a.required is not None}
        )
        wrong = sum(not act.said for act, yes in zip(acts, chosen, strict=True) if yes)
        print(f"{name}: {right} of {required} required quotes, {wrong} that the annotator has not")


def _records(gold: Sequence[Path], texts: Sequence[Path]) -> Iterator[dict[str, Any]]:
    for path in gold:
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())
    yield from articles.records("train", texts)


def written(analyzer: Analyzer, number: int, pieces: Floats) -> list[Judged]:
    """The acts of the sentences written for the purpose; each sentence counts as one article, from ``number`` on."""
    made = []
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        sign, _, text = line.partition(" ")
        if sign in {"+", "-"}:
            acts, _ = read(analyzer, {"text": text, "quotes": []}, number, pieces)
            made += [replace(act, said=sign == "+", weight=WRITTEN) for act in acts]
            number += 1
    return made


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status."""
    options = argparse.ArgumentParser(prog="python -m onrecord.training.said", description=__doc__)
    options.add_argument("out", type=Path, metavar="OUT")
    options.add_argument("--gold", type=Path, nargs="+", default=[], metavar="GOLD.jsonl")
    options.add_argument("--texts", type=Path, nargs="*", default=[], metavar="TEXTS")
    given = options.parse_args(arguments)
    analyzer = Analyzer(language.load(), tagger.load())  # not ``Analyzer.load``: the vote may not be there yet
    pieces = piece_vectors(FOLDER / tagger.ENCODER)
    acts: list[Judged] = []
    required = 0
    for number, record in enumerate(_records(given.gold, given.texts)):
        own, needed = read(analyzer, record, number, pieces)
        acts += own
        required += needed
    print(f"{len(acts)} acts, {sum(act.said for act in acts)} of them said")
    beside = written(analyzer, len({act.article for act in acts}), pieces)
    cross_validated(acts, required, beside)
    given.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(given.out / FILE, allow_pickle=False, **packed(fit([*acts, *beside]), pieces))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
