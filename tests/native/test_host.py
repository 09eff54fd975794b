"""The program that the browser runs: what it answers, and that it starts one server and hands over what is right."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from onrecord.keys import Keyring
from onrecord.native import host, running
from onrecord.settings import Settings
from server.bootstrap import ROOT

INSTALL = "0123456789abcdef" * 2
CONNECT = {"type": "connect", "install": INSTALL, "origin": "chrome-extension://x"}

# A server without a language model, which notes where it is and proves itself; it ends when it is told to.
SERVER = """
import sys, uvicorn
from onrecord.native import running
from onrecord.settings import Settings
from onrecord.web import run
from tests.web.conftest import FakeEngine
run.WorkerEngine.of = lambda _: FakeEngine()
sys.exit(run.serve_for_button(Settings.from_environment()))
"""


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A state directory; servers that were started on it are ended."""
    found = tmp_path / "state"
    monkeypatch.setenv("ONRECORD_STATE_DIR", str(found))
    monkeypatch.setenv("ONRECORD_PORT", "0")
    monkeypatch.setattr(host, "command", lambda: [sys.executable, "-c", SERVER])
    paths = os.pathsep.join([str(ROOT / "server"), str(ROOT)])
    environment = host.environment
    monkeypatch.setattr(host, "environment", lambda: {**environment(), "PYTHONPATH": paths})
    yield found
    running.stop(found)


def framed(value: object) -> bytes:
    body = json.dumps(value).encode()
    return len(body).to_bytes(4, sys.byteorder) + body


def test_messages_are_a_length_and_json() -> None:
    stream = io.BytesIO()
    host.write(stream, {"a": "é"})
    assert stream.getvalue() == framed({"a": "é"})
    assert host.read(io.BytesIO(stream.getvalue())) == {"a": "é"}


