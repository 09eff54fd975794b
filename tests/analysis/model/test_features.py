"""What the tagger is told of words: on documents built by hand, with no language model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import Whitespace

from onrecord.analysis.marks import quotations
from onrecord.analysis.model import features
from onrecord.analysis.model.features import (
    BLOCKS,
    CASES,
    CLS,
    DEPENDENCIES,
    FEATURE_SIZES,
    LONGEST_WORD,
    PAIR_SIZES,
    PLACES,
    QUOTES,
    SEP,
    TAGS,
    UNKNOWN,
    WAYS,
    Pieces,
    Words,
    pairs,
    rows,
    ways,
    windows,
    words,
)
from onrecord.article import Article, Block

KNOWN = ["said", "bell", "the", "bridge", "is", "shut", "a", "##a", ",", ".", "“", "”"]
VOCABULARY = {"[UNK]": UNKNOWN, **{piece: 1000 + number for number, piece in enumerate(KNOWN)}}


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    """Of a vocabulary of a dozen word pieces."""
    made = Tokenizer(WordPiece(VOCABULARY, unk_token="[UNK]", max_input_chars_per_word=100))
    made.pre_tokenizer = Whitespace()
    return Pieces(made)


def array(values: list[int]) -> features.Ints:
    return np.array(values, dtype=np.int64)


def made_of(sizes: list[list[list[int]]]) -> Words:
    """Words of which only this is said: blocks of sentences of words, each word as the number of its word pieces."""
    flat = [(b, s, n) for b, block in enumerate(sizes) for s, sentence in enumerate(block) for n in sentence]
    count = len(flat)
    numbers: dict[tuple[int, int], int] = {}
    sentence = [numbers.setdefault((b, s), len(numbers)) for b, s, _ in flat]
    zero = array([0] * count)
    return Words(
        index=array(list(range(count))),
        start=array(list(range(0, 2 * count, 2))),
        end=array(list(range(1, 2 * count + 1, 2))),
        case=zero,
        place=zero,
        tag=zero,
        dependency=zero,
        head=array(list(range(count))),
        sentence=array(sentence),
        block=array([b for b, _, _ in flat]),
        quotation=array([-1] * count),
        pieces=[[1000] * n for _, _, n in flat],
    )


def columns(found: Words, first: int, past: int) -> int:
    return rows(found, first, past)[0].shape[1]


# -- windows ---------------------------------------------------------------------------------------------------------


def test_blocks_that_fit_share_a_window() -> None:
    found = made_of([[[1, 1]], [[1, 1]], [[1, 1]]])
    assert list(windows(found, longest=10)) == [(0, 6)]
    assert columns(found, 0, 6) == 10
    assert list(windows(found, longest=9)) == [(0, 4), (4, 6)]


def test_a_window_holds_whole_blocks() -> None:
    found = made_of([[[1] * 4], [[1] * 4], [[1] * 4]])
    assert list(windows(found, longest=12)) == [(0, 8), (8, 12)]
    assert list(windows(found, longest=8)) == [(0, 4), (4, 8), (8, 12)]


def test_a_block_too_long_is_cut_at_the_last_sentence_end_that_fits() -> None:
    found = made_of([[[1] * 3, [1] * 3, [1] * 5]])
    assert list(windows(found, longest=10)) == [(0, 6), (6, 11)]


def test_a_sentence_too_long_is_cut_anywhere() -> None:
    found = made_of([[[1] * 20]])
    spans = list(windows(found, longest=10))
    assert spans[0][0] == 0
    assert spans[-1][1] == 20
    assert all(columns(found, first, past) <= 10 for first, past in spans)


def test_long_words_count_by_their_pieces() -> None:
    found = made_of([[[6], [6], [6]]])
    assert list(windows(found, longest=14)) == [(0, 2), (2, 3)]


def test_no_words_no_window() -> None:
    assert list(windows(made_of([]))) == []


SIZES = st.lists(
    st.lists(st.lists(st.integers(1, LONGEST_WORD), min_size=1, max_size=12), min_size=1, max_size=4), max_size=6
)


@settings(deadline=None)
@given(SIZES, st.integers(LONGEST_WORD + 2, 40))
def test_every_word_is_in_exactly_one_window_that_is_not_too_long(sizes: list[list[list[int]]], longest: int) -> None:
    found = made_of(sizes)
    spans = list(windows(found, longest=longest))
    assert [word for first, past in spans for word in range(first, past)] == list(range(len(found)))
    for first, past in spans:
        assert columns(found, first, past) <= longest


@settings(deadline=None)
@given(SIZES, st.integers(LONGEST_WORD + 2, 40))
def test_a_block_that_fits_is_never_cut(sizes: list[list[list[int]]], longest: int) -> None:
    found = made_of(sizes)
    borders = {first for first, _ in windows(found, longest=longest)} - {0}
    for border in borders:
        if found.block[border] == found.block[border - 1]:
            block = np.flatnonzero(found.block == found.block[border])
            assert columns(found, int(block[0]), int(block[-1]) + 1) > longest


# -- rows ------------------------------------------------------------------------------------------------------------


def test_rows_begin_and_end_with_their_marks_and_part_blocks() -> None:
    found = made_of([[[1, 2]], [[3]]])
    made, begins = rows(found, 0, 3)
    assert made.shape == (5, 9)
    assert made[0].tolist() == [CLS, 1000, 1000, 1000, SEP, 1000, 1000, 1000, SEP]
    assert begins.tolist() == [1, 2, 5]
    separators = made[0] != 1000
    assert (made[1:, separators] == 0).all()
    assert (made[1:, ~separators] == 1).all()


def test_rows_of_a_later_window_count_from_its_start() -> None:
    found = made_of([[[1, 2]], [[3]]])
    made, begins = rows(found, 1, 3)
    assert made[0].tolist() == [CLS, 1000, 1000, SEP, 1000, 1000, 1000, SEP]
    assert begins.tolist() == [1, 4]


# -- words -----------------------------------------------------------------------------------------------------------
#
# “The bridge is shut,” said Bell.⏎⏎It rained.

SENTENCE = ["“", "The", "bridge", "is", "shut", ",", "”", "said", "Bell", ".", "\n\n", "It", "rained", "."]
SPACES = [False, True, True, True, False, False, True, True, False, False, False, True, False, False]
HEADS = [7, 2, 3, 7, 3, 7, 7, 7, 7, 7, 9, 12, 12, 12]
DEPS = [
    "punct", "det", "nsubj", "ccomp", "acomp", "punct", "punct", "ROOT", "nsubj", "punct", "dep",
    "nsubj", "ROOT", "punct",
]  # fmt: skip
PARTS = ["``", "DT", "NN", "VBZ", "JJ", ",", "''", "VBD", "NNP", ".", "_SP", "PRP", "VBD", "."]
ARTICLE = Article((Block("a", "paragraph", "“The bridge is shut,” said Bell."), Block("b", "paragraph", "It rained.")))


@pytest.fixture(scope="module")
def read(pieces: Pieces) -> Words:
    doc = Doc(English().vocab, words=SENTENCE, spaces=SPACES, heads=HEADS, deps=DEPS, tags=PARTS)
    assert doc.text == ARTICLE.text
    return words(ARTICLE, doc, quotations(ARTICLE), pieces)


def test_white_space_is_no_word(read: Words) -> None:
    assert len(read) == 13
    assert read.index.tolist() == [*range(10), 11, 12, 13]
    assert [ARTICLE.text[start:end] for start, end in zip(read.start, read.end, strict=True)] == [
        text for text in SENTENCE if text.strip()
    ]


def test_heads_are_positions_among_the_words(read: Words) -> None:
    assert read.head.tolist() == [7, 2, 3, 7, 3, 7, 7, 7, 7, 7, 11, 11, 11]


def test_cases_tags_and_dependencies(read: Words) -> None:
    names = [CASES[number] for number in read.case]
    assert names[:4] == ["mark", "title", "lower", "lower"]
    assert [TAGS[number] for number in read.tag] == [part for part in PARTS if part != "_SP"]
    assert [DEPENDENCIES[number] for number in read.dependency][:4] == DEPS[:4]


def test_places_and_quotations(read: Words) -> None:
    assert [PLACES[number] for number in read.place] == (
        ["opens", *["double"] * 5, "closes", *["outside"] * 6]
    )  # fmt: skip
    assert read.quotation.tolist() == [0] * 7 + [-1] * 6
    assert read.block.tolist() == [0] * 10 + [1] * 3


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("bell", "lower"), ("Bell", "title"), ("A", "title"), ("BELL", "upper"), ("McBell", "mixed"), ("3.5", "number"),
        ("A4", "number"), ("“", "mark"), ("--", "mark"), ("O’Neill", "other"), ("U.S.", "upper"), ("你好", "mixed"),
    ],
)  # fmt: skip
def test_case_classes(text: str, case: str) -> None:
    assert CASES[features._case(text)] == case


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("“Go”", ["opens", "double", "double", "closes"]),
        ("‘Go’", ["opens", "single", "single", "closes"]),
        ("``Go''", ["opens", "double", "double", "double", "double", "closes"]),
        ("Go", ["outside", "outside"]),
    ],
)
def test_places_of_every_character(text: str, place: list[str]) -> None:
    article = Article((Block("a", "paragraph", text),))
    made, number = features.places(article, quotations(article))
    assert [PLACES[value] for value in made] == place
    assert (number >= 0).tolist() == [name != "outside" for name in place]


def test_words_in_a_quote_in_a_quote_belong_to_the_outer_one() -> None:
    article = Article((Block("a", "paragraph", "“I said ‘Go on,’ and so,” said Bell. “Yes.”"),))
    made, number = features.places(article, quotations(article))
    assert PLACES[made[article.text.index("on")]] == "nested"
    assert number[article.text.index("on")] == number[article.text.index("and so")] == 0
    assert number[article.text.index("Yes")] == 1
    assert number[article.text.index("said Bell")] == -1


def test_words_that_were_cut_before_are_cut_alike(pieces: Pieces, monkeypatch: pytest.MonkeyPatch) -> None:
    first = pieces.of(["bell", "aa", "bell"])
    assert first == pieces.of(["bell", "aa", "bell"]) == [[1001], [1006, 1007], [1001]]
    monkeypatch.setattr(features, "MOST_WORDS", 1)
    assert pieces.of(["the", "aa"]) == [[1002], [1006, 1007]]


def test_a_long_word_keeps_its_first_pieces_only(pieces: Pieces) -> None:
    article = Article((Block("a", "paragraph", "aaaaaaaaaa zzz said"),))
    doc = Doc(
        English().vocab,
        words=["aaaaaaaaaa", "zzz", "said"],
        heads=[2, 2, 2],
        deps=["dep"] * 3,
        spaces=[True, True, False],
    )
    found = words(article, doc, (), pieces)
    assert found.pieces == [
        [VOCABULARY["a"]] + [VOCABULARY["##a"]] * (LONGEST_WORD - 1),
        [UNKNOWN],
        [VOCABULARY["said"]],
    ]


def test_a_tag_that_nobody_has_heard_of_is_the_first(pieces: Pieces) -> None:
    article = Article((Block("a", "paragraph", "said"),))
    doc = Doc(English().vocab, words=["said"], spaces=[False], heads=[0], deps=["ROOT"], tags=["NEWTAG"])
    found = words(article, doc, (), pieces)
    assert found.tag.tolist() == [0]


# -- ways and pairs --------------------------------------------------------------------------------------------------


def way(name: str) -> int:
    return features._WAYS[name]


def test_ways_down_from_a_cue(read: Words) -> None:
    low, made = ways(read, 7)
    assert low == 0
    assert made[7] == way("self")
    assert made[8] == way("down:nsubj")
    assert {int(value) for value in made[[1, 2, 3, 4]]} == {way("down:ccomp")}
    assert made[0] == made[5] == made[9] == way("down:punct")
    assert len(made) == 10


def test_ways_up_from_a_cue(read: Words) -> None:
    low, made = ways(read, 3)  # *is*, inside what is said
    assert low == 0
    assert made[7] == way("up:ccomp:at")
    assert made[8] == way("up:ccomp:subject")
    assert made[0] == way("up:ccomp:before")
    assert made[9] == way("up:ccomp:after")
    assert made[2] == made[1] == way("down:nsubj")


def test_ways_end_with_the_sentence(read: Words) -> None:
    low, made = ways(read, 11)
    assert (low, len(made)) == (10, 3)
    assert made.tolist() == [way("down:nsubj"), way("self"), way("down:punct")]


@settings(deadline=None)
@given(st.lists(st.integers(0, 11), min_size=1, max_size=12), st.data())
def test_ways_end_whatever_the_heads_are(heads: list[int], data: st.DataObject) -> None:
    found = made_of([[[1] * len(heads)]])
    found.head = array([head % len(heads) for head in heads])  # loops included: no parser makes them, and no harm
    found.dependency = array([number % len(DEPENDENCIES) for number in range(len(heads))])
    cue = data.draw(st.integers(0, len(heads) - 1))
    low, made = ways(found, cue)
    assert (low, len(made)) == (0, len(heads))
    assert made[cue] == way("self")
    assert ((made >= 0) & (made < WAYS)).all()


def test_pairs_tell_distance_quotation_and_block(read: Words) -> None:
    distance, path, quote, block = pairs(read, 0, 13, 7)
    assert distance[7] == 0
    assert distance[6] != distance[8]  # before and after differ
    assert distance[5] != distance[6]
    assert distance[0] == distance[1]  # six and seven words away: one bucket
    assert path[:10].tolist() == ways(read, 7)[1].tolist()
    assert path[10:].tolist() == [way("elsewhere")] * 3
    assert quote.tolist() == [1] * 7 + [0] * 6
    assert block.tolist() == [0] * 10 + [2] * 3


def test_pairs_of_a_cue_inside_a_quotation(read: Words) -> None:
    _, _, quote, block = pairs(read, 0, 13, 3)
    assert quote.tolist() == [5] * 7 + [7] * 6
    assert pairs(read, 0, 13, 11)[3].tolist() == [1] * 10 + [0] * 3
    assert block.tolist() == [0] * 10 + [2] * 3


def test_pairs_of_a_cue_between_two_quotations() -> None:
    found = made_of([[[1] * 9]])
    found.quotation = array([0, 0, 1, -1, -1, 2, -1, 3, 3])
    assert pairs(found, 0, 9, 4)[2].tolist() == [3, 3, 1, 0, 0, 2, 0, 4, 4]
    assert pairs(found, 0, 9, 2)[2].tolist() == [6, 6, 5, 7, 7, 6, 7, 6, 6]


def test_pairs_in_a_window_know_nothing_outside_it(read: Words) -> None:
    inside = pairs(read, 7, 10, 7)
    assert inside.shape == (4, 3)
    assert inside[2].tolist() == [0, 0, 0]
    assert inside[1].tolist() == ways(read, 7)[1][7:10].tolist()


def test_a_way_given_is_a_way_found(read: Words) -> None:
    assert (pairs(read, 0, 13, 7, ways(read, 7)) == pairs(read, 0, 13, 7)).all()


@settings(deadline=None)
@given(SIZES.filter(bool), st.data())
def test_every_number_of_a_pair_is_in_its_table(sizes: list[list[list[int]]], data: st.DataObject) -> None:
    found = made_of(sizes)
    found.quotation = array(data.draw(st.lists(st.integers(-1, 3), min_size=len(found), max_size=len(found))))
    cue = data.draw(st.integers(0, len(found) - 1))
    made = pairs(found, 0, len(found), cue)
    for row, size in zip(made, PAIR_SIZES, strict=True):
        assert ((row >= 0) & (row < size)).all()


def test_the_tables_are_as_large_as_what_is_listed() -> None:
    assert (len(CASES) + 1, len(PLACES) + 1, len(TAGS) + 1, len(DEPENDENCIES) + 1) == FEATURE_SIZES
    assert PAIR_SIZES == (features.DISTANCE_BUCKETS, WAYS, QUOTES, BLOCKS)
    for names in (CASES, PLACES, TAGS, DEPENDENCIES):
        assert len(set(names)) == len(names)
