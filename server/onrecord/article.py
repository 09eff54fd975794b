"""The text model: an article is a row of blocks, and a span is a piece of its text.

Inside Onrecord every offset is a Unicode code point offset into ``Article.text``, half open. ``Article.pieces``
turns such a span into offsets within blocks, and ``Offsets`` into the unit that a caller counts in.
"""

from __future__ import annotations

import bisect
import enum
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

Role = Literal["headline", "paragraph", "blockquote", "list_item", "caption", "other"]
ROLES: tuple[Role, ...] = get_args(Role)

# What stands between two blocks in ``Article.text``. A blank line is what the language model reads as a
# paragraph break, and no block's own text is ever joined to the next one's by it.
BLOCK_SEPARATOR = "\n\n"

# A block that ends like this goes on in the next one: the line was broken after an abbreviation
# (``a U.S.⏎State Department spokesperson``), not after a sentence.
_BROKEN_AFTER = re.compile(
    r"(?:\b(?:U\.S|U\.K|U\.N|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Sen|Rep|Gov|Prof|St|vs)\.|[a-z,])$"
)
_STARTS_SENTENCE = re.compile(r"""["'“‘«(\[]*[A-Z0-9]""")
_WHOLE_SENTENCE = re.compile(r"""[.!?:…]["'”’»)\]]*$""")


class Offsets(enum.StrEnum):
    """The unit in which a caller counts characters."""

    CODE_POINT = "code-point"  # Python
    UTF_16 = "utf-16"  # JavaScript: a character outside the Basic Multilingual Plane counts as two


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of ``Article.text``: code point offsets, half open."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, offset: object) -> bool:
        return isinstance(offset, int) and self.start <= offset < self.end

    def covers(self, other: Span) -> bool:
        """Whether the whole of ``other`` lies in this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like unit of a page, as the caller cut it."""

    id: str
    role: Role
    text: str
    section: int = 0  # blocks of another number tell another story: each post of a live blog has its own


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a span that lies in one block: code point offsets into that block's text, half open."""

    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        """Exactly what stands there."""
        return self.block.text[self.start : self.end]

    def offsets(self, unit: Offsets) -> tuple[int, int]:
        """``(start, end)`` counted in ``unit``."""
        if unit is Offsets.CODE_POINT:
            return self.start, self.end
        before = _utf16_length(self.block.text[: self.start])
        return before, before + _utf16_length(self.text)


def _utf16_length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def meet(some: Iterable[Span], others: Sequence[Span]) -> bool:
    """Whether any span of the one kind shares a character with any of the other."""
    return any(one.overlaps(other) for one in some for other in others)


def code_points(text: str, offset: int, unit: Offsets) -> int:
    """The offset in ``text``, counted in ``unit``, in code points."""
    if unit is Offsets.CODE_POINT:
        return offset
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * offset].decode("utf-16-le", "ignore"))


@dataclass(frozen=True)
class Article:
    """An article as the caller sent it. Blocks keep their order; ids are unique (``ValueError`` otherwise)."""

    blocks: tuple[Block, ...]
    url: str | None = None
    title: str | None = None
    language: str = "und"  # what its maker says (BCP 47); ``und``: its words tell (``analysis.tongues``)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len({block.id for block in self.blocks}) != len(self.blocks):
            raise ValueError("two blocks share an id")
        starts, at = [], 0
        for block in self.blocks:
            starts.append(at)
            at += len(block.text) + len(BLOCK_SEPARATOR)
        object.__setattr__(self, "_starts", tuple(starts))

    @cached_property
    def text(self) -> str:
        """The blocks' texts with ``BLOCK_SEPARATOR`` between them; what every ``Span`` points into."""
        return BLOCK_SEPARATOR.join(block.text for block in self.blocks)

    @cached_property
    def block_spans(self) -> tuple[Span, ...]:
        """Where each block's text lies in ``text``, in order."""
        return tuple(Span(s, s + len(b.text)) for s, b in zip(self._starts, self.blocks, strict=True))

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def block_index(self, offset: int) -> int:
        """The index of the block that holds ``offset`` (or that the separator at ``offset`` follows)."""
        return max(0, bisect.bisect_right(self._starts, offset) - 1)

    def continues(self, index: int) -> bool:
        """Whether block ``index`` goes on with the sentence of the block before it.

        A line break after an abbreviation or in the middle of a clause is an accident of layout. Headlines,
        captions and list items stand by themselves.
        """
        if index <= 0 or index >= len(self.blocks):
            return False
        before, block = self.blocks[index - 1], self.blocks[index]
        if before.section != block.section:
            return False
        if before.role != "paragraph" or block.role != "paragraph" or not block.text.strip():
            return False
        ending = before.text.rstrip()
        if re.search(r"[a-z,]$", ending):
            return not _STARTS_SENTENCE.match(block.text.lstrip()) and len(ending) > 60
        return bool(_BROKEN_AFTER.search(ending))

    @cached_property
    def begun(self) -> tuple[int, ...]:
        """For each block the index of the one in which its sentence begins: its own, unless it ``continues``."""
        found: list[int] = []
        for index in range(len(self.blocks)):
            found.append(found[-1] if self.continues(index) else index)
        return tuple(found)

    def pieces(self, span: Span) -> Iterator[Piece]:
        """The parts of ``span`` block by block, without white space at the ends; empty parts are left out."""
        for index in range(self.block_index(span.start), len(self.blocks)):
            base, block = self._starts[index], self.blocks[index]
            if base >= span.end:
                break
            start, end = max(0, span.start - base), min(len(block.text), span.end - base)
            while start < end and block.text[start].isspace():
                start += 1
            while start < end and block.text[end - 1].isspace():
                end -= 1
            if start < end:
                yield Piece(block, start, end)

    @classmethod
    def from_text(
        cls, text: str, *, url: str | None = None, title: str | None = None, language: str = "und"
    ) -> Article:
        """An article from plain text.

        Paragraphs are parted by blank lines; a text without any is parted at line breaks, unless its lines are all
        broken at one width. A line that goes on with a quotation (``…,” ⏎ said Ann Lee.``) belongs to it. Inside a
        paragraph a line break becomes a space. A short first paragraph with no full stop is the headline.
        """
        return cls(tuple(blocks_of(text)), url=url, title=title, language=language)


