"""Quotation marks: which opening mark belongs to which closing mark."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.article import Article, Span


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of text inside quotation marks, marks included.

    ``spans`` holds one span per paragraph: a quotation that is re-opened at each paragraph is one quotation.
    """

    spans: tuple[Span, ...]
    closed: bool = True
    depth: int = 0  # 1 and more: inside another quotation


def quotations(article: Article) -> tuple[Quotation, ...]:
    """The quotations of an article in reading order, nested ones after the one that holds them."""
    return ()
