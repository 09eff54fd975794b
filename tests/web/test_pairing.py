"""Pairing: a short code, once."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from onrecord.errors import NotPaired
from onrecord.settings import Settings
from onrecord.store import Store
from onrecord.web.pairing import MOST_GUESSES, Pairing
from tests.web.conftest import BODY, EXTENSION, Client


@pytest.fixture
def pairing(tmp_path: Path) -> Pairing:
    return Pairing(Store(tmp_path, cache_entries=0))


def test_a_code_works_once(pairing: Pairing) -> None:
    code = pairing.code
    assert pairing.redeem(code, EXTENSION)
    with pytest.raises(NotPaired):
        pairing.redeem(code, EXTENSION)
    assert pairing.code != code


def test_a_code_may_be_typed_in_any_way(pairing: Pairing) -> None:
    assert pairing.redeem(f" {pairing.code.lower().replace('-', ' ')} ", EXTENSION)


def test_after_many_wrong_guesses_the_code_changes(pairing: Pairing) -> None:
    code = pairing.code
    for _ in range(MOST_GUESSES):
        with pytest.raises(NotPaired):
            pairing.redeem("wrong", EXTENSION)
    assert pairing.code != code


def test_pairing_again_ends_the_earlier_token(client: Client, paired: dict[str, str]) -> None:
    assert client.post("/v1/analyze", json=BODY, headers=paired).status_code == 200
    code = client.code
    client.post("/v1/pair", json={"code": code}, headers={"Origin": EXTENSION})
    assert client.post("/v1/analyze", json=BODY, headers=paired).status_code == 401


def test_nothing_but_an_extension_can_be_paired(client: Client) -> None:
    code = client.code
    assert client.post("/v1/pair", json={"code": code}).status_code == 403


def test_only_the_tokens_hash_is_kept_and_only_the_owner_may_read_it(settings: Settings, token: str) -> None:
    file = settings.state_dir / "onrecord.sqlite3"
    assert stat.S_IMODE(settings.state_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    rows = sqlite3.connect(file).execute("SELECT * FROM pairings").fetchall()
    assert len(rows) == 1
    assert token not in str(rows)


def test_a_pairing_outlives_the_server(tmp_path: Path) -> None:
    token = Store(tmp_path, cache_entries=0).pair(EXTENSION)
    again = Store(tmp_path, cache_entries=0)
    assert again.paired(token, EXTENSION)
    assert not again.paired(token + "x", EXTENSION)
