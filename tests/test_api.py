"""The interface for programs, and the examples of its page."""

from __future__ import annotations

import dataclasses
import doctest
import pickle
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import onrecord
from onrecord import api, component
from onrecord.analysis import result
from onrecord.formats.table import ROW_KEYS, to_rows
from server.bootstrap import ROOT
from tests.formats.example import ARTICLE, CHECKED

TEXT = (
    "Ferry stays 🚢 in port\n\n“The ferry stays,” said Ida Lund,\nthe mayor.\n\n\n"
    "  A guard denied that it was full: “It was empty.”"
)


def test_the_import_loads_nothing() -> None:
    code = (
        "import sys, onrecord; heavy = {'spacy', 'numpy', 'onnxruntime', 'trafilatura', 'jinja2', 'msgspec'};"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "server", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_is_public_is_there_and_nothing_else_is_shown() -> None:
    assert sorted(onrecord.__all__) == dir(onrecord)
    for name in onrecord.__all__:
        assert getattr(onrecord, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = onrecord.nothing
    assert (ROOT / "server" / "onrecord" / "py.typed").exists()


def test_a_checker_knows_the_types(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(
        "import onrecord\n"
        "def names(text: str) -> list[str | None]:\n"
        "    analysis: onrecord.Analysis = onrecord.analyze(text)\n"
        "    return [source.name for source in analysis.sources]\n"
        "reveal_type(onrecord.Analyzer().pipe([]))\n",
        encoding="utf-8",
    )
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--follow-imports=silent",
        "--ignore-missing-imports",
        "--config-file=",
        str(tmp_path / "program.py"),
    ]
    done = subprocess.run(
        command,
        cwd=ROOT / "server",
        env={"MYPYPATH": str(ROOT / "server")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Iterator[onrecord.api.Analysis]" in done.stdout, done.stdout + done.stderr
    assert "error" not in done.stdout


def public() -> onrecord.Analysis:
    return api.of_result(ARTICLE, CHECKED)


def test_a_result_cannot_be_changed_and_is_equal_to_its_copy() -> None:
    found = public()
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.quotes = ()  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(found)) == found
    assert found.source("s1") is found.sources[0]


def test_every_row_has_every_key_and_its_offsets_count_in_the_text() -> None:
    found = public()
    rows = found.to_rows()
    assert [row["id"] for row in rows] == ["q1", "q2", "q3", "c1", "c2", "f1"]
    assert {tuple(row) for row in rows} == {ROW_KEYS}
    assert found.text[int(str(rows[0]["start"])) : int(str(rows[0]["end"]))] == rows[0]["text"] == "“The ferry stays,”"
    assert (rows[2]["source"], rows[5]["date"], rows[5]["confidence"]) == (None, "2026-01-02", None)


def test_a_row_is_not_escaped_and_the_table_is() -> None:
    article = onrecord.Article((onrecord.Block("b0", "paragraph", "=1+1"),))
    whole = (onrecord.Span(0, 4),)
    found = result.Analysis(quotes=(onrecord.Quote(id="q1", kind="direct", content=whole, cue=whole),))
    assert to_rows(article, found)[0]["text"] == "=1+1"
    assert "'=1+1" in api.of_result(article, found).to_csv()


def test_every_format_can_be_had() -> None:
    found = public()
    assert found.to_dict()["blocks"][0]["text"] == "Ferry stays in port"
    assert found.to_jsonld()["total"] == 6
    assert found.to_html().startswith("<!")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ("", onrecord.NothingToAnalyze),
        (" \n", onrecord.NothingToAnalyze),
        ([], onrecord.NothingToAnalyze),
        ("<p></p>", onrecord.NothingToAnalyze),
        ("half \ud83d of one", onrecord.InvalidRequest),
        (7, onrecord.InvalidRequest),
        (b"bytes", onrecord.InvalidRequest),
        (["a text"], onrecord.InvalidRequest),
        ([onrecord.Block("a", "paragraph", "x"), onrecord.Block("a", "paragraph", "y")], onrecord.InvalidRequest),
        ([onrecord.Block("a", "title", "x")], onrecord.InvalidRequest),  # type: ignore[arg-type]
        (onrecord.Article((onrecord.Block("a", "paragraph", "x"),), language="de"), onrecord.UnsupportedLanguage),
        ("Le maire a dit que personne ne pouvait traverser le pont avant la nuit.", onrecord.UnsupportedLanguage),
    ],
)
def test_what_cannot_be_analysed_is_told_by_a_named_error(given: api.Given, error: type[Exception]) -> None:
    with pytest.raises(error):
        api.article_of(given)


def test_html_is_read_as_html_whatever_it_says_of_its_encoding() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><article><p>{}</p></article></body></html>'
    words = "“The ferry stays in the port until the spring,” said Ida Lund, who has been the mayor for a year."
    assert words in api.article_of(page.format(words)).text
    assert api.article_of("Is <p> a tag? “Yes,” she said.").text == "Is <p> a tag? “Yes,” she said."


@pytest.mark.model
def test_threads_wait_for_each_other() -> None:
    analyzer = onrecord.Analyzer()
    found: list[onrecord.Analysis] = []
    threads = [threading.Thread(target=lambda: found.append(analyzer.analyze(TEXT))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3
    assert found[0] == found[1] == found[2]
    assert next(found[0][span] for quote in found[0].quotes for span in quote.content) == "“The ferry stays,”"


@pytest.mark.model
def test_a_pipeline_gives_the_same_answer_with_offsets_into_its_own_text() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord", config={"attitudes": True})
    doc = nlp(TEXT)
    alone = onrecord.analyze(TEXT, attitudes=True)
    inside = doc._.onrecord
    assert inside.text == TEXT
    assert [quote.id for quote in inside.quotes] == [quote.id for quote in alone.quotes] != []
    for here, there in zip(inside.quotes, alone.quotes, strict=True):
        assert [inside[span] for span in here.content] == [alone[span] for span in there.content]
    for row in inside.to_rows():
        assert TEXT[row["start"] : row["end"]] == row["text"]
    kinds = {span.label_ for span in doc.spans["onrecord"]}
    assert {"QUOTE", "CUE", "SOURCE", "CLAIM", "EVIDENCE"} <= kinds
    (again,) = (
        DocBin().from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes()).get_docs(spacy.blank("en").vocab)
    )
    assert again._.onrecord == inside
    assert [(s.text, s.label_, s.id_) for s in again.spans["onrecord"]] == [
        (s.text, s.label_, s.id_) for s in doc.spans["onrecord"]
    ]
    assert nlp("  ")._.onrecord is None


def test_a_pipeline_of_another_language_is_refused() -> None:
    with pytest.raises(onrecord.UnsupportedLanguage, match="'de'"):
        component.make(spacy.blank("de"), "onrecord", attitudes=False)


def test_a_document_that_was_not_read_has_no_analysis() -> None:
    assert Doc(spacy.blank("en").vocab, words=["Hello"])._.onrecord is None


@pytest.mark.model
def test_the_examples_of_the_page_give_what_it_says() -> None:
    failed, tried = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False, encoding="utf-8")
    assert (failed, tried > 15) == (0, True)
