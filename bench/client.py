"""A server of any checkout, started for a benchmark, and a client that is paired with it.

How a client gets in is told here alone.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord import proofs
from onrecord.keys import Key, Keyring

HOST = "127.0.0.1"
ORIGIN = "chrome-extension://" + "abcdefghijklmnop" * 2
STARTED_WITHIN = 120.0
KEPT_ALIVE = 10.0  # an older connection may be closed by the server

# A start that compiles is no start to compare, and a checkout to compare with is not to be written to.
BYTECODE = Path(tempfile.gettempdir()) / "onrecord-bench-bytecode"
NOT_PASSED = ("ONRECORD_", "PYTHONDONTWRITEBYTECODE")

JSON, LINES, TABLE = "application/json", "application/x-ndjson", "text/csv"


def interpreter(checkout: Path) -> str:
    """The Python of a checkout's own environment, else this one."""
    own = checkout / ".venv" / "bin" / "python"
    return str(own) if own.exists() else sys.executable


class Server:
    """``python -m onrecord`` of a checkout, on a free port, with a state directory of its own."""

    def __init__(self, checkout: Path, state: Path, *, apart: bool = True, **settings: object) -> None:
        """``apart`` keeps bytecode out of the checkout."""
        self.state = state
        self.began = time.perf_counter()
        self._output: list[str] = []
        self.process = subprocess.Popen(
            [interpreter(checkout), "-m", "onrecord"], cwd=checkout, text=True, bufsize=1,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
            env={
                **{name: value for name, value in os.environ.items() if not name.startswith(NOT_PASSED)},
                "PYTHONPATH": "server", "PYTHONUNBUFFERED": "1", "ONRECORD_PORT": "0",
                "ONRECORD_STATE_DIR": str(state),
                **({"PYTHONPYCACHEPREFIX": str(BYTECODE / str(checkout).strip("/"))} if apart else {}),
                **{f"ONRECORD_{name.upper()}": str(value) for name, value in settings.items()},
            },
        )  # fmt: skip
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()
        self.signs = (checkout / "server" / "onrecord" / "proofs.py").exists()
        self.port = int(self.said(r"http://127\.0\.0\.1:(\d+)"))

    def _read(self) -> None:
        assert self.process.stdout is not None
        self._output.extend(iter(self.process.stdout.readline, ""))

    @property
    def output(self) -> str:
        """What it has printed."""
        return "".join(self._output)

    def said(self, pattern: str) -> str:
        """What it prints by this pattern."""
        while time.perf_counter() - self.began < STARTED_WITHIN:
            found = re.search(pattern, self.output)
            if found:
                return found[1]
            if self.process.poll() is not None:
                break
            time.sleep(0.005)
        raise SystemExit(f"the server did not start:\n{self.output}")

    def processes(self) -> list[int]:
        """Its process and all that come from it."""
        found = [self.process.pid]
        for pid in found:  # grows as it is read
            tasks: list[Path] = []
            with contextlib.suppress(OSError):  # it may end while it is looked at
                tasks = list(Path(f"/proc/{pid}/task").glob("*/children"))
            for task in tasks:
                with contextlib.suppress(OSError):
                    found.extend(int(child) for child in task.read_text().split())
        return found

    def memory(self) -> float:
        """Megabytes of all its processes, pages that several share counted once (PSS, as smem(8) does)."""
        total = 0
        for pid in self.processes():
            with contextlib.suppress(OSError):
                total += int(
                    re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)[1]
                )  # type: ignore[index]
        return total / 1000

    def kill(self) -> None:
        """End it without a word, as a crash does."""
        self.process.kill()
        self.process.wait()
        self._reading.join(5)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def stop(self) -> None:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(15)
        self.kill()


@contextlib.contextmanager
def running(checkout: Path, **settings: object) -> Iterator[Server]:
    """A server that is stopped, and its state deleted, at the end."""
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-", ignore_cleanup_errors=True) as folder:
        server = Server(checkout, Path(folder), **settings)
        try:
            yield server
        finally:
            server.stop()


