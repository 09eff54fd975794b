"""Interviews without labels: which blocks ask, and which answer."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.analysis.quotes import exchanges as module
from onrecord.analysis.quotes.exchanges import ANSWER, COLUMNS, NEITHER, QUESTION, Chain, Weights, exchanges, rows
from onrecord.article import Article, Block
from tests.analysis.conftest import Reader

INTERVIEW = (
    "Anna Bell on forty years at the lighthouse",
    "Anna Bell kept the lamp at Carrow until last spring. She spoke to us at home.",
    "How did you begin?",
    "My uncle took me there when I was nine. I never left.",
    "Weren’t you ever afraid?",
    "I was, in the storm of 1987. We had no lamp for six hours.",
    "The sea came up to my window, and my uncle laughed at me when I prayed.",
    "What do you miss?",
    "I miss the birds.",
)
# Prompts that are statements, an answer that asks, answers about anything but who gives them.
IRREGULAR = (
    "Ewa Lind: ‘A bridge is a promise’",
    "Ewa Lind has built bridges for thirty years. In an interview she tells us why the last one fell.",
    "You have had a hard year.",
    "The river had a harder one. It took the old piers in a night, and nobody who saw it will forget the noise.",
    "The piers dated from 1911, when the town had one car and no lorry.",
    "Tell us about that night.",
    "Rain since noon, and the gauge under the deck still dry. How does one explain that to a council?",
    "You could have closed the road. Why did you wait?",
    "The rules said two metres. It stood at one metre ninety.",
    "And now?",
    "A new one, with room for the water.",
)
EXPLAINED = (
    "The new bridge toll, explained",
    "From Monday drivers pay to cross the Carrow. Here is what the council has decided.",
    "How much is it?",
    "A car costs two pounds and a lorry nine. Motorcycles cross free.",
    "Who decided it?",
    "The council voted in May, by 21 to 14, after a report on the old piers said they would not last.",
    "What happens to the money?",
    "It goes into a fund for the new bridge, which the council hopes to open in 2031.",
)


def article(*texts: str) -> Article:
    return Article(tuple(Block(f"b{at}", "paragraph", text) for at, text in enumerate(texts)))


def test_each_question_has_the_blocks_that_answer_it() -> None:
    assert exchanges(article(*INTERVIEW)) == [(2, [3]), (4, [5, 6]), (7, [8])]


def test_a_question_needs_no_question_mark_and_an_answer_may_have_one() -> None:
    assert exchanges(article(*IRREGULAR)) == [(2, [3, 4]), (5, [6]), (7, [8]), (9, [10])]


@pytest.mark.parametrize(
    "texts",
    [
        INTERVIEW[:4],  # one question
        tuple(text.replace("?", ".") for text in INTERVIEW),
        (*INTERVIEW[:2], "What is a lamp worth?", *["The tower stands on a rock."] * 12, "Is it not?"),
    ],
)  # fmt: skip
def test_what_is_no_interview(texts: tuple[str, ...]) -> None:
    assert exchanges(article(*texts)) == []


@pytest.mark.model
def test_the_answers_are_whose_the_lead_says_and_nobodys_words_are_no_interview(read: Reader) -> None:
    assert [who for who, words in read(*IRREGULAR).said if "piers dated" in words] == ["Ewa Lind"]
    assert not any("two pounds" in words or "a fund" in words for _, words in read(*EXPLAINED).said)


def chain(question: float) -> Chain:
    """Whoever asks at the end of a block is so much likelier to ask than not, and an answer follows a question."""
    looks, steps = np.zeros((len(COLUMNS), 3)), np.zeros((3, 3))
    looks[COLUMNS.index("always"), QUESTION] = -10
    looks[COLUMNS.index("asks at the end"), QUESTION] = 10 + question
    steps[:, ANSWER] = -10
    steps[QUESTION] = (-10, -10, 2)
    steps[ANSWER] = (1, 0, -10)
    return Chain(looks, steps, np.array([0.0, 0.0, -10.0]))


def test_the_likeliest_roles_and_by_how_much() -> None:
    told = rows(article("Why?", "Because.", "The end."))
    assert chain(5).roles(told) == [QUESTION, ANSWER, NEITHER]
    assert chain(5).surplus(told) == pytest.approx(5 + 2 + 1)
    assert chain(-5).roles(told) == [NEITHER] * 3
    assert chain(-5).surplus(told) == 0


def test_how_sure_it_must_be_is_asked_of_the_text_and_who_speaks_of_interviews_alone() -> None:
    two = article("Why?", "Because.", "When?", "At noon.")
    assert exchanges(two, Weights(chain(5), chain(5)), sure=10) == [(0, [1]), (2, [3])]
    assert exchanges(two, Weights(chain(5), chain(5)), sure=100) == []
    assert exchanges(two, Weights(chain(5), chain(-5)), sure=10) == []


def test_letters_that_hardly_ask_are_no_interview(monkeypatch: pytest.MonkeyPatch) -> None:
    two = article("Why?", "Because.", "When?", "At noon.")
    monkeypatch.setattr(module, "ASKING", 1.1)
    assert exchanges(two, Weights(chain(5), chain(5)), sure=10) == []


def test_the_weights_have_a_row_for_each_column() -> None:
    found = module.load()
    assert found.texts.looks.shape == found.interviews.looks.shape == (len(COLUMNS), 3)


def test_a_block_is_told_by_itself_and_its_neighbours() -> None:
    made = rows(article("The interview", "Why did you go?", "I had to."))
    at = {name: number for number, name in enumerate(COLUMNS)}
    assert (
        made[1, at["asks at the end"]] == made[1, at["you"]] == made[1, at["has you"]] == made[1, at["begins why"]] == 1
    )
    assert made[2, at["asks at the end, before"]] == made[0, at["asks at the end, behind"]] == 1
    assert made[2, at["I"]] == 1
    assert made[0, at["an interview before"]] == 0
    assert made[2, at["an interview before"]] == 1
    assert made[0, at["asks at the end, share"]] == pytest.approx(1 / 3)
