"""Forms of articles that are more than paragraphs: posts of a live blog, embedded posts, interviews.

What a page says by its looks alone is written into the blocks, as the extension does it (``content/forms.js``): the
number of a live blog's post, the marks of an embedded post, ``Q:`` and ``A:`` before the turns of an interview whose
questions are set in bold or as headings. The page is looked at before its article is cut out, so what was seen there
is found again by its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import lxml.html
from lxml import etree

from onrecord.article import Block

_LINES: Final = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd time blockquote figcaption div section article td".split())
_HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6".split())
_SET: Final = frozenset({"strong", "b", "dt"})

SHORT: Final = 60  # characters of a line that names a time
FEWEST_POSTS: Final = 3  # of a live blog
FEWEST_QUESTIONS: Final = 3  # of an interview
LONGEST_QUESTION: Final = 400
SENTENCE: Final = 40  # characters of a line that says something
# An interview is told in the first person; an explainer that asks questions is not.
_SELF: Final = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|[Mm]e|[Mm]yself)\b")
_OURS: Final = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b")
FIRST_PERSON, WE = 0.34, 0.6  # of the answers
_SPOKE: Final = re.compile(
    r"\b(?:interview(?:ed|s)?|spoke|speaks|talk(?:s|ed)|conversation|asked|told|sat down|q ?& ?a)\b", re.IGNORECASE
)
_QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"]*\"")
_MARKED: Final = re.compile(r"\s*[\"“„«]")
_SIGNED: Final = re.compile(r"[—–-]\s*[^()]{2,60}\(@[\w.]{1,40}\)")
_ASKS: Final = re.compile(r"\?[”’\"')]*$")
_ENDS: Final = re.compile(r"[.!?…:][”’\"'»)\]]*$")
_TIME: Final = re.compile(
    r"(?<![\w.,$€£])(?:\d{1,2}[:h]\d{2}(?:\s?[ap]\.?m\.?)?|\d{1,2}(?:\.\d{2})?\s?[ap]\.?m\.?"
    r"|\d{1,3}\s?(?:m|h|d|min(?:ute)?s?|hours?|hrs?|days?) ago)(?-i:(?![a-z0-9%]))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Forms:
    """What was seen on a page: the post that each line's words stand in, and the lines that are set as questions."""

    posts: dict[str, list[int]] = field(default_factory=dict)  # in the page's order, where words come again
    questions: frozenset[str] = frozenset()

    def written(self, blocks: Sequence[Block], *, title: str | None = None) -> list[Block]:
        """``blocks`` with what the page says by its looks."""
        left = {words: iter(numbers) for words, numbers in self.posts.items()}
        numbered = [replace(block, section=next(left.get(_key(block.text), iter(())), 0)) for block in blocks]
        return _interview(_signed(numbered), self.questions, title or "")


def of_page(tree: lxml.html.HtmlElement) -> Forms:
    """What the looks of a page say; the tree is left as it is."""
    lines = [
        (element, " ".join("".join(map(str, element.itertext())).split()))
        for element in tree.iter(*_LINES)
        if not any(child.tag in _LINES and child.tag != "time" for child in element.iterdescendants())
    ]
    lines = [(element, text) for element, text in lines if text]
    questions = frozenset(
        _key(text)
        for element, text in lines
        if _ASKS.search(text) and len(text) <= LONGEST_QUESTION and _is_set(element)
    )
    return Forms(_posts(lines), questions)


def _key(text: str) -> str:
    return re.sub(r"[^\w]+", "", text).casefold()


def _is_time(element: etree._Element, text: str) -> bool:
    if len(text) > SHORT or _ENDS.search(text):
        return False
    dated = element.tag == "time" or next(element.iter("time"), None) is not None
    return dated or _TIME.search(text) is not None


