"""The tagger's files: checked before they are loaded; and a window is read once while an article grows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from spacy.language import Language

from onrecord.analysis import features, language, tagger
from onrecord.analysis.language import parse
from onrecord.analysis.marks import quotations
from onrecord.article import Article, Block
from onrecord.errors import ModelUnavailable

MODEL = Path(tagger.__file__).parent / "model"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODEL, tmp_path / "model"))


@pytest.mark.parametrize("name", [tagger.ENCODER, tagger.PAIRS, tagger.TOKENIZER, tagger.HASHES])
def test_a_missing_file_is_one_sentence(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelUnavailable, match="missing; install Onrecord again"):
        tagger.Tagger(copied)


@pytest.mark.parametrize("name", [tagger.ENCODER, tagger.PAIRS, tagger.TOKENIZER])
def test_a_file_that_was_changed_is_not_loaded(copied: Path, name: str) -> None:
    with (copied / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelUnavailable, match="not the one that was published"):
        tagger.Tagger(copied)


def test_the_weights_stay_within_25_megabytes() -> None:
    assert sum(file.stat().st_size for file in MODEL.iterdir()) <= 25_000_000


@pytest.mark.model
def test_what_is_found_does_not_depend_on_what_was_read_before(nlp: Language) -> None:
    texts = ("“The bridge is shut,” said Anna Bell.", "Tom Okafor said that it had moved.")
    blocks = tuple(Block(f"b{number}", "paragraph", text) for number, text in enumerate(texts))
    read = tagger.Reader(tagger.load())
    part, whole = Article(blocks[:1]), Article(blocks)
    found = [read(article, parse(article, nlp), quotations(article)) for article in (part, whole)]
    assert found[1] == tagger.Reader(tagger.load())(whole, parse(whole, nlp), quotations(whole))
    assert len(found[0]) == 1
    assert len(found[1]) == 2


@pytest.mark.model
def test_reading_ahead_finds_the_same_and_leaves_only_the_last_window(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "WORDS_PER_GROUP", 12)
    texts = (
        f"“The bridge at number {number} is shut,” said Anna Bell, and Tom Okafor told reporters that the ferry to "
        f"island {number} had moved.\n“It will not come back,” he said."
        for number in range(14)
    )
    article = Article(tuple(Block(f"b{number}", "paragraph", text) for number, text in enumerate(texts)))
    marked, later = quotations(article), tagger.Reader(tagger.load())
    ahead = tagger.Reader(tagger.load())
    with ahead.ahead(article, marked) as heard:
        doc = parse(article, nlp, heard=heard)
    encoded: list[int] = []
    encode = tagger.Tagger.encode

    def counted(self: tagger.Tagger, rows: features.Ints, begins: features.Ints) -> tagger.Encoded:
        encoded.append(len(begins))
        return encode(self, rows, begins)

    monkeypatch.setattr(tagger.Tagger, "encode", counted)
    found = ahead(article, doc, marked)
    assert len(encoded) == 1
    assert found == later(article, doc, marked)
    assert len(encoded) > 3
    assert len(found) >= 28
