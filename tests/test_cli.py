"""The command line: what it takes, what it refuses, and how it ends. No language model is loaded."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

import onrecord
from onrecord import cli
from onrecord.analysis import analyzer
from onrecord.analysis.result import Analysis, Quote
from onrecord.article import Article, Span
from onrecord.keys import Keyring
from onrecord.store import Store
from server.bootstrap import child_environment

TEXT = "“Stay,” she said."


class FakeAnalyzer:
    """Finds one quote, the first seven characters; one attitude if it is asked to."""

    def analyze(self, article: Article, *, include: Collection[str] = ()) -> Analysis:
        quote = Quote(id="q1", kind="direct", content=(Span(0, 7),))
        return Analysis(quotes=(quote,), attitudes=(quote,) if "attitudes" in include else (), model="fake 1")


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyzer.Analyzer, "load", FakeAnalyzer)


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "story.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def analyzed(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> str:
    assert cli.main(["analyze", *arguments]) == 0
    return capsysbinary.readouterr().out.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["analyze"],
        ["analyze", "one.txt", "two.txt"],
        ["analyze", "one.txt", "--format", "pdf"],
        ["analyze", "one.txt", "--include", "rumours"],
        ["corpus", "in.jsonl"],
        ["serve", "--port", "80"],
        ["forget", "everything"],
    ],
)
def test_a_command_line_that_makes_no_sense_ends_with_usage_and_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: onrecord")


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"onrecord {onrecord.__version__}\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    shown = capsys.readouterr().out
    assert all(f"\n    {command} " in shown for command in ("serve", "open", "analyze", "corpus", "forget"))


def test_serve_is_what_runs_without_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_serve", lambda _: 7)
    assert cli.main([]) == cli.main(["serve"]) == 7


@pytest.mark.parametrize(
    ("variables", "arguments", "code"),
    [
        ({}, ["analyze", "missing.txt"], "unreadable"),
        ({}, ["analyze", "empty.txt"], "nothing_to_analyze"),
        ({}, ["corpus", "missing.jsonl", "out.jsonl"], "unreadable"),
        ({}, ["open", "ftp://news.example/"], "unreadable"),
        ({"ONRECORD_PORT": "many"}, ["forget"], "invalid_setting"),
        ({"ONRECORD_PORT": "70000"}, ["serve"], "invalid_setting"),
        ({"ONRECORD_STATE_DIR": ""}, ["forget"], "invalid_setting"),
        ({"ONRECORD_STATE_DIR": "empty.txt/below"}, ["forget"], "invalid_setting"),
    ],
)
def test_a_failure_is_one_sentence_with_its_help_and_status_2(
    variables: dict[str, str],
    arguments: list[str],
    code: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.txt").touch()
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cli.main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("onrecord: ")
    assert said.err.endswith(f" (see docs/errors.md#{code})\n")
    assert said.err.count("\n") == 1


def test_a_document_that_cannot_be_read_does_not_wait_for_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyzer.Analyzer, "load", lambda: pytest.fail("the model was loaded"))
    assert cli.main(["analyze", "/does/not/exist"]) == 2


@pytest.mark.usefixtures("without_model")
def test_json_is_what_a_pipe_gets_with_the_blocks_that_were_made(
    document: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    answer = json.loads(analyzed(capsysbinary, document))
    assert answer["schema"] == "onrecord/1"
    assert answer["blocks"] == [{"id": "b0", "role": "paragraph", "text": TEXT}]
    assert answer["quotes"][0]["content"] == [{"block": "b0", "start": 0, "end": 7, "text": "“Stay,”"}]
    assert answer["attitudes"] == []


@pytest.mark.usefixtures("without_model")
def test_attitudes_are_added_on_request(document: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert len(json.loads(analyzed(capsysbinary, document, "--include", "attitudes"))["attitudes"]) == 1
    assert json.loads(analyzed(capsysbinary, document))["attitudes"] == []  # nothing stays from the call before


@pytest.mark.usefixtures("without_model")
def test_the_report_has_the_outlet_and_the_date_that_the_document_states(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    known = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "datePublished": "2026-03-05",
        "publisher": {"@type": "Organization", "name": "The Port Courier"},
    }
    page = tmp_path / "page.html"
    page.write_text(
        f'<html><head><script type="application/ld+json">{json.dumps(known)}</script></head>'
        f"<body><article><p>{TEXT}</p></article></body></html>"
    )
    report = analyzed(capsysbinary, str(page), "--format", "html")
    assert '<b>The Port Courier</b> · <time datetime="2026-03-05">5 March 2026</time>' in report


@pytest.mark.usefixtures("without_model")
def test_every_format_is_its_own(document: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert set(cli.FORMATS) == {"json", "text", "html", "csv", "jsonld"}
    assert analyzed(capsysbinary, document, "--format", "html").startswith("<!doctype html>")
    assert next(csv.reader(io.StringIO(analyzed(capsysbinary, document, "--format", "csv"))))[0] == "entry"
    linked = json.loads(analyzed(capsysbinary, document, "--format", "jsonld"))
    assert (linked["type"], linked["onrecord:blocks"][0]["text"]) == ("AnnotationCollection", TEXT)
    assert analyzed(capsysbinary, document, "--format", "text").startswith("0 sources, 1 quote, ")


@pytest.mark.parametrize(
    ("terminal", "no_color", "coloured"),
    [(True, None, True), (True, "", True), (True, "1", False), (False, None, False)],
)
@pytest.mark.usefixtures("without_model")
def test_text_is_coloured_on_a_terminal_that_does_not_refuse_it(
    terminal: bool,
    no_color: str | None,
    coloured: bool,
    document: str,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color is not None:
        monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert ("\x1b[" in analyzed(capsysbinary, document, "--format", "text")) is coloured


@pytest.mark.usefixtures("without_model")
def test_a_terminal_gets_text_unless_it_asks_for_more(
    document: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "0 sources" in analyzed(capsysbinary, document)
    assert json.loads(analyzed(capsysbinary, document, "--format", "json"))


def test_forget_deletes_what_is_kept_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONRECORD_STATE_DIR", str(tmp_path / "state"))
    store = Store(tmp_path / "state", cache_entries=5)
    try:
        report = store.hold_report("<p>")
        store.keep_report("T", "<p>", report)
        key = Keyring(tmp_path / "state").add("a" * 32, origin=None, native=False)
        assert cli.main(["forget"]) == 0
        assert store.report(report) is None
        assert Keyring(tmp_path / "state").all() == [key]
    finally:
        store.close()
    assert "deleted" in capsys.readouterr().out


def test_ctrl_c_ends_with_the_status_that_a_shell_gives_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_serve", interrupted)
    assert cli.main([]) == 130


def test_a_reader_who_leaves_the_pipe_is_no_failure() -> None:
    # in a process of its own, because what is put right is what Python does with its pipe at the very end
    code = (
        "import sys; from onrecord import cli; "
        "cli._serve = lambda _: sys.stdout.write('x' * 100_000) and sys.stdout.flush(); sys.exit(cli.main([]))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env=child_environment(os.environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_document_in_another_language_is_refused_in_one_sentence_and_read_if_one_insists(
    without_model: None, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    path = tmp_path / "story.txt"
    path.write_text("Der Bürgermeister sagte, dass die Brücke bis zum Herbst gesperrt bleibt.", encoding="utf-8")
    assert cli.main(["analyze", str(path)]) == cli.FAILED
    error = capsysbinary.readouterr().err.decode()
    assert error == (
        "onrecord: Onrecord reads English, and this article is in German. (see docs/errors.md#unsupported_language)\n"
    )
    assert json.loads(analyzed(capsysbinary, str(path), "--language", "en"))["language"] == "en"
