"""The quick way through spaCy's attribute ruler gives what the slow one gives."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from onrecord.analysis.ruler import quicken

TEXTS = (
    "“Let’s go,” she said. Let's wait: there's no ferry, there are two, and there was one.",
    "Y'all ain't gonna like it; y' all gotta go. C'mon, ol' Bell saw nothin', and nuthin' he'd want.",
    "He'd gone, he'd go, they've been had, it isn't theirs, and I can't, won't, shan't tell 'em myself.",
    "That the bridge which he says that he built is what it was is something nobody doubts.",
    "  \n\n \t A  double   blank.",
    "",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_matches_are_the_rulers_own(nlp: Language, text: str) -> None:
    ruler = nlp.get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    with nlp.select_pipes(enable=["tok2vec", "tagger", "parser"]):
        doc = nlp(text)
    expected = AttributeRuler.match(ruler, doc)
    assert ruler.match(doc) == expected
    assert ruler.match(doc) == expected, "what is remembered is the same"


def test_spellings_that_a_pattern_describes_are_not_kept(nlp: Language) -> None:
    ruler = AttributeRuler(nlp.vocab)
    ruler.add([[{"LOWER": {"REGEX": "^zz+$"}}]], {"LEMMA": "z"})
    quicken(ruler)
    for length in range(2, 40):
        assert ruler.match(Doc(nlp.vocab, words=["z" * length, "other"])) == AttributeRuler.match(
            ruler, Doc(nlp.vocab, words=["z" * length, "other"])
        )
    assert len(ruler.match._held) == 1  # type: ignore[attr-defined]


def test_patterns_of_another_kind_are_left_to_the_ruler() -> None:
    ruler = AttributeRuler(English().vocab)
    ruler.add([[{"SHAPE": "dd"}]], {"POS": "NUM"})
    quicken(ruler)
    assert "match" not in vars(ruler)
