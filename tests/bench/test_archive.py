"""The archive that is measured: other names, the same articles."""

from __future__ import annotations

import json
from pathlib import Path

from bench import archive, articles
from tests.bench.texts import HARBOUR

TEXT = "Anna Bell met Tom Ward. “We stay,” Bell said. The Ward family will stay; the bell will not."


def test_a_copy_has_other_names_and_the_same_words() -> None:
    first, second = list(articles.archive([TEXT], 2))
    assert first == TEXT
    other = dict(zip(first.split(), second.split(), strict=True))
    assert {word for word, made in other.items() if word != made} == {"Anna", "Tom", "Ward.", "Ward"}
    assert other["Ward."] == other["Ward"] + "."  # the same name throughout; Bell is a word here
    assert list(articles.archive([TEXT], 3))[2] != second


def test_an_archive_is_the_same_whenever_it_is_made(tmp_path: Path) -> None:
    words = [articles.write(tmp_path / name, articles.archive([TEXT, HARBOUR], 5)) for name in ("one", "two")]
    assert words[0] == words[1] == 3 * len(TEXT.split()) + 2 * len(HARBOUR.split())
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert articles.texts(tmp_path / "one")[:2] == [TEXT, HARBOUR]


def test_how_far_a_run_is_comes_from_its_journal(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    assert archive._done(target) == 0
    journal = tmp_path / "out.jsonl.journal"
    journal.write_text(json.dumps({"run": "x"}) + "\n")
    assert archive._done(target) == 0
    with journal.open("a") as more:
        more.write(json.dumps({"bytes": 5, "sums": {"items": 8}}) + "\n")
    assert archive._done(target) == 8
    with journal.open("a") as more:
        more.write('{"bytes": 7, "su')
    assert archive._done(target) == 0  # not written to its end: the next look will tell
