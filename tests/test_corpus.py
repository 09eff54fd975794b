"""Many documents: a bad line is answered and the rest goes on; no file is lost."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

from onrecord import corpus
from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.result import Analysis
from onrecord.article import Article
from onrecord.errors import Unreadable

BLOCKS = [{"id": "p1", "text": "One."}, {"id": "p2", "role": "caption", "text": "Two."}]


class FakeAnalyzer:
    """Finds nothing, and remembers what it was asked."""

    def __init__(self) -> None:
        self.seen: list[Article] = []
        self.include: Collection[str] = ()

    def analyze(self, article: Article, *, include: Collection[str] = ()) -> Analysis:
        self.seen.append(article)
        self.include = include
        return Analysis()


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> FakeAnalyzer:
    fake = FakeAnalyzer()
    monkeypatch.setattr(corpus.Analyzer, "load", lambda: fake)
    return fake


def written(path: Path, *lines: object) -> Path:
    path.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines))
    return path


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line, parse_constant=pytest.fail) for line in path.read_text(encoding="utf-8").splitlines()]


def answered(line: bytes | dict[str, object]) -> dict[str, Any]:
    raw = line if isinstance(line, bytes) else json.dumps(line).encode()
    return corpus.answer(raw, FakeAnalyzer(), include=())  # type: ignore[arg-type]


def test_a_text_is_cut_into_blocks_which_come_back() -> None:
    found = answered({"id": "a", "text": "One.\n\nTwo.", "year": 1999})
    assert found.keys() == {"id", "analysis"}
    assert [block["text"] for block in found["analysis"]["blocks"]] == ["One.", "Two."]


def test_a_document_that_breaks_the_analysis_is_answered_like_any_other() -> None:
    class Broken(FakeAnalyzer):
        def analyze(self, article: Article, *, include: Collection[str] = ()) -> Analysis:
            raise ZeroDivisionError

    found = corpus.answer(b'{"id": "a", "text": "One."}', Broken(), include=())  # type: ignore[arg-type]
    assert found["id"] == "a"
    assert found["error"]["code"] == "internal_error"


def test_blocks_are_taken_as_they_are_and_do_not_come_back(without_model: FakeAnalyzer) -> None:
    found = corpus.answer(
        json.dumps({"id": 7, "blocks": BLOCKS, "title": "T", "url": "u"}).encode(),
        without_model,  # type: ignore[arg-type]
        include=("attitudes",),
    )
    assert found["id"] == 7
    assert "blocks" not in found["analysis"]
    (article,) = without_model.seen
    assert [(block.id, block.role) for block in article.blocks] == [("p1", "paragraph"), ("p2", "caption")]
    assert (article.title, article.url) == ("T", "u")
    assert without_model.include == ("attitudes",)


@pytest.mark.parametrize(
    ("line", "identifier", "code"),
    [
        (b"{", None, "invalid_json"),
        (b"\xff\xfe", None, "invalid_json"),
        (b"[" * 100_000, None, "invalid_json"),
        (b'{"id": "a", "text": "\\ud800"}', "a", "invalid_json"),
        (b'{"id": NaN, "text": "One."}', None, "invalid_json"),
        (b"[1]", None, "invalid_request"),
        ({"text": "No id."}, None, "invalid_request"),
        ({"id": ["a"], "text": "One."}, None, "invalid_request"),
        ({"id": "a"}, "a", "invalid_request"),
        ({"id": "a", "text": 5}, "a", "invalid_request"),
        ({"id": "a", "blocks": [{"id": "p", "text": "One.", "role": "footnote"}]}, "a", "invalid_request"),
        ({"id": "a", "blocks": [BLOCKS[0], BLOCKS[0]]}, "a", "invalid_request"),
        ({"id": "a", "text": " \n "}, "a", "nothing_to_analyze"),
        ({"id": 0, "blocks": []}, 0, "nothing_to_analyze"),
    ],
)
def test_a_bad_line_is_answered_with_its_id_and_the_error(
    line: bytes | dict[str, object], identifier: str | int | None, code: str
) -> None:
    found = answered(line)
    assert found.keys() == {"id", "error"}
    assert found["id"] == identifier
    assert found["error"]["code"] == code
    assert found["error"]["help"] == f"docs/errors.md#{code}"


@pytest.mark.usefixtures("without_model")
def test_the_rest_goes_on_in_the_same_order_and_the_status_tells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path / "in.jsonl", {"id": 1, "text": "One."}, "broken", "", {"id": 3, "text": "Três."})
    target = tmp_path / "out.jsonl"
    assert corpus.run(source, target) == 1
    assert [(line["id"], "error" in line) for line in read(target)] == [(1, False), (None, True), (3, False)]
    assert "1 of 3 documents failed" in capsys.readouterr().err
    assert corpus.run(written(source, {"id": 1, "text": "One."}), target) == 0
    assert len(read(target)) == 1
    assert sorted(tmp_path.iterdir()) == [source, target]  # no unfinished file stays


@pytest.mark.usefixtures("without_model")
def test_a_line_separator_inside_a_text_ends_no_output_line(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", json.dumps({"id": 1, "text": "One.\u2028Two.\x85"}, ensure_ascii=False))
    assert corpus.run(source, tmp_path / "out.jsonl") == 0
    assert len(read(tmp_path / "out.jsonl")) == 1


def test_a_run_that_breaks_off_leaves_the_earlier_result_as_it_was(
    tmp_path: Path, without_model: FakeAnalyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(article: Article, **_: object) -> Analysis:
        raise KeyboardInterrupt

    source, target = written(tmp_path / "in.jsonl", {"id": 1, "text": "One."}), written(tmp_path / "out.jsonl", "old")
    monkeypatch.setattr(without_model, "analyze", broken)
    with pytest.raises(KeyboardInterrupt):
        corpus.run(source, target)
    assert target.read_text() == "old\n"


@pytest.mark.parametrize("name", ["in.jsonl", "./in.jsonl", "link.jsonl", "below/../in.jsonl"])
def test_the_input_is_never_the_output(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = written(tmp_path / "in.jsonl", {"id": 1, "text": "One."})
    (tmp_path / "below").mkdir()
    (tmp_path / "link.jsonl").symlink_to(source)
    before = source.read_bytes()
    with pytest.raises(Unreadable, match="same file"):
        corpus.run(Path("in.jsonl"), Path(name))
    assert source.read_bytes() == before


def test_the_unfinished_output_is_not_the_input_either(tmp_path: Path) -> None:
    source = written(tmp_path / "out.jsonl.part", {"id": 1, "text": "One."})
    with pytest.raises(Unreadable, match="same file"):
        corpus.run(source, tmp_path / "out.jsonl")
    assert source.stat().st_size > 0


def test_what_is_no_file_is_neither_read_nor_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus.Analyzer, "load", lambda: pytest.fail("the model was loaded"))
    source, pipe = written(tmp_path / "in.jsonl", {"id": 1, "text": "One."}), tmp_path / "pipe"
    os.mkfifo(pipe)
    for one, other in [(tmp_path, source), (pipe, tmp_path / "new"), (source, tmp_path), (source, pipe)]:
        with pytest.raises(Unreadable, match="is no file"):
            corpus.run(one, other)
    with pytest.raises(Unreadable, match="cannot be read"):
        corpus.run(tmp_path / "missing", tmp_path / "new")


@pytest.mark.usefixtures("without_model")
def test_an_output_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", {"id": 1, "text": "One."})
    with pytest.raises(Unreadable, match=r"missing/out.jsonl cannot be written"):
        corpus.run(source, tmp_path / "missing" / "out.jsonl")


@pytest.mark.model
def test_a_line_is_analysed_with_the_real_model(analyzer: Analyzer) -> None:
    raw = json.dumps({"id": "a", "text": "“The ferry stays,” said Ida Lund, the harbour master."}).encode()
    found = corpus.answer(raw, analyzer, include=())["analysis"]
    assert found["quotes"][0]["content"][0]["text"] == "“The ferry stays,”"
    assert found["sources"][0]["name"] == "Ida Lund"
