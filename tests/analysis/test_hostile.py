"""Texts made to hold the reader up: what each stage looks at has an end. ``bench.hostile`` measures the time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from onrecord.analysis import language, marks
from onrecord.analysis.language import LONGEST_RUN, LONGEST_SENTENCE, block_boundaries, parsed
from onrecord.analysis.marks import FURTHEST, quotations
from onrecord.analysis.phrases import REACH, Reading
from onrecord.analysis.quotes import gaps
from onrecord.article import Article, Block
from tests.analysis.hostile_texts import KINDS


class Counted(list[Any]):
    """A list that counts how often one of its items is looked at."""

    looks = 0

    def __getitem__(self, key: Any) -> Any:
        Counted.looks += 1
        return super().__getitem__(key)


def looks(article: Article, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many marks the pairing of an article's marks looks at."""
    real = marks._marks
    monkeypatch.setattr(marks, "_marks", lambda text: Counted(real(text)))
    Counted.looks = 0
    quotations(article)
    monkeypatch.setattr(marks, "_marks", real)
    return Counted.looks


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "mark" in kind or kind in {"apostrophes", "guillemets"}])
def test_marks_are_looked_at_so_many_times_each_at_any_length(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = KINDS[kind](3_000), KINDS[kind](30_000)
    few, many = looks(short, monkeypatch), looks(long, monkeypatch)
    assert many <= 12 * few + 10 * FURTHEST
    assert many <= (FURTHEST + 5) * sum(len(marks._MARK.findall(block.text)) for block in long.blocks)


def test_no_run_of_a_text_is_longer_than_the_tokenizer_stands() -> None:
    for kind, made in KINDS.items():
        text = language._as_read(made(20_000).text)
        assert len(text) == len(made(20_000).text), kind  # offsets stay
        longest = max((len(run) for run in re.findall(r"\S+", text) if set(run) != {"x"}), default=0)
        assert longest < LONGEST_RUN, kind


def bare(text: str) -> tuple[Article, Doc]:
    """A parse without a model: words only."""
    article = Article((Block("b0", "paragraph", text),))
    return article, spacy.blank("en").make_doc(text)


@pytest.mark.parametrize("text", ["a and " * 1_000, "said " * 1_000, "“a” " * 1_000, "a \n" * 1_000])
def test_a_sentence_has_an_end(text: str) -> None:
    _, doc = bare(text)
    doc[0].is_sent_start = True
    for token in doc[1:]:
        token.is_sent_start = False
    assert max(len(sentence) for sentence in block_boundaries(doc).sents) <= LONGEST_SENTENCE + 1


def test_a_sentence_of_ordinary_length_is_left_alone() -> None:
    _, doc = bare("Bell said it. " * 100 + "one, " * 100)
    block_boundaries(doc)
    assert not doc.has_annotation("SENT_START")


def test_a_quotation_looks_back_no_further_than_it_may() -> None:
    article, doc = bare("Bell . " + "“ a ” " * 1_000 + " " * 2 * REACH + "“ b ”")
    reading = Reading(article, doc, quotations(article))
    assert reading.last_unquoted(article.text.index("“ b")) is None
    assert reading.last_character(article.text.index("“ b")) == ""
    assert reading.last_character(7) == "."
    assert len(reading.last_words(3_000)) <= REACH


def test_the_gaps_between_quotations_are_each_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read = 0
    real = gaps._last_sentence

    def counted(text: str) -> int:
        nonlocal read
        read += len(text)
        return real(text)

    monkeypatch.setattr(gaps, "_last_sentence", counted)
    for text in ("“a” A. ", "A. A. “a” said ", "“a” " * 20 + "B. " * 20):
        article, doc = bare(text * (6_000 // len(text)))
        reading = Reading(article, doc, quotations(article))
        read = 0
        for number in range(len(reading.outer)):
            gaps.gap_before(reading, number)
        assert read <= 2 * len(article.text), text


def words_of(article: Article, nlp: Any) -> Iterator[int]:
    for docs in parsed(article, nlp):
        yield from (len(sentence) for doc in docs for sentence in doc.sents)


@pytest.mark.model
@pytest.mark.parametrize("kind", ["ands", "quotation marks", "names"])
def test_the_models_sentences_have_an_end_too(kind: str, nlp: Any) -> None:
    assert max(words_of(KINDS[kind](3_000), nlp)) <= LONGEST_SENTENCE + 1
