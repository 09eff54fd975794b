"""The labels of names: spaCy's, put right by whom the annotated chains name."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from onrecord.training.silver import Found, chains, corrected


def mention(text: str, tags: str) -> Span:
    words = text.split()
    return Doc(spacy.blank("en").vocab, words, tags=tags.split())[0 : len(words)]


@pytest.mark.parametrize(
    ("found", "kind", "text", "tags", "known", "right"),
    [
        ([], "PERSON", "Zainab Bello", "NNP NNP", (), [(0, 2, "PERSON")]),
        ([(0, 2, "ORG")], "PERSON", "Zainab Bello", "NNP NNP", (), [(0, 2, "PERSON")]),
        ([], "PERSON", "Governor Bello", "NNP NNP", ("Bello",), [(1, 2, "PERSON")]),
        ([(1, 2, "PERSON")], "PERSON", "Governor Bello", "NNP NNP", (), [(1, 2, "PERSON")]),  # spaCy has it
        ([], "PERSON", "the nurse", "DT NN", (), []),
        ([], "PERSON", "Bello of the Post", "NNP IN DT NNP", (), []),  # two names: nobody knows which
        ([(0, 2, "PERSON")], "ORG", "Corvex Motors", "NNP NNPS", (), [(0, 2, "ORG")]),
        ([(0, 1, "GPE")], "ORG", "Washington", "NNP", (), [(0, 1, "GPE")]),
        ([], "ORG", "the Sarn council", "DT NNP NN", (), []),  # no name as a whole
    ],
)
def test_a_mention_puts_right_what_spacy_says(
    found: list[Found], kind: str, text: str, tags: str, known: tuple[str, ...], right: list[Found]
) -> None:
    assert corrected(found, kind, mention(text, tags), frozenset(known)) == right


def test_a_source_that_is_he_or_she_is_a_person() -> None:
    text = "Ada Lund said no. She left. The council said yes. It met."
    record = {
        "text": text,
        "sources": [
            {"id": "s1", "mentions": [{"start": 0, "end": 8}, {"start": 18, "end": 21}]},
            {"id": "s2", "mentions": [{"start": 28, "end": 39}, {"start": 50, "end": 52}]},
        ],
    }
    assert chains(record) == [("PERSON", ((0, 8), (18, 21)))]


def test_the_mentions_of_one_speaker_are_a_chain() -> None:
    quotes = [
        {"source": 0, "mention": {"start": 0, "end": 8}},
        {"source": 0, "mention": {"start": 18, "end": 21}},
        {"source": None, "mention": {"start": 28, "end": 39}},
        {"source": 1},
    ]
    assert chains({"text": "Ada Lund said no. She left. The council", "quotes": quotes}) == [
        ("PERSON", ((0, 8), (18, 21)))
    ]


def test_gums_persons_and_bodies_are_what_it_calls_them() -> None:
    text = "Ada Lund of Corvex met her dog in Sarn."
    mentions = [[0, 8, "person", "1"], [12, 18, "organization", "2"], [23, 26, "person", "1"], [34, 38, "place", "3"]]
    assert chains({"text": text, "mentions": mentions}) == [("PERSON", ((0, 8),)), ("ORG", ((12, 18),))]
