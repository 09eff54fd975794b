"""A cluster of Dask with two workers: the same output, whole after the loss of one, and what kills them is named."""

from __future__ import annotations

import json
import os
import signal
import socket
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.corpus import cluster as clusters
from onrecord.corpus.cluster import Cluster
from onrecord.corpus.run import run
from onrecord.errors import Unreadable
from tests.corpus import tasks

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def local() -> Iterator[Any]:
    """A scheduler and two workers, each a process with a nanny that starts it again."""
    import distributed

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as made:
            yield made


def address(local: Any) -> str:
    return str(local.scheduler_address).removeprefix("tcp://")


def written(path: Path, count: int, *, deadly: int | None = None) -> Path:
    lines = ({"id": n, "text": "KILLS" if n == deadly else f"Number {n}, said Ann Lee."} for n in range(count))
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_the_output_is_whole_after_the_loss_of_a_worker(local: Any, tmp_path: Path) -> None:
    source, whole, target = written(tmp_path / "in.jsonl", 200), tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    assert run(source, whole, engine=tasks.slowly) == 0
    engine = Cluster(address(local), task=tasks.slow)

    def losing(groups: Any, include: Any) -> Any:
        for number, found in enumerate(engine(groups, include)):
            if number == 5:
                os.kill(next(iter(local.workers.values())).process.pid, signal.SIGKILL)
            yield found

    assert run(source, target, engine=losing) == 0
    assert target.read_bytes() == whole.read_bytes()


def test_a_document_that_kills_workers_is_named_and_the_others_go_on(local: Any, tmp_path: Path) -> None:
    source, target = written(tmp_path / "in.jsonl", 30, deadly=10), tmp_path / "out.jsonl"
    assert run(source, target, engine=Cluster(address(local), task=tasks.deadly)) == 1
    found = [json.loads(line) for line in target.read_text().splitlines()]
    assert [line["id"] for line in found if "analysis" in line] == [n for n in range(30) if n != 10]
    (failed,) = [line for line in found if "error" in line]
    assert failed["place"] == "in.jsonl, line 11"
    assert "Every worker that analysed this document died" in failed["error"]["message"]


def test_where_no_cluster_is_one_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "PATIENCE_FOR_SCHEDULER", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unreadable, match=f"No Dask scheduler answers at 127.0.0.1:{port}"):
        run(written(tmp_path / "in.jsonl", 1), tmp_path / "out.jsonl", engine=f"dask://127.0.0.1:{port}")
