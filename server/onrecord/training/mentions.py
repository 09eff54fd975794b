"""``python -m onrecord.training.mentions OUT --gold … --texts … --chains … --pronouns …``: whom *he* and *she* mean.

``--gold`` are annotated articles (``{"text", "sources", "quotes"}``), ``--texts`` files in which the articles of
``labels`` are found by their SHA-256 (``acts.jsonl`` too; ``written.jsonl`` has its own), ``--chains`` texts with every
mention (``{"text", "mentions": [[start, end, type, chain]]}``, GUM), ``--pronouns`` texts with a pronoun between two
names (``{"text", "pronoun", "a", "b"}``, GAP); spans are offsets in code points. Onrecord reads each text and is asked
whom each *he* and *she* means. A small network weighs those who may be meant, and learns in rounds, because whom one
pronoun means bears on the next; what is found of an article is always found by weights that had not seen it.
Cross-validated figures come first; ``OUT`` gets the file.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.analysis import language
from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.language import joined, parsed
from onrecord.analysis.marks import quotations
from onrecord.analysis.model import Reader, tagger
from onrecord.analysis.names.people import Names
from onrecord.analysis.phrases import Reading
from onrecord.analysis.quotes import Attribution, attributions
from onrecord.analysis.quotes.said import vote
from onrecord.analysis.speakers import speakers
from onrecord.analysis.speakers.antecedents import COLUMNS, FILE, Asking, Candidate, Weighed, facts
from onrecord.analysis.speakers.pronouns import HE, SHE, Pronouns
from onrecord.analysis.speakers.ranking import Floats, Weights
from onrecord.article import Span
from onrecord.training import acts, annotated
from onrecord.training.choices import FOLDS, Fit, Question, fit, fold_of, folds, save
from onrecord.training.corpus import article_of, placed_span

# Chosen by cross-validation over articles: how much a pronoun counts that names a quote's speaker, one of a speaker's
# other mentions, one of any other text, one of GAP, and one that names a quote's speaker where only the quotes of each
# speaker are annotated; the ridge; how many rounds.
HOW = Fit(shares={"quote": 1.0, "chain": 0.3, "text": 0.2, "gap": 0.2, "number": 0.4}, ridge=3.0, inner_ridge=20.0)
ROUNDS = 2
SURE = 0.9
LONGEST = 60  # characters of an annotated mention in which a name is that of whom it means
PRONOUNS = HE | SHE


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a pronoun means, as annotated."""

    kind: str  # one of ``HOW.shares``
    spans: tuple[Span, ...]  # of ``Article.text``; without them the pronoun means nobody that is known
    name: str = ""  # words with the name, where a name is known
    others: tuple[Span, ...] = ()  # whom it does not mean, where that is all that is known


@dataclass(frozen=True, slots=True)
class Read:
    """A text as Onrecord reads it, with the annotated pronouns by the token's place."""

    fold: int
    reading: Reading
    found: list[Attribution]
    meant: dict[int, Meant]


class _Asked:
    """A ranking that keeps what it was asked."""

    def __init__(self, ranking: Weighed) -> None:
        self._ranking = ranking
        self.asked: dict[int, tuple[Asking, Sequence[Candidate]]] = {}

    def chances(self, reading: Reading, asking: Asking, candidates: Sequence[Candidate]) -> Floats:
        self.asked[asking.pronoun.i] = asking, candidates
        return self._ranking.chances(reading, asking, candidates)


def questions(article: int, read: Read, ranking: Weighed) -> Iterator[Question]:
    """What is asked about the annotated pronouns of a text, where those before are what ``ranking`` says."""
    asked = _Asked(ranking)
    speakers(read.reading, read.found, persons=asked)
    if not read.found:
        Pronouns(read.reading, Names(read.reading.doc), [], asked).follow(len(read.reading.doc))
    for at, (asking, candidates) in asked.asked.items():
        meant = read.meant.get(at)
        if meant is None:
            continue
        right = [_is_meant(one, meant) for one in candidates]
        barred = [any(t.idx in span for span in meant.others for t in one.mentions) for one in candidates]
        if not meant.spans:
            right = [not one for one in barred]
        nobody = not meant.spans or not any(right)
        if any(right) or meant.kind in {"quote", "chain"}:
            yield Question(
                read.fold, article, meant.kind, facts(read.reading, asking, candidates), np.array([*right, nobody])
            )


