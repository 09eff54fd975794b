"""Where analyses run: processes that can be killed, behind a queue with an end.

The language model holds the interpreter for a second at a time, and a hostile text may hold it for longer. In a
process of its own it can hold up neither the door nor another reader's page, and what runs too long is killed.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import math
import time
from collections.abc import AsyncGenerator, Collection
from typing import TYPE_CHECKING, Protocol

from onrecord.analysis.identity import fingerprint
from onrecord.article import Article, Offsets
from onrecord.errors import Busy, ModelUnavailable, OnrecordError, TimedOut
from onrecord.settings import Settings
from onrecord.web import frames
from onrecord.web.processes import Gone, Source, Worker, source

if TYPE_CHECKING:
    from onrecord.analysis.analyzer import Analyzer  # which would load the language model's library

# How much one more analysis counts in the running mean of their times, from which Retry-After is told.
WEIGHT_OF_LATEST = 0.2
FIRST_GUESS = 1.0  # seconds that an analysis takes, before any was timed

# A worker looks between two groups of blocks whether it is still wanted. One that does not within so many seconds is
# replaced, which takes less time than most groups do.
CANCELLED_WITHIN = 0.3
# An article whose worker dies is given to another one so many times: what killed it may have been something else.
ATTEMPTS = 2
THREADS_ALONE = 2  # for the encoder, where a single worker loads the model for itself

Result = frames.Progress | frames.Done


class Engine(Protocol):
    """What the app asks of the analysis; tests pass one without a model."""

    @property
    def ready(self) -> bool:
        """Whether an analysis would start at once."""

    @property
    def model(self) -> str:
        """Name and version of the language model; empty until it was loaded once."""

    @property
    def identity(self) -> str:
        """What changes whenever answers may; known before the model is loaded."""

    def parts(
        self, article: Article, *, include: Collection[str], offsets: Offsets, whole: bool
    ) -> AsyncGenerator[Result, None]:
        """The analysis as it grows, the last of it ``Done``; with ``whole`` that alone.

        Raises ``Busy``, ``TimedOut`` or ``ModelUnavailable``. Closing it cancels the analysis.
        """

    async def start(self) -> None:
        """Load what is needed, without waiting for it."""

    async def stop(self) -> None:
        """Give everything back."""


class WorkerEngine:
    """The analysis in ``workers`` processes, in the order of arrival.

    ``queue`` articles may wait or run, each waits at most ``wait`` seconds for its turn and runs for at most
    ``timeout``. After ``idle`` seconds without any (0: never) the processes end, and the next article starts them anew.
    """

    def __init__(
        self, *, workers: int = 1, queue: int, timeout: int, wait: int = 60, idle: int = 0, origin: Source | None = None
    ) -> None:
        self._places = queue
        self._workers = workers
        self._timeout, self._wait, self._rest = timeout, wait, idle
        self._source = origin or source(THREADS_ALONE if workers == 1 else 1)
        self._turns = asyncio.Semaphore(workers)
        self._free: list[Worker] = []
        self._all: set[Worker] = set()
        self._waiting = 0
        self._mean = FIRST_GUESS
        self._numbers = itertools.count()
        self._model = ""
        self._loaded = False
        self._loading: asyncio.Task[None] | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._jobs: set[asyncio.Task[None]] = set()

    @classmethod
    def of(cls, settings: Settings) -> WorkerEngine:
        """The engine that the settings describe; it begins to load at once, before there is an event loop."""
        found = cls(
            workers=max(1, settings.workers), queue=settings.queue, timeout=settings.timeout, wait=settings.wait,
            idle=settings.idle,
        )  # fmt: skip
        found._source.begin()
        return found

    @property
    def ready(self) -> bool:
        """Whether the model is loaded."""
        return self._loaded

    @property
    def model(self) -> str:
        """Name and version of the language model."""
        return self._model

    @property
    def identity(self) -> str:
        """A hash of what pins the model."""
        return fingerprint()

    # -- loading ------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Load the model while the server answers already."""
        if self._loading is None:
            self._loading = asyncio.create_task(self._load())
            self._loading.add_done_callback(lambda task: task.cancelled() or task.exception())  # told to who waits
        self._look_at_the_clock()

    async def _load(self) -> None:
        try:
            self._model = await self._source.loaded()
            self._loaded = True
        except BaseException:
            self._loading = None
            await self._source.stop()
            raise

    async def stop(self) -> None:
        """End the workers."""
        for job in list(self._jobs):
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)
        await self._unload()
        if self._alarm is not None:
            self._alarm.cancel()

    async def _unload(self) -> None:
        self._loaded = False
        loading, self._loading = self._loading, None
        if loading is not None:
            loading.cancel()
            with contextlib.suppress(asyncio.CancelledError, OnrecordError):
                await loading
        for worker in list(self._all):
            self._drop(worker)
        await self._source.stop()

    def _look_at_the_clock(self) -> None:
        """Unload the model once nothing has been asked for long enough."""
        if self._alarm is not None:
            self._alarm.cancel()
        if self._rest:
            self._alarm = asyncio.get_running_loop().call_later(self._rest, self._sleep)

    def _sleep(self) -> None:
        if self._waiting == 0 and self._loading is not None:
            job = asyncio.get_running_loop().create_task(self._unload())
            self._jobs.add(job)
            job.add_done_callback(self._jobs.discard)

    # -- workers ------------------------------------------------------------------------------------------------------

    async def _taken(self) -> Worker:
        """A worker that waits, or a new one; raises ``ModelUnavailable`` or ``Gone``."""
        while self._free:
            worker = self._free.pop()
            if not worker.channel.ended:
                return worker
            self._drop(worker)
        try:
            worker = await self._made()
        except Gone:
            await self._unload()  # what makes workers has died too, and is loaded anew
            worker = await self._made()
        self._all.add(worker)
        return worker

    async def _made(self) -> Worker:
        await self.start()
        assert self._loading is not None
        await asyncio.shield(self._loading)
        return await self._source.worker()

    def _drop(self, worker: Worker) -> None:
        self._all.discard(worker)
        if worker in self._free:
            self._free.remove(worker)
        worker.kill()

    # -- analyses -----------------------------------------------------------------------------------------------------

    async def parts(
        self, article: Article, *, include: Collection[str], offsets: Offsets, whole: bool
    ) -> AsyncGenerator[Result, None]:
        """The analysis as it grows."""
        if self._waiting >= self._places:
            raise self._busy(f"{self._waiting} articles are waiting already")
        job = frames.Job.of(next(self._numbers), article, tuple(include), offsets, whole=whole)
        latest = _Latest()
        task = asyncio.create_task(self._run(job, latest))
        self._waiting += 1
        self._jobs.add(task)
        task.add_done_callback(self._left)
        result: Result | None = None
        try:
            while not isinstance(result, frames.Done):
                result = await latest.taken(task)
                yield result
        finally:
            if not isinstance(result, frames.Done):
                task.cancel()  # a reader who leaves is worked for no longer

    def _left(self, task: asyncio.Task[None]) -> None:
        self._jobs.discard(task)
        self._waiting -= 1
        self._look_at_the_clock()

    def _busy(self, why: str) -> Busy:
        wait = max(1, math.ceil(self._waiting * self._mean / self._workers))
        return Busy(f"{why}; try again in {wait} s.", retry_after=wait)

    async def _run(self, job: frames.Job, latest: _Latest) -> None:
        try:
            try:
                await asyncio.wait_for(self._turns.acquire(), self._wait)
            except TimeoutError:
                raise self._busy(f"The article waited {self._wait} s for its turn") from None
            try:
                started = time.monotonic()
                await self._attempted(job, latest)
                self._mean += WEIGHT_OF_LATEST * (time.monotonic() - started - self._mean)
            finally:
                self._turns.release()
        except asyncio.CancelledError:
            latest.fail(ModelUnavailable("The server was stopped; start it and send the article once more."))
            raise
        except Exception as error:  # a fault of ours as well: nobody waits for ever
            latest.fail(error)

    async def _attempted(self, job: frames.Job, latest: _Latest) -> None:
        for _ in range(ATTEMPTS):
            try:
                worker = await self._taken()
            except Gone:
                continue
            try:
                await asyncio.wait_for(self._exchange(worker, job, latest), self._timeout)
            except TimeoutError:
                self._drop(worker)
                raise TimedOut(f"The analysis took longer than {self._timeout} s and was stopped.") from None
            except Gone:
                self._drop(worker)
            except asyncio.CancelledError:
                await self._cancelled(worker, job)
                raise
            except OnrecordError:
                self._free.append(worker)
                raise
            else:
                self._free.append(worker)
                return
        raise ModelUnavailable("The analysis process ended and was started again; send the article once more.")

    async def _exchange(self, worker: Worker, job: frames.Job, latest: _Latest) -> None:
        await worker.channel.send(job)
        while True:
            message = await worker.channel.receive()
            if isinstance(message, frames.Ended):
                raise ModelUnavailable(f"The analysis failed ({message.error}); please report the article's address.")
            if not isinstance(message, Result):
                raise Gone
            latest.put(message)
            if isinstance(message, frames.Done):
                return

    async def _cancelled(self, worker: Worker, job: frames.Job) -> None:
        """Have a worker end a job that nobody waits for; replace it if it does not soon."""

        async def ended() -> None:
            await worker.channel.send(frames.Cancel(job.number))
            while not isinstance(await worker.channel.receive(), frames.Done | frames.Ended):
                pass

        try:
            await asyncio.wait_for(ended(), CANCELLED_WITHIN)
        except (TimeoutError, Gone, asyncio.CancelledError):
            self._drop(worker)
        else:
            self._free.append(worker)


