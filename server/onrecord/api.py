"""The interface for programs: ``onrecord.analyze``, ``onrecord.Analyzer`` and what they answer.

Every offset is a Unicode code point offset into ``Analysis.text``, half open, as Python slices count.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from onrecord import documents
from onrecord.analysis import analyzer, result, tongues
from onrecord.article import ROLES, Article, Block, Span
from onrecord.errors import InvalidRequest, NothingToAnalyze
from onrecord.formats import annotation, report, table, wire

Given = str | Article | Iterable[Block]

# A text is HTML if it begins like a page or a fragment of one; a tag further in is a text about HTML.
_HTML = re.compile(
    r"\s*(?:(?P<page><!doctype\s+html|<\?xml|<html[\s>])|<!--|<(?:head|body|main|article|section|div|p|h[1-6])[\s>])",
    re.IGNORECASE,
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis(result.Analysis):
    """What an article says of its sources, quotes and contested claims, with the article. Nothing in it can change."""

    article: Article

    @property
    def text(self) -> str:
        """What every span points into: the blocks' texts, with a blank line between two of them."""
        return self.article.text

    def __getitem__(self, span: Span) -> str:
        """The words of a span."""
        return self.article[span]

    def to_rows(self) -> list[table.Row]:
        """One dict for each quote, contested claim and fact-check, with the same keys, as ``pandas.DataFrame`` takes.

        ``start`` and ``end`` count in ``text``; what is not known is None.
        """
        return table.to_rows(self.article, self)

    def to_dict(self) -> dict[str, Any]:
        """The answer of the wire (``onrecord/1``), with the blocks; here offsets count in each block's own text."""
        return {**wire.encode(self.article, self), "blocks": wire.encode_blocks(self.article)}

    def to_csv(self) -> str:
        """The table for a spreadsheet: no cell is taken for a formula, and offsets count in each block's own text."""
        return table.to_csv(self.article, self)

    def to_jsonld(self) -> dict[str, Any]:
        """A W3C Web Annotation collection."""
        return annotation.to_jsonld(self.article, self)

    def to_html(self, *, outlet: str | None = None, published: str | None = None) -> str:
        """A page of its own: the article with its marks, notes in the margin, sources and contested claims.

        ``outlet`` and ``published`` (a date, or a date and a time, of ISO 8601) are shown where you know them.
        """
        return report.render(self.article, self, outlet=outlet, published=published)


class Analyzer:
    """The analysis for many articles: the language model and the tagger are loaded once, by ``Analyzer()``.

    Raises ``ModelUnavailable`` if the language model is missing or not the one that was pinned. May be used from
    several threads, which wait for each other; for several cores use several processes, or ``onrecord corpus``.
    """

    def __init__(self) -> None:
        self._analyzer = analyzer.Analyzer.load()
        self._lock = threading.Lock()  # the language model's memory zone is one at a time

    def analyze(self, given: Given, *, attitudes: bool = False) -> Analysis:
        """The analysis of a text, of HTML, of blocks, or of an ``Article``.

        ``attitudes`` adds beliefs, plans and wishes, which are no reported speech. Raises ``InvalidRequest`` if
        ``given`` is none of these, ``NothingToAnalyze`` if it holds no text, ``UnsupportedLanguage`` if its words are
        in another language, unless an ``Article`` says that they are in English (``language="en"``). A paragraph in
        another language is left alone.
        """
        article = article_of(given)
        with self._lock:
            found = self._analyzer.analyze(article, include={analyzer.ATTITUDES} if attitudes else ())
        return of_result(article, found)

    def pipe(self, many: Iterable[Given], *, attitudes: bool = False) -> Iterator[Analysis]:
        """The analyses of many articles, one by one and in their order; the first error ends it."""
        for given in many:
            yield self.analyze(given, attitudes=attitudes)


@cache
def _shared() -> Analyzer:
    return Analyzer()


def analyze(given: Given, *, attitudes: bool = False) -> Analysis:
    """The analysis of a text, of HTML, of blocks, or of an ``Article``; see ``Analyzer.analyze``.

    The first call loads the language model, which takes some seconds; later ones use it again.
    """
    return _shared().analyze(given, attitudes=attitudes)


def of_result(article: Article, found: result.Analysis) -> Analysis:
    """The internal answer together with its article."""
    values = {entry.name: getattr(found, entry.name) for entry in fields(found) if entry.init}
    return Analysis(article=article, **values)


def article_of(given: Given) -> Article:
    """What ``Analyzer.analyze`` is given, as an article; raises as that says."""
    if isinstance(given, str):
        _check(given)
        found = _HTML.match(given)
        if found:
            page = given if found["page"] else f"<!doctype html><html><body>{given}</body></html>"
            # a byte order mark tells the reader which encoding this is, whatever the page itself says
            return documents.article_of(b"\xef\xbb\xbf" + page.encode(), place="The HTML")
        article = Article.from_text(given)
    elif isinstance(given, Article):
        article = given
    else:
        try:
            blocks: tuple[object, ...] = tuple(given)
        except TypeError:
            raise InvalidRequest(f"A text, HTML, blocks or an Article can be analysed, not {given!r:.60}.") from None
        kept = tuple(block for block in blocks if isinstance(block, Block) and block.role in ROLES)
        if len(kept) < len(blocks):
            raise InvalidRequest(f"Every block has to be an onrecord.Block, with a role out of {', '.join(ROLES)}.")
        try:
            article = Article(kept)
        except ValueError as error:
            raise InvalidRequest(f"The blocks are not an article: {error}.") from None
    for block in article.blocks:
        _check(block.text)
    if not any(block.text.strip() for block in article.blocks):
        raise NothingToAnalyze("There is no text to analyse.")
    tongues.check(article)
    return article


def _check(text: str) -> None:
    if _SURROGATE.search(text):
        raise InvalidRequest("The text holds half of a character (a lone surrogate), so it is no Unicode text.")
