"""The real processes: they answer, are killed, are forked again, and never outlive the server."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.analysis import language
from onrecord.analysis.identity import PACKAGES
from onrecord.analysis.result import Analysis
from onrecord.article import Article, Block, Offsets
from onrecord.errors import TimedOut
from onrecord.store import Kept
from onrecord.web import frames
from onrecord.web.engine import WorkerEngine
from onrecord.web.processes import Spawner, Zygote

pytestmark = pytest.mark.model

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks workers")

SMALL = Article.from_text("Mayor Anna Bell said the bridge would close.")
HUGE = Article(tuple(Block(f"b{n}", "paragraph", "Bell said that the bridge would close. " * 200) for n in range(300)))
BRACKETS = Article(
    (Block("b0", "paragraph", "(" * 100_000 + "x"), Block("b1", "paragraph", "Anna Bell said it was over."))
)


async def last(engine: WorkerEngine, article: Article, *, whole: bool = True) -> Analysis:
    part = None
    async for part in engine.parts(article, include=(), offsets=Offsets.UTF_16, whole=whole):
        pass
    assert isinstance(part, frames.Done)
    return Kept(part.analysis).unpacked


def alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in {"Z", "X"}
    return False


def gone(pids: list[int], *, within: float) -> bool:
    end = time.monotonic() + within
    while any(alive(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(alive(pid) for pid in pids)


@linux
def test_workers_answer_are_killed_and_answer_again_without_loading() -> None:
    async def scenario() -> None:
        source = Zygote()
        engine = WorkerEngine(queue=2, timeout=60, origin=source)
        await engine.start()
        try:
            assert (await last(engine, SMALL)).sources[0].label == "Mayor Anna Bell"
            assert engine.ready
            assert "tagger" in engine.model
            assert (await last(engine, BRACKETS, whole=False)).quotes[0].source == "s1"
            assert source._process is not None
            zygote = source._process.pid

            (first,) = engine._all
            os.kill(first.pid, signal.SIGKILL)
            assert await last(engine, SMALL)  # the reader does not notice
            (second,) = engine._all
            assert second.pid != first.pid

            engine._timeout = 1
            with pytest.raises(TimedOut):
                await last(engine, HUGE)
            assert await asyncio.to_thread(gone, [second.pid], within=10)
            engine._timeout = 60

            parts = engine.parts(HUGE, include=(), offsets=Offsets.UTF_16, whole=False)
            assert isinstance(await anext(parts), frames.Progress)
            await parts.aclose()
            assert await last(engine, SMALL)
            assert source._process.pid == zygote  # all the while, the model was loaded once

            os.kill(zygote, signal.SIGKILL)
            assert await asyncio.to_thread(gone, [worker.pid for worker in engine._all], within=10)
            assert await last(engine, SMALL)
            pids = [worker.pid for worker in engine._all]
        finally:
            await engine.stop()
        assert gone([*pids], within=10)

    asyncio.run(scenario())


def test_where_nothing_can_be_forked_each_worker_loads_for_itself() -> None:
    async def scenario() -> None:
        engine = WorkerEngine(queue=2, timeout=60, origin=Spawner(threads=2))
        try:
            assert (await last(engine, SMALL)).sources[0].label == "Mayor Anna Bell"
            pids = [worker.pid for worker in engine._all]
        finally:
            await engine.stop()
        assert gone(pids, within=10)

    asyncio.run(scenario())


BUSY = """
import asyncio
from onrecord.article import Article, Block, Offsets
from onrecord.web.engine import WorkerEngine
from onrecord.web.processes import Spawner, Zygote

async def main():
    source = SOURCE
    engine = WorkerEngine(queue=2, timeout=600, origin=source)
    block = Article((Block("b", "paragraph", "Anna Bell said that the bridge would close, " * 2_200),))
    task = asyncio.create_task(anext(engine.parts(block, include=(), offsets=Offsets.UTF_16, whole=True)))
    while not engine._all:
        await asyncio.sleep(0.05)
    await asyncio.sleep(1)
    pids = [worker.pid for worker in engine._all]
    if isinstance(source, Zygote):
        pids.append(source._process.pid)
    print(*pids, flush=True)
    await task

asyncio.run(main())
"""


@contextlib.contextmanager
def a_busy_server(source: str) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A process with a worker in the middle of one long block, and the processes that it has started."""
    with subprocess.Popen(
        [sys.executable, "-c", BUSY.replace("SOURCE", source)], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        try:
            yield process, [int(pid) for pid in process.stdout.readline().split()]
        finally:
            process.kill()


@linux
@pytest.mark.parametrize("source", ["Zygote()", "Spawner(threads=1)"])
def test_a_busy_worker_does_not_outlive_a_server_that_was_killed(source: str) -> None:
    with a_busy_server(source) as (process, pids):
        assert pids
        assert all(alive(pid) for pid in pids)
        process.kill()
        process.wait()
        assert gone(pids, within=5)


def test_the_model_is_known_by_the_names_that_are_looked_for() -> None:
    assert (language.PREFERRED_PACKAGE, language.FALLBACK_PACKAGE) == PACKAGES
