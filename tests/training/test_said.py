"""The training of the vote on what was said: that what is learned is what the shipped file says."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest

from onrecord.training import said
from onrecord.training.said import Judged, cross_validated, fit, packed

WORDS, VECTORS, FACTS = 6, 4, 3


def acts(count: int = 120) -> list[Judged]:
    """Acts that were said where their word points one way; the encoder's numbers and the facts are noise."""
    draw = np.random.default_rng(0)
    made = []
    for number in range(count):
        word = draw.normal(size=WORDS).astype(np.float32)
        was = bool(word[0] > 0)
        made.append(
            Judged(
                article=number % 12, listed=number % 2 == 0, said=was, weight=1.0, required=number if was else None,
                word=word, vector=draw.normal(3, 2, VECTORS).astype(np.float32),
                facts=draw.normal(size=FACTS).astype(np.float32),
            )
        )  # fmt: skip
    return made


def test_what_was_said_is_learned_from_the_word() -> None:
    known = acts()
    right = [score > 0 for score in fit(known).scores(known)]
    assert np.mean(np.array(right) == [act.said for act in known]) > 0.9


def test_acts_without_weight_teach_nothing() -> None:
    known = acts()
    wrong = [replace(act, said=not act.said, weight=0.0) for act in known]
    assert np.allclose(fit(known).scores(known), fit([*known, *wrong]).scores(known))


def test_the_file_holds_what_was_learned() -> None:
    found = fit(acts())
    pieces = np.random.default_rng(1).normal(size=(5, WORDS)).astype(np.float32)
    held = io.BytesIO()
    np.savez(held, allow_pickle=False, **packed(found, pieces))
    arrays = np.load(io.BytesIO(held.getvalue()))
    votes = pieces @ found.word
    assert np.abs(arrays["pieces"] * arrays["scale"] - votes).max() <= np.abs(votes).max() / 127
    assert arrays["bias"] == pytest.approx(found.bias)
    assert np.array_equal(arrays["vector"], found.vector)


def test_cross_validation_says_what_lexicon_and_vote_keep(capsys: pytest.CaptureFixture[str]) -> None:
    known = acts()
    cross_validated(known, sum(act.said for act in known))
    listed, voted = capsys.readouterr().out.splitlines()
    assert listed.startswith("by the lexicon: ")
    assert int(voted.split()[3]) > int(listed.split()[3])


def test_the_sentences_say_whether_somebody_says_it() -> None:
    lines = [line for line in said.SENTENCES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert {line.partition(" ")[0] for line in lines} == {"+", "-"}
    assert len(set(lines)) == len(lines)
