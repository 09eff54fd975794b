"""``python -m onrecord.training.kinds BASE OUT --gold GOLD.jsonl … --texts TEXTS …``: the votes of ``kinds.npz``.

``--gold`` are annotated articles (``{"text", "sources", "quotes"}``, spans as offsets in code points); ``--texts`` are
files in which the articles of ``labels`` are found by their SHA-256 (JSON lines with ``text``, or JSON with
``articleBody``); the written articles come with Onrecord. ``BASE`` is the folder with the checkpoint that the tagger
began from. The articles are read by Onrecord itself, each source is joined with the annotated one that it is, and ridge
regression finds the weights, over the vectors of the word pieces. What is printed first is cross-validated by article;
``OUT`` gets the file.
"""

from __future__ import annotations

import argparse
import importlib.resources
import io
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from onrecord.analysis import language
from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.language import joined, parsed
from onrecord.analysis.marks import quotations
from onrecord.analysis.model import Reader, features, tagger
from onrecord.analysis.phrases import Reading
from onrecord.analysis.quotes import attributions
from onrecord.analysis.result import IDENTIFICATIONS, SOURCE_TYPES
from onrecord.analysis.sources import portraits
from onrecord.analysis.sources.clues import Clues
from onrecord.analysis.sources.kinds import ByRule, readings
from onrecord.analysis.sources.portraits import FILE, SLOTS, Floats, Portrait
from onrecord.analysis.speakers import said_by, speakers
from onrecord.article import Span
from onrecord.training import acts, annotated, articles
from onrecord.training.corpus import article_of
from onrecord.training.phrases import phrases

# Chosen by cross-validation over articles: ridge, how much a phrase counts beside an annotated source, how many.
RIDGE, PHRASE_WEIGHT, PHRASES, FOLDS = 6.0, 0.1, 6000, 6
# A source counts by this power of how rare its type is: half of what is annotated is officials and politicians, who
# would else take every name of which little is said. 0.25 and 0.5 are as good by cross-validation as no balance.
BALANCE = 0.5
SCALE = 3.0  # of the word vectors against the bias, which the ridge penalises too
WORDS = 800  # gold articles are cut after so many words, and so are these
Pair = tuple[int, int]  # a span of the text

_EMBEDDINGS = "embeddings.word_embeddings.weight"
_TYPES, _NAMED = len(SOURCE_TYPES), len(IDENTIFICATIONS)


@dataclass(slots=True)
class Known:
    """One source as Onrecord reads it, with what an annotator says of it."""

    article: str
    rule: ByRule
    portrait: Portrait
    type: str
    identification: str
    others: frozenset[str] = field(default_factory=frozenset)  # defensible second types


