"""The doctor: each thing that can be wrong is said, with the command that mends it; nothing is changed."""

from __future__ import annotations

import contextlib
import json
import socket
import sqlite3
import sys
from pathlib import Path

import pytest

from onrecord import cli, doctor
from onrecord.database import Database
from onrecord.keys import Keyring
from onrecord.native import registration
from onrecord.web.pages import extension_directory


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, without browsers."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ONRECORD_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr(doctor, "_version", lambda program: 999)
    monkeypatch.setattr(doctor, "PATIENCE", 0.5)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv("ONRECORD_PORT", str(probe.getsockname()[1]))
    return tmp_path / "state"


def found(check: str) -> doctor.Finding:
    return next(finding for finding in doctor.findings() if finding.check == check)


def port() -> int:
    return doctor.Settings.from_environment().port


def test_a_fresh_machine_has_no_problem_and_is_told_of_install(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert "python3 -m server install" in shown
    assert "BAD" not in shown
    assert {finding.check for finding in doctor.findings()} == {
        "settings", "state", "disk", "model", "port", "browser", "extension", "button",
    }  # fmt: skip


def test_programs_get_json_and_a_status(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    assert cli.main(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is True
    assert {"check", "state", "message", "remedy"} == set(told["checks"][0])
    place.write_text("a file")
    assert cli.main(["doctor", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert [entry["check"] for entry in told["checks"] if entry["state"] == "problem"] == ["state"]


def test_a_setting_that_is_none_ends_the_visit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_PORT", "many")
    assert [(finding.check, finding.state) for finding in doctor.findings()] == [("settings", "problem")]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_a_state_directory_that_others_read_is_a_problem(place: Path) -> None:
    place.mkdir(mode=0o755)
    place.chmod(0o755)
    assert (found("state").state, found("state").remedy) == ("problem", f"chmod -R go= '{place}'")
    place.chmod(0o700)
    (place / "onrecord.sqlite3").touch(mode=0o644)
    (place / "onrecord.sqlite3").chmod(0o644)
    assert found("state").state == "warning"
    (place / "onrecord.sqlite3").chmod(0o600)
    assert found("state").state == "ok"


def test_a_full_disk_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_SPACE", 1 << 62)
    assert found("disk").state == "problem"


def test_a_changed_model_file_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    real = doctor._hash
    monkeypatch.setattr(doctor, "_hash", lambda path: "0" if path.name == "tokenizer.json" else real(path))
    assert found("model").state == "problem"
    assert "tokenizer.json" in found("model").message


@pytest.mark.parametrize("why", ["damaged", "newer", "older"])
def test_a_file_that_was_set_aside_is_named(place: Path, why: str) -> None:
    place.mkdir(mode=0o700)
    path = place / "onrecord.sqlite3"
    if why == "damaged":
        path.write_bytes(b"no database at all" * 100)
    else:
        with contextlib.closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE something (x)")
            other.execute(f"PRAGMA user_version = {99 if why == 'newer' else 1}")
    path.chmod(0o600)
    database = Database(path, version=2, schema="CREATE TABLE reports (x)", rescued=("reports",))
    database.run(lambda db: db.execute("SELECT 1").fetchone())
    database.close()
    told = found("state")
    assert told.state == "warning"
    (aside,) = database.kept_aside
    assert f".{why}-" in aside.name
    assert aside.name in told.message
    assert str(aside) in told.remedy


def test_a_stranger_on_the_port_is_told_from_our_server(place: Path) -> None:
    assert found("port").message.endswith("is free; no server runs.")
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", port()))
        stranger.listen()
        assert found("port").state == "warning"  # nothing is paired: nobody can tell
        place.mkdir(mode=0o700)
        Keyring(place).add("0" * 32, origin=None, native=True)
        told = found("port")
    assert told.state == "problem"
    assert f"ONRECORD_PORT={port() + 1}" in told.remedy
    if sys.platform == "linux":
        assert "process" in told.message


def test_a_browser_that_is_too_old_and_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(doctor, "_version", lambda program: 1)
    assert found("browser").state == "problem"
    monkeypatch.setattr(doctor, "_version", lambda program: None)
    assert found("browser").state == "warning"


def test_an_extension_of_another_version_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.__version__", "9.9.9")
    assert found("extension").state == "problem"
    monkeypatch.setattr(doctor, "extension_directory", lambda: None)
    assert found("extension").state == "warning"


@pytest.mark.skipif(sys.platform == "win32", reason="writes the registry there")
def test_a_registration_is_whole_or_a_problem(place: Path) -> None:
    assert found("button").state == "warning"
    extension = extension_directory()
    assert extension is not None
    made = registration.here(place, manifest_file=extension / "manifest.json")
    registration.install(made)
    assert found("button").state == "ok"
    Path(made.launcher).chmod(0o600)
    assert found("button").remedy.startswith("chmod u+x")
    Path(made.launcher).write_text("of another version")
    assert (found("button").state, found("button").remedy) == ("problem", "python3 -m server install")


def test_a_check_that_breaks_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path) -> str:
        raise RuntimeError("secret")

    monkeypatch.setattr(doctor, "_hash", broken)
    assert found("model").message == "This could not be checked (RuntimeError)."
