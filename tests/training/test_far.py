"""Examples of what is answered from afar. Words by hand; no model."""

from __future__ import annotations

import random

from onrecord.analysis.model import features
from onrecord.training.corpus import OWN, Contest, Example
from onrecord.training.far import beside, far
from tests.training.test_material import words

TAGS = ("NN", "VBD", "NN", "VBD", "NN", "NN", "VBD", "NN")
BLOCKS = (0, 0, 1, 1, 2, 2, 3, 3)


def example(*contests: Contest, name: str = "a") -> Example:
    return Example(name=name, words=words(*TAGS, blocks=BLOCKS), convention=OWN, contests=contests)


def contest(cue: int, *contents: tuple[int, ...]) -> Contest:
    return Contest((cue,), contents, "denied", 1.0)


def test_a_cue_is_put_beside_what_it_answers() -> None:
    (made,) = far([example(contest(6, (0, 1)))], random.Random(1), kept=0.7)
    (own,) = made.contests or ()
    assert made.words.block.tolist() == [0, 0, 3, 3]
    assert (own.cue, own.contents) == ((2,), ((0, 1),))
    assert made.words.head.tolist() == [0, 0, 2, 2]
    assert made.kept == 0.7


def test_and_beside_what_it_does_not_answer() -> None:
    made = list(far([example(contest(6, (0, 1)), contest(3, (2,)))], random.Random(1)))
    blocks = {tuple(dict.fromkeys(one.words.block.tolist())) for one in made}
    assert blocks == {(0, 3), (1, 3)}
    nothing = next(one for one in made if 1 in one.words.block)
    assert [own.contents for own in nothing.contests or ()] == [(), ((0,),)]


def test_neighbours_and_other_marks_are_none() -> None:
    assert not list(far([example(contest(3, (0, 1)))], random.Random(2)))
    assert not list(far([example(contest(6, (0, 1)), name="a#single")], random.Random(1)))


def test_what_does_not_fit_into_a_window_is_left_out() -> None:
    whole = example(contest(6, (0, 1)))
    whole.words.pieces[0] = [1] * features.LONGEST_WINDOW
    assert beside(whole, (0, 3), "a") is None
