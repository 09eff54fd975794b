"""The queue before the workers, with workers that need no model: order, deadlines, leaving, dying, idling."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest

from onrecord.article import Article, Offsets
from onrecord.errors import Busy, ModelUnavailable, OnrecordError, TimedOut
from onrecord.web import engine as module
from onrecord.web import frames
from onrecord.web.engine import Result, WorkerEngine
from onrecord.web.processes import Gone, Worker


class FakeChannel:
    """A worker that does what the article says."""

    def __init__(self, source: FakeSource) -> None:
        self.source = source
        self.ended = False
        self.out: asyncio.Queue[frames.FromWorker | None] = asyncio.Queue()
        self.task: asyncio.Task[None] | None = None

    async def send(self, message: frames.ToWorker) -> None:
        if isinstance(message, frames.Cancel):
            assert self.task is not None
            if not self.source.stubborn:
                self.task.cancel()
                self.out.put_nowait(frames.Ended(""))
            return
        self.source.seen.append(message.article.text)
        self.task = asyncio.create_task(self.answer(message))

    async def answer(self, job: frames.Job) -> None:
        for word in job.article.text.split():
            if word == "part":
                self.out.put_nowait(frames.Progress(1, b"part"))
            elif word == "sleep":
                await asyncio.sleep(0.05)
            elif word == "hang":
                await asyncio.Event().wait()
            elif word == "die" or (word == "die-once" and self.source.seen.count(job.article.text) == 1):
                self.ended = True
                self.out.put_nowait(None)
                return
            elif word == "fail":
                self.out.put_nowait(frames.Ended("ValueError"))
                return
        self.out.put_nowait(frames.Done(b"{}", b""))

    async def receive(self) -> frames.FromWorker:
        found = await self.out.get()
        if found is None:
            raise Gone
        return found

    def close(self) -> None:
        self.ended = True
        if self.task:
            self.task.cancel()


class FakeSource:
    def __init__(self) -> None:
        self.stubborn = self.dead = False
        self.loads = self.made = self.killed = self.stops = 0
        self.broken: OnrecordError | None = None
        self.seen: list[str] = []

    def begin(self) -> None:
        pass

    async def loaded(self) -> str:
        self.loads += 1
        await asyncio.sleep(0.01)
        if self.broken:
            raise self.broken
        return "fake 1"

    async def worker(self) -> Worker:
        if self.dead:
            self.dead = False
            raise Gone
        self.made += 1

        def kill() -> None:
            self.killed += 1

        return Worker(FakeChannel(self), kill, 0)  # type: ignore[arg-type]

    async def stop(self) -> None:
        self.stops += 1


Scenario = Callable[[WorkerEngine, FakeSource], Coroutine[Any, Any, None]]


def played(scenario: Scenario, **options: Any) -> None:
    async def whole() -> None:
        source = FakeSource()
        engine = WorkerEngine(**{"queue": 4, "timeout": 5, "origin": source, **options})
        await engine.start()
        try:
            await asyncio.wait_for(scenario(engine, source), 20)
        finally:
            await engine.stop()
        assert engine._waiting == 0
        assert not engine._jobs
        assert not engine._all

    asyncio.run(whole())


async def read(engine: WorkerEngine, text: str) -> list[Result]:
    parts = engine.parts(Article.from_text(text), include=(), offsets=Offsets.UTF_16, whole=False)
    return [part async for part in parts]


def test_articles_are_read_in_their_order_by_one_worker() -> None:
    async def scenario(engine: WorkerEngine, source: FakeSource) -> None:
        assert not engine.ready
        await asyncio.gather(*(read(engine, f"sleep {number}") for number in range(4)))
        assert source.seen == [f"sleep {number}" for number in range(4)]
        assert (source.loads, source.made, source.killed) == (1, 1, 0)
        assert engine.ready
        assert engine.model == "fake 1"

    played(scenario)


def test_several_workers_read_at_the_same_time_and_no_more_are_made_than_are_needed() -> None:
    async def scenario(engine: WorkerEngine, source: FakeSource) -> None:
        await read(engine, "one")
        await read(engine, "two")
        assert source.made == 1
        await asyncio.gather(*(read(engine, "sleep") for _ in range(4)))
        assert source.made == 2

    played(scenario, workers=2)


def test_the_queue_has_an_end_and_says_when_to_come_back() -> None:
    async def scenario(engine: WorkerEngine, _: FakeSource) -> None:
        waiting = [asyncio.create_task(read(engine, "sleep")) for _ in range(4)]
        await asyncio.sleep(0)
        with pytest.raises(Busy) as refused:
            await read(engine, "one too many")
        assert refused.value.retry_after >= 1
        done = await asyncio.gather(*waiting)
        assert all(isinstance(parts[-1], frames.Done) for parts in done)

    played(scenario)


def test_who_waits_too_long_for_a_turn_is_told_so_and_waits_no_longer() -> None:
    async def scenario(engine: WorkerEngine, source: FakeSource) -> None:
        first = asyncio.create_task(read(engine, "hang"))
        await asyncio.sleep(0.05)
        with pytest.raises(Busy, match="waited"):
            await read(engine, "never")
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        assert (await read(engine, "after"))[-1]
        assert "never" not in source.seen

    played(scenario, wait=0.2)


@pytest.mark.parametrize("stubborn", [False, True])
def test_a_reader_who_leaves_is_worked_for_no_longer(stubborn: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CANCELLED_WITHIN", 0.05)

    async def scenario(engine: WorkerEngine, source: FakeSource) -> None:
        source.stubborn = stubborn
        parts = engine.parts(Article.from_text("part hang"), include=(), offsets=Offsets.UTF_16, whole=False)
        assert isinstance(await anext(parts), frames.Progress)
        waiting = asyncio.create_task(read(engine, "left before its turn"))
        await asyncio.sleep(0)
        waiting.cancel()
        await parts.aclose()
        assert (await read(engine, "next"))[-1]
        assert source.seen == ["part hang", "next"]
        assert source.killed == stubborn  # one that does not listen is replaced
        assert source.made == 1 + stubborn
        assert source.loads == 1

    played(scenario)


def test_a_worker_that_hangs_is_replaced() -> None:
    async def scenario(engine: WorkerEngine, source: FakeSource) -> None:
        with pytest.raises(TimedOut):
            await read(engine, "part hang")
        assert (await read(engine, "next"))[-1]
        assert (source.killed, source.made, source.loads) == (1, 2, 1)

    played(scenario, timeout=0.2)


def test_an_article_whose_worker_died_is_given_to_another_once() -> None:
    async def scenario(engine: WorkerEngine, source: FakeSource) -> None:
        assert isinstance((await read(engine, "part die-once"))[-1], frames.Done)
        with pytest.raises(ModelUnavailable, match="ended"):
            await read(engine, "part die")
        assert source.seen.count("part die") == 2
        assert (await read(engine, "next"))[-1]
        assert source.loads == 1

    played(scenario)


def test_what_makes_workers_is_started_again_when_it_died_with_them() -> None:
    async def scenario(engine: WorkerEngine, source: FakeSource) -> None:
        await read(engine, "one")
        source.dead = True
        assert isinstance((await read(engine, "part die-once"))[-1], frames.Done)
        assert (source.loads, source.made) == (2, 2)

    played(scenario)


def test_an_analysis_that_fails_costs_its_worker_nothing() -> None:
    async def scenario(engine: WorkerEngine, source: FakeSource) -> None:
        with pytest.raises(ModelUnavailable, match="ValueError"):
            await read(engine, "fail")
        assert (await read(engine, "next"))[-1]
        assert source.made == 1

    played(scenario)


def test_a_model_that_cannot_be_loaded_is_tried_again_with_the_next_article() -> None:
    async def scenario(engine: WorkerEngine, source: FakeSource) -> None:
        source.broken = ModelUnavailable("No model.")
        for _ in range(2):
            with pytest.raises(ModelUnavailable, match="No model"):
                await read(engine, "one")
        source.broken = None
        assert (await read(engine, "two"))[-1]
        assert source.loads == 3

    played(scenario)


def test_a_slow_reader_gets_the_latest_part_only() -> None:
    async def scenario(engine: WorkerEngine, _: FakeSource) -> None:
        parts = engine.parts(Article.from_text("part sleep part part"), include=(), offsets=Offsets.UTF_16, whole=False)
        assert isinstance(await anext(parts), frames.Progress)
        await asyncio.sleep(0.2)
        assert isinstance(await anext(parts), frames.Done)
        await parts.aclose()

    played(scenario)


def test_without_articles_the_model_is_unloaded_and_with_the_next_one_loaded_again() -> None:
    async def scenario(engine: WorkerEngine, source: FakeSource) -> None:
        await read(engine, "sleep sleep sleep sleep")  # longer than the time of idling: who works is not idle
        assert (source.loads, source.stops) == (1, 0)
        await asyncio.sleep(0.5)
        assert source.stops == 1
        assert not engine.ready
        assert engine.model == "fake 1"
        assert (await read(engine, "again"))[-1]
        assert source.loads == 2

    played(scenario, idle=0.1)


def test_stopping_ends_what_waits_and_what_runs() -> None:
    async def scenario(engine: WorkerEngine, _: FakeSource) -> None:
        running: list[Awaitable[object]] = [asyncio.create_task(read(engine, "hang")) for _ in range(3)]
        await asyncio.sleep(0.05)
        await engine.stop()
        with pytest.raises(ModelUnavailable, match="stopped"):
            await running[0]
        await asyncio.gather(*running, return_exceptions=True)

    played(scenario)
