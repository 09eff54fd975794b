"""``open``: which browser, with which command line, and what is said when there is none. No browser is started."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from onrecord import browser, browsers
from onrecord.errors import Unreadable
from onrecord.native import running
from onrecord.native.registration import extension_id
from onrecord.settings import Settings
from server.bootstrap import ROOT


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer without any browser; returns the only folder of its path."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "bin"


def test_the_variable_goes_before_the_path(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare / "chromium")
    mine = program(tmp_path / "mine")
    monkeypatch.setenv("CHROMIUM", str(mine))
    assert browsers.find().path == mine


def test_a_variable_that_names_no_program_is_told_and_nothing_else_is_taken(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(bare / "chromium")
    monkeypatch.setenv("CHROMIUM", "/does/not/exist")
    with pytest.raises(Unreadable, match=r"\$CHROMIUM names /does/not/exist"):
        browsers.find()


KINDS = {kind.name: kind for kind in browsers.KINDS}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("chromium", "Chromium"), ("chromium-browser", "Chromium"), ("ungoogled-chromium", "Chromium"),
        ("brave-browser", "Brave"), ("brave", "Brave"), ("microsoft-edge", "Edge"),
        ("microsoft-edge-stable", "Edge"), ("google-chrome", "Chrome"), ("google-chrome-stable", "Chrome"),
    ],
)  # fmt: skip
def test_every_name_of_a_browser_is_looked_for_on_the_path(name: str, kind: str, bare: Path) -> None:
    path = program(bare / name)
    assert list(browsers.installed("linux")) == [browsers.Browser(KINDS[kind], path)]


def test_a_browser_that_loads_the_extension_by_itself_goes_before_one_that_does_not(bare: Path) -> None:
    for name in ("google-chrome", "microsoft-edge", "brave"):
        program(bare / name)
    assert [found.kind.name for found in browsers.installed("linux")] == ["Brave", "Edge", "Chrome"]


@pytest.mark.parametrize("kind", browsers.KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("mine", [False, True])
def test_the_applications_of_macos(kind: browsers.Kind, mine: bool, bare: Path, tmp_path: Path) -> None:
    base = tmp_path / ("home/Applications" if mine else "Applications")
    path = program(base / f"{kind.application}.app" / "Contents" / "MacOS" / kind.application)
    there = browsers.places(kind, platform="darwin", applications=tmp_path / "Applications")
    assert [place for place in there if place.is_file()] == [path]


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("Google/Chrome/Application/chrome.exe", "Chrome"), ("Microsoft/Edge/Application/msedge.exe", "Edge"),
        ("BraveSoftware/Brave-Browser/Application/brave.exe", "Brave"),
        ("Chromium/Application/chrome.exe", "Chromium"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("variable", ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"])
def test_the_folders_of_windows(
    place: str, name: str, variable: str, bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = program(tmp_path / "programs" / place)
    monkeypatch.setenv(variable, str(tmp_path / "programs"))
    assert list(browsers.installed("win32")) == [browsers.Browser(KINDS[name], path)]


def test_what_windows_starts_under_a_name_goes_before_its_folders(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "programs" / "BraveSoftware/Brave-Browser/Application/brave.exe")
    elsewhere = program(tmp_path / "elsewhere" / "brave.exe")
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path / "programs"))
    monkeypatch.setattr(browsers, "registered", {"brave.exe": elsewhere, "msedge.exe": tmp_path / "gone"}.get)
    assert [found.path for found in browsers.installed("win32")] == [elsewhere]


def test_playwrights_browser_will_do_where_there_is_no_chromium(bare: Path, tmp_path: Path) -> None:
    cache = tmp_path / "home" / ".cache" / "ms-playwright"
    program(cache / "chromium-1000" / "chrome-linux" / "chrome")
    newest = program(cache / "chromium-1200" / "chrome-linux64" / "chrome")
    assert browsers.find().path == newest
    chromium = program(bare / "chromium")
    assert browsers.find().path == chromium


def test_without_a_browser_the_next_step_is_told(bare: Path) -> None:
    with pytest.raises(Unreadable, match=r"install it .+ or set \$CHROMIUM"):
        browsers.find()


@pytest.mark.parametrize(("user", "sandboxed"), [(0, False), (1000, True)])
def test_the_command_loads_the_extension_alone_in_a_fresh_profile(
    user: int, sandboxed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    chromium = browsers.Browser(KINDS["Chromium"], Path("/b"))
    found = browser.command(chromium, profile=Path("/p"), extension=Path("/e"), address="http://a/")
    assert found[0] == "/b"
    assert {"--user-data-dir=/p", "--load-extension=/e", "--disable-extensions-except=/e"} < set(found)
    assert found[-1] == "http://a/"
    assert ("--no-sandbox" not in found) is sandboxed


@pytest.mark.parametrize("name", ["Edge", "Chrome"])
def test_a_browser_that_loads_no_extension_is_not_asked_to_and_the_reader_is_told_how(name: str) -> None:
    found = browsers.Browser(KINDS[name], Path("/b"))
    line = browser.command(found, profile=Path("/p"), extension=Path("/e"), address="http://a/")
    assert not any("extension" in argument for argument in line)
    assert line[0] == "/b"
    assert line[-1] == "http://a/"
    said = browser.by_hand(found, Path("/e"))
    assert name in said
    assert f"{name.lower()}://extensions" in said
    assert said.endswith("/e")


@pytest.mark.parametrize(
    "url", ["ftp://news.example", "news.example", "javascript:alert(1)", "--headless", "//[odd", ""]
)
def test_only_an_address_of_the_web_is_opened(url: str) -> None:
    with pytest.raises(Unreadable, match="no http or https address"):
        browser.open_with_extension(Settings(), url)


def test_without_a_screen_nothing_is_started(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare / "chromium")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(browser, "prepare", lambda _: pytest.fail("the server was started"))
    with pytest.raises(Unreadable, match="no screen"):
        browser.open_with_extension(Settings(), None)


def test_outside_a_checkout_there_is_no_extension_to_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "extension_directory", lambda: None)
    with pytest.raises(Unreadable, match="from a checkout"):
        browser.open_with_extension(Settings(), None)


@dataclass
class FakeServer:
    """Runs until it is told to end."""

    ended: threading.Event = field(default_factory=threading.Event)

    def run(self, sockets: list[Any]) -> None:
        self.ended.wait(timeout=30)

    @property
    def should_exit(self) -> bool:
        return self.ended.is_set()

    @should_exit.setter
    def should_exit(self, value: bool) -> None:
        self.ended.set()


@pytest.mark.parametrize(
    ("url", "first"), [(None, "http://127.0.0.1:4444/article"), ("https://a.example/?x=1&y=é#z",) * 2]
)
def test_the_browser_opens_the_welcome_page_knows_the_host_and_the_server_ends_with_it(
    url: str | None, first: str, bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    program(bare / "chromium")
    server = FakeServer()
    started: list[list[str]] = []

    def run(command: list[str], *, check: bool) -> None:
        profile = Path(command[1].partition("=")[2])
        told = json.loads((profile / "NativeMessagingHosts" / "onrecord.json").read_text())
        assert told["allowed_origins"] == [f"chrome-extension://{extension_id(ROOT / 'extension' / 'manifest.json')}/"]
        assert f"ONRECORD_STATE_DIR={tmp_path / 'state'}" in Path(told["path"]).read_text()
        assert running.noted(tmp_path / "state") == 4444
        assert not server.should_exit
        started.append(command)

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(browser, "quiet_logs", lambda: None)
    monkeypatch.setattr(
        browser, "prepare", lambda settings, elsewhere: (server, None, None, replace(settings, port=4444))
    )
    monkeypatch.setattr(subprocess, "run", run)
    (tmp_path / "state").mkdir()
    assert browser.open_with_extension(Settings(port=0, state_dir=tmp_path / "state"), url) == 0
    (command,) = started
    welcome = urlsplit(command[-1])
    assert welcome.scheme == "chrome-extension"
    assert welcome.netloc == extension_id(ROOT / "extension" / "manifest.json")
    assert parse_qs(welcome.fragment) == {"open": [first]}  # and no code: other users can see the command
    assert server.should_exit
    assert not Path(command[1].partition("=")[2]).exists()  # the profile goes with the browser
    assert running.noted(tmp_path / "state") is None
    assert "http://127.0.0.1:4444" in capsys.readouterr().out
