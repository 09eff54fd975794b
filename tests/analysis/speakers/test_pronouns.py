"""Whom *he* and *she* mean."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language

from onrecord.analysis.language import parse
from onrecord.analysis.phrases import Reading
from onrecord.analysis.speakers import antecedents
from onrecord.analysis.speakers.antecedents import COLUMNS, Asking, Candidate, Weighed, Weights, facts
from onrecord.article import Article, Block
from tests.analysis.conftest import Reader

pytestmark = pytest.mark.model

FAR = ("The lamp is old.", "The oil is dear.", "The road is steep.", "The sea is cold.", "The boat is small.")


@pytest.mark.parametrize(
    ("texts", "words", "who"),
    [
        # other pronouns lead on: he took the ferry, so he says it
        (
            ("Walter Briggs left Carrow with Tom Frost at nine. He took the ferry to Sarn. “I was cold,” he said.",),
            "I was cold",
            "Walter Briggs",
        ),
        # named eleven sentences ago, and spoken of ever since
        (
            (
                "Ana Ruiz keeps the lamp at Carrow.",
                f"She says that she is tired. {FAR[0]} {FAR[1]} {FAR[2]} {FAR[3]}",
                f"“The oil is not paid,” she said. {FAR[4]} {FAR[0]} {FAR[1]} {FAR[2]}",
                "“I shall stay,” she said.",
            ),
            "I shall stay",
            "Ana Ruiz",
        ),
        # whoever spoke goes on
        (
            ("“The lamp is out,” said Walter Briggs. “Tom Frost has the key.”", "He added: “I have asked twice.”"),
            "I have asked twice",
            "Walter Briggs",
        ),
        # a name inside the words of somebody else is not his who says them
        (
            ("Walter Briggs came to the harbour on Friday.", "“Tom Frost has lost the key,” he said."),
            "lost the key",
            "Walter Briggs",
        ),
        # gender forbids
        (
            ("Walter Briggs met Ana Ruiz at the gate. Ruiz shook her head. “You are late,” he said.",),
            "You are late",
            "Walter Briggs",
        ),
    ],
)
def test_whom_he_or_she_means(read: Reader, texts: tuple[str, ...], words: str, who: str) -> None:
    assert [label for label, said in read(*texts).said if words in said] == [who]


def test_a_pronoun_is_as_sure_as_its_ranking(read: Reader) -> None:
    clear = read("Walter Briggs left Carrow at nine. “I was cold,” he said.").analysis.quotes
    open_ = read("Walter Briggs wrote to Tom Frost, and Paul Rask to Jim Cole. “I was cold,” he said.").analysis.quotes
    assert clear[0].confidence > open_[0].confidence


def test_facts_have_one_row_for_each_and_one_for_nobody(nlp: Language) -> None:
    article = Article((Block("b", "paragraph", "Ana Ruiz met Maria Lopez. She laughed."),))
    doc = parse(article, nlp)
    reading = Reading(article, doc, [])
    she = next(token for token in doc if token.text == "She")
    people = [Candidate(key=("person", n), name=name, mentions=[doc[at]]) for n, (name, at) in enumerate(
        [("Ana Ruiz", 1), ("Maria Lopez", 4)]
    )]  # fmt: skip
    rows = facts(reading, Asking(pronoun=she), people)
    assert rows.shape == (3, COLUMNS)
    assert not rows[:2, -3:].any()
    assert not rows[2, :-3].any()
    chances = antecedents.load().chances(reading, Asking(pronoun=she), people)
    assert chances.sum() == pytest.approx(1)
    assert chances.argmax() == 0
    assert Weighed(Weights.of_facts(np.zeros(COLUMNS))).chances(reading, Asking(pronoun=she), []).tolist() == [1.0]
