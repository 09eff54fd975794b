"""How often the channel of a quote is right, and which channels are taken for which.

``python -m bench.channels GOLD.jsonl`` reads articles with annotated quotes, one a line: ``{"text": …, "quotes":
[{"contents": [{"start", "end"}], "channel": …, "optional": false}]}``, offsets in code points of ``text``. A quote of
the analysis is compared with the annotated quote whose words it shares most, at least half of both together; optional
quotes are left out.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.corpus import paragraphs_of
from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.result import CHANNELS

LEAST_OVERLAP = 0.5
_WORD = re.compile(r"\w+")

Words = frozenset[int]  # the offsets at which the words of a quote begin


def pairs(analyzer: Analyzer, gold: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The annotated and the found channel of each quote that both have, and its first words."""
    text: str = gold["text"]
    article = paragraphs_of(text)

    def words(spans: list[tuple[int, int]]) -> Words:
        return frozenset(m.start() for start, end in spans for m in _WORD.finditer(text, start, end))

    right = [(words([(span["start"], span["end"]) for span in quote["contents"]]), quote) for quote in gold["quotes"]]
    found = []
    for quote in analyzer.analyze(article).quotes:
        spans = []
        for span in quote.content:
            for piece in article.pieces(span):
                start = int(piece.block.id)
                spans.append((start + piece.start, start + piece.end))
        found.append((words(spans), quote.channel))
    candidates = sorted(
        (
            (len(one & other) / len(one | other), number, at)
            for number, (one, _) in enumerate(right)
            for at, (other, _) in enumerate(found)
            if one & other
        ),
        key=lambda entry: -entry[0],
    )
    used_right: set[int] = set()
    used_found: set[int] = set()
    for overlap, number, at in candidates:
        if overlap < LEAST_OVERLAP or number in used_right or at in used_found:
            continue
        used_right.add(number)
        used_found.add(at)
        quote = right[number][1]
        if not quote.get("optional"):
            first = quote["contents"][0]
            yield quote.get("channel", "not_stated"), found[at][1], text[first["start"] : first["end"]][:60]


def main() -> None:
    """Print the accuracy and the confusion table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--list", action="store_true", help="print every quote with a wrong channel")
    options = parser.parse_args()
    analyzer = Analyzer.load()
    table: Counter[tuple[str, str]] = Counter()
    for line in options.gold.read_text(encoding="utf-8").splitlines():
        for right, found, words in pairs(analyzer, json.loads(line)):
            table[right, found] += 1
            if options.list and right != found:
                print(f"{right:22} {found:22} {words}")
    total = sum(table.values())
    same = sum(number for (right, found), number in table.items() if right == found)
    stated = sum(number for (right, _), number in table.items() if right != "not_stated")
    stated_same = sum(n for (right, found), n in table.items() if right == found != "not_stated")
    claimed = sum(number for (_, found), number in table.items() if found != "not_stated")
    print(f"channel accuracy {same / max(total, 1):.3f} ({same}/{total})")
    print(f"stated channels  P {stated_same / max(claimed, 1):.3f}  R {stated_same / max(stated, 1):.3f}")
    used = [name for name in CHANNELS if any(name in pair for pair in table)]
    print("rows: annotated, columns: found")
    print(" " * 23 + "".join(f"{name[:9]:>10}" for name in used))
    for right in used:
        print(f"{right:23}" + "".join(f"{table[right, found] or '.':>10}" for found in used))


if __name__ == "__main__":
    main()
