"""The tagger's files: checked before they are loaded; and a window is read once while an article grows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from spacy.language import Language

from onrecord.analysis import tagger
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
    read = tagger.load().reader()
    part, whole = Article(blocks[:1]), Article(blocks)
    found = [read(article, parse(article, nlp), quotations(article)) for article in (part, whole)]
    assert found[1] == tagger.load().reader()(whole, parse(whole, nlp), quotations(whole))
    assert len(found[0]) == 1
    assert len(found[1]) == 2