def _is_meant(one: Candidate, meant: Meant) -> bool:
    words = re.findall(r"\w[\w'’-]*", meant.name)
    if one.name and one.name.split()[-1] in words:
        return True
    spans = [span for span in meant.spans if len(span) <= LONGEST]
    return any(t.idx in span for t in one.mentions if t.lower_ not in PRONOUNS for span in spans)


# -- learning --------------------------------------------------------------------------------------------------------


def nearest() -> Weights:
    """The weights to begin with: whoever is near, and a subject; never nobody."""
    weights = np.zeros(COLUMNS)
    weights[5], weights[6], weights[7], weights[-1] = -8.0, 1.2, 1.0, -20.0
    return Weights.of_facts(weights)


def learned(texts: Sequence[Read]) -> tuple[list[Question], list[Weights]]:
    """The questions of the last round, and for each fold the weights that were found without it."""
    known = [nearest()] * FOLDS
    asked: list[Question] = []
    for _ in range(ROUNDS):
        asked = [one for at, text in enumerate(texts) for one in questions(at, text, Weighed(known[text.fold]))]
        known = folds(asked, HOW)
    return asked, known


def judged(asked: Sequence[Question], known: Sequence[Weights]) -> dict[str, list[tuple[int, float, bool, bool]]]:
    """By kind: the article of each question, how sure the answer is, whether it is right, whether it is nobody."""
    found: defaultdict[str, list[tuple[int, float, bool, bool]]] = defaultdict(list)
    for question in asked:
        chances = known[question.fold].chances(question.rows)
        best = int(chances.argmax())
        nobody = best == len(chances) - 1
        found[question.kind].append((question.article, float(chances[best]), bool(question.right[best]), nobody))
    return found


# -- reading ---------------------------------------------------------------------------------------------------------


def of_article(record: dict[str, Any], starts: list[tuple[int, int]], reading: Reading) -> dict[int, Meant]:
    """The annotated pronouns of an article with sources and quotes."""
    found: dict[int, Meant] = {}
    text = record["text"]
    for source in record["sources"]:
        quoted = [q["mention"] for q in record["quotes"] if q["source"] == source["id"] and q.get("mention")]
        chain = list(source.get("mentions") or [])
        fullest = [source["mention"]] if source.get("mention") else []
        spans = tuple(placed_span(span["start"], span["end"], starts) for span in (*fullest, *chain, *quoted))
        name = source.get("label", "") if source["identification"] == "named_person" else ""
        for kind, mentions in (("chain", chain), ("quote", quoted)):
            for span in mentions:
                if text[span["start"] : span["end"]].lower() in PRONOUNS:
                    for token in reading.tokens(placed_span(span["start"], span["end"], starts)):
                        found[token.i] = Meant(kind, spans, name)
    return found


def of_numbers(record: dict[str, Any], starts: list[tuple[int, int]], reading: Reading) -> dict[int, Meant]:
    """The pronouns that name the speakers of an article where the same number is the same speaker.

    Whom the quotes never name otherwise is not asked about: he has a name elsewhere, perhaps.
    """
    text = record["text"]
    named = {
        source["id"]
        for source in (acts.typed(record) or {"sources": []})["sources"]
        if source["identification"] == "named_person"
    }
    mentions: defaultdict[str, list[dict[str, int]]] = defaultdict(list)
    for quote in record["quotes"]:
        if quote.get("mention") and quote.get("source") is not None:
            mentions[str(quote["source"])].append(quote["mention"])
    found: dict[int, Meant] = {}
    for number, own in mentions.items():
        words = [text[span["start"] : span["end"]] for span in own]
        spans = tuple(placed_span(span["start"], span["end"], starts) for span in own)
        fullest = max((one for one in words if one.lower() not in PRONOUNS), key=len, default="")
        for span, one in zip(spans, words, strict=True):
            for token in reading.tokens(span) if one.lower() in PRONOUNS and fullest else ():
                found[token.i] = Meant("number", spans, fullest if number in named else "")
    return found


