"""Starting the server, telling the reader what to do next, and letting other commands of ours find it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import TextIO

import uvicorn
from starlette.applications import Starlette

from onrecord.errors import InvalidSetting
from onrecord.formats.controls import line
from onrecord.native import running
from onrecord.settings import HOST, Settings
from onrecord.web.app import Server, create_app
from onrecord.web.connection import LARGEST_HEAD, Connection
from onrecord.web.engine import Engine, WorkerEngine
from onrecord.web.idle import end_when_idle
from onrecord.web.pages import extension_directory

# Requests that may wait for a connection; the queue of analyses has its own, smaller limit.
BACKLOG = 128
# Slow clients are cut off after so many seconds without a request.
KEEP_ALIVE = 20


def bind(settings: Settings, *, elsewhere: bool = False) -> tuple[socket.socket, Settings]:
    """A socket bound to the port, and the settings with the port that it got; raises ``InvalidSetting``.

    ``elsewhere`` takes any free port where the port is in use: whoever asks for the address is told it.
    """
    # asyncio turns Nagle's algorithm off (TCP_NODELAY) only on sockets that say their protocol. Without it, every
    # answer over a kept connection waits for the client's delayed acknowledgement, some 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform == "win32":  # there the other option would let two servers share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, settings.port))
    except (OSError, OverflowError) as error:
        listener.close()
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        if taken and elsewhere:
            return bind(replace(settings, port=0))
        why = "is in use by another program" if taken else "cannot be used"
        raise InvalidSetting(f"Port {settings.port} {why}; set ONRECORD_PORT to another one.") from None
    listener.listen(BACKLOG)
    return listener, replace(settings, port=listener.getsockname()[1])


def configured(app: Starlette) -> uvicorn.Config:
    """How uvicorn runs the app."""
    return uvicorn.Config(
        app, http=Connection, log_config=None, access_log=False, server_header=False, date_header=False,
        timeout_keep_alive=KEEP_ALIVE, timeout_graceful_shutdown=3, h11_max_incomplete_event_size=LARGEST_HEAD,
        ws="none", lifespan="on",
    )  # fmt: skip


def prepare(
    settings: Settings, engine: Engine | None = None, *, elsewhere: bool = False
) -> tuple[uvicorn.Server, socket.socket, Starlette, Settings]:
    """Everything but the running: server, socket, app, and the settings with the port that was taken."""
    listener, settings = bind(settings, elsewhere=elsewhere)
    app = create_app(settings, engine or WorkerEngine.of(settings))
    server = uvicorn.Server(configured(app))

    def end() -> None:
        server.should_exit = True

    app.state.server.end = end
    return server, listener, app, settings


class _NoTraceback(logging.Filter):
    """Takes the traceback off a record: the words of an error may be the words of an article. Its type stays."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record pass without it."""
        if isinstance(record.exc_info, tuple) and record.exc_info[0] is not None:
            record.msg, record.args = f"{record.getMessage().strip()}: {record.exc_info[0].__name__}", ()
        record.exc_info = None
        record.exc_text = None
        return True


class _OneLine(logging.Formatter):
    """A record is one line without characters that a terminal obeys, whoever wrote it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return line(super().format(record))


def quiet_logs(stream: TextIO | None = None) -> None:
    """Warnings and errors only, to ``stream`` or the standard error: no line ever holds an article or an address."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_OneLine("onrecord: %(message)s"))
    handler.addFilter(_NoTraceback())  # a handler's filter sees the records of every logger, a logger's only its own
    logging.raiseExceptions = False  # a line that cannot be written would show where, with the error that it told of
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    # its warnings are what any page can bring about: a request that is none, an upgrade to a WebSocket
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)


@contextlib.contextmanager
def announced(settings: Settings) -> Iterator[None]:
    """While it lasts, other commands of ours find the server by its note in the state directory."""
    running.note(settings.state_dir, port=settings.port)
    try:
        yield
    finally:
        running.unnote(settings.state_dir, port=settings.port)


def serve(settings: Settings) -> int:
    """Run the server until Ctrl-C."""
    quiet_logs()
    try:
        server, listener, app, settings = prepare(settings)
    except InvalidSetting:
        there = running.link(settings.state_dir)
        if there is None or not there.startswith(f"{settings.address}/"):
            raise
        print(
            f"Onrecord is running already, at {settings.address}\n"
            f"  Open it        {there}   (works once)\n"
            "  Stop it        python3 -m server stop",
            flush=True,
        )
        return 0
    ours: Server = app.state.server
    extension = extension_directory()

    def link() -> str:
        return f"{settings.address}/?k={ours.visits.key()}"

    ours.entered = lambda: print(f"Another browser? Open {link()}", flush=True)
    code = ours.pairing.show()
    threading.Thread(target=ours.pairing.secret, daemon=True).start()  # takes a moment, and nobody shall wait for it
    print(
        f"Onrecord is running at {settings.address}\n"
        f"  Open it        {link()}   (works once)\n"
        f"  Extension      {extension or 'the folder extension of the source code'}\n"
        "                 Chromium: chrome://extensions, Developer mode, Load unpacked\n"
        "                 Firefox:  about:debugging, This Firefox, Load Temporary Add-on\n"
        "  Once           python3 -m server install   lets the button start the server: nothing to type or to start\n"
        f"  Or pair        {code}   (for ten minutes; the page above shows a new code)\n"
        "Ctrl-C stops the server.",
        flush=True,
    )
    with announced(settings):
        server.run(sockets=[listener])
    return 0


def serve_for_button(settings: Settings) -> int:
    """Run the server that the button has started: it says nothing, and ends when nobody has used it for long."""
    quiet_logs()
    server, listener, app, settings = prepare(settings, elsewhere=True)
    ours: Server = app.state.server

    async def run() -> None:
        if settings.idle_end:
            end_when_idle(ours.activity, settings.idle_end, ours.end)
        await server.serve(sockets=[listener])

    with announced(settings):
        asyncio.run(run())
    return 0
