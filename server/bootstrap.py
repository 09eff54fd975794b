"""Set up a private environment from a hash-locked list, then run a module in it. Standard library only.

The environment is ``.venv`` beside this folder (``ONRECORD_VENV`` names another place). It is made with uv where uv
is present, else with venv and pip; a stamp, written last, says which list it holds, so an interrupted or outdated
setup is done again and a finished one costs one file read.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
STAMP = "onrecord-stamp"
LOCK_PATIENCE = 900  # seconds; a first setup on a slow line takes minutes, and a second starter waits for it


class SetupError(Exception):
    """The environment cannot be made; the message is one sentence and says what to do."""


def requirements(name: str) -> Path:
    """The hash-locked list of that name: ``server`` or ``tests``."""
    return ROOT / "server" / "requirements" / f"{name}.txt"


def environment(name: str) -> Path:
    """Where the environment for list ``name`` lies. The tests' list holds the server's, so one place serves both."""
    del name
    return Path(os.environ.get("ONRECORD_VENV") or ROOT / ".venv")


def interpreter(env: Path) -> Path:
    """The Python inside ``env``."""
    return env / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(name: str) -> str:
    """What a finished environment's stamp must hold: the list and the Python it was made with."""
    return hashlib.sha256(requirements(name).read_bytes() + sys.version.encode()).hexdigest()


def is_ready(env: Path, name: str) -> bool:
    """Whether ``env`` holds list ``name`` (the tests' environment will do for the server)."""
    try:
        stamped = (env / STAMP).read_text(encoding="ascii").split()
    except OSError:
        return False
    return fingerprint(name) in stamped and interpreter(env).exists()


def prepare(name: str) -> Path:
    """Make the environment if it is not there, saying what is done; raises ``SetupError``. Returns its Python."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:3])
        raise SetupError(f"Onrecord needs Python 3.11 or newer and this is {found}; run it with a newer python3.")
    env = environment(name)
    if is_ready(env, name):
        return interpreter(env)
    try:
        env.parent.mkdir(parents=True, exist_ok=True)
        with _only_one(env.with_name(env.name + ".lock")):
            if not is_ready(env, name):
                _make(env, name)
    except OSError as error:
        raise SetupError(
            f"{env} cannot be made ({error.strerror}); set ONRECORD_VENV to a place where you may write."
        ) from None
    return interpreter(env)


def _make(env: Path, name: str) -> None:
    began = time.monotonic()
    uv = None if os.environ.get("ONRECORD_NO_UV") else shutil.which("uv")
    what = "the server" if name == "server" else "the server and the tests"
    _say(f"Setting up {what} in {env} (once; about {'150' if name == 'server' else '350'} MB to download).")
    (env / STAMP).unlink(missing_ok=True)
    python = str(interpreter(env))
    if uv:
        _run(
            [uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(env)], "making the environment"
        )
        # pip compiles what it installs; without it the first start of the server would do so, for seconds
        compiled = ["--compile-bytecode"] if name == "server" else []
        sync = [uv, "pip", "sync", "--require-hashes", *compiled, "--python", python, str(requirements(name))]
        _run(sync, "installing")
    else:
        _say("  1/2 making the environment")
        _run([sys.executable, "-m", "venv", "--clear", str(env)], "making the environment")
        _say("  2/2 downloading and installing")
        pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"]
        _run([*pip, "--require-hashes", "-r", str(requirements(name))], "installing", lines=_pip_progress)
    stamps = [fingerprint(name)]
    if name == "tests":
        stamps.append(fingerprint("server"))
    (env / STAMP).write_text("\n".join(stamps), encoding="ascii")
    _say(f"Ready after {time.monotonic() - began:.0f} s.")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _pip_progress(line: str) -> str | None:
    """What to show of one line of pip's output."""
    if line.startswith("Collecting "):
        return "      " + line.split()[1].split(";", maxsplit=1)[0]
    return None


