"""What need not be worked out again when an article comes back with a few paragraphs changed.

Two things are kept, each under all that it depends on, so that an answer made with them equals one made without:

- the parse of a block, under its text and the places where a sentence goes on over a block's border:
  the language model sees nothing else of the article;
- what the encoder says of a window, under its whole input, which is all that the network sees.

Everything else (who is *he*, who contests what) depends on the whole article and is done anew each time.
Nothing is written anywhere: it is gone with the process.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

V = TypeVar("V")

# Bytes for each kind. A paragraph of 60 words takes some 13 kB, a window half a megabyte.
MOST_PARSES = 4_000_000
MOST_WINDOWS = 12_000_000


class Latest(Generic[V]):
    """The values used last, by key, no more of them than ``most`` bytes. A value larger than that is not kept."""

    def __init__(self, most: int, size: Callable[[V], int]) -> None:
        self._most, self._size = most, size
        self._values: OrderedDict[bytes, V] = OrderedDict()
        self._bytes = 0

    def get(self, key: bytes) -> V | None:
        """The value under ``key``."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: bytes, value: V) -> None:
        """Keep a value; those not used for longest make room."""
        self._bytes += self._size(value) - (self._size(self._values.pop(key)) if key in self._values else 0)
        self._values[key] = value
        while self._bytes > self._most:
            _, dropped = self._values.popitem(last=False)
            self._bytes -= self._size(dropped)

    def __len__(self) -> int:
        return len(self._values)


def key(*parts: bytes) -> bytes:
    """A hash over parts that cannot run into one another."""
    found = hashlib.blake2b(digest_size=20)
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.digest()
