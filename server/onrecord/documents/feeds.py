"""RSS and Atom with full content, and WordPress exports (WXR), entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from lxml import etree

from onrecord.article import Article
from onrecord.documents import markup, pages
from onrecord.documents.document import Document, Metadata
from onrecord.errors import NothingToAnalyze, OnrecordError

ROOTS = frozenset({"rss", "feed", "RDF"})


def documents(root: etree._Element, *, place: str) -> Iterator[Document | OnrecordError]:
    """The entries that hold a text, in the feed's order; an entry without one is an error in its place."""
    entries = [element for element in root.iter("{*}item", "{*}entry") if _name(element) in {"item", "entry"}]
    channel = _text(_child(root, "channel"), "title") if _name(root) != "feed" else None
    outlet = channel or _text(root, "title")
    wordpress = any("wordpress.org/export" in uri for uri in root.nsmap.values() if uri)
    for number, entry in enumerate(entries, 1):
        if wordpress and (_text(entry, "post_type") or "post") not in {"post", "page"}:
            continue  # attachments, menus and revisions are no articles
        name = f"{place}, entry {number}"
        known = Metadata(
            title=_plain(_text(entry, "title")),
            url=_link(entry),
            outlet=_plain(outlet),
            published=_published(entry),
            authors=tuple(filter(None, map(_plain, _authors(entry)))),
        )
        identifier = _text(entry, "guid") or _text(entry, "id") or known.url
        try:
            found = content(_content(entry), place=name, known=known)
            yield Document(found.article, found.metadata, identifier)
        except OnrecordError as error:
            yield error


def content(text: str, *, place: str, known: Metadata) -> Document:
    """A text that may be plain, HTML, or HTML that was escaped once more."""
    if not text.strip():
        raise NothingToAnalyze(f"{place} holds no text, only a title or a link; fetch the page itself.")
    if not markup.is_markup(text) and "&lt;" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    if markup.is_markup(text):
        return pages.fragment(text, place=place, known=known)
    article = Article.from_text(markup.unescaped(text), url=known.url, title=known.title)
    if known.title:
        found = [(block.role, block.text) for block in article.blocks]
        article = Article(tuple(markup.blocks(found, title=known.title)), url=known.url, title=known.title)
    return Document(article, known)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _children(element: etree._Element | None, name: str) -> list[etree._Element]:
    return [child for child in element if _name(child) == name] if element is not None else []


def _child(element: etree._Element, name: str) -> etree._Element | None:
    found = _children(element, name)
    return found[0] if found else None


def _text(element: etree._Element | None, name: str) -> str | None:
    for child in _children(element, name):
        text = "".join(str(part) for part in child.itertext()).strip()
        if text:
            return text
    return None


def _content(entry: etree._Element) -> str:
    """The longest of what an entry offers as its text; Atom may carry XHTML as elements."""
    offered = []
    for child in entry:
        if _name(child) in {"encoded", "content", "description", "summary"} and not (
            child.get("src") or child.get("url")
        ):
            if "excerpt" in (etree.QName(child).namespace or ""):
                continue
            if child.get("type") == "xhtml":
                offered.append("".join(etree.tostring(part, encoding="unicode", method="html") for part in child))
            else:
                offered.append("".join(str(part) for part in child.itertext()))
    return max(offered, key=len, default="")


def _link(entry: etree._Element) -> str | None:
    for child in _children(entry, "link"):
        address = child.get("href") if child.get("rel") in {None, "alternate"} else None
        address = address or (child.text or "").strip()
        if address.startswith(("http://", "https://")):
            return address
    return None


def _authors(entry: etree._Element) -> Iterator[str | None]:
    for child in entry:
        if _name(child) in {"creator", "author"}:
            yield _text(child, "name") or (child.text or "").strip() or None


def _published(entry: etree._Element) -> str | None:
    for name in ("published", "date", "post_date", "updated"):
        found = _text(entry, name)
        if found and found[:4].isdigit() and not found.startswith("0000"):
            return found
    try:
        return parsedate_to_datetime(_text(entry, "pubDate") or "").isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def _plain(text: str | None) -> str | None:
    return " ".join(markup.unescaped(text).split()) or None if text else None
