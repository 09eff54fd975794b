"""Short ways to say what an analysis found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.result import Analysis
from onrecord.article import Article, Block

Reader = Callable[..., "Found"]


class Found:
    """An analysis, said in the article's words."""

    def __init__(self, article: Article, analysis: Analysis) -> None:
        self.article = article
        self.analysis = analysis

    @property
    def said(self) -> list[tuple[str | None, str]]:
        """Each quote as (label of its source, its words)."""
        pairs = []
        for quote in self.analysis.quotes:
            source = self.analysis.source(quote.source)
            words = " … ".join(self.article[span] for span in quote.content)
            pairs.append((source.label if source else None, words))
        return pairs

    @property
    def kinds(self) -> dict[str, tuple[str, str]]:
        """Each source's label with its type and identification."""
        return {source.label: (source.type, source.identification) for source in self.analysis.sources}

    @property
    def contested(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Each claim as (status, its words, its evidence)."""
        return [
            (
                claim.status,
                " … ".join(self.article[span] for span in claim.content),
                tuple(self.article[span] for span in claim.evidence),
            )
            for claim in self.analysis.claims
        ]


@pytest.fixture(scope="session")
def read(analyzer: Analyzer) -> Reader:
    """``read(paragraph, ...)``: the analysis of an article with these paragraphs."""

    def analyse(*texts: str) -> Found:
        article = Article(tuple(Block(f"b{number}", "paragraph", text) for number, text in enumerate(texts)))
        return Found(article, analyzer.analyze(article))

    return analyse