def _run(command: Sequence[str], doing: str, lines: object = None) -> None:
    """Run one step; its output is shown through ``lines`` and kept for the error."""
    env = {**os.environ, "PIP_NO_INPUT": "1", "PYTHONNOUSERSITE": "1"}
    env.pop("PYTHONPATH", None)
    kept: list[str] = []
    try:
        with subprocess.Popen(  # noqa: S603 - our own fixed commands
            list(command), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env, errors="replace"
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                kept.append(line.rstrip())
                shown = lines(line) if callable(lines) else None
                if shown:
                    _say(shown)
    except OSError as error:
        raise SetupError(f"{doing} failed ({error.strerror}); is {command[0]} still installed?") from None
    if process.returncode:
        raise SetupError(_explain(doing, kept))


def _explain(doing: str, output: Sequence[str]) -> str:
    """One sentence on why a step failed, with the next step, from the tool's own output."""
    text = "\n".join(output)
    if "ensurepip" in text or "No module named venv" in text:
        return "Python's venv module is incomplete; on Debian run `sudo apt install python3-venv`, then try again."
    if "DO NOT MATCH THE HASHES" in text or "Hash mismatch" in text:
        return "a downloaded file is not the one that was pinned, so it was not used; try again, or report it."
    if any(
        sign in text
        for sign in ("NewConnectionError", "Temporary failure", "dns error", "Could not fetch", "timed out")
    ):
        return "the package index could not be reached; check the network (or the proxy settings of pip) and try again."
    if "No space left" in text:
        return "the disk is full; free about 1 GB and try again."
    return f"{doing} failed; the last words were: " + " / ".join(output[-3:])


@contextlib.contextmanager
def _only_one(path: Path) -> Iterator[None]:
    """Hold ``path`` as a lock, so that two first starts do not write into one environment.

    The lock is a file that holds its owner's process id; one whose owner is gone is taken over.
    """
    waited = 0.0
    while True:
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            break
        except FileExistsError:
            if _abandoned(path):
                path.unlink(missing_ok=True)
                continue
            if waited == 0:
                _say("Another start is setting up; waiting for it.")
            if waited > LOCK_PATIENCE:
                raise SetupError(
                    f"another setup seems to hang; if none is running, delete {path} and try again."
                ) from None
            time.sleep(0.5)
            waited += 0.5
    try:
        os.write(handle, str(os.getpid()).encode("ascii"))
        os.close(handle)
        yield
    finally:
        path.unlink(missing_ok=True)


def _abandoned(path: Path) -> bool:
    try:
        owner = int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False  # just being written, or just gone
    if os.name == "nt":
        return not _runs_on_windows(owner)
    try:
        os.kill(owner, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


# https://learn.microsoft.com/windows/win32/procthread/process-security-and-access-rights and, for the answers,
# https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-waitforsingleobject
_SYNCHRONIZE, _ACCESS_DENIED, _STILL_RUNS = 0x0010_0000, 5, 0x102


def _runs_on_windows(process: int, kernel: Any = None, last_error: Callable[[], int] | None = None) -> bool:
    """Whether a process runs; ``os.kill(pid, 0)`` would end it there."""
    if kernel is None:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
        kernel.OpenProcess.restype = ctypes.c_void_p
        kernel.OpenProcess.argtypes = (ctypes.c_uint32, ctypes.c_int, ctypes.c_uint32)
        kernel.WaitForSingleObject.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
    handle = kernel.OpenProcess(_SYNCHRONIZE, 0, process)
    if not handle:
        last_error = last_error or ctypes.get_last_error  # type: ignore[attr-defined,unused-ignore]
        return bool(last_error() == _ACCESS_DENIED)  # it runs, as somebody else's
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == _STILL_RUNS)
    finally:
        kernel.CloseHandle(handle)


def child_environment(parent: Mapping[str, str]) -> dict[str, str]:
    """The environment variables for a process in the private environment."""
    env = dict(parent)
    env["PYTHONPATH"] = os.pathsep.join([str(ROOT / "server"), str(ROOT)])
    env.setdefault("PYTHONUTF8", "1")
    env["PYTHONNOUSERSITE"] = "1"
    return env


def enter(name: str, *, module: str, arguments: Sequence[str]) -> NoReturn:
    """Prepare the environment and replace this process by ``python -m module arguments`` in it."""
    python = prepare(name)
    command = [str(python), "-m", module, *arguments]
    env = child_environment(os.environ)
    if os.name == "nt":
        sys.exit(subprocess.call(command, env=env))  # noqa: S603 - our own module
    os.execve(command[0], command, env)  # noqa: S606 - likewise
