"""How much of a corpus Onrecord finds, beside what others find, in one table.

``python -m bench.accuracy CORPUS.jsonl [--limit N] [--peers regex,textacy] [--calibration] [--save FOLDER]``. The
forms of a corpus are those of ``bench.corpus``, and the figures those of ``bench.scores`` (lines with attributions) or
``bench.gold`` (lines with claims), in percent; of the second, Onrecord's with the middle 95% of what other such sets of
articles would give. No corpus comes with Onrecord.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import math
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from bench import corpus, gold, scores
from bench.corpus import Attribution, Document, GoldDocument, Text
from bench.peers import ONRECORD, PEERS, Missing, System, systems
from onrecord.analysis.analyzer import Analyzer
from onrecord.errors import OnrecordError

BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 1.0)  # of the confidence; the last one holds its upper end too


@dataclass(frozen=True, slots=True)
class Column:
    """What one system found in a corpus, and the seconds that it took for 1,000 words; None for a saved result."""

    name: str
    found: list[Document]
    wall: float | None = None
    processor: float | None = None


def measured(name: str, system: System, documents: Sequence[Text]) -> Column:
    """What ``system`` finds. The first document is read twice, because first reads fill caches."""
    articles = [corpus.article_of(document.text) for document in documents]
    if articles:
        system(articles[0])
    found, words = [], sum(len(document.text.split()) for document in documents)
    wall, processor = time.perf_counter(), time.process_time()
    progress = tqdm(articles, desc=name, unit="article", disable=not sys.stderr.isatty())
    for document, article in zip(documents, progress, strict=True):
        found.append(Document(id=document.id, attributions=system(article)))
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return Column(name, found, wall / max(words, 1) * 1000, processor / max(words, 1) * 1000)


def figures(documents: Sequence[Text], found: Sequence[Document]) -> dict[str, float]:
    """The figures of the corpus's form."""
    with_claims = [document for document in documents if isinstance(document, GoldDocument)]
    if with_claims:
        return gold.score(with_claims, found)
    return scores.score([document for document in documents if isinstance(document, Document)], found)


Answers = list[tuple[Attribution, bool]]


def judged(documents: Sequence[Text], found: Sequence[Document]) -> Answers:
    """Each reported answer, and whether its content and who says it are right."""
    return _each(documents, found, scores.judged, gold.judged)


def misgiven(documents: Sequence[Text], found: Sequence[Document]) -> Answers:
    """Each answer with a speaker that says what is annotated, and whether it is in the wrong mouth."""
    return _each(documents, found, scores.misgiven, gold.misgiven)


def _each(
    documents: Sequence[Text],
    found: Sequence[Document],
    attributed: Callable[[Document, Document], Answers],
    annotated: Callable[[GoldDocument, Document], Answers],
) -> Answers:
    by_id = {document.id: document for document in found}
    answers: Answers = []
    for document in documents:
        if document.id not in by_id:
            continue
        if isinstance(document, Document):
            answers += attributed(document, by_id[document.id])
        elif isinstance(document, GoldDocument):
            answers += annotated(document, by_id[document.id])
    return answers


def table(documents: Sequence[Text], columns: Sequence[Column]) -> list[str]:
    """The lines of the table: figures down, systems across."""
    values = [figures(documents, column.found) for column in columns]
    rows = [(name, [_percent(found[name]) for found in values]) for name in (values[0] if values else ())]
    rows.append(("ms per 1,000 words", [_milliseconds(column.wall) for column in columns]))
    rows.append(("of the processor", [_milliseconds(column.processor) for column in columns]))
    heads = [column.name for column in columns]
    annotated = [document for document in documents if isinstance(document, GoldDocument)]
    if annotated and columns and columns[0].name == ONRECORD:
        between = gold.intervals(annotated, columns[0].found)
        heads.append("onrecord, 95%")
        for name, cells in rows:
            low, high = between.get(name, (math.nan, math.nan))
            cells.append("" if math.isnan(low) else f"{_percent(low)} to {_percent(high)}")
    widths = [max(10, len(head)) + 2 for head in heads]
    lines = [("", heads), *rows]
    return [
        f"{name:24}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        for name, cells in lines
    ]


