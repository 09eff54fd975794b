"""What the page about an archive costs: the time and memory of ``onrecord summary`` over generated analyses.

``python -m bench.summary [--articles N] [--parquet] [--keep FILE]``. The analyses have the size of those of news (700
words, a dozen sources, 25 kB a line), 60 outlets over five years, and names as unevenly common as real ones: half of
them stand in one article alone. The command runs in a process of its own, so that the memory is its.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from onrecord.analysis.result import CLAIM_STATUSES, IDENTIFICATIONS, REASON_KINDS, SOURCE_TYPES
from onrecord.corpus.answers import SCHEMA

ROOT = Path(__file__).parents[1]
FIRST = "Ana Ben Caro Dan Eva Finn Gia Hal Ida Jon Kim Leo Mia Ned Ola Pia Quin Rosa Sam Tia Uma Vic Wes Xena Yan Zoe"
SYLLABLES = ["bar", "cos", "der", "fal", "gan", "hol", "ist", "kel", "lor", "men", "nor", "ost", "pel", "rim", "sen"]
TITLES = ("", "President ", "Mayor ", "Dr. ", "Professor ", "Secretary ")
WEIGHTS = (6, 2, 2, 14, 5, 6, 5, 6, 7, 3)  # of the source types, in their order


def person(chosen: random.Random) -> str:
    """A name: the lower the drawn rank, the more often it is drawn."""
    rank = int(1_000_000 ** chosen.random())
    first, rest = FIRST.split()[rank % 26], rank // 26
    parts = [SYLLABLES[rest // 15**place % 15] for place in range(4)]
    return f"{first} {''.join(parts).capitalize()}"


def span(text: str, block: int = 1) -> dict[str, Any]:
    """A span; its place does not matter here."""
    return {"block": f"b{block}", "start": 0, "end": len(text), "text": text}


def analysis(chosen: random.Random, texts: list[str]) -> dict[str, Any]:
    """One analysis, in the shape of the wire."""
    sources: list[dict[str, Any]] = []
    for number in range(chosen.randint(4, 18)):
        kind = chosen.choices(SOURCE_TYPES, WEIGHTS)[0]
        identity = chosen.choices(IDENTIFICATIONS, (10, 4, 3, 1, 4, 2))[0]
        name = person(chosen) if identity.startswith("named") else None
        label = chosen.choice(TITLES) + name if name else "officials in the capital"
        sources.append({
            "id": f"s{number}", "label": label, "name": name, "type": kind, "identification": identity,
            "organisation": None, "evidence": [span(label)], "mentions": [span(label), span("he"), span("she")],
            "anonymity": {
                "evidence": [span("on condition of anonymity")], "opinion": chosen.random() < 0.1,
                "reason": span("because they were not authorised to speak"), "reason_kind": chosen.choice(REASON_KINDS),
            } if identity == "anonymous" else None,
        })  # fmt: skip
    quotes = [
        {
            "id": f"q{number}", "kind": "indirect", "content": [span(chosen.choice(texts))], "cue": [span("said")],
            "mention": span("she"), "source": chosen.choice(sources)["id"] if chosen.random() > 0.08 else None,
            "channel": "not_stated", "confidence": 0.93,
        }
        for number in range(chosen.randint(3, 24))
    ]  # fmt: skip
    claims = [
        {
            "id": f"c{number}", "status": chosen.choice(CLAIM_STATUSES), "also": [],
            "content": [span(chosen.choice(texts))], "evidence": [span("denied")], "by": None, "quote": None,
            "confidence": 0.8,
        }
        for number in range(chosen.randint(0, 6))
    ]  # fmt: skip
    blocks = [{"id": f"b{n}", "role": "paragraph", "text": f"{chosen.choice(texts)} {n}."} for n in range(35)]
    return {
        "schema": "onrecord/1", "engine": {"version": "0.1.0", "model": "generated"}, "language": "en",
        "offsets": "code-point", "sources": sources, "quotes": quotes, "claims": claims, "attitudes": [],
        "factchecks": [], "summary": {"sources": len(sources), "quotes": len(quotes)}, "blocks": blocks,
    }  # fmt: skip


def lines(articles: int, *, seed: int = 3) -> Any:
    """The lines of an output of ``onrecord corpus``."""
    chosen = random.Random(seed)  # the same in every run
    words = "the port of harbour council said it would not close before winter and nobody had asked them to".split()
    texts = [" ".join(chosen.choices(words, k=chosen.randint(8, 30))) for _ in range(400)]
    for number in range(articles):
        day = date(2021, 1, 1) + timedelta(days=int(1826 * chosen.random()))
        yield json.dumps({
            "schema": SCHEMA, "id": f"a{number}", "place": f"made.jsonl, line {number + 1}",
            "metadata": {
                "title": f"Article {number}", "url": f"https://news.example/{number}",
                "outlet": f"Outlet {int(60 * chosen.random() ** 2):02}", "published": f"{day}T08:00:00Z", "authors": [],
            },
            "analysis": analysis(chosen, texts),
        })  # fmt: skip


def main() -> int:
    """Generate, run, and print the cost."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--parquet", action="store_true", help="the same as Parquet")
    options.add_argument("--keep", type=Path, help="where to keep the generated file, or one that was kept")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = asked.keep or Path(folder) / "made.jsonl"
        if not made.exists():
            with made.open("w", encoding="ascii") as file:
                file.writelines(f"{line}\n" for line in lines(asked.articles))
        if asked.parquet:
            from onrecord.corpus import parquet

            target = made.with_suffix(".parquet")
            if not target.exists():
                parquet.write(made, target)
            made = target
        page = Path(folder) / "page.html"
        began = time.perf_counter()
        command = [sys.executable, "-m", "onrecord", "summary", str(made), str(page)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "server")})
        wall = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"{made.stat().st_size / 1e9:.2f} GB, page {page.stat().st_size / 1e6:.2f} MB")
        cpu = used.ru_utime + used.ru_stime
        print(f"{wall:.1f} s, of them {cpu:.1f} s of CPU; {used.ru_maxrss / 1024:.0f} MB at most")
        print(f"load average {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
