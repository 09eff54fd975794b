"""The server over a real socket: what httpx over ASGI cannot see. HTTP parsing, deadlines, the log, the address."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn

from onrecord import proofs
from onrecord.errors import InvalidSetting
from onrecord.settings import Settings
from onrecord.web import connection, run
from tests.web.conftest import BODY, INSTALL, FakeEngine


class Running:
    """A server that runs in a thread, with an engine that needs no model."""

    def __init__(self, state: Path, engine: FakeEngine) -> None:
        self.engine = engine
        self.server, self.listener, self.app, self.settings = run.prepare(Settings(port=0, state_dir=state), engine)
        self.host = f"127.0.0.1:{self.settings.port}"
        self._thread = threading.Thread(target=lambda: self.server.run(sockets=[self.listener]), daemon=True)
        self._thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.settings.port), timeout=20)

    def raw(self, request: str | bytes) -> bytes:
        """What the server sends back until it closes, or pauses."""
        with self.connect() as link:
            link.sendall(request if isinstance(request, bytes) else request.encode("latin-1"))
            return read(link)

    def get(self, path: str, *more: str) -> bytes:
        return self.raw(head("GET", path, f"Host: {self.host}", "Connection: close", *more))

    def stop(self) -> None:
        self.server.should_exit = True
        self._thread.join(20)


def head(method: str, path: str, *lines: str) -> str:
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""])


def read(link: socket.socket) -> bytes:
    got = b""
    with contextlib.suppress(ConnectionError):
        while chunk := link.recv(65_536):
            got += chunk
    return got


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for it; a test on time itself is none of this file's."""
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.01)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    found = Running(tmp_path / "state", FakeEngine())
    yield found
    found.stop()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deadlines that a test can wait for."""
    for name in ("HEAD_SECONDS", "BODY_SECONDS", "STALLED_SECONDS"):
        monkeypatch.setattr(connection, name, 0.3)


@pytest.fixture
def log() -> Iterator[Callable[[], str]]:
    """What the server's window shows, by the handler that ``serve`` sets up."""
    root, uvicorns = logging.getLogger(), logging.getLogger("uvicorn.error")
    others, level, theirs = root.handlers[:], root.level, uvicorns.level
    root.handlers.clear()  # the test runner's, which would stand for the server's own
    window = io.StringIO()
    run.quiet_logs(window)
    own = root.handlers[:]
    root.handlers[:] = [*others, *own]
    yield window.getvalue
    for handler in own:
        root.removeHandler(handler)
    logging.raiseExceptions = True
    root.setLevel(level)
    uvicorns.setLevel(theirs)


def test_it_listens_on_the_loopback_address_only(running: Running) -> None:
    assert running.listener.getsockname()[0] == "127.0.0.1"
    # by another address of this computer nobody gets through, not even by another one of loopback's
    with pytest.raises(OSError):  # noqa: PT011 - refused, or no such address on macOS
        socket.create_connection(("127.0.0.2", running.settings.port), timeout=2).close()


def test_pages_cannot_be_framed_and_say_so(running: Running) -> None:
    for path in ("/", "/sample", "/article", "/v1/health", "/nowhere", "/openapi.json"):
        top = running.get(path).split(b"\r\n\r\n")[0].lower()
        assert b"x-frame-options: deny" in top, path
        assert b"frame-ancestors 'none'" in top, path


@pytest.mark.parametrize(
    "path",
    [
        "/static/app.py",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static//etc/passwd",
        "/static/..%2fapp.py",
        "/static/static/../app.py",
        "/static/%00",
        "/static/",
    ],
)
def test_no_file_but_the_static_ones_is_served(running: Running, path: str) -> None:
    assert running.get("/static/home.css").startswith(b"HTTP/1.1 200")
    assert not running.get(path).startswith(b"HTTP/1.1 200")


def test_no_answer_tells_who_serves_it(running: Running) -> None:
    top = running.get("/v1/health").split(b"\r\n\r\n")[0].lower()
    assert b"\r\nserver:" not in top
    assert b"\r\ndate:" not in top


