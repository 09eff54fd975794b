"""What published fact-checks cost: importing them, looking them up for a whole article, and the memory of both.

``python -m bench.factchecks [--reviews N] [--rounds N]``. The ClaimReviews are generated: claims of 6 to 18 words from
a vocabulary whose words are as unevenly common as English ones, and one claim of the article itself, which has to be
found. Import and lookup run in a process each, so that the memory is theirs.
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.speed import article
from onrecord.analysis.result import Analysis, Quote
from onrecord.article import Article, Span
from onrecord.factchecks.library import Library, statements
from onrecord.factchecks.reviews import Tally, read

VOCABULARY = 30_000
VERBS = ("cut", "raised", "doubled", "banned", "built", "sold", "paid for", "hid", "lost", "won", "spent", "closed")


def claims(count: int, text: str) -> list[str]:
    """Generated claims: one in ten half made of the article's own words, so that many are near misses."""
    chosen = random.Random(7)  # the same claims in every run
    syllables = ["ba", "con", "der", "fi", "gal", "ho", "in", "ker", "lo", "mar", "ne", "or", "pel", "ri", "sta", "tu"]
    invented = ["".join(parts) for parts in itertools.islice(itertools.product(syllables, repeat=4), VOCABULARY)]
    chosen.shuffle(invented)
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
    own = [word.strip(".,“”’;:()").lower() for word in text.split()]
    made = []
    for number in range(count):
        length = chosen.randint(6, 18)
        words = chosen.choices(invented, cum_weights=weights, k=length)
        if number % 10 == 0:
            words[: length // 2] = chosen.choices(own, k=length // 2)
        words[1] = chosen.choice(VERBS)
        if number % 3 == 0:
            words.append(f"by {chosen.randint(1, 99)}%")
        made.append(" ".join([words[0].capitalize(), *words[1:]]))
    return made


def feed(path: Path, made: list[str]) -> None:
    """The claims as a DataFeed."""
    entries = [
        {
            "@type": "DataFeedItem",
            "item": [
                {
                    "@type": "ClaimReview",
                    "url": f"https://desk-{number % 40}.example/{number}",
                    "datePublished": f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}",
                    "claimReviewed": claim,
                    "author": {"@type": "Organization", "name": f"Desk {number % 40}"},
                    "reviewRating": {"@type": "Rating", "alternateName": "Needs context"},
                    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": f"Person {number % 997}"}},
                }
            ],
        }
        for number, claim in enumerate(made)
    ]
    path.write_text(json.dumps({"@type": "DataFeed", "dataFeedElement": entries}), encoding="utf-8")


def analysis_of(text: Article) -> Analysis:
    """Each block's first half as a quote: as many statements as an article has, without a language model."""
    spans = [Span(at.start, at.start + max(1, len(at) // 2)) for at in text.block_spans]
    return Analysis(quotes=tuple(Quote(id=f"q{n}", kind="direct", content=(span,)) for n, span in enumerate(spans, 1)))


def peak() -> float:
    """The most memory that this process has held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says on Linux begins with the memory of the process that started this one
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1_000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)


def importing(directory: Path, file: Path) -> None:
    """Import the feed, and say what it cost."""
    before, started = peak(), time.perf_counter()
    library = Library(directory)
    new, _ = library.add(read(file, Tally()))
    library.close()
    size = sum(path.stat().st_size for path in directory.glob("factchecks.sqlite3*")) / 1_000_000
    seconds = time.perf_counter() - started
    print(
        f"import of {new:,} fact-checks {seconds:8.1f} s {peak() - before:6.0f} MB more memory   {size:.0f} MB on disk"
    )


def looking_up(directory: Path, text: Article, rounds: int) -> None:
    """Look the whole article up, and say what it cost."""
    analysis, before = analysis_of(text), peak()
    library = Library(directory)
    started = time.perf_counter()
    found = library.matches(text, analysis)
    first = time.perf_counter() - started
    later = []
    for _ in range(rounds):
        started = time.perf_counter()
        library.matches(text, analysis)
        later.append(time.perf_counter() - started)
    count = len(statements(text, analysis))
    print(f"lookup of {count} statements, first    {first * 1000:8.1f} ms")
    median = statistics.median(later) * 1000
    more = peak() - before
    print(f"lookup, median of {rounds:<3}            {median:8.1f} ms {more:6.0f} MB more memory   {len(found)} found")


def apart(action: Callable[..., None], *arguments: object) -> None:
    """Run ``action`` in a process of its own."""
    process = multiprocessing.get_context("spawn").Process(target=action, args=arguments)
    process.start()
    process.join()


def main() -> None:
    """Print the costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    text = article()
    with tempfile.TemporaryDirectory() as name:
        directory, file = Path(name) / "state", Path(name) / "feed.json"
        first = text[statements(text, analysis_of(text))[-1].spans[0]]
        feed(file, [*claims(options.reviews - 1, text.text), first.strip("“”‘’. ")])
        print(f"{options.reviews:,} generated ClaimReviews, {file.stat().st_size / 1_000_000:.0f} MB; an article of "
              f"{len(text.text.split())} words")  # fmt: skip
        apart(importing, directory, file)
        apart(looking_up, directory, text, options.rounds)


if __name__ == "__main__":
    main()
