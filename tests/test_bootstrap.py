"""Setting up: when it is done, that only one does it, and what is said when it fails. Nothing is downloaded."""

from __future__ import annotations

import ast
import ctypes
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from server import bootstrap
from server.bootstrap import ROOT, SetupError

REFUSED = "is not the one that was pinned"


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for an environment, and requirements that a test may change."""
    for name in ("server", "tests"):
        (tmp_path / f"{name}.txt").write_text(f"{name}==1")
    monkeypatch.setattr(bootstrap, "requirements", lambda name: tmp_path / f"{name}.txt")
    monkeypatch.setenv("ONRECORD_VENV", str(tmp_path / "made" / "env"))
    monkeypatch.delenv("ONRECORD_NO_UV", raising=False)
    return tmp_path / "made" / "env"


@pytest.fixture
def steps(env: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been run; the interpreter is there after the first."""
    taken: list[list[str]] = []

    def run(command: Sequence[str], doing: str, lines: object = None) -> None:
        assert not (env / bootstrap.STAMP).exists(), "the stamp is written last"
        assert env.with_name("env.lock").exists(), "the lock is held"
        taken.append(list(command))
        bootstrap.interpreter(env).parent.mkdir(parents=True, exist_ok=True)
        bootstrap.interpreter(env).touch()

    monkeypatch.setattr(bootstrap, "_run", run)
    return taken


