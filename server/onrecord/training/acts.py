"""Articles annotated for acts of attribution and contested claims alone: labels without text, joined by checksum.

``labels/acts.jsonl`` has one article a line; ``labels/README.md`` says how they were made. Every span is a half open
range of code points of the whole text; what stands behind ``read`` was not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from onrecord.analysis.result import ClaimStatus, QuoteKind
from onrecord.article import Span
from onrecord.training.articles import FOLDER, checksum, lines, texts

ACTS = FOLDER / "acts.jsonl"
AGAIN = FOLDER / "acts-blind.jsonl"  # some of the articles annotated by another run that had not seen the first labels

KINDS = FOLDER / "kinds.jsonl"  # what kind of source the speakers are, by number; of written articles too

NAMES = FOLDER / "names.jsonl"  # where a noun's or pronoun's body or person is named, if anywhere

Part = Literal["train", "check"]
Judgement = Literal["said", "thought", "done", "other"]


class Quote(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One act of speech or writing."""

    kind: QuoteKind
    source: int | None  # the same number: the same speaker; None where nobody can be told
    contents: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    mention: Span | None = None
    optional: bool = False


class Claim(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A contested proposition."""

    status: ClaimStatus
    content: tuple[Span, ...]
    evidence: tuple[Span, ...]
    also: tuple[ClaimStatus, ...] = ()
    by: Span | None = None  # the words that name who contests it
    optional: bool = False


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something that the tagger of the day had proposed, and what it is."""

    judged: Judgement  # ``other``: no attribution at all
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    unsure: bool = False  # reasonable editors could differ


class Acts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was annotated in one article."""

    doc: str  # corpus and id
    sha256: str  # of the whole text in UTF-8
    length: int  # of the whole text in code points
    read: int  # so many code points were annotated
    part: Part  # ``check``: not for training, but for thresholds and for what is shipped
    quotes: tuple[Quote, ...]
    claims: tuple[Claim, ...]
    acts: tuple[Act, ...]


class Kinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What kind of source the speakers of an article are: number, type, identification, defensible second types."""

    doc: str
    sha256: str  # of the text in UTF-8
    sources: tuple[tuple[Any, ...], ...]


def read(path: Path = ACTS) -> tuple[Acts, ...]:
    """The labels of a file. Raises ValueError where a line is not of the form above."""
    return tuple(lines(path, Acts))


def records(part: Part, paths: Iterable[Path], *, labels: Path = ACTS) -> Iterator[dict[str, Any]]:
    """Labels with the text that was annotated, as JSON has them; those whose text is not in ``paths`` are left out."""
    by_checksum = {entry.sha256: entry for entry in read(labels) if entry.part == part}
    for path in paths:
        for text in texts(path):
            entry = by_checksum.pop(checksum(text), None)
            if entry is not None:
                yield {**msgspec.to_builtins(entry), "text": text[: entry.read]}


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where those are named whom a noun or a pronoun means: ``(start, end)`` of the mention, and behind it of a name.

    Of four numbers the last two are those of the nearest name of the same person, body or document (inside the mention,
    if only it has one); of two, the article has none.
    """

    doc: str
    sha256: str  # of the text in UTF-8
    mentions: tuple[tuple[int, ...], ...]


@cache
def _named() -> dict[str, tuple[tuple[int, ...], ...]]:
    return {entry.sha256: entry.mentions for entry in lines(NAMES, Named)}


def named(record: dict[str, Any]) -> tuple[tuple[int, ...], ...]:
    """Of nouns and pronouns that no quote names otherwise, where the same is named (``Named.mentions``)."""
    return _named().get(record.get("sha256") or checksum(record["text"]), ())


@cache
def _kinds() -> dict[str, tuple[tuple[Any, ...], ...]]:
    return {entry.sha256: entry.sources for entry in lines(KINDS, Kinds)}


def typed(record: dict[str, Any]) -> dict[str, Any] | None:
    """A record with its speakers as ``sources``, in the form of ``articles``; None if nobody has typed them."""
    sources = _kinds().get(record.get("sha256") or checksum(record["text"]))
    if sources is None:
        return None
    numbers = {number for number, *_ in sources}
    return {
        "text": record["text"],
        "sources": [
            {"id": str(number), "type": kind, "identification": named, "type_alt": others}
            for number, kind, named, *others in sources
        ],
        "quotes": [
            {**quote, "source": str(quote["source"])} for quote in record["quotes"] if quote.get("source") in numbers
        ],
    }
