"""The labels of every head, and the windows of a pass. Words by hand; no model."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from onrecord.analysis.model import features
from onrecord.analysis.model.features import Words
from onrecord.analysis.result import SOURCE_TYPES
from onrecord.training.corpus import CORPUS, OWN, Contest, Example, Known, Relation
from onrecord.training.material import Material, Window, batches, claim_labels, pair_labels, pass_windows
from onrecord.training.plan import Plan

OFFICIAL = SOURCE_TYPES.index("official")
PLAN = Plan(
    shortest_window=256, empty_kept=1.0, masked=0.0, masked_often=0.0, renamed=0.0, own_marks=1.0, corpus_kept=1.0
)


def words(*tags: str, blocks: tuple[int, ...] | None = None) -> Words:
    """Words of one piece each, all hanging on the first word of their sentence, which is their block."""
    count = len(tags)
    block = np.array(blocks or (0,) * count)
    first = np.array([int(np.flatnonzero(block == number)[0]) for number in block])
    none = np.zeros(count, dtype=np.int64)
    start = np.arange(count) * 2
    return Words(
        index=np.arange(count), start=start, end=start + 1, case=none, place=none,
        tag=np.array([features.TAGS.index(tag) for tag in tags]), dependency=none, head=first, sentence=block,
        block=block, quotation=none - 1, pieces=[[1000 + at] for at in range(count)],
    )  # fmt: skip


SAID = Relation(cue=(1,), source=(0,), content=(2, 3))
SENTENCE = words("NNP", "VBD", "PRP", "VBZ", "NN")


def windows(*examples: Example, plan: Plan | None = None, seed: int = 1) -> list[Window]:
    return list(pass_windows([Material(one) for one in examples], plan or PLAN, random.Random(seed)))


def test_a_word_begins_or_goes_on() -> None:
    made = Material(Example(name="a", words=SENTENCE, relations=(Relation((1, 2), (0,), (3,)),)))
    assert made.cue_labels.tolist() == [0, 1, 2, 0, 0]
    assert made.plain.tolist() == [1, 3, 4, 5, 0]


def test_two_speakers_of_one_cue_are_one_with_everything_that_is_said() -> None:
    made = Material(Example(name="a", words=SENTENCE, relations=(SAID, Relation((1,), (4,), (4,)))))
    assert made.relations[1].source == (0,)
    assert made.relations[1].content == (2, 3, 4)


def test_labels_of_a_pair_leave_the_cue_out_and_begin_anew_at_the_window() -> None:
    relation = Relation(cue=(2,), source=(0,), content=(1, 2, 3))
    assert pair_labels(relation, 0, 5).tolist() == [1, 3, 0, 3, 0]
    assert pair_labels(relation, 3, 5).tolist() == [3, 0]
    assert pair_labels(None, 0, 3).tolist() == [0, 0, 0]


def test_each_thing_contested_begins_by_itself() -> None:
    contest = Contest(cue=(0,), contents=((1, 2), (3,)), status="denied", weight=1.0)
    assert claim_labels(contest, 0, 5).tolist() == [0, 1, 2, 1, 0]


def test_what_is_optional_counts_less_and_what_is_required_leads() -> None:
    held = (
        Contest(cue=(1,), contents=((2, 3),), status="denied", weight=1.0),
        Contest(cue=(4,), contents=((3,),), status="disputed", weight=0.25),
    )
    made = Material(Example(name="a", words=SENTENCE, convention=OWN, contests=held))
    assert made.cue_weights.tolist() == [1, 1, 1, 1, 0.25]
    assert made.contested_weights.tolist() == [1, 1, 1, 1, 1]
    assert made.contested.tolist() == [0, 0, 1, 2, 0]


def test_a_pass_sees_an_example_as_often_as_it_is_kept() -> None:
    example = Example(name="a", words=SENTENCE, relations=(SAID,), convention=OWN)
    seen = [len(windows(replace(example, kept=kept), seed=seed)) for kept in (0.0, 0.5, 1.0) for seed in range(40)]
    assert (sum(seen[:40]), sum(seen[80:])) == (0, 40)
    assert 10 < sum(seen[40:80]) < 30


def test_a_head_is_taught_only_what_was_annotated() -> None:
    (corpus,) = windows(Example(name="a", words=SENTENCE, relations=(SAID,)))
    assert (corpus.attributions is not None, corpus.said, corpus.claims) == (True, [], None)
    (sentence,) = windows(Example(name="b", words=SENTENCE, convention=OWN, said={1: False}))
    assert (sentence.attributions, sentence.said, sentence.claims) == (None, [(1, False)], None)


def test_words_that_are_no_cue_are_seen_with_no_content() -> None:
    (window,) = windows(Example(name="a", words=SENTENCE, relations=(SAID,)))
    assert window.attributions is not None
    pairs = window.attributions.pairs
    assert pairs.cues == [1, 3]
    assert pairs.labels[1].tolist() == [0] * 5


def test_of_an_article_in_both_conventions_a_pass_sees_ours() -> None:
    both = (
        Example(name="a", words=SENTENCE, relations=(SAID,)),
        Example(name="a", words=SENTENCE, relations=(SAID,), convention=OWN),
    )
    seen = [window.convention for window in windows(*both, plan=replace(PLAN, corpus_kept=0.0))]
    assert seen == [OWN]
    alone = [window.convention for window in windows(both[0], plan=replace(PLAN, corpus_kept=1.0))]
    assert alone == [CORPUS]


def test_of_two_styles_of_marks_a_pass_sees_one() -> None:
    styles = (
        Example(name="a", words=SENTENCE, relations=(SAID,)),
        Example(name="a#single", words=SENTENCE, relations=(SAID,)),
    )
    assert len(windows(*styles)) == 1


def test_windows_with_nothing_annotated_are_kept_now_and_then() -> None:
    long = words(*("NN",) * 400, blocks=tuple(at // 100 for at in range(400)))
    example = Example(name="a", words=long, relations=(SAID,))
    assert len(windows(example, plan=replace(PLAN, empty_kept=0.0))) == 1
    assert len(windows(example, plan=replace(PLAN, empty_kept=1.0))) == 2


def test_a_window_has_the_sources_that_it_shows_with_what_it_shows_of_them() -> None:
    two = words("NNP", "VBD", "NN", "NNP", "VBD", "NN", blocks=(0, 0, 0, 1, 1, 1))
    source = Known((0, 2, 3), (1.0, 0.0, 1.0), (OFFICIAL,), None)
    example = Example(name="a", words=two, convention=OWN, sources=(source, Known((4,), (0.0,) * 3, (OFFICIAL,), 0)))
    alone = replace(PLAN, blocks_alone=1.0, sentences_alone=0.0)
    shown = [window.sources for window in windows(example, plan=alone)]
    assert [[places for places, _ in sources] for sources in shown] == [[[0, 2]], [[0], [1]]]
    assert shown[0][0][1] is source


def test_every_window_is_in_one_batch() -> None:
    made = windows(*(Example(name=str(at), words=SENTENCE, relations=(SAID,)) for at in range(7)))
    found = list(batches(made, 3, random.Random(1)))
    assert sorted(map(len, found)) == [1, 3, 3]
