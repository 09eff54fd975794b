"""The article of a page of HTML, by trafilatura; a piece of HTML is an article as it stands."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import trafilatura

from onrecord.article import Article, Role
from onrecord.documents import boxes, forms, generated, markup, metadata, slides
from onrecord.documents.document import Document, Metadata
from onrecord.errors import NothingToAnalyze


def document(text: str, *, place: str, url: str | None = None) -> Document:
    """The article of a page; raises ``NothingToAnalyze`` where none can be told from the rest."""
    tree = markup.parsed(text)
    if tree is None:
        raise NothingToAnalyze(f"{place} holds no text.")
    told = metadata.of_page(tree)
    metadata.without_claims(tree)
    slides.reveal(tree)
    forms.without_addresses(tree)
    generated.write_marks(tree)
    markup.part_at_breaks(tree)
    seen = forms.of_page(tree)
    boxes.without_names(tree)
    found = trafilatura.bare_extraction(
        tree,
        url=url,
        include_comments=False,
        include_tables=False,
        with_metadata=True,  # the title is part of it
    )
    page = found.as_dict() if found is not None and not isinstance(found, dict) else found
    body = page.get("body") if page else None
    if page is None or body is None:
        raise NothingToAnalyze(f"{place} holds no article that could be told from the rest of the page.")
    known = Metadata(url=url).or_else(told).or_else(_guessed(page))
    made = seen.written(markup.blocks(markup.pieces(body), title=known.title), title=known.title)
    if not any(block.role != "headline" for block in made):
        raise NothingToAnalyze(f"{place} holds no article that could be told from the rest of the page.")
    return Document(Article(tuple(made), url=known.url, title=known.title), known)


def fragment(text: str, *, place: str, known: Metadata | None = None) -> Document:
    """The whole text of a piece of HTML, such as a field of a content management system or an entry of a feed."""
    known = known or Metadata()
    tree = markup.parsed(text)
    if tree is None:
        raise NothingToAnalyze(f"{place} holds no text.")
    generated.write_marks(tree)
    seen = forms.of_page(tree)
    found = markup.pieces(_body(tree))
    if not found:
        raise NothingToAnalyze(f"{place} holds no text.")
    document = of_pieces(found, known)
    blocks = tuple(seen.written(document.article.blocks, title=known.title))
    return replace(document, article=replace(document.article, blocks=blocks))


def of_pieces(found: list[tuple[Role, str]], known: Metadata) -> Document:
    """An article of blocks as ``markup.pieces`` gives them, under its title."""
    return Document(Article(tuple(markup.blocks(found, title=known.title)), url=known.url, title=known.title), known)


def _body(tree: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    body = tree.find("body")
    return tree if body is None else body


def _guessed(page: dict[str, object]) -> Metadata:
    """What trafilatura found out from the page's ``meta`` elements, headings and address."""

    def text(name: str) -> str | None:
        value = page.get(name)
        return value.strip() or None if isinstance(value, str) else None

    authors = text("author")
    return Metadata(
        title=text("title"),
        url=text("url"),
        outlet=text("sitename"),
        published=text("date"),
        authors=tuple(name.strip() for name in authors.split(";") if name.strip()) if authors else (),
    )
