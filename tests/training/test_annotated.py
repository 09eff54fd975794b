"""Annotated articles as examples: who says what in word positions, what nobody said, and what contests what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from spacy.language import Language

from onrecord.analysis.model import decoder, features, tagger
from onrecord.analysis.model.weights import FOLDER, TOKENIZER
from onrecord.analysis.result import IDENTIFICATIONS, SOURCE_TYPES
from onrecord.training import annotated
from onrecord.training.annotated import Annotated
from onrecord.training.corpus import OWN, Example
from onrecord.training.phrases import phrases

TEXT = "Ida Lund said the ferry was late. The mayor hoped it would sink. He denied the claim that it was sold."
pytestmark = pytest.mark.model


class Nothing:
    """A tagger that proposes what it is told to."""

    def __init__(self, *proposed: decoder.Relation) -> None:
        self.proposed = proposed

    def windows(self, _: object) -> list[object]:
        return []

    def relations(self, *_: object) -> Iterator[decoder.Relation]:
        return iter(self.proposed)


def at(words: str, text: str = TEXT) -> dict[str, int]:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


QUOTE = {"kind": "indirect", "contents": [at("the ferry was late")], "cue": [at("said")], "mention": at("Ida Lund")}
RECORD: dict[str, Any] = {"id": "a", "text": TEXT, "quotes": [QUOTE], "claims": []}


@pytest.fixture
def make(nlp: Language) -> Callable[..., Annotated]:
    def making(*proposed: decoder.Relation, corpus: tuple[dict[str, Any], ...] = ()) -> Annotated:
        found: Any = Nothing(*proposed)
        return Annotated(nlp, features.tokenizer(FOLDER / TOKENIZER), found, corpus)

    return making


def words(example: Example, positions: tuple[int, ...]) -> str:
    return " ".join(TEXT[example.words.start[at] : example.words.end[at]] for at in positions)


def proposal(cue: int, first: int, past: int) -> decoder.Relation:
    return decoder.Relation((cue, cue + 1), None, ((first, past),), 0.9, 0.9, 0.9)


def test_a_quote_is_said_by_whom_the_annotator_names(make: Callable[..., Annotated]) -> None:
    found = make().example(RECORD)
    (only,) = found.relations or ()
    assert (words(found, only.source), words(found, only.cue)) == ("Ida Lund", "said")
    assert words(found, only.content) == "the ferry was late"
    assert (found.convention, found.said, found.contests) == (OWN, {2: True}, ())


def test_what_the_tagger_proposes_beside_the_quotes_was_not_said(make: Callable[..., Annotated]) -> None:
    found = make(proposal(10, 11, 14), proposal(2, 3, 7)).example(RECORD)
    assert [words(found, relation.cue) for relation in found.relations or ()] == ["said", "hoped"]
    assert found.said == {2: True, 10: False}


def test_the_corpus_own_attributions_stand_for_the_taggers(make: Callable[..., Annotated]) -> None:
    spans = {"cue": "hoped", "source": "The mayor", "content": "it would sink"}
    own = {part: [list(at(found).values())] for part, found in spans.items()}
    found = make(proposal(15, 16, 18), corpus=({"text": TEXT, "attributions": [own]},)).example(RECORD)
    assert [words(found, relation.cue) for relation in found.relations or ()] == ["said", "hoped"]


def test_what_an_annotator_judged_is_believed_unless_in_doubt(make: Callable[..., Annotated]) -> None:
    acts = [
        {"judged": "said", "cue": [at("hoped")], "content": [at("it would sink")]},
        {"judged": "done", "cue": [at("denied")], "content": [at("the claim")], "unsure": True},
    ]
    found = make(proposal(10, 11, 14), proposal(16, 17, 19)).example({**RECORD, "acts": acts})
    assert found.said == {2: True, 10: True, 16: False}


def test_what_is_no_attribution_at_all_is_left_out(make: Callable[..., Annotated]) -> None:
    acts = [{"judged": "other", "cue": [at("hoped")], "content": [at("it would sink")]}]
    found = make(proposal(10, 11, 14)).example({**RECORD, "acts": acts})
    assert len(found.relations or ()) == 1


def test_each_piece_of_evidence_has_its_own_status_and_all_it_contests(make: Callable[..., Annotated]) -> None:
    plain = {"status": "denied", "content": [at("the ferry was late")], "evidence": [at("denied")]}
    claim = {"status": "denied", "also": ["accusation"], "content": [at("it was sold")]}
    claim["evidence"] = [at("denied"), at("claim")]
    makes = make()
    record = {**RECORD, "claims": [plain, {**claim, "optional": True}]}
    makes.learn(
        [record, {"text": "claim", "claims": [{**plain, "status": "accusation", "evidence": [at("claim", "claim")]}]}]
    )
    found = makes.example(record)
    first, second = found.contests or ()
    assert (words(found, first.cue), first.status, first.weight) == ("denied", "denied", 1.0)
    assert [words(found, content) for content in first.contents] == ["the ferry was late", "it was sold"]
    assert (words(found, second.cue), second.status) == ("claim", "accusation")
    assert second.weight == annotated.OPTIONAL


def test_a_source_is_shown_by_its_mentions_with_what_the_annotator_calls_it(nlp: Language) -> None:
    made = Annotated(nlp, features.tokenizer(FOLDER / TOKENIZER), tagger.load())
    lund = {"id": "1", "type": "affected", "type_alt": ["business"], "identification": "named_person"}
    quote = {**QUOTE, "source": "1"}
    (found,) = made.example({**RECORD, "quotes": [quote], "sources": [lund]}).sources
    assert found.places == (0, 1)
    assert [SOURCE_TYPES[number] for number in found.types] == ["affected", "business"]
    assert found.identification == IDENTIFICATIONS.index("named_person")
    granted = {**lund, "identification": "anonymous"}
    (found,) = made.example({**RECORD, "quotes": [quote], "sources": [granted]}).sources
    assert found.identification is None  # a grant says so, and no model


@pytest.mark.parametrize("phrase", list(phrases(40)), ids=lambda phrase: phrase["id"])
def test_a_phrase_is_a_sentence_with_one_source_in_its_words(phrase: dict[str, Any]) -> None:
    text, (quote,), (source,) = phrase["text"], phrase["quotes"], phrase["sources"]
    for span in (*quote["contents"], *quote["cue"], quote["mention"]):
        assert text[span["start"] : span["end"]].strip() == text[span["start"] : span["end"]] != ""
    assert source["type"] in SOURCE_TYPES
    assert (source["type"] == "document") == (source["identification"] == "document")
    assert text[0].isupper() or text[0] == "“"


def test_a_sentence_says_of_its_act_whether_it_was_said(make: Callable[..., Annotated]) -> None:
    found = make(proposal(2, 3, 7)).example({"id": "s", "text": TEXT, "said": False})
    assert (found.said, found.relations, found.contests) == ({2: False}, None, None)


def test_the_written_sentences_say_yes_or_no() -> None:
    found = list(annotated.sentences())
    assert {record["said"] for record in found} == {True, False}
    assert all(record["text"].strip() for record in found)