@dataclass
class Answer:
    """An answer, and when its first and last bytes came, in seconds after the request."""

    status: int
    headers: dict[str, str]
    body: bytes
    first: float
    last: float

    def json(self) -> Any:
        """The body."""
        return json.loads(self.body)


@dataclass
class Access:
    """What a paired client knows."""

    port: int
    token: str = field(repr=False, default="")  # of a build before requests were signed
    key: Key | None = field(repr=False, default=None)

    @classmethod
    def paired(cls, server: Server) -> Access:
        """Pair with a server: by its key ring, or by the code that an older build prints."""
        access = cls(server.port)
        if server.signs:
            access.key = Keyring(server.state).add(secrets.token_hex(16), origin=ORIGIN, native=False)
            return access
        client = Client(access)
        code = server.said(r"Pairing code\s+(\S+)")
        access.token = client.ask("POST", "/v1/pair", {"code": code}).json()["token"]
        client.close()
        return access

    def headers(self, method: str, path: str, body: bytes, nonce: str) -> dict[str, str]:
        """What lets a request in."""
        if self.key is not None and method == "GET":  # as the reader's own browser: no extension may look at pages
            return {}
        if self.key is not None and nonce:
            uri = f"http://{HOST}:{self.port}{path}"
            made = proofs.signed_headers(
                self.key.secret, key=self.key.id, nonce=nonce, method=method, uri=uri, body=body
            )
            return {"Origin": ORIGIN, **made}
        return {"Origin": ORIGIN, **({"Authorization": f"Bearer {self.token}"} if self.token else {})}


class Client:
    """One kept connection."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._connection = http.client.HTTPConnection(HOST, access.port, timeout=300)
        self._used = 0.0

    @property
    def signs(self) -> bool:
        """Whether each request needs a nonce first."""
        return self._access.key is not None

    def close(self) -> None:
        """Close it."""
        self._connection.close()

    def ask(self, method: str, path: str, body: Any = None, *, accept: str = "application/json") -> Answer:
        """One request and its whole answer. The nonce that a signature needs is asked for before the clock starts."""
        data = json.dumps(body).encode() if body is not None else None
        signs = self._access.key is not None and method == "POST" and path != "/v1/hello"
        nonce = self.ask("POST", "/v1/hello", {"nonce": secrets.token_hex(32)}).json()["nonce"] if signs else ""
        headers = {**self._access.headers(method, path, data or b"", nonce), "Accept": accept}
        if data is not None:
            headers["Content-Type"] = "application/json"
        if time.perf_counter() - self._used > KEPT_ALIVE:  # connect before the clock starts
            self._connection.close()
            self._connection.connect()
        began = time.perf_counter()
        self._connection.request(method, path, body=data, headers=headers)
        response = self._connection.getresponse()
        first = b""
        if accept == LINES and response.status == 200:  # the first result, which a line before it announces
            while b"analysis" not in first and (line := response.readline()):
                first += line
        else:
            first = response.read(1)
        came = time.perf_counter() - began
        whole = first + response.read()
        self._used = time.perf_counter()
        told = response.getheader("Content-Length")
        if told is not None and len(whole) != int(told):  # http.client is silent where it ends before the first byte
            raise http.client.IncompleteRead(whole, int(told) - len(whole))
        return Answer(
            response.status, {name.lower(): value for name, value in response.getheaders()}, whole, came,
            self._used - began,
        )  # fmt: skip

    def analyze(self, body: dict[str, Any], *, accept: str = "application/json") -> Answer:
        """Analyse an article."""
        return self.ask("POST", "/v1/analyze", body, accept=accept)


def fresh(body: dict[str, Any]) -> dict[str, Any]:
    """The same article with a word of its own in every block, so that nothing of it is known."""
    word = secrets.token_hex(4)
    return {**body, "blocks": [{**block, "text": f"{block['text']} {word}"} for block in body["blocks"]]}
