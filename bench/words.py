"""A text as the scores see it: its words, what stands between quotation marks, and the head of a source.

word           A run of letters and digits with apostrophes inside it. All comparisons are between sets of words, so it
               never matters whether a span takes its quotation marks, commas and spaces along. A span has a word if it
               covers at least half of its characters; a span in pieces has the words of all of them.
IoU            The words that two sets share, over the words that either has.
mark           “ ” „ ‟ « » " and the doubled '' and ``. Single quotation marks are never marks here.
segment        From an opening mark to its closing mark inside one line, or to the line's end if it is never closed.
               Curly marks are read by their direction unless the blanks around them contradict it; straight marks by
               the blanks around them, else in turn. A closing mark with nothing open is passed over.
quoted part    Of one piece of a content: the whole piece, if a mark stands at its first character or just before it
               and no other mark inside; otherwise each segment that has at least half of its words in the piece, cut
               to the piece. It is *full* if it has at least 90% of the piece's words, else a part of a mixed quote.
head words     Of a source: the last word before its first comma, bracket, quotation mark, preposition or relative
               pronoun, and the last word of every run of two or more capitalised words.
surname        The last capitalised word of that head, without titles, days, months and a possessive *'s*; of the
               whole source, if its head has none.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from functools import cached_property

Words = frozenset[int]  # numbers of the words of one text
Spans = list[tuple[int, int]]  # code point offsets into it, half open

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
MARK = re.compile(r"[“”„‟«»\"]|''|``")
_ENDS_IN_MARK = re.compile(rf"(?:{MARK.pattern})$")
_OPENING, _CLOSING = "“„«‟", "”»"
_BEFORE_OPENING, _AFTER_CLOSING = "([{—–-/", ")]}—–-,.;:!?/"

FULL = 0.9  # a quoted part with this share of its piece's words is all of it

_AFTER_HEAD = re.compile(
    r"[,;:(—\"“”]|\b(?:of|for|from|in|at|on|with|who|whom|whose|that|which|to|by|as|like|during|after|before|close"
    r"|familiar|including|against|about|among|within|near)\b"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_NO_NAMES = frozenset(
    "mr mrs ms dr prof sir lord sen sens senator rep reps representative gov govs governor gen president judge justice "
    "secretary jr sr ii iii iv the a an "
    "monday tuesday wednesday thursday friday saturday sunday "
    "january february march april may june july august september october november december".split()
)
PRONOUNS = frozenset(
    "he she they it we i you him her them me us his hers their theirs my our your this that these those who one some "
    "many both".split()
)


class Text:
    """The words of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places = [match.span() for match in WORD.finditer(text)]
        self._starts = [start for start, _ in self.places]

    def words(self, spans: Iterable[tuple[int, int]]) -> Words:
        """The words of which ``spans`` cover at least half."""
        found = set()
        for start, end in spans:
            at = max(0, bisect.bisect_right(self._starts, start) - 1)
            while at < len(self.places) and self.places[at][0] < end:
                first, past = self.places[at]
                if 2 * (min(past, end) - max(first, start)) >= past - first:
                    found.add(at)
                at += 1
        return frozenset(found)

    def word(self, number: int) -> str:
        """The word of that number, as it is written."""
        return self.text[slice(*self.places[number])]

    @cached_property
    def segments(self) -> list[Words]:
        """The words between each pair of quotation marks."""
        return [words for span in segments(self.text) if (words := self.words([span]))]

    def quoted(self, piece: tuple[int, int]) -> list[tuple[Words, bool]]:
        """The quoted parts of one piece of a content, and whether each is full."""
        start, end = piece
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        words = self.words([(start, end)])
        if not words:
            return []
        first, last = self.places[min(words)][0], self.places[max(words)][1]
        marked = MARK.search(self.text[start:first]) or _ENDS_IN_MARK.search(self.text[max(0, start - 2) : start])
        if marked and not MARK.search(self.text[first:last]):
            return [(words, True)]
        parts = [(segment & words, segment) for segment in self.segments]
        return [
            (part, len(part) >= FULL * len(words)) for part, segment in parts if part and 2 * len(part) >= len(segment)
        ]

    def heads(self, source: Spans) -> Words:
        """The head words of a source."""
        if not source:
            return frozenset()
        start, end = source[0]
        words = self.words(source)
        before_cut = self.words([(start, start + len(_head(self.text[start:end])))]) or words
        heads = {max(before_cut)} if before_cut else set()
        run: list[int] = []
        for number in sorted(words):
            capital = self.word(number)[:1].isupper()
            if capital and run and number == run[-1] + 1 and not self._parted(run[-1], number):
                run.append(number)
                continue
            if len(run) > 1:
                heads.add(run[-1])
            run = [number] if capital else []
        if len(run) > 1:
            heads.add(run[-1])
        return frozenset(heads)

    def _parted(self, left: int, right: int) -> bool:
        return re.search(r"[,;:()]", self.text[self.places[left][1] : self.places[right][0]]) is not None


def iou(one: Words, other: Words) -> float:
    """What two sets of words share; two empty ones are the same."""
    if not one and not other:
        return 1.0
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def segments(text: str) -> Spans:
    """What stands between quotation marks, the marks included."""
    found: Spans = []
    for line in re.finditer(r"[^\n]+", text):
        opened: int | None = None
        for mark in MARK.finditer(text, line.start(), line.end()):
            before = text[mark.start() - 1] if mark.start() > line.start() else " "
            after = text[mark.end()] if mark.end() < line.end() else " "
            if _opens(mark.group(), before, after, is_open=opened is not None):
                opened = mark.start() if opened is None else opened  # inside an open quotation the outer mark stays
            elif opened is not None:
                found.append((opened, mark.end()))
                opened = None
        if opened is not None:
            found.append((opened, line.end()))
    return found


def _opens(mark: str, before: str, after: str, *, is_open: bool) -> bool:
    if mark in _OPENING or mark == "``":
        return not after.isspace() or before.isspace()
    if mark in _CLOSING:
        return before.isspace() and not after.isspace()
    blank_before = before.isspace() or before in _BEFORE_OPENING
    blank_after = after.isspace() or after in _AFTER_CLOSING
    if blank_before != blank_after:
        return blank_before
    return not is_open


def _head(source: str) -> str:
    first = re.match(r"\W*\w+", source)
    cut = _AFTER_HEAD.search(source, first.end() if first else 0)
    return source[: cut.start()] if cut else source


def surname(source: str) -> str:
    """The surname in a source, in small letters; empty if there is none."""
    for part in (_head(source), source):
        words = [_POSSESSIVE.sub("", match.group()) for match in WORD.finditer(part)]
        words = [word for word in words if word.lower() not in _NO_NAMES]
        names = [
            word
            for number, word in enumerate(words)
            if word[:1].isupper() and word.lower() not in PRONOUNS and (number or len(word) > 1)
        ]
        if names:
            return names[-1].lower()
    return ""
