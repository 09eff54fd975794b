"""Pairing with a code: it is never sent, works once, and ends; who guesses gets nowhere, who types slowly does."""

from __future__ import annotations

import json
import re
import secrets

import pytest

from onrecord import proofs
from onrecord.errors import Busy
from onrecord.keys import Key
from onrecord.web.pairing import CODE, GUESSES, LIFETIME, Pairing
from tests.web.conftest import BODY, EXTENSION, HOST, INSTALL, Client

ADDRESS = f"http://{HOST}"
OTHER_INSTALL = INSTALL[::-1]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes are stretched less, so that the tests take no seconds; the real figure has a test of its own."""
    monkeypatch.setattr(proofs, "ROUNDS", 10)


class Clock:
    """A clock that stands still unless it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def typed(client: Client, code: str, *, install: str = INSTALL, origin: str = EXTENSION) -> Key | int:
    """What the extension does with a typed code: the key it then has, or the status of the refusal."""
    secret, nonce = proofs.code_secret(code, address=ADDRESS), secrets.token_hex(32)
    told = client.post("/v1/hello", json={"nonce": nonce}).json()
    right = proofs.server_proof(secret, address=ADDRESS, nonce=nonce, server_nonce=told["nonce"])
    if right not in told["proofs"]:
        return 0  # nothing is sent to a server that does not know the code
    return guessed(client, secret, told["nonce"], install=install, origin=origin)


def guessed(
    client: Client, secret: bytes, server_nonce: str, *, install: str = INSTALL, origin: str = EXTENSION
) -> Key | int:
    nonce = secrets.token_hex(32)
    body = json.dumps({"install": install, "nonce": nonce}).encode()
    code = Key(CODE, secret, None, False, 0.0)
    headers = {
        **client.signed(code, "/v1/pair", body, nonce=server_nonce),
        "Content-Type": "application/json",
        "Origin": origin,
    }
    answer = client.post("/v1/pair", content=body, headers=headers)
    if answer.status_code != 200:
        return answer.status_code
    assert set(answer.json()) == {"schema"}  # the secret is made at both ends and never sent
    lasting = proofs.paired_secret(secret, address=ADDRESS, nonce=nonce, server_nonce=server_nonce)
    return Key(install, lasting, origin, False, 0.0)


def works(client: Client, key: Key | int) -> bool:
    assert isinstance(key, Key)
    body = json.dumps(BODY).encode()
    headers = {**client.signed(key, "/v1/analyze", body), "Content-Type": "application/json", "Origin": EXTENSION}
    return client.post("/v1/analyze", content=body, headers=headers).status_code == 200


def test_a_code_may_be_typed_in_any_way_and_works_once(client: Client) -> None:
    code = client.server.pairing.show()
    key = typed(client, f" {code.lower().replace('-', ' ')} ")
    assert works(client, key)
    assert typed(client, code) == 0
    assert client.server.pairing.show() != code


def test_a_code_is_long_enough_for_a_proof_that_anybody_may_see() -> None:
    code = Pairing(ADDRESS).show()
    assert re.fullmatch(r"(?:[BCDFGHJKLMNPQRSTVWXZ]{4}-){2}[BCDFGHJKLMNPQRSTVWXZ]{4}", code)
    assert len({Pairing(ADDRESS).show() for _ in range(50)}) == 50


def test_a_code_is_stretched_as_much_as_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert proofs.ROUNDS >= 600_000


def test_a_code_ends_and_there_is_none_until_it_is_shown() -> None:
    clock = Clock()
    pairing = Pairing(ADDRESS, clock=clock)
    assert not pairing.shown
    assert pairing.secret() is None
    code = pairing.show()
    clock.now += LIFETIME - 1
    assert pairing.show() == code
    assert pairing.secret() == proofs.code_secret(code, address=ADDRESS)
    clock.now += 1
    assert pairing.secret() is None
    assert pairing.show() != code


def test_a_wrong_code_is_noticed_before_anything_is_sent(client: Client) -> None:
    client.server.pairing.show()
    assert typed(client, "BBBB-BBBB-BBBB") == 0


def test_a_server_at_another_port_cannot_pass_the_proof_on(client: Client) -> None:
    code = client.server.pairing.show()
    nonce = "ab" * 32
    told = client.post("/v1/hello", json={"nonce": nonce}).json()
    elsewhere = "http://127.0.0.1:1"
    secret = proofs.code_secret(code, address=elsewhere)
    assert proofs.server_proof(secret, address=elsewhere, nonce=nonce, server_nonce=told["nonce"]) not in told["proofs"]


def test_guesses_are_a_few_in_a_second_and_five_slow_typists_pair_among_them(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    client.server.pairing._clock = clock
    statuses: list[Key | int] = []
    for number in range(5):
        code = client.server.pairing.show()
        clock.now += LIFETIME - 10
        statuses += [guessed(client, secrets.token_bytes(32), client.hello()["nonce"]) for _ in range(40)]
        assert client.server.pairing.show() == code  # a flood of guesses ends nobody's code
        assert works(client, typed(client, code, install=f"{number:032x}"))
    assert set(statuses) == {401, 429}
    assert statuses.count(401) == 5 * GUESSES
    assert GUESSES <= 5


def test_the_limit_of_guesses_is_for_each_second() -> None:
    clock = Clock()
    pairing = Pairing(ADDRESS, clock=clock)
    for _ in range(2):
        for _ in range(GUESSES):
            pairing.wrong()
        with pytest.raises(Busy) as refused:
            pairing.wrong()
        assert refused.value.retry_after == 1
        clock.now += 1


def test_without_a_code_there_is_nothing_to_guess(client: Client) -> None:
    assert guessed(client, b"x" * 32, client.hello()["nonce"]) == 401
    assert client.server.keys.all() == []


def test_a_browsers_key_is_no_code_and_a_code_no_key(client: Client, key: Key, paired: dict[str, str]) -> None:
    client.server.pairing.show()
    pair = {"install": OTHER_INSTALL, "nonce": "ab" * 32}
    assert client.post("/v1/pair", json=pair, headers=paired).status_code == 401
    secret = proofs.code_secret(client.server.pairing.show(), address=ADDRESS)
    body = json.dumps(BODY).encode()
    headers = client.signed(Key(CODE, secret, None, False, 0.0), "/v1/analyze", body)
    answer = client.post("/v1/analyze", content=body, headers={**headers, "Content-Type": "application/json"})
    assert answer.status_code == 401


def test_pairing_again_ends_the_same_installations_secret_and_no_other(client: Client) -> None:
    first = typed(client, client.server.pairing.show())
    other = typed(client, client.server.pairing.show(), install=OTHER_INSTALL)  # the same extension, another browser
    assert works(client, first)
    assert works(client, other)
    again = typed(client, client.server.pairing.show())
    assert works(client, again)
    assert works(client, other)
    assert not works(client, first)


def test_the_nonces_of_the_exchange_are_part_of_the_secret(client: Client) -> None:
    secret = proofs.code_secret(client.server.pairing.show(), address=ADDRESS)
    made = {
        proofs.paired_secret(secret, address=ADDRESS, nonce=nonce, server_nonce=server)
        for nonce in ("a", "b")
        for server in ("c", "d")
    }
    assert len(made) == 4


def test_only_an_extensions_origin_is_kept(client: Client) -> None:
    typed(client, client.server.pairing.show(), origin=f"http://{HOST}")
    (key,) = client.server.keys.all()
    assert key.origin is None
