"""What stands between two paragraphs is read and does not bend them; each section is a story of its own."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from onrecord.analysis import language
from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.result import Analysis
from onrecord.article import Article, Block, Role, Span

pytestmark = pytest.mark.model

STORY = (
    "The harbour board met on Monday. Its chairwoman, Ines Marlow, spoke for an hour.",
    "“We have run out of money, and nobody will lend us any more of it.",
    "“That is the whole of the story,” she said.",
    "A surveyor, Paul Deeks, denied that he had taken bribes. He told reporters that the quay was safe.",
    "According to the union, forty jobs would go.",
)
FURNITURE: tuple[tuple[Role, str], ...] = (
    ("caption", "Tom Okafor, the mayor, says that the quay “will stand for ever”. Photograph: Rosa Quill"),
    ("headline", "Mayor Lena Voss: ‘I took no bribes’"),
    ("other", "The letters alleged that she had lied."),
    ("list_item", "Olga Brandt claimed that he stole the money."),
)


def blocks(*entries: tuple[Role, str], sections: tuple[int, ...] = ()) -> Article:
    """An article with these blocks."""
    numbered = itertools.zip_longest(entries, sections, fillvalue=0)
    return Article(tuple(Block(f"b{at}", role, text, section) for at, ((role, text), section) in enumerate(numbered)))  # type: ignore[misc]


def said(article: Article, analysis: Analysis, role: Role | None = "paragraph") -> list[Any]:
    """What is said in the blocks of a role, in the article's words, and by whom."""

    def words(spans: tuple[Span, ...]) -> list[str]:
        return [piece.text for span in spans for piece in article.pieces(span)]

    found: list[Any] = []
    for quote in analysis.quotes:
        if role in {None, article.blocks[article.block_index(quote.content[0].start)].role}:
            source = analysis.source(quote.source)
            found.append((quote.kind, words(quote.content), words(quote.cue), source.label if source else None))
    return found


@pytest.mark.parametrize("furniture", FURNITURE, ids=[role for role, _ in FURNITURE])
@pytest.mark.parametrize("place", range(len(STORY) + 1))
def test_what_stands_between_two_paragraphs_does_not_bend_them(
    analyzer: Analyzer, furniture: tuple[Role, str], place: int
) -> None:
    story: list[tuple[Role, str]] = [("paragraph", text) for text in STORY]
    plain, mixed = blocks(*story), blocks(*story[:place], furniture, *story[place:])
    expected = said(plain, analyzer.analyze(plain))
    assert len(expected) >= 4
    assert said(mixed, analyzer.analyze(mixed)) == expected


def test_a_caption_is_read(analyzer: Analyzer) -> None:
    article = blocks(("paragraph", STORY[0]), FURNITURE[0], ("paragraph", STORY[4]))
    (found,) = said(article, analyzer.analyze(article), "caption")
    assert "will stand for ever" in found[1][0]


def test_he_is_nobody_of_the_post_before(analyzer: Analyzer) -> None:
    posts: list[tuple[Role, str]] = [
        ("paragraph", "Paul Deeks, the surveyor, arrived in the morning."),
        ("paragraph", "“The quay is safe,” he said."),
    ]
    one = blocks(*posts)
    two = blocks(*posts, sections=(1, 2))
    assert said(one, analyzer.analyze(one))[0][3] is not None
    assert said(two, analyzer.analyze(two))[0][3] is None


def test_a_denial_answers_nothing_of_another_post(analyzer: Analyzer) -> None:
    posts: list[tuple[Role, str]] = [
        ("paragraph", "Prosecutors accused the firm of paying bribes."),
        ("paragraph", "The minister denied the allegations."),
    ]
    linked = [
        [claim for claim in analyzer.analyze(article).claims if claim.status == "denied"]
        for article in (blocks(*posts), blocks(*posts, sections=(1, 2)))
    ]
    assert [len(found) for found in linked] == [1, 0]


def test_parts_come_ever_more_rarely_and_the_last_is_the_whole(
    analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "FIRST_GROUP", 20)
    monkeypatch.setattr(language, "LATER_GROUPS", 20)
    article = blocks(*[("paragraph", text) for _ in range(6) for text in STORY])
    parts = list(analyzer.stream(article))
    reached = [len(article.block_spans[: part.blocks_done]) for part in parts]
    assert len(parts) >= 3
    assert sum(reached[:-1]) <= len(article.blocks)
    assert parts[-1].analysis == analyzer.analyze(article)


def test_a_stream_that_nobody_wants_any_more_ends(analyzer: Analyzer) -> None:
    article = blocks(*[("paragraph", text) for text in STORY])
    assert list(analyzer.stream(article, wanted=lambda: False)) == []
