"""Who is not named by agreement, and why: on sentences written for it, near misses among them."""

from __future__ import annotations

import pytest

from onrecord.analysis.result import Source
from tests.analysis.conftest import Found, Reader
from tests.analysis.sources.anonymity_cases import GRANTS, NEAR_MISSES, OPINIONS, Case

FLOOR = 0.95


def _granted(found: Found) -> list[Source]:
    return [source for source in found.analysis.sources if source.identification == "anonymous"]


@pytest.mark.model
def test_precision_and_recall_of_anonymous_sources(read: Reader) -> None:
    assert len(GRANTS) + len(NEAR_MISSES) >= 60
    right = extra = 0
    missed = []
    for case in (*GRANTS, *NEAR_MISSES):
        number = len(_granted(read(case.text)))
        wanted = int(case.grant is not None)
        right += min(number, wanted)
        extra += max(number - wanted, 0)
        if number < wanted:
            missed.append(case.text)
    assert right / (right + extra) >= FLOOR
    assert right / len(GRANTS) >= FLOOR, missed


@pytest.mark.model
def test_words_and_reason_of_the_grants_that_are_found(read: Reader) -> None:
    wrong: list[tuple[Case, object]] = []
    seen = 0
    for case in GRANTS:
        found = read(case.text)
        for source in _granted(found):
            seen += 1
            why = source.anonymity
            assert why is not None
            reason = found.article[why.reason] if why.reason is not None else None
            told = (found.article[why.evidence[0]], reason, why.reason_kind)
            if told != (case.grant, case.reason, case.kind):
                wrong.append((case, told))
    assert len(wrong) <= seen * (1 - FLOOR), wrong


@pytest.mark.model
@pytest.mark.parametrize("case", NEAR_MISSES, ids=lambda case: case.text[:40])
def test_a_near_miss_is_no_grant(read: Reader, case: Case) -> None:
    assert _granted(read(case.text)) == []


@pytest.mark.model
@pytest.mark.parametrize(("text", "opinion"), OPINIONS)
def test_opinion_is_told_from_information(read: Reader, text: str, opinion: bool) -> None:
    [source] = _granted(read(text))
    assert source.anonymity is not None
    assert source.anonymity.opinion is opinion


@pytest.mark.model
def test_one_of_a_group_shares_its_grant(read: Reader) -> None:
    found = read(
        "Three security sources who were not authorized to speak on the record said the tapes were gone.",
        "“They were burned,” said one of the security sources.",
        "Another security source said there had been two copies.",
        "“No,” said one resident.",
    )
    assert [identification for _, identification in found.kinds.values()] == [
        "anonymous", "anonymous", "anonymous", "described",
    ]  # fmt: skip


@pytest.mark.model
def test_a_grant_inside_the_words_that_name_the_source_is_its_own(read: Reader) -> None:
    # the no-break space makes the language model take *authorized* for the head of the whole phrase
    found = read(
        "Now the FBA is looking into whether Lund sold the maps, according to three harbour sources who spoke to Sea "
        "News but\xa0were not authorized to speak on the record."
    )
    assert [identification for _, identification in found.kinds.values()] == ["anonymous"]


@pytest.mark.model
def test_a_grant_is_not_of_a_speaker_outside_the_words_that_hold_it(read: Reader) -> None:
    # the parser hangs *were not authorized* on *is looking*, of which the FBI is the subject
    found = read(
        "Now the FBI said it is looking into whether Lund was guilty of taking bribes while harbour master, according "
        "to two port sources who spoke with the Mail but were not authorized to speak about the case."
    )
    assert [identification for _, identification in found.kinds.values()] == ["named_organisation", "anonymous"]
