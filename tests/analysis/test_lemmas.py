"""The lemmas are spaCy's own, and the memory of them has an end."""

from __future__ import annotations

import pytest
from spacy.language import Language

from onrecord.analysis import lemmas
from onrecord.analysis.lemmas import COMPONENT, Lemmas

TEXTS = (
    "“Let’s go,” she said. The mayors’ wives were better than he’d thought, and the oxen had been drawn by geese.",
    "HOUSES were denied, Denied and denies; he was lying, they lied, lay and have lain, the worst of all worse lies.",
    "Both leaves left. He leaves, a saw saws what she saw, and the data are 3.5, 1,000 20s, co-ops’ U.S. figures.",
    "  \n\n \t A  double   blank.",
    "",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_lemmas_are_spacys(nlp: Language, text: str) -> None:
    doc = nlp(text)
    found = [token.lemma_ for token in doc]
    nlp.enable_pipe("lemmatizer")
    try:
        with nlp.select_pipes(disable=COMPONENT):
            assert found == [token.lemma_ for token in nlp(text)]
    finally:
        nlp.disable_pipe("lemmatizer")


def test_the_known_words_are_sets_and_the_same_words(nlp: Language) -> None:
    words = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    assert len(words)
    assert all(isinstance(words[part], frozenset) for part in words)
    assert "bridge" in words["noun"]


def test_what_is_kept_has_an_end(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lemmas, "MOST", 4)
    kept = nlp.get_pipe(COMPONENT)
    assert isinstance(kept, Lemmas)
    before = [[token.lemma_ for token in nlp(text)] for text in TEXTS]
    assert len(kept._known) <= lemmas.MOST + max(len(nlp.make_doc(text)) for text in TEXTS)
    assert [[token.lemma_ for token in nlp(text)] for text in TEXTS] == before
