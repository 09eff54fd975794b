"""The view for a terminal: colours where they are wanted, and no article that writes to the terminal itself."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest

from onrecord.analysis.result import SOURCE_TYPES, Analysis, Anonymity, Claim, Quote, Source
from onrecord.article import Article, Block, Span
from onrecord.formats.labels import POLITICIAN, TYPES
from onrecord.formats.terminal import plain, to_text
from tests.formats.example import ANALYSIS, ARTICLE

# clears the screen, renames the window (twice), a C1 control sequence, moves the cursor, rings, turns the writing round
DANGEROUS = "\x1b[2J \x1b]0;owned\x07 \x9b31m \x90q\x9c \r\x08\x08\x00\x7f \u202egnorw\u2066 a\tb\x0b\x85\u2028c"


def hostile() -> tuple[Article, Analysis]:
    article = Article((Block("b0", "paragraph", f"x{DANGEROUS}x"),), title=DANGEROUS)
    whole = (Span(0, len(article.text)),)
    source = Source(
        id="s1", label=DANGEROUS, type="media", identification="anonymous", anonymity=Anonymity(evidence=whole)
    )
    quotes = (
        Quote(id="q1", kind="direct", content=whole, source="s1"),
        Quote(id="q2", kind="direct", content=whole),
    )
    claim = Claim(id="c1", status="disputed", content=whole, evidence=whole)
    return article, Analysis(sources=(source,), quotes=quotes, claims=(claim,))


def test_it_lists_sources_what_they_say_and_what_is_contested() -> None:
    assert to_text(ARTICLE, ANALYSIS, colour=False) == (
        "Ferry stays in port\n"
        "\n"
        "2 sources, 3 quotes, 2 contested claims\n"
        "\n"
        "Ida Lund, the harbour master  Government, military, courts, police · Named person\n"
        "    The article says: 🚢 “The ferry stays,” said Ida Lund, the *harbour master*, in a statement.\n"
        "    “The ferry stays,”\n"
        "\n"
        "A guard  Witness or person affected · Anonymous, by agreement\n"
        "    The article says: A guard who *feared for his job* denied it.\n"
        "    it.\n"
        "\n"
        "Speaker not found\n"
        "    “We saw it leave. “It was full.”\n"
        "\n"
        "Contested, in the article's own words\n"
        "  Denied by the person concerned\n"
        "    The ferry stays\n"
        "    The article says: A guard who feared for his job *denied it*.\n"
        "  Not backed up, the article says\n"
        "    It was full.\n"
        "    The article says: *Nobody said* who had counted.\n"
    )


def test_there_is_no_escape_sequence_without_colour() -> None:
    assert "\x1b" not in to_text(ARTICLE, ANALYSIS, colour=False)
    assert "\x1b" not in to_text(*hostile(), colour=False)


def test_colour_changes_nothing_but_the_colour() -> None:
    coloured = to_text(ARTICLE, ANALYSIS, colour=True)
    assert re.search(r"\x1b\[1;38;5;\d+mIda Lund", coloured)
    # words that tell are bold, and without colours between asterisks
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == to_text(ARTICLE, ANALYSIS, colour=False).replace("*", "")


def test_every_type_has_a_colour_and_its_label() -> None:
    sources = tuple(
        Source(id=f"s{n}", label=kind, type=kind, identification="described") for n, kind in enumerate(SOURCE_TYPES)
    )
    text = to_text(ARTICLE, Analysis(sources=sources), colour=True)
    for kind, name in (TYPES | {"political": POLITICIAN}).items():
        assert re.search(rf"\x1b\[1;38;5;\d+m{kind}\x1b\[0m  {re.escape(name)}", text)


@pytest.mark.parametrize("colour", [True, False])
def test_the_article_cannot_write_to_the_terminal(colour: bool) -> None:
    text = re.sub(r"\x1b\[(?:\d+;)*\d+m", "", to_text(*hostile(), colour=colour))
    for character in text:
        assert character == "\n" or unicodedata.category(character) not in {"Cc", "Zl", "Zp"}, hex(ord(character))
        assert character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    # taken away, not shown as an escape of some kind: what remains is harmless text
    assert "x[2J ]0;owned" in text


def test_a_text_of_the_article_cannot_pass_for_a_line_of_the_view() -> None:
    assert plain("said\n\nContested,\r\nin \v\f\x1c\x85\u2028words") == "said Contested, in words"


def test_long_quotes_are_wrapped_and_indented() -> None:
    words = "port " * 60
    article = Article((Block("b0", "paragraph", words.strip()),))
    quote = Quote(id="q1", kind="indirect", content=(Span(0, len(article.text)),))
    lines = to_text(article, Analysis(quotes=(quote,)), colour=False).splitlines()[3:]
    assert len(lines) > 2
    assert all(line.startswith("    port") and len(line) <= 100 for line in lines)


def test_figures_agree_in_number() -> None:
    one = replace(ANALYSIS, sources=ANALYSIS.sources[:1], quotes=ANALYSIS.quotes[:1], claims=ANALYSIS.claims[:1])
    assert "1 source, 1 quote, 1 contested claim\n" in to_text(ARTICLE, one, colour=False)
    assert "0 sources, 0 quotes, 0 contested claims\n" in to_text(ARTICLE, Analysis(), colour=False)
