"""What the contested claims of a set of articles look like, beyond what a scorer of spans says.

``python -m bench.contested gold GOLD.jsonl``: of the claims matched with a gold claim, how many have evidence that
shares a word with the gold evidence. Lines are ``{"doc", "text", "claims": [{"content", "evidence", ...}]}`` with
spans as offsets into the text.

``python -m bench.contested marks ARTICLES.jsonl [--sample N] [--seed S]``: marks per 1,000 words, by status, what the
stage costs, and N marks drawn at random with the words around them, for a person to judge. Lines are ``{"text"}``.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import onrecord.analysis.analyzer as stages
from bench.corpus import paragraphs_of
from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.claims import claims
from onrecord.analysis.result import Claim
from onrecord.article import Article, Span

_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file."""
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def words_at(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    """The words of a text that some spans touch, by where they begin."""
    ranges = list(spans)
    return {w.start() for w in _WORD.finditer(text) if any(a < w.end() and w.start() < b for a, b in ranges)}


def in_text(article: Article, spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """Spans of the article as offsets into the text that it was made from."""
    for span in spans:
        for piece in article.pieces(span):
            base = int(piece.block.id)
            yield base + piece.start, base + piece.end


def given(spans: Iterable[dict[str, int]]) -> Iterator[tuple[int, int]]:
    """The spans of a gold entry."""
    return ((span["start"], span["end"]) for span in spans)


def gold(path: Path, analyzer: Analyzer) -> None:
    """Print how often the evidence of matched claims shares a word with gold's."""
    shared: Counter[str] = Counter()
    matched: Counter[str] = Counter()
    for entry in lines(path):
        text = entry["text"]
        article = paragraphs_of(text)
        found = [
            (words_at(text, in_text(article, c.content)), words_at(text, in_text(article, c.evidence)))
            for c in analyzer.analyze(article).claims
        ]
        wanted = [
            (words_at(text, given(c.get("contents") or c["content"])), words_at(text, given(c["evidence"])))
            for c in entry["claims"]
        ]
        pairs = sorted(
            (
                (len(a & b) / len(a | b), i, j)
                for i, (a, _) in enumerate(wanted)
                for j, (b, _) in enumerate(found)
                if a & b
            ),
            key=lambda pair: (-pair[0], pair[1], pair[2]),
        )
        taken: set[int] = set()
        used: set[int] = set()
        for overlap, i, j in pairs:
            if i in taken or j in used:
                continue
            taken.add(i)
            used.add(j)
            for name in ("one word", *(["half of the words"] if overlap >= 0.5 else [])):
                matched[name] += 1
                shared[name] += bool(wanted[i][1] & found[j][1])
    for name, count in matched.items():
        print(f"claims that share {name:17} {count:4}   evidence shares a word {shared[name] / count:.3f}")


def marks(path: Path, analyzer: Analyzer, *, sample: int, seed: int) -> None:
    """Print how many marks there are, what they cost, and some of them."""
    spent = 0.0

    def timed(*arguments: Any) -> tuple[Claim, ...]:
        nonlocal spent
        started = time.perf_counter()
        found = claims(*arguments)
        spent += time.perf_counter() - started
        return found

    stages.claims = timed
    everything: list[tuple[Article, Claim]] = []
    count = articles = 0
    for entry in lines(path):
        article = paragraphs_of(entry["text"])
        articles += 1
        count += len(entry["text"].split())
        everything += [(article, claim) for claim in analyzer.analyze(article).claims]
    kinds = ", ".join(f"{name} {n}" for name, n in Counter(c.status for _, c in everything).most_common())
    print(
        f"{len(everything)} marks in {articles} articles, {1000 * len(everything) / count:.2f} per 1,000 words: {kinds}"
    )
    print(f"the stage takes {1000 * 800 * spent / count:.1f} ms per 800 words")
    random.Random(seed).shuffle(everything)
    for number, (article, claim) in enumerate(everything[:sample], 1):
        blocks = sorted({article.block_index(span.start) for span in (*claim.content, *claim.evidence)})
        print(f"\n{number}. {claim.status} {' '.join(claim.also)}")
        print(f"   claim    {' … '.join(article[span] for span in claim.content)}")
        print(f"   evidence {' … '.join(article[span] for span in claim.evidence)}")
        print(f"   in       {' // '.join(article.blocks[block].text for block in blocks)}")


def main() -> None:
    """Run one of the two."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["gold", "marks"])
    parser.add_argument("path", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    analyzer = Analyzer.load()
    if options.what == "gold":
        gold(options.path, analyzer)
    else:
        marks(options.path, analyzer, sample=options.sample, seed=options.seed)


if __name__ == "__main__":
    main()
