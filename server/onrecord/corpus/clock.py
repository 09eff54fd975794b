"""How long one document may take.

Two alarms in each process. The soft one ends the reading or the analysis of a document as an exception, between two
steps of Python: a signal in the main thread, which alone hears signals, and elsewhere (a cluster's worker analyses in a
thread of its own) an exception that another thread sends. Native code that never comes back hears neither, so
``faulthandler``'s own thread ends the process some time later, whoever holds the interpreter; the engine then names the
document.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from onrecord.errors import TimedOut

SECONDS: Final = 600.0  # unless the command says otherwise: a book of a million words takes less
_AGAIN: Final = 1.0  # libraries that swallow every exception hear it every second
GRACE: Final = 10.0  # between the soft alarm and the hard one, and as a part of the limit at most as long as that

_limit = SECONDS
_hard = False


def _nothing() -> None:
    """Nobody wants to know."""


_late: Callable[[], object] = _nothing


def message(seconds: float) -> str:
    """What is said of a document that took longer."""
    return f"The document took longer than {seconds:g} s and was given up; more time: --timeout."


def start(seconds: float, late: Callable[[], object] = _nothing) -> None:
    """Set the limit for this process, which may be ended if a document does not heed it.

    ``late`` is called when the soft alarm of another thread than the main one rings first.
    """
    global _limit, _hard, _late
    _limit, _hard, _late = seconds, True, late


class _Over(TimedOut):
    """What another thread can raise: a class, made without arguments where it arrives."""

    def __init__(self) -> None:
        super().__init__(message(_limit))


@contextmanager
def limited() -> Iterator[None]:
    """Raise ``TimedOut`` if what is done takes too long.

    In a process that has not been started for this, a thread that no signal reaches has no limit. Of one process, only
    one thread at a time may be in here.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        with _in_thread(_limit) if _hard else contextlib.nullcontext():
            yield
        return
    seconds = _limit

    def ring(*_: object) -> None:
        raise TimedOut(message(seconds))

    before = signal.signal(signal.SIGALRM, ring)
    with contextlib.ExitStack() as ends:
        ends.callback(signal.signal, signal.SIGALRM, before)
        if _hard:
            ends.enter_context(_end_of_process(seconds))
        ends.callback(signal.setitimer, signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        yield


@contextmanager
def _end_of_process(seconds: float) -> Iterator[None]:
    with open(os.devnull, "w") as silence:  # noqa: PTH123 - a file descriptor is wanted
        faulthandler.dump_traceback_later(seconds + min(seconds, GRACE), exit=True, file=silence)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _in_thread(seconds: float) -> Iterator[None]:
    alarm = _Alarm(threading.get_ident(), seconds, _late)
    with _end_of_process(seconds):
        alarm.start()
        try:
            yield
        finally:
            alarm.over = True  # before anything is called: an exception may arrive with any call
            alarm.end()


class _Alarm(threading.Thread):
    """Raises ``_Over`` in another thread, again and again, until it is over."""

    def __init__(self, thread: int, seconds: float, late: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self.over = False
        self._thread, self._seconds, self._late = ctypes.c_ulong(thread), seconds, late
        self._ringing, self._done = threading.Lock(), threading.Event()

    def run(self) -> None:
        """Ring when the time is over."""
        if self._done.wait(self._seconds):
            return
        self._late()
        while self._rung():
            self._done.wait(_AGAIN)

    def _rung(self) -> bool:
        with self._ringing:
            if not self.over:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, ctypes.py_object(_Over))
            return not self.over

    def end(self) -> None:
        """Take back what was sent and has not arrived; called by the thread itself when ``over`` is set."""
        with self._ringing:  # a ring that is under way ends, and none follows
            pass
        ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, None)
        self._done.set()
