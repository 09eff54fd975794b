"""What runs in the processes that analyse: a zygote that loads the model and forks workers, or one worker alone.

The zygote never analyses anything, so that it is always ready to fork another worker within milliseconds; what it has
loaded is shared, page by page, by all of them. Where no process can be forked safely, a worker loads the model itself.

Nobody here outlives the server. Every pipe ends with it, which a thread of each worker waits for; on Linux the kernel
kills a process whose parent has died, however busy it is (prctl(2), PR_SET_PDEATHSIG); elsewhere a worker that no
thread of its own has spoken for in ``SILENCE`` seconds is ended by its alarm clock.
"""

from __future__ import annotations

import array
import contextlib
import gc
import os
import queue
import signal
import socket
import sys
import threading
import time
from typing import TYPE_CHECKING, BinaryIO

from onrecord import lean
from onrecord.web import frames

if TYPE_CHECKING:
    from onrecord.analysis.analyzer import Analyzer

FORK, KILL = b"f", b"k"  # what the zygote is told: to fork a worker over the socket that comes along, to kill one
PID = 8  # bytes of a process id, big-endian

PR_SET_PDEATHSIG = 1  # linux/prctl.h
SILENCE = 30
CHECKED = 1.0  # seconds between two looks whether the parent is there


def load(threads: int) -> Analyzer:
    """The analysis, with the first parse behind it, which takes three times as long as any other."""
    lean.prepare()
    from onrecord.analysis.analyzer import Analyzer
    from onrecord.article import Article

    gc.disable()  # hardly anything of what is loaded is garbage
    analyzer = Analyzer.load(threads=threads)
    analyzer.analyze(Article.from_text("Warm up, Ms Bell said."))
    lean.give_back()
    gc.freeze()  # a collection would touch, and so copy, every page that the workers share
    gc.enable()
    return analyzer


def die_with(parent: int) -> None:
    """Have the kernel kill this process when ``parent`` dies; where there is no such kernel, do what can be done."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    elif hasattr(signal, "alarm"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        threading.Thread(target=_watch, args=(parent,), name="onrecord-parent", daemon=True).start()
    if hasattr(os, "getppid") and sys.platform != "win32" and os.getppid() != parent:
        os._exit(1)  # it died before it could be watched


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        signal.alarm(SILENCE)  # rings only if this thread gets no turn for so long
        time.sleep(CHECKED)
    os._exit(1)


class Worker:
    """One article after the other, until the server goes."""

    def __init__(self, analyzer: Analyzer, source: BinaryIO, target: BinaryIO) -> None:
        self._analyzer = analyzer
        self._source, self._target = source, target
        self._jobs: queue.SimpleQueue[frames.Job] = queue.SimpleQueue()
        self._cancelled = -1  # the latest job that nobody waits for

        analyzer.remember()

    def run(self) -> None:
        """Never returns: the thread that reads ends the process with the pipe."""
        threading.Thread(target=self._read, name="onrecord-jobs", daemon=True).start()
        while True:
            job = self._jobs.get()
            try:
                self._answer(job)
            except BrokenPipeError:
                os._exit(0)
            except Exception as error:
                self._send(frames.Ended(type(error).__name__))  # never its message, which may hold the article

    def _read(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            while (message := frames.read_job(self._source)) is not None:
                if isinstance(message, frames.Cancel):
                    self._cancelled = message.number
                else:
                    self._jobs.put(message)
        os._exit(0)

    def _answer(self, job: frames.Job) -> None:
        article = job.article

        def wanted() -> bool:
            return self._cancelled < job.number

        for part in self._analyzer.stream(article, include=job.include, whole=job.whole, wanted=wanted):
            if not wanted():
                break
            self._send(frames.answered(article, part, job.offsets))
            if part.final:
                return
        self._send(frames.Ended(""))

    def _send(self, message: frames.FromWorker) -> None:
        self._target.write(frames.packed(message))
        self._target.flush()


def zygote(control: socket.socket, server: int) -> None:
    """Load the model, then fork and kill workers as the server says, until it goes."""
    die_with(server)
    _ignore_interrupts()
    analyzer = _loaded(control.makefile("wb"), threads=1)
    own = os.getpid()
    children: set[int] = set()
    while True:
        try:
            order, ancillary, _, _ = control.recvmsg(1 + PID, socket.CMSG_SPACE(array.array("i").itemsize))
        except OSError:
            order, ancillary = b"", []
        for child in list(children):  # those that ended by themselves
            with contextlib.suppress(ChildProcessError):
                if os.waitpid(child, os.WNOHANG)[0]:
                    children.discard(child)
        if not order:
            break
        if order[:1] == FORK:
            (descriptor,) = array.array("i", ancillary[0][2])
            child = os.fork()
            if child == 0:
                control.close()
                die_with(own)
                channel = socket.socket(fileno=descriptor)
                Worker(analyzer, channel.makefile("rb"), channel.makefile("wb")).run()
            os.close(descriptor)
            children.add(child)
            control.sendall(frames.packed(frames.Forked(child)))
        elif int.from_bytes(order[1:], "big") in children:  # not reaped yet, so the number is nobody else's
            os.kill(int.from_bytes(order[1:], "big"), signal.SIGKILL)
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    os._exit(0)


def alone(threads: int, server: int) -> None:
    """One worker over the standard input and output, for systems without a safe fork."""
    die_with(server)
    _ignore_interrupts()
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not run into the answers
    Worker(_loaded(target, threads=threads), source, target).run()


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's, which then stops its workers


def _loaded(target: BinaryIO, *, threads: int) -> Analyzer:
    from onrecord.errors import OnrecordError

    message: frames.FromWorker
    analyzer = None
    try:
        analyzer = load(threads)
        message = frames.Ready(analyzer.model)
    except OnrecordError as error:
        message = frames.Unavailable(error.message)
    except Exception as error:
        message = frames.Unavailable(f"The analysis cannot be loaded ({type(error).__name__}); set Onrecord up again.")
    target.write(frames.packed(message))
    target.flush()
    if analyzer is None:
        os._exit(1)
    return analyzer


if __name__ == "__main__":
    kind, server = sys.argv[1], int(sys.argv[2])
    if kind == "zygote":
        zygote(socket.socket(fileno=int(sys.argv[3])), server)
    else:
        alone(int(sys.argv[3]), server)
