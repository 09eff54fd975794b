"""Contested claims: what the article itself words as denied, disputed, unsubstantiated, alleged or open."""

from __future__ import annotations

from spacy.tokens import Doc

from onrecord.analysis.marks import Quotation
from onrecord.analysis.result import Claim, Quote, Source
from onrecord.article import Article


def claims(
    article: Article,
    doc: Doc,
    quotations: tuple[Quotation, ...],
    quotes: tuple[Quote, ...],
    sources: tuple[Source, ...],
) -> tuple[Claim, ...]:
    """The contested claims in reading order, each with its evidence."""
    return ()
