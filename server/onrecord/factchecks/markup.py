"""ClaimReview written into a page's elements, as microdata or RDFa, in the shape that JSON-LD has.

Microdata is read as the HTML standard has it (*Microdata*, 5.2.4: values; 5.2.5: names with ``itemref``), of RDFa what
RDFa Lite 1.1 has, and ``rel`` around another item, which older pages write. Readers of both exist (extruct), with an
RDF store behind them; for one kind of item that is a walk over elements.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, Final

import lxml.html
from lxml import etree

_ADDRESSES: Final = {
    "a": "href", "area": "href", "link": "href", "img": "src", "audio": "src", "embed": "src", "iframe": "src",
    "source": "src", "track": "src", "video": "src", "object": "data",
}  # fmt: skip
_DEEPEST: Final = 12  # items within items
_REVIEWS: Final = 1_000  # of one page
_MOST: Final = 5_000  # elements of one item that are looked at


def claim_reviews(page: str) -> Iterator[dict[str, Any]]:
    """Every ClaimReview of a page; one that does not say its own address has the page's (``rel="canonical"``)."""
    folded = page.lower()
    if "claimreview" not in folded or not ("itemscope" in folded or "typeof" in folded):
        return
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    tree = lxml.html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    address = next(iter(tree.xpath("//link[@rel='canonical']/@href")), None)
    every = (
        _item(element, dialect, 0)
        for element in tree.iter(etree.Element)
        for dialect in (Microdata, RDFa)
        if any("ClaimReview" in kind for kind in dialect.types(element))
    )
    for found in itertools.islice(every, _REVIEWS):
        yield found if "url" in found or address is None else {**found, "url": str(address)}


class Microdata:
    """``itemscope``, ``itemtype``, ``itemprop``."""

    @staticmethod
    def types(element: Any) -> list[str]:
        """The types of the item that an element is; none if it is no item."""
        return (element.get("itemtype") or "Thing").split() if element.get("itemscope") is not None else []

    @staticmethod
    def names(element: Any) -> list[str]:
        """The properties whose value an element is."""
        return (element.get("itemprop") or "").split()

    @staticmethod
    def value(element: Any) -> str:
        """The value of an element that is no item."""
        if element.tag == "meta":
            return element.get("content") or ""
        if element.tag in _ADDRESSES:
            return element.get(_ADDRESSES[element.tag]) or ""
        if element.tag in {"data", "meter"}:
            return element.get("value") or ""
        # ``content`` on any element is RDFa's, and common in microdata all the same.
        return element.get("content") or element.get("datetime") or _text(element)

    @staticmethod
    def others(element: Any) -> list[Any]:
        """Elements elsewhere in the page that belong to an item too."""
        named = (element.get("itemref") or "").split()[:20]
        return [found for name in named for found in element.getroottree().xpath("//*[@id=$name]", name=name)[:1]]


class RDFa:
    """``typeof``, ``property``, and ``rel`` around an item."""

    @staticmethod
    def types(element: Any) -> list[str]:
        """The types of the item that an element is; none if it is no item."""
        return (element.get("typeof") or "").split()

    @staticmethod
    def names(element: Any) -> list[str]:
        """The properties whose value an element is."""
        names = element.get("property") or ""
        if not names and element.get("typeof") is not None:
            around = element.getparent()
            names = element.get("rel") or (around.get("rel") if around is not None else None) or ""
        return [name.rpartition(":")[2].rpartition("/")[2] for name in names.split()]

    @staticmethod
    def value(element: Any) -> str:
        """The value of an element that is no item."""
        for name in ("content", "resource", "href", "src", "datetime"):
            if element.get(name) is not None:
                return str(element.get(name))
        return _text(element)

    @staticmethod
    def others(_: Any) -> list[Any]:
        """RDFa has no such thing."""
        return []


def _item(element: Any, dialect: type[Microdata | RDFa], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": dialect.types(element)}
    waiting = [*reversed(element), *reversed(dialect.others(element))]
    looked = 0
    while waiting and looked < _MOST:
        child = waiting.pop()
        looked += 1
        if not isinstance(child.tag, str):
            continue  # a comment
        is_item = bool(dialect.types(child))
        names = dialect.names(child)
        if names:
            value: Any = None
            if not is_item:
                value = dialect.value(child)
            elif depth < _DEEPEST:
                value = _item(child, dialect, depth + 1)
            for name in names:
                had = found.get(name)
                found[name] = value if had is None else [*(had if isinstance(had, list) else [had]), value]
        if not is_item:
            waiting.extend(reversed(child))
    return found


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