class Annotated:
    """The sources of one annotated article, found by a span of the text."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.sources: dict[str, dict[str, Any]] = {one["id"]: one for one in record["sources"]}
        self._fullest = [(_pair(s["mention"]), s["id"]) for s in record["sources"] if s.get("mention")]
        self._quotes = [
            (_pair(quote["mention"]), [_pair(span) for span in quote["contents"]], quote["source"])
            for quote in record.get("quotes", [])
            if quote.get("mention") and quote.get("source")
        ]

    def of(
        self, fullest: tuple[int, int], said: Sequence[tuple[tuple[int, int] | None, list[tuple[int, int]]]]
    ) -> str | None:
        """The id of the source that a speaker is: by the fullest mention, and by the mentions at the quotes."""
        votes: Counter[str] = Counter()
        for span, name in self._fullest:
            votes[name] += 2 * _overlap(fullest, span)
        for mention, contents in said:
            for span, theirs, name in self._quotes:
                same = mention is not None and _overlap(mention, span)
                votes[name] += same and any(_overlap(one, other) for one in contents for other in theirs)
        name, count = votes.most_common(1)[0] if votes else ("", 0)
        return name if count else None


def _pair(span: dict[str, Any]) -> Pair:
    return span["start"], span["end"]


def _overlap(one: Pair, other: Pair) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def read(analyzer: Analyzer, record: dict[str, Any]) -> Iterator[Known]:
    """The sources of one annotated article that Onrecord finds too."""
    article, starts = article_of(record["text"])
    known = Annotated(record)

    def original(span: Span) -> Pair:
        (first, begins), (last, ends) = (starts[article.block_index(at)] for at in (span.start, span.end - 1))
        return span.start - begins + first, span.end - ends + last

    with analyzer.nlp.memory_zone():
        marked = quotations(article)
        docs = [doc for group in parsed(article, analyzer.nlp) for doc in group]
        reader = Reader(analyzer.tagger, article, marked)
        reader.hear(docs)
        reading = Reading(article, joined(docs, analyzer.nlp), marked)
        found = [one for one in attributions(reading, reader.relations()) if one.reported]
        people, index, _ = speakers(reading, found)
        given = said_by(people, found, index)
        for rule, own in zip(readings(Clues(reading), people, given), given, strict=True):
            said = [
                (original(one.mention) if one.mention else None, [original(span) for span in one.content])
                for one in own
            ]
            name = known.of(original(rule.speaker.mentions[0]), said)
            if name is None or rule.portrait is None:
                continue
            source = known.sources[name]
            others = source.get("type_alt") or []
            seen = Portrait(
                rule.portrait.words, rule.portrait.facts, rule.portrait.barred
            )  # without tokens, which die with the zone
            yield Known(
                record["doc"], ByRule(rule.speaker, rule.clue, rule.identification, None), seen, source["type"],
                source["identification"], frozenset([others] if isinstance(others, str) else others),
            )  # fmt: skip


def labelled(texts: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """The articles of ``labels`` that may be trained on and whose texts are in ``texts``, and the written ones.

    Where an article is annotated whole, its labels of sources alone are not used.
    """
    yield from articles.records("train", texts)
    yield from acts.typed(acts.records("train", texts))
    yield from acts.typed(annotated.lines(annotated.WRITTEN))
    done = {entry.sha256 for entry in articles.read()}
    found = {articles.checksum(text): text for path in texts for text in articles.texts(path)}
    lines = (importlib.resources.files("onrecord.training") / "labels" / "sources.jsonl").read_text(encoding="utf-8")
    for line in lines.splitlines():
        label = json.loads(line)
        text = found.get(label["sha256"])
        if text is not None and label["sha256"] not in done:
            sources = [
                {"id": str(n), "mention": {"start": start, "end": end}, "type": kind, "identification": named}
                for n, (start, end, kind, named) in enumerate(label["sources"])
            ]
            yield {"doc": label["doc"], "text": _cut(text), "sources": sources}


def _cut(text: str) -> str:
    count, lines = 0, []
    for line in text.split("\n"):
        lines.append(line)
        count += len(line.split())
        if count >= WORDS:
            break
    return "\n".join(lines)


class Vectors:
    """The vector of a word is the mean of its word pieces'."""

    def __init__(self, base: Path) -> None:
        tensors = load_file(str(base / "model.safetensors"))
        name = next(name for name in tensors if name.endswith(_EMBEDDINGS))
        self.table: Floats = tensors[name].astype(np.float32)
        self.table = self.table / self.table.std()
        self._pieces: Tokenizer = features.tokenizer(base / "tokenizer.json")
        self._known: dict[str, Floats] = {}

    def word(self, word: str) -> Floats:
        """The vector of one word."""
        if word not in self._known:
            ids = self._pieces.encode(word, add_special_tokens=False).ids[: portraits.LONGEST_WORD]
            self._known[word] = self.table[ids].mean(axis=0) if ids else np.zeros(self.table.shape[1], np.float32)
        return self._known[word]

    def slots(self, words: Sequence[Sequence[str]]) -> Floats:
        """The vectors of a portrait's slots, one behind the other; an empty slot is all zero."""
        empty = np.zeros(self.table.shape[1], np.float32)
        return np.concatenate([np.mean([self.word(w) for w in slot], axis=0) if slot else empty for slot in words])


@dataclass(slots=True)
class Fit:
    """Linear weights over standardised vectors and the facts."""

    mean: Floats
    spread: Floats
    vectors: Floats
    facts: Floats
    bias: Floats


def fit(seen: Floats, facts: Floats, right: Floats, weight: Floats, mean: Floats, spread: Floats) -> Fit:
    """Ridge regression of the one-hot answers."""
    rows = np.concatenate([_standard(seen, mean, spread), facts, np.ones((len(seen), 1), np.float32)], axis=1)
    weighted = rows * weight[:, None]
    gram = weighted.T @ rows + RIDGE * np.eye(rows.shape[1], dtype=np.float32)
    found = np.linalg.solve(gram, weighted.T @ right).astype(np.float32)
    wide = seen.shape[1]
    return Fit(mean, spread, found[:wide], found[wide:-1], found[-1])


def _standard(seen: Floats, mean: Floats, spread: Floats) -> Floats:
    return np.asarray((seen - mean) / spread / np.sqrt(seen.shape[1]) * SCALE, np.float32)


def one_hot(answers: Sequence[int], width: int) -> Floats:
    """Rows with 1 at the answer and a little below nothing elsewhere."""
    rows = np.full((len(answers), width), -0.1, np.float32)
    rows[np.arange(len(answers)), answers] = 1
    return rows


def balanced(types: Sequence[str]) -> Floats:
    """How much each of these sources counts, 1 on average."""
    often = Counter(types)
    weight = np.array([often[one] ** -BALANCE for one in types], np.float32)
    return np.asarray(weight / weight.mean(), np.float32)


