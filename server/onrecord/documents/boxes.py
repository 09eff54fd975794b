"""Names of boxes that must not speak against the sentences in them.

Trafilatura throws a box away whose class or id holds a word such as *teaser*, *sidebar* or *share*. Such a name says
little about a paragraph (an id is often made of its words), and nothing about a box that holds sentences and few links.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import lxml.html

_PARAGRAPHS: Final = frozenset({"p", "blockquote", "h1", "h2", "h3", "h4", "q", "em", "strong"})
_BOXES: Final = frozenset({"div", "section", "article", "main", "figure", "span", "ul", "ol"})
# Names that are believed whatever is in the box: what readers and machines write, and what is sold.
_APART: Final = re.compile(
    r"comment|disqus|respond|footer|newsletter|subscri|related|recommend|promo|cookie|consent|author|bio\b|byline"
    r"|caption|credit|advert|\bads?\b|sponsor|donat|outbrain|taboola|hidden|modal|popup|nav|menu|breadcrumb|social-share",
    re.IGNORECASE,
)
_SPEAKER: Final = re.compile("author|byline", re.IGNORECASE)
# Names by which trafilatura finds where the article is; one that several boxes bear does not say where.
_GOOD: Final = re.compile(
    r"(?:entry|post|article|story|main|page|news|text|blog)[-_]*(?:content|body|text|inner|main)|^content$|articlebody"
    r"|^(?:article|post|entry|story)$",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[.!?…][”’\"')\]]*$")
SENTENCE: Final = 60  # characters of a line that says something
FEWEST: Final = 2  # sentences that speak for their box; one does for a section, and for an embedded post
LINKS: Final = 0.3  # the largest share of links among what is read as text


def without_names(tree: lxml.html.HtmlElement) -> None:
    """Take class and id from paragraphs, and from boxes of sentences that are not known to stand apart."""
    for quotation in tree.iter("blockquote"):
        for element in quotation.iterdescendants("footer", "cite", "p", "div", "span"):
            # Under a quotation this is who said it, and neither the foot of the page nor who wrote the article.
            element.tag = "div" if element.tag == "footer" else element.tag
            if _SPEAKER.search(element.get("class", "")):
                element.attrib.pop("class")
    text: dict[lxml.html.HtmlElement, list[int]] = {}  # of each box: sentences, characters of text, of links
    for paragraph in tree.iter("p"):
        words = " ".join("".join(map(str, paragraph.itertext())).split())
        links = sum(len("".join(map(str, link.itertext()))) for link in paragraph.iter("a"))
        told = len(words) >= SENTENCE and _SENTENCE.search(words) is not None
        for box in paragraph.iterancestors():
            own = text.setdefault(box, [0, 0, 0])
            own[0] += told
            own[1] += len(words)
            own[2] += links
    borne = Counter(
        name
        for element in tree.iter(*_BOXES)
        for name in {*(element.get("id") or "").split(), *(element.get("class") or "").split()}
    )
    for element in tree.iter(*_PARAGRAPHS, *_BOXES):
        called = f"{element.get('id', '')} {element.get('class', '')}"
        if not called.strip():
            continue
        if element.tag not in _PARAGRAPHS or element.tag == "blockquote":
            sentences, characters, links = text.get(element, (0, 0, 0))
            fewest = 1 if element.tag == "section" or element.find(".//blockquote") is not None else FEWEST
            if sentences < fewest or links > LINKS * characters or _APART.search(called):
                continue
        elif element.tag != "p" or _APART.search(element.get("class", "")):
            continue
        for attribute in ("id", "class"):
            kept = [name for name in (element.get(attribute) or "").split() if _GOOD.search(name) and borne[name] == 1]
            if kept and element.tag not in _PARAGRAPHS:
                element.set(attribute, " ".join(kept))
            else:
                element.attrib.pop(attribute, None)
