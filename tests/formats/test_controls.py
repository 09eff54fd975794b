"""No format lets an article write to a terminal: every one is looked at byte by byte."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable

import pytest

from onrecord.analysis.result import Analysis, Anonymity, Claim, Factcheck, Quote, Source
from onrecord.article import Article, Block, Span
from onrecord.formats.annotation import to_jsonld
from onrecord.formats.controls import line, lines, to_html, to_json
from onrecord.formats.report import render
from onrecord.formats.table import to_csv
from onrecord.formats.terminal import to_text
from onrecord.formats.wire import encode, encode_blocks

TURNING = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), *TURNING)]
EVERY = "".join(f"a{control}b " for control in CONTROLS)


def hostile() -> tuple[Article, Analysis]:
    """Every control in every field that a page or a fact-checker fills."""
    article = Article((Block(f"b{EVERY}", "paragraph", f"x{EVERY}x"),), title=EVERY, url=f"https://a.example/{EVERY}")
    whole = (Span(0, len(article.text)),)
    source = Source(
        id="s1", label=EVERY, name=EVERY, organisation=EVERY, type="media", identification="anonymous",
        anonymity=Anonymity(evidence=whole, reason=whole[0], reason_kind="fear"), evidence=whole, mentions=whole,
    )  # fmt: skip
    quote = Quote(id="q1", kind="direct", content=whole, cue=whole, mention=whole[0], source="s1")
    lost = Quote(id="q2", kind="direct", content=whole)
    claim = Claim(id="c1", status="disputed", content=whole, evidence=whole, by="s1")
    check = Factcheck(
        id="f1", content=whole, quote="q1", claim="c1", reviewed=EVERY, publisher=EVERY, rating=EVERY,
        url=f"https://f.example/{EVERY}", date=EVERY,
    )  # fmt: skip
    return article, Analysis(sources=(source,), quotes=(quote, lost), claims=(claim,), factchecks=(check,), model=EVERY)


FORMATS: dict[str, Callable[[Article, Analysis], str]] = {
    "json": lambda article, analysis: to_json({**encode(article, analysis), "blocks": encode_blocks(article)}),
    "indented json": lambda article, analysis: to_json(encode(article, analysis), indent=2),
    "jsonld": lambda article, analysis: to_json(to_jsonld(article, analysis)),
    "csv": to_csv,
    "html": render,
    "text": lambda article, analysis: to_text(article, analysis, colour=False),
}


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_lets_a_control_through(form: str) -> None:
    made = FORMATS[form](*hostile())
    assert "ab" in made or "\\u0007" in made  # the words are there
    for at, character in enumerate(made):
        if character == "\r":
            assert form == "csv", at
            assert made[at + 1] == "\n", at
        elif character not in "\n\t":
            assert unicodedata.category(character) != "Cc", (at, hex(ord(character)))
            assert ord(character) not in TURNING, (at, hex(ord(character)))


@pytest.mark.parametrize("form", FORMATS)
def test_no_byte_of_an_output_is_one_that_a_terminal_obeys(form: str) -> None:
    data = FORMATS[form](*hostile()).encode()
    assert not {*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F} & set(data)
    # C1 in UTF-8 is C2 80 to C2 9F
    assert not [at for at in range(len(data) - 1) if data[at] == 0xC2 and 0x80 <= data[at + 1] <= 0x9F]


def test_json_gives_back_what_was_there() -> None:
    value = {"text": EVERY, "list": [EVERY, {"a": EVERY}]}
    assert json.loads(to_json(value)) == value
    assert json.loads(to_json(value, indent=2)) == value
    assert to_json({"a": "é“😀\u200e"}) == '{"a":"é“😀\u200e"}'


def test_a_page_keeps_the_direction_of_its_words() -> None:
    assert to_html("<p>\u2067שלום\u2069\x1b[2J\x9b</p>\n") == "<p>&#x2067;שלום&#x2069;[2J</p>\n"


def test_text_for_people_loses_them_and_nothing_else() -> None:
    assert lines("a\tb\r\nc\rd\x00e\x1bf\x7fg\x85h\u202ei\u2069j\u200ek") == "a\tb\r\ncdefghij\u200ek"
    assert line("a\tb\r\nc\x07d \u202e e") == "a b cd  e"


@pytest.mark.parametrize("control", CONTROLS)
def test_a_formula_behind_a_control_is_text_all_the_same(control: str) -> None:
    article = Article((Block("b0", "paragraph", control + "=1+1"),))
    quote = Quote(id="q1", kind="direct", content=(Span(0, len(article.text)),))
    row = to_csv(article, Analysis(quotes=(quote,))).split("\r\n", 1)[1]
    assert ",=1+1" not in row
    assert ',"=1+1' not in row
