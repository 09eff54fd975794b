"""Texts made to hold a reader of news up: each kind at any length, for the tests and for ``bench.hostile``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from onrecord.article import Article, Block

LONGEST_BLOCK: Final = 100_000  # what the server takes by default


def _filled(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def one_block(unit: str) -> Callable[[int], Article]:
    """Articles that say ``unit`` over and over, in blocks that are as long as the server takes them."""

    def made(length: int) -> Article:
        text = _filled(unit, length)
        cut = [text[at : at + LONGEST_BLOCK] for at in range(0, length, LONGEST_BLOCK)]
        return Article(tuple(Block(f"b{number}", "paragraph", part) for number, part in enumerate(cut)))

    return made


def many_blocks(unit: str) -> Callable[[int], Article]:
    """Articles in which every ``unit`` is a block."""

    def made(length: int) -> Article:
        count = max(1, length // (len(unit) + 2))
        return Article(tuple(Block(f"b{number}", "paragraph", unit) for number in range(count)))

    return made


def nested(opening: str, closing: str) -> Callable[[int], Article]:
    """Articles with as many ``opening`` as ``closing``, one inside the other."""

    def made(length: int) -> Article:
        depth = max(1, min(length, LONGEST_BLOCK) // (len(opening) + len(closing)))
        return Article((Block("b0", "paragraph", opening * depth + closing * depth),))

    return made


# A kind of text for each way in which a stage can look at everything once more for everything.
KINDS: Final[dict[str, Callable[[int], Article]]] = {
    "ordinary": one_block("Anna Bell, the mayor, said on Friday that it was shut. “We had no choice,” she said. "),
    "quotation marks": one_block("“a” "),
    "opening marks": one_block("“a "),
    "closing marks": one_block("a” "),
    "single marks": one_block("‘a "),
    "apostrophes": one_block("a’ "),
    "straight marks": one_block('"a '),
    "back ticks": one_block("`` "),
    "guillemets": one_block("«a "),
    "marks alone": one_block("“"),
    "marks by turns": one_block("“‘a "),
    "nested marks": nested("“a ", "b” "),
    "nested single marks": nested("‘a ", "b’ "),
    "nested brackets": nested("(a ", "b) "),
    "brackets": one_block("("),
    "square brackets": one_block("[a] "),
    "one word": one_block("a"),
    "one capital word": one_block("A"),
    "one number": one_block("1"),
    "one address": one_block("https://a.b/c?d=e&f"),
    "hyphens": one_block("a-"),
    "dots": one_block("a."),
    "slashes": one_block("a/b"),
    "commas": one_block("a,"),
    "punctuation": one_block("!"),
    "dashes": one_block("— "),
    "combining": one_block("e\u0301\u0302\u0303"),
    "combining alone": one_block("\u0301"),
    "overrides": one_block("\u202ea\u202c "),
    "zero width": one_block("\u200b"),
    "joiners": one_block("👩\u200d"),
    "emoji": one_block("😀"),
    "NUL": one_block("\x00"),
    "NUL between": one_block("a\x00 "),
    "escapes": one_block("\x1b[31m"),
    "spaces": one_block(" a" + " " * 60),
    "line breaks": one_block("a\n"),
    "blank lines": one_block("a\n\n"),
    "tabs": one_block("\t"),
    "Chinese": one_block("你好"),
    "Hebrew": one_block("שלום "),
    "names": one_block("Anna Bell "),
    "new names": one_block("Anna Bell and Tom Okafor and Kim Lee, "),
    "titles": one_block("Mr. Dr. Prof. "),
    "cues": one_block("said "),
    "said that": one_block("he said that "),
    "said by": one_block("“a,” he said. "),
    "who said": one_block("the man who said "),
    "according to": one_block("according to "),
    "ands": one_block("a and "),
    "denials": one_block("He denied the allegations. "),
    "denied blocks": many_blocks("He denied the allegations."),
    "alleged and denied blocks": many_blocks("Police accused Bell of theft. Bell denied it."),
    "claims": one_block("She falsely claimed that it was a hoax. "),
    "of": one_block("the head of "),
    "anonymous": one_block("officials who spoke on condition of anonymity "),
    "labels": many_blocks("BELL: We did."),
    "list items": many_blocks("a"),
    "quoted blocks": many_blocks("“a”"),
    "reopened blocks": many_blocks("“a b c"),
    "broken blocks": many_blocks("the U.S."),
    "short sentences": one_block("A. "),
    "said blocks": many_blocks("“No,” said Bell."),
}
