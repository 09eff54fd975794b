"""The process that loads the language model, started before the server has imported anything. Standard library only.

Loading takes longest of all that a start does, and what the server imports meanwhile is half a second of it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Sequence

_begun: list[tuple[subprocess.Popen[bytes], socket.socket]] = []

HELP = {"-h", "--help"}


def wanted(arguments: Sequence[str]) -> bool:
    """Whether the command line starts a server, on a system where a process that holds the model can be forked."""
    return sys.platform == "linux" and list(arguments[:1]) in ([], ["serve"]) and HELP.isdisjoint(arguments)


def begin() -> None:
    """Start it; ``taken`` gives it to whoever speaks with it. It ends with this process, used or not."""
    _begun.append(zygote())


def taken() -> tuple[subprocess.Popen[bytes], socket.socket]:
    """The process that was started, once, or another one; with our end of what leads to it."""
    return _begun.pop() if _begun else zygote()


def zygote() -> tuple[subprocess.Popen[bytes], socket.socket]:
    """A process that loads the model and forks workers, and our end of what leads to it."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
            command("zygote", theirs.fileno()), env=environment(), pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    return process, ours


def command(kind: str, *arguments: object) -> list[str]:
    """What starts a process of that kind."""
    return [sys.executable, "-m", "onrecord.web.worker", kind, str(os.getpid()), *map(str, arguments)]


def environment() -> dict[str, str]:
    """Ours, with the paths that this process imports from."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
