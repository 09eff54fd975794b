"""A statement matches a reviewed claim only if it says the same: look-alikes do not."""

from __future__ import annotations

import pytest

from onrecord.factchecks.likeness import alike


@pytest.mark.parametrize(
    ("statement", "claim"),
    [
        ("crime in Wells had doubled since 2015", "Crime in Wells has doubled since 2015"),
        ("Unemployment fell by 12 per cent under Mayor Bell", "Unemployment fell by 12% under Mayor Anna Bell"),
        ("the council spent $1,200,000 on a new ferry", "The council spent $1200000 on a new ferry."),
        ("The new ferry costs 40 million euros a year", "New ferry costs 40 million euros every year"),
        ("vaccines do not cause fever in most children", "Most vaccines don't cause fever in children"),
        ("Karl Voss closed three schools in Carrow", "Voss closed 3 schools in Carrow"),
        ("The plant poisoned the river for twenty years", "The plant has poisoned the river for 20 years"),
        ("Two thirds of the harbour workers live in Wells", "Two thirds of harbour workers live in Wells"),
    ],
)
def test_the_same_statement_in_other_words_matches(statement: str, claim: str) -> None:
    assert alike(statement, claim)


@pytest.mark.parametrize(
    ("statement", "claim", "why"),
    [
        ("crime in Wells had doubled since 2016", "Crime in Wells has doubled since 2015", "another year"),
        ("crime in Wells had tripled since 2015", "Crime in Wells has doubled since 2015", "another factor"),
        ("crime in Carrow had doubled since 2015", "Crime in Wells has doubled since 2015", "another place"),
        ("Unemployment fell by 21% under Mayor Bell", "Unemployment fell by 12% under Mayor Bell", "another number"),
        ("The ferry costs 40 billion euros a year", "The ferry costs 40 million euros a year", "another scale"),
        ("Unemployment rose by 12% under Mayor Bell", "Unemployment fell by 12% under Mayor Bell", "other direction"),
        ("The mayor raised the tax on harbour firms", "The mayor cut the tax on harbour firms", "other direction"),
        ("vaccines cause fever in most children", "Vaccines do not cause fever in most children", "negated claim"),
        ("the plant never poisoned the river Lune", "The plant poisoned the river Lune", "negated statement"),
        ("It is false that the plant poisoned the river", "The plant poisoned the river", "called false"),
        ("Karl Voss closed three schools in Carrow", "Anna Bell closed three schools in Carrow", "another person"),
        ("Voss sued Bell over the harbour contract", "Bell sued Voss over the harbour contract", "the other way round"),
        (
            "The council sold the old ferry",
            "The council sold the old ferry to a firm owned by the mayor's brother",
            "less",
        ),
        (
            "The council met on Monday to hear from harbour firms, and the mayor said a new ferry would be bought",
            "The mayor bought a new ferry",
            "much more",
        ),
        ("The ferry is late", "The ferry is late", "too little to be told apart"),
        ("Crime in Wells is a worry for many shops", "Crime in Wells has doubled since 2015", "same topic"),
    ],
)
def test_look_alikes_do_not_match(statement: str, claim: str, why: str) -> None:
    assert not alike(statement, claim), why


def test_i_is_the_speaker_who_has_to_be_the_one_who_was_reviewed() -> None:
    said, reviewed = "I closed three schools in Carrow", "I closed three schools in Carrow"
    assert alike(said, reviewed, speaker=("Karl Voss",), claimant="Karl Voss")
    assert not alike(said, reviewed, speaker=("Anna Bell",), claimant="Karl Voss")
    assert not alike(said, reviewed, claimant="Karl Voss")


def test_i_may_be_named_in_the_review() -> None:
    said, reviewed = "I closed three schools in Carrow", "Karl Voss closed three schools in Carrow"
    assert alike(said, reviewed, speaker=("Karl Voss", "Karl Voss, the mayor"))
    assert not alike(said, reviewed, speaker=("Anna Bell",))
