"""The two formats in which agencies hand on stories: NewsML-G2 and ninjs (both IPTC); older NewsML 1 and NITF too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from onrecord.documents import feeds, markup, pages
from onrecord.documents.document import Document, Metadata
from onrecord.errors import NothingToAnalyze, OnrecordError

ROOTS = frozenset({"newsItem", "newsMessage", "packageItem", "NewsML", "nitf"})


def is_ninjs(value: Any) -> bool:
    """Whether a JSON value is an item of ninjs (1.x: ``body_xhtml``; 2 and 3: ``bodies``)."""
    return (
        isinstance(value, dict)
        and "uri" in value
        and any(name == "bodies" or name.startswith("body_") for name in value)
    )


def of_ninjs(value: dict[str, Any], *, place: str) -> Document:
    """The story of one item of ninjs; raises ``NothingToAnalyze``."""
    headlines = [entry.get("value") for entry in _dicts(value.get("headlines"))]
    headline = next((text for text in [value.get("headline"), *headlines, value.get("title")] if _string(text)), None)
    bodies = [(entry.get("contentType") or entry.get("contenttype") or "", entry.get("value"))
              for entry in _dicts(value.get("bodies"))]  # fmt: skip
    bodies += [(name, text) for name, text in sorted(value.items(), reverse=True) if name.startswith("body_")]
    texts = [text for _, text in sorted(bodies, key=lambda body: "html" not in str(body[0])) if isinstance(text, str)]
    organisations = [entry.get("name") for entry in _dicts(value.get("infosources"))]
    known = Metadata(
        title=headline,
        url=_first(value.get("altlang_url"), value.get("url")),
        outlet=_first(value.get("source"), *organisations, value.get("copyrightholder"), value.get("copyrightHolder")),
        published=_first(value.get("firstcreated"), value.get("firstCreated"), value.get("versioncreated"),
                         value.get("versionCreated")),
        authors=(value["byline"],) if _string(value.get("byline")) else (),
    )  # fmt: skip
    if not any(map(_string, texts)):
        raise NothingToAnalyze(f"{place} is an item of ninjs without a body.")
    found = feeds.content(next(filter(_string, texts)), place=place, known=known)
    return Document(found.article, found.metadata, _first(value.get("uri")))


def documents(root: etree._Element, *, place: str) -> Iterator[Document | OnrecordError]:
    """The stories of a NewsML-G2 item or message, of NewsML 1, or of NITF."""
    items = list(root.iter("{*}newsItem", "{*}NewsItem")) or [root]
    for number, item in enumerate(items, 1):
        name = f"{place}, item {number}"
        try:
            yield _story(item, name)
        except OnrecordError as error:
            yield error


def _story(item: etree._Element, place: str) -> Document:
    known = Metadata(
        title=_text(item, "headline", "HeadLine", "hl1"),
        outlet=_text(item, "provider", "infoSource", "ProviderName") or _literal(item, "provider", "infoSource"),
        published=_text(item, "contentCreated", "firstCreated", "versionCreated", "DateAndTime", "story.date"),
        authors=tuple(filter(None, [_text(item, "by", "ByLine", "byttl")])),
    )
    inline = _text(item, "inlineData")
    if inline:
        found = feeds.content(inline, place=place, known=known)
    else:
        body = next(item.iter("{*}body.content", "{*}body", "{*}DataContent"), None)
        if body is None:
            raise NothingToAnalyze(f"{place} holds no text, as items for pictures do not.")
        for element in body.iter():
            if isinstance(element.tag, str):
                element.tag = etree.QName(element).localname.lower()
        text = markup.pieces(body)
        if not text:
            raise NothingToAnalyze(f"{place} holds no text.")
        found = pages.of_pieces(text, known)
    return Document(found.article, found.metadata, item.get("guid") or _text(item, "PublicIdentifier"))


def _text(item: etree._Element, *names: str) -> str | None:
    for name in names:
        for element in item.iter(f"{{*}}{name}"):
            text = " ".join("".join(str(part) for part in element.itertext()).split())
            if text:
                return text
    return None


def _literal(item: etree._Element, *names: str) -> str | None:
    for element in item.iter(*(f"{{*}}{name}" for name in names)):
        value: str | None = element.get("literal") or element.get("qcode")
        if value:
            return value
    return None


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _string(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _first(*values: Any) -> str | None:
    return next((value for value in values if _string(value)), None)
