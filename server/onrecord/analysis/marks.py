"""Quotation marks: which opening mark belongs to which closing mark.

A mark's own shape says less than its surroundings: word processors turn apostrophes the wrong way, and a straight
mark has no direction at all. So each mark is first judged by the characters beside it, then paired within its
block, single marks with a look ahead that tells a closing mark from an apostrophe (``the soldiers’ families``). What
stays open at the end of a block is carried on where the next block re-opens it, or closes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.article import Article, Span

Family = Literal["double", "single"]

_MARK = re.compile(r"``|''|’’|‘‘|[“”„‟«»\"‘’‚‛‹›'`]")
_DOUBLE_OPEN, _DOUBLE_CLOSE = {"“", "„", "«", "‟", "``", "‘‘"}, {"”", "»", "’’"}
_SINGLE_OPEN, _SINGLE_CLOSE = {"‘", "‚", "‹", "‛", "`"}, {"’", "›"}
_OPENS_AFTER = frozenset("([{—–-/…")
_CLOSES_BEFORE = frozenset(")]}—–-/,.;:!?…")
_SENTENCE_MARKS = frozenset(".,!?…;:—–-")

# Words that begin with an apostrophe: an opening-looking mark before them opens nothing.
_ELISION = re.compile(r"(?:\d\ds?|em|til|tis|twas|cause|bout|n|round|cos|neath)\b", re.IGNORECASE)

# A mark within a quotation in single marks is an apostrophe at the end of a word, or of a quotation within it; no
# passage has so many. Without an end, a text of opening marks alone would be looked through once for each.
FURTHEST = 64

# A quotation in double marks that is never closed ends with its block; one in single marks is believed only if it
# starts its block or follows a cue, since a stray apostrophe looks the same.
_BEFORE_UNCLOSED_SINGLE = re.compile(r"(?:^|[:,]\s*)$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of text inside quotation marks, marks included.

    ``spans`` holds one span per paragraph: a quotation that is re-opened at each paragraph is one quotation.
    """

    spans: tuple[Span, ...]
    closed: bool = True
    depth: int = 0  # 1 and more: inside another quotation

    @property
    def start(self) -> int:
        """Where the opening mark stands."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Just past the last closing mark, or the end of the last block if there is none."""
        return self.spans[-1].end


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    family: Family
    opens: bool
    closes: bool
    surely_closes: bool  # stands after sentence punctuation, so it is no apostrophe


@dataclass(slots=True)
class _Pair:
    start: int
    end: int
    family: Family
    closed: bool


def _marks(text: str) -> list[_Mark]:
    found = []
    for match in _MARK.finditer(text):
        mark = _judge(text, match.group(), *match.span())
        if mark is not None:
            found.append(mark)
    return found


