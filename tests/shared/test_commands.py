"""Starting a shared server: never in the clear, over a real socket with a certificate of the test's own."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from onrecord import cli
from onrecord.errors import InvalidSetting
from onrecord.settings import Settings
from onrecord.shared import commands, handshake
from onrecord.shared.app import create_shared_app
from onrecord.shared.users import Users
from onrecord.web import connection
from tests.web.conftest import BODY, FakeEngine

PLAIN = ["serve", "--shared", "--name", "onrecord.example"]


def planned(*arguments: str) -> commands.Plan:
    options: argparse.Namespace = cli.parser().parse_args([*PLAIN, *arguments])
    return commands.plan(options)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--cert", "a.pem"],
        ["--key", "a.pem"],
        ["--cert", "a.pem", "--key", "b.pem", "--proxy", "127.0.0.1"],
        ["--cert", "a.pem", "--proxy", "127.0.0.1"],
        ["--proxy", "localhost"],
        ["--proxy", "0.0.0.0/0"],
        ["--proxy", "127.0.0.1", "--listen", "8377"],
        ["--proxy", "127.0.0.1", "--listen", "0.0.0.0:x"],
        ["--cert", "a.pem", "--key", "b.pem"],
    ],
)
def test_it_does_not_start_in_the_clear_or_half_told(arguments: list[str]) -> None:
    with pytest.raises(InvalidSetting):
        planned(*arguments)


def test_it_needs_a_name() -> None:
    with pytest.raises(InvalidSetting, match="--name"):
        commands.plan(cli.parser().parse_args(["serve", "--shared", "--proxy", "127.0.0.1"]))


def test_behind_a_proxy_it_listens_on_loopback_unless_told() -> None:
    made = planned("--proxy", "127.0.0.1")
    assert (made.address, made.port, made.names) == ("127.0.0.1", 8377, frozenset({"onrecord.example"}))
    assert made.proxy is not None
    assert (made.proxy.address, made.proxy.header) == ("127.0.0.1", "x-forwarded-proto")
    assert planned("--proxy", "::1", "--listen", "[::1]:9000").address == "::1"


def test_a_server_without_shared_is_the_readers_own(monkeypatch: pytest.MonkeyPatch) -> None:
    called = []
    monkeypatch.setattr("onrecord.web.run.serve", lambda settings: called.append(settings) or 0)
    assert cli.main(["serve"]) == 0
    assert len(called) == 1


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("modes are POSIX's")
    cert, key = tmp_path / "c.pem", tmp_path / "k.pem"
    cert.write_text("x")
    key.write_text("x")
    key.chmod(0o644)
    with pytest.raises(InvalidSetting, match="chmod 600"):
        planned("--cert", str(cert), "--key", str(key))
    key.chmod(0o600)
    with pytest.raises(InvalidSetting, match="no certificate"):
        planned("--cert", str(cert), "--key", str(key))


@contextlib.contextmanager
def speaking_tls(tmp_path: Path) -> Iterator[tuple[int, Path, str]]:
    """A shared server on a real socket: its port, its certificate, and the token of a user."""
    cert, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    key.chmod(0o600)
    options = cli.parser().parse_args(
        ["serve", "--shared", "--cert", str(cert), "--key", str(key), "--name", "localhost", "--listen", "127.0.0.1:0"]
    )
    made = commands.plan(options)
    listener = commands.bind(made)
    port = listener.getsockname()[1]
    settings, engine = Settings(state_dir=tmp_path / "state"), FakeEngine()
    token = Users(settings.state_dir).add("anna")
    app = create_shared_app(settings, engine, names=frozenset({f"localhost:{port}"}), proxy=None)
    server = uvicorn.Server(commands.with_tls(app, made))
    thread = threading.Thread(target=lambda: server.run(sockets=[listener]), daemon=True)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield port, cert, token
    finally:
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="a certificate is made with openssl")
def test_over_a_real_socket_it_answers_by_tls_and_to_nothing_else(tmp_path: Path) -> None:
    with speaking_tls(tmp_path) as (port, cert, token):
        trusting = ssl.create_default_context(cafile=str(cert))
        with httpx.Client(base_url=f"https://localhost:{port}", verify=trusting) as client:
            assert client.post("/v1/analyze", json=BODY).status_code == 401
            answer = client.post("/v1/analyze", json=BODY, headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code == 200
        with pytest.raises(httpx.HTTPError):  # in the clear there is no answer at all
            httpx.get(f"http://localhost:{port}/v1/health")
        with pytest.raises(httpx.HTTPError):  # nor to who does not know the certificate
            httpx.get(f"https://localhost:{port}/v1/health")
        old = ssl.create_default_context(cafile=str(cert))
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        old.set_ciphers("AES128-SHA:@SECLEVEL=0")
        with pytest.raises(httpx.HTTPError):
            httpx.get(f"https://localhost:{port}/v1/health", verify=old)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="a certificate is made with openssl")
def test_who_does_not_begin_to_speak_tls_is_counted_and_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "MOST", 3)
    monkeypatch.setattr(handshake, "SECONDS", 300.0)  # the deadline is not what drops them
    with speaking_tls(tmp_path) as (port, cert, _), contextlib.ExitStack() as stack:
        silent = []
        for _ in range(5):
            silent.append(stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20)))
            time.sleep(0.05)  # so that it is known which of them has waited longest
        gone = 0
        for one in silent[:2]:
            with contextlib.suppress(ConnectionResetError):
                assert one.recv(1) == b""
            gone += 1
        assert gone == 2  # each of the last two took the place of one before it
        trusting = ssl.create_default_context(cafile=str(cert))
        assert httpx.get(f"https://localhost:{port}/v1/health", verify=trusting).status_code == 200
        for one in silent[3:]:  # nobody is dropped without need
            one.setblocking(False)
            with pytest.raises(BlockingIOError):
                one.recv(1)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="a certificate is made with openssl")
def test_a_handshake_has_a_deadline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handshake, "SECONDS", 0.2)
    with speaking_tls(tmp_path) as (port, _, _), socket.create_connection(("127.0.0.1", port), timeout=20) as slow:
        slow.sendall(bytes([22, 3, 1]))  # the beginning of a greeting
        with contextlib.suppress(ConnectionResetError):
            assert slow.recv(1) == b""
