"""What finds names: labels become names, and a text is read the same alone and among others."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.analysis.names import entities
from onrecord.analysis.names.entities import LABELS, Entities, Seen, runs


def of(*labels: str) -> list[int]:
    return [LABELS.index(label) for label in labels]


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (("BPERSON", "IPERSON", "", "BGPE"), [(0, 2, "PERSON"), (3, 4, "GPE")]),
        (("BORG", "BORG", "IORG", ""), [(0, 1, "ORG"), (1, 3, "ORG")]),
        (("", "IPERSON", "IPERSON", ""), [(1, 3, "PERSON")]),  # what goes on without a beginning begins
        (("BPERSON", "IORG", "", ""), [(0, 1, "PERSON"), (1, 2, "ORG")]),  # and so does another kind
        (("", "", "", "BDATE"), [(3, 4, "DATE")]),
        (("", "", "", ""), []),
    ],
)
def test_labels_become_names(labels: tuple[str, ...], found: list[tuple[int, int, str]]) -> None:
    doc = Doc(spacy.blank("en").vocab, ["Ada", "Lund", "visited", "Sarn"])
    assert list(runs(doc, of(*labels))) == found


def test_no_name_begins_or_ends_with_white_space() -> None:
    doc = Doc(spacy.blank("en").vocab, ["\n", "Ada", "\n", "Lund", " "])
    labels = of("BPERSON", "IPERSON", "IPERSON", "IPERSON", "IPERSON")
    assert list(runs(doc, labels)) == [(1, 4, "PERSON")]
    assert list(runs(doc[0:1].as_doc(), of("BPERSON"))) == []


@pytest.mark.parametrize(
    ("words", "tags", "name"),
    [
        ("Labour ’s health spokesman", "NNP POS NN NN", "Labour"),
        ("Physicians ’ Union of Sarn", "NNPS POS NNP IN NNP", "Physicians ’ Union of Sarn"),
        ("Ada Lund ’s", "NNP NNP POS", "Ada Lund ’s"),
    ],
)
def test_a_name_ends_where_it_owns_something_without_a_capital(words: str, tags: str, name: str) -> None:
    doc = Doc(spacy.blank("en").vocab, words.split(), tags=tags.split())
    ((first, past, _),) = runs(doc, of("BORG", *["IORG"] * (len(doc) - 1)))
    assert doc[first:past].text.strip() == name


def named(doc: Doc) -> list[tuple[str, str]]:
    return [(entity.text, entity.label_) for entity in doc.ents]


@pytest.mark.model
def test_persons_bodies_places_and_dates(nlp: Language) -> None:
    doc = nlp("Mary Hughes left the World Health Organization in Geneva on Monday.")
    assert named(doc) == [
        ("Mary Hughes", "PERSON"),
        ("the World Health Organization", "ORG"),
        ("Geneva", "GPE"),
        ("Monday", "DATE"),
    ]


@pytest.mark.model
def test_a_text_is_read_the_same_alone_and_among_others(nlp: Language) -> None:
    texts = [
        "Anna Berg met Senator Ruiz in Lisbon.",
        "",
        "Paris.",
        "The Crown Prosecution Service said no.",
        "Berg left.",
    ]
    assert [named(doc) for doc in nlp.pipe(texts)] == [named(nlp(text)) for text in texts]


@pytest.mark.model
def test_what_is_seen_of_a_word_is_two_rows_of_each_table(nlp: Language) -> None:
    one, other = nlp.make_doc("Sarn Bay"), nlp.make_doc("Sarn")
    for doc in (one, other):
        doc.tensor = nlp("x").tensor.repeat(len(doc), axis=0)
    seen = Seen([one, other])
    assert seen.looks.shape == (3, len(entities.LOOKS), 2)
    assert (seen.looks[0] == seen.looks[2]).all()
    assert seen.at.tolist() == [2, 3, 6]  # two blank rows before, between and behind
    assert seen.rows == 9
    assert Entities().scores(seen).shape == (3, len(LABELS))
