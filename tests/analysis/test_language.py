"""The language model: numpy's products give what thinc's own give."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy import util
from spacy.language import Language

from onrecord.analysis import language
from onrecord.analysis.analyzer import Analyzer
from onrecord.article import Article
from onrecord.web.pages import sample

pytestmark = pytest.mark.model

TEXTS = sorted((Path(__file__).parents[1] / "fixtures" / "articles").glob("*.txt"))


def read(article: Article, nlp: Language) -> list[tuple[str, str, str, int, str, str, bool]]:
    with nlp.memory_zone():
        return [
            (word.text, word.tag_, word.dep_, word.head.i, word.lemma_, word.ent_type_, bool(word.is_sent_start))
            for word in language.parse(article, nlp)
        ]


def test_with_one_thread_every_word_is_read_the_same(analyzer: Analyzer) -> None:
    other = language.load(one_thread=True)
    assert {type(node.ops).__name__ for node in other.get_pipe("parser").model.walk()} == {"NumpyOps"}
    assert not any(node.ops.use_blis for node in other.get_pipe("parser").model.walk())
    for text in (sample().text, *(path.read_text(encoding="utf-8") for path in TEXTS)):
        article = Article.from_text(text)
        assert read(article, other) == read(article, analyzer.nlp)


def test_the_tokenizer_is_the_models_own_though_englishs_is_never_made(nlp: Language) -> None:
    (name,) = [one for one in (language.PREFERRED_PACKAGE, language.FALLBACK_PACKAGE) if util.is_package(one)][:1]
    plain = spacy.load(name)
    assert nlp.tokenizer.to_bytes() == plain.tokenizer.to_bytes()
    assert [*nlp.pipe_names] == [
        pipe for at in plain.pipe_names for pipe in (("onrecord_blocks", at) if at == "parser" else (at,))
    ]
