"""Signed requests: what is let in, and that every part of a request is part of its signature."""

from __future__ import annotations

import hmac
import json
from typing import Any

import pytest

from onrecord import proofs
from onrecord.keys import Key
from onrecord.web import signing
from onrecord.web.signing import LIFETIME, MOST_SPENT, Nonces
from tests.web.conftest import BODY, EXTENSION, HOST, INSTALL, Client, FakeEngine

OTHER = "moz-extension://01234567-89ab-cdef-0123-456789abcdef"
DATA = json.dumps(BODY).encode()
JSON = {"Content-Type": "application/json", "Origin": EXTENSION}


@pytest.fixture
def signed(client: Client, key: Key) -> dict[str, str]:
    """The headers of a request that is signed as it should be, and was not sent yet."""
    return {**client.signed(key, "/v1/analyze", DATA), **JSON}


def test_the_server_proves_that_it_knows_the_secret_at_this_address_under_this_nonce(client: Client, key: Key) -> None:
    nonce = "ab" * 32
    told = client.post("/v1/hello", json={"nonce": nonce}).json()
    right = proofs.server_proof(key.secret, address=f"http://{HOST}", nonce=nonce, server_nonce=told["nonce"])
    assert told["proofs"] == [right]
    again = client.post("/v1/hello", json={"nonce": nonce}).json()
    assert again["nonce"] != told["nonce"]
    assert again["proofs"] != told["proofs"]
    for address in (f"http://{HOST}1", "http://127.0.0.1:1"):  # whoever holds another port cannot pass it on
        assert right != proofs.server_proof(key.secret, address=address, nonce=nonce, server_nonce=told["nonce"])


@pytest.mark.parametrize("nonce", ["", "ab", "AB" * 32, "zz" * 32, "ab" * 33, 7, None])
def test_a_greeting_is_a_nonce_and_nothing_else(client: Client, nonce: object) -> None:
    assert client.post("/v1/hello", json={"nonce": nonce}).status_code == 400
    assert client.post("/v1/hello", json={"nonce": "ab" * 32, "url": "x"}).status_code == 400


def test_a_request_that_is_signed_is_let_in_once(client: Client, signed: dict[str, str], engine: FakeEngine) -> None:
    assert client.post("/v1/analyze", content=DATA, headers=signed).status_code == 200
    again = client.post("/v1/analyze", content=DATA, headers=signed)
    assert again.status_code == 401
    assert "nonce" in again.json()["error"]["message"]
    assert engine.calls == 1


def test_every_part_of_a_request_is_part_of_its_signature(
    client: Client, key: Key, signed: dict[str, str], engine: FakeEngine
) -> None:
    other = client.hello()["nonce"]
    nonce = signed["Signature-Input"].split('nonce="')[1].split('"')[0]
    changed: list[tuple[str, bytes, dict[str, str]]] = [
        ("/v1/reports", DATA, {}),
        ("/v1/analyze?x=1", DATA, {}),
        ("/v1/analyze", DATA.replace(b"No", b"Na"), {}),
        ("/v1/analyze", DATA + b" ", {}),
        ("/v1/analyze", b"", {}),
        ("/v1/analyze", DATA, {"Content-Digest": proofs.content_digest(DATA + b" ")}),
        ("/v1/analyze", DATA, {"Signature-Input": signed["Signature-Input"].replace(nonce, other)}),
        ("/v1/analyze", DATA, {"Signature-Input": signed["Signature-Input"].replace(INSTALL, INSTALL[::-1])}),
        ("/v1/analyze", DATA, {"Signature-Input": signed["Signature-Input"].replace('"@method" ', "")}),
        ("/v1/analyze", DATA, {"Signature-Input": signed["Signature-Input"].replace("sha256", "sha512")}),
        ("/v1/analyze", DATA, {"Signature": "onrecord=:" + "A" * 43 + "=:"}),
        ("/v1/analyze", DATA, {"Signature": ""}),
        ("/v1/analyze", DATA, {"Signature-Input": ""}),
        ("/v1/analyze", DATA, {"Content-Digest": ""}),
        ("/v1/analyze", DATA, client.signed(key, "/v1/analyze", DATA, method="GET")),
        ("/v1/analyze", DATA, client.signed(key, "/v1/stop", DATA)),
    ]
    for path, body, more in changed:
        # each has a nonce that was not used: the signature alone refuses it
        fresh = signed if more else {**client.signed(key, "/v1/analyze", DATA), **JSON}
        assert client.post(path, content=body, headers={**fresh, **more}).status_code == 401, (path, body, more)
    assert engine.calls == 0
    assert client.post("/v1/analyze", content=DATA, headers=signed).status_code == 200


