"""What a text made to hold the analysis up costs: ``python -m bench.hostile [KIND …] [--lengths N,N,…]``.

Every kind of ``tests/analysis/hostile_texts.py`` is analysed at each length, and the time for a thousand characters
is printed beside that of ordinary news. A kind whose time grows faster than its length is marked; the exit status is
1 if there is one.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from multiprocessing.connection import Connection

from tests.analysis.hostile_texts import KINDS

LENGTHS = (3_000, 12_000, 48_000)
# Linear time with a constant part grows slower than the length; a square of it by the ratio of the lengths.
MOST_GROWTH = 1.6  # times as many seconds for a character at the last length as at the one before
PATIENCE = 120.0  # seconds for one text, after which its kind is given up


def _work(pipe: Connection) -> None:
    from onrecord.analysis.analyzer import Analyzer

    analyzer = Analyzer.load()
    analyzer.analyze(KINDS["ordinary"](2_000))
    pipe.send("ready")
    while True:
        kind, length = pipe.recv()
        article = KINDS[kind](length)
        started = time.process_time()
        analysis = analyzer.analyze(article)
        pipe.send((time.process_time() - started, len(analysis.quotes), len(analysis.claims)))


def _worker() -> tuple[multiprocessing.process.BaseProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs,), daemon=True)
    process.start()
    ours.recv()
    return process, ours


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"default: all of {', '.join(KINDS)}")
    parser.add_argument("--lengths", default=",".join(map(str, LENGTHS)), help="in characters, ascending")
    arguments = parser.parse_args()
    lengths = [int(length) for length in arguments.lengths.split(",")]
    print(f"load {os.getloadavg()[0]:.1f}; processor seconds, and milliseconds for 1,000 characters at the longest")
    print(f"{'kind':22}" + "".join(f"{length:>10,}" for length in lengths) + f"{'ms/1,000':>10}  growth  marks")
    process, pipe = _worker()
    grown = []
    for kind in arguments.kinds or KINDS:
        row: list[float] = []
        marks = 0
        for length in lengths:
            pipe.send((kind, length))
            if not pipe.poll(PATIENCE):
                process.kill()
                process.join()
                process, pipe = _worker()
                break
            seconds, quotes, claims = pipe.recv()
            row.append(seconds)
            marks = quotes + claims
        cells = "".join(f"{seconds:10.2f}" for seconds in row) + "".join(" " * 9 + "—" for _ in lengths[len(row) :])
        growth = 0.0
        if len(row) == len(lengths) > 1:
            growth = (row[-1] / lengths[-1]) / (row[-2] / lengths[-2])
        bad = len(row) < len(lengths) or growth > MOST_GROWTH
        grown += [kind] if bad else []
        rate = f"{1e6 * row[-1] / lengths[len(row) - 1]:10.1f}" if row else " " * 10
        print(f"{kind:22}{cells}{rate}  {growth:5.2f} {marks:6}{'  <- not linear' if bad else ''}", flush=True)
    process.kill()
    print(f"{len(grown)} of {len(arguments.kinds or KINDS)} grow faster than their length: {', '.join(grown) or '-'}")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
