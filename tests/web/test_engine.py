"""The worker process: it answers, it can be killed, it is started again."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from onrecord.analysis.analyzer import Part
from onrecord.article import Article, Block
from onrecord.errors import Busy, ModelUnavailable, TimedOut
from onrecord.web.engine import WorkerEngine

pytestmark = pytest.mark.model

SMALL = Article.from_text("Mayor Anna Bell said the bridge would close.")
HUGE = Article(tuple(Block(f"b{n}", "paragraph", "Bell said that the bridge would close. " * 200) for n in range(300)))
BRACKETS = Article(
    (Block("b0", "paragraph", "(" * 100_000 + "x"), Block("b1", "paragraph", "Anna Bell said it was over."))
)


async def last(engine: WorkerEngine, article: Article) -> Part:
    part = None
    async for part in engine.parts(article, include=()):
        pass
    assert part is not None
    return part


def test_the_worker_answers_is_killed_and_answers_again() -> None:
    async def scenario() -> None:
        engine = WorkerEngine(queue=2, timeout=30)
        await engine.start()
        try:
            part = await last(engine, SMALL)
            assert part.final
            assert part.analysis.sources[0].label == "Mayor Anna Bell"
            assert engine.ready
            assert (await last(engine, BRACKETS)).analysis.quotes[0].source == "s1"

            process = engine._process
            assert process is not None
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
            with pytest.raises(ModelUnavailable):
                await last(engine, SMALL)
            assert (await last(engine, SMALL)).final

            waiting = [asyncio.create_task(last(engine, SMALL)) for _ in range(2)]
            await asyncio.sleep(0)
            with pytest.raises(Busy) as refused:
                await last(engine, SMALL)
            assert refused.value.retry_after >= 1
            assert all(part.final for part in await asyncio.gather(*waiting))

            engine._timeout = 1
            with pytest.raises(TimedOut):
                await last(engine, HUGE)
            engine._timeout = 30
            assert (await last(engine, SMALL)).final
        finally:
            await engine.stop()

    asyncio.run(scenario())
