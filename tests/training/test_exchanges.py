"""Which block of an annotated article has which role, and the texts that were written for it."""

from __future__ import annotations

from typing import Any

from onrecord.analysis.quotes.exchanges import ANSWER, NEITHER, QUESTION
from onrecord.training.exchanges import of_articles, written

TEXTS = ("Anna Bell on lamps", "How did you begin?", "With my uncle.", "Go on.", "He had a lamp.", "And then?", "Fog.")


def record(*said: str, texts: tuple[str, ...] = TEXTS, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    text = "\n\n".join(texts)
    quotes = [
        {
            "kind": "direct",
            "optional": words in optional,
            "contents": [{"start": text.index(words), "end": text.index(words) + len(words)}],
        }
        for words in said
    ]
    return {"doc": "a", "text": text, "quotes": quotes}


ANSWERS = ("With my uncle.", "He had a lamp.", "Fog.")


def test_what_stands_before_an_answer_and_asks_is_a_question() -> None:
    (one,) = of_articles([record(*ANSWERS)])
    assert one.roles == [NEITHER, QUESTION, ANSWER, QUESTION, ANSWER, QUESTION, ANSWER]
    assert one.interview


def test_words_that_may_be_left_out_are_the_interviewers() -> None:
    (one,) = of_articles([record("How did you begin?", *ANSWERS, optional=("How did you begin?",))])
    assert one.roles[1] == QUESTION


def test_in_an_article_in_which_nobody_is_asked_no_block_has_a_role() -> None:
    (one,) = of_articles([record("With my uncle.", "Fog.")])
    assert one.roles == [NEITHER] * len(TEXTS)
    assert not one.interview


def test_what_is_unclear_is_left_out_and_so_are_labelled_turns() -> None:
    assert not list(of_articles([record("Anna Bell on lamps", *ANSWERS)]))  # it would begin with an answer
    labelled = ("Lamps", "BELL: I began.", "OKAFOR: When?", "BELL: At nine.")
    assert not list(of_articles([record(texts=labelled)]))


def test_the_written_texts_have_both_kinds() -> None:
    found = list(written())
    assert len({one.name for one in found}) == len(found) > 500
    assert 100 < sum(not one.interview for one in found) < 250
    assert all(len(one.roles) == len(one.article.blocks) > 1 for one in found)
    assert all(ANSWER in one.roles for one in found if one.interview)
