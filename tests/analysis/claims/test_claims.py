"""Contested claims: each status with its cue, and words that look like one."""

from __future__ import annotations

import pytest

from tests.analysis.conftest import Reader

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "status", "content", "evidence"),
    [
        ("The company denied that it had paid bribes.", "denied", "it had paid bribes", ("denied",)),
        ("Anna Bell accused the firm of hiding the report.", "accusation", "hiding the report", ("accused",)),
        ("Some observers question whether the truce is real.", "disputed", "the truce is real", ("question",)),
        (
            "The claim that the tests were forged could not be independently verified.",
            "unsubstantiated",
            "the tests were forged",
            ("claim", "could not be independently verified"),
        ),
        (
            "There is no evidence that the leak caused the flood.",
            "unsubstantiated",
            "the leak caused the flood",
            ("no evidence",),
        ),
        (
            "Whether the truce will hold remains to be seen.",
            "speculation",
            "the truce will hold",
            ("remains to be seen",),
        ),
        (
            "It is unclear whether the bridge can be saved.",
            "speculation",
            "the bridge can be saved",
            ("It is unclear",),
        ),
        ("The army reportedly left the town.", "distanced", "left the town", ("reportedly",)),
        ("The minister claimed that the town was safe.", "distanced", "the town was safe", ("claimed",)),
        ("The guard allegedly sold the boat.", "accusation", "sold the boat", ("allegedly",)),
    ],
)
def test_each_status_with_its_evidence(
    read: Reader, text: str, status: str, content: str, evidence: tuple[str, ...]
) -> None:
    found = [(kind, words, tuple(word.strip() for word in cues)) for kind, words, cues in read(text).contested]
    assert found == [(status, content, evidence)]


def test_an_accusation_that_is_not_backed_up_is_one_claim_with_both_cues(read: Reader) -> None:
    found = read("Officials accused the firm of hiding the report, a claim that has not been substantiated.")
    assert found.contested == [("unsubstantiated", "hiding the report", ("accused", "has not been substantiated"))]
    assert found.analysis.claims[0].also == ("accusation",)


def test_a_denial_names_who_denies(read: Reader) -> None:
    found = read("Karl Voss denied that he had taken bribes.")
    claim = found.analysis.claims[0]
    assert claim.by == found.analysis.quotes[0].source
    assert claim.quote == found.analysis.quotes[0].id
