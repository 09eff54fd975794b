"""How the time of an analysis grows with the text: CPU per 100 words by length, for the first part and for the whole.

``python -m bench.length [--rounds N] [--against FOLDER]``. The articles are made of the fixtures, each paragraph once
in turn. ``--against`` names another checkout with its own ``.venv``; both are timed in turn, in one run, each in a
process of its own with one thread, and the medians are printed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LENGTHS = (300, 600, 1200, 2400, 4600)  # words

# Runs in either checkout, so it uses nothing that only one of them has.
TIMER = """
import json, sys, time
from pathlib import Path
from onrecord.analysis.analyzer import Analyzer
from onrecord.article import Article, Block
try:
    analyzer = Analyzer.load(threads=1)
except TypeError:  # of a build without that choice
    analyzer = Analyzer.load()
paragraphs = json.loads(sys.stdin.readline())
def article(words):
    blocks, count, at = [], 0, 0
    while count < words:
        text = paragraphs[at % len(paragraphs)]
        blocks.append(Block(f"b{at}", "paragraph", text))
        count, at = count + len(text.split()), at + 1
    return Article(tuple(blocks)), count
list(analyzer.stream(article(600)[0]))
print("ready", flush=True)
for line in sys.stdin:
    text, count = article(int(line))
    started, first = time.process_time(), 0.0
    for part in analyzer.stream(text):
        first = first or time.process_time() - started
    print(json.dumps([count, first, time.process_time() - started]), flush=True)
"""


class Build:
    """A checkout that analyses in a process of its own."""

    def __init__(self, folder: Path, paragraphs: list[str]) -> None:
        python = folder / ".venv" / "bin" / "python"
        self._process = subprocess.Popen(
            [str(python if python.exists() else sys.executable), "-c", TIMER],
            cwd=folder / "server", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._tell(json.dumps(paragraphs))

    def _tell(self, line: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()

    def timed(self, words: int) -> tuple[int, float, float]:
        """The words of the article, and CPU seconds to the first part and to the last."""
        found: tuple[int, float, float] = json.loads(self._tell(str(words)))
        return found

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--against", type=Path)
    asked = parser.parse_args()
    texts = sorted((ROOT / "tests" / "fixtures" / "articles").glob("*.txt"))
    paragraphs = [part.strip() for text in texts for part in text.read_text("utf-8").split("\n\n") if part.strip()]
    builds = {"this": Build(ROOT, paragraphs)}
    if asked.against is not None:
        builds["other"] = Build(asked.against.resolve(), paragraphs)
    found: dict[tuple[str, int], list[Any]] = {}
    for _ in range(asked.rounds):
        for words in LENGTHS:
            for name, build in builds.items():
                found.setdefault((name, words), []).append(build.timed(words))
    print("CPU milliseconds per 100 words (whole) and in all (first part), medians")
    for words in LENGTHS:
        line = f"{words:6}"
        for name in builds:
            runs = found[name, words]
            whole = statistics.median(run[2] / run[0] * 100 for run in runs) * 1000
            line += f"   {name}: whole {whole:7.1f}  first {statistics.median(run[1] for run in runs) * 1000:7.0f}"
        print(line)
    for build in builds.values():
        build.close()


if __name__ == "__main__":
    main()
