"""The text model: blocks, spans, pieces and their units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Article, Block, Offsets, Role, Span, meet


def article(*texts: str, role: Role = "paragraph") -> Article:
    return Article(tuple(Block(f"b{number}", role, text) for number, text in enumerate(texts)))


def test_blocks_are_joined_by_a_blank_line() -> None:
    assert article("One.", "Two.").text == "One.\n\nTwo."


def test_two_blocks_with_one_id_are_no_article() -> None:
    with pytest.raises(ValueError, match="share an id"):
        Article((Block("a", "paragraph", ""), Block("a", "paragraph", "")))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_is_half_open_and_forward(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_a_span_over_a_block_border_is_cut_into_pieces_without_white_space() -> None:
    found = article("He said: “Go ", " home.”")
    pieces = list(found.pieces(Span(9, len(found.text))))
    assert [(piece.block.id, piece.start, piece.end, piece.text) for piece in pieces] == [
        ("b0", 9, 12, "“Go"),
        ("b1", 1, 7, "home.”"),
    ]


def test_an_emoji_counts_twice_in_utf_16() -> None:
    found = article("🚢 sails")
    piece = next(found.pieces(Span(2, 7)))
    assert piece.offsets(Offsets.CODE_POINT) == (2, 7)
    assert piece.offsets(Offsets.UTF_16) == (3, 8)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("Hard-wrapped\nlines stay.\n\nTogether.", ["Hard-wrapped lines stay.", "Together."]),
        ("\ufeffOne.\r\n\r\n\r\nTwo.\r\n", ["One.", "Two."]),
        ("  \n\n ", []),
    ],
)
def test_plain_text_is_parted_at_blank_lines_or_else_at_line_breaks(text: str, blocks: list[str]) -> None:
    assert [block.text for block in Article.from_text(text).blocks] == blocks


WRAPPED = (
    "The harbour board said on Monday that it had offered to halve the\nlanding fee for two years, "
    "and that the operator had never answered.\n"
    "{indent}“We sent two letters and a fax, and we asked the ministry to call\nthem,” said Joan Pell."
)


@pytest.mark.parametrize("head", ["", "Ferry to stop\n"])
@pytest.mark.parametrize("indent", ["", "    "])
def test_lines_broken_at_one_width_are_one_text(head: str, indent: str) -> None:
    texts = [block.text for block in Article.from_text(head + WRAPPED.format(indent=indent)).blocks]
    assert texts[: bool(head)] == ["Ferry to stop"][: bool(head)]
    first, *more = texts[bool(head) :]
    assert "to halve the landing fee for" in first
    assert bool(more) == bool(indent)
    assert (more or texts)[-1].endswith("the ministry to call them,” said Joan Pell.")


@pytest.mark.parametrize(
    "text",
    [
        "The board met on Monday in Ardley by the sea.\nThe operator of the ferry did not come.\nNobody was there.",
        "Ferries stop\nQuay is shut\nTrains are late\nBuses run",
        "WHO\nsays\nwhat",
    ],
)
def test_lines_that_end_where_their_sentences_do_are_paragraphs(text: str) -> None:
    assert [block.text for block in Article.from_text(text).blocks] == text.split("\n")


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("“The bridge is safe,”", "said Ann Lee.", True),
        ("“The bridge is safe,”", "Senator Ann Lee said.", True),
        ('"Is the bridge safe?"', "asked Ann Lee.", True),
        ("“The bridge is safe.”", "Ann Lee said it was.", False),
        ("It was called a “bridge”", "The town was proud.", False),
    ],
)
def test_an_attribution_on_a_line_of_its_own_belongs_to_its_quotation(
    before: str, between: str, after: str, joined: bool
) -> None:
    texts = [block.text for block in Article.from_text(f"It rained.{between}{before}{between}{after}").blocks]
    assert texts[1:] == ([f"{before} {after}"] if joined else [before, after])


def test_a_short_first_paragraph_without_a_full_stop_is_the_headline() -> None:
    assert [block.role for block in Article.from_text("Bridge shut\n\nIt is shut.").blocks] == ["headline", "paragraph"]
    assert [block.role for block in Article.from_text("It is shut.\n\nBridge shut").blocks] == [
        "paragraph",
        "paragraph",
    ]


@pytest.mark.parametrize(
    ("before", "after", "continues"),
    [
        ("“We are ready,” said a U.S.", "State Department spokesperson.", True),
        ("He spoke to Dr.", "Bell about it.", True),
        ("The bridge is shut.", "It will open.", False),
        ("A line that is long enough to be wrapped in the middle of a clause and then", "goes on.", True),
    ],
)
def test_a_sentence_may_go_on_in_the_next_block(before: str, after: str, continues: bool) -> None:
    assert article(before, after).continues(1) is continues


@given(st.lists(st.text(), max_size=6), st.data())
def test_every_piece_is_what_stands_there_in_both_units(texts: list[str], data: st.DataObject) -> None:
    found = article(*texts)
    start = data.draw(st.integers(0, len(found.text)))
    span = Span(start, data.draw(st.integers(start, len(found.text))))
    for piece in found.pieces(span):
        assert piece.text
        assert piece.text == piece.block.text[piece.start : piece.end]
        first, last = piece.offsets(Offsets.UTF_16)
        units = piece.block.text.encode("utf-16-le", "surrogatepass")
        assert units[2 * first : 2 * last].decode("utf-16-le", "surrogatepass") == piece.text


def test_a_block_that_goes_on_with_a_sentence_has_begun_where_the_sentence_has() -> None:
    assert article("One.", "He told the department’s U.S.", "envoy all of it.", "Two.").begun == (0, 1, 1, 3)


def test_spans_meet_where_they_share_a_character() -> None:
    assert meet((Span(0, 2), Span(5, 9)), (Span(8, 10),))
    assert not meet((Span(0, 2), Span(5, 9)), (Span(2, 5), Span(9, 10)))
    assert not meet((), (Span(0, 1),))
