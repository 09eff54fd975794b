"""How long one document may take.

Two alarms in each process. The soft one is a signal: it ends the reading or the analysis of a document as an exception,
between two steps of Python. Native code that never comes back hears no signal, so ``faulthandler``'s own thread ends
the process some time later, whoever holds the interpreter; the engine then names the document.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from onrecord.errors import TimedOut

SECONDS: Final = 600.0  # unless the command says otherwise: a book of a million words takes less
_AGAIN: Final = 1.0  # libraries that swallow every exception hear it every second
GRACE: Final = 10.0  # between the soft alarm and the hard one, and as a part of the limit at most as long as that

_limit = SECONDS
_hard = False


def message(seconds: float) -> str:
    """What is said of a document that took longer."""
    return f"The document took longer than {seconds:g} s and was given up; more time: --timeout."


def start(seconds: float) -> None:
    """Set the limit for this process, which may be ended if a document does not heed it."""
    global _limit, _hard
    _limit, _hard = seconds, True


@contextmanager
def limited() -> Iterator[None]:
    """Raise ``TimedOut`` if what is done takes too long. In a thread that no signal reaches nothing is limited."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    seconds = _limit

    def ring(*_: object) -> None:
        raise TimedOut(message(seconds))

    before = signal.signal(signal.SIGALRM, ring)
    with contextlib.ExitStack() as ends:
        ends.callback(signal.signal, signal.SIGALRM, before)
        if _hard:
            silence = ends.enter_context(open(os.devnull, "w"))  # noqa: PTH123 - a file descriptor is wanted
            faulthandler.dump_traceback_later(seconds + min(seconds, GRACE), exit=True, file=silence)
            ends.callback(faulthandler.cancel_dump_traceback_later)
        ends.callback(signal.setitimer, signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        yield
