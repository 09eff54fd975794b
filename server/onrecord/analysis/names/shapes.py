"""How names look: learned weights of word pieces that tell a person's name from other words, in any language.

The language model knows the names of American news; this knows none, but how names are spelt. The weights lie in
``model/names.npz`` and come from ``onrecord.training.names``.
"""

from __future__ import annotations

import io
import math
import unicodedata
import zlib
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.model.weights import verified

NAMES: Final = "names.npz"
BUCKETS: Final = 1 << 15
SHORTEST, LONGEST = 2, 5  # letters of a piece


def plain(word: str) -> str:
    """A word in lower case without diacritics and possessive."""
    bare = unicodedata.normalize("NFKD", word.lower().removesuffix("’s").removesuffix("'s"))
    return "".join(c for c in bare if c.isalpha())


def pieces_of(word: str) -> list[int]:
    """The buckets of a plain word's pieces, its beginning and end marked, and of the word itself."""
    whole = f"^{word}$"
    found = {whole}
    for length in range(SHORTEST, LONGEST + 1):
        found.update(whole[at : at + length] for at in range(len(whole) - length + 1))
    return [zlib.crc32(piece.encode()) % BUCKETS for piece in sorted(found)]


@cache
def _weights(kind: str = "weights", bias: str = "bias") -> tuple[NDArray[Any], float]:
    arrays = np.load(io.BytesIO(verified(NAMES)))
    return arrays[kind].astype(np.float32), float(arrays[bias])


@cache
def likeness(word: str) -> float:
    """The probability that a word is part of a person's name rather than an everyday word, a place's or a body's."""
    bare = plain(word)
    if len(bare) < SHORTEST:
        return 0.5
    table, bias = _weights()
    return 1 / (1 + math.exp(-float(table[pieces_of(bare)].sum()) - bias))


@cache
def womans(word: str) -> float:
    """The probability that a given name is a woman's rather than a man's, by its spelling."""
    bare = plain(word)
    if len(bare) < SHORTEST:
        return 0.5
    table, bias = _weights("gender", "leaning")
    return 1 / (1 + math.exp(-float(table[pieces_of(bare)].sum()) - bias))


def like_a_name(words: Sequence[str]) -> float:
    """The mean of ``likeness`` over the words of a name longer than an initial."""
    own = [likeness(word) for part in words for word in part.split("-") if len(plain(word)) >= SHORTEST]
    return sum(own) / len(own) if own else 0.0
