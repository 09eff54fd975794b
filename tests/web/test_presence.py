"""A client that leaves is worked for no longer, over a real socket; and answers are not held back by the kernel."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from onrecord.settings import Settings
from onrecord.web.app import _Answer, _events, _gone
from onrecord.web.presence import while_present
from onrecord.web.run import bind


class Work:
    """An analysis without an end, asked for whole or in parts."""

    def __init__(self) -> None:
        self.began, self.cancelled = asyncio.Event(), asyncio.Event()

    async def _for_ever(self) -> None:
        self.began.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.cancelled.set()

    async def whole(self, request: Request) -> Response:
        await request.body()
        await while_present(request, self._for_ever())
        raise AssertionError

    async def streamed(self, request: Request) -> Response:
        await request.body()
        return StreamingResponse(_events(_Answer(b"{}", False, 1), self._parts(), 2))

    async def _parts(self) -> AsyncGenerator[_Answer, None]:
        await self._for_ever()
        yield _Answer(b"{}", True, 2)

    async def quick(self, request: Request) -> Response:
        await request.body()
        return Response(await while_present(request, asyncio.sleep(0.01, "done")))


@contextlib.asynccontextmanager
async def serving(work: Work, folder: Path) -> AsyncIterator[int]:
    listener, settings = bind(Settings(port=0, state_dir=folder))
    app = Starlette(
        routes=[Route(f"/{name}", getattr(work, name), methods=["POST"]) for name in ("whole", "streamed", "quick")],
        exception_handlers={ClientDisconnect: _gone},
    )
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield settings.port
    finally:
        server.should_exit = True
        await running


async def connected(port: int, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /%s HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}" % path.encode())
    await writer.drain()
    return reader, writer


@pytest.mark.parametrize("path", ["whole", "streamed"])
def test_the_analysis_ends_with_the_connection(path: str, tmp_path: Path) -> None:
    async def scenario() -> None:
        work = Work()
        async with serving(work, tmp_path) as port:
            _, writer = await connected(port, path)
            await asyncio.wait_for(work.began.wait(), 10)
            assert not work.cancelled.is_set()
            writer.close()
            await asyncio.wait_for(work.cancelled.wait(), 10)

    asyncio.run(scenario())


def test_a_client_that_stays_gets_its_answer_and_may_ask_again(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(Work(), tmp_path) as port:
            reader, writer = await connected(port, "quick")
            for _ in range(2):
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
                assert head.startswith(b"HTTP/1.1 200")
                assert await reader.readexactly(4) == b"done"
                writer.write(b"POST /quick HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
            writer.close()

    asyncio.run(scenario())


def test_no_answer_waits_for_an_acknowledgement(tmp_path: Path) -> None:
    """asyncio sets TCP_NODELAY only where the listening socket says that it speaks TCP."""

    async def scenario() -> int:
        found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def accepted(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            accepted_socket = writer.get_extra_info("socket")
            found.set_result(accepted_socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listener, settings = bind(Settings(port=0, state_dir=tmp_path))
        async with await asyncio.start_server(accepted, sock=listener):
            _, writer = await asyncio.open_connection("127.0.0.1", settings.port)
            try:
                return await asyncio.wait_for(found, 10)
            finally:
                writer.close()

    assert asyncio.run(scenario()) == 1
