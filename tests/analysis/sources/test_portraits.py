"""Where a source is looked at: its mentions, and wherever else a body is named."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from onrecord.analysis.phrases import Reading
from onrecord.analysis.sources.portraits import MENTIONS, portrait
from onrecord.analysis.speakers import Speaker
from onrecord.article import Article, Block, Span

TEXT = "Branta , a maker of pumps , grew . Branta said so ."
HEADS = [7, 0, 3, 0, 3, 4, 0, 7, 7, 10, 10, 10, 10]
DEPS = "nsubj punct det appos prep pobj punct ROOT punct nsubj ROOT advmod punct".split()
TAGS = "NNP , DT NN IN NNS , VBD . NNP VBD RB .".split()
POS = "PROPN PUNCT DET NOUN ADP NOUN PUNCT VERB PUNCT PROPN VERB ADV PUNCT".split()


def reading(times: int = 1) -> Reading:
    words, count = TEXT.split(), len(HEADS)
    heads = [head + count * n for n in range(times) for head in HEADS]
    doc = Doc(Vocab(), words=words * times, heads=heads, deps=DEPS * times, tags=TAGS * times, pos=POS * times)
    return Reading(Article((Block("b", "paragraph", doc.text.rstrip()),)), doc, [])


def branta(*, name: str | None = "Branta", person: bool = False) -> Speaker:
    at = TEXT.rindex("Branta")
    return Speaker(mentions=(Span(at, at + 6),), label="Branta", name=name, person=person)


def test_a_body_is_looked_at_wherever_it_is_named_with_what_stands_beside_the_name() -> None:
    seen = portrait(reading(), branta())
    assert [token.text for token in seen.tokens] == ["Branta", ",", "a", "maker", "of", "pumps", "Branta"]
    assert seen.facts == (0.0, 0.0, 1.0)


def test_of_one_without_a_name_only_the_mentions_are() -> None:
    assert [token.text for token in portrait(reading(), branta(name=None)).tokens] == ["Branta"]


def test_a_persons_mentions_are_with_the_register_already() -> None:
    seen = portrait(reading(), branta(person=True))
    assert [token.i for token in seen.tokens] == [9]
    assert seen.facts == (1.0, 0.0, 1.0)


def test_a_name_that_stands_everywhere_is_looked_at_so_many_times() -> None:
    places = [token.i for token in portrait(reading(MENTIONS), branta()).tokens]
    assert max(places) < MENTIONS // 2 * len(HEADS)  # it is named twice in each
