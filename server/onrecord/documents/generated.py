"""Quotation marks that a page shows but does not hold: ``<q>``, and ``::before`` and ``::after`` of a style sheet.

They are written into the tree as text, so that a quotation is one for whoever reads the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import cssselect
import lxml.html
from lxml import etree

# Default marks by nesting (CSS Content 3, 3.2; the HTML Standard's style sheet for English).
_DEFAULT: Final = (("“", "”"), ("‘", "’"))
_MARKS: Final = frozenset("\"'“”„‟‘’‚‛«»‹›「」『』")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_STRING = re.compile(r""""((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'""")
_PSEUDO = re.compile(r"::?(before|after)\s*$", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_MOST_RULES: Final = 2000  # a style sheet of a saved page may hold a framework; those rules are not about quotations

Pairs = tuple[tuple[str, str], ...]


def write_marks(tree: lxml.html.HtmlElement) -> None:
    """Put the marks that a browser would generate into the text of ``tree``; ``<q>`` becomes ``<span>``."""
    _from_style_sheets(tree)
    for element in list(tree.iter("q")):
        pairs = _pairs(element)
        depth = sum(1 for parent in element.iterancestors("q", "span") if parent.tag == "q" or parent.get("data-q"))
        if pairs and not _typed(element):
            opening, closing = pairs[min(depth, len(pairs) - 1)]
            _before(element, opening)
            _after(element, closing)
        element.set("data-q", "q")
    for element in tree.xpath("//q"):
        element.tag = "span"  # trafilatura takes a <q> out of its sentence


def _typed(element: etree._Element) -> bool:
    """Whether marks are typed inside the element, or around it, or already written by a style sheet."""
    inside = "".join(str(part) for part in element.itertext()).strip()
    if inside and inside[0] in _MARKS and inside[-1] in _MARKS:
        return True
    before, after = _text_before(element).rstrip(), (element.tail or "").lstrip()
    return bool(before and after and before[-1] in _MARKS and after[0] in _MARKS)


def _text_before(element: etree._Element) -> str:
    earlier = element.getprevious()
    if earlier is not None:
        return earlier.tail or ""
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""


def _before(element: etree._Element, mark: str) -> None:
    element.text = mark + (element.text or "").lstrip()


def _after(element: etree._Element, mark: str) -> None:
    if len(element):
        last = element[-1]
        last.tail = (last.tail or "").rstrip() + mark
    else:
        element.text = (element.text or "").rstrip() + mark


def _pairs(element: etree._Element) -> Pairs | None:
    """The marks of a ``<q>``: by ``quotes`` on it or the nearest element above; None where a style takes them away."""
    node: etree._Element | None = element
    while node is not None:
        given = node.get("data-quotes") or _declarations(node.get("style") or "").get("quotes")
        if given:
            return _as_pairs(given)
        node = node.getparent()
    return _DEFAULT


def _as_pairs(value: str) -> Pairs | None:
    if value.strip().lower() == "none":
        return None
    strings = _strings(value)
    return tuple(zip(strings[::2], strings[1::2], strict=False)) or _DEFAULT


def _strings(value: str) -> list[str]:
    return [_plain(double if double is not None else single) for double, single in _found(value)]


def _found(value: str) -> Iterator[tuple[str | None, str]]:
    for match in _STRING.finditer(value):
        yield match[1], match[2] or ""


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)) if found[1] else found[2], text)


def _declarations(body: str) -> dict[str, str]:
    named = (part.partition(":") for part in body.split(";"))
    return {name.strip().lower(): value.replace("!important", "").strip() for name, colon, value in named if colon}


def _from_style_sheets(tree: lxml.html.HtmlElement) -> None:
    rules = 0
    for sheet in tree.iter("style"):
        for selectors, body in _RULE.findall(_COMMENT.sub("", sheet.text or "")):
            if "quotes" not in body and "content" not in body:
                continue
            rules += 1
            if rules > _MOST_RULES:
                return
            found = _declarations(body)
            for selector in selectors.split(","):
                _apply(tree, selector.strip(), found)


def _apply(tree: lxml.html.HtmlElement, selector: str, found: dict[str, str]) -> None:
    pseudo = _PSEUDO.search(selector)
    bare = _PSEUDO.sub("", selector).strip() or "*"
    content = found.get("content", "")
    if not pseudo and "quotes" in found:
        for element in _selected(tree, bare):
            element.set("data-quotes", found["quotes"])
    if not pseudo or not content:
        return
    for element in _selected(tree, bare):
        if element.tag == "q" and content in {"none", "normal", '""', "''", "no-open-quote", "no-close-quote"}:
            element.set("data-quotes", "none")
            continue
        mark = _mark(element, content)
        if not mark or _typed(element):
            continue
        if element.tag == "q":
            element.set("data-quotes", "none")  # this rule replaces the marks that a <q> has by itself
        inner = _innermost(element, first=pseudo[1].lower() == "before")
        (_before if pseudo[1].lower() == "before" else _after)(inner, mark)


def _mark(element: etree._Element, content: str) -> str:
    """The quotation mark that ``content`` generates; nothing else is generated text that belongs to the words."""
    if content in {"open-quote", "close-quote"}:
        pairs = _pairs(element)
        return pairs[0][content == "close-quote"] if pairs else ""
    text = "".join(_strings(content)).strip()
    return text if text and all(character in _MARKS for character in text) else ""


def _innermost(element: etree._Element, *, first: bool) -> etree._Element:
    """Of a box that holds paragraphs, the paragraph beside which the mark stands."""
    while True:
        children = [child for child in element if child.tag in {"p", "div", "blockquote"}]
        if (
            not children
            or (first and (element.text or "").strip())
            or (not first and (children[-1].tail or "").strip())
        ):
            return element
        element = children[0 if first else -1]


def _selected(tree: lxml.html.HtmlElement, selector: str) -> list[etree._Element]:
    try:
        return [found for found in tree.cssselect(selector) if isinstance(found.tag, str)]
    except (cssselect.SelectorError, etree.XPathError, ValueError):
        return []