def trained(known: Sequence[Known], vectors: Vectors, made: tuple[Floats, Floats]) -> Fit:
    """Weights for types, from sources and phrases, and for identifications, from sources alone, side by side."""
    seen = np.stack([vectors.slots(one.portrait.words) for one in known])
    facts = np.array([one.portrait.facts for one in known], np.float32)
    mean, spread = seen.mean(axis=0), seen.std(axis=0) + 1e-2
    types = one_hot([SOURCE_TYPES.index(one.type) for one in known], _TYPES)
    named = one_hot([IDENTIFICATIONS.index(one.identification) for one in known], _NAMED)
    phrase_seen, phrase_types = made
    none = np.zeros((len(seen) + len(phrase_seen), facts.shape[1]), np.float32)
    weight = np.r_[balanced([one.type for one in known]), np.full(len(phrase_seen), PHRASE_WEIGHT)].astype(np.float32)
    for_types = fit(
        np.concatenate([seen, phrase_seen]), none, np.concatenate([types, phrase_types]), weight, mean, spread
    )
    for_names = fit(seen, facts, named, np.ones(len(seen), np.float32), mean, spread)
    return Fit(
        mean,
        spread,
        np.concatenate([for_types.vectors, for_names.vectors], axis=1),
        np.concatenate([np.zeros((facts.shape[1], _TYPES), np.float32), for_names.facts], axis=1),
        np.concatenate([for_types.bias, for_names.bias]),
    )


def packed(found: Fit, vectors: Vectors) -> dict[str, NDArray[Any]]:
    """The arrays of ``kinds.npz``: each word piece's votes, in eight bits a slot."""
    width = vectors.table.shape[1]
    step = SCALE / np.sqrt(found.mean.shape[0])
    weights = found.vectors / found.spread[:, None] * step
    bias = found.bias - found.mean @ weights
    tables, scales = [], []
    for slot in range(len(SLOTS)):
        votes = vectors.table @ weights[slot * width : (slot + 1) * width]
        scale = np.abs(votes).max(axis=0) / 127
        tables.append(np.round(votes / scale).astype(np.int8))
        scales.append(scale.astype(np.float32))
    return {
        "tables": np.stack(tables), "scales": np.stack(scales), "facts": found.facts.astype(np.float32),
        "bias": bias.astype(np.float32),
    }  # fmt: skip


def as_kinds(arrays: dict[str, NDArray[Any]], tokenizer: Path) -> portraits.Kinds:
    """The votes as the analysis reads them."""
    held = io.BytesIO()
    np.savez_compressed(held, allow_pickle=False, **arrays)
    return portraits.Kinds(held.getvalue(), features.tokenizer(tokenizer))


def cross_validated(known: Sequence[Known], vectors: Vectors, made: tuple[Floats, Floats], base: Path) -> None:
    """Print how often rules alone, and rules with votes, are right on articles that were not trained on."""
    folds = {name: number % FOLDS for number, name in enumerate(sorted({one.article for one in known}))}
    counts: Counter[tuple[str, str]] = Counter()
    for fold in range(FOLDS):
        rest = [one for one in known if folds[one.article] != fold]
        votes = as_kinds(packed(trained(rest, vectors, made), vectors), base / "tokenizer.json")
        for one in (one for one in known if folds[one.article] == fold):
            kind = votes.type(one.portrait, one.rule.clue.type, one.rule.clue.rank)
            named = votes.identification(one.portrait, kind) if one.identification != "anonymous" else "anonymous"
            group = _group(one.article)
            for name in (group, "all"):
                counts[name, "sources"] += 1
                counts[name, "type by rule"] += one.rule.clue.type in {one.type, *one.others}
                counts[name, "type"] += kind in {one.type, *one.others}
                counts[name, "identification by rule"] += one.identification in {one.rule.identification, "anonymous"}
                counts[name, "identification"] += named == one.identification
    for name in sorted({name for name, _ in counts}):
        total = counts[name, "sources"]
        shares = ", ".join(
            f"{what} {counts[name, what] / total:.3f}"
            for what in ("type by rule", "type", "identification by rule", "identification")
        )
        print(f"{name}: {total} sources, {shares}")


def _group(article: str) -> str:
    if article.startswith("own/"):
        return "written"
    return "web" if article.startswith(("web", "raw/web", "page")) else "politics"


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status."""
    options = argparse.ArgumentParser(prog="python -m onrecord.training.kinds", description=__doc__)
    options.add_argument("base", type=Path, metavar="BASE")
    options.add_argument("out", type=Path, metavar="OUT")
    options.add_argument("--gold", type=Path, nargs="+", default=[], metavar="GOLD.jsonl")
    options.add_argument("--texts", type=Path, nargs="*", default=[], metavar="TEXTS")
    given = options.parse_args(arguments)
    analyzer = Analyzer(language.load(), tagger.load())  # not ``Analyzer.load``: the votes may not be there yet
    records = [json.loads(line) for path in given.gold for line in path.read_text(encoding="utf-8").splitlines()]
    known = [one for record in [*records, *labelled(given.texts)] for one in read(analyzer, record)]
    vectors = Vectors(given.base)
    drawn = phrases(PHRASES)
    made = (
        np.stack([vectors.slots(one.words) for one in drawn]),
        one_hot([SOURCE_TYPES.index(one.type) for one in drawn], _TYPES),
    )
    cross_validated(known, vectors, made, given.base)
    given.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(given.out / FILE, allow_pickle=False, **packed(trained(known, vectors, made), vectors))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
