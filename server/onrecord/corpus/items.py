"""An item: the least piece of an archive that is read by itself, before anything of it is understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from onrecord.documents import Document, Metadata
from onrecord.errors import OnrecordError


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file of JSON lines, as it stands there."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: a text, and what other columns say of it."""

    text: str
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class File:
    """A document of any kind, with the address and the encoding that came with it."""

    data: bytes
    url: str | None = None
    encoding: str | None = None
    packed: str = ""  # the ``Content-Encoding`` that it still has


@dataclass(frozen=True, slots=True)
class Failure:
    """What stands where something could not be read."""

    code: str
    message: str

    @classmethod
    def of(cls, error: OnrecordError) -> Failure:
        """The failure that an error describes."""
        return cls(error.code, error.message)

    def to_dict(self) -> dict[str, Any]:
        """The one JSON error shape (``OnrecordError.to_dict``)."""
        return {"error": {"code": self.code, "message": self.message, "help": f"docs/errors.md#{self.code}"}}


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of the archive. ``place`` names it to a person; ``done`` says how much of the input it ends, 0 to 1."""

    id: str | int | None
    place: str
    content: Line | Row | File | Document | Failure
    done: float = 0.0

    @property
    def size(self) -> int:
        """About how many bytes it holds."""
        if isinstance(self.content, Line | File):
            return len(self.content.data)
        if isinstance(self.content, Row):
            return len(self.content.text)
        return len(self.content.article.text) if isinstance(self.content, Document) else 0


@dataclass
class LeftOut:
    """What an archive holds that is no article, counted by why it was left out."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, why: str) -> None:
        """Count one more."""
        self.counts[why] = self.counts.get(why, 0) + 1
