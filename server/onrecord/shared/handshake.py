"""Connections that have not agreed on TLS yet: they count like all others, and have a deadline.

asyncio tells a protocol of a connection only when the handshake is over. Whoever opens connections and says nothing
would be in nobody's count, a minute each.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from uvicorn.config import Config
from uvicorn.server import ServerState

from onrecord.web.connection import Connection, make_room

SECONDS: Final = 10.0  # for the whole handshake


class _Early(asyncio.Protocol):
    """Keeps what the client says in the same breath as the last word of the handshake."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.lost = False

    def data_received(self, data: bytes) -> None:
        """Keep it."""
        self.data += data

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing follows."""
        del exc
        self.lost = True


class Handshake(asyncio.Protocol):
    """A connection until its handshake is over; then it is a ``Connection``."""

    waits = True
    transport: asyncio.Transport

    def __init__(self, context: ssl.SSLContext, connections: set[Any], follow: Callable[[], Connection]) -> None:
        self._context, self._connections, self._follow = context, connections, follow
        self._task: asyncio.Task[None] | None = None
        self.since = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count it, make room, and begin."""
        assert isinstance(transport, asyncio.Transport)
        transport.pause_reading()  # what comes is for TLS
        loop = asyncio.get_running_loop()
        self.transport, self.since = transport, loop.time()
        self._connections.add(self)
        make_room(self._connections, self)
        self._task = loop.create_task(self._agreed())

    async def _agreed(self) -> None:
        loop, early, following = asyncio.get_running_loop(), _Early(), self._follow()
        try:
            secured = await loop.start_tls(
                self.transport, early, self._context, server_side=True, ssl_handshake_timeout=SECONDS
            )
        except (OSError, asyncio.CancelledError):  # no TLS, or not in time
            self.transport.abort()
            return
        finally:
            self._connections.discard(self)
        if secured is None or early.lost or self.transport.is_closing():
            return  # it went away meanwhile
        secured.set_protocol(following)
        following.connection_made(secured)
        if early.data:
            following.data_received(bytes(early.data))

    def shutdown(self) -> None:
        """The server ends."""
        self.transport.abort()


def protocol(context: ssl.SSLContext) -> Callable[..., Handshake]:
    """What uvicorn makes of each connection."""

    def made(
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> Handshake:
        follow = partial(Connection, config, server_state, app_state, _loop)
        return Handshake(context, server_state.connections, follow)

    return made
