"""The language model: numpy's products give what thinc's own give, and no word holds a quotation mark."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from thinc.api import NumpyOps

from onrecord.analysis import language
from onrecord.analysis.analyzer import Analyzer
from onrecord.article import Article
from onrecord.web.pages import sample

pytestmark = pytest.mark.model

# What the pipeline has beside a pipe of spaCy's own, or for it.
INSTEAD = {"parser": ("onrecord_blocks", "parser"), "lemmatizer": ("onrecord_lemmas",), "ner": ("onrecord_names",)}
TEXTS = sorted((Path(__file__).parents[1] / "fixtures" / "articles").glob("*.txt"))


def read(article: Article, nlp: Language) -> list[tuple[str, str, str, int, str, str, bool]]:
    with nlp.memory_zone():
        return [
            (word.text, word.tag_, word.dep_, word.head.i, word.lemma_, word.ent_type_, bool(word.is_sent_start))
            for word in language.parse(article, nlp)
        ]


def test_every_word_is_read_as_with_the_products_of_thincs_own_library(analyzer: Analyzer) -> None:
    assert not any(node.ops.use_blis for node in analyzer.nlp.get_pipe("tok2vec").model.walk())
    other = language.load()
    for node in other.get_pipe("tok2vec").model.walk():
        node.ops = NumpyOps(use_blis=True)
    for text in (sample().text, *(path.read_text(encoding="utf-8") for path in TEXTS)):
        article = Article.from_text(text)
        assert read(article, other) == read(article, analyzer.nlp)


def test_the_tokenizer_is_the_models_own_though_englishs_is_never_made(nlp: Language) -> None:
    plain = spacy.load(language.package())
    language.part_marks(plain)
    assert nlp.tokenizer.to_bytes(exclude=["vocab"]) == plain.tokenizer.to_bytes(exclude=["vocab"])
    assert [*nlp.pipe_names] == [pipe for at in plain.pipe_names for pipe in INSTEAD.get(at, (at,))]


@pytest.mark.parametrize(
    ("glued", "apart"),
    [
        ("“The quay stays,”—said Ida Lund, the mayor.", "“The quay stays,” — said Ida Lund, the mayor."),
        ('"The quay stays,"--said Ida Lund, the mayor.', '"The quay stays," -- said Ida Lund, the mayor.'),
        ("‘The quay stays,’—said Ida Lund, the mayor.", "‘The quay stays,’ — said Ida Lund, the mayor."),
        ("Ida Lund said—“The quay stays.”", "Ida Lund said — “The quay stays.”"),
        ("Ida Lund said:“The quay stays.”", "Ida Lund said: “The quay stays.”"),
        ("“The quay stays,”said Ida Lund.", "“The quay stays,” said Ida Lund."),
        ("“The quay stays.”—Ida Lund, mayor", "“The quay stays.” — Ida Lund, mayor"),
        ("Ida Lund—“the boss”—said that it stays.", "Ida Lund — “the boss” — said that it stays."),
    ],
)
def test_a_quotation_mark_is_a_word_whatever_stands_against_it(glued: str, apart: str, analyzer: Analyzer) -> None:
    def words(text: str) -> list[str]:
        return [word.text for word in analyzer.nlp.make_doc(text)]

    def told(text: str) -> list[tuple[str | None, list[str], list[str]]]:
        article = Article.from_text(text)
        found = analyzer.analyze(article)
        names = {source.id: source.name for source in found.sources}
        return [
            (names.get(q.source or ""), [article[s] for s in q.content], [article[s] for s in q.cue])
            for q in found.quotes
        ]

    assert words(glued) == words(apart)
    assert told(glued) == told(apart)
    assert told(glued)[0][0] == "Ida Lund"


def test_what_looks_like_a_quotation_mark_inside_a_word_stays_there(analyzer: Analyzer) -> None:
    for word in ("rock’n’roll", "O’Neill", "10:30", "U.S."):
        assert [part.text for part in analyzer.nlp.make_doc(word)] == [word]
