"""The store on a thread of its own: no request waits for a disk longer than it may, and none fails for one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

log = logging.getLogger("onrecord")

T = TypeVar("T")

# Seconds. A kept analysis that comes later than this is no gain over a new one that has begun.
FIND_WITHIN = 0.25
# What was found out is kept before it is answered, so that what was seen is there again; but not at any price.
KEEP_WITHIN = 0.5
# A report may be asked for as soon as its address is out.
REPORT_WITHIN = 2.0
# Calls that may wait for the thread. A disk that answers no more must not gather them.
MOST_WAITING = 64


class Keeper:
    """Runs calls on the store one after the other, off the event loop."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="onrecord-store")
        self._waiting = 0

    def close(self) -> None:
        """Finish what has begun, and take nothing more."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    async def ask(self, work: Callable[[], T], *, within: float, otherwise: T) -> T:
        """What ``work`` gives; ``otherwise`` if that takes longer than ``within`` seconds, or fails."""
        if self._waiting >= MOST_WAITING:
            return otherwise
        self._waiting += 1
        try:
            call = asyncio.get_running_loop().run_in_executor(self._thread, self._counted, work)
        except RuntimeError:  # the server is stopping
            self._waiting -= 1
            return otherwise
        try:
            return await asyncio.wait_for(asyncio.shield(call), within)
        except TimeoutError:
            call.add_done_callback(_swallowed)
            return otherwise
        except Exception as error:
            _said(error)
            return otherwise

    def tell(self, work: Callable[[], object]) -> None:
        """Have ``work`` done without waiting for it, unless too much waits already."""
        if self._waiting < MOST_WAITING:
            self._waiting += 1
            try:
                self._thread.submit(self._counted, work).add_done_callback(_swallowed)
            except RuntimeError:  # the server is stopping
                self._waiting -= 1

    def _counted(self, work: Callable[[], T]) -> T:
        try:
            return work()
        finally:
            self._waiting -= 1


def _swallowed(call: asyncio.Future[T] | Future[T]) -> None:
    """Nobody waits for this one any more."""
    error = None if call.cancelled() else call.exception()
    if error is not None:
        _said(error)


def _said(error: BaseException) -> None:
    log.error("internal error: %s in the store", type(error).__name__)  # never its message