def _posts(lines: Sequence[tuple[etree._Element, str]]) -> dict[str, list[int]]:
    """Boxes side by side, each with one line that says when it was written, by the words of the lines in them."""
    times: dict[etree._Element, int] = {}
    stamps = [element for element, text in lines if _is_time(element, text)]
    stamps = [element for element in stamps if not any(above in stamps for above in element.iterancestors("p", "div"))]
    for element in stamps:
        for above in (element, *element.iterancestors()):
            times[above] = times.get(above, 0) + 1
    beside: dict[etree._Element | None, list[etree._Element]] = {}
    for element in stamps:
        box = element
        while (above := box.getparent()) is not None and times[above] == 1:
            box = above
        beside.setdefault(box.getparent(), []).append(box)
    for boxes in beside.values():
        inside = {box: number for number, box in enumerate(boxes, 1)}
        found: dict[str, list[int]] = {}
        telling: set[int] = set()
        for element, text in lines:
            box = next((above for above in (element, *element.iterancestors()) if above in inside), None)
            if box is None:
                continue
            found.setdefault(_key(text), []).append(inside[box])
            if len(text) >= SENTENCE and _ENDS.search(text):
                telling.add(inside[box])
        if len(telling) >= FEWEST_POSTS:
            return found
    return {}


def _is_set(element: etree._Element) -> bool:
    """Whether all of a line is set as questions are: as a heading, or in bold."""
    if element.tag in _HEADINGS or element.tag in _SET or any(a.tag in _SET for a in element.iterancestors()):
        return True

    def bare(node: etree._Element) -> bool:
        if (node.text or "").strip():
            return True
        return any((child.tail or "").strip() or (child.tag not in _SET and bare(child)) for child in node)

    return not bare(element)


def _signed(blocks: Sequence[Block]) -> list[Block]:
    """Posts of other sites have no quotation marks, and are quotations all the same."""
    made = list(blocks)
    for at, block in enumerate(blocks):
        if not _SIGNED.match(block.text):
            continue
        first = at
        while (
            first > 0
            and blocks[first - 1].role == "blockquote" == block.role
            and not _SIGNED.match(blocks[first - 1].text)
        ):
            first -= 1
        for number in range(first, at):
            text = made[number].text
            if not _MARKED.match(text):
                closes = number == at - 1 and not text.endswith(("”", '"'))
                made[number] = replace(made[number], text=f"“{text}{'”' if closes else ''}")
    return made


def _interview(blocks: list[Block], questions: frozenset[str], title: str) -> list[Block]:
    """Questions that stand out by their looks, with answers in the first person, are an interview."""
    turns: list[tuple[int, list[int]]] = []
    for at, block in enumerate(blocks):
        if at == 0 and block.role == "headline":
            continue
        if _key(block.text) in questions:
            turns.append((at, []))
        elif turns and block.role not in {"headline", "caption"}:
            turns[-1][1].append(at)
    answered = [(question, answer) for question, answer in turns if answer]
    if len(answered) < FEWEST_QUESTIONS:
        return blocks
    before = blocks[: turns[0][0]]
    if not _SPOKE.search(title) and not any(_SPOKE.search(block.text) for block in before):
        return blocks

    def share(person: re.Pattern[str]) -> float:
        told = [any(person.search(_QUOTED.sub("", blocks[at].text)) for at in answer) for _, answer in answered]
        return sum(told) / len(told)

    if share(_SELF) < FIRST_PERSON and share(_OURS) < WE:
        return blocks
    made = list(blocks)
    for number, (question, answer) in enumerate(answered):
        role = "paragraph" if made[question].role == "headline" else made[question].role
        made[question] = replace(made[question], role=role, text=f"Q: {made[question].text}")
        # what stands below the last answer may be no part of it
        for at in answer[:1] if number == len(answered) - 1 else answer:
            if made[at].role == "paragraph":
                made[at] = replace(made[at], text=f"A: {made[at].text}")
    return made


# The address of a picture or a page, which an embedded post ends with and nobody says.
_ADDRESS: Final = re.compile(r"(?:(?:https?://|pic\.|www\.|t\.co/)\S+|(?:[\w-]+\.)+[a-z]{2,}/\S*)", re.IGNORECASE)
# The same where it is no link, with the space before it.
_ADDRESS_BEHIND: Final = re.compile(r"(?:(?:^|\s)(?:https?://|pic\.twitter\.com/|t\.co/)\S+)+$", re.IGNORECASE)


def without_addresses(tree: lxml.html.HtmlElement) -> None:
    """Take the addresses that embedded posts end with out of block quotations."""
    for box in tree.iter("blockquote"):
        for link in list(box.iter("a")):
            if _ADDRESS.fullmatch("".join(map(str, link.itertext())).strip()):
                link.drop_tree()
        for element in box.iter():
            if element.text:
                element.text = _ADDRESS_BEHIND.sub("", element.text)
            if element is not box and element.tail:
                element.tail = _ADDRESS_BEHIND.sub("", element.tail)
