"""How far two annotations of the same articles agree: ``python -m onrecord.training.agreement``.

The first annotation is ``labels/articles.jsonl``, the second ``labels/second.jsonl``; ``labels/blind.jsonl`` and, for
type and identification, ``labels/sources.jsonl`` were made by other runs that had not seen the first. F1 counts what
both should have: an entry that is optional in one and missing in the other counts neither way. Entries match when
their contents share half of what they cover together (Jaccard) and, for quotes, their cues meet or both have none.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from onrecord.article import Span, meet
from onrecord.training.articles import BLIND, FOLDER, SECOND, Claim, Labels, Quote, Source, read

HALF = 0.5  # the overlap from which two contents are the same
ROUNDS = 2_000  # of resampling; more move the second digit of an interval no further
THIRD = 0.3  # and two mentions: one may go on to the end of an apposition


E = TypeVar("E", Quote, Claim)


@dataclass(slots=True)
class Count:
    """Of so many, so many."""

    agreed: int = 0
    of: int = 0

    def add(self, agrees: bool) -> None:
        """One more case."""
        self.agreed += agrees
        self.of += 1


@dataclass(slots=True)
class Agreement:
    """What was compared; quote attributes over matched quotes, statuses over matched claims."""

    quotes: Count = field(default_factory=Count)  # entries of both sides that match, of all that count
    kind: Count = field(default_factory=Count)
    speaker: Count = field(default_factory=Count)  # the quotes' sources share a mention
    type: Count = field(default_factory=Count)  # a second choice of either side is granted
    identification: Count = field(default_factory=Count)
    claims: Count = field(default_factory=Count)
    status: Count = field(default_factory=Count)  # a further status of either side is granted


_COUNTS: tuple[tuple[str, Callable[[Agreement], Count]], ...] = (
    ("quotes, F1", lambda total: total.quotes),
    ("kind of quote", lambda total: total.kind),
    ("same speaker", lambda total: total.speaker),
    ("type of source", lambda total: total.type),
    ("identification", lambda total: total.identification),
    ("contested claims, F1", lambda total: total.claims),
    ("status", lambda total: total.status),
)


def compare(first: Labels, second: Labels, into: Agreement) -> None:
    """Adds the agreement of two annotations of one article."""
    pairs = _matched(first.quotes, second.quotes, _same_quote, into.quotes)
    one, two = ({source.id: source for source in labels.sources} for labels in (first, second))
    seen = set()
    for left, right in pairs:
        into.kind.add(left.kind == right.kind)
        a, b = one.get(left.source or ""), two.get(right.source or "")
        same = (a is None and b is None) or (a is not None and b is not None and meet(a.mentions, b.mentions))
        into.speaker.add(same)
        if a is not None and b is not None and same and (a.id, b.id) not in seen:
            seen.add((a.id, b.id))
            into.type.add(bool(_types(a) & _types(b)))
            into.identification.add(a.identification == b.identification)
    for ours, theirs in _matched(first.claims, second.claims, _same_claim, into.claims):
        into.status.add(bool({ours.status, *ours.also} & {theirs.status, *theirs.also}))


def _types(source: Source) -> set[str]:
    return {source.type, *source.type_alt}


def _covered(spans: Sequence[Span]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


def _overlap(first: Sequence[Span], second: Sequence[Span]) -> float:
    a, b = _covered(first), _covered(second)
    return len(a & b) / len(a | b) if a or b else 0.0


def _same_quote(first: Quote, second: Quote) -> float:
    if bool(first.cue) != bool(second.cue) or (first.cue and not meet(first.cue, second.cue)):
        return 0.0
    return _overlap(first.contents, second.contents)


def _same_claim(first: Claim, second: Claim) -> float:
    return _overlap(first.content, second.content)


def _matched(
    first: Sequence[E], second: Sequence[E], likeness: Callable[[E, E], float], into: Count
) -> list[tuple[E, E]]:
    """The best pairs, each entry once; counts both sides, but for what is optional and unmatched."""
    scored = sorted(
        ((likeness(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second)), key=lambda s: -s[0]
    )
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for score, i, j in scored:
        if score >= HALF and i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((first[i], second[j]))
    for entries, matched in ((first, left), (second, right)):
        for at, entry in enumerate(entries):
            if at in matched or not entry.optional:
                into.add(at in matched)
    return pairs


def table(first: Iterable[Labels], second: Iterable[Labels]) -> str:
    """The agreement over the articles that both have, as a table in Markdown."""
    again = {labels.sha256: labels for labels in second}
    total = Agreement()
    articles = 0
    for labels in first:
        if labels.sha256 in again:
            compare(labels, again[labels.sha256], total)
            articles += 1
    return _rows(f"{articles} articles", *((name, count(total)) for name, count in _COUNTS))


def table_with_intervals(first: Iterable[Labels], second: Iterable[Labels]) -> str:
    """The same with 95% intervals: articles are drawn again with replacement, as the entries of one hang together.

    The draw is seeded, so that the same files give the same table.
    """
    again = {labels.sha256: labels for labels in second}
    articles = []
    for labels in first:
        if labels.sha256 in again:
            compare(labels, again[labels.sha256], one := Agreement())
            articles.append(one)
    chance = random.Random(1)  # noqa: S311 - no secret
    draws = [chance.choices(articles, k=len(articles)) for _ in range(ROUNDS)] if articles else []
    rows = [f"| {len(articles)} articles | agreement | 95% interval | of |", "|---|---|---|---|"]
    for name, count in _COUNTS:
        rates = sorted(rate for draw in draws if (rate := _rate(map(count, draw))) is not None)
        total = _rate(map(count, articles))
        if total is None:
            continue
        low, high = (rates[round(share * (len(rates) - 1))] for share in (0.025, 0.975))
        of = sum(count(article).of for article in articles)
        rows.append(f"| {name} | {total:.3f} | {low:.2f} to {high:.2f} | {of} |")
    return "\n".join(rows)


def _rate(counts: Iterable[Count]) -> float | None:
    agreed = of = 0
    for count in counts:
        agreed += count.agreed
        of += count.of
    return agreed / of if of else None


def table_of_sources(first: Iterable[Labels], alone: Iterable[bytes]) -> str:
    """The same for lines of ``sources.jsonl``: sources that both have, by the mention that overlaps best."""
    by_checksum = {labels.sha256: labels for labels in first}
    articles = set()
    strict, kind, identification = Count(), Count(), Count()
    for line in alone:
        entry = msgspec.json.decode(line)
        labels = by_checksum.get(entry["sha256"])
        if labels is None:
            continue
        for start, end, its_type, its_identification in entry["sources"]:
            span = Span(start, end)
            overlaps = [
                (_overlap([span], [mention]), source) for source in labels.sources for mention in source.mentions
            ]
            best, source = max(overlaps, key=lambda pair: pair[0], default=(0.0, None))
            if source is None or best < THIRD:
                continue  # one of the two took it for no source
            articles.add(labels.sha256)
            strict.add(source.type == its_type)
            kind.add(its_type in _types(source))
            identification.add(source.identification == its_identification)
    return _rows(
        f"{len(articles)} articles",
        ("type of source", kind),
        ("type, without second choices", strict),
        ("identification", identification),
    )


def _rows(head: str, *counts: tuple[str, Count]) -> str:
    rows = [f"| {head} | agreement | of |", "|---|---|---|"]
    rows += [f"| {name} | {count.agreed / count.of if count.of else 0:.3f} | {count.of} |" for name, count in counts]
    return "\n".join(rows)


if __name__ == "__main__":
    print(table(read(), read(SECOND)), end="\n\n")
    print(table_with_intervals(read(), read(BLIND)), end="\n\n")
    print(table_of_sources(read(), (FOLDER / "sources.jsonl").read_bytes().splitlines()))
