"""A row of numbers for each article, so that what is asked of an archive can be decided after it has been read.

A row takes some 250 bytes, whatever its article holds; no text is kept.
"""

from __future__ import annotations

from array import array
from collections import Counter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.result import CLAIM_STATUSES, IDENTIFICATIONS, REASON_KINDS, SOURCE_TYPES
from onrecord.dashboard.entries import Analysis

LOST: Final = "lost"  # the speaker was not found
TYPES: Final = (*SOURCE_TYPES, LOST)
IDENTITIES: Final = (*IDENTIFICATIONS, LOST)

_FIXED = ("day", "exact", "outlet", "words", "quotes", "sources", "lost_quotes", "single", "opinions")
_COLUMNS: Final = (
    *_FIXED,
    *(f"type_sources:{name}" for name in TYPES),  # of LOST there are none: the quotes have no source
    *(f"type_words:{name}" for name in TYPES),
    *(f"identity_sources:{name}" for name in IDENTITIES),
    *(f"identity_words:{name}" for name in IDENTITIES),
    *(f"reason:{name}" for name in REASON_KINDS),
    *(f"status:{name}" for name in CLAIM_STATUSES),
)
_AT: Final = {name: number for number, name in enumerate(_COLUMNS)}
_GROUPS: Final = {
    group: [at for name, at in _AT.items() if name.startswith(group + ":")]
    for group in ("type_sources", "type_words", "identity_sources", "identity_words", "reason", "status")
}


class Table:
    """The rows. ``outlets`` are the names by their numbers; an article without one has number -1."""

    def __init__(self) -> None:
        self._cells = array("i")
        self._columns: NDArray[np.int32] | None = None
        self.outlets: list[Counter[str]] = []  # spellings of each
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._cells) // len(_COLUMNS)

    def add(self, analysis: Analysis, *, day: int, exact: int, outlet: str | None) -> tuple[list[int], dict[str, int]]:
        """A row for an article; gives it, and how many words are quoted of each source by its id."""
        row = [0] * len(_COLUMNS)
        row[0], row[1], row[2] = day, exact, self._number(outlet)
        # Between white space, as ``corpus`` counts: the expression of ``analysis.summary`` takes ten times as long.
        row[3] = sum([len(block.text.split()) for block in analysis.blocks])
        row[4], row[5] = len(analysis.quotes), len(analysis.sources)
        words: dict[str, int] = {}
        of = {source.id: source for source in analysis.sources}
        speakers = set()
        for quote in analysis.quotes:
            length = sum([len(piece.text.split()) for piece in quote.content])
            source = of.get(quote.source) if quote.source is not None else None
            speakers.add(source.id if source else None)
            row[_AT[f"type_words:{source.type if source else LOST}"]] += length
            row[_AT[f"identity_words:{source.identification if source else LOST}"]] += length
            if source:
                words[source.id] = words.get(source.id, 0) + length
            else:
                row[6] += 1
        row[7] = int(len(speakers) == 1 and None not in speakers)
        for source in analysis.sources:
            row[_AT[f"type_sources:{source.type}"]] += 1
            row[_AT[f"identity_sources:{source.identification}"]] += 1
            if source.identification == "anonymous":
                said = source.anonymity
                row[_AT[f"reason:{said.reason_kind if said else 'none_stated'}"]] += 1
                row[8] += bool(said and said.opinion)
        for claim in analysis.claims:
            row[_AT[f"status:{claim.status}"]] += 1
        self._cells.extend(row)
        self._columns = None
        return row, words

    def _number(self, outlet: str | None) -> int:
        name = " ".join((outlet or "").split())[:120]
        if not name:
            return -1
        number = self._numbers.setdefault(name.casefold(), len(self.outlets))
        if number == len(self.outlets):
            self.outlets.append(Counter())
        self.outlets[number][name] += 1
        return number

    def outlet(self, number: int) -> str:
        """The name of an outlet in its most frequent spelling; of two as frequent, the first in the alphabet."""
        return min(self.outlets[number].items(), key=lambda entry: (-entry[1], entry[0]))[0]

    @property
    def _rows(self) -> NDArray[np.int32]:
        if self._columns is None:
            self._columns = np.array(self._cells, dtype=np.int32).reshape(-1, len(_COLUMNS))
        return self._columns

    def column(self, name: str) -> NDArray[np.int32]:
        """One number of each article."""
        return self._rows[:, _AT[name]]

    def group(self, name: str) -> NDArray[Any]:
        """The numbers of a group (``type_words`` …): a row for each article, a column for each of its names."""
        return self._rows[:, _GROUPS[name]].astype(np.float64)


def value(row: list[int], name: str) -> int:
    """A number of a row that ``Table.add`` gave."""
    return row[_AT[name]]
