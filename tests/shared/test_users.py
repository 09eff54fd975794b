"""Users of a shared server: tokens that are shown once, kept as hashes, and taken back while the server runs."""

from __future__ import annotations

import hmac
import stat
import sys
from pathlib import Path

import pytest

from onrecord import cli
from onrecord.errors import InvalidSetting, NotFound
from onrecord.shared import users as module
from onrecord.shared.users import Users


def test_a_token_is_its_users_until_it_is_taken_back(tmp_path: Path) -> None:
    users, elsewhere = Users(tmp_path / "state"), Users(tmp_path / "state")
    token = users.add("anna")
    other = users.add("tom", role="metrics")
    assert [(user.name, user.role) for user in elsewhere.all()] == [("anna", "reader"), ("tom", "metrics")]
    found = elsewhere.whose(token)
    assert found is not None
    assert found.name == "anna"
    elsewhere.remove("anna")
    assert users.whose(token) is None
    assert users.whose(other) is not None
    with pytest.raises(NotFound):
        users.remove("anna")


def test_a_new_token_ends_the_old_one(tmp_path: Path) -> None:
    users = Users(tmp_path)
    old = users.add("anna")
    new = users.add("anna")
    assert users.whose(old) is None
    assert users.whose(new) is not None
    assert len(new) >= 43 + len(module.PREFIX)  # 32 bytes


def test_the_file_holds_no_token_and_is_closed_to_others(tmp_path: Path) -> None:
    token = Users(tmp_path / "state").add("anna")
    path = tmp_path / "state" / "users.json"
    assert token not in path.read_text()
    assert token.removeprefix(module.PREFIX) not in path.read_text()
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_every_hash_is_compared_in_constant_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    users = Users(tmp_path)
    first = users.add("anna")
    users.add("tom")
    compared = []
    real = hmac.compare_digest
    monkeypatch.setattr(module.hmac, "compare_digest", lambda one, two: compared.append(two) or real(one, two))
    users.whose(first)
    assert len(compared) == 2


@pytest.mark.parametrize("name", ["", "a b", "a\n", "../x", "a" * 65, "é", "-a"])
def test_a_name_is_a_plain_one(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidSetting):
        Users(tmp_path).add(name)


@pytest.mark.parametrize("text", ["", "{}", "[{}]", '[{"name": "a"}]', '["a"]', "\xff"])
def test_a_damaged_file_lets_nobody_in(tmp_path: Path, text: str) -> None:
    (tmp_path / "users.json").write_text(text, encoding="latin-1")
    if text != "{}":
        with pytest.raises(InvalidSetting):
            Users(tmp_path).whose("x")
    else:
        assert Users(tmp_path).whose("x") is None


def test_the_command_line_adds_lists_and_removes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONRECORD_STATE_DIR", str(tmp_path / "state"))
    assert cli.main(["users", "add", "anna"]) == 0
    token = capsys.readouterr().out.strip()
    assert Users(tmp_path / "state").whose(token) is not None
    assert cli.main(["users", "list"]) == 0
    assert capsys.readouterr().out.startswith("anna")
    assert cli.main(["users", "remove", "anna"]) == 0
    assert Users(tmp_path / "state").whose(token) is None
    assert cli.main(["users", "remove", "anna"]) == 2
