"""Where analyses run: a process of its own that can be stopped, behind a queue with an end.

The language model holds the interpreter for a second at a time, and a hostile text may hold it for longer. In a
process of its own it can hold up neither the door nor another reader's page, and what runs too long is killed.
"""

from __future__ import annotations

import asyncio
import math
import multiprocessing
import time
from collections.abc import AsyncIterator, Collection
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Protocol

from onrecord.analysis.analyzer import Analyzer, Part
from onrecord.article import Article
from onrecord.errors import Busy, ModelUnavailable, OnrecordError, TimedOut

# How much one more analysis counts in the running mean of their times, from which Retry-After is told.
WEIGHT_OF_LATEST = 0.2
FIRST_GUESS = 1.0  # seconds that an analysis takes, before any was timed


class Engine(Protocol):
    """What the app asks of the analysis; tests pass one without a model."""

    @property
    def ready(self) -> bool:
        """Whether an analysis would start at once."""

    @property
    def model(self) -> str:
        """Name and version of the language model; empty until it is loaded."""

    def parts(self, article: Article, *, include: Collection[str]) -> AsyncIterator[Part]:
        """The analysis as it grows; raises ``Busy``, ``TimedOut`` or ``ModelUnavailable``."""

    async def start(self) -> None:
        """Load what is needed, without waiting for it."""

    async def stop(self) -> None:
        """Give everything back."""


def _work(pipe: Connection) -> None:
    """The worker process: load the model, then answer one article after the other."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's, which then stops its worker
    try:
        analyzer = Analyzer.load()
        analyzer.analyze(Article.from_text("Warm up, Ms Bell said."))  # the first parse takes three times as long
    except OnrecordError as error:
        pipe.send(("unavailable", error.message))
        return
    pipe.send(("ready", analyzer.model))
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        article, include = job
        try:
            for part in analyzer.stream(article, include=include):
                pipe.send(("part", part))
            pipe.send(("end", None))
        except Exception as error:
            pipe.send(("failed", type(error).__name__))


class WorkerEngine:
    """The analysis in a process of its own, one article at a time, in the order of arrival."""

    def __init__(self, *, queue: int, timeout: int) -> None:
        self._places = queue
        self._timeout = timeout
        self._waiting = 0
        self._mean = FIRST_GUESS
        self._turn = asyncio.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._model = ""
        self._problem = ""
        self._loading: asyncio.Task[None] | None = None
        self._jobs: set[asyncio.Task[None]] = set()

    @property
    def ready(self) -> bool:
        """Whether the model is loaded."""
        return bool(self._model) and self._process is not None and self._process.is_alive()

    @property
    def model(self) -> str:
        """Name and version of the language model."""
        return self._model

    async def start(self) -> None:
        """Start the worker; it loads the model while the server answers already."""
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,), name="onrecord-analysis", daemon=True)
        self._process.start()
        theirs.close()
        self._problem = ""
        self._loading = asyncio.create_task(self._load(self._pipe))

    async def _load(self, pipe: Connection) -> None:
        try:
            kind, value = await asyncio.to_thread(pipe.recv)
        except (EOFError, OSError):
            kind, value = "unavailable", "The analysis process ended while it was starting."
        if kind == "ready":
            self._model = value
        else:
            self._problem = value

    async def stop(self) -> None:
        """End the worker."""
        for job in list(self._jobs):
            job.cancel()
        await self._kill()

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            await asyncio.to_thread(process.join)
        if self._loading is not None:
            await asyncio.gather(self._loading, return_exceptions=True)
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None

    async def parts(self, article: Article, *, include: Collection[str]) -> AsyncIterator[Part]:
        """The analysis as it grows."""
        if self._waiting >= self._places:
            wait = max(1, math.ceil(self._waiting * self._mean))
            raise Busy(f"{self._waiting} articles are waiting already; try again in {wait} s.", retry_after=wait)
        self._waiting += 1
        # A job outlives a reader who leaves: the worker would go on anyway, and its answers must be taken off the pipe.
        out: asyncio.Queue[Part | OnrecordError | None] = asyncio.Queue()
        job = asyncio.create_task(self._run(article, include, out))
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
        while True:
            item = await out.get()
            if item is None:
                return
            if isinstance(item, OnrecordError):
                raise item
            yield item

    async def _run(
        self, article: Article, include: Collection[str], out: asyncio.Queue[Part | OnrecordError | None]
    ) -> None:
        try:
            async with self._turn:
                started = time.monotonic()
                try:
                    await asyncio.wait_for(self._exchange(article, include, out), self._timeout)
                except TimeoutError:
                    await self._restart()
                    out.put_nowait(TimedOut(f"The analysis took longer than {self._timeout} s and was stopped."))
                except (EOFError, OSError):
                    await self._restart()
                    out.put_nowait(
                        ModelUnavailable(
                            "The analysis process ended and was started again; send the article once more."
                        )
                    )
                except OnrecordError as error:
                    out.put_nowait(error)
                else:
                    self._mean += WEIGHT_OF_LATEST * (time.monotonic() - started - self._mean)
        finally:
            self._waiting -= 1
            out.put_nowait(None)

    async def _exchange(
        self, article: Article, include: Collection[str], out: asyncio.Queue[Part | OnrecordError | None]
    ) -> None:
        if self._loading is not None:
            await asyncio.shield(self._loading)
        if self._problem or self._pipe is None:
            raise ModelUnavailable(self._problem or "The analysis process is not running; start the server again.")
        pipe = self._pipe
        pipe.send((article, tuple(include)))
        while True:
            kind, value = await asyncio.to_thread(pipe.recv)
            if kind == "part":
                out.put_nowait(value)
            elif kind == "end":
                return
            else:
                raise ModelUnavailable(f"The analysis failed ({value}); please report the article's address.")

    async def _restart(self) -> None:
        self._model = ""
        await self._kill()
        await self.start()


class ThreadEngine:
    """The analysis in this process: for tests and for whoever embeds the app with an analyzer of their own."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self.model = analyzer.model
        self.ready = True

    async def start(self) -> None:
        """Nothing to start."""

    async def stop(self) -> None:
        """Nothing to stop."""

    async def parts(self, article: Article, *, include: Collection[str]) -> AsyncIterator[Part]:
        """The analysis, whole."""
        analysis = await asyncio.to_thread(self._analyzer.analyze, article, include=include)
        yield Part(len(article.blocks), analysis, True)
