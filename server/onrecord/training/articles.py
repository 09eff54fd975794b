"""Articles annotated in Onrecord's own scheme: labels without text, joined with a corpus by checksum.

``labels/articles.jsonl`` has one article a line; ``labels/README.md`` says how they were made. Every span is a half
open range of code points of the whole text, as it stands in its corpus.

``python -m onrecord.training.articles test TEXTS … > test.jsonl`` writes the articles of one part with their texts, one
a line, in the form that the benchmark and the training commands read. The text is for this machine alone: it is its
publishers'.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from onrecord.analysis.result import Channel, ClaimStatus, Identification, QuoteKind, ReasonKind, SourceType
from onrecord.article import Span

FOLDER = Path(__file__).with_name("labels")
ARTICLES = FOLDER / "articles.jsonl"
SECOND = FOLDER / "second.jsonl"  # every tenth article annotated again
BLIND = FOLDER / "blind.jsonl"  # some articles annotated by another run that had not seen the first labels
JUDGED = FOLDER / "judged.jsonl"  # contested claims judged anew, which take the place of the first ones
JUDGED_BLIND = FOLDER / "judged-blind.jsonl"  # the test part's by another judge, blind

Part = Literal["train", "test"]
T = TypeVar("T")


class Anonymity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words that grant anonymity, and the reason that the article gives."""

    evidence: tuple[Span, ...]
    reason: tuple[Span, ...]
    reason_kind: ReasonKind


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Someone or something that speaks in the article."""

    id: str
    type: SourceType
    identification: Identification
    mention: Span  # the fullest one
    mentions: tuple[Span, ...]  # the chain, in the order of the text; none inside another
    type_alt: tuple[SourceType, ...] = ()  # defensible second choices
    anonymity: Anonymity | None = None


class Quote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One act of attribution; ``optional``: reasonable editors could leave it out."""

    id: str
    kind: QuoteKind
    source: str | None  # a ``Source.id``; None where nobody can be told
    contents: tuple[Span, ...]
    cue: tuple[Span, ...]
    mention: Span | None
    channel: Channel
    optional: bool


class Claim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A contested proposition, with what states it and what answers it."""

    id: str
    status: ClaimStatus
    also: tuple[ClaimStatus, ...]
    content: tuple[Span, ...]
    evidence: tuple[Span, ...]  # the cue words
    by: str | None  # the ``Source.id`` that contests it
    stated_in: tuple[str, ...]  # the ``Quote.id`` of quotes whose content it overlaps
    answered_in: tuple[str, ...]  # the ``Quote.id`` in which ``by`` contests it
    optional: bool


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was annotated in one article."""

    doc: str  # corpus and id
    sha256: str  # of the text in UTF-8
    length: int  # of the text in code points
    part: Part
    sources: tuple[Source, ...]
    quotes: tuple[Quote, ...]
    claims: tuple[Claim, ...]

    def spans(self) -> Iterator[Span]:
        """Every span of the labels."""
        for source in self.sources:
            yield source.mention
            yield from source.mentions
            if source.anonymity is not None:
                yield from source.anonymity.evidence
                yield from source.anonymity.reason
        for quote in self.quotes:
            yield from quote.contents
            yield from quote.cue
            if quote.mention is not None:
                yield quote.mention
        for claim in self.claims:
            yield from claim.content
            yield from claim.evidence


class JudgedClaim(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A contested proposition, as a judge of pooled candidates has it."""

    status: ClaimStatus
    content: tuple[Span, ...]
    evidence: tuple[Span, ...]
    also: tuple[ClaimStatus, ...] = ()
    optional: bool = False


class Judged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything contested in one article."""

    doc: str  # corpus and id
    sha256: str  # of the text in UTF-8
    claims: tuple[JudgedClaim, ...]


def checksum(text: str) -> str:
    """What labels and text are joined by: the SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def lines(path: Path, form: type[T]) -> Iterator[T]:
    """The lines of a file of labels. Raises ValueError where one is not of the form."""
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            yield msgspec.json.decode(line, type=form)
        except msgspec.DecodeError as error:
            raise ValueError(f"{path.name}, line {number}: {error}") from error


def read(path: Path = ARTICLES, *, part: Part | None = None) -> tuple[Labels, ...]:
    """The labels of a file, of one part or of both. Raises ValueError where a line is not of the form above."""
    return tuple(labels for labels in lines(path, Labels) if part is None or labels.part == part)


def joined(labels: Iterable[Labels], texts: Iterable[str]) -> Iterator[tuple[Labels, str]]:
    """Labels with their texts, in the order of ``texts``; texts without labels and labels without text are left out.

    Raises ValueError where a span is empty or ends behind its text.
    """
    by_checksum = {entry.sha256: entry for entry in labels}
    for text in texts:
        entry = by_checksum.pop(checksum(text), None)
        if entry is None:
            continue
        for span in entry.spans():
            if not span.start < span.end <= len(text):
                raise ValueError(f"{entry.doc}: {span.start} to {span.end} is nothing in its text")
        yield entry, text


def texts(path: Path) -> Iterator[str]:
    """The texts of a corpus: JSON lines with ``text``, or one JSON object of entries with ``articleBody``."""
    whole = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        yield from (json.loads(line)["text"] for line in whole.splitlines())
    else:
        yield from (entry["articleBody"] for entry in json.loads(whole).values())


def records(part: Part, paths: Iterable[Path], *, labels: Path = ARTICLES) -> Iterator[dict[str, Any]]:
    """Labels and text of each article of a part whose text is in ``paths``, as JSON has them.

    Each source has a ``label`` besides: the words of its fullest mention.
    """
    found = (text for path in paths for text in texts(path))
    for entry, text in joined(read(labels, part=part), found):
        record = msgspec.to_builtins(entry)
        for source in record["sources"]:
            source["label"] = text[source["mention"]["start"] : source["mention"]["end"]]
        yield {"schema": "gold/1", **record, "text": text}


def anew(found: Iterable[dict[str, Any]], path: Path = JUDGED) -> Iterator[dict[str, Any]]:
    """The same records, each with the claims that ``path`` has for its text, if it has that text."""
    claims = {entry.sha256: entry.claims for entry in lines(path, Judged)}
    for record in found:
        judged = claims.get(checksum(record["text"]))
        own = record.get("claims") if judged is None else [_numbered(n, claim) for n, claim in enumerate(judged, 1)]
        yield {**record, "claims": own}


def _numbered(number: int, claim: JudgedClaim) -> dict[str, Any]:
    nobody: dict[str, Any] = {"by": None, "stated_in": [], "answered_in": []}  # a judge of candidates was not asked
    return {"id": f"c{number}", "also": [], "optional": False, **nobody, **msgspec.to_builtins(claim)}


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status."""
    options = argparse.ArgumentParser(prog="python -m onrecord.training.articles", description=__doc__)
    options.add_argument("part", choices=["train", "test"])
    options.add_argument("texts", type=Path, nargs="+", metavar="TEXTS")
    options.add_argument("--first", action="store_true", help="with the claims of the first annotators")
    given = options.parse_args(arguments)
    found = records(given.part, given.texts)
    for record in found if given.first else anew(found):
        print(json.dumps(record, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
