"""Finding the server that runs, being sure that it is ours, and stopping it. Standard library only."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord import private, proofs
from onrecord.keys import Key, Keyring

HOST = "127.0.0.1"
PATIENCE = 5.0  # seconds to wait for an answer
LARGEST = 100_000_000  # bytes that are read of an answer of ours
LARGEST_GREETING = 100_000  # bytes that are read before it is known to be ours
FILE = "server.json"


def note(state: Path, *, port: int) -> None:
    """Leave word where the server is; one that cannot be left is no reason not to run."""
    with contextlib.suppress(OSError):
        private.write(state / FILE, json.dumps({"port": port, "process": os.getpid()}))


def unnote(state: Path, *, port: int) -> None:
    """Take the note back, unless another server has left its own since."""
    if noted(state) == port:
        (state / FILE).unlink(missing_ok=True)


def noted(state: Path) -> int | None:
    """The port of the server that runs, or ran: only ``Channel.opened`` tells."""
    try:
        port = json.loads((state / FILE).read_text(encoding="ascii"))["port"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return port if isinstance(port, int) and 0 < port < 1 << 16 else None


@dataclass(frozen=True, slots=True)
class Channel:
    """A server that has proved to be ours, and the nonce that it gave for one request."""

    address: str
    key: Key
    nonce: str

    @classmethod
    def opened(cls, port: int, key: Key, *, timeout: float = PATIENCE) -> Channel | None:
        """The server at this port, if it proves that it knows the key; it is sent nothing but a nonce."""
        address, nonce = f"http://{HOST}:{port}", secrets.token_hex(32)
        answer = _post(port, "/v1/hello", json.dumps({"nonce": nonce}).encode(), {}, timeout, LARGEST_GREETING)
        if answer is None or not isinstance(answer.get("nonce"), str) or not isinstance(answer.get("proofs"), list):
            return None
        right = proofs.server_proof(key.secret, address=address, nonce=nonce, server_nonce=answer["nonce"])
        known = any(isinstance(proof, str) and secrets.compare_digest(proof.encode(), right.encode())
                    for proof in answer["proofs"])  # fmt: skip
        return cls(address, key, answer["nonce"]) if known else None

    def post(self, path: str, value: object, *, timeout: float = PATIENCE) -> dict[str, Any] | None:
        """The answer to a signed request, or None where there is none."""
        body = json.dumps(value).encode()
        headers = proofs.signed_headers(
            self.key.secret, key=self.key.id, nonce=self.nonce, method="POST", uri=self.address + path, body=body
        )
        return _post(int(self.address.rpartition(":")[2]), path, body, headers, timeout, LARGEST)


def _post(
    port: int, path: str, body: bytes, headers: dict[str, str], timeout: float, most: int
) -> dict[str, Any] | None:
    connection = http.client.HTTPConnection(HOST, port, timeout=timeout)
    try:
        connection.request("POST", path, body, {**headers, "Content-Type": "application/json"})
        answer = connection.getresponse()
        found = json.loads(answer.read(most))
        return found if answer.status == http.HTTPStatus.OK and isinstance(found, dict) else None
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()


def stop(state: Path) -> bool:
    """End the server of this state directory; whether one ran and was told."""
    return _told(state, "/v1/stop") is not None


def link(state: Path) -> str | None:
    """The address of the server of this state directory, with a key that works once; None where none runs."""
    found = _told(state, "/v1/visits")
    return f"http://{HOST}:{noted(state)}{found['location']}" if found and "location" in found else None


def _told(state: Path, path: str) -> dict[str, Any] | None:
    """What the server of this state directory answers to an empty request."""
    port = noted(state)
    if port is None:
        return None
    ring = Keyring(state)
    own = ring.add(secrets.token_hex(16), origin=None, native=True)
    try:
        channel = Channel.opened(port, own)
        return channel.post(path, {}) if channel else None
    finally:
        ring.remove(own.id)