LONG = (20_000).to_bytes(4, sys.byteorder) + b"[" * 20_000
SENSELESS = [
    None, [], "connect", {}, {"type": "connect"}, {"type": "connect", "install": "../x"},
    {"type": "connect", "install": 5}, {"type": "connect", "install": INSTALL + "0"},
    {"type": "run", "install": INSTALL},
]  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x05\x00\x00\x00{", b"\xff\xff\xff\xff{}", LONG])
def test_what_is_no_message_is_none(data: bytes) -> None:
    assert host.read(io.BytesIO(data)) is None


@pytest.mark.parametrize("message", SENSELESS)
def test_a_message_that_makes_no_sense_is_answered_and_writes_nothing(state: Path, message: object) -> None:
    assert host.answer(message)["type"] == "failed"
    assert not state.exists()


def test_the_status_starts_nothing(state: Path) -> None:
    assert host.answer({"type": "status"}) == {"type": "status", "running": False}
    assert not state.exists()


def test_nothing_but_the_standard_library_is_needed() -> None:
    check = (
        "import sys; sys.path.insert(0, sys.argv[1]); import onrecord.native.host; "
        "print([name for name in sys.modules if 'site-packages' in str(getattr(sys.modules[name], '__file__', ''))])"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", check, str(ROOT / "server")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_server_is_started_proves_itself_and_is_found_again(state: Path) -> None:
    first = host.answer(CONNECT)
    assert first["type"] == "ready", first
    (key,) = Keyring(state).all()
    assert (key.id, key.secret.hex(), key.origin, key.native) == (
        INSTALL, first["secret"], "chrome-extension://x", True,
    )  # fmt: skip
    channel = running.Channel.opened(int(str(first["port"])), key)
    assert channel is not None
    assert channel.post("/v1/analyze", {"blocks": [{"id": "b", "text": "“No,” she said."}]})
    again = host.answer(CONNECT)
    assert again["port"] == first["port"]
    assert again["secret"] != first["secret"]  # fresh, and the older one has ended
    assert running.Channel.opened(int(str(first["port"])), key) is None
    assert host.answer({"type": "status"}) == {"type": "status", "running": True}
    assert running.stop(state)
    wait_for(lambda: running.noted(state) is None)
    assert not running.stop(state)


def wait_for(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + 20
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_two_presses_at_once_start_one_server(state: Path) -> None:
    installs = [f"{number:032x}" for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda install: host.answer({**CONNECT, "install": install}), installs))
    assert {answer["type"] for answer in found} == {"ready"}, found
    assert len({answer["port"] for answer in found}) == 1
    assert len({answer["secret"] for answer in found}) == 4


def test_a_server_that_was_killed_is_started_anew(state: Path) -> None:
    first = host.answer(CONNECT)
    process = json.loads((state / running.FILE).read_text())["process"]
    os.kill(process, signal.SIGKILL)
    second = host.answer(CONNECT)
    assert second["type"] == "ready"
    assert json.loads((state / running.FILE).read_text())["process"] != process
    assert first["secret"] != second["secret"]


class Stranger:
    """Another program on the port: keeps what it was sent, and answers with 200 and nonsense."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.heard = b""
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(0.3)
                try:
                    while data := connection.recv(65_536):
                        self.heard += data
                except OSError:
                    pass
                body = b'{"schema": "onrecord/1", "nonce": "x", "proofs": ["y", 5, null]}'
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    found = Stranger()
    yield found
    found.socket.close()


def test_a_stranger_on_the_port_gets_a_nonce_and_a_server_is_started_at_another(
    state: Path, stranger: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    state.mkdir()
    running.note(state, port=stranger.port)
    monkeypatch.setenv("ONRECORD_PORT", str(stranger.port))
    found = host.answer(CONNECT)
    assert found["type"] == "ready"
    assert found["port"] != stranger.port
    head, _, body = stranger.heard.partition(b"\r\n\r\n")
    assert set(json.loads(body)) == {"nonce"}
    assert str(found["secret"]).encode() not in stranger.heard
    assert INSTALL.encode() not in stranger.heard
    assert b"POST /v1/hello" in head
    running.note(state, port=stranger.port)
    assert not running.stop(state)  # no order is given to a stranger either
    assert stranger.heard.count(b"POST") == stranger.heard.count(b"POST /v1/hello")
    running.note(state, port=int(str(found["port"])))


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("print('onrecord: The disk is full. (see docs/errors.md#x)')", "The disk is full."),
        ("raise SystemExit(3)", "The server ended while it was starting; run `python3 -m server` to see why."),
    ],
)
def test_why_a_server_does_not_start_is_said(
    state: Path, monkeypatch: pytest.MonkeyPatch, program: str, said: str
) -> None:
    monkeypatch.setattr(host, "command", lambda: [sys.executable, "-c", program])
    assert host.answer(CONNECT) == {"type": "failed", "message": said}


def test_a_server_that_never_answers_is_ended(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "command", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(host, "PATIENCE", 0.5)
    ended: list[int] = []
    kill = subprocess.Popen.kill
    monkeypatch.setattr(subprocess.Popen, "kill", lambda self: (ended.append(self.pid), kill(self), self.wait())[0])
    found = host.answer(CONNECT)
    assert found["type"] == "failed"
    assert "did not answer" in str(found["message"])
    assert len(ended) == 1


def test_a_state_directory_that_cannot_be_used_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ONRECORD_STATE_DIR", str(tmp_path / "file" / "state"))
    found = host.answer(CONNECT)
    assert found["type"] == "failed"
    assert "cannot be used" in str(found["message"])
    monkeypatch.setenv("ONRECORD_PORT", "many")
    assert "ONRECORD_PORT" in str(host.answer(CONNECT)["message"])


def test_the_real_command_is_the_server_of_this_package() -> None:
    assert list(host.command())[1:] == ["-P", "-m", "onrecord", "serve", "--for-button"]
    assert host.environment()["PYTHONPATH"] == str(ROOT / "server")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"port": "1"}', '{"port": 0}', '{"port": 70000}', '{"port": null}'])
def test_a_note_that_makes_no_sense_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / running.FILE).write_text(text)
    assert running.noted(tmp_path) is None
    running.unnote(tmp_path, port=1)


def test_a_server_that_nobody_uses_ends(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_IDLE_END", "1")
    found: dict[str, Any] = host.answer(CONNECT)
    assert found["type"] == "ready"
    wait_for(lambda: running.noted(state) is None)
    assert Settings().idle_end > 60