class _Latest:
    """What a job has found out. A reader who is slow gets the latest part only: it replaces those before it."""

    def __init__(self) -> None:
        self._result: Result | None = None
        self._failure: Exception | None = None
        self._news = asyncio.Event()

    def put(self, result: Result) -> None:
        """A newer result."""
        self._result = result
        self._news.set()

    def fail(self, error: Exception) -> None:
        """No result will come any more."""
        self._failure = error
        self._news.set()

    async def taken(self, task: asyncio.Task[None]) -> Result:
        """The latest result that was not taken yet; raises what ended the job.

        With the last of it, ``task`` has given back its worker and its place in the queue.
        """
        await self._news.wait()
        self._news.clear()
        result, self._result = self._result, None
        if isinstance(result, frames.Done) or result is None:
            await asyncio.wait({task})
        elif self._failure is not None:
            self._news.set()
        if result is None:
            assert self._failure is not None
            raise self._failure
        return result


class ThreadEngine:
    """The analysis in this process: for tests and for whoever embeds the app with an analyzer of their own."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self.model = self.identity = analyzer.model
        self.ready = True

    async def start(self) -> None:
        """Nothing to start."""

    async def stop(self) -> None:
        """Nothing to stop."""

    async def parts(
        self,
        article: Article,
        *,
        include: Collection[str],
        offsets: Offsets,
        whole: bool,  # noqa: ARG002
    ) -> AsyncGenerator[Result, None]:
        """The analysis, whole."""
        from onrecord.analysis.analyzer import Part

        analysis = await asyncio.to_thread(self._analyzer.analyze, article, include=include)
        yield frames.answered(article, Part(len(article.blocks), analysis, True), str(offsets))
