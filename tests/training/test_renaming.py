"""Texts with other names: everything else stays, and the labels stand where the new names do."""

from __future__ import annotations

import pytest
import spacy

from onrecord.training import renaming
from onrecord.training.renaming import Renaming
from onrecord.training.silver import Found

WORLD = {"sw": ["Juma", "Zuhura", "Makame"], "is": ["Bryndís", "Ragnarsson"]}


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> Renaming:
    pairs = [(locale, word) for locale, words in WORLD.items() for word in words]
    monkeypatch.setattr(renaming, "faker_names", lambda: iter(pairs))
    monkeypatch.setattr(renaming, "BODIES", 1.0)
    return Renaming(spacy.blank("en"), 3)


def test_persons_and_bodies_are_called_otherwise_and_the_rest_stays(others: Renaming) -> None:
    doc = spacy.blank("en")("On Monday Ada Lund left the Corvex Group in Sarn.")
    found: list[Found] = [(1, 2, "DATE"), (2, 4, "PERSON"), (5, 8, "ORG"), (9, 10, "GPE")]
    for _ in range(20):
        made = others.renamed(doc, found)
        assert made is not None
        other, names = made
        assert [kind for *_, kind in names] == ["DATE", "PERSON", "ORG", "GPE"]
        day, person, body, place = (other[first:past].text for first, past, _ in names)
        assert other.text == f"On {day} {person} left {body} in {place}."
        assert (day, place) == ("Monday", "Sarn")
        assert any(set(person.split()) <= set(words) for words in WORLD.values())
        assert body.startswith("the ")
        assert "Corvex" not in body


def test_a_text_that_names_nobody_is_not_read_again(others: Renaming) -> None:
    doc = spacy.blank("en")("The mill closed on Monday.")
    assert others.renamed(doc, [(4, 5, "DATE")]) is None
