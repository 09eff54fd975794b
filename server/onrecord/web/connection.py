"""One connection: how long it may take over a request, and which one makes room when there are too many.

uvicorn ends a connection that is idle after an answer, and no other: one that sends a byte now and then, or nothing
at all, or never reads its answer, would be held for ever. A thousand of them use up what a process may open, and the
reader is shut out. So a request has a deadline for its head and one for its body, counted from their beginnings and
not from the last byte; an answer that nobody reads has one too; and past ``MOST`` connections, the one that has waited
longest with no request of its own makes room.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final, Protocol

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

HEAD_SECONDS: Final = 10.0  # from the connection, or a request's first byte, to the end of its head
BODY_SECONDS: Final = 30.0  # from the end of the head to the end of the body
STALLED_SECONDS: Final = 30.0  # while the client takes nothing of its answer
MOST: Final = 200  # connections; macOS lets a process open 256 files by default, of which some are in use

LARGEST_HEAD: Final = 32_768  # bytes


class Held(Protocol):
    """What counts as a connection."""

    since: float  # the loop's clock when its present phase began
    transport: asyncio.Transport

    @property
    def waits(self) -> bool:
        """Whether it may make room for another."""


def make_room(connections: set[Any], new: Held) -> None:
    """Drop the connection that has waited longest if ``new``, which is one of them, is one too many."""
    others = [other for other in connections if other is not new]
    if len(others) >= MOST:
        oldest = min((other for other in others if other.waits), key=lambda other: other.since, default=new)
        oldest.transport.abort()
        connections.discard(oldest)


class Connection(H11Protocol):
    """uvicorn's protocol with deadlines."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._phase = ""
        self.since = 0.0  # the loop's clock when the present phase began
        self._deadline: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None

    @property
    def waits(self) -> bool:
        """Whether no request of this connection is being read to its end or answered."""
        return self._phase in {"head", "idle"}

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the base class
        """Start the clock; make room."""
        super().connection_made(transport)
        self._enter("head")
        make_room(self.connections, self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clocks."""
        self._enter("lost")
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, and see how far the request has come."""
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """The answer is sent; the body of its request may still be on the way."""
        super().on_response_complete()
        self._look()

    def _look(self) -> None:
        if self.conn.their_state is h11.SEND_BODY:
            self._enter("body")
        elif self.cycle is not None and not self.cycle.response_complete:  # type: ignore[redundant-expr]
            self._enter("answer")  # the engine has a deadline of its own
        elif self.timeout_keep_alive_task is not None:
            self._enter("idle")  # no byte of a next request: uvicorn ends it
        else:
            self._enter("head")

    def _enter(self, phase: str) -> None:
        if phase == self._phase:
            return  # the clock of a phase is never set back
        self._phase, self.since = phase, self.loop.time()
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        seconds = {"head": HEAD_SECONDS, "body": BODY_SECONDS}.get(phase)
        if seconds is not None:
            self._deadline = self.loop.call_later(seconds, self._drop)

    def _drop(self) -> None:
        self.transport.abort()

    def pause_writing(self) -> None:
        """The client takes nothing at the moment."""
        super().pause_writing()
        if self._stalled is None:
            self._stalled = self.loop.call_later(STALLED_SECONDS, self._drop)

    def resume_writing(self) -> None:
        """The client has taken what there was."""
        super().resume_writing()
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None
