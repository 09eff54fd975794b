"""The same run on a cluster: a scheduler and two workers, processes of their own, on this machine."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bench.cluster import HERE, asking, running, scheduler
from onrecord.analysis.analyzer import Analyzer
from onrecord.cli import main
from onrecord.corpus import clock, cluster, engines, work
from onrecord.corpus.answers import Answered
from onrecord.corpus.cluster import Cluster
from onrecord.corpus.items import Item
from onrecord.corpus.run import run
from onrecord.errors import ClusterUnavailable, TimedOut
from tests.corpus import tasks

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two workers. Work is given up after two deaths, and not after Dask's four, for the test to be quick."""
    with running(tmp_path_factory.mktemp("cluster"), DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="1") as where:
        yield where


def archive(path: Path, texts: Sequence[str]) -> Path:
    path.write_text("".join(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts)))
    return path


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.model
def test_a_run_that_loses_a_worker_and_is_killed_itself_ends_with_the_same_output(
    address: str, analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [
        f"“Pier {number} stays open,” said Ida Lund, the harbour master. Councillor Per Dahl denied that "
        f"{number} boats had sunk.\n\nAn official, who asked not to be named, said it would take {number} days."
        for number in range(96)
    ]
    source, target, whole = archive(tmp_path / "in.jsonl", texts), tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "server")}
    command = [sys.executable, "-m", "onrecord", "corpus", str(source), str(target), "--engine", f"dask://{address}"]
    journal = tmp_path / "out.jsonl.journal"

    def until_groups(count: int) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
        while not (journal.exists() and journal.read_bytes().count(b"\n") > count):
            assert process.poll() is None, process.communicate()
            time.sleep(0.01)
        return process

    with asking(address) as client:
        before = client.run(os.getpid)
        process = until_groups(2)
        os.kill(next(iter(before.values())), signal.SIGKILL)
        journal_then = journal.read_bytes().count(b"\n")
        while journal.exists() and journal.read_bytes().count(b"\n") == journal_then:
            time.sleep(0.01)
        process.kill()
        process.communicate()
        second = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert second.returncode == 0, second.stderr
        assert "going on after" in second.stderr
        client.wait_for_workers(2, timeout=60)
        assert len(set(client.run(os.getpid).values()) - set(before.values())) == 1  # the nanny's new one
    monkeypatch.setattr(work, "analyzer", lambda: analyzer)
    assert run(source, whole, engine=engines.here) == 0
    assert target.read_bytes() == whole.read_bytes()
    assert sorted(tmp_path.iterdir()) == [source, target, whole]


def test_what_kills_its_workers_or_takes_too_long_is_named_and_the_others_go_on(address: str, tmp_path: Path) -> None:
    odd = {3: "LOOPS", 13: "KILLS", 27: "HANGS"}
    source = archive(tmp_path / "in.jsonl", [odd.get(number, f"Number {number}.") for number in range(40)])
    with Cluster(address, task=tasks.odd, timeout=0.5) as engine:
        assert run(source, tmp_path / "out.jsonl", engine=engine) == 1
    found = read(tmp_path / "out.jsonl")
    assert [line["id"] for line in found] == [*range(13), None, *range(14, 27), None, *range(28, 40)]
    errors = {line["place"]: line["error"] for line in found if "error" in line}
    assert {place: error["code"] for place, error in errors.items()} == {
        "in.jsonl, line 4": "timed_out", "in.jsonl, line 14": "killed", "in.jsonl, line 28": "timed_out",
    }  # fmt: skip
    assert "longer than 0.5 s" in errors["in.jsonl, line 28"]["message"]


def elsewhere(items: Sequence[Item], include: Collection[str]) -> Answered:
    raise ZeroDivisionError("no such thing\nat all")


def test_a_cluster_that_cannot_run_this_onrecord_says_so(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    group = [[Item(None, "in", tasks.Line(b"{}"))]]
    with (
        Cluster(address, task=elsewhere) as engine,
        pytest.raises(ClusterUnavailable, match=r"cannot run Onrecord .*Z"),
    ):
        list(engine(group, ()))
    monkeypatch.setattr(cluster, "_answers", lambda: ["another version"])
    with Cluster(address, task=tasks.quick) as engine, pytest.raises(ClusterUnavailable, match="another version"):
        list(engine(group, ()))


def test_no_scheduler_and_no_workers_are_said_in_one_sentence(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(cluster, "CONNECT", 1)
    monkeypatch.setattr(cluster, "_LOOK", 0.1)
    monkeypatch.setattr(cluster, "PATIENCE", 0.2)
    source = archive(tmp_path / "in.jsonl", ["One."])
    with socket.create_server((HERE, 0)) as taken:
        closed = f"{HERE}:{taken.getsockname()[1]}"
    assert main(["corpus", str(source), str(tmp_path / "out.jsonl"), "--engine", f"dask://{closed}"]) == 2
    assert f"No Dask scheduler answers at {closed}" in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == [source]
    folder = tmp_path_factory.mktemp("empty")
    with scheduler(folder) as there:
        assert main(["corpus", str(source), str(tmp_path / "out.jsonl"), "--engine", f"dask://{there}"]) == 2
    said = capsys.readouterr().err
    assert f"waiting for a worker of the cluster at {there}" in said
    assert "has no worker; the same command goes on" in said
    assert "docs/errors.md#cluster_unavailable" in said


@pytest.mark.parametrize(
    "text", ["dask://", "dask://host", "tcp://host:1", "dask://host:1/x", "dask://host:99999", "5"]
)
def test_an_address_of_no_scheduler_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["corpus", "in", "out", "--engine", text])
    assert "the address of a scheduler, as in dask://" in capsys.readouterr().err


def test_processes_and_a_cluster_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["corpus", "in", "out", "--engine", "dask://host:1", "--jobs", "2"])
    assert "not allowed with" in capsys.readouterr().err


def test_a_thread_is_told_that_its_time_is_over_and_nothing_comes_after(monkeypatch: pytest.MonkeyPatch) -> None:
    late = threading.Event()
    monkeypatch.setattr(clock, "_limit", 0.05)
    monkeypatch.setattr(clock, "_hard", True)
    monkeypatch.setattr(clock, "_late", late.set)
    monkeypatch.setattr(clock, "_AGAIN", 0.001)
    monkeypatch.setattr(clock, "_end_of_process", lambda _: contextlib.nullcontext())
    ended: list[str] = []

    def works() -> None:
        for _ in range(20):
            try:
                with clock.limited():
                    with contextlib.suppress(Exception):  # a library that swallows it hears it again
                        while True:
                            pass
                    while True:
                        pass
            except TimedOut as error:
                ended.append(error.message)
        with clock.limited():
            ended.append("in time")
        before = time.monotonic()
        while time.monotonic() < before + 0.2:  # what is left of an alarm would end this
            pass
        ended.append("whole")

    thread = threading.Thread(target=works)
    thread.start()
    thread.join()
    assert ended == [clock.message(0.05)] * 20 + ["in time", "whole"]
    assert late.is_set()
