"""Slide shows: one picture with its words is shown, the others wait hidden, and all of them are the article's.

The same rule as the extension's (``content/slides.js``), by what a saved page says of itself: its attributes.
"""

from __future__ import annotations

import re
from typing import Final

import lxml.html

_PICTURE: Final = ".//img | .//picture | .//video | .//amp-img"
# What pages and readers' tools call the show or its slides.
_CALLED: Final = re.compile(
    r"(?:^|[-_\s])(?:slides?|slide-?show|slider|carousel|swiper|gallery)(?=$|[-_\s])", re.IGNORECASE
)
_CAMEL: Final = re.compile(r"([a-z])([A-Z])")
_UNSEEN: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*(?:!important\s*)?;?", re.IGNORECASE)
# Fewer alike boxes are a slide show only if they are called one: two may be a text and a dialogue.
_FEWEST: Final = 3
# A slide holds a picture and some sentences on it, not a chapter.
_LONGEST: Final = 1500
# A hidden box with more of the page's text than this waits for a script that shows the article.
_ARTICLE: Final = 0.3


def reveal(tree: lxml.html.HtmlElement) -> None:
    """Take what hides them from the slides of slide shows, and take other boxes that say ``hidden`` out of the page."""
    hidden = [element for element in tree.iter("div", "section", "li", "figure", "article", "p") if _is_hidden(element)]
    slides = [element for element in hidden if _is_slide(element)]
    whole = _size(tree)
    for element in slides:
        for attribute in ("hidden", "aria-hidden"):
            element.attrib.pop(attribute, None)
        if style := element.get("style"):
            element.set("style", _UNSEEN.sub("", style))
    for element in hidden:
        if element not in slides and element.get("hidden") is not None and _size(element) <= _ARTICLE * whole:
            element.drop_tree()


def _is_slide(element: lxml.html.HtmlElement) -> bool:
    box = element.getparent()
    if box is None or not _is_made(element):
        return False
    slides = [child for child in box if _is_alike(child, element) and _is_made(child)]
    fewest = 2 if _is_called(box) or _is_called(element) else _FEWEST
    return len(slides) >= fewest and not all(map(_is_hidden, slides))


def _is_hidden(element: lxml.html.HtmlElement) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _UNSEEN.search(element.get("style", "")) is not None
    )


def _is_called(element: lxml.html.HtmlElement) -> bool:
    names = f"{element.get('class', '')} {element.get('aria-roledescription', '')}"
    return _CALLED.search(_CAMEL.sub(r"\1-\2", names)) is not None


def _is_alike(one: lxml.html.HtmlElement, other: lxml.html.HtmlElement) -> bool:
    ours, theirs = set(one.get("class", "").split()), set(other.get("class", "").split())
    return one.tag == other.tag and (not (ours or theirs) or bool(ours & theirs))


def _is_made(element: lxml.html.HtmlElement) -> bool:
    return 0 < _size(element) <= _LONGEST and bool(element.xpath(_PICTURE))


def _size(element: lxml.html.HtmlElement) -> int:
    return len("".join(map(str, element.itertext())).strip())
