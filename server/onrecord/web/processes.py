"""The server's side of its workers: how they are started, spoken to and killed."""

from __future__ import annotations

import array
import asyncio
import contextlib
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Protocol

import msgspec

from onrecord.errors import ModelUnavailable
from onrecord.web import early, frames
from onrecord.web.worker import FORK, KILL, PID

# Seconds; a busy or slow computer may take long to load the model, and a fork has nothing to load.
LOADED_WITHIN = 120
FORKED_WITHIN = 10


class Gone(Exception):
    """A process ended, or says what no worker says."""


class Channel:
    """The server's end of what leads to a process."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @property
    def ended(self) -> bool:
        """Whether the other end is known to be gone."""
        return self._reader.at_eof() or self._writer.is_closing()

    async def receive(self) -> frames.FromWorker:
        """The next message; raises ``Gone``."""
        try:
            size = frames.length(await self._reader.readexactly(frames.HEAD))
            return frames.from_worker(await self._reader.readexactly(size))
        except (EOFError, OSError, ValueError, msgspec.DecodeError):
            raise Gone from None

    async def send(self, message: frames.ToWorker) -> None:
        """Send a message; raises ``Gone``."""
        try:
            self._writer.write(frames.packed(message))
            await self._writer.drain()
        except OSError:
            raise Gone from None

    def close(self) -> None:
        """Close this end, which ends an idle worker."""
        self._writer.close()


class Worker:
    """One worker process."""

    def __init__(self, channel: Channel, kill: Callable[[], None], pid: int) -> None:
        self.channel = channel
        self.pid = pid
        self._kill = kill

    def kill(self) -> None:
        """End it, whatever it does."""
        with contextlib.suppress(OSError):
            self._kill()
        self.channel.close()


class Source(Protocol):
    """Where workers come from."""

    def begin(self) -> None:
        """Start loading, before there is an event loop."""

    async def loaded(self) -> str:
        """Wait for the model and give its name; raises ``ModelUnavailable``."""

    async def worker(self) -> Worker:
        """Another worker; raises ``Gone`` or ``ModelUnavailable``."""

    async def stop(self) -> None:
        """End everything."""


def source(threads: int) -> Source:
    """What this system can do. Only Linux can fork a process that holds a loaded model safely."""
    return Zygote() if sys.platform == "linux" else Spawner(threads)


class Zygote:
    """A process that has loaded the model once and forks workers from itself, within milliseconds."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._channel: Channel | None = None
        self._turn = asyncio.Lock()

    def begin(self) -> None:
        """Start it."""
        self._process, self._control = early.taken()

    async def loaded(self) -> str:
        """Wait until it can fork."""
        if self._control is None:
            self.begin()
        assert self._control is not None
        # a copy, since a socket with descriptors to pass cannot be written through a stream
        self._channel = Channel(*await asyncio.open_connection(sock=self._control.dup()))
        return await _ready(self._channel)

    async def worker(self) -> Worker:
        """Fork another worker."""
        if self._control is None or self._channel is None:
            raise Gone
        ours, theirs = socket.socketpair()
        try:
            async with self._turn:
                with theirs:
                    self._order(FORK, theirs.fileno())
                answer = await asyncio.wait_for(self._channel.receive(), FORKED_WITHIN)
        except (OSError, TimeoutError):
            ours.close()
            raise Gone from None
        except BaseException:
            ours.close()
            raise
        if not isinstance(answer, frames.Forked):
            raise Gone
        pid = answer.pid
        channel = Channel(*await asyncio.open_connection(sock=ours))
        return Worker(channel, lambda: self._order(KILL + pid.to_bytes(PID, "big")), pid)

    def _order(self, order: bytes, *descriptors: int) -> None:
        """Say something to the zygote; raises ``OSError``."""
        if self._control is not None:
            passed = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
            self._control.sendmsg([order.ljust(1 + PID, b"\0")], passed)

    async def stop(self) -> None:
        """End it and, with it, all that it has forked."""
        process, self._process = self._process, None
        if self._channel is not None:
            self._channel.close()
        if self._control is not None:
            self._control.close()
        self._control = self._channel = None
        if process is not None:
            process.kill()
            await asyncio.to_thread(process.wait)


class Spawner:
    """Each worker a process that loads the model itself, for systems without a safe fork."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._spare: Worker | None = None
        self._processes: set[asyncio.subprocess.Process] = set()

    def begin(self) -> None:
        """Nothing can be started before there is an event loop."""

    async def loaded(self) -> str:
        """Start the first worker."""
        self._spare, name = await self._spawn()
        return name

    async def worker(self) -> Worker:
        """The worker that was started, or another one."""
        spare, self._spare = self._spare, None
        return spare if spare is not None else (await self._spawn())[0]

    async def _spawn(self) -> tuple[Worker, str]:
        process = await asyncio.create_subprocess_exec(
            *early.command("alone", self._threads), env=early.environment(),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        self._processes.add(process)
        channel = Channel(process.stdout, process.stdin)

        def kill() -> None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()

        try:
            return Worker(channel, kill, process.pid), await _ready(channel)
        except BaseException:
            kill()
            raise

    async def stop(self) -> None:
        """Kill them all."""
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await asyncio.gather(*(process.wait() for process in self._processes))
        self._processes.clear()
        self._spare = None


async def _ready(channel: Channel) -> str:
    try:
        message = await asyncio.wait_for(channel.receive(), LOADED_WITHIN)
    except (Gone, TimeoutError):
        raise ModelUnavailable("The analysis process ended while it was starting.") from None
    if isinstance(message, frames.Ready):
        return message.model
    raise ModelUnavailable(
        message.message if isinstance(message, frames.Unavailable) else "The analysis did not start."
    )
