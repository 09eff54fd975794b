"""How far two annotations agree: what counts, what is granted, and that the README says what the files say."""

from __future__ import annotations

import json

import msgspec

from onrecord.article import Span
from onrecord.training import agreement, articles
from onrecord.training.articles import Claim, Labels, Quote, Source


def _source(identifier: str, start: int, *, kind: str = "official", alternative: tuple[str, ...] = ()) -> Source:
    mention = Span(start, start + 5)
    return Source(
        id=identifier,
        type=kind,  # type: ignore[arg-type]
        identification="named_person",
        mention=mention,
        mentions=(mention,),
        type_alt=alternative,  # type: ignore[arg-type]
    )


def _quote(identifier: str, start: int, end: int, *, source: str | None = "s1", optional: bool = False) -> Quote:
    return Quote(
        id=identifier,
        kind="indirect",
        source=source,
        contents=(Span(start, end),),
        cue=(Span(end, end + 4),),
        mention=None,
        channel="not_stated",
        optional=optional,
    )


def _claim(start: int, end: int, *, status: str = "denied", optional: bool = False) -> Claim:
    return Claim(
        id="c1",
        status=status,  # type: ignore[arg-type]
        also=("accusation",),
        content=(Span(start, end),),
        evidence=(),
        by=None,
        stated_in=(),
        answered_in=(),
        optional=optional,
    )


def _labels(*, sources: tuple[Source, ...], quotes: tuple[Quote, ...], claims: tuple[Claim, ...] = ()) -> Labels:
    return Labels("raw/made_up", "0" * 64, 900, "train", sources, quotes, claims)


def _compared(first: Labels, second: Labels) -> agreement.Agreement:
    total = agreement.Agreement()
    agreement.compare(first, second, total)
    return total


def test_the_same_annotation_agrees_in_everything() -> None:
    labels = _labels(sources=(_source("s1", 0),), quotes=(_quote("q1", 20, 60),), claims=(_claim(20, 60),))
    total = _compared(labels, labels)
    for count in (total.quotes, total.kind, total.speaker, total.type, total.identification, total.claims):
        assert count.agreed == count.of > 0


def test_what_one_side_alone_requires_counts_against_and_what_is_optional_does_not() -> None:
    sources = (_source("s1", 0),)
    first = _labels(sources=sources, quotes=(_quote("q1", 20, 60), _quote("q2", 100, 140, optional=True)))
    second = _labels(sources=sources, quotes=(_quote("q1", 20, 60), _quote("q2", 200, 240)))
    total = _compared(first, second)
    assert (total.quotes.agreed, total.quotes.of) == (2, 3)


def test_a_content_cut_to_less_than_half_is_another_quote() -> None:
    sources = (_source("s1", 0),)
    first = _labels(sources=sources, quotes=(_quote("q1", 20, 60),))
    assert _compared(first, _labels(sources=sources, quotes=(_quote("q1", 36, 60),))).quotes.agreed == 2
    assert _compared(first, _labels(sources=sources, quotes=(_quote("q1", 44, 60),))).quotes.agreed == 0


def test_a_second_choice_of_type_is_granted_and_another_person_is_another_speaker() -> None:
    first = _labels(sources=(_source("s1", 0, alternative=("political",)),), quotes=(_quote("q1", 20, 60),))
    granted = _compared(first, _labels(sources=(_source("s1", 2, kind="political"),), quotes=(_quote("q1", 20, 60),)))
    assert (granted.speaker.agreed, granted.type.agreed) == (1, 1)
    other = _compared(first, _labels(sources=(_source("s1", 9),), quotes=(_quote("q1", 20, 60),)))
    assert (other.speaker.agreed, other.speaker.of, other.type.of) == (0, 1, 0)
    nobody = _compared(first, _labels(sources=(), quotes=(_quote("q1", 20, 60, source=None),)))
    assert nobody.speaker.agreed == 0


def test_a_further_status_is_granted() -> None:
    first = _labels(sources=(), quotes=(), claims=(_claim(20, 60),))
    second = _labels(sources=(), quotes=(), claims=(_claim(22, 60, status="accusation"),))
    total = _compared(first, second)
    assert (total.claims.agreed, total.status.agreed) == (2, 1)


def test_sources_labelled_alone_are_found_by_their_mention() -> None:
    labels = _labels(sources=(_source("s1", 0, alternative=("political",)), _source("s2", 50)), quotes=())
    alone = [
        {"sha256": labels.sha256, "sources": [[0, 9, "political", "named_person"], [300, 310, "media", "document"]]},
        {"sha256": "1" * 64, "sources": [[0, 5, "official", "named_person"]]},
    ]
    table = agreement.table_of_sources([labels], [json.dumps(entry).encode() for entry in alone])
    assert table.splitlines()[0].startswith("| 1 articles ")
    assert "| type of source | 1.000 | 1 |" in table
    assert "| type, without second choices | 0.000 | 1 |" in table
    assert "| identification | 1.000 | 1 |" in table


def test_intervals_are_drawn_by_article_and_the_same_each_time() -> None:
    whole = _labels(sources=(_source("s1", 0),), quotes=(_quote("q1", 20, 40),))
    other = msgspec.structs.replace(whole, sha256="1" * 64)
    nothing = msgspec.structs.replace(other, quotes=())
    table = agreement.table_with_intervals([whole, other], [whole, nothing])
    assert table == agreement.table_with_intervals([whole, other], [whole, nothing])
    assert "| quotes, F1 | 0.667 | 0.00 to 1.00 | 3 |" in table
    assert "| same speaker | 1.000 | 1.00 to 1.00 | 1 |" in table
    assert "claims" not in table  # neither has one
    assert agreement.table_with_intervals([whole], []).startswith("| 0 articles ")


def test_the_readme_has_the_figures_of_the_files() -> None:
    second = articles.read(articles.SECOND)
    first = articles.read()
    known = {labels.sha256 for labels in first}
    assert second
    assert all(labels.sha256 in known for labels in second)
    readme = (articles.FOLDER / "README.md").read_text(encoding="utf-8")
    assert agreement.table(first, second) in readme
    blind = articles.read(articles.BLIND)
    assert blind
    assert all(labels.sha256 in known for labels in blind)
    assert agreement.table_with_intervals(first, blind) in readme
    alone = (articles.FOLDER / "sources.jsonl").read_bytes().splitlines()
    assert agreement.table_of_sources(first, alone) in readme
