"""The secrets shared with browsers: one file each, the owner's only, and nothing that is damaged ends the others."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from onrecord import keys
from onrecord.keys import MOST_KEYS, Keyring

INSTALL = "0123456789abcdef" * 2


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "state")


def test_a_key_outlives_the_server_and_only_the_owner_may_read_it(ring: Keyring, tmp_path: Path) -> None:
    key = ring.add(INSTALL, origin="chrome-extension://x", native=True)
    assert Keyring(tmp_path / "state").get(INSTALL) == key
    assert stat.S_IMODE(ring.directory.stat().st_mode) == 0o700
    (file,) = ring.directory.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(key.secret) == 32


def test_each_is_fresh_and_replaces_the_same_installations_only(ring: Keyring) -> None:
    first = ring.add(INSTALL, origin=None, native=False)
    other = ring.add(INSTALL[::-1], origin=None, native=False)
    again = ring.add(INSTALL, origin=None, native=False)
    assert first.secret != again.secret
    assert {key.secret for key in ring.all()} == {again.secret, other.secret}


def test_what_another_process_writes_or_removes_is_seen_at_once(ring: Keyring, tmp_path: Path) -> None:
    other = Keyring(tmp_path / "state")
    assert ring.all() == []
    for _ in range(5):
        key = other.add(INSTALL, origin=None, native=True)
        assert ring.get(INSTALL) == key
        other.remove(INSTALL)
        assert ring.get(INSTALL) is None


def test_a_folder_that_has_not_changed_for_long_is_not_read_again(
    ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring.add(INSTALL, origin=None, native=False)
    os.utime(ring.directory, (1, 1))
    assert len(ring.all()) == 1
    monkeypatch.setattr(keys, "_read", lambda _: pytest.fail("it was read again"))
    assert len(ring.all()) == 1


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "{}", '{"id": 5}', "\x00" * 100,
     json.dumps({"id": INSTALL, "secret": "ab", "origin": None, "native": False, "made": 1.0}),
     json.dumps({"id": INSTALL, "secret": "zz" * 32, "origin": None, "native": False, "made": 1.0}),
     json.dumps({"id": INSTALL[::-1], "secret": "ab" * 32, "origin": None, "native": False, "made": 1.0})],
)  # fmt: skip
def test_a_damaged_file_is_no_key_and_ends_no_other(ring: Keyring, text: str) -> None:
    other = ring.add("f" * 32, origin=None, native=False)
    (ring.directory / f"{INSTALL}.json").write_text(text)
    assert ring.all() == [other]
    assert ring.add(INSTALL, origin=None, native=False) in ring.all()


@pytest.mark.parametrize("identifier", ["", "..", "../../etc/passwd", "x" * 32, "A" * 32, "0" * 31, "0" * 33])
def test_an_id_that_is_none_names_no_file(ring: Keyring, identifier: str) -> None:
    with pytest.raises(ValueError, match="32 hexadecimal digits"):
        ring.add(identifier, origin=None, native=False)


def test_the_oldest_key_makes_room(ring: Keyring) -> None:
    for number in range(MOST_KEYS + 2):
        ring.add(f"{number:032x}", origin=None, native=False)
    assert len(ring.all()) == MOST_KEYS
    assert ring.get(f"{0:032x}") is None
    assert ring.get(f"{MOST_KEYS + 1:032x}") is not None


def test_a_key_that_cannot_be_written_leaves_the_older_one(ring: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ring.add(INSTALL, origin=None, native=False)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        ring.add(INSTALL, origin=None, native=False)
    assert ring.all() == [first]
    assert len(list(ring.directory.iterdir())) == 1
