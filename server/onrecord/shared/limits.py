"""How much one user of a shared server may ask for, so that none shuts out the others."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable, Iterator

from onrecord.errors import Busy

MINUTE = 60.0


class Limits:
    """A bucket of ``rate`` requests a minute for each user, and ``at_once`` of them at a time."""

    def __init__(self, *, rate: int, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._at_once, self._clock = rate, at_once, clock
        self._buckets: dict[str, tuple[float, float]] = {}  # user -> what is left, and when that was so
        self._running: dict[str, int] = {}

    @contextlib.contextmanager
    def spent(self, user: str) -> Iterator[None]:
        """While one request of this user is answered; raises ``Busy``."""
        if self._running.get(user, 0) >= self._at_once:
            raise Busy(f"{self._at_once} of your articles are being analysed already; wait for one.", retry_after=2)
        now = self._clock()
        left, then = self._buckets.get(user, (float(self._rate), now))
        left = min(float(self._rate), left + (now - then) * self._rate / MINUTE)
        if left < 1:
            wait = max(1, math.ceil((1 - left) * MINUTE / self._rate))
            raise Busy(f"You have asked for {self._rate} articles within a minute; wait {wait} s.", retry_after=wait)
        self._buckets[user] = (left - 1, now)
        self._running[user] = self._running.get(user, 0) + 1
        try:
            yield
        finally:
            self._running[user] -= 1
            if not self._running[user]:
                del self._running[user]