def calibration(
    answers: Sequence[tuple[Attribution, bool]], spoken: Sequence[tuple[Attribution, bool]] = ()
) -> list[str]:
    """The lines of the second table: of the answers given with such a confidence, how many are right.

    And of those that say what is annotated (``spoken``), how many are given to the wrong speaker.
    """
    lines = [f"{'confidence':24}{'answers':>12}{'right':>12}{'matched':>12}{'wrong mouth':>14}"]
    for low, high in itertools.pairwise(BINS):
        last = high == BINS[-1]
        right = [ok for answer, ok in answers if low <= answer.confidence and (last or answer.confidence < high)]
        share = _share(right)
        wrong = [bad for answer, bad in spoken if low <= answer.confidence and (last or answer.confidence < high)]
        lines.append(
            f"{f'{low:.1f} to {high:.1f}':24}{len(right):12,}{_percent(share):>12}"
            f"{len(wrong):12,}{_percent(_share(wrong)):>14}"
        )
    right, wrong = [ok for _, ok in answers], [bad for _, bad in spoken]
    lines.append(
        f"{'all':24}{len(right):12,}{_percent(_share(right)):>12}{len(wrong):12,}{_percent(_share(wrong)):>14}"
    )
    return lines


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else math.nan


def _percent(value: float) -> str:
    return "n/a" if math.isnan(value) else f"{value * 100:.1f}"


def _milliseconds(value: float | None) -> str:
    return "" if value is None else f"{value * 1000:,.0f}"


def _saved(argument: str) -> tuple[str, Path]:
    name, parted, path = argument.partition("=")
    if not (name and parted and path):
        raise argparse.ArgumentTypeError(f"{argument!r} is not NAME=FILE")
    return name, Path(path)


def _names(argument: str) -> list[str]:
    names = [name for name in argument.split(",") if name]
    for name in names:
        if name not in PEERS:
            raise argparse.ArgumentTypeError(f"there is no peer {name!r}; there are {', '.join(PEERS)}")
    return names


def run(documents: Sequence[Text], peers: Sequence[str], saved: Mapping[str, Path]) -> tuple[list[Column], list[str]]:
    """A column for each system that can be run or has been, and what to say about the others."""
    columns, notes = [], []
    wanted = [name for name in (ONRECORD, *peers) if name not in saved]
    for name, system in systems(wanted, functools.cache(Analyzer.load)):
        if isinstance(system, Missing):
            notes.append(str(system))
        else:
            columns.append(measured(name, system, documents))
    columns += [Column(name, list(corpus.found(path).values())) for name, path in saved.items()]
    return sorted(columns, key=lambda column: column.name != ONRECORD), notes


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--limit", type=int, help="only the first N documents")
    parser.add_argument("--peers", type=_names, default=list(PEERS), help="other systems, parted by commas")
    parser.add_argument("--calibration", action="store_true", help="also the share right by confidence")
    parser.add_argument("--save", type=Path, metavar="FOLDER", help="write what each system found to FOLDER/NAME.jsonl")
    parser.add_argument(
        "--found",
        type=_saved,
        action="append",
        default=[],
        metavar="NAME=FILE",
        help="a column from a saved result; a system of that name is not run",
    )
    given = parser.parse_args(arguments)
    try:
        documents = corpus.read(given.corpus, given.limit)
        columns, notes = run(documents, given.peers, dict(given.found))
        lines = table(documents, columns)
        own = next((column for column in columns if column.name == ONRECORD), None)
        if given.calibration and own is not None:
            lines += ["", *calibration(judged(documents, own.found), misgiven(documents, own.found))]
        if given.save is not None:
            given.save.mkdir(parents=True, exist_ok=True)
            for column in columns:
                corpus.write(given.save / f"{column.name}.jsonl", column.found)
    except (OSError, ValueError, OnrecordError) as error:
        print(f"bench.accuracy: {error}", file=sys.stderr)
        return 2
    words = sum(len(document.text.split()) for document in documents)
    print(f"{len(documents)} documents, {words:,} words; figures in percent")
    print("\n".join([*lines, *notes]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