# Text broken by its layout: its longest line has between these many letters, and three lines in four end where the
# next word had no room. In letters of different widths, the longest line has more of them than others as wide.
_NARROWEST, _WIDEST, _FULL_LINES, _NARROW_LETTERS = 45, 120, 0.75, 0.9
_GOES_ON = re.compile(r""",["”’'»]+$""")  # what nobody ends a paragraph with
_QUOTED = re.compile(r"""["”’'»]$""")


def blocks_of(text: str) -> Iterable[Block]:
    """The blocks of a plain text; see ``Article.from_text``."""
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text).lstrip("\ufeff")
    if re.search(r"\S[ \t\xa0]*\n[ \t\xa0]*\n\s*\S", text):
        paragraphs = re.split(r"\n[ \t\xa0]*\n", text)
    else:
        paragraphs = _unwrapped([line for line in text.split("\n") if line.strip()])
    kept = _with_attributions([" ".join(p.split("\n")).strip() for p in paragraphs if p.strip()])
    for number, paragraph in enumerate(kept):
        headline = number == 0 and len(kept) > 1 and len(paragraph) < 160 and not _WHOLE_SENTENCE.search(paragraph)
        yield Block(f"b{number}", "headline" if headline else "paragraph", paragraph)


def _unwrapped(lines: list[str]) -> list[str]:
    """The paragraphs of lines that were all broken at one width; the lines themselves if they were not.

    Each line was broken where the next line's first word had no room; a line with room to spare ends a paragraph, as
    does one before an indented line.
    """
    width = max(map(len, lines), default=0)
    if len(lines) < 3 or not _NARROWEST <= width <= _WIDEST:
        return lines
    room = width * _NARROW_LETTERS
    full = [len(line.rstrip()) + 1 + len(after.split()[0]) > room for line, after in itertools.pairwise(lines)]
    within = sum(not _WHOLE_SENTENCE.search(line.rstrip()) for line in lines[:-1])
    if sum(full) < _FULL_LINES * len(full) or within * 2 < len(full):
        return lines
    indented = [line[:1] in {" ", "\t"} for line in lines]
    parted = any(indented) and sum(indented) * 2 <= len(lines)
    paragraphs = [lines[0]]
    for before_is_full, line, starts in zip(full, lines[1:], indented[1:], strict=True):
        if before_is_full and not (parted and starts):
            paragraphs[-1] += "\n" + line.lstrip()
        else:
            paragraphs.append(line)
    return paragraphs


def _with_attributions(paragraphs: list[str]) -> list[str]:
    """Paragraphs with what goes on with them joined to them: a quotation's attribution on a line of its own."""
    kept: list[str] = []
    for paragraph in paragraphs:
        small = paragraph[:1].islower()
        if kept and (_GOES_ON.search(kept[-1]) or (small and _QUOTED.search(kept[-1]))):
            kept[-1] += " " + paragraph
        else:
            kept.append(paragraph)
    return kept
