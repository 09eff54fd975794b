"""Links across the article: an answer marks the claim that it answers, and no other."""

from __future__ import annotations

import pytest

from tests.analysis.conftest import Found, Reader

pytestmark = pytest.mark.model


def answered(found: Found) -> dict[str, tuple[str, str]]:
    """Each claim with its status and its last evidence."""
    return {words: (status, cues[-1]) for status, words, cues in found.contested}


def test_a_denial_paragraphs_later_marks_the_allegation(read: Reader) -> None:
    found = read(
        "The council accused Karl Voss of bribery.",
        "The harbour was quiet on Sunday, and boats lay at anchor.",
        "Voss denied the accusation.",
    )
    assert answered(found) == {"bribery": ("denied", "denied")}
    claim = found.analysis.claims[0]
    assert claim.also == ("accusation",)
    assert found.analysis.source(claim.by).name == "Karl Voss"  # type: ignore[union-attr]  # there is one


def test_a_blanket_denial_covers_each_allegation_before_it(read: Reader) -> None:
    found = read(
        "Anna Bell accused Karl Voss of bribery.",
        "She also alleged that Voss had lied to the council.",
        "Voss denied any wrongdoing.",
        "A guard accused Voss of theft on Friday.",
    )
    assert answered(found) == {
        "bribery": ("denied", "denied any wrongdoing"),
        "Voss had lied to the council": ("denied", "denied any wrongdoing"),
        "theft": ("accusation", "accused"),
    }


def test_who_is_accused_decides_whose_denial_it_is(read: Reader) -> None:
    found = read(
        "Police accused Mara Lund of theft.",
        "The paper also accused Karl Voss of fraud.",
        "Lund denied the allegation.",
    )
    assert answered(found) == {"theft": ("denied", "denied"), "fraud": ("accusation", "accused")}


def test_nobody_denies_their_own_accusation(read: Reader) -> None:
    found = read("Karl Voss accused the council of fraud.", "Voss denied the allegations.")
    assert answered(found) == {"fraud": ("accusation", "accused")}


def test_content_words_choose_among_allegations(read: Reader) -> None:
    found = read(
        "A tenant accused the landlord of neglect.",
        "A baker accused the landlord of stealing recipes.",
        "The landlord rejected the neglect claims.",
    )
    assert answered(found)["neglect"] == ("denied", "rejected")
    assert answered(found)["stealing recipes"] == ("accusation", "accused")


def test_both_allegations_are_those_that_were_called_so(read: Reader) -> None:
    found = read(
        "Prosecutors dropped a rape allegation against the director Karl Voss on Monday.",
        "The studio accuses Voss of missing work.",
        "An allegation of theft against Voss was shelved in May.",
        "Voss has denied both allegations.",
    )
    statuses = {words: status for status, words, _ in found.contested}
    assert statuses["missing work"] == "accusation"
    assert list(statuses.values()).count("denied") == 2


@pytest.mark.parametrize(
    ("answer", "evidence"),
    [
        ("The factory called the claims baseless.", "called the claims baseless"),
        ("“These allegations are false,” said Karl Voss, who runs the factory.", "These allegations are false"),
        ("A spokesman said that all of the claims were untrue.", "all of the claims were untrue"),
        ("The factory said it had done nothing wrong.", "done nothing wrong"),
    ],
)
def test_a_rebuttal_in_other_words_is_one(read: Reader, answer: str, evidence: str) -> None:
    found = read("Residents accused the factory of poisoning the river.", answer)
    assert [words for _, words, _ in found.contested] == ["poisoning the river"]
    assert found.contested[0][2][-1] == evidence


def test_this_is_what_was_said_before(read: Reader) -> None:
    found = read("The mayor said the bridge would open in June. Engineers dispute this.")
    assert answered(found) == {"the bridge would open in June": ("disputed", "dispute")}


def test_a_speakers_claim_is_what_that_speaker_said(read: Reader) -> None:
    found = read(
        "Karl Voss said crime had doubled.", "Anna Bell said it had rained.", "Doctors questioned Voss's claim."
    )
    assert answered(found) == {"crime had doubled": ("disputed", "questioned")}


@pytest.mark.parametrize(
    ("text", "content", "status", "cue"),
    [
        (
            "Bell alleges that she was paid less than her brother, a claim that Voss disputes.",
            "she was paid less than her brother", "disputed", "disputes",
        ),
    ],
)  # fmt: skip
def test_an_apposition_sums_up_its_own_sentence(read: Reader, text: str, content: str, status: str, cue: str) -> None:
    assert answered(read(text)) == {content: (status, cue)}


@pytest.mark.parametrize(
    "texts",
    [
        ("The council praised Karl Voss.", "Voss denied the allegations."),
        ("The bridge opened in June.", "It rained, and the union rejected the claim."),
        ("Nobody accused Bell.", "She denied the allegations."),
        ("The mayor opened the fair.", "“The stories are long,” said Anna Bell."),
    ],
)
def test_without_a_claim_before_it_an_answer_marks_nothing(read: Reader, texts: tuple[str, ...]) -> None:
    assert read(*texts).contested == []
