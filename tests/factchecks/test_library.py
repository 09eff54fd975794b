"""The library: off until something is imported, all or nothing, found in whole articles, forgotten on request."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord import cli
from onrecord.analysis.result import Analysis, Quote, Source
from onrecord.article import Article, Block, Span
from onrecord.factchecks.library import MOST_PER_STATEMENT, NAME, Library
from onrecord.factchecks.reviews import Review
from tests.factchecks.test_reviews import ENTRY, FEED, REVIEW

TEXT = "The mayor spoke on Monday. Crime in Wells has doubled since 2015, he said. Nobody laughed."
ARTICLE = Article((Block("b0", "headline", "A speech"), Block("b1", "paragraph", TEXT)))


def quoted(article: Article, words: str) -> Analysis:
    start = article.text.index(words)
    source = Source(id="s1", label="the mayor", name="Karl Voss", type="official", identification="named_person")
    quote = Quote(id="q1", kind="indirect", content=(Span(start, start + len(words)),), source="s1")
    return Analysis(sources=(source,), quotes=(quote,))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "state")
    yield library
    library.close()


def test_nothing_is_looked_up_or_made_until_something_is_imported(library: Library) -> None:
    assert library.matches(ARTICLE, Analysis()) == ()
    assert library.edition == 0
    assert library.publishers() == []
    assert not library.path.exists()


def test_a_match_carries_what_the_publisher_says(library: Library) -> None:
    assert library.add([REVIEW]) == (1, 0)
    (found,) = library.matches(ARTICLE, quoted(ARTICLE, "Crime in Wells has doubled since 2015"))
    assert (found.publisher, found.rating, found.date, found.url) == (
        "Plain Facts", "Mostly false", "2026-01-02", "https://checks.example/crime",
    )  # fmt: skip
    assert (found.id, found.quote, found.claim, found.reviewed) == ("f1", "q1", None, REVIEW.claim)
    assert ARTICLE[found.content[0]] == "Crime in Wells has doubled since 2015"


def test_a_sentence_of_the_article_matches_without_a_quote(library: Library) -> None:
    library.add([REVIEW])
    article = Article((Block("b0", "paragraph", "Crime in Wells has doubled since 2015. Nobody laughed."),))
    (found,) = library.matches(article, Analysis())
    assert article[found.content[0]] == "Crime in Wells has doubled since 2015."
    assert found.quote is None


def test_several_desks_may_have_reviewed_one_statement_and_the_newest_are_shown(library: Library) -> None:
    library.add(
        replace(REVIEW, publisher=f"Desk {day}", url=f"https://checks.example/{day}", date=f"2026-01-0{day}")
        for day in range(1, 6)
    )
    found = library.matches(ARTICLE, quoted(ARTICLE, "Crime in Wells has doubled since 2015"))
    assert [check.publisher for check in found] == ["Desk 3", "Desk 4", "Desk 5"]
    assert len(found) == MOST_PER_STATEMENT


def test_every_matching_review_is_a_candidate_whatever_word_the_statement_lacks(library: Library) -> None:
    words = "the harbour council quietly bought seventeen rusty orange ferries without lamps".split()
    library.add([replace(REVIEW, claim=" ".join(words), claimant="")])
    for lacking in range(1, len(words)):
        if words[lacking] in {"seventeen", "without"}:
            continue
        said = " ".join(word for at, word in enumerate(words) if at != lacking)
        article = Article((Block("b0", "paragraph", said),))
        assert len(library.matches(article, Analysis())) == 1, words[lacking]


def test_an_import_again_corrects_the_rating_and_adds_nothing(library: Library) -> None:
    library.add([REVIEW])
    before = library.edition
    assert library.add([replace(REVIEW, rating="False")]) == (0, 1)
    assert library.edition > before
    assert [check.rating for check in library.matches(ARTICLE, quoted(ARTICLE, TEXT[27:64]))] == ["False"]


def test_an_import_that_fails_keeps_what_was_there(library: Library) -> None:
    library.add([REVIEW])

    def broken() -> Iterator[Review]:
        yield replace(REVIEW, url="https://checks.example/other")
        raise ValueError("the file ends here")

    with pytest.raises(ValueError, match="ends here"):
        library.add(broken())
    assert library.publishers() == [("Plain Facts", 1, "2026-01-02")]


def test_one_publisher_or_all_can_be_forgotten(library: Library) -> None:
    library.add([REVIEW, replace(REVIEW, publisher="Other Desk", url="https://other.example/1")])
    assert library.forget("other desk") == 1
    assert library.publishers() == [("Plain Facts", 1, "2026-01-02")]
    assert library.forget() == 1
    assert library.matches(ARTICLE, quoted(ARTICLE, TEXT)) == ()
    library.close()
    assert REVIEW.claim.encode() not in b"".join(path.read_bytes() for path in library.path.parent.iterdir())


def test_only_the_owner_can_read_it(library: Library) -> None:
    library.add([REVIEW])
    assert stat.S_IMODE(library.path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(library.path.stat().st_mode) == 0o600


def test_the_command_imports_lists_and_forgets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONRECORD_STATE_DIR", str(tmp_path / "state"))
    feed = tmp_path / "feed.json"
    feed.write_text(json.dumps({**FEED, "dataFeedElement": [*FEED["dataFeedElement"], {**ENTRY, "url": "x:y"}]}))
    assert cli.main(["factchecks", "list"]) == 0
    assert cli.main(["factchecks", "import", str(feed)]) == 0
    assert cli.main(["factchecks", "list"]) == 0
    assert cli.main(["factchecks", "forget"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("No fact-checks are kept here.")
    assert said[1].endswith("1 fact-check added, 1 left out that name no claim, publisher, rating or web address.")
    assert said[2].split() == ["1", "Plain", "Facts", "(newest", "2026-01-02)"]
    assert said[3].startswith("1 fact-check is deleted.")
    assert (tmp_path / "state" / NAME).exists()


def test_a_bad_file_is_one_sentence_and_a_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONRECORD_STATE_DIR", str(tmp_path / "state"))
    file = tmp_path / "page.html"
    file.write_text("<p>Nothing here")
    assert cli.main(["factchecks", "import", str(file)]) == cli.FAILED
    assert "holds no ClaimReview. (see docs/errors.md#invalid_factchecks)" in capsys.readouterr().err
