"""Names: one name is counted once, two people stay two, and what they are called is kept."""

from __future__ import annotations

from onrecord.dashboard.entries import Source
from onrecord.dashboard.names import Names


def said(name: str, *, label: str | None = None, kind: str = "official", person: bool = True) -> Source:
    identity = "named_person" if person else "named_organisation"
    return Source("s1", label or name, kind, identity, name)  # type: ignore[arg-type]


def counted(*articles: Source) -> Names:
    names = Names()
    for each in articles:
        names.add([each], {"s1": 4}, {"s1": 1})
    return names


def test_case_accents_and_punctuation_do_not_part_a_name() -> None:
    (found,) = counted(said("Zoë O’Hara-Smith"), said("Zoe O'Hara Smith"), said("ZOË O’HARA-SMITH")).most(5)
    assert (found.name, found.articles, found.quotes, found.words) == ("Zoë O’Hara-Smith", 3, 3, 12)


def test_a_name_in_capitals_gives_way_to_one_that_is_not() -> None:
    (found,) = counted(said("ANN LEE"), said("Ann Lee")).most(5)
    assert found.name == "Ann Lee"


def test_all_that_a_name_is_called_is_kept_most_often_first() -> None:
    articles = (
        [said("Ann Lee", label="Mayor Ann Lee")] * 3 + [said("Ann Lee")] * 2 + [said("Ann Lee", label="Dr. Ann Lee")]
    )
    (found,) = counted(*articles).most(5)
    assert found.labels == (("Mayor Ann Lee", 3), ("Ann Lee", 2), ("Dr. Ann Lee", 1))
    assert not found.more_labels


def test_of_many_labels_the_first_are_kept_and_the_rest_is_said() -> None:
    (found,) = counted(*(said("Ann Lee", label=f"Title {n} Ann Lee") for n in range(40))).most(5)
    assert len(found.labels) == 12
    assert found.more_labels


def test_a_surname_alone_is_counted_apart_and_both_say_so() -> None:
    found = {each.name: each for each in counted(said("Ann Lee"), said("Ann Lee"), said("Lee"), said("Bo Lee")).most(5)}
    assert found["Ann Lee"].perhaps == (("Lee", 1),)
    assert found["Lee"].perhaps == (("Ann Lee", 2), ("Bo Lee", 1))


def test_a_person_and_a_body_of_one_name_are_two() -> None:
    found = counted(said("Ford"), said("Ford", person=False)).most(5)
    assert [each.person for each in found] == [False, True]


def test_types_are_counted_by_article() -> None:
    (found,) = counted(said("Ann Lee"), said("Ann Lee"), said("Ann Lee", kind="former_official")).most(5)
    assert found.types == (("official", 2), ("former_official", 1))


def test_who_is_not_quoted_or_has_no_name_is_not_counted() -> None:
    names = Names()
    names.add([said("Ann Lee")], {}, {})
    names.add([Source("s1", "officials", "official", "collective")], {"s1": 3}, {"s1": 1})
    names.add([said("…")], {"s1": 3}, {"s1": 1})
    assert names.most(5) == []


def test_two_sources_of_one_name_in_an_article_are_one_article() -> None:
    names = Names()
    one, two = said("Ann Lee"), said("ann lee")
    two.id = "s2"
    names.add([one, two], {"s1": 4, "s2": 2}, {"s1": 1, "s2": 1})
    (found,) = names.most(5)
    assert (found.articles, found.quotes, found.words) == (1, 2, 6)


def test_a_name_of_any_length_is_kept_short() -> None:
    (found,) = counted(said("Ann " + "Lee" * 100_000)).most(5)
    assert len(found.name) == 160
