"""Which spans of a text lie at a place, without a look at all of them for each question.

A statement is asked for its neighbours once for each quotation, and a sentence for what is said in it. An article of
nothing but quotations has thousands of both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from onrecord.article import Span

T = TypeVar("T")

# Characters: about a sentence. Each question looks at what lies in the stretches that it touches.
STRETCH = 256


class Places(Generic[T]):
    """Values that each lie at a span. An empty span lies nowhere."""

    def __init__(self, found: Iterable[tuple[Span, T]] = ()) -> None:
        self._stretches: defaultdict[int, list[tuple[int, Span, T]]] = defaultdict(list)
        self._count = 0
        for span, value in found:
            self.add(span, value)

    def add(self, span: Span, value: T) -> None:
        """One more."""
        self._count += 1
        for stretch in range(span.start // STRETCH, (span.end - 1) // STRETCH + 1 if len(span) else 0):
            self._stretches[stretch].append((self._count, span, value))

    def between(self, first: int, past: int) -> list[tuple[Span, T]]:
        """The spans that share a character with ``first`` to ``past``, with their values, in the order given."""
        seen: dict[int, tuple[Span, T]] = {}
        if first >= past:
            return []
        for stretch in range(first // STRETCH, (past - 1) // STRETCH + 1):
            for order, span, value in self._stretches.get(stretch, ()):
                if span.start < past and first < span.end:
                    seen[order] = (span, value)
        return [seen[order] for order in sorted(seen)]

    def any(self, span: Span) -> bool:
        """Whether one of the spans shares a character with ``span``."""
        for stretch in range(span.start // STRETCH, (span.end - 1) // STRETCH + 1 if len(span) else 0):
            if any(span.overlaps(other) for _, other, _ in self._stretches.get(stretch, ())):
                return True
        return False

    def at(self, offset: int) -> list[T]:
        """The values whose span holds the character at ``offset``, in the order given."""
        return [value for _, value in self.between(offset, offset + 1)]