@pytest.mark.parametrize("scheme", ["", "Bearer SECRET", "Bearer wrong", "Basic abc"])
def test_a_secret_that_is_sent_is_no_signature(client: Client, key: Key, scheme: str) -> None:
    headers = {**JSON, "Authorization": scheme.replace("SECRET", key.secret.hex())}
    assert client.post("/v1/analyze", content=DATA, headers=headers).status_code == 401


def test_two_signatures_are_none(client: Client, signed: dict[str, str]) -> None:
    twice: Any = [*signed.items(), ("Signature", signed["Signature"])]
    assert client.request("POST", "/v1/analyze", content=DATA, headers=twice).status_code == 401


def test_a_key_works_for_its_own_extension_only(client: Client, key: Key, signed: dict[str, str]) -> None:
    assert client.post("/v1/analyze", content=DATA, headers={**signed, "Origin": OTHER}).status_code == 401
    assert client.post("/v1/analyze", content=DATA, headers=signed).status_code == 200
    client.server.keys.remove(key.id)
    late = {**client.signed(key, "/v1/analyze", DATA), **JSON}
    assert client.post("/v1/analyze", content=DATA, headers=late).status_code == 401


def test_a_key_that_another_process_has_written_is_known_at_once(client: Client, engine: FakeEngine) -> None:
    other = type(client.server.keys)(client.server.settings.state_dir)
    for round_ in range(3):
        key = other.add(INSTALL, origin=EXTENSION, native=True)
        headers = {**client.signed(key, "/v1/analyze", DATA), **JSON}
        assert client.post("/v1/analyze", content=DATA, headers=headers).status_code == 200, round_


def test_no_secret_is_in_what_the_server_says(client: Client, key: Key, paired: dict[str, str]) -> None:
    said = [
        client.hello(),
        client.get("/").text,
        client.get("/openapi.json").text,
        client.post("/v1/visits", json={}, headers=paired).text,
    ]
    assert key.secret.hex() not in str(said)


def test_signatures_and_digests_are_compared_in_constant_time(
    client: Client, signed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[object, object]] = []

    def digest(first: bytes, second: bytes) -> bool:
        compared.append((first, second))
        return first == second

    monkeypatch.setattr(signing.hmac, "compare_digest", digest)
    monkeypatch.setattr(hmac, "compare_digest", digest)
    assert client.post("/v1/analyze", content=DATA, headers=signed).status_code == 200
    kinds = {type(first) for first, _ in compared}
    assert len(compared) == 3  # the signature, the nonce's mark, the digest of the body
    assert kinds == {bytes, str}


def test_a_nonce_ends_and_is_not_made_by_others(monkeypatch: pytest.MonkeyPatch) -> None:
    nonces = Nonces()
    nonce = nonces.issue()
    assert not Nonces().spend(nonce)
    for wrong in ("", ".", nonce + "0", "0" + nonce, nonce.replace(".", ""), "ffffff.00.00"):
        assert not nonces.spend(wrong)
    now = signing.time.monotonic()
    monkeypatch.setattr(signing.time, "monotonic", lambda: now + LIFETIME + 1)
    assert not nonces.spend(nonce)
    monkeypatch.setattr(signing.time, "monotonic", lambda: now)
    assert nonces.spend(nonce)
    assert not nonces.spend(nonce)


def test_nonces_that_were_used_are_forgotten_only_after_their_end(monkeypatch: pytest.MonkeyPatch) -> None:
    nonces, now = Nonces(), signing.time.monotonic()
    monkeypatch.setattr(signing.time, "monotonic", lambda: now)
    first = nonces.issue()
    assert nonces.spend(first)
    for _ in range(MOST_SPENT + 10):
        assert nonces.spend(nonces.issue())
    assert not nonces.spend(first)
    monkeypatch.setattr(signing.time, "monotonic", lambda: now + LIFETIME + 1)
    assert nonces.spend(nonces.issue())
    assert len(nonces._spent) == 1
