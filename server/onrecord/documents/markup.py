"""A tree of HTML, or of what trafilatura keeps of it, as blocks: no word runs into the next, no order changes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import lxml.html
from lxml import etree

from onrecord.article import Block, Role

# Elements that stand on lines of their own (HTML Standard, 15.3: display other than inline), and trafilatura's names.
_ROLES: Final[dict[str, Role | None]] = {
    **dict.fromkeys(
        "address article aside body center dd details dialog div dl dt fieldset footer form header hgroup html legend "
        "main nav ol p pre search section summary table tbody td tfoot th thead tr ul "
        "list row cell doc graphic".split(),
        None,
    ),
    **dict.fromkeys("h1 h2 h3 h4 h5 h6 head title".split(), "headline"),
    **dict.fromkeys("blockquote quote".split(), "blockquote"),
    **dict.fromkeys("li item".split(), "list_item"),
    **dict.fromkeys("figcaption caption".split(), "caption"),
}
_BREAKS: Final = frozenset({"br", "lb", "hr"})
_UNSEEN: Final = frozenset(
    "audio canvas datalist iframe map math noscript object script style svg template textarea video "
    "button select input link meta".split()
)

# A name that is an entity even though it came escaped twice; ``&lt;`` is left alone, which the writer may have meant.
_ENTITY = re.compile(r"&(?:amp;)*(#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|(?!lt;|gt;)[a-zA-Z]{2,8}\d{0,2});")
_TAG = re.compile(
    r"<(/?)(p|div|br|h[1-6]|ul|ol|li|blockquote|article|section|figure|table|span|a|strong|em|body|html|head|main)"
    r"(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|/?[a-z][a-z0-9]*[\s/>])", re.IGNORECASE | re.DOTALL)
_WORDPRESS = re.compile(r"<!--\s*/?wp:\w")


def is_page(text: str) -> bool:
    """Whether a text is a whole page of HTML."""
    start = text[:1024].lstrip().lower()
    return start.startswith(("<!doctype html", "<html")) or "<body" in text[:200_000].lower()


def is_markup(text: str) -> bool:
    """Whether a text is a piece of HTML, as fields of content management systems hold it, and not prose about tags."""
    if _WORDPRESS.search(text[:20_000]):
        return True
    sample = text[:50_000]
    tags = list(_TAG.finditer(sample))
    blocks = [tag for tag in tags if tag[2].lower() not in {"span", "a", "strong", "em"}]
    if _OPENS.match(sample):
        return bool(tags)
    closed = {tag[2].lower() for tag in tags if tag[1]}
    breaks = sum(tag[2].lower() == "br" for tag in tags)
    return breaks > 1 or any(not tag[1] and tag[2].lower() in closed for tag in blocks) or "</a>" in sample.lower()


def unescaped(text: str) -> str:
    """The text with entities that were escaped twice as the characters that they name."""
    if "&" not in text:
        return text

    def character(found: re.Match[str]) -> str:
        entity = f"&{found[1]};"
        named = html.unescape(entity)
        return found[0] if named == entity else named

    return _ENTITY.sub(character, text)


def parsed(text: str) -> lxml.html.HtmlElement | None:
    """The tree of a page or a fragment, however deep it is and however long its texts are; None if it has none."""
    # Text goes in as UTF-8: a declaration of another encoding inside it has been heeded, and must not count again.
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        return lxml.html.document_fromstring(data, parser=parser) if data.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def part_at_breaks(tree: lxml.html.HtmlElement) -> None:
    """Make two paragraphs of one that holds two ``<br>`` in a row, which trafilatura takes for one."""
    for paragraph in list(tree.iter("p")):
        current = paragraph
        for child in list(paragraph):
            after = child.getnext()
            if child.tag == "br" and after is not None and after.tag == "br" and not (child.tail or "").strip():
                rest = current.makeelement("p", dict(paragraph.attrib))
                rest.text, after.tail = after.tail, None
                later = list(after.itersiblings())
                current.remove(child)
                current.remove(after)
                rest.extend(later)
                current.addnext(rest)
                current.tail, rest.tail = None, current.tail
                current = rest


@dataclass
class _Walk:
    found: list[tuple[Role, str]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def flush(self, role: Role) -> None:
        text, self.open = "".join(self.open), []
        for paragraph in paragraphs(text):
            self.found.append((role, paragraph))


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a text in which a line feed stands for ``<br>``: two of them part, one is a space.

    A text of many single breaks is one of single breaks throughout: each of its sentences' ends parts.
    """
    for part in re.split(r"\n[\s\u200b]*\n", text):
        lines = [" ".join(line.split()) for line in part.split("\n")]
        lines = [line for line in lines if line]
        ended = sum(bool(_ENDS.search(line)) for line in lines)
        if len(lines) >= 4 and ended >= 0.75 * len(lines):
            yield from lines
        elif lines:
            yield " ".join(lines)


_ENDS = re.compile(r"""[.!?…]["'”’»)\]]*$""")


def pieces(root: etree._Element) -> list[tuple[Role, str]]:
    """Role and text of every block below ``root``, in the order of the page."""
    walk = _Walk()
    # Depth first without recursion: pages are thousands of elements deep.
    stack: list[tuple[etree._Element, Role, bool]] = [(root, "paragraph", False)]
    roles: list[Role] = ["paragraph"]
    while stack:
        element, role, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        block = tag in _ROLES
        if leaving:
            if block:
                walk.flush(role)
                roles.pop()
            if element is not root and element.tail:
                walk.open.append(_spaced(element.tail))
            continue
        stack.append((element, role, True))
        if tag in _BREAKS:
            walk.open.append("\n")
            continue
        if tag in _UNSEEN or not tag:
            continue
        if block:
            walk.flush(roles[-1])
            own = _ROLES[tag]
            role = own if own is not None and roles[-1] == "paragraph" else roles[-1]
            roles.append(role)
            stack[-1] = (element, role, True)
        if element.text:
            walk.open.append(_spaced(element.text))
        stack.extend((child, roles[-1], False) for child in reversed(element))
    walk.flush("paragraph")
    return walk.found


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def blocks(found: Iterable[tuple[Role, str]], *, title: str | None = None) -> list[Block]:
    """The blocks of an article: its title first, and not once more where the text repeats it."""
    made: list[Block] = []
    if title:
        made.append(Block("b0", "headline", title))
    for role, raw in found:
        text = unescaped(raw).strip()
        if text and (not title or _bare(text) != _bare(title)):
            made.append(Block(f"b{len(made)}", role, text))
    return made


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", text.casefold()).split())
