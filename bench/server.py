"""The server as its clients see it, beside another checkout's: ``python -m bench.server [--against FOLDER]``.

Every figure is taken in turn from both builds in one run; a ratio says more than seconds, which other work on the
machine changes. All of it goes to 127.0.0.1, and every part has an end. ``--only kept,kills`` picks parts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.client import JSON, LINES, TABLE, Access, Client, Server, fresh, running
from bench.kills import kills
from onrecord.web.pages import sample

HERE = Path(__file__).parents[1]
SHORT = {"blocks": [{"id": "b0", "text": "“It is over,” Mayor Anna Bell told reporters."}], "offsets": "utf-16"}

Builds = dict[str, Path]
Row = dict[str, float]


def article(words: int = 800) -> dict[str, Any]:
    """The sample article, repeated until it has so many words."""
    blocks: list[dict[str, str]] = []
    count = 0
    while count < words:
        for block in sample().blocks:
            blocks.append({"id": f"b{len(blocks)}", "text": block.text})
            count += len(block.text.split())
    return {"blocks": blocks, "offsets": "utf-16"}


def told(name: str, unit: str, found: Row, *, more: bool = False) -> None:
    """One line: the figures of all builds and the first by the second."""
    values = list(found.values())
    ratio = f"{values[0] / values[1]:8.2f}" if len(values) > 1 and values[1] else ""
    print(f"{name:42}" + "".join(f"{value:11.1f} {unit:4}" for value in values) + ratio + (" (more)" if more else ""))


def percentile(values: list[float], share: float) -> float:
    """The value that ``share`` of them do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def start(builds: Builds, rounds: int) -> None:
    """From the command to the first answer, for a short article."""
    found: dict[str, list[float]] = {name: [] for name in builds}
    ready: dict[str, list[float]] = {name: [] for name in builds}
    for number in range(rounds + 1):
        for name, checkout in builds.items():
            with running(checkout) as server:
                access = Access.paired(server)
                paired = time.perf_counter() - server.began
                answer = Client(access).analyze(SHORT)
                assert answer.status == 200, answer.body
                if number:  # the first start compiles
                    ready[name].append(paired)
                    found[name].append(time.perf_counter() - server.began)
    told("start to pairing", "ms", {name: statistics.median(times) * 1000 for name, times in ready.items()})
    told("start to first answer", "ms", {name: statistics.median(times) * 1000 for name, times in found.items()})


def visits(builds: Builds, rounds: int) -> None:
    """A kept answer, health, and the first streamed result, over one kept connection."""
    text = article()
    with ExitStack() as stack:
        clients = {}
        for name, checkout in builds.items():
            clients[name] = Client(Access.paired(stack.enter_context(running(checkout))))
            for body in (SHORT, text):
                assert clients[name].analyze(body).status == 200
        kept: dict[str, list[float]] = {name: [] for name in builds}
        health: dict[str, list[float]] = {name: [] for name in builds}
        hello: list[float] = []  # the other half of a signed request
        first: dict[str, list[float]] = {name: [] for name in builds}
        last: dict[str, list[float]] = {name: [] for name in builds}
        for number in range(rounds * 10):
            for name, client in clients.items():
                kept[name].append(client.analyze(text).last)
                health[name].append(client.ask("GET", "/v1/health").last)
                if client.signs:
                    hello.append(client.ask("POST", "/v1/hello", {"nonce": "0" * 64}).last)
                if number < rounds:
                    answer = client.analyze(fresh(text), accept=LINES)
                    first[name].append(answer.first)
                    last[name].append(answer.last)
        for label, found in (
            ("kept answer, kept connection", kept), ("health, kept connection", health),
            ("first streamed result", first), ("whole stream", last),
        ):  # fmt: skip
            told(label, "ms", {name: statistics.median(times) * 1000 for name, times in found.items()})
        if hello:
            told("the nonce before a signed request", "ms", {"here": statistics.median(hello) * 1000})


def _crowd(server: Server, clients: int, seconds: float) -> tuple[Counter[int], list[float], int]:
    """So many clients with new articles for a while: statuses, the times of health meanwhile, Retry-After missing."""
    access = Access.paired(server)
    assert Client(access).analyze(SHORT).status == 200
    text = article(300)
    statuses: Counter[int] = Counter()
    health: list[float] = []
    silent = 0
    end = time.perf_counter() + seconds
    lock = threading.Lock()

    def work() -> None:
        nonlocal silent
        client = Client(access)
        while time.perf_counter() < end:
            answer = client.analyze(fresh(text))
            with lock:
                statuses[answer.status] += 1
                silent += answer.status == 429 and "retry-after" not in answer.headers
            if answer.status == 429:
                time.sleep(0.2)
        client.close()

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    client = Client(access)
    while time.perf_counter() < end:
        health.append(client.ask("GET", "/v1/health").last)
        time.sleep(0.02)
    for thread in threads:
        thread.join()
    return statuses, health, silent