def gone() -> int:
    """The id of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_a_first_start_makes_the_environment_and_a_second_does_nothing(env: Path, steps: list[list[str]]) -> None:
    assert not bootstrap.is_ready(env, "server")
    assert bootstrap.prepare("server") == bootstrap.interpreter(env)
    assert bootstrap.is_ready(env, "server")
    made = len(steps)
    assert made > 0
    bootstrap.prepare("server")
    assert len(steps) == made
    assert list(env.parent.glob("*.lock")) == []


def test_the_environment_of_the_tests_will_do_for_the_server_but_not_the_other_way(
    env: Path, steps: list[list[str]]
) -> None:
    bootstrap.prepare("server")
    assert not bootstrap.is_ready(env, "tests")
    bootstrap.prepare("tests")
    assert bootstrap.is_ready(env, "tests")
    assert bootstrap.is_ready(env, "server")


def test_a_changed_list_another_python_or_a_lost_interpreter_is_set_up_again(
    env: Path, steps: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.prepare("server")
    bootstrap.interpreter(env).unlink()
    assert not bootstrap.is_ready(env, "server")
    bootstrap.prepare("server")
    bootstrap.requirements("server").write_text("server==2")
    assert not bootstrap.is_ready(env, "server")
    bootstrap.prepare("server")
    assert bootstrap.is_ready(env, "server")
    monkeypatch.setattr(sys, "version", sys.version + " rebuilt")
    assert not bootstrap.is_ready(env, "server")


def test_a_setup_that_fails_leaves_no_stamp_and_no_lock(env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise SetupError("no")

    env.mkdir(parents=True)
    (env / bootstrap.STAMP).write_text("of an older list")
    monkeypatch.setattr(bootstrap, "_run", fail)
    with pytest.raises(SetupError):
        bootstrap.prepare("server")
    assert not (env / bootstrap.STAMP).exists()
    assert list(env.parent.glob("*.lock")) == []


@pytest.mark.parametrize(
    ("uv", "refused", "tool"), [("/bin/uv", "", "/bin/uv"), ("/bin/uv", "1", "pip"), (None, "", "pip")]
)
def test_uv_is_used_where_it_is_and_is_not_refused_and_hashes_are_always_required(
    uv: str | None, refused: str, tool: str, steps: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: uv)
    monkeypatch.setenv("ONRECORD_NO_UV", refused)
    bootstrap.prepare("server")
    assert tool in steps[-1]
    assert "--require-hashes" in steps[-1]
    assert str(bootstrap.requirements("server")) in steps[-1]
    assert ("--compile-bytecode" in steps[-1]) is (tool == "/bin/uv")  # pip does so by itself


def test_a_place_that_cannot_be_written_is_told_in_one_sentence(
    tmp_path: Path, env: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ONRECORD_VENV", str(tmp_path / "file" / "env"))
    with pytest.raises(SetupError, match=r"cannot be made \(.+\); set ONRECORD_VENV"):
        bootstrap.prepare("server")


def test_a_python_that_is_too_old_is_told_and_nothing_is_made(
    env: Path, steps: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (99,))
    with pytest.raises(SetupError, match=rf"needs Python 3\.11 or newer and this is 3\.{sys.version_info.minor}\."):
        bootstrap.prepare("server")
    assert steps == []


def test_the_oldest_python_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest = ".".join(map(str, bootstrap.OLDEST_PYTHON))
    assert project["requires-python"] == f">={oldest}"
    assert f"Python {oldest} or newer" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path",
    ["server/__init__.py", "server/__main__.py", "server/bootstrap.py", "tests/__init__.py", "tests/__main__.py"],
)
def test_an_old_python_can_read_what_tells_it_that_it_is_too_old(path: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"), feature_version=(3, 8))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names | {"server"}


def test_the_lock_is_there_while_it_is_held_and_gone_after_even_after_a_failure(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with bootstrap._only_one(lock):
        assert lock.read_text() == str(os.getpid())
    assert not lock.exists()
    with pytest.raises(SetupError), bootstrap._only_one(lock):
        raise SetupError("no")
    assert not lock.exists()


@pytest.mark.skipif(os.name == "nt", reason="there a process cannot be asked for without harm")
def test_a_lock_whose_owner_is_gone_is_taken_over_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("it waited"))
    lock = tmp_path / "lock"
    lock.write_text(str(gone()))
    with bootstrap._only_one(lock):
        assert lock.read_text() == str(os.getpid())


def test_on_windows_too_a_setup_that_was_broken_off_does_not_block_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = SimpleNamespace(OpenProcess=lambda *_: 0, WaitForSingleObject=lambda *_: 0, CloseHandle=lambda *_: 0)
    monkeypatch.setattr(ctypes, "WinDLL", lambda *_, **__: nobody, raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: 87, raising=False)  # no such process
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("it waited"))
    lock = tmp_path / "lock"
    lock.write_text("7")
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        with bootstrap._only_one(lock):
            owner = lock.read_text()
    assert owner == str(os.getpid())


@pytest.mark.parametrize("owner", [str(os.getpid()), "", "not a number"])
def test_a_lock_that_is_held_or_just_being_written_is_waited_for_and_not_for_ever(
    owner: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    lock = tmp_path / "lock"
    lock.write_text(owner)
    with pytest.raises(SetupError, match=r"delete .*lock and try again"), bootstrap._only_one(lock):
        pytest.fail("two had the lock")
    assert bootstrap.LOCK_PATIENCE <= sum(waits) <= bootstrap.LOCK_PATIENCE + 1
    assert capsys.readouterr().err == "Another start is setting up; waiting for it.\n"
    assert lock.read_text() == owner


def test_who_waited_finds_the_environment_ready_and_does_nothing(
    env: Path, steps: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_finishes(_: float) -> None:
        bootstrap.interpreter(env).parent.mkdir(parents=True)
        bootstrap.interpreter(env).touch()
        (env / bootstrap.STAMP).write_text(bootstrap.fingerprint("server"))
        env.with_name("env.lock").unlink()

    env.parent.mkdir()
    env.with_name("env.lock").write_text(str(os.getpid()))
    monkeypatch.setattr(time, "sleep", other_finishes)
    bootstrap.prepare("server")
    assert steps == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("The virtual environment was not created because ensurepip is not available.", "apt install python3-venv"),
        ("/usr/bin/python3: No module named venv", "apt install python3-venv"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", REFUSED),
        ("error: Hash mismatch for `starlette`", REFUSED),
        ("NewConnectionError: Failed to establish", "could not be reached"),
        ("socket: Temporary failure in name resolution", "could not be reached"),
        ("client error (Connect): dns error", "could not be reached"),
        ("error: operation timed out", "could not be reached"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
    ],
)
def test_a_failure_is_explained_with_the_next_step(words: str, sentence: str) -> None:
    assert sentence in bootstrap._explain("installing", ["Collecting x", words, "more"])


def test_a_failure_of_another_kind_shows_the_last_words() -> None:
    assert bootstrap._explain("installing", ["1", "2", "3", "4"]) == "installing failed; the last words were: 2 / 3 / 4"


def test_a_step_that_fails_is_explained_by_its_own_output() -> None:
    with pytest.raises(SetupError, match="the disk is full"):
        bootstrap._run([sys.executable, "-c", "print('No space left'); raise SystemExit(1)"], "installing")


def test_a_step_that_cannot_be_started_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"making it failed \(.+\); is .*nothing still installed\?"):
        bootstrap._run([str(tmp_path / "nothing")], "making it")


def test_of_pips_output_only_what_is_collected_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    output = "print('Collecting jinja2==3.1.6; python_version > 3'); print('Using cached a file')"
    bootstrap._run([sys.executable, "-c", output], "installing", lines=bootstrap._pip_progress)
    assert capsys.readouterr().err == "      jinja2==3.1.6\n"


def test_a_step_sees_no_modules_of_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    check = "import os; raise SystemExit('PYTHONPATH' in os.environ or os.environ['PYTHONNOUSERSITE'] != '1')"
    bootstrap._run([sys.executable, "-c", check], "checking")


def test_the_process_in_the_environment_finds_the_packages_of_the_checkout_and_no_others() -> None:
    found = bootstrap.child_environment({"PYTHONPATH": "/somewhere", "HOME": "/home"})
    assert found["PYTHONPATH"].split(os.pathsep) == [str(ROOT / "server"), str(ROOT)]
    assert (found["PYTHONUTF8"], found["PYTHONNOUSERSITE"], found["HOME"]) == ("1", "1", "/home")
    assert bootstrap.child_environment({"PYTHONUTF8": "0"})["PYTHONUTF8"] == "0"


class Kernel:
    """``kernel32`` as far as the lock asks it; an ended process has a handle for as long as anybody holds one."""

    def __init__(self, processes: dict[int, int]) -> None:
        self.processes, self.closed = processes, 0

    def OpenProcess(self, access: int, inherit: int, process: int) -> int | None:  # noqa: N802
        return process if process in self.processes else None

    def WaitForSingleObject(self, handle: int, milliseconds: int) -> int:  # noqa: N802
        return self.processes[handle]

    def CloseHandle(self, handle: int) -> None:  # noqa: N802
        self.closed += 1


def test_on_windows_too_a_lock_dies_with_its_owner() -> None:
    kernel = Kernel({7: 0x102, 8: 0})
    assert bootstrap._runs_on_windows(7, kernel)
    assert not bootstrap._runs_on_windows(8, kernel)
    assert not bootstrap._runs_on_windows(9, kernel, lambda: 87)  # no such process
    assert bootstrap._runs_on_windows(10, kernel, lambda: 5)  # another user's
    assert kernel.closed == 2
