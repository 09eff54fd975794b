"""The tagger's files: checked before they are loaded; and a window is read once while an article grows."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from spacy.language import Language

from onrecord.analysis import language
from onrecord.analysis.language import parse, parsed
from onrecord.analysis.marks import quotations
from onrecord.analysis.model import features, tagger, weights
from onrecord.article import Article, Block
from onrecord.errors import ModelUnavailable

MODEL = Path(tagger.__file__).parent


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODEL, tmp_path / "model"))


@pytest.mark.parametrize("name", [tagger.ENCODER, tagger.PAIRS, weights.TOKENIZER, weights.HASHES])
def test_a_missing_file_is_one_sentence(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelUnavailable, match="missing; install Onrecord again"):
        tagger.Tagger(copied)


@pytest.mark.parametrize("name", [tagger.ENCODER, tagger.PAIRS, weights.TOKENIZER])
def test_a_file_that_was_changed_is_not_loaded(copied: Path, name: str) -> None:
    with (copied / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelUnavailable, match="not the one that was published"):
        tagger.Tagger(copied)


def test_the_weights_stay_within_30_megabytes() -> None:
    assert sum(file.stat().st_size for file in MODEL.iterdir()) <= 30_000_000


@pytest.mark.model
def test_what_is_found_does_not_depend_on_what_was_read_before(nlp: Language) -> None:
    texts = ("“The bridge is shut,” said Anna Bell.", "Tom Okafor said that it had moved.")
    article = Article(tuple(Block(f"b{number}", "paragraph", text) for number, text in enumerate(texts)))
    docs = [doc for group in parsed(article, nlp) for doc in group]
    read = tagger.Reader(tagger.load(), article, quotations(article))
    read.hear(docs[:1])
    first = read.relations()
    read.hear(docs[1:])
    assert read.relations() == tagger.read(tagger.load(), article, parse(article, nlp), quotations(article))
    assert len(first) == 1
    assert len(read.relations()) == 2


@pytest.mark.model
def test_no_window_is_encoded_twice_and_what_is_found_is_the_same(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "FIRST_GROUP", 12)
    monkeypatch.setattr(language, "LATER_GROUPS", 12)
    texts = (
        f"“The bridge at number {number} is shut,” said Anna Bell, and Tom Okafor told reporters that the ferry to "
        f"island {number} had moved.\n“It will not come back,” he said."
        for number in range(14)
    )
    article = Article(tuple(Block(f"b{number}", "paragraph", text) for number, text in enumerate(texts)))
    marked = quotations(article)
    encoded: list[int] = []
    encode = tagger.Tagger.encode

    def counted(self: tagger.Tagger, rows: features.Ints, begins: features.Ints) -> tagger.Encoded:
        encoded.append(len(begins))
        return encode(self, rows, begins)

    monkeypatch.setattr(tagger.Tagger, "encode", counted)
    expected = tagger.read(tagger.load(), article, parse(article, nlp), marked)
    once = sorted(encoded)
    encoded.clear()
    with ThreadPoolExecutor(max_workers=1) as pool:
        ahead = tagger.Reader(tagger.load(), article, marked, pool)
        for docs in parsed(article, nlp):
            ahead.hear(docs)
        assert ahead.relations() == expected
    assert sorted(encoded) == once
    assert len(once) >= 3
    assert len(expected) >= 28
