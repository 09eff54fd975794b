"""How long the analysis takes, as a ratio to spaCy's own pipeline on the same text in the same process.

``python -m bench.speed [--rounds N]``. The two are timed in turn, and the medians are compared: a ratio in one run says
more than seconds, which other work on the machine changes.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import spacy

from onrecord.analysis import language
from onrecord.analysis.analyzer import Analyzer
from onrecord.article import Article, Block
from onrecord.formats.wire import encode
from onrecord.web.pages import sample

WORDS = 800  # what a long news story has


def article() -> Article:
    """The sample article, repeated until it has ``WORDS`` words."""
    blocks: list[Block] = []
    words = 0
    while words < WORDS:
        for block in sample().blocks:
            blocks.append(Block(f"b{len(blocks)}", "paragraph", block.text))
            words += len(block.text.split())
            if words >= WORDS:
                break
    return Article(tuple(blocks))


def timed(action: Callable[[], object]) -> float:
    """Seconds that ``action`` takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def main() -> None:
    """Print the medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    package = language.package()
    plain, analyzer, text = spacy.load(package), Analyzer.load(), article()
    for _ in range(2):  # the first parses fill caches
        plain(text.text)
        analyzer.analyze(text)
    model: list[float] = []
    whole: list[float] = []
    first: list[float] = []
    for _ in range(rounds):
        model.append(timed(lambda: plain(text.text)))
        whole.append(timed(lambda: encode(text, analyzer.analyze(text))))
        first.append(timed(lambda: next(iter(analyzer.stream(text)))))
    base = statistics.median(model)
    print(f"{len(text.text.split())} words, {rounds} rounds, medians")
    print(f"{package} alone     {base * 1000:7.1f} ms   1.00")
    print(
        f"analysis and encoding       {statistics.median(whole) * 1000:7.1f} ms   {statistics.median(whole) / base:.2f}"
    )
    print(
        f"first part of the stream    {statistics.median(first) * 1000:7.1f} ms   {statistics.median(first) / base:.2f}"
    )


if __name__ == "__main__":
    main()