def of_chains(record: dict[str, Any], starts: list[tuple[int, int]], reading: Reading) -> dict[int, Meant]:
    """The pronouns of a text with every mention."""
    chains: defaultdict[object, list[tuple[int, int]]] = defaultdict(list)
    for start, end, _, chain in record["mentions"]:
        chains[chain].append((start, end))
    found: dict[int, Meant] = {}
    for mentions in chains.values():
        spans = tuple(placed_span(start, end, starts) for start, end in mentions)
        for start, end in mentions:
            if record["text"][start:end].lower() in PRONOUNS:
                for token in reading.tokens(placed_span(start, end, starts)):
                    found[token.i] = Meant("text", spans)
    return found


def of_pair(record: dict[str, Any], starts: list[tuple[int, int]], reading: Reading) -> dict[int, Meant]:
    """The pronoun between two names."""
    names = [
        (placed_span(at, at + len(words), starts), words, bool(yes)) for at, words, yes in (record["a"], record["b"])
    ]
    at, words = record["pronoun"]
    meant = Meant(
        "gap",
        tuple(span for span, _, yes in names if yes),
        next((name for _, name, yes in names if yes), ""),
        tuple(span for span, _, yes in names if not yes),
    )
    return {token.i: meant for token in reading.tokens(placed_span(at, at + len(words), starts))}


def read(analyzer: Analyzer, record: dict[str, Any]) -> Read:
    """A record in any of the four forms; quotes are found only in articles."""
    article, starts = article_of(record["text"])
    marked = quotations(article)
    docs = [doc for group in parsed(article, analyzer.nlp) for doc in group]
    reading = Reading(article, joined(docs, analyzer.nlp), marked)
    fold, found = fold_of(record["text"]), []
    if "quotes" in record:
        reader = Reader(analyzer.tagger, article, marked)
        reader.hear(docs)
        found = attributions(reading, reader.relations(), vote(reader.heard()))
        meant = of_article if "sources" in record else of_numbers
        return Read(fold, reading, found, meant(record, starts, reading))
    pronouns = of_pair if "pronoun" in record else of_chains
    return Read(fold, reading, found, pronouns(record, starts, reading))


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status."""
    options = argparse.ArgumentParser(prog="python -m onrecord.training.mentions", description=__doc__)
    options.add_argument("out", type=Path, metavar="OUT")
    options.add_argument("--gold", type=Path, nargs="+", default=[], metavar="GOLD.jsonl")
    options.add_argument("--chains", type=Path, nargs="*", default=[], metavar="CHAINS.jsonl")
    options.add_argument("--pronouns", type=Path, nargs="*", default=[], metavar="PRONOUNS.jsonl")
    options.add_argument("--texts", type=Path, nargs="*", default=[], metavar="TEXTS")
    given = options.parse_args(arguments)
    analyzer = Analyzer(language.load(), tagger.load())
    paths = [*given.gold, *given.chains, *given.pronouns]
    found = annotated.articles_of(paths, given.texts, shortest=annotated.SHORTEST)
    texts = [read(analyzer, one) for one in found]
    write(texts, given.out)
    return 0


def write(texts: Sequence[Read], out: Path) -> None:
    """Learn from texts, print what is right on those that a fold had not seen, and write the file."""
    asked, known = learned(texts)
    for kind, answers in judged(asked, known).items():
        right, nobody = sum(ok for _, _, ok, _ in answers), sum(none for _, _, ok, none in answers if not ok)
        sure = [ok for _, chance, ok, _ in answers if chance >= SURE]
        print(
            f"{kind}: {right} of {len(answers)} right, {nobody} given to nobody; at {SURE} {sum(sure)} of {len(sure)}"
        )
    save(fit(asked, HOW), out / FILE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
