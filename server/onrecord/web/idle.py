"""Whether anybody uses the server: one that the button has started ends by itself, as the button can start it again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from types import TracebackType


class Activity:
    """Requests of the reader's under way, and when the last one ended. Used as a context around each."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._under_way = 0
        self._last = clock()

    def __enter__(self) -> None:
        self._under_way += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._under_way -= 1
        self._last = self._clock()

    @property
    def idle(self) -> float:
        """Seconds since the reader last asked for anything; 0 while an answer is on its way."""
        return 0.0 if self._under_way else self._clock() - self._last


def end_when_idle(activity: Activity, seconds: float, end: Callable[[], None]) -> None:
    """Call ``end`` on the running loop once nobody has asked for anything in ``seconds``."""
    left = seconds - activity.idle
    if left <= 0:
        end()
    else:
        asyncio.get_running_loop().call_later(left, end_when_idle, activity, seconds, end)
