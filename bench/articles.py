"""An archive of any size from a few hundred articles: the same texts again, with other names in them.

Nobody's articles come with Onrecord; the texts are given by path. Names are words that the texts never write small; in
each copy of a text a made-up name stands for each, the same one throughout, so that what depends on names (who is
meant, what was seen before) is worked out anew.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

_WORD = re.compile(r"\b[A-Z][a-z]{2,}\b")
_SMALL = re.compile(r"\b[a-z]{2,}\b")
_FIRST = "B D F G H K L M N P R S T V W Br Dr Gr Kr Pr St Tr".split()
_LATER = "b d f g k l m n p r s t v nd rd st lm rn".split()
_VOWELS = "a e i o u ai ea ee ou".split()
_LAST = "n r s l t nd ck rt son man ley by".split()


def texts(path: Path) -> list[str]:
    """The texts of a file of JSON lines with a ``text`` each."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()]


def archive(given: Sequence[str], count: int) -> Iterator[str]:
    """``count`` articles: the given ones, then copies of them with other names."""
    small = {word for text in given for word in _SMALL.findall(text)}
    for number in range(count):
        copy, at = divmod(number, len(given))
        yield renamed(given[at], small, copy) if copy else given[at]


def renamed(text: str, small: set[str], copy: int) -> str:
    """The text with a made-up name for each word that is written large and never ``small``."""

    def other(found: re.Match[str]) -> str:
        word = found.group()
        return word if word.lower() in small else name(f"{copy} {word}")

    return _WORD.sub(other, text)


def name(seed: str) -> str:
    """A name that nobody has, the same one for the same seed."""
    dice = random.Random(seed)
    middle = "".join(dice.choice(_VOWELS) + dice.choice(_LATER) for _ in range(dice.randint(0, 1)))
    return dice.choice(_FIRST) + middle + dice.choice(_VOWELS) + dice.choice(_LAST)


def write(path: Path, articles: Iterator[str]) -> int:
    """An archive as JSON lines; the number of its words."""
    words = 0
    with path.open("w", encoding="utf-8") as lines:
        for number, text in enumerate(articles):
            lines.write(json.dumps({"id": f"a{number}", "text": text}) + "\n")
            words += len(text.split())
    return words
