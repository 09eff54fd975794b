"""The figures of a shared server in Prometheus' form. None of them tells who read what."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

KIND = CONTENT_TYPE_LATEST
# Seconds: from a kept answer to the longest that an analysis may take.
BUCKETS = (0.005, 0.02, 0.1, 0.3, 1, 3, 10, 30, 60)


class Figures:
    """What is counted; one registry of its own, so that tests and embedders share nothing."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "onrecord_requests", "Requests, by address and status.", ["path", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "onrecord_request_seconds", "Time to the end of the answer.", ["path"], buckets=BUCKETS,
            registry=self._registry,
        )  # fmt: skip
        self.running = Gauge("onrecord_requests_in_progress", "Requests being answered.", registry=self._registry)
        self.refused = Counter("onrecord_refused", "Requests of users over a limit.", registry=self._registry)
        self.users = Gauge("onrecord_users", "Users with a token.", registry=self._registry)

    def text(self) -> bytes:
        """The exposition."""
        return generate_latest(self._registry)
