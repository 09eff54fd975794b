"""Quotation marks: which opens, which closes, what is nested, re-opened or never closed. No model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analysis.marks import quotations
from onrecord.article import Article, Block


def found(*texts: str) -> list[list[str]]:
    """The outer quotations of an article, each as its spans' texts."""
    article = Article(tuple(Block(f"b{number}", "paragraph", text) for number, text in enumerate(texts)))
    return [[article[span] for span in quotation.spans] for quotation in quotations(article) if quotation.depth == 0]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"Go home," said Bell. "Now."', ['"Go home,"', '"Now."']),
        ("“Go home,” said Bell. “Now.”", ["“Go home,”", "“Now.”"]),
        ("‘Go home,’ said Bell. ‘Now.’", ["‘Go home,’", "‘Now.’"]),
        ("'Go home,' said Bell. 'Now.'", ["'Go home,'", "'Now.'"]),
        ("«Go home,» said Bell.", ["«Go home,»"]),
        ("``Go home,'' said Bell.", ["``Go home,''"]),
        ("''Go home,'' said Bell.", ["''Go home,''"]),
        ("„Go home,” said Bell.", ["„Go home,”"]),
    ],
)
def test_every_style_of_marks(text: str, quoted: list[str]) -> None:
    assert [spans[0] for spans in found(text)] == quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("‘I never thought I’d hear it again.’ The bell, though, rang.", ["‘I never thought I’d hear it again.’"]),
        ("'It's the miners' turn, isn't it?' asked Bell.", ["'It's the miners' turn, isn't it?'"]),
        ("The miners’ families and the widows’ fund met. ‘We’re done,’ said Bell.", ["‘We’re done,’"]),
        ("It was the ’90s. ‘Rock ’n’ roll’ll never die,’ he said.", ["‘Rock ’n’ roll’ll never die,’"]),
        ("The town’s mayor and the county’s clerk left the miners’ hall.", []),
    ],
)
def test_an_apostrophe_is_no_mark(text: str, quoted: list[str]) -> None:
    assert [spans[0] for spans in found(text)] == quoted


def test_more_closing_looking_marks_than_opening_ones_shift_nothing() -> None:
    text = "‘It’s ours,’ said Bell. The miners’ hall, the widows’ fund and the twins’ school: ‘They’re all ours.’"
    assert [spans[0] for spans in found(text)] == ["‘It’s ours,’", "‘They’re all ours.’"]


def test_a_quote_in_a_quote_is_not_an_outer_one() -> None:
    assert found("“She told me ‘Go home,’ so I went,” said Bell.") == [["“She told me ‘Go home,’ so I went,”"]]


def test_a_quotation_re_opened_at_each_paragraph_is_one() -> None:
    assert found("“First.", "“Second.", "“Third,” said Bell.") == [["“First.", "“Second.", "“Third,”"]]


def test_an_unclosed_quotation_ends_with_its_block() -> None:
    assert found("Bell said: “We will rebuild it.", "It rained.") == [["“We will rebuild it."]]


def test_a_quotation_over_a_line_break_is_one() -> None:
    assert found("“We are going to mend\nit,” said Bell.") == [["“We are going to mend\nit,”"]]


def test_feet_and_inches_quote_nothing() -> None:
    assert found('The beam is 6\' 2" long and 4" wide.') == []


@given(st.lists(st.text(alphabet="“”‘’\"'«»`ab. ,\n🚢\u202e\x00", max_size=60), max_size=4))
def test_no_text_breaks_it_and_spans_are_in_order(texts: list[str]) -> None:
    article = Article(tuple(Block(f"b{number}", "paragraph", text) for number, text in enumerate(texts)))
    last = 0
    for quotation in quotations(article):
        for span in quotation.spans:
            assert 0 <= span.start < span.end <= len(article.text)
        if quotation.depth == 0:
            assert quotation.start >= last
            last = quotation.end
