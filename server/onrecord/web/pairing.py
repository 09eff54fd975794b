"""Pairing without a native messaging host: a code that the server prints and the reader types once in the extension.

A code is never sent. Both ends make a secret of it; the server proves that it has it, and only then the extension
asks, in a request signed with that secret, for a lasting one. So a wrongly typed code is noticed in the extension, and
a wrong signature is nobody's typing error.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable

from onrecord import proofs
from onrecord.errors import Busy

# Consonants without look-alikes: no words, nothing to confuse. 20^12 codes, or 51.8 bits.
_ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
_GROUPS, _LETTERS = 3, 4

LIFETIME = 600  # seconds; time enough to find the page and type twelve letters
# Wrong signatures that are answered as such, in a second. The code's length is what keeps it from being guessed; this
# keeps a flood of guesses from costing anything. A right one is taken however many wrong ones come.
GUESSES = 3

CODE = "code"  # the key id of a request that is signed with the code's secret


class Pairing:
    """The code of the moment, if there is one. It works once, and it ends."""

    def __init__(self, address: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._address = address
        self._clock = clock
        self._code = ""
        self._ends = 0.0
        self._secret: bytes | None = None
        self._turn = threading.Lock()
        self._second = 0
        self._guesses = 0

    def show(self) -> str:
        """The code, a new one if there is none; whoever calls this shows it to the reader."""
        if self._clock() >= self._ends:
            self._code = _new_code()
            self._ends = self._clock() + LIFETIME
            self._secret = None
        return self._code

    @property
    def shown(self) -> bool:
        """Whether there is a code."""
        return self._clock() < self._ends

    def secret(self) -> bytes | None:
        """The secret of the code; None if no code is shown. The first call for a code takes a fraction of a second."""
        with self._turn:
            if self._clock() >= self._ends:
                return None
            if self._secret is None:
                self._secret = proofs.code_secret(self._code, address=self._address)
            return self._secret

    def wrong(self) -> None:
        """Note a signature that was not made with the code's secret; raises ``Busy`` where there are too many."""
        second = int(self._clock())
        if second != self._second:
            self._second, self._guesses = second, 0
        self._guesses += 1
        if self._guesses > GUESSES:
            raise Busy("Too many wrong pairing codes were tried; try again in a second.", retry_after=1)

    def use_up(self) -> None:
        """End the code."""
        self._ends = 0.0
        self._secret = None


def _new_code() -> str:
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS)) for _ in range(_GROUPS))
