"""The analysis of any text raises nothing and says nothing that its text does not hold."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from onrecord.analysis.analyzer import Analyzer
from onrecord.article import Article, Block
from tests.analysis.any_text import articles, check_analysis, check_article

pytestmark = pytest.mark.model


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(article=articles())
def test_any_article(analyzer: Analyzer, article: Article) -> None:
    check_article(article, analyzer)


@pytest.mark.parametrize(
    "texts",
    [
        ("",),
        ("", "", ""),
        (" \n\t ",),
        ("“",),
        ("”", "“"),
        ("‘’", "“”", "«»", '""'),
        ("“" * 200 + "”" * 200,),
        ("“‘" * 40 + "Go," + "’”" * 40 + " she said.",),
        ("said said said said “said” said",),
        ("\x00\x01\x02 “\x00” said \x00.",),
        ("🚢" * 30 + " said: “" + "🚢" * 30 + "”",),
        ("\u202e“Go,” said Anna Bell.\u202c",),
        ("“" + "word " * 300 + "”, said Anna Bell.",),
        ("x" * 5000 + " said Anna Bell",),
        ("a" * 30 + " said. " * 80,),
    ],
)
def test_texts_that_hardly_are_any(analyzer: Analyzer, texts: tuple[str, ...]) -> None:
    check_article(Article(tuple(Block(f"b{number}", "paragraph", text) for number, text in enumerate(texts))), analyzer)


def test_an_article_of_many_blocks(analyzer: Analyzer) -> None:
    texts = ["“Go home,” said Anna Bell.", "She said the bridge was shut.", "“And so", "“on.”", ""] * 12
    check_article(Article(tuple(Block(f"b{number}", "paragraph", text) for number, text in enumerate(texts))), analyzer)


def test_no_blocks_at_all(analyzer: Analyzer) -> None:
    article = Article(())
    check_analysis(article, analyzer.analyze(article))
