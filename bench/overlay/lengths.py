"""What a reader waits for by length: ``python -m bench.overlay.lengths [--rounds N] [--against FOLDER]``.

Pages of 300 to 5,000 words, made of the fixtures' paragraphs, each with a number of its own in it, so that nothing is
known to the server from another page. Each is opened in Chromium with the real extension and the button is pressed.
Printed are medians, of times from the press to the first marks and to the whole article the 95th percentile too, the
longest task that held up the page and the time by which all of them went over the 50 ms that a reader does not notice,
and the server's processor time.
``--against`` names another checkout with its own ``.venv``; both are driven in turn on the same pages, each with a
browser and a server of its own.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LENGTHS = (300, 600, 1200, 2400, 4600, 5000)  # words
SETTLE = 60_000  # milliseconds within which a page is marked


def story(words: int, number: int) -> bytes:
    """A page with an article of about so many words."""
    texts = sorted((ROOT / "tests" / "fixtures" / "articles").glob("*.txt"))
    paragraphs = [part.strip() for text in texts for part in text.read_text("utf-8").split("\n\n") if part.strip()]
    body, count, at = [], 0, 0
    while count < words:
        text = f"{paragraphs[at % len(paragraphs)]} That was on day {at + 1} of week {number}."
        body.append(f"<p>{' '.join(text.split())}</p>")
        count, at = count + len(text.split()), at + 1
    links = "".join(f'<li><a href="/{at}">Another story, number {at}</a></li>' for at in range(60))
    return (
        f"<!doctype html><html lang=en><title>Crane {number}</title><style>body{{font:18px/1.6 serif}}</style>"
        f"<nav><ul>{links}</ul></nav><main><article><h1>Crane {number}</h1>{''.join(body)}</article></main>"
        f"<footer><ul>{links}</ul></footer>"
    ).encode()


def drive() -> None:
    """Open and press what is asked for on standard input; run in either checkout, so it takes little for granted."""
    spec = importlib.util.spec_from_file_location("own_browser", Path(__file__).with_name("browser.py"))
    assert spec
    assert spec.loader
    own = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(own)
    from e2e.paired import paired  # of the checkout that this runs in

    pages: dict[str, bytes] = {}
    with own.served(pages.get) as address, paired() as (context, reader, server):
        print("ready", flush=True)
        for line in sys.stdin:
            words, number = map(int, line.split())
            name = f"story-{words}-{number}"
            pages[name] = story(words, number)
            tab = context.new_page()
            tab.goto(f"{address}/{name}")
            tab.evaluate(own.FIRST)
            tab.evaluate(own.TASKS)
            pid = vars(server)["_process"].pid
            used = own.cpu(pid)
            pressed = reader.press(tab) * 1000
            view = reader.settled(tab, SETTLE)
            whole, used = time.time() * 1000 - pressed, own.cpu(pid) - used
            first = tab.evaluate("window.seen") - pressed
            tasks = tab.evaluate(own.TOLD)
            read = sum(len(block["text"].split()) for block in view["blocks"])
            row = {
                "first": first, "whole": whole, "longest": max(tasks, default=0),
                "over": sum(task - own.NOTICED for task in tasks), "cpu": 100_000 * used / max(1, read), "read": read,
            }  # fmt: skip
            print(json.dumps(row), flush=True)
            tab.close()


class Build:
    """A checkout whose browser and server run in a process of their own."""

    def __init__(self, folder: Path) -> None:
        python = folder / ".venv" / "bin" / "python"
        paths = os.pathsep.join([str(folder), str(folder / "server")])
        self._process = subprocess.Popen(
            [str(python if python.exists() else sys.executable), str(Path(__file__).resolve()), "--drive"],
            cwd=folder, env={**os.environ, "PYTHONPATH": paths}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        self._line()

    def _line(self) -> str:
        assert self._process.stdout is not None
        while line := self._process.stdout.readline():
            if line.startswith(("ready", "{")):
                return line
        raise SystemExit("the other process ended")

    def timed(self, words: int, number: int) -> dict[str, float]:
        """One visit to a page that was not seen before."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{words} {number}\n")
        self._process.stdin.flush()
        found: dict[str, float] = json.loads(self._line())
        return found

    def close(self) -> None:
        """Close the browser and end the server."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--drive", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.drive:
        return drive()
    from bench.overlay.browser import percentile  # of this checkout, as all that is printed

    builds = {"this": Build(ROOT)}
    if asked.against is not None:
        builds["other"] = Build(asked.against.resolve())
    rows: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for build in builds.values():
        build.timed(LENGTHS[0], 0)  # fills what is filled once
    for number in range(1, asked.rounds + 1):
        for words in LENGTHS:
            for name, build in builds.items():
                rows.setdefault((name, words), []).append(build.timed(words, number))
    print(f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "")
    print(
        f"{'build':6} {'words':>6} {'first':>9} {'p95':>9} {'whole':>9} {'p95':>9} {'longest task':>13} "
        f"{'over 50 ms':>11} {'CPU/100 words':>14}"
    )
    for (name, words), found in sorted(rows.items(), key=lambda row: row[0][1]):
        first, whole, longest, over, cpu = (
            statistics.median(row[key] for row in found) for key in ("first", "whole", "longest", "over", "cpu")
        )
        high = {key: percentile([row[key] for row in found], 0.95) for key in ("first", "whole")}
        print(
            f"{name:6} {words:6} {first:6.0f} ms {high['first']:6.0f} ms {whole:6.0f} ms {high['whole']:6.0f} ms "
            f"{longest:10.0f} ms {over:8.0f} ms {cpu:11.0f} ms"
        )
    for build in builds.values():
        build.close()
    return None


if __name__ == "__main__":
    main()