@pytest.mark.parametrize(
    "request_text",
    [
        "GET / HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00",
        "POST /v1/analyze HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
        "POST /v1/analyze HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\n",
        "POST /v1/analyze HTTP/1.1\r\nHost : {host}\r\n\r\n",
        "POST /v1/analyze HTTP/1.1\r\nHost: {host}\r\n X: folded\r\n\r\n",
        "POST /v1/analyze HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: gzip\r\n\r\n",
    ],
)
def test_a_request_that_is_not_one_gets_no_answer_of_worth(running: Running, request_text: str) -> None:
    with running.connect() as link:
        link.sendall(request_text.replace("{host}", running.host).encode("latin-1"))
        link.shutdown(socket.SHUT_WR)
        answer = read(link)
    assert not answer or answer.split(b" ")[1][:1] == b"4"
    assert running.engine.calls == 0
    assert running.get("/v1/health").startswith(b"HTTP/1.1 200")


def test_two_framings_of_one_body_are_not_two_requests(running: Running) -> None:
    smuggled = head("GET", "/", f"Host: {running.host}")
    answer = running.raw(
        head(
            "POST", "/v1/analyze", f"Host: {running.host}", "Content-Type: application/json",
            f"Content-Length: {len(smuggled)}", "Transfer-Encoding: chunked", "Connection: close",
        )
        + "0\r\n\r\n" + smuggled
    )  # fmt: skip
    assert b"HTTP/1.1 200" not in answer


@pytest.mark.parametrize("size", [connection.LARGEST_HEAD, 100_000, 1_000_000])
def test_a_head_has_an_end(running: Running, size: int) -> None:
    with running.connect() as link:
        with contextlib.suppress(ConnectionError):  # it is cut off before all is sent
            link.sendall(
                head("GET", "/v1/health", f"Host: {running.host}", "Connection: close", "X: " + "a" * size).encode()
            )
        answer = read(link)
    assert not answer or answer.split(b" ")[1][:1] == b"4"


def test_connections_that_send_nothing_are_dropped(running: Running, quick: None) -> None:
    with running.connect() as silent, running.connect() as dripping, running.connect() as half:
        half.sendall(b"GET / HTTP/1.1\r\nHost: ")
        got: list[bytes] = []
        ends = time.monotonic() + 20
        while not got:  # a byte now and then sets no clock back
            assert time.monotonic() < ends
            try:
                dripping.sendall(b"G")
                dripping.settimeout(0.05)
                got.append(dripping.recv(1))
            except TimeoutError:
                continue
            except ConnectionError:
                got.append(b"")
        assert read(silent) == b""
        assert read(half) == b""
    until(lambda: not running.server.server_state.connections)


def test_a_body_that_does_not_end_is_dropped_also_where_it_was_refused(running: Running, quick: None) -> None:
    begun = head(
        "POST", "/v1/hello", f"Host: {running.host}", "Content-Type: application/json", "Content-Length: 900"
    )  # fmt: skip
    refused = head("POST", "/v1/pair", "Host: evil.example", "Content-Length: 900")
    with running.connect() as one, running.connect() as other:
        one.sendall(begun.encode() + b"{")
        other.sendall(refused.encode() + b"{")
        read(one)
        assert b"403" in read(other)
    until(lambda: not running.server.server_state.connections)


def test_an_answer_that_nobody_reads_is_given_up(running: Running, quick: None) -> None:
    running.listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
    with running.connect() as link:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1_024)
        request = head("GET", "/openapi.json", f"Host: {running.host}").encode()
        with contextlib.suppress(ConnectionError, TimeoutError):
            link.settimeout(0.5)
            for _ in range(5_000):
                link.sendall(request)
        until(lambda: not running.server.server_state.connections)


def test_slow_connections_do_not_shut_others_out(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "MOST", 20)
    monkeypatch.setattr(connection, "HEAD_SECONDS", 1_000.0)  # it is not their deadline that ends them
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(running.connect()) for _ in range(100)]
        for link in slow:
            with contextlib.suppress(ConnectionError):
                link.sendall(b"GET /")
        until(lambda: len(running.server.server_state.connections) <= 20)
        assert running.get("/v1/health").startswith(b"HTTP/1.1 200")
        slow[0].settimeout(20)
        assert read(slow[0]) == b""  # the oldest made room


