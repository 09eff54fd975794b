"""The program that the browser runs (native messaging). Standard library only, and quick to start.

The browser starts it for our extension and for nobody else, and carries one message each way, a length of four bytes
and JSON: https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging. It answers ``status`` with
whether a server runs, and ``connect`` with the address of a server that runs, which it starts if there is none, and a
fresh secret for the installation that asks.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

if __name__ == "__main__":  # run by the browser as a file, without any of Python's paths
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from onrecord.errors import OnrecordError
from onrecord.keys import ID, Key, Keyring
from onrecord.native import running
from onrecord.settings import Settings

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LARGEST = 10_000  # bytes of a message that are read; ours have a hundred
PATIENCE = 30.0  # seconds until a server that was started must answer; on a slow disk it takes ten
LOOK = 0.05
LOG = "server.log"
# How a process is started on Windows that is not ended with this one: browsers end their hosts and what those started.
if sys.platform == "win32":
    _DETACHED = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_BREAKAWAY_FROM_JOB
else:
    _DETACHED = 0


class Problem(Exception):
    """What keeps the server from being started, as one sentence for the reader."""


def main() -> int:
    """Answer the one message on the standard input."""
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    if sys.platform == "win32":
        for stream in (stdin, stdout):
            msvcrt.setmode(stream.fileno(), os.O_BINARY)
    message = read(stdin)
    if message is not None:
        write(stdout, answer(message))
    return 0


def read(stream: BinaryIO) -> object:
    """The message on a stream; None at its end, or if it is none."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack("=I", head)
    if length > LARGEST:
        return None
    try:
        return json.loads(stream.read(length))
    except ValueError:
        return None


def write(stream: BinaryIO, value: object) -> None:
    """Send a message."""
    body = json.dumps(value).encode()
    stream.write(struct.pack("=I", len(body)) + body)
    stream.flush()


def answer(message: object) -> dict[str, object]:
    """What is said to a message; never raises."""
    try:
        return _answer(Settings.from_environment(), message)
    except Problem as problem:
        return {"type": "failed", "message": str(problem)}
    except OnrecordError as error:
        return {"type": "failed", "message": error.message}
    except OSError as error:
        return {"type": "failed", "message": f"Onrecord's files cannot be used ({error.strerror})."}
    except Exception as error:
        return {"type": "failed", "message": f"Onrecord's host met an unexpected {type(error).__name__}."}


def _answer(settings: Settings, message: object) -> dict[str, object]:
    asked = message if isinstance(message, dict) else {}
    if asked.get("type") == "status":
        return {"type": "status", "running": running.noted(settings.state_dir) is not None}
    install, origin = asked.get("install"), asked.get("origin")
    if asked.get("type") != "connect" or not isinstance(install, str) or not ID.fullmatch(install):
        raise Problem("The message to Onrecord's host was not understood.")
    return connect(settings, install, origin if isinstance(origin, str) else None)


def connect(settings: Settings, install: str, origin: str | None) -> dict[str, object]:
    """The address of our server, started if there is none, and a fresh secret; raises ``Problem`` or ``OSError``."""
    state = settings.state_dir
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    state.chmod(0o700)
    key = Keyring(state).add(install, origin=origin, native=True)
    with alone(state / "start.lock"):
        port = _answering(state, key) or start(state, key)
    return {"type": "ready", "port": port, "secret": key.secret.hex()}


def _answering(state: Path, key: Key) -> int | None:
    port = running.noted(state)
    return port if port is not None and running.Channel.opened(port, key) else None


def start(state: Path, key: Key) -> int:
    """Start a server that outlives this program and the browser, and wait until it proves itself; returns its port."""
    (state / running.FILE).unlink(missing_ok=True)
    with (state / LOG).open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment(), cwd=state,
            creationflags=_DETACHED, start_new_session=True,
        )  # fmt: skip
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        port = _answering(state, key)
        if port is not None:
            process.returncode = 0  # it goes on without us, and Python need not warn of that
            return port
        if process.poll() is not None:
            raise Problem(_last_words(state / LOG))
        time.sleep(LOOK)
    process.kill()
    raise Problem(f"The server did not answer within {PATIENCE:.0f} seconds of being started.")


def command() -> Sequence[str]:
    """What starts the server."""
    return [sys.executable, "-P", "-m", "onrecord", "serve", "--for-button"]


def environment() -> dict[str, str]:
    """The environment of a server: this package can be imported, whatever the browser's own environment was."""
    packages = str(Path(__file__).resolve().parents[2])
    return {**os.environ, "PYTHONPATH": packages, "PYTHONNOUSERSITE": "1", "PYTHONUTF8": "1"}


def _last_words(log: Path) -> str:
    """Why a server ended at once, in its own words if they are ours."""
    with contextlib.suppress(OSError):
        for line in reversed(log.read_text(encoding="utf-8", errors="replace").splitlines()):
            if line.startswith("onrecord: "):
                return line.removeprefix("onrecord: ").partition(" (see ")[0]
    return "The server ended while it was starting; run `python3 -m server` to see why."


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a lock, so that two presses start one server; it ends with the process, whatever becomes of it."""
    with path.open("ab") as file:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main())
