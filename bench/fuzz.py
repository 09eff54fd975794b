"""Whether the analysis stands any text: ``python -m bench.fuzz [--texts N] [--seed N]``.

Analyses as many made-up articles as asked for, checks each answer (``tests/analysis/any_text.py``), and ends with 1 if
one failed. The articles come in batches, each with a seed of its own: ``--seed N --texts 200`` makes one batch again.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback

from hypothesis import HealthCheck, Phase, given, seed, settings

from onrecord.analysis.analyzer import Analyzer
from onrecord.article import Article
from tests.analysis.any_text import articles, check_article

BATCH = 200  # articles a seed
COMPARED = 10  # of so many articles one is analysed at one go as well as streamed
SHOWN = 10  # failures printed in full


def batch(analyzer: Analyzer, number: int, texts: int, failures: list[tuple[int, Article, str]]) -> tuple[int, int]:
    """Check the articles of one seed; returns how many there were and how many words they had."""
    count = words = 0

    @seed(number)
    @settings(
        max_examples=texts,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(articles())
    def run(article: Article) -> None:
        nonlocal count, words
        if count >= texts:
            return
        count += 1
        words += len(article.text.split())
        try:
            check_article(article, analyzer, twice=count % COMPARED == 0)
        except Exception:
            failures.append((number, article, traceback.format_exc()))

    run()
    return count, words


def main() -> int:
    """Print the count, the failures and the speed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0, help="the first batch's seed; each batch adds one")
    arguments = parser.parse_args()
    analyzer = Analyzer.load()
    failures: list[tuple[int, Article, str]] = []
    count = words = shown = 0
    number = arguments.seed
    started = time.perf_counter()
    while count < arguments.texts:
        done, read = batch(analyzer, number, min(BATCH, arguments.texts - count), failures)
        count, words, number = count + done, words + read, number + 1
        for failed, article, trace in failures[shown:SHOWN]:
            blocks = [(block.role, block.text) for block in article.blocks]
            print(f"seed {failed}: {blocks!r}\n{trace}", flush=True)
        shown = len(failures)
    seconds = time.perf_counter() - started
    print(
        f"{count} texts of {words / max(count, 1):.0f} words on average, {len(failures)} failures, "
        f"{count / seconds:.1f} texts/s"
    )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
