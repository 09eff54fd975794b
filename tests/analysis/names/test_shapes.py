"""How names are spelt: words of names against other words, and what the spelling of a given name says of gender."""

from __future__ import annotations

import pytest

from onrecord.analysis.names.genders import spelt_gender
from onrecord.analysis.names.shapes import like_a_name, likeness, pieces_of, plain
from tests.analysis.conftest import Reader
from tests.analysis.speakers.test_mouths import identity, speaker


@pytest.mark.parametrize("word", ["Kamau", "Mwangi", "Dlamini", "Zainab", "Nakamura", "Kowalczyk", "Ferrari"])
def test_words_of_names(word: str) -> None:
    assert likeness(word) > 0.6


@pytest.mark.parametrize("word", ["Shipping", "Foods", "Energy", "Score", "Where", "Image", "Capital", "Trust"])
def test_words_of_no_names(word: str) -> None:
    assert likeness(word) < 0.3


def test_a_name_is_the_mean_of_its_words() -> None:
    assert like_a_name(["W.", "Njoroge", "Kamau"]) == (likeness("Njoroge") + likeness("Kamau")) / 2
    assert like_a_name([]) == 0.0
    assert like_a_name(["Asante-Boateng"]) == like_a_name(["Asante", "Boateng"])


def test_spelling_is_read_without_marks_and_case() -> None:
    assert plain("Yıldırım’s".replace("ı", "i")) == "yildirim"
    assert likeness("Văcărescu") == likeness("VACARESCU")
    assert pieces_of("ada") == pieces_of("ada")


@pytest.mark.parametrize(("given", "gender"), [("maria", "female"), ("oprah", None), ("k.", None), ("", None)])
def test_gender_only_where_it_is_nearly_sure(given: str, gender: str | None) -> None:
    assert spelt_gender(given) == gender


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "pronoun", "surname"),
    [
        ("W. Otieno Ouko", "he", "Ouko"),
        ("Adaobi Nwosu", "she", "Nwosu"),
        ("P. Achieng Onyango", "she", "Onyango"),
        ("Mutua wa Kioko", "he", "Kioko"),
        ("Thandeka Mkhize", "she", "Mkhize"),
        ("Kwabena Asante-Boateng", "he", "Boateng"),
        ("Abdulrahman al-Qahtani", "he", "Qahtani"),
        ("Zainab bint Yusuf", "she", "Yusuf"),
        ("K. Jayasuriya", "he", "Jayasuriya"),
        ("Lakshmi Venkataraman", "she", "Venkataraman"),
        ("Siti Nurhaliza Rahman", "she", "Rahman"),
        ("Gintaras Petrauskas", "he", "Petrauskas"),
        ("Xoliswa Ngcobo", "she", "Ngcobo"),
    ],
)
def test_a_name_that_nobody_listed_is_a_person_and_he_or_she(
    read: Reader, name: str, pronoun: str, surname: str
) -> None:
    found = read(
        f"Mayor Tom Reyes opened the clinic. Campaigner {name} said Reyes had been warned.",
        f"“It was all in the letter,” {pronoun} said.",
    )
    assert surname in str(speaker(found, "had been warned"))
    assert identity(found, "had been warned") == "named_person"
    assert surname in str(speaker(found, "in the letter"))


@pytest.mark.model
@pytest.mark.parametrize("body", ["Norwick Shipping", "Tessaly Foods", "Ardent Health", "Kestrel Energy"])
def test_a_firm_is_no_person(read: Reader, body: str) -> None:
    found = read(f"Mayor Tom Reyes opened the bridge. {body} said Reyes had been warned.")
    assert identity(found, "had been warned") == "named_organisation"
