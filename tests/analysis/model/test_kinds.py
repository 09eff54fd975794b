"""The last layers that say what kind of source somebody is: their sums by hand, and which word tells."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.analysis.model.kinds import FACTS, LOOKS, Kinds, Shown
from onrecord.analysis.result import IDENTIFICATIONS, SOURCE_TYPES

SAYS = 1  # what each way of looking makes of a word
ANSWERS = len(SOURCE_TYPES) + len(IDENTIFICATIONS)
OFFICIAL, EXPERT = SOURCE_TYPES.index("official"), SOURCE_TYPES.index("expert")
NAMED = len(SOURCE_TYPES) + IDENTIFICATIONS.index("named_person")


def kinds() -> Kinds:
    """The first way of looking speaks for an official, the second for an expert, a person's name for being named."""
    make = np.zeros((LOOKS * SAYS + FACTS, 3), np.float32)
    make[0, 0] = make[1, 1] = make[LOOKS * SAYS, 2] = 1
    answer = np.zeros((3, ANSWERS), np.float32)
    answer[0, OFFICIAL] = answer[1, EXPERT] = answer[2, NAMED] = 4
    none = np.zeros(ANSWERS, np.float32)
    layers = {"make_weight": make, "make_bias": none[:3], "answer_weight": answer, "answer_bias": none}
    return Kinds({f"kinds_{name}": array for name, array in layers.items()})


def word(*, look: float = 0.0, official: float = 0.0, expert: float = 0.0) -> list[float]:
    """What the encoder shows of a word: how much it counts in each way of looking, and what it says there."""
    return [look] * LOOKS + [official, expert, *[0.0] * (LOOKS - 2)]


def test_what_the_words_say_decides_the_type() -> None:
    found = kinds().of(np.array([word(official=2), word(expert=1)], np.float32), (0, 0, 0))
    assert found.type == "official"
    assert sum(found.types.values()) == pytest.approx(1)
    assert found.types["official"] > found.types["expert"] > found.types["media"]


def test_a_word_that_is_looked_at_more_counts_more() -> None:
    found = kinds().of(np.array([word(official=2), word(look=4, expert=1)], np.float32), (0, 0, 0))
    assert found.type == "expert"


def test_what_the_register_says_counts_too() -> None:
    words = np.array([word()], np.float32)
    named = kinds().of(words, (1, 0, 1)).identifications["named_person"]
    assert named > 0.9 > kinds().of(words, (0, 0, 0)).identifications["named_person"]


def test_the_word_that_speaks_for_a_type_tells_it() -> None:
    found = kinds().of(np.array([word(), word(official=2), word(expert=1)], np.float32), (0, 0, 0))
    assert found.telling.shape == (len(SOURCE_TYPES), 3)
    assert [int(found.telling[kind].argmax()) for kind in (OFFICIAL, EXPERT)] == [1, 2]


def test_what_says_nothing_to_the_layers_tells_nothing() -> None:
    found = kinds().of(np.array([word(official=-2)], np.float32), (0, 0, 0))
    assert not found.telling.any()


def test_words_are_found_by_where_they_begin() -> None:
    shown = Shown(np.array([0, 5, 9]), np.array([[1.0], [2.0], [3.0]], np.float32))
    assert shown.at([5, 9, 7, 20])[:, 0].tolist() == [2, 3, 0, 0]
    assert shown.at([]).shape == (0, 1)
