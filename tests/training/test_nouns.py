"""The training of whom *the carmaker* means: what is annotated becomes questions with the right answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from spacy.language import Language

from onrecord.analysis.language import parse
from onrecord.analysis.phrases import Reading
from onrecord.analysis.speakers.ranking import Weights
from onrecord.analysis.speakers.resemblance import COLUMNS, PRONOUN
from onrecord.training import choices, nouns
from onrecord.training.choices import Question
from onrecord.training.corpus import article_of
from onrecord.training.nouns import Read, judged, questions, told, write

pytestmark = pytest.mark.model

TEXT = (
    "A new lamp\n"
    "Harrow Foods has a lamp, said its owner, Ana Ruiz. The company said it was dear. The baker said it was not.\n"
    "It said no more. The owner said the lamp was hers."
)


def span(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def asked(nlp: Language, record: dict[str, Any]) -> list[Question]:
    article, starts = article_of(TEXT)
    reading = Reading(article, parse(article, nlp), [])
    return list(questions(0, Read(0, reading, None, told(record, starts))))


def quote(source: str, words: str) -> dict[str, Any]:
    return {"source": source, "mention": span(words), "contents": [span("a lamp")]}


SOURCES = [
    {"id": "s1", "identification": "named_organisation", "mention": span("Harrow Foods"), "mentions": []},
    {"id": "s2", "identification": "named_person", "mention": span("its owner, Ana Ruiz"), "mentions": []},
    {"id": "s3", "identification": "described", "mention": span("The baker"), "mentions": []},
]


def test_each_noun_and_pronoun_is_asked_about_in_order(nlp: Language) -> None:
    said = [quote(*one) for one in (("s1", "The company"), ("s3", "The baker"), ("s1", "It"), ("s2", "The owner"))]
    found = asked(nlp, {"text": TEXT, "sources": SOURCES, "quotes": said})
    assert [one.kind for one in found] == ["quote"] * 4
    assert [bool(one.rows[-1, PRONOUN]) for one in found] == [False, False, True, False]
    assert [bool(one.right[-1]) for one in found] == [False, True, False, False]  # the baker is nobody before
    assert all(one.right.any() for one in found)


def test_other_mentions_count_less_than_those_at_quotes(nlp: Language) -> None:
    sources = [{**SOURCES[0], "mentions": [span("The company")]}, *SOURCES[1:]]
    found = asked(nlp, {"text": TEXT, "sources": sources, "quotes": [quote("s1", "Harrow Foods")]})
    assert [(one.kind, bool(one.right[-1])) for one in found] == [("chain", False), ("chain", True)]


def test_a_speaker_who_is_named_elsewhere_is_not_asked_about(nlp: Language) -> None:
    sources = [{"id": "s1", "identification": "named_organisation"}]
    assert not asked(nlp, {"text": TEXT, "sources": sources, "quotes": [quote("s1", "The company")]})
    sources = [{"id": "s1", "identification": "described"}]
    (one,) = asked(nlp, {"text": TEXT, "sources": sources, "quotes": [quote("s1", "The company")]})
    assert one.right[-1]


def test_texts_with_every_mention_are_asked_without_quotes(nlp: Language) -> None:
    def at(words: str, chain: int, kind: str = "organization") -> list[Any]:
        return [span(words)["start"], span(words)["end"], kind, chain]

    mentions = [
        at("Harrow Foods", 1),
        at("The company", 1),
        at("The baker", 2, "person"),
        at("A new lamp", 3, "object"),
    ]
    found = asked(nlp, {"text": TEXT, "mentions": mentions})
    assert [(one.kind, bool(one.right[-1])) for one in found] == [("text", False), ("text", True)]


def test_what_is_learned_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = []
    for number in range(60):
        rows = np.zeros((3, COLUMNS))
        rows[number % 2, 4] = 1
        rows[2, COLUMNS - 1] = 1
        made.append(Question(number % choices.FOLDS, number, "quote", rows, np.arange(3) == number % 2))
    write(made, tmp_path)
    assert capsys.readouterr().out == "quote, nouns: 60 right\n"
    file = np.load(tmp_path / nouns.FILE)
    weights = Weights(file["linear"], file["inner"], file["bias"], file["outer"])
    assert judged(made, [weights] * choices.FOLDS) == {"quote, nouns": {"right": 60}}
