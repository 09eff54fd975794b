"""Who is *he*: the mentions of attributions resolved to one speaker per person, body or group."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from onrecord.analysis.attribution import Attribution
from onrecord.article import Article, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One person, body or group that speaks."""

    mentions: tuple[Span, ...]  # the fullest first, then in reading order
    label: str
    name: str | None = None  # the proper name of a person or of a body
    person: bool = False  # the name is a person's


def speakers(article: Article, doc: Doc, found: list[Attribution]) -> tuple[list[Speaker], list[int | None]]:
    """The speakers of an article, and for each attribution the index of its speaker, or None: not found."""
    return [], [None] * len(found)
