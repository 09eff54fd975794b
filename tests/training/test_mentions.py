"""The training of whom *he* means: what is learned is what the questions say, and spans find their pronouns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

from onrecord.analysis.language import parse
from onrecord.analysis.phrases import Reading
from onrecord.analysis.speakers.antecedents import COLUMNS, Weighed
from onrecord.analysis.speakers.ranking import Weights
from onrecord.training import choices, mentions
from onrecord.training.choices import Question, fit, fold_of
from onrecord.training.corpus import article_of
from onrecord.training.mentions import (
    HOW,
    Meant,
    Read,
    judged,
    of_article,
    of_chains,
    of_numbers,
    of_pair,
    write,
)


def asked(count: int = 90) -> list[Question]:
    """Questions whose answer is told by one column, and by the last one where nobody is meant."""
    draw = np.random.default_rng(0)
    made = []
    for number in range(count):
        rows = np.zeros((4, COLUMNS))
        rows[:3, :10] = draw.normal(size=(3, 10))
        rows[3, -1] = 1
        best = int(rows[:3, 2].argmax()) if rows[:3, 2].max() > 0 else 3
        made.append(Question(number % choices.FOLDS, number % 12, "quote", rows, np.arange(4) == best))
    return made


def test_the_column_that_tells_is_learned() -> None:
    known = asked()
    weights = fit(known, HOW)
    answers = judged(known, [weights] * choices.FOLDS)["quote"]
    assert np.mean([ok for _, _, ok, _ in answers]) > 0.8
    assert np.abs(weights.linear[:10]).argmax() == 2


def test_what_two_facts_say_together_is_learned() -> None:
    draw = np.random.default_rng(1)
    known = []
    for number in range(1600):
        rows = np.zeros((3, COLUMNS))
        rows[:2, :2] = draw.choice([-1.0, 1.0], size=(2, 2))
        rows[2, -1] = 1
        right = np.array([*(rows[:2, 0] * rows[:2, 1] > 0), False])
        if right.any():
            known.append(Question(number % choices.FOLDS, number, "quote", rows, right))
    answers = judged(known, [fit(known, HOW)] * choices.FOLDS)["quote"]
    assert np.mean([ok for _, _, ok, _ in answers]) > 0.9


def test_a_question_counts_by_its_kind() -> None:
    known = asked()
    wrong = [replace(one, kind="gap", right=one.right[::-1].copy()) for one in known]
    answers = judged(known, [fit([*known, *wrong], HOW)] * choices.FOLDS)["quote"]
    assert np.mean([ok for _, _, ok, _ in answers]) > 0.7


def test_texts_that_begin_alike_share_a_fold() -> None:
    text = "The harbour has a new lamp. " * 20
    assert fold_of(text) == fold_of(text[:300]) == fold_of(text.replace("The harbour", "The\n harbour"))


TEXT = "A new lamp\nAnna Bell has a lamp. She said it was hers. Tom Frost paid for it, and he laughed."


@pytest.fixture
def reading(nlp: Language) -> Reading:
    article, _ = article_of(TEXT)
    return Reading(article, parse(article, nlp), [])


def span(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


@pytest.mark.model
def test_pronouns_are_found_in_each_form(reading: Reading) -> None:
    _, starts = article_of(TEXT)
    source = {
        "id": "s1", "identification": "named_person", "label": "Anna Bell", "mention": span("Anna Bell"),
        "mentions": [span("Anna Bell"), span("She")],
    }  # fmt: skip
    record = {"text": TEXT, "sources": [source], "quotes": [{"source": "s1", "mention": span("She")}]}
    (bell,) = of_article(record, starts, reading).items()
    assert (reading.doc[bell[0]].text, bell[1].kind, bell[1].name) == ("She", "quote", "Anna Bell")
    he, frost = span(" he ")["start"] + 1, span("Tom Frost")["start"]
    chains = {"text": TEXT, "mentions": [[frost, frost + 9, "person", 1], [he, he + 2, "person", 1]]}
    (who,) = of_chains(chains, starts, reading).items()
    assert (reading.doc[who[0]].text, [reading.article[one] for one in who[1].spans]) == ("he", ["Tom Frost", "he"])
    bell_at = span("Anna Bell")["start"]
    pair = {"text": TEXT, "pronoun": [he, "he"], "a": [frost, "Tom Frost", True], "b": [bell_at, "Anna Bell", False]}
    (named,) = of_pair(pair, starts, reading).items()
    assert (named[1].name, [reading.article[one] for one in named[1].others]) == ("Tom Frost", ["Anna Bell"])


@pytest.mark.model
def test_the_same_number_is_the_same_speaker(reading: Reading) -> None:
    _, starts = article_of(TEXT)
    quotes = [{"source": 1, "mention": span("Anna Bell")}, {"source": 1, "mention": span("She")}]
    (she,) = of_numbers({"text": TEXT, "quotes": quotes}, starts, reading).items()
    assert (reading.doc[she[0]].text, she[1].kind) == ("She", "number")
    assert [reading.article[one] for one in she[1].spans] == ["Anna Bell", "She"]
    nameless = {"text": TEXT, "quotes": quotes[1:]}
    assert not of_numbers(nameless, starts, reading)


@pytest.mark.model
def test_what_is_learned_is_written(reading: Reading, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    he = next(token.i for token in reading.doc if token.text == "he")
    frost = reading.article.text.index("Tom Frost")
    meant = Meant("text", (mentions.Span(frost, frost + 9),), "Tom Frost")
    write([Read(fold, reading, [], {he: meant}) for fold in range(choices.FOLDS)], tmp_path)
    assert capsys.readouterr().out.startswith("text: 6 of 6 right, 0 given to nobody")
    file = np.load(tmp_path / mentions.FILE)
    weights = Weights(file["linear"], file["inner"], file["bias"], file["outer"])
    assert (weights.linear.shape, weights.inner.shape) == ((COLUMNS,), (COLUMNS, choices.UNITS))
    assert [q.right.tolist() for q in mentions.questions(0, Read(0, reading, [], {he: meant}), Weighed(weights))] == [
        [True, False]
    ]
