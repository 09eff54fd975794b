"""``onrecord corpus`` over an archive: speed, memory, and whether a run that is killed ends as if it had not been.

``python -m bench.archive TEXTS.jsonl [--against FOLDER] [--articles N] [--only speed,memory,kills] [--record]``

speed    words a second of the processor and of the clock: one process, another checkout's command, two processes, and
         a Dask cluster of two workers, each over the same articles, with the loading of the models
memory   of each of two processes after 500 articles and at the end (``--long N``)
kills    ``kill -9`` at 20 moments (``--seed``), and whether the output is that of a run in one piece (``--short N``)

Nobody's articles come with Onrecord: TEXTS has a ``text`` a line, and ``bench.articles`` makes as many of them as are
wanted, by other names. ``--record`` keeps the tables in bench/figures.json and writes them into docs/performance.md.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench import articles, cluster

ROOT = Path(__file__).parents[1]
FIRST = 500  # articles after which memory is what the end's is compared with
Table = list[list[str]]


@dataclass
class Run:
    """What one command took, its processes together."""

    wall: float
    cpu: float  # seconds
    memory: list[tuple[int, list[int]]] = field(default_factory=list)  # articles done, bytes of each process


def corpus(checkout: Path, source: Path, target: Path, *options: str, watch: Callable[[], int] | None = None) -> Run:
    """Run a checkout's command; ``watch`` says how many articles are done, for the memory. Raises if it fails."""
    started = time.perf_counter()
    process = _command(checkout, source, target, *options)
    memory = []
    while True:
        if watch is not None and (found := _memory(process.pid)):
            memory.append((watch(), found))
        ended, status, used = os.wait4(process.pid, 0 if watch is None else os.WNOHANG)
        if ended:
            break
        time.sleep(0.5)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the run over the archive ended with {process.returncode}")
    return Run(time.perf_counter() - started, used.ru_utime + used.ru_stime, memory)


def _command(checkout: Path, source: Path, target: Path, *options: str) -> subprocess.Popen[bytes]:
    python = checkout / ".venv" / "bin" / "python"
    command = [str(python if python.exists() else sys.executable), "-m", "onrecord", "corpus", str(source), str(target)]
    environment = {**os.environ, "PYTHONPATH": str(checkout / "server")}
    return subprocess.Popen([*command, *options], env=environment, cwd=checkout, stderr=subprocess.DEVNULL)


