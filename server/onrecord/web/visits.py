"""The server's own pages: opened with a key that the terminal prints, once, and then known by a cookie."""

from __future__ import annotations

import hashlib
import secrets
import time

LASTING = 12 * 3600  # seconds after which a page has to be opened with a new key
MOST = 100  # pages opened at a time; the oldest ends
_BYTES = 24


class Visits:
    """Keys that wait to be used, and the pages that were opened with one."""

    def __init__(self, port: int) -> None:
        # browsers do not keep the cookies of two ports apart
        self.cookie = f"onrecord-{port}"
        self._keys: dict[str, None] = {}
        self._open: dict[str, float] = {}

    def key(self) -> str:
        """A new key for the server's pages, which works once."""
        made = secrets.token_urlsafe(_BYTES)
        self._keys[_hash(made)] = None
        while len(self._keys) > MOST:
            del self._keys[next(iter(self._keys))]
        return made

    def enter(self, key: str) -> str | None:
        """The value of the cookie for whoever brings a key, which is used up; None if it is none, or used."""
        hashed = _hash(key)
        if hashed not in self._keys:
            return None
        del self._keys[hashed]
        value = secrets.token_urlsafe(_BYTES)
        self._open[_hash(value)] = time.monotonic() + LASTING
        while len(self._open) > MOST:
            del self._open[next(iter(self._open))]
        return value

    def known(self, value: str) -> bool:
        """Whether a cookie is that of a page which was opened with a key."""
        return self._open.get(_hash(value), 0.0) > time.monotonic()


def _hash(value: str) -> str:
    """Secrets are looked up by their hash, so that the time of a lookup tells nothing of them."""
    return hashlib.sha256(value.encode(errors="replace")).hexdigest()
