"""A Dask cluster on this machine, its processes started as anybody would start them."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import distributed

ROOT = Path(__file__).parents[1]
HERE = "127.0.0.1"


@contextlib.contextmanager
def started(kind: str, log: Path, *arguments: str, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """``dask scheduler`` or ``dask worker``, ended with the block; ``settings`` are of its environment."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'server'}{os.pathsep}{ROOT}", **settings}
    command = [sys.executable, "-m", "dask", kind, "--host", HERE, "--no-dashboard", "--dashboard-address", f"{HERE}:0"]
    with log.open("wb") as said:
        process = subprocess.Popen([*command, *arguments], env=environment, stdout=said, stderr=said)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextlib.contextmanager
def scheduler(folder: Path, **settings: str) -> Iterator[str]:
    """A scheduler; gives its ``HOST:PORT``."""
    file, log = folder / "scheduler.json", folder / "scheduler.txt"
    with started("scheduler", log, "--port", "0", "--scheduler-file", str(file), **settings) as process:
        while not (file.exists() and file.read_text().endswith("}")):
            assert process.poll() is None, log.read_text()
            time.sleep(0.05)
        yield json.loads(file.read_text())["address"].removeprefix("tcp://")


@contextlib.contextmanager
def running(folder: Path, workers: int = 2, **settings: str) -> Iterator[str]:
    """A scheduler and so many workers, each behind the nanny that starts it anew when it is killed."""
    with scheduler(folder, **settings) as address, contextlib.ExitStack() as stack:
        for number in range(workers):
            options = ["--nworkers", "1", "--nthreads", "1", "--name", f"{number}", "--local-directory", str(folder)]
            stack.enter_context(started("worker", folder / f"worker{number}.txt", f"tcp://{address}", *options))
        with asking(address) as client:
            client.wait_for_workers(workers, timeout=60)
        yield address


@contextlib.contextmanager
def asking(address: str) -> Iterator[Any]:
    """A client of one's own, to look at a cluster."""
    with distributed.Client(f"tcp://{address}", timeout=30, set_as_default=False) as client:
        yield client
