"""One command for every figure that docs/accuracy.md and docs/performance.md quote: measure, record, write the tables.

``python -m bench.figures POLNEAR.jsonl GOLD.jsonl [--only NAME,…] [--limit N] [--rounds N]`` prints the tables, keeps
each in ``bench/figures.json`` with its date, version, machine and load, and writes them into the two pages, between the
lines ``<!-- figures: NAME -->`` and ``<!-- end -->``. ``--write`` only writes the tables of the record again. A test
fails where a page quotes another figure than the record. With ``--limit`` the tables are printed and not recorded. No
corpus comes with Onrecord (docs/development.md); ``overlay`` needs the browser of the tests.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import json
import math
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import spacy

import onrecord
from bench import accuracy, articles, corpus
from bench import archive as archives
from bench.corpus import Text
from bench.peers import PEERS, Missing, systems
from onrecord.analysis import language
from onrecord.analysis.analyzer import Analyzer
from onrecord.article import Article

ROOT = Path(__file__).parents[1]
RECORD = ROOT / "bench" / "figures.json"
PAGES = (ROOT / "docs" / "accuracy.md", ROOT / "docs" / "performance.md")
_PLACE = re.compile(r"(<!-- figures: ([a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)

Table = list[list[str]]  # the first row is the head
Record = dict[str, dict[str, Any]]  # by the table's name: the table, and what ``about`` says of it
NAMES = ("polnear", "own", "sure", "speed", "archive", "memory", "overlay")
MISSING = "Not recorded yet: `python -m bench.figures` measures it."

# The words of the page for the figures of bench.scores and bench.gold, in the order in which they are shown.
POLNEAR = {
    "direct.full.iou80": "direct quotes found (overlap .8)",
    "direct.full+src": "… with the right source",
    "scare.far": "titles, nicknames and scare quotes taken for quotes (lower is better)",
    "speech.iou50": "reported speech found (overlap .5)",
    "speech.relation.50": "… with the right source",
    "relation.50": "every attribution, beliefs and plans included, with the right source",
}
GOLD = {
    "quotes.precision": "quotes, precision",
    "quotes.recall": "quotes, recall",
    "quotes.f1": "quotes, F1",
    "speaker": "right speaker, of those found",
    "type": "right type of source, of those",
    "identification": "right identification, of those",
}
ONLY_OURS = frozenset({"type", "identification"})  # the peers know no kinds of source
# Two trained people on other articles of the corpus (Newell et al. 2018), by the same definitions.
PEOPLE = {"direct.full.iou80": "97.5", "direct.full+src": "95.7", "scare.far": "21", "speech.iou50": "92.1",
          "relation.50": "73.5"}  # fmt: skip


def recorded() -> Record:
    """The tables of the record, by name."""
    found: Record = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    return found


def figures(documents: Sequence[Text], words: dict[str, str], people: dict[str, str]) -> Table:
    """The figures of each system."""
    columns, _ = accuracy.run(documents, PEERS, {})
    values = [accuracy.figures(documents, column.found) for column in columns]
    table = [["", *(column.name for column in columns), *(["two trained people, other articles"] if people else [])]]
    for name, meaning in words.items():
        cells = [
            "" if name in ONLY_OURS and column.name in PEERS else _percent(found.get(name, math.nan))
            for column, found in zip(columns, values, strict=True)
        ]
        table.append([meaning, *cells, *([people.get(name, "")] if people else [])])
    return table


def confidence(documents: Sequence[Text]) -> Table:
    """How many answers of each confidence are right."""
    columns, _ = accuracy.run(documents, [], {})
    lines = accuracy.calibration(accuracy.judged(documents, columns[0].found))
    return [["confidence", "statements", "right"], *(_cells(line) for line in lines[1:])]


def _cells(line: str) -> list[str]:
    return [line[:24].strip(), *line[24:].split()]


def _percent(value: float) -> str:
    return "" if math.isnan(value) else f"{value * 100:.1f}"


def speeds(documents: Sequence[Text], rounds: int) -> Table:
    """Processor time beside the language model alone and the peers, on the same articles in one process, in turn."""
    load = functools.cache(Analyzer.load)
    articles = [corpus.article_of(document.text) for document in documents]
    count = sum(len(article.text.split()) for article in articles)
    plain = spacy.load(language.package())  # as it comes, with the recogniser that Onrecord leaves out
    runs: dict[str, Callable[[Article], object]] = {"the language model alone": lambda one: plain(one.text)}
    runs |= {name: run for name, run in systems(["onrecord", *PEERS], load) if not isinstance(run, Missing)}
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    for number in range(rounds + 1):
        for name, run in runs.items():
            wall, processor = time.perf_counter(), time.process_time()
            for article in articles:
                run(article)
            if number:  # the first round fills caches
                taken[name].append((time.perf_counter() - wall, time.process_time() - processor))
    medians = {
        name: tuple(statistics.median(column) for column in zip(*each, strict=True)) for name, each in taken.items()
    }
    base = medians["the language model alone"][1]
    table = [["", "words a second of the processor", "words a second", "processor time beside the language model"]]
    for name, (wall, processor) in medians.items():
        ratio = processor / base
        table.append([name, f"{count / max(processor, 1e-9):,.0f}", f"{count / wall:,.0f}", f"{ratio:.2f}"])
    return table


def archive(documents: Sequence[Text], part: Callable[[Sequence[str], Path], Table]) -> Table:
    """A part of ``bench.archive``, which says more when it is run by itself."""
    with tempfile.TemporaryDirectory() as name:
        return part([document.text for document in documents], Path(name))


def markdown(table: Table) -> str:
    """A table as Markdown."""
    head, *rows = [f"| {' | '.join(row)} |" for row in table]
    return "\n".join([head, "|---" * len(table[0]) + "|", *rows])


def overlay(rounds: int) -> Table:
    """The budgets of the overlay, as ``bench.overlay`` prints them."""
    command = [sys.executable, "-m", "bench.overlay", "--rounds", str(rounds)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    rows = re.findall(r"^(.+?) +(\d+\.\d\d ms) +(.*?)(?:   +(.*))?$", said, re.MULTILINE)
    return [["", "measured", "budget", "beside"], *([cell.strip() for cell in row] for row in rows)]


def about(entry: dict[str, Any]) -> str:
    """What has to be known of a table to read its figures."""
    return (
        "Recorded {date}: Onrecord {version}, {model}, {machine}, load {load} at the start; {articles} articles, "
        "{words:,} words."
    ).format_map(entry)


def written(page: str, record: Record) -> str:
    """The page with the tables of the record in their places; a table that was never recorded is said to be missing."""

    def place(found: re.Match[str]) -> str:
        entry = record.get(found[2])
        text = f"{markdown(entry['table'])}\n\n{about(entry)}" if entry else MISSING
        return f"{found[1]}{text}\n{found[3]}"

    return _PLACE.sub(place, page)


def entry(articles: int, words: int, run: Callable[[], Table]) -> dict[str, Any]:
    """What is recorded of a table: under what it was made, and the table."""
    return {
        "date": f"{dt.datetime.now(dt.UTC):%Y-%m-%d}",
        "version": onrecord.__version__,
        "model": Analyzer.load().model,
        "machine": f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}",
        "load": f"{os.getloadavg()[0]:.1f}",
        "articles": articles,
        "words": words,
        "table": run(),
    }


def keep(name: str, made: dict[str, Any], *, record: bool) -> None:
    """Print a table, and record it and write it into its page if that is wanted."""
    print(f"\n{name}\n{markdown(made['table'])}\n\n{about(made)}", flush=True)
    if record:
        known = recorded() | {name: made}
        RECORD.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        write()


def write() -> None:
    """Put the tables of the record into the pages."""
    for path in PAGES:
        path.write_text(written(path.read_text(encoding="utf-8"), recorded()), encoding="utf-8")


def main() -> int:
    """Measure, record and write, or only write; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.figures", description=__doc__)
    parser.add_argument("corpora", nargs="*", type=Path, metavar="POLNEAR.jsonl GOLD.jsonl")
    parser.add_argument("--only", default=",".join(NAMES), help=f"some of {', '.join(NAMES)}")
    parser.add_argument("--limit", type=int, help="only the first N articles of each; nothing is recorded")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write the tables of the record into the pages")
    given = parser.parse_args()
    only = given.only.split(",")
    if not given.write:
        if len(given.corpora) != 2 or not set(only) <= set(NAMES):
            parser.error(f"name the two corpora, or --write; --only takes {', '.join(NAMES)}")
        polnear, gold = (corpus.read(path, given.limit) for path in given.corpora)
        few = polnear[:12]
        renamed = articles.archive([document.text for document in polnear], 1000 if "memory" in only else 0)
        many = [Text(id=str(number), text=text) for number, text in enumerate(renamed)]
        runs: dict[str, tuple[Sequence[Text], Callable[[], Table]]] = {
            "polnear": (polnear, lambda: figures(polnear, POLNEAR, PEOPLE)),
            "own": (gold, lambda: figures(gold, GOLD, {})),
            "sure": (polnear, lambda: confidence(polnear)),
            "speed": (few, lambda: speeds(few, given.rounds)),
            "archive": (polnear, lambda: archive(polnear, archives.speeds)),
            "memory": (many, lambda: archive(many, archives.memory)),
            "overlay": ((), lambda: overlay(given.rounds)),
        }
        for name in only:
            texts, run = runs[name]
            words = sum(len(document.text.split()) for document in texts)
            # at once, so that a run that is stopped keeps what it has
            keep(name, entry(len(texts), words, run), record=given.limit is None)
    if given.write:
        write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
