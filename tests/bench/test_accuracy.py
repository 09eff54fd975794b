"""The command: corpora in two forms, systems side by side, tables."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from bench import accuracy, corpus, peers
from bench.corpus import Attribution
from onrecord.analysis.result import Analysis, Quote, Source
from onrecord.article import Span
from tests.bench.texts import BOATS, CALM, FEE, HARBOUR, JOKE, attribution, document


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    corpus.write(path, [document(FEE, CALM, BOATS, JOKE)])
    return path


@pytest.fixture
def saved(tmp_path: Path) -> str:
    path = tmp_path / "found.jsonl"
    wrong = attribution(["was opened long ago"], "said", confidence=0.75)
    corpus.write(path, [document(FEE, BOATS, wrong, text="")])
    return f"onrecord={path}"


def never() -> Any:
    raise AssertionError("no language model is needed")


def test_tables(gold: Path, saved: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [str(gold), "--peers", "regex", "--found", saved, "--calibration", "--save", str(tmp_path / "all")]
    assert accuracy.main(arguments) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0][:4] == ["1", "documents,", str(len(HARBOUR.split())), "words;"]
    assert lines[1] == ["onrecord", "regex"]
    assert ["relation.50", "57.1", "28.6"] in lines  # the regex has only *he* right
    assert ["0.7", "to", "0.8", "1", "0.0"] in [line[:5] for line in lines]
    assert ["0.9", "to", "1.0", "2", "100.0", "2", "0.0"] in lines
    assert ["0.8", "to", "0.9", "0", "n/a", "0", "n/a"] in lines
    assert lines[-1][:3] == ["all", "3", "66.7"]
    assert set(corpus.found(tmp_path / "all" / "onrecord.jsonl")) == {"harbour"}
    assert (tmp_path / "all" / "regex.jsonl").exists()


def test_the_form_with_claims(tmp_path: Path, saved: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "gold.jsonl"
    start, end = FEE.content[0]
    quote = {"id": "q1", "kind": "direct", "source": None, "contents": [{"start": start, "end": end, "text": "-"}]}
    line = {"doc": "harbour", "text": HARBOUR, "sources": [], "quotes": [quote], "claims": []}
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert accuracy.main([str(path), "--peers", "", "--found", saved, "--calibration"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["quotes.recall", "100.0", "100.0", "to", "100.0"] in lines
    assert ["speaker", "100.0", "100.0", "to", "100.0"] in lines
    assert ["type", "n/a"] in lines  # nobody speaks
    assert lines[-1] == ["all", "3", "33.3", "0", "n/a"]  # a quote given to nobody is in no wrong mouth


@pytest.mark.parametrize(
    "content", ["{", '{"id": "a"}', '{"id": "a", "attributions": []}\n{"id": "a", "attributions": []}']
)
def test_an_unusable_corpus_is_one_sentence(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    assert accuracy.main([str(path)]) == 2
    assert capsys.readouterr().err.startswith(f"bench.accuracy: {path}")
    assert accuracy.main([str(tmp_path / "none.jsonl")]) == 2


def test_an_unknown_peer(gold: Path) -> None:
    with pytest.raises(SystemExit):
        accuracy.main([str(gold), "--peers", "crystal-ball"])
    with pytest.raises(ValueError, match="there is no system"):
        list(peers.systems(["crystal-ball"], never))


def test_a_peer_that_is_not_installed_is_left_out(
    gold: Path, saved: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named {name!r}")

    monkeypatch.setattr(importlib, "import_module", missing)
    monkeypatch.setattr(accuracy.Analyzer, "load", never)
    assert accuracy.main([str(gold), "--found", saved]) == 0
    output = capsys.readouterr().out
    assert output.splitlines()[1].split() == ["onrecord", "regex"]
    assert "textacy is left out" in output.splitlines()[-1]


def test_the_regex() -> None:
    found = peers.regex(corpus.article_of(HARBOUR))
    words = [[HARBOUR[start:end] for start, end in answer.content + answer.cue + answer.source] for answer in found]
    assert words[:2] == [
        ["“The fee will rise in May,”", "said", "Ana Ruiz"],
        ["“Nobody likes it.”", "said", "Ana Ruiz"],
    ]
    assert words[2:] == [["“a bad joke”", "called", "he"]]
    assert peers.regex(corpus.article_of("A “long and dull” day.")) == [Attribution(content=[(2, 17)])]


def test_an_analysis_in_offsets_of_the_corpus_text() -> None:
    text = "\nBell speaks\n\n“No,” he said."
    article = corpus.article_of(text)
    assert [block.role for block in article.blocks] == ["headline", "paragraph"]
    at = article.text.index

    def here(words: str) -> Span:
        return Span(at(words), at(words) + len(words))

    source = Source(
        id="s1",
        label="Bell, a baker",
        name="Bell",
        type="business",
        identification="named_person",
        mentions=(here("Bell"),),
    )
    said = Quote(
        id="q1",
        kind="direct",
        content=(here("“No,”"),),
        cue=(here("said"),),
        mention=here("he "),
        source="s1",
        confidence=0.9,
    )
    thought = Quote(id="a1", kind="indirect", content=(Span(0, len(article.text)),))
    first, second = peers.of_analysis(article, Analysis(sources=(source,), quotes=(said,), attitudes=(thought,)))
    assert [text[start:end] for start, end in [*first.content, *first.cue, *first.source]] == ["“No,”", "said", "he"]
    assert (first.speaker, first.label, first.fullest) == ("Bell", "Bell, a baker", (1, 5))
    assert (first.kind, first.identification, first.reported, first.confidence) == ("direct", "named_person", True, 0.9)
    assert [text[start:end] for start, end in second.content] == ["Bell speaks", "“No,” he said."]  # cut between blocks
    assert (second.speaker, second.reported) == (None, False)
