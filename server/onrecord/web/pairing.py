"""Pairing: a short code that the server shows and the reader types once in the extension."""

from __future__ import annotations

import hmac
import secrets

from onrecord.errors import NotPaired
from onrecord.store import Store

# Crockford's base 32 without vowels and look-alikes: no words, nothing to confuse. 20^8 codes.
_ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
_LENGTH = 8

# A wrong guess is answered like any other, but after so many the code changes, so that none can be searched for.
MOST_GUESSES = 10


class Pairing:
    """The code of the moment. A code works once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._guesses = 0
        self.code = _new_code()

    def redeem(self, code: str, origin: str) -> str:
        """The token for ``origin`` if ``code`` is the one shown; raises ``NotPaired``."""
        given = "".join(character for character in code.upper() if character.isalnum())
        if not hmac.compare_digest(given.encode(), self.code.replace("-", "").encode()):
            self._guesses += 1
            if self._guesses >= MOST_GUESSES:
                self._renew()
            raise NotPaired(
                "The pairing code is not the one that the server shows; a used code is replaced by a new one."
            )
        self._renew()
        return self._store.pair(origin)

    def _renew(self) -> None:
        self._guesses = 0
        self.code = _new_code()


def _new_code() -> str:
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return f"{letters[: _LENGTH // 2]}-{letters[_LENGTH // 2 :]}"