def _memory(pid: int) -> list[int]:
    """Bytes in memory of each process that analyses: those below ``pid`` that are larger than the model's files."""
    try:
        sizes = [child.memory_info().rss for child in psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
    return [size for size in sizes if size > 150_000_000]


def speeds(texts: Sequence[str], folder: Path, against: Path | None = None) -> Table:
    """Each way to have the same articles analysed, one after the other."""
    source = folder / "in.jsonl"
    words = articles.write(source, iter(texts))
    runs: list[tuple[str, Run]] = [("one process", corpus(ROOT, source, folder / "one.jsonl", "--jobs", "1"))]
    if against is not None:
        runs.append((f"the build of {_day(against)}", corpus(against, source, folder / "other.jsonl")))
    runs.append(("two processes", corpus(ROOT, source, folder / "two.jsonl", "--jobs", "2")))
    place = folder / "cluster"
    place.mkdir()
    with cluster.running(place) as address, cluster.asking(address) as client:
        workers = [psutil.Process(pid) for pid in client.run(os.getpid).values()]
        before = sum(_processor(worker) for worker in workers)
        run = corpus(ROOT, source, folder / "dask.jsonl", "--engine", f"dask://{address}")
        run.cpu += sum(_processor(worker) for worker in workers) - before
    runs.append(("a Dask cluster of two workers", run))
    for name in ("two", "dask"):
        _compared(folder / "one.jsonl", folder / f"{name}.jsonl", f"with {name}")
    table = [["", "words a second of the processor", "words a second", "time beside one process"]]
    one = runs[0][1].wall
    for name, run in runs:
        table.append([name, f"{words / run.cpu:,.0f}", f"{words / run.wall:,.0f}", f"{run.wall / one:.2f}"])
    return table


def _day(checkout: Path) -> str:
    """The day of a checkout's last change."""
    command = ["git", "-C", str(checkout), "log", "-1", "--format=%cs"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _processor(process: psutil.Process) -> float:
    used = process.cpu_times()
    return float(used.user + used.system)


def memory(texts: Sequence[str], folder: Path) -> Table:
    """The memory of each process when ``FIRST`` articles are done, and at the end."""
    source, target = folder / "long.jsonl", folder / "long-out.jsonl"
    articles.write(source, iter(texts))
    run = corpus(ROOT, source, target, "--jobs", "2", watch=lambda: _done(target))
    at_first = [sizes for done, sizes in run.memory if FIRST <= done < FIRST * 1.1]
    at_end = [sizes for done, sizes in run.memory if done > len(texts) - FIRST * 0.1]
    first, last = (statistics.median(itertools.chain(*found)) for found in (at_first, at_end))
    return [
        ["", f"after {FIRST} articles", f"after {len(texts):,}", "growth"],
        ["each of two processes", f"{first / 1e6:.0f} MB", f"{last / 1e6:.0f} MB", f"{last / first:.2f}"],
    ]


def _done(target: Path) -> int:
    """How many articles a run's journal says are done."""
    try:
        entries = target.with_name(target.name + ".journal").read_bytes().splitlines()
        return int(json.loads(entries[-1]).get("sums", {}).get("items", 0))
    except (OSError, ValueError, IndexError):
        return 0


def kills(texts: Sequence[str], folder: Path, count: int, seed: int) -> str:
    """Kill a run ``count`` times, begin anew when one has ended all the same, and compare every output."""
    source, whole, target = folder / "short.jsonl", folder / "whole.jsonl", folder / "killed.jsonl"
    articles.write(source, iter(texts))
    usual = corpus(ROOT, source, whole, "--jobs", "2").wall
    dice = random.Random(seed)
    killed = ended = 0
    while killed < count or not target.exists():
        process = _command(ROOT, source, target, "--jobs", "2")
        below: set[psutil.Process] = set()
        moment = time.monotonic() + (dice.uniform(0, usual) if killed < count else 600)
        while process.poll() is None and time.monotonic() < moment:
            below |= set(psutil.Process(process.pid).children(recursive=True))
            time.sleep(0.02)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        if psutil.wait_procs(below, timeout=20)[1]:
            raise RuntimeError("processes outlived the run that started them")
        if target.exists():
            ended += 1
            _compared(whole, target, f"after {killed} kills")
            if killed < count:
                target.unlink()
    return (
        f"{killed} times kill -9 (seed {seed}): {ended} runs came to their end, with the output of a run in one piece"
    )


def _compared(whole: Path, other: Path, when: str) -> None:
    lines = enumerate(itertools.zip_longest(whole.read_bytes().splitlines(), other.read_bytes().splitlines()), 1)
    for number, (one, two) in lines:
        if one != two:
            at = next((at for at, (a, b) in enumerate(zip(one or b"", two or b"", strict=False)) if a != b), 0)
            said = [(line or b"")[max(0, at - 60) : at + 60] for line in (one, two)]
            raise RuntimeError(f"{when} the output differs in line {number}: {said[0]!r} and {said[1]!r}")


def main() -> int:
    """Measure and print, and record if that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.archive", description=__doc__)
    parser.add_argument("texts", type=Path, metavar="TEXTS.jsonl")
    parser.add_argument("--against", type=Path, metavar="FOLDER", help="another checkout, with its environment")
    parser.add_argument("--articles", type=int, default=150)
    parser.add_argument("--long", type=int, default=1000)
    parser.add_argument("--short", type=int, default=40)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="speed,memory,kills")
    parser.add_argument("--record", action="store_true")
    given = parser.parse_args()
    if given.long < 1.2 * FIRST:
        parser.error(f"--long takes {1.2 * FIRST:.0f} articles or more")
    texts = articles.texts(given.texts)

    def made(count: int) -> list[str]:
        return list(articles.archive(texts, count))

    for part in given.only.split(","):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            if part == "kills":
                print(kills(made(given.short), folder, given.kills, given.seed), flush=True)
            elif part == "memory":
                _show("memory", made(given.long), lambda wanted, folder=folder: memory(wanted, folder), given.record)
            else:
                _show(
                    "archive",
                    made(given.articles),
                    lambda wanted, folder=folder: speeds(wanted, folder, given.against),
                    given.record,
                )
    return 0


def _show(name: str, texts: Sequence[str], run: Callable[[Sequence[str]], Table], record: bool) -> None:
    from bench import figures

    words = sum(len(text.split()) for text in texts)
    figures.keep(name, figures.entry(len(texts), words, lambda: run(texts)), record=record)


if __name__ == "__main__":
    sys.exit(main())
