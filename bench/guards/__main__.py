"""Take each guard out in a copy of the checkout and run its test: ``python -m bench.guards [--only WORD]``.

First every named test has to pass in the untouched copy; then each has to fall without its guard. A guard that nobody
misses is one that no test proves: the exit status is 1 if there is one.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

import pytest

from bench.guards.table import Guard, guards
from server.bootstrap import ROOT

PATIENCE = 300  # seconds for one test; a guard against hanging may well make it hang
LOADED = ("spacy", "httpx", "hypothesis", "lxml.html", "msgspec", "onnxruntime", "starlette.applications", "uvicorn")
FELL = 1  # pytest's and node's status for a test that failed


def copied(target: Path) -> Path:
    """The checkout as it is, with what is not committed, and the environments as links."""
    told = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    for name in filter(None, told.split("\0")):
        source, place = ROOT / name, target / name
        if source.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, place)
    for name in (".venv", "tests/node/node_modules"):
        if (ROOT / name).exists() and not (target / name).exists():
            (target / name).symlink_to(ROOT / name)
    subprocess.run(["git", "init", "-q"], cwd=target, check=True)  # the house's tests ask for the tracked files
    return target


def run(root: Path, tests: list[str]) -> tuple[int, str]:
    """Run tests of one kind in ``root``; their status (-1: too long) and the last line that they say."""
    if not tests[0].partition("::")[0].endswith(".js"):
        return run_python(root, tests)
    from tests import tools

    file, _, name = tests[0].partition("::")
    command = [tools.node(), "--test", f"--test-name-pattern={re.escape(name)}", file]
    env = {**os.environ, "PYTHONPATH": f"{root / 'server'}{os.pathsep}{root}", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return -1, "took too long"
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    failed = next((line for line in lines if line.startswith(("FAILED", "ERROR", "not ok", "✖"))), "")
    return done.returncode, failed or (lines[-1] if lines else done.stderr[-200:])


def run_python(root: Path, tests: list[str]) -> tuple[int, str]:
    """The same for pytest, in a fork that has the packages loaded already: they take longer than most tests do."""
    said = root.parent / "said"
    child = os.fork()
    if child == 0:
        try:
            handle = os.open(said, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            os.dup2(handle, 1)
            os.dup2(handle, 2)
            os.chdir(root)
            own = ("onrecord", "tests", "bench", "server", "e2e")
            for name in [name for name in sys.modules if name.partition(".")[0] in own]:
                del sys.modules[name]
            sys.path[:] = [
                str(root / "server"),
                str(root),
                *(p for p in sys.path if not p or ROOT not in {Path(p), *Path(p).parents} or ".venv" in p),
            ]
            os.environ["PYTHONPATH"] = f"{root / 'server'}{os.pathsep}{root}"
            sys.dont_write_bytecode = True
            os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
            status = int(
                pytest.main(
                    [
                        "-q",
                        "-x",
                        "-p",
                        "no:cacheprovider",
                        "-W",
                        "ignore::pytest.PytestAssertRewriteWarning",
                        f"--rootdir={root}",
                        *tests,
                    ]
                )
            )
            sys.stdout.flush()
            os._exit(status)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        os._exit(99)
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            lines = [line for line in said.read_text(errors="replace").splitlines() if line.strip()]
            failed = next((line for line in lines if line.startswith(("FAILED", "ERROR"))), "")
            return os.waitstatus_to_exitcode(status), failed or (lines[-1] if lines else "")
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -1, "took too long"


def judged(root: Path, guard: Guard) -> tuple[bool, str]:
    """Whether the test falls without the guard, and what it says."""
    path = root / guard.file
    whole = path.read_text(encoding="utf-8")
    path.write_text(guard.taken_out(root), encoding="utf-8")
    try:
        status, said = run(root, [guard.test])
    finally:
        path.write_text(whole, encoding="utf-8")
    return status in {FELL, -1}, said


def main() -> int:
    """Print a line for each guard, then how many were noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="guards whose name or file has this in it")
    parser.add_argument("--no-baseline", action="store_true", help="do not run the tests in the untouched copy first")
    parser.add_argument(
        "--part", default="1/1", metavar="K/N", help="every N-th guard from the K-th on, to share the work"
    )
    arguments = parser.parse_args()
    for package in LOADED:
        importlib.import_module(package)
    chosen = [guard for guard in guards() if arguments.only in guard.name or arguments.only in guard.file]
    part, parts = (int(number) for number in arguments.part.split("/"))
    chosen = chosen[part - 1 :: parts]
    survived = []
    with tempfile.TemporaryDirectory(prefix="onrecord-guards-") as folder:
        root = copied(Path(folder) / "copy")
        if not arguments.no_baseline:
            python = sorted({guard.test for guard in chosen if not guard.test_file.endswith(".js")})
            other = sorted({guard.test for guard in chosen} - set(python))
            for tests in [*([python] if python else []), *([test] for test in other)]:
                status, said = run(root, tests)
                if status:
                    print(f"with every guard in its place: {said}", flush=True)
                    return 1
            print(f"with every guard in its place, {len(python) + len(other)} tests pass", flush=True)
        for number, guard in enumerate(chosen, 1):
            began = time.monotonic()
            noticed, said = judged(root, guard)
            survived += [] if noticed else [guard.name]
            mark = "noticed " if noticed else "SURVIVES"
            print(f"{number:>3} {mark} {time.monotonic() - began:5.1f} s  {guard.name}  <-  {guard.test}", flush=True)
            if not noticed:
                print(f"      {said}", flush=True)
    print(
        f"{len(chosen) - len(survived)} of {len(chosen)} noticed"
        + "".join(f"\n  survives: {name}" for name in survived)
    )
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
