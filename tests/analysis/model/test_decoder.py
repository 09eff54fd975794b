"""From scores to relations: which labels may follow which, runs, sureness. Scores by hand; no model."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from onrecord.analysis.model import decoder
from onrecord.analysis.model.decoder import Floats, Relation, Run, best_path, log_softmax

O, B, I = 0, 1, 2  # noqa: E741 - outside, begins, inside: a cue's labels
SOURCE, SOURCE_ON, CONTENT, CONTENT_ON = 1, 2, 3, 4  # a pair's labels; 0 is outside


def cues(given: Floats) -> list[tuple[Run, float]]:
    """The cues of one window."""
    (found,) = decoder.cues([given])
    return found


def relations(found: list[tuple[Run, float]], given: Floats, first: int) -> list[decoder.Relation]:
    """The relations of one window, from scores that are no probabilities yet."""
    sure = decoder.log_softmax(given)
    (paths,) = decoder.pair_paths([sure])
    return decoder.relations(found, sure, paths, first)


CUE_STEPS, PAIR_STEPS = decoder._CUE_STEPS, decoder._PAIR_STEPS


def scores(labels: list[int], of: int, *, high: float = 8.0) -> Floats:
    """Scores that say for each word that it has this label."""
    made = np.zeros((len(labels), of), dtype=np.float32)
    made[np.arange(len(labels)), labels] = high
    return made


def pair(*rows: list[int]) -> Floats:
    return np.stack([scores(row, 5) for row in rows])


def sized(of: int) -> st.SearchStrategy[Floats]:
    return st.integers(1, 5).flatmap(
        lambda length: arrays.arrays(
            np.float32, (1, length, of), elements=st.floats(-9, 9, width=32, allow_subnormal=False)
        )
    )


def worth(row: Floats, steps: Floats, path: tuple[int, ...]) -> float:
    """What a row of labels is worth, by the definition."""
    total = float(steps[0, path[0]])
    total += sum(float(steps[before, after]) for before, after in pairwise(path))
    return total + sum(float(row[at, label]) for at, label in enumerate(path))


@settings(deadline=None)
@given(sized(3))
def test_the_best_path_of_a_cue_is_the_best_of_all(given_scores: Floats) -> None:
    found = tuple(best_path(given_scores, CUE_STEPS)[0].tolist())
    best = max(worth(given_scores[0], CUE_STEPS, path) for path in product(range(3), repeat=given_scores.shape[1]))
    assert worth(given_scores[0], CUE_STEPS, found) == pytest.approx(best, abs=0.01)


@settings(deadline=None)
@given(sized(5))
def test_no_path_of_a_pair_takes_a_step_that_is_barred(given_scores: Floats) -> None:
    path = [0, *best_path(given_scores, PAIR_STEPS)[0].tolist()]
    steps = set(pairwise(path))
    assert not steps & {
        (0, SOURCE_ON),
        (0, CONTENT_ON),
        (SOURCE, CONTENT_ON),
        (SOURCE_ON, CONTENT_ON),
        (CONTENT, SOURCE_ON),
        (CONTENT_ON, SOURCE_ON),
    }


def test_an_inside_without_a_beginning_is_taken_for_one() -> None:
    given_scores = scores([O, I, I, O], 3)
    given_scores[1, B] = 7.0
    assert best_path(given_scores[None], CUE_STEPS)[0].tolist() == [O, B, I, O]


def test_a_lone_inside_at_the_start_is_outside_when_a_beginning_is_unlikely() -> None:
    given_scores = np.array([[3, -9, 4]], dtype=np.float32)
    assert best_path(given_scores[None], CUE_STEPS)[0].tolist() == [O]


def test_sequences_are_decoded_side_by_side() -> None:
    rows = np.stack([scores([O, B, I], 3), scores([B, O, B], 3)])
    assert best_path(rows, CUE_STEPS).tolist() == [[O, B, I], [B, O, B]]


@pytest.mark.parametrize(
    ("labels", "runs"),
    [
        ([O, O], []),
        ([B, I, O, B], [(0, 2), (3, 4)]),
        ([B, B, I], [(0, 1), (1, 3)]),
        ([O, B], [(1, 2)]),
        ([B, I, I], [(0, 3)]),
    ],
)
def test_cues_are_runs(labels: list[int], runs: list[tuple[int, int]]) -> None:
    assert [run for run, _ in cues(scores(labels, 3))] == runs


def test_a_cue_has_the_probability_that_its_first_word_is_one() -> None:
    given_scores = np.log(np.array([[0.2, 0.7, 0.1]], dtype=np.float32))
    assert cues(given_scores) == [((0, 1), pytest.approx(0.8, abs=1e-5))]


def test_probabilities_sum_to_one_even_of_large_scores() -> None:
    chance = np.exp(log_softmax(np.array([[900.0, 901.0, -900.0], [0.0, 0.0, 0.0]], dtype=np.float32)))
    assert np.isfinite(chance).all()
    assert chance.sum(-1) == pytest.approx([1, 1], abs=1e-3)


def test_no_cue_no_relation() -> None:
    assert relations([], np.zeros((0, 4, 5), dtype=np.float32), 0) == []
    assert decoder.cues([]) == []


def test_windows_of_different_lengths_are_decoded_as_each_alone() -> None:
    short, long = scores([1, 0], 3), scores([0, 0, 1, 2, 0, 1], 3)
    assert decoder.cues([short, long]) == [cues(short), cues(long)]


def test_positions_count_from_the_windows_first_word() -> None:
    given_scores = pair([SOURCE, SOURCE_ON, 0, CONTENT, CONTENT_ON, CONTENT_ON])
    (found,) = relations([((2, 3), 0.9)], given_scores, 100)
    assert (found.cue, found.source, found.content) == ((102, 103), (100, 102), ((103, 106),))
    assert found.cue_sureness == 0.9


def test_content_may_be_in_several_runs() -> None:
    (found,) = relations([((1, 2), 0.9)], pair([CONTENT, 0, SOURCE, CONTENT, CONTENT_ON]), 0)
    assert found.content == ((0, 1), (3, 5))
    assert found.source == (2, 3)


def test_two_contents_that_touch_stay_two() -> None:
    (found,) = relations([((4, 5), 0.9)], pair([CONTENT, CONTENT_ON, CONTENT, CONTENT_ON, 0]), 0)
    assert found.content == ((0, 2), (2, 4))


def test_of_two_sources_the_one_with_more_behind_it_wins() -> None:
    given_scores = pair([SOURCE, 0, SOURCE, SOURCE_ON, 0, CONTENT])
    (found,) = relations([((1, 2), 0.9)], given_scores, 0)
    assert found.source == (2, 4)
    given_scores = pair([SOURCE, 0, SOURCE, 0, 0, CONTENT])
    given_scores[0, 2, SOURCE] = 1.0
    (found,) = relations([((1, 2), 0.9)], given_scores, 0)
    assert found.source == (0, 1)


def test_each_cue_has_its_own_source_and_content() -> None:
    given_scores = pair([SOURCE, 0, CONTENT, 0, 0, 0], [0, 0, 0, SOURCE, 0, CONTENT])
    first, second = relations([((1, 2), 0.9), ((4, 5), 0.8)], given_scores, 0)
    assert (first.source, first.content) == ((0, 1), ((2, 3),))
    assert (second.source, second.content) == ((3, 4), ((5, 6),))


def test_a_relation_without_source_or_content_says_how_sure_that_is() -> None:
    (found,) = relations([((0, 1), 0.9)], pair([0, 0, 0]), 0)
    assert found.source is None
    assert found.content == ()
    assert found.content_sureness == 0
    assert found.source_sureness > 0.95
    unsure = np.zeros((1, 1, 5), dtype=np.float32)
    unsure[0, 0] = np.log(np.array([0.5, 0.4, 0.04, 0.03, 0.03], dtype=np.float32))
    (found,) = relations([((0, 1), 0.9)], unsure, 0)
    assert found.source_sureness == pytest.approx(0.56, abs=1e-4)


@settings(deadline=None)
@given(sized(5))
def test_every_relation_lies_in_its_window_and_its_surenesses_are_probabilities(given_scores: Floats) -> None:
    length = given_scores.shape[1]
    (found,) = relations([((0, 1), 0.5)], given_scores, 7)
    assert isinstance(found, Relation)
    last = 7
    for low, high in found.content:
        assert last <= low < high <= 7 + length
        last = high
    if found.source is not None:
        assert 7 <= found.source[0] < found.source[1] <= 7 + length
        assert not any(low < found.source[1] and found.source[0] < high for low, high in found.content)
    for sureness in (found.source_sureness, found.content_sureness):
        assert -1e-6 <= sureness <= 1 + 1e-6


def contests(
    found: list[tuple[Run, float]],
    statuses: Floats,
    given: Floats,
    first: int,
    *,
    certain: int | None = None,
    contested: Floats | None = None,
) -> list[decoder.Dispute]:
    sure = decoder.log_softmax(given)
    whatever = decoder.log_softmax(np.zeros(given.shape[1:], np.float32) if contested is None else contested)
    (paths,) = decoder.claim_paths([sure[:certain]], [whatever])
    return decoder.contests(found, statuses, sure, paths, whatever, first)


def test_everything_that_a_word_contests_is_an_entry_of_its_own() -> None:
    given = np.stack([scores([O, B, I, O, B], 3)])
    one, other = contests([((0, 1), 0.9)], scores([1, 0, 0, 0, 0], 7), given, first=10)
    assert (one.cue, one.content, one.status) == ((10, 11), (11, 13), "denied")
    assert (other.cue, other.content, other.cue_sureness) == ((10, 11), (14, 15), 0.9)
    assert one.content_sureness > 0.9


def test_a_word_that_contests_nothing_near_is_told_too() -> None:
    (only,) = contests([((1, 2), 0.7)], scores([0, 4], 7), np.stack([scores([O, O], 3)]), first=0)
    assert (only.content, only.status) == (None, "accusation")
    assert only.content_sureness > 0.9


def test_words_beyond_a_short_window_are_no_content() -> None:
    long, short = np.stack([scores([O, O, O, B], 3)]), np.stack([scores([O, B], 3)])
    sure = [decoder.log_softmax(long), decoder.log_softmax(short)]
    contested = [decoder.log_softmax(scores([O] * one.shape[1], 3)) for one in sure]
    _, paths = decoder.claim_paths(sure, contested)
    (only,) = decoder.contests([((0, 1), 0.9)], scores([0, 0], 7), sure[1], paths, contested[1], 0)
    assert only.content == (1, 2)


def test_what_no_cue_is_sure_of_is_given_to_the_likeliest_word() -> None:
    given = np.stack([scores([O, O, B, I], 3), scores([O, O, B, I], 3)])
    asked = [((0, 1), 0.3), ((1, 2), 0.4)]
    (only,) = contests(asked, scores([0, 4, 0, 0], 7), given, 5, certain=0, contested=scores([O, O, B, I], 3))
    assert (only.cue, only.content, only.status) == ((6, 7), (7, 9), "accusation")
    assert only.cue_sureness == pytest.approx(0.4)
    assert only.sureness == pytest.approx((1 - 0.6 * 0.7) ** 0.5, abs=0.05)  # either of the two contests it


def test_what_a_cue_contests_is_believed_less_where_it_looks_uncontested() -> None:
    given, cue = np.stack([scores([O, B, I], 3)]), [((0, 1), 0.9)]
    (unlikely,) = contests(cue, scores([0, 0, 0], 7), given, 0, contested=scores([O, O, O], 3))
    (likely,) = contests(cue, scores([0, 0, 0], 7), given, 0, contested=scores([O, B, I], 3))
    assert unlikely.sureness < 0.3 < 0.9 < likely.sureness


def test_what_is_contested_by_a_cue_already_is_no_second_claim() -> None:
    given = np.stack([scores([O, B, I], 3), scores([O, B, I], 3)])
    (only,) = contests(
        [((0, 1), 0.9), ((0, 1), 0.2)], scores([0, 0, 0], 7), given, 0, certain=1, contested=scores([O, O, B], 3)
    )
    assert only.content == (1, 3)


def test_words_that_may_be_cues_are_the_likeliest_beside_those_that_are() -> None:
    given = np.log(np.array([[0.1, 0.9, 0.0], [0.8, 0.2, 0.0], [0.7, 0.3, 0.0], [0.79, 0.01, 0.2]]) + 1e-9)
    found = decoder.doubtful(given.astype(np.float32), [((0, 1), 0.9)])
    assert [run for run, _ in found] == [(2, 4), (1, 2)]
    assert found[0][1] == pytest.approx(0.3, abs=0.01)