def test_a_kept_connection_has_no_deadline_between_two_requests_and_a_new_one_in_each(running: Running) -> None:
    def clocks() -> list[bool]:
        return [one._deadline is not None for one in running.server.server_state.connections]

    with running.connect() as link:
        for _ in range(3):
            link.sendall(b"GET ")
            until(lambda: clocks() == [True])
            link.sendall(head("/v1/health", "", f"Host: {running.host}").replace("  ", " ").encode())
            answer = b""
            while not answer.endswith(b"}"):
                answer += link.recv(65_536)
            assert answer.startswith(b"HTTP/1.1 200")
            until(lambda: clocks() == [False])


def test_a_web_socket_is_refused_without_a_word_in_the_log(running: Running, log: Callable[[], str]) -> None:
    for origin in ("https://news.example", f"http://{running.host}"):
        answer = running.get(
            "/v1/health", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", f"Origin: {origin}", "Connection: Upgrade",
        )  # fmt: skip
        assert not answer.startswith(b"HTTP/1.1 101")
    running.raw("nonsense\r\n\r\n")
    assert log() == ""


def post(running: Running, path: str, value: object) -> bytes:
    data = json.dumps(value).encode()
    key = running.app.state.server.keys.add(INSTALL, origin=None, native=False)
    signed = proofs.signed_headers(
        key.secret, key=key.id, nonce=running.app.state.server.nonces.issue(), method="POST",
        uri=f"http://{running.host}{path}", body=data,
    )  # fmt: skip
    top = head(
        "POST", path, f"Host: {running.host}", "Content-Type: application/json", f"Content-Length: {len(data)}",
        *(f"{name}: {text}" for name, text in signed.items()), "Accept: application/x-ndjson", "Connection: close",
    )  # fmt: skip
    return running.raw(top.encode() + data)


def test_the_log_names_no_address_no_word_and_no_place_in_the_code(running: Running, log: Callable[[], str]) -> None:
    secret = {"url": "https://news.example/secret", "title": "secret", "blocks": [{"id": "b0", "text": "A secret."}]}
    other = {"blocks": [{"id": "b0", "text": "Another secret."}]}  # what is kept is not analysed again
    two = {"blocks": [{"id": f"b{n}", "text": "A secret."} for n in range(2)]}
    assert b'"done"' in post(running, "/v1/analyze", secret)
    assert running.get("/v1/health?secret").startswith(b"HTTP/1.1 200")
    assert running.get("/secret").startswith(b"HTTP/1.1 404")
    assert log() == ""
    running.engine.failure = RuntimeError("secret")
    assert b" 500 " in post(running, "/v1/analyze", other)
    running.engine.failure, running.engine.late_failure = None, RuntimeError("secret")
    post(running, "/v1/analyze", two)
    running.engine.late_failure = None
    shown = log()
    assert "RuntimeError" in shown  # its reader learns that something broke
    assert "secret" not in shown
    assert "Traceback" not in shown
    assert "File " not in shown
    assert all(line.startswith("onrecord: ") for line in shown.splitlines())


def test_a_log_line_is_one_line_without_controls(log: Callable[[], str]) -> None:
    logging.getLogger("onrecord").warning("a %s", "\x1b[2Jb\nonrecord: c\x9b\u202e")
    assert log() == "onrecord: a [2Jb onrecord: c\n"


def test_uvicorn_is_told_so(running: Running) -> None:
    config: uvicorn.Config = running.server.config
    assert config.access_log is False
    assert config.h11_max_incomplete_event_size == connection.LARGEST_HEAD
    assert post(running, "/v1/analyze", BODY).startswith(b"HTTP/1.1 200")


def test_a_second_start_says_that_it_runs_and_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = Running(tmp_path / "state", FakeEngine())
    try:
        with run.announced(first.settings):
            assert run.serve(first.settings) == 0
            said = capsys.readouterr().out
            assert f"Onrecord is running already, at http://{first.host}\n" in said
            (link,) = [word for word in said.split() if "?k=" in word]
            assert link.startswith(f"http://{first.host}/?k=")
            assert b"200 OK" in first.get(link.removeprefix(f"http://{first.host}"))
        with pytest.raises(InvalidSetting, match="another program"):
            run.serve(first.settings)  # nobody has left word that it is ours
    finally:
        first.stop()
