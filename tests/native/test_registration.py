"""Which files and keys tell each browser of the host, and that all of it is taken back."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from onrecord import cli
from onrecord.keys import Keyring
from onrecord.native import registration
from onrecord.native.registration import Plan, plan
from server.bootstrap import ROOT

IDS = ["abcdefghijklmnop" * 2]


def planned(platform: str, *, home: PurePath, config: PurePath | None = None) -> Plan:
    return plan(
        platform=platform, home=home, state=home / "state", python=home / "py thon", host=home / "host.py",
        chromium_ids=IDS, settings={"ONRECORD_PORT": "9000", "ONRECORD_STATE_DIR": "it's 100%"}, config=config,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("platform", "folders"),
    [
        (
            "linux",
            {
                ".config/chromium/NativeMessagingHosts",
                ".config/google-chrome/NativeMessagingHosts",
                ".config/microsoft-edge/NativeMessagingHosts",
                ".config/BraveSoftware/Brave-Browser/NativeMessagingHosts",
                ".mozilla/native-messaging-hosts",
            },
        ),
        (
            "darwin",
            {
                "Library/Application Support/Chromium/NativeMessagingHosts",
                "Library/Application Support/Google/Chrome/NativeMessagingHosts",
                "Library/Application Support/Microsoft Edge/NativeMessagingHosts",
                "Library/Application Support/BraveSoftware/Brave-Browser/NativeMessagingHosts",
                "Library/Application Support/Mozilla/NativeMessagingHosts",
            },
        ),
    ],
)
def test_each_browser_finds_a_manifest_in_its_own_folder(platform: str, folders: set[str]) -> None:
    home = PurePosixPath("/home/a")
    made = planned(platform, home=home)
    assert set(made.files) == {home / folder / "onrecord.json" for folder in folders} | {made.launcher}
    assert made.registry == {}


def test_on_windows_the_registry_of_the_user_leads_to_the_manifests() -> None:
    home = PureWindowsPath(r"C:\Users\a")
    made = planned("win32", home=home)
    assert set(made.registry) == {
        r"Software\Chromium\NativeMessagingHosts\onrecord",
        r"Software\Google\Chrome\NativeMessagingHosts\onrecord",
        r"Software\Microsoft\Edge\NativeMessagingHosts\onrecord",
        r"Software\BraveSoftware\Brave-Browser\NativeMessagingHosts\onrecord",
        r"Software\Mozilla\NativeMessagingHosts\onrecord",
    }
    assert {PureWindowsPath(place) for place in made.registry.values()} == set(made.files) - {made.launcher}
    script, _ = made.files[made.launcher]
    assert made.launcher.suffix == ".bat"
    assert 'set "ONRECORD_STATE_DIR=it\'s 100%%"\r\n' in script
    assert script.endswith('"C:\\Users\\a\\py thon" -I -S "C:\\Users\\a\\host.py" %*\r\n')


def test_chromiums_browsers_look_where_the_desktop_keeps_settings_and_firefox_does_not() -> None:
    made = planned("linux", home=PurePosixPath("/home/a"), config=PurePosixPath("/elsewhere"))
    assert PurePosixPath("/elsewhere/chromium/NativeMessagingHosts/onrecord.json") in made.files
    assert PurePosixPath("/home/a/.mozilla/native-messaging-hosts/onrecord.json") in made.files


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_only_our_extension_may_call_it(platform: str) -> None:
    home = PureWindowsPath("C:\\a") if platform == "win32" else PurePosixPath("/home/a")
    made = planned(platform, home=home)
    callers = []
    for place, (text, mode) in made.files.items():
        if place == made.launcher:
            assert mode == 0o700
            continue
        told = json.loads(text)
        assert (told["name"], told["type"], told["path"]) == ("onrecord", "stdio", str(made.launcher))
        callers.append(told.get("allowed_origins") or told.get("allowed_extensions"))
        assert len({"allowed_origins", "allowed_extensions"} & set(told)) == 1
    assert sorted(callers) == [[f"chrome-extension://{IDS[0]}/"]] * 4 + [["onrecord@onrecord.invalid"]]


def test_the_gecko_id_is_that_of_the_manifest() -> None:
    manifest = json.loads((ROOT / "extension" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["browser_specific_settings"]["gecko"]["id"] == registration.GECKO_ID
    assert "nativeMessaging" in manifest["permissions"]


def test_the_id_of_the_extension_is_the_hash_of_its_key_in_the_letters_a_to_p(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"key": ""}))
    # SHA-256 of nothing begins e3b0c442 98fc1c14 9afbf4c8 996fb924
    assert registration.extension_id(tmp_path / "manifest.json") == "odlameecjipmbmbejkplpemijjgpljce"
    assert len(registration.extension_id(ROOT / "extension" / "manifest.json")) == 32


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of a user who has used Firefox, and no other browser."""
    home = tmp_path / "ho me"
    (home / ".mozilla" / "firefox").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("ONRECORD_STATE_DIR", str(tmp_path / "it's kept"))
    monkeypatch.setenv("ONRECORD_PORT", "0")
    return home


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.skipif(sys.platform == "win32", reason="files below the home")
def test_what_install_makes_uninstall_takes_back(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, state = everything(home), tmp_path / "it's kept"
    paired = Keyring(state).add("a" * 32, origin=None, native=False)
    Keyring(state).add("b" * 32, origin=None, native=True)
    for _ in range(2):
        assert cli.main(["install"]) == 0
    manifests = list(home.rglob("onrecord.json"))
    assert len(manifests) == 5
    launcher = Path(json.loads(manifests[0].read_text())["path"])
    assert stat.S_IMODE(launcher.stat().st_mode) == 0o700
    assert "There is nothing to type" in capsys.readouterr().out
    assert cli.main(["uninstall"]) == 0
    assert everything(home) == before
    assert not launcher.exists()
    assert Keyring(state).all() == [paired]  # what was typed was not handed over
    assert cli.main(["uninstall"]) == 0  # once more does no harm


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_the_launcher_runs_the_host_with_the_settings_of_its_installation(home: Path, tmp_path: Path) -> None:
    assert cli.main(["install"]) == 0
    launcher = tmp_path / "it's kept" / "host"
    message = json.dumps({"type": "status"}).encode()
    done = subprocess.run(
        [launcher, "chrome-extension://x/"],
        input=len(message).to_bytes(4, sys.byteorder) + message,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": "/nowhere", "PYTHONHOME": "/nowhere"},
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout[4:]) == {"type": "status", "running": False}
    assert done.stderr == b""


def test_a_home_that_cannot_be_written_is_said(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / ".config").write_text("no folder")
    assert cli.main(["install"]) == cli.FAILED
    assert "cannot be written" in capsys.readouterr().err


def test_outside_a_checkout_nothing_is_known_of_the_extension(tmp_path: Path) -> None:
    with pytest.raises(registration.Unreadable, match="from a checkout"):
        registration.here(tmp_path, manifest_file=None)
