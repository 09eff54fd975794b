"""A run over an archive: a bad document is one line, no file is lost, and a run that was killed goes on."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.result import Analysis
from onrecord.article import Article
from onrecord.corpus import answers, clock, engines, work
from onrecord.corpus.answers import answered
from onrecord.corpus.engines import Processes
from onrecord.corpus.items import Item, Line
from onrecord.corpus.run import run
from onrecord.errors import TimedOut, Unreadable
from tests.corpus import tasks
from tests.corpus.tasks import FakeAnalyzer

ROOT = Path(__file__).parents[2]
BLOCKS = [{"id": "p1", "text": "One."}, {"id": "p2", "role": "caption", "text": "Two."}]


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> FakeAnalyzer:
    fake = FakeAnalyzer()
    monkeypatch.setattr(work, "analyzer", lambda: fake)
    return fake


def written(path: Path, *lines: object) -> Path:
    path.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines))
    return path


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line, parse_constant=pytest.fail) for line in path.read_text(encoding="utf-8").splitlines()]


def answer(
    line: bytes | dict[str, object], analyzer: object = None, *, include: Collection[str] = ()
) -> dict[str, Any]:
    raw = line if isinstance(line, bytes) else json.dumps(line).encode()
    (made,) = answered([Item(None, "in, line 1", Line(raw))], analyzer or FakeAnalyzer(), include).lines  # type: ignore[arg-type]
    found: dict[str, Any] = json.loads(made)
    return found


def run_here(source: Path, target: Path, **options: Any) -> int:
    return run(source, target, engine=engines.here, **options)


def test_a_text_is_cut_into_blocks_which_come_back() -> None:
    found = answer({"id": "a", "text": "One.\n\nTwo.", "year": 1999})
    assert found.keys() == {"schema", "id", "place", "metadata", "analysis"}
    assert [block["text"] for block in found["analysis"]["blocks"]] == ["One.", "Two."]


@pytest.mark.parametrize(
    "line",
    [
        {"text": "<p>“We go,” said Ann Lee.</p><p>“We stay,” said Bob&nbsp;Ray.</p>"},
        {"html": "<p>“We go,” said Ann Lee.</p><p>“We stay,” said Bob Ray.</p>"},
        {"text": "&lt;p&gt;“We go,” said Ann Lee.&lt;/p&gt;&lt;p&gt;“We stay,” said Bob Ray.&lt;/p&gt;"},
        {"text": "&ldquo;We go,&rdquo;\nsaid Ann Lee.\n“We stay,” said Bob Ray."},
    ],
)
def test_a_text_that_is_html_is_read_as_html(line: dict[str, object]) -> None:
    found = answer({"id": "a", **line})["analysis"]["blocks"]
    assert [block["text"] for block in found] == ["“We go,” said Ann Lee.", "“We stay,” said Bob Ray."]


def test_what_a_line_says_of_its_article_goes_through() -> None:
    line = {"id": 1, "text": "One.", "headline": "T", "title": "T", "date": "2026-05-01", "publisher": "The Herald",
            "source": {"odd": 1}, "authors": ["Ann Lee", 5], "url": "https://news.example/1"}  # fmt: skip
    assert answer(line)["metadata"] == {
        "title": "T", "url": "https://news.example/1", "outlet": "The Herald", "published": "2026-05-01",
        "authors": ["Ann Lee"],
    }  # fmt: skip


def test_a_document_that_breaks_the_analysis_is_answered_like_any_other() -> None:
    class Broken(FakeAnalyzer):
        def analyze(self, article: Article, *, include: Collection[str] = ()) -> Analysis:
            raise ZeroDivisionError

    found = answer({"id": "a", "text": "One."}, Broken())
    assert found["id"] == "a"
    assert found["error"]["code"] == "internal_error"


def test_blocks_are_taken_as_they_are() -> None:
    fake = FakeAnalyzer()
    found = answer({"id": 7, "blocks": BLOCKS, "title": "T", "url": "u"}, fake, include=("attitudes",))
    assert found["id"] == 7
    (article,) = fake.seen
    assert [(block.id, block.role) for block in article.blocks] == [("p1", "paragraph"), ("p2", "caption")]
    assert (article.title, article.url) == ("T", "u")
    assert fake.include == ("attitudes",)


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
        ({"id": "a", "text": "<p> </p>"}, "a", "nothing_to_analyze"),
        ({"id": 0, "blocks": []}, 0, "nothing_to_analyze"),
    ],
)
def test_a_bad_line_is_answered_with_its_id_and_the_error(
    line: bytes | dict[str, object], identifier: str | int | None, code: str
) -> None:
    found = answer(line)
    assert found.keys() == {"schema", "id", "place", "error"}
    assert found["id"] == identifier
    assert found["error"]["code"] == code
    assert found["error"]["help"] == f"docs/errors.md#{code}"


@pytest.mark.usefixtures("without_model")
def test_the_rest_goes_on_in_the_same_order_and_the_note_tells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path / "in.jsonl", {"id": 1, "text": "One."}, "broken", "", {"id": 3, "text": "Três."})
    target = tmp_path / "out.jsonl"
    assert run_here(source, target) == 1
    assert [(line["id"], "error" in line) for line in read(target)] == [(1, False), (None, True), (3, False)]
    assert "1 of 3 documents failed; their lines say why: 1 invalid_json." in capsys.readouterr().err
    assert run_here(written(source, {"id": 1, "text": "One."}), target) == 0
    assert len(read(target)) == 1
    assert sorted(tmp_path.iterdir()) == [source, target]  # no unfinished file stays


@pytest.mark.usefixtures("without_model")
def test_a_line_separator_inside_a_text_ends_no_output_line(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", json.dumps({"id": 1, "text": "One.\u2028Two.\x85"}, ensure_ascii=False))
    assert run_here(source, tmp_path / "out.jsonl") == 0
    assert len(read(tmp_path / "out.jsonl")) == 1


def test_a_run_that_breaks_off_leaves_the_earlier_result_as_it_was_and_the_next_goes_on(
    tmp_path: Path, without_model: FakeAnalyzer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [{"id": number, "text": f"Number {number}."} for number in range(40)]
    source, target = written(tmp_path / "in.jsonl", *lines), written(tmp_path / "out.jsonl", "old")
    analyze = without_model.analyze

    def breaks(article: Article, **options: Any) -> Analysis:
        if article.text == "Number 19.":
            raise KeyboardInterrupt
        return analyze(article, **options)

    monkeypatch.setattr(without_model, "analyze", breaks)
    with pytest.raises(KeyboardInterrupt):
        run_here(source, target)
    assert target.read_text() == "old\n"
    monkeypatch.setattr(without_model, "analyze", analyze)
    without_model.seen.clear()
    assert run_here(source, target) == 0
    assert [line["id"] for line in read(target)] == list(range(40))
    assert without_model.seen[0].text == "Number 16."  # the first of the group that was not finished
    assert "going on after 16 articles" in capsys.readouterr().err


@pytest.mark.usefixtures("without_model")
def test_a_run_over_another_input_starts_anew(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    written(source, *[{"id": number, "text": "One."} for number in range(20)])
    part, journal = tmp_path / "out.jsonl.part", tmp_path / "out.jsonl.journal"
    part.write_text("lines of another run\n")
    journal.write_text(json.dumps({"run": "another"}) + "\n" + json.dumps({"bytes": 21, "sums": {"items": 8}}) + "\n")
    assert run_here(source, target) == 0
    assert [line["id"] for line in read(target)] == list(range(20))


def test_killed_at_any_moment_it_goes_on_with_the_same_output(tmp_path: Path) -> None:
    lines = [{"id": number, "text": f"Number {number}, said Ann Lee."} for number in range(1000)]
    source = written(tmp_path / "in.jsonl", *lines, "broken")
    whole, target = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    assert run(source, whole, engine=tasks.slowly) == 1
    program = (
        "import sys; from pathlib import Path; from onrecord.corpus.run import run; from tests.corpus import tasks;"
        "sys.exit(run(*map(Path, sys.argv[1:]), engine=tasks.slowly))"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'server'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-c", program, str(source), str(target)]
    journal = tmp_path / "out.jsonl.journal"
    dice = random.Random(5)
    killed = 0
    while killed < 4 and not target.exists():
        before = journal.stat().st_size if journal.exists() else 0
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        while process.poll() is None and not (journal.exists() and journal.stat().st_size > before):
            time.sleep(0.01)
        time.sleep(dice.random() / 3)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
    assert killed
    with contextlib.suppress(FileNotFoundError), (tmp_path / "out.jsonl.part").open("ab") as part:
        part.write(b'{"half a li')
    subprocess.run(command, env=environment, check=False)
    assert target.read_bytes() == whole.read_bytes()
    assert sorted(tmp_path.iterdir()) == [source, target, whole]


def test_two_runs_do_not_write_one_output(tmp_path: Path, without_model: FakeAnalyzer) -> None:
    source, target = written(tmp_path / "in.jsonl", {"id": 1, "text": "One."}), tmp_path / "out.jsonl"

    def another(groups: Any, include: Any) -> Any:
        with pytest.raises(Unreadable, match="Another run is writing"):
            run_here(source, target)
        yield from engines.here(groups, include)

    assert run(source, target, engine=another) == 0
    assert len(read(target)) == 1


def test_processes_give_the_order_of_the_input_and_name_what_kills_them(tmp_path: Path) -> None:
    lines = [{"id": number, "text": "KILLS" if number == 13 else f"Number {number}."} for number in range(60)]
    source, target = written(tmp_path / "in.jsonl", *lines), tmp_path / "out.jsonl"
    assert run(source, target, engine=Processes(2, task=tasks.deadly)) == 1
    found = read(target)
    assert [line["id"] for line in found if "analysis" in line] == [n for n in range(60) if n != 13]
    (failed,) = [line for line in found if "error" in line]
    assert failed["place"] == "in.jsonl, line 14"
    assert failed["error"]["code"] == "killed"
    assert "was killed" in failed["error"]["message"]


def test_the_process_that_reads_and_writes_loads_no_model_and_the_others_no_command_line() -> None:
    program = (
        "import sys; from onrecord.corpus import engines, run, work; engines.Processes(1); "
        "assert not {'spacy', 'numpy', 'onnxruntime'} & sys.modules.keys(); work.analyzer(); "
        "assert 'spacy' in sys.modules; assert 'spacy.cli.download' not in sys.modules"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "server")}
    found = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")


def test_a_document_that_takes_too_long_is_one_line_and_the_others_go_on(tmp_path: Path) -> None:
    texts = {3: "SLEEPS", 9: "HANGS"}  # the second group has two documents
    lines = [{"id": number, "text": texts.get(number, f"Number {number}.")} for number in range(10)]
    source, target = written(tmp_path / "in.jsonl", *lines), tmp_path / "out.jsonl"
    assert run(source, target, engine=Processes(2, task=tasks.hanging, timeout=0.5)) == 1
    found = read(target)
    assert [line["id"] for line in found if "analysis" in line] == [n for n in range(10) if n not in texts]
    errors = [line["error"] for line in found if "error" in line]
    assert [error["code"] for error in errors] == ["timed_out", "timed_out"]
    assert errors[0]["message"] == "The document took longer than 0.5 s and was given up; more time: --timeout."


def test_a_document_that_takes_long_to_read_is_given_up_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_limit", 0.05)
    monkeypatch.setattr(answers, "_of_line", lambda _: time.sleep(10))
    assert answer({"id": "a", "text": "One."})["error"]["code"] == "timed_out"
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_an_alarm_that_a_library_swallows_rings_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_limit", 0.05)
    monkeypatch.setattr(clock, "_AGAIN", 0.05)

    def deaf() -> None:
        with clock.limited():
            with contextlib.suppress(Exception):
                time.sleep(10)
            time.sleep(10)

    with pytest.raises(TimedOut):
        deaf()


def test_a_thread_has_no_limit_and_needs_none() -> None:
    made: list[Any] = []
    thread = threading.Thread(target=lambda: made.append(answer({"id": "a", "text": "One."})))
    thread.start()
    thread.join()
    assert "analysis" in made[0]


@pytest.mark.parametrize("name", ["in.jsonl", "./in.jsonl", "link.jsonl", "below/../in.jsonl"])
def test_the_input_is_never_the_output(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = written(tmp_path / "in.jsonl", {"id": 1, "text": "One."})
    (tmp_path / "below").mkdir()
    (tmp_path / "link.jsonl").symlink_to(source)
    before = source.read_bytes()
    with pytest.raises(Unreadable, match="same file"):
        run_here(Path("in.jsonl"), Path(name))
    assert source.read_bytes() == before


@pytest.mark.parametrize("name", ["out.jsonl.part", "out.jsonl.journal"])
def test_the_unfinished_output_is_not_the_input_either(name: str, tmp_path: Path) -> None:
    source = written(tmp_path / name, {"id": 1, "text": "One."})
    with pytest.raises(Unreadable, match="same file"):
        run_here(source, tmp_path / "out.jsonl")
    assert source.stat().st_size > 0


def test_what_is_no_file_is_neither_read_nor_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "analyzer", lambda: pytest.fail("the model was loaded"))
    source, pipe = written(tmp_path / "in.jsonl", {"id": 1, "text": "One."}), tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "empty").mkdir()
    for one, other, sentence in [
        (pipe, tmp_path / "new", "is no file"),
        (source, tmp_path, "is no file"),
        (source, pipe, "is no file"),
        (tmp_path, tmp_path / "new", "lies in the folder that is read"),
        (tmp_path / "empty", tmp_path / "new", "holds no file"),
        (tmp_path / "missing", tmp_path / "new", "cannot be read"),
    ]:
        with pytest.raises(Unreadable, match=sentence):
            run_here(one, other)


@pytest.mark.usefixtures("without_model")
def test_an_output_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", {"id": 1, "text": "One."})
    with pytest.raises(Unreadable, match=r"missing/out.jsonl cannot be written"):
        run_here(source, tmp_path / "missing" / "out.jsonl")


@pytest.mark.usefixtures("without_model")
def test_parquet_has_the_same_schema_whatever_is_in_it(tmp_path: Path) -> None:
    from pyarrow import parquet

    from onrecord.corpus.parquet import SCHEMA

    target = tmp_path / "out.parquet"
    full = {"id": 2, "text": "One two.", "title": "T", "date": "2026-05-01", "publisher": "H", "authors": ["Ann Lee"]}
    for lines in (["broken"], ["broken", {"id": 1, "text": "One."}], [full]):
        run_here(written(tmp_path / "in.jsonl", *lines), target)
        table = parquet.read_table(target)
        assert table.schema.equals(SCHEMA)
        assert table.num_rows == len(lines)
    (row,) = table.to_pylist()
    assert (row["id"], row["title"], row["outlet"], row["authors"], row["words"]) == ("2", "T", "H", ["Ann Lee"], 2)
    assert json.loads(row["analysis"])["blocks"] == [{"id": "b0", "role": "paragraph", "text": "One two."}]


@pytest.mark.model
def test_a_line_is_analysed_with_the_real_model_and_its_row_says_the_same(analyzer: Analyzer) -> None:
    from onrecord.corpus.parquet import row

    line = answer({"id": "a", "text": "“The ferry stays,” said Ida Lund, the harbour master."}, analyzer)
    assert line["analysis"]["quotes"][0]["content"][0]["text"] == "“The ferry stays,”"
    assert line["analysis"]["sources"][0]["name"] == "Ida Lund"
    made = row(line)
    assert (made["quotes"][0]["text"], made["quotes"][0]["words"]) == ("“The ferry stays,”", 3)
    assert (made["sources"][0]["name"], made["sources"][0]["mentions"]) == (
        "Ida Lund",
        ["Ida Lund, the harbour master"],
    )