def load(builds: Builds, seconds: float) -> None:
    """8 clients with new articles: throughput, and health meanwhile; then the same with two workers."""
    health: Row = {}
    done: Row = {}
    for name, checkout in builds.items():
        with running(checkout, cache_entries=0) as server:
            statuses, times, _ = _crowd(server, 8, seconds)
            health[name], done[name] = percentile(times, 0.99) * 1000, statuses[200] / seconds
    told("health under load, 99th percentile", "ms", health)
    told("articles a second, 8 clients", "", done, more=True)
    with running(next(iter(builds.values())), cache_entries=0, workers=2) as server:
        statuses, times, _ = _crowd(server, 8, seconds)
        told(
            "the same with two workers, by one", "", {"two": statuses[200] / seconds, "one": next(iter(done.values()))}
        )


def crowd(builds: Builds, seconds: float) -> None:
    """64 clients: nobody gets anything but an answer, or 429 or 503 with Retry-After."""
    for name, checkout in builds.items():
        with running(checkout, cache_entries=0) as server:
            statuses, _, silent = _crowd(server, 64, seconds)
            print(f"64 clients, {name}: {dict(statuses)}, without Retry-After: {silent}")


def memory(builds: Builds, requests: int) -> None:
    """Megabytes of all processes together: after the first article, after many, and idle."""
    text = article(300)
    once: Row = {}
    many: Row = {}
    idle: Row = {}
    for name, checkout in builds.items():
        with running(checkout, cache_entries=0, idle=3) as server:
            client = Client(Access.paired(server))
            for _ in range(20):
                client.analyze(fresh(text))
            once[name] = server.memory()
            for number in range(requests):
                client.analyze(fresh(text if number % 20 == 0 else SHORT))
            many[name] = server.memory()
            time.sleep(6)
            idle[name] = server.memory()
    told("memory, server and worker", "MB", once)
    told(f"memory after {requests:,} more articles", "MB", many)
    told("memory when idle", "MB", idle)


def flat(builds: Builds, requests: int) -> None:
    """Megabytes after a tenth of so many requests and after all of them: kept answers in every format, health, pages
    and, one in twenty, a new article."""
    text = article(300)
    early: Row = {}
    late: Row = {}
    for name, checkout in builds.items():
        with running(checkout) as server:
            client = Client(Access.paired(server))
            kept = [fresh(text) for _ in range(20)]
            for body in kept:
                assert client.analyze(body).status == 200
            statuses: Counter[int] = Counter()
            for number in range(1, requests + 1):
                turn, body = number % 20, kept[number % len(kept)]
                if turn == 0:
                    answer = client.analyze(fresh(SHORT))
                elif turn < 10:
                    answer = client.analyze(body, accept=(JSON, LINES, TABLE)[turn % 3])
                elif turn < 12:
                    answer = client.ask("GET", "/")
                else:
                    answer = client.ask("GET", "/v1/health")
                statuses[answer.status] += 1
                if number == max(1, requests // 10):
                    early[name] = server.memory()
            late[name] = server.memory()
            print(f"{requests:,} requests, {name}: {dict(statuses)}")
    told("memory after a tenth of them", "MB", early)
    told("memory after all of them", "MB", late)


def main() -> None:
    """Run the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, metavar="FOLDER", help="another checkout, with its own .venv")
    parser.add_argument(
        "--only", default="start,visits,load,crowd,memory,flat,kills", help="parts, separated by commas"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each load")
    parser.add_argument("--requests", type=int, default=1_000, help="for memory")
    parser.add_argument("--many", type=int, default=10_000, help="requests over which memory should be flat")
    parser.add_argument("--kills", type=int, default=100)
    options = parser.parse_args()
    builds: Builds = {"here": HERE}
    if options.against:
        builds["against"] = options.against.resolve()
    parts: dict[str, Callable[[], object]] = {
        "start": lambda: start(builds, options.rounds),
        "visits": lambda: visits(builds, options.rounds),
        "load": lambda: load(builds, options.seconds),
        "crowd": lambda: crowd(builds, options.seconds),
        "memory": lambda: memory(builds, options.requests),
        "flat": lambda: flat(builds, options.many),
        "kills": lambda: print(f"kills, here: {dict(kills(HERE, options.kills))}"),
    }
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; columns: {', '.join(builds)}")
    for name in options.only.split(","):
        parts[name]()


if __name__ == "__main__":
    main()
