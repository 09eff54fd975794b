"""Where groups of items are analysed: in this process, or in processes of this machine.

An engine takes groups and gives their answers in the same order. It takes a group only when it can soon begin it, so
that an archive is never held in memory. A third, ``cluster``, has it done on other machines.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from onrecord.corpus import clock
from onrecord.corpus.answers import Answered, failed
from onrecord.corpus.items import Failure, Item
from onrecord.errors import Killed, TimedOut

Group = Sequence[Item]
Task = Callable[[Group, Collection[str]], Answered]
Engine = Callable[[Iterable[Group], Collection[str]], Iterator[tuple[Group, Answered]]]

# Groups given to each process before the first is answered: one that it works at, and one that waits for it.
AHEAD = 2
KILLED = Failure(Killed.code, "The process that analysed this document was killed each time it was tried.")


def here(groups: Iterable[Group], include: Collection[str]) -> Iterator[tuple[Group, Answered]]:
    """Every group in this process, one after the other."""
    from onrecord.corpus import work

    for group in groups:
        yield group, work.analyse(group, include)


class Processes:
    """Processes of this machine. A document that kills its process is named, and the others go on."""

    def __init__(self, jobs: int, *, task: Task | None = None, timeout: float = clock.SECONDS) -> None:
        from onrecord.corpus import work

        self._jobs = jobs
        self._task, self._prepare = task or work.analyse, clock.start if task else work.prepare
        self._timeout = timeout  # seconds for each document
        self._pool = self._new()

    def _new(self) -> ProcessPoolExecutor:
        # Spawned and not forked: what a process inherits of a parent with threads is left to chance.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._jobs, mp_context=context, initializer=self._prepare, initargs=(self._timeout,))

    def __call__(self, groups: Iterable[Group], include: Collection[str]) -> Iterator[tuple[Group, Answered]]:
        """The groups' answers in their order."""
        waiting: deque[tuple[Group, Future[Answered]]] = deque()
        source = iter(groups)
        try:
            while True:
                while len(waiting) < self._jobs * AHEAD and (group := next(source, None)) is not None:
                    waiting.append((group, self._submit(group, include)))
                if not waiting:
                    return
                group, future = waiting.popleft()
                try:
                    answer = future.result()
                except BrokenProcessPool:
                    self._pool.shutdown(wait=False, cancel_futures=True)
                    self._pool = self._new()
                    answer = self._one_by_one(group, include)
                    waiting = deque((later, self._again(later, done, include)) for later, done in waiting)
                yield group, answer
        finally:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, group: Group, include: Collection[str]) -> Future[Answered]:
        try:
            return self._pool.submit(self._task, group, include)
        except BrokenProcessPool:
            broken: Future[Answered] = Future()
            broken.set_exception(BrokenProcessPool())
            return broken

    def _again(self, group: Group, done: Future[Answered], include: Collection[str]) -> Future[Answered]:
        if done.done() and not done.cancelled() and done.exception() is None:
            return done
        return self._submit(group, include)

    def _one_by_one(self, group: Group, include: Collection[str]) -> Answered:
        """A group whose process, or another's, was killed: each item in a process that nothing else uses."""
        whole = Answered()
        for item in group:
            for attempt in (1, 2):
                context = multiprocessing.get_context("spawn")
                with ProcessPoolExecutor(
                    1, mp_context=context, initializer=self._prepare, initargs=(self._timeout,)
                ) as alone:
                    alone.submit(int).result()  # the model is loaded before the clock begins
                    began = time.monotonic()
                    try:
                        whole.add(alone.submit(self._task, [item], include).result())
                        break
                    except BrokenProcessPool:
                        if time.monotonic() - began >= self._timeout:  # nobody but the clock has ended it
                            whole.add(failed(item, Failure(TimedOut.code, clock.message(self._timeout))))
                            break
                        if attempt == 2:
                            whole.add(failed(item, KILLED))
        return whole