def _judge(text: str, shape: str, start: int, end: int) -> _Mark | None:
    """What a mark can be, from its shape and the characters beside it; None for an apostrophe."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    gap_before = before.isspace() or before in _OPENS_AFTER
    gap_after = after.isspace() or after in _CLOSES_BEFORE
    if shape in _SINGLE_OPEN | _SINGLE_CLOSE | {"'"}:
        if before.isalnum() and after.isalnum():
            return None
        beside_double = before in '“”"' or after in '“”"'
        opens = (gap_before or beside_double or before in '“"«') and not after.isspace() and shape not in {"›"}
        if opens and (_ELISION.match(text, end) or (shape in _SINGLE_CLOSE and not before.isspace())):
            opens = False
        if shape in _SINGLE_CLOSE and opens and not after.isalnum():
            opens = False
        closes = shape not in {"‘", "‚", "‹"} and not before.isspace() and not after.isalnum() and start > 0
        if shape == "‘" and not before.isspace() and before not in _OPENS_AFTER and gap_after:
            closes, opens = True, False  # turned the wrong way
        surely = closes and (before in _SENTENCE_MARKS or before in '”"')
        return _Mark(start, end, "single", opens, closes, surely) if opens or closes else None
    if shape == '"' and before.isdigit() and re.search(r"\d['’]\s?\d{1,2}$", text[max(0, start - 6) : start]):
        return None  # inches
    if shape in _DOUBLE_OPEN:
        closes = after.isspace() and not before.isspace() and start > 0
        return _Mark(start, end, "double", not closes, closes, closes)
    if shape in _DOUBLE_CLOSE:
        opens = before.isspace() and not after.isspace()
        return _Mark(start, end, "double", opens, not opens, not opens)
    if gap_before and not gap_after:
        return _Mark(start, end, "double", True, False, False)
    if gap_after and not gap_before:
        return _Mark(start, end, "double", False, True, True)
    return _Mark(start, end, "double", True, True, True)


def _closing_single(marks: list[_Mark], opened: int) -> int | None:
    """The index of the mark that closes the single mark at index ``opened``, or None.

    The first sure closing mark wins. A doubtful one (it may be a plural possessive) wins only where no sure one
    follows before the next opening mark. Marks more than ``FURTHEST`` of them away close nothing.
    """
    doubtful: int | None = None
    double_open = False
    for index in range(opened + 1, min(opened + 1 + FURTHEST, len(marks))):
        mark = marks[index]
        if mark.family == "double":
            if mark.opens and not double_open:
                double_open = True
            elif mark.closes and double_open:
                double_open = False
            elif mark.closes:
                return doubtful  # the double quotation around this one ends
            continue
        if mark.surely_closes:
            return index
        if mark.opens and not mark.closes:
            if doubtful is not None:
                return doubtful
            continue
        if mark.closes and doubtful is None:
            doubtful = index
    return doubtful


def _closes_low(text: str, opened: _Mark, mark: _Mark) -> bool:
    """Whether ``mark`` is the end of a quotation as German, Czech and others set it (``„…“``), and opens nothing."""
    return text[opened.start] == "„" and text[mark.start] == "“" and not text[mark.start - 1].isspace()


def _surplus(marks: list[_Mark]) -> list[int]:
    """For each mark, and for the end, how many more of the double marks from there on only close than only open."""
    found = [0] * (len(marks) + 1)
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        found[index] = found[index + 1] + ((mark.closes - mark.opens) if mark.family == "double" else 0)
    return found


def _pairs(text: str, carried: Family | None = None) -> tuple[list[_Pair], _Pair | None, int | None]:
    """Pair one block's marks.

    ``carried`` is the family of a quotation that the block before left open and that this block does not re-open.
    Returns the pairs, the outermost pair that stays open, and where a carried quotation ends (None: it does not).
    """
    marks, pairs = _marks(text), list[_Pair]()
    surplus = _surplus(marks)
    open_double: _Mark | None = None
    nested_doubles, carried_end, skip_until = 0, None, -1
    single_end: dict[int, int] = {}
    unclosed_single: _Mark | None = None
    for index, mark in enumerate(marks):
        if index <= skip_until and mark.family == "single":
            continue
        if mark.family == "double":
            if open_double is not None:
                if mark.closes or _closes_low(text, open_double, mark):
                    if nested_doubles:
                        nested_doubles -= 1
                    else:
                        pairs.append(_Pair(open_double.start, mark.end, "double", True))
                        open_double = None
                elif mark.opens and text[mark.start] in "“„«":
                    if surplus[index + 1] >= 2:
                        nested_doubles += 1
            elif mark.closes and carried == "double" and carried_end is None and not pairs:
                carried_end = mark.end
            elif mark.opens:
                open_double = mark
        elif mark.opens:
            closing_index = _closing_single(marks, index)
            if closing_index is not None:
                single_end[index] = closing_index
                pairs.append(_Pair(mark.start, marks[closing_index].end, "single", True))
                skip_until = closing_index
            elif not open_double and unclosed_single is None:
                unclosed_single = mark
        elif mark.surely_closes and carried == "single" and carried_end is None and not pairs:
            carried_end = mark.end
    if open_double is not None:
        return pairs, _Pair(open_double.start, len(text.rstrip()), "double", False), carried_end
    if unclosed_single is not None and not any(p.end > unclosed_single.start for p in pairs if p.family == "double"):
        return pairs, _Pair(unclosed_single.start, len(text.rstrip()), "single", False), carried_end
    return pairs, None, carried_end


def quotations(article: Article) -> tuple[Quotation, ...]:
    """The quotations of an article in reading order, an outer one before those inside it."""
    found: list[Quotation] = []
    running: list[Span] = []  # the spans of a quotation that the blocks before left open
    family: Family | None = None
    for block, at in zip(article.blocks, article.block_spans, strict=True):
        if not block.text.strip():
            continue
        reopened = bool(running) and _reopens(block.text, family)
        pairs, left_open, carried_end = _pairs(block.text, None if reopened or not running else family)
        if running:
            if reopened:
                first = min([*pairs, *([left_open] if left_open else [])], key=lambda pair: pair.start, default=None)
                if first is not None and block.text[: first.start].strip() == "":
                    running.append(Span(at.start + first.start, at.start + first.end))
                    if first.closed:
                        found.append(Quotation(tuple(running)))
                        running, family = [], None
                    pairs = [pair for pair in pairs if pair is not first]
                    left_open = None if left_open is first else left_open
            elif carried_end is not None:
                lead = len(block.text) - len(block.text.lstrip())
                running.append(Span(at.start + lead, at.start + carried_end))
                found.append(Quotation(tuple(running)))
                running, family = [], None
            else:
                found.extend(_unclosed(article, running, family))
                running, family = [], None
        found.extend(Quotation((Span(at.start + p.start, at.start + p.end),)) for p in pairs)
        if left_open is not None:
            if running:
                found.extend(_unclosed(article, running, family))
            running, family = [Span(at.start + left_open.start, at.start + left_open.end)], left_open.family
    found.extend(_unclosed(article, running, family))
    return tuple(_with_depth(found))


def _reopens(text: str, family: Family | None) -> bool:
    first = _MARK.match(text.lstrip())
    if first is None or family is None:
        return False
    mark = _judge(text.lstrip(), first.group(), *first.span())
    return mark is not None and mark.family == family and mark.opens


def _unclosed(article: Article, spans: list[Span], family: Family | None) -> Iterator[Quotation]:
    if not spans:
        return
    if family == "single" and len(spans) == 1:
        block = article.block_spans[article.block_index(spans[0].start)]
        if not _BEFORE_UNCLOSED_SINGLE.search(article.text[block.start : spans[0].start]):
            return
        if len(article[spans[0]].split()) < 3:
            return
    yield Quotation(tuple(spans), closed=False)


def _with_depth(found: list[Quotation]) -> Iterator[Quotation]:
    ordered = sorted(found, key=lambda quotation: (quotation.start, -quotation.end))
    around: list[Quotation] = []
    for quotation in ordered:
        around = [outer for outer in around if outer.end > quotation.start]
        yield Quotation(quotation.spans, quotation.closed, len(around))
        around.append(quotation)
