"""Whom *the carmaker*, *it* and *they* mean: who may be meant at all, and what is told of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from spacy.language import Language

from onrecord.analysis.language import parse
from onrecord.analysis.phrases import Reading
from onrecord.analysis.quotes import Attribution
from onrecord.analysis.speakers import resemblance, speakers
from onrecord.analysis.speakers.ranking import Floats, Weights
from onrecord.analysis.speakers.resemblance import COLUMNS, OWN, Asking, Referent, Weighed, facts
from onrecord.article import Article, Block, Span

pytestmark = pytest.mark.model


@dataclass
class Nobody:
    """A ranking that leaves everything open and keeps what it was asked; or takes the one of a name."""

    name: str = ""
    asked: list[tuple[Asking, Sequence[Referent]]] = field(default_factory=list)

    def chances(self, _reading: Reading, asking: Asking, referents: Sequence[Referent]) -> Floats:
        self.asked.append((asking, referents))
        chances = np.array([float(self.name in one.name) for one in referents] + [0.1])
        return np.asarray(chances / chances.sum())


def read(nlp: Language, text: str, *mentions: str, ranking: Nobody) -> list[str | None]:
    """Who is found for each of ``mentions``, the last of its words in the text, by the label."""
    article = article_of(text)
    reading = Reading(article, parse(article, nlp), [])
    found = []
    for words in mentions:
        at = article.text.rindex(words)
        found.append(Attribution(kind="indirect", content=(), mention=Span(at, at + len(words))))
    people, index, _ = speakers(reading, found, others=ranking)
    return [people[at].label if at is not None else None for at in index]


def article_of(text: str) -> Article:
    return Article(tuple(Block(f"b{at}", "paragraph", part) for at, part in enumerate(text.split("\n"))))


def told(one: Referent) -> str:
    return " ".join(one.name) or (one.noun.text if one.noun is not None else "")


@pytest.mark.parametrize(
    ("text", "mention", "may", "never"),
    [
        # no firm is the man who left it, and no noun means the name that stands in its own phrase
        ("Tom Ward left Harrow Foods in May.\nThe company said sales rose.", "The company", {"foods"}, {"ward"}),
        ("Tom Ward left.\nThe owner of Corvex Ltd said no.", "The owner of Corvex Ltd", {"ward"}, {"corvex"}),
        # gender forbids
        ("Tom Ward met Ana Ruiz.\nThe actress said it was late.", "The actress", {"ruiz"}, {"ward"}),
        # a text is no person, and *it* is nobody who is one
        ("Tom Ward read the paper.\nThe letter said no.", "The letter", set(), {"ward"}),
        ("Tom Ward left Harrow Foods.\nIt said sales rose.", "It", {"foods"}, {"ward"}),
        # who did not speak, but did something, may be *they*
        ("The teachers left the school on Monday.\nThey said no.", "They", {"teachers"}, set()),
        ("Tom and Ana Ward lost a boat.\nThey said no.", "They", {"Tom"}, set()),
    ],
)  # fmt: skip
def test_who_may_be_meant(nlp: Language, text: str, mention: str, may: set[str], never: set[str]) -> None:
    ranking = Nobody()
    read(nlp, text, mention, ranking=ranking)
    (asked,) = ranking.asked
    words = {word for one in asked[1] for word in told(one).split()}
    assert may <= words
    assert not never & words


def test_who_is_meant_has_one_more_mention(nlp: Language) -> None:
    text = "Harrow Foods sells bread.\nThe company said sales rose.\nIt said no more."
    assert read(nlp, text, "The company", "It", ranking=Nobody("foods")) == ["Harrow Foods", "Harrow Foods"]
    assert read(nlp, text, "The company", "It", ranking=Nobody()) == ["The company", None]


def test_another_scene_is_not_seen(nlp: Language) -> None:
    blocks = (Block("a", "caption", "Ana Ruiz, a minister"), Block("b", "paragraph", "The minister said no."))
    article = Article(blocks)
    reading, ranking = Reading(article, parse(article, nlp), []), Nobody()
    at = article.text.index("The minister")
    speakers(reading, [Attribution(kind="indirect", content=(), mention=Span(at, at + 12))], others=ranking)
    assert [told(one) for _, referents in ranking.asked for one in referents] == []


def test_what_is_told_has_one_row_for_each_and_one_for_nobody(nlp: Language) -> None:
    ranking = Nobody()
    text = "Tom Ward, a baker, met Ana Ruiz, a poet.\nThe poet said no."
    read(nlp, text, "The poet", ranking=ranking)
    article = article_of(text)
    reading = Reading(article, parse(article, nlp), [])
    ((asking, referents),) = ranking.asked
    rows = facts(reading, asking, referents)
    assert rows.shape == (len(referents) + 1, COLUMNS)
    assert not rows[:-1, OWN:].any()
    assert not rows[-1, :OWN].any()
    ward, ruiz = ([told(one) for one in referents].index(name) for name in ("tom ward", "ana ruiz"))
    assert rows[ruiz, :OWN].sum() > rows[ward, :OWN].sum()  # she is called so
    chances = resemblance.load().chances(reading, asking, referents)
    assert chances.sum() == pytest.approx(1)
    assert chances[ruiz] > chances[ward]
    assert Weighed(Weights.of_facts(np.zeros(COLUMNS))).chances(reading, asking, []).tolist() == [1.0]
