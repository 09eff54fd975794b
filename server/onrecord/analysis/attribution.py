"""Who says what, with which words: acts of attribution found in an article."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from onrecord.analysis.marks import Quotation
from onrecord.analysis.result import QuoteKind
from onrecord.article import Article, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One act of attribution before its speaker is known. Spans point into ``Article.text``."""

    kind: QuoteKind
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    mention: Span | None = None  # the full noun phrase (or pronoun) that names the speaker here
    reported: bool = True  # False: a belief, plan or wish, which goes to ``attitudes``
    confidence: float = 1.0


def attributions(article: Article, doc: Doc, quotations: tuple[Quotation, ...]) -> list[Attribution]:
    """Every act of attribution in reading order."""
    return []
