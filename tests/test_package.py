"""The zip files for the stores: the same bytes every time, a manifest for each browser, nothing that is not needed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from onrecord import cli, package
from server.bootstrap import ROOT
from tests import tools

EXTENSION = ROOT / "extension"
MANIFEST = json.loads((EXTENSION / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    files = package.package(EXTENSION, tmp_path_factory.mktemp("dist"))
    return dict(zip(package.STORES, files, strict=True))


def test_the_same_sources_make_the_same_bytes(made: dict[str, Path], tmp_path: Path) -> None:
    again = package.package(EXTENSION, tmp_path)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in made.values()]


@pytest.mark.parametrize("store", package.STORES)
def test_every_file_that_the_extension_names_is_in_the_zip(made: dict[str, Path], store: str) -> None:
    with zipfile.ZipFile(made[store]) as archive:
        names = set(archive.namelist())
        manifest = json.loads(archive.read("manifest.json"))
        pages = [name for name in names if name.endswith(".html")]
        linked = {
            (Path(page).parent / target).as_posix()
            for page in pages
            for target in re.findall(r'(?:src|href)="([^"#:]+)"', archive.read(page).decode())
        }
        scripts = set(
            re.findall(r'"((?:shared|content|vendor)/[\w/.-]+)"', (archive.read("background/browser.js")).decode())
        )
    resolved = {os.path.normpath(name) for name in linked} | scripts
    assert resolved <= names
    assert len(scripts) > 15
    assert manifest["version"] == MANIFEST["version"]
    assert "_locales/en/messages.json" in names
    assert not any(name.endswith(".d.ts") for name in names)
    # no remote code: every script is a file of the package, and the pages' policy allows no other
    policy = manifest["content_security_policy"]["extension_pages"]
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy


def test_each_browser_gets_what_is_meant_for_it() -> None:
    chromium, firefox = (package.manifest_for(store, MANIFEST) for store in package.STORES)
    assert "key" not in chromium
    assert "key" not in firefox
    assert chromium["background"] == {"service_worker": "background/main.js", "type": "module"}
    assert firefox["background"] == {"scripts": ["background/main.js"], "type": "module"}
    assert "sidePanel" in chromium["permissions"]
    assert "sidePanel" not in firefox["permissions"]
    assert "sidebar_action" in firefox
    assert "sidebar_action" not in chromium
    assert MANIFEST["key"], "the manifest that is loaded unpacked stays as it is"


def test_every_message_of_the_manifest_is_in_the_locale() -> None:
    messages = json.loads((EXTENSION / "_locales" / "en" / "messages.json").read_text(encoding="utf-8"))
    used = set(re.findall(r"__MSG_(\w+)__", json.dumps(MANIFEST)))
    assert used
    assert used <= set(messages)
    assert len(messages["description"]["message"]) <= 132  # what the Chrome Web Store shows


def test_the_permissions_are_those_that_the_store_page_gives_reasons_for() -> None:
    page = (ROOT / "docs" / "store" / "listing.md").read_text(encoding="utf-8")
    section = page.split("## Permissions and their reasons")[1].split("\n## ")[0]
    reasons = set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))
    asked = {*MANIFEST["permissions"], *MANIFEST["host_permissions"], *MANIFEST["optional_host_permissions"]}
    assert reasons == asked


def test_the_command_prints_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["package", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    for store in package.STORES:
        assert f"onrecord-{MANIFEST['version']}-{store}.zip" in said


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert cli.main(["package", str(tmp_path / "file" / "out")]) == cli.FAILED
    assert "cannot be written" in capsys.readouterr().err


def test_the_folder_of_the_extension_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extension"]) == 0
    assert capsys.readouterr().out == f"{EXTENSION}\n"


def test_the_extension_is_written_into_a_folder_once_and_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "new" / "folder"
    for _ in range(2):
        assert cli.main(["extension", str(target)]) == 0
        assert capsys.readouterr().out == f"{target}\n"
        (target / "panel" / "panel.js").unlink()
    assert json.loads((target / "manifest.json").read_text(encoding="utf-8")) == MANIFEST


def test_a_folder_with_something_else_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    assert cli.main(["extension", str(tmp_path)]) == cli.FAILED
    assert "name a new or empty folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_the_extension_is_not_written_over_itself() -> None:
    assert package.copy(EXTENSION, EXTENSION) == EXTENSION


def test_the_linter_of_firefoxs_store_finds_no_error(made: dict[str, Path]) -> None:
    env = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])}
    linter = tools.node_packages() / ".bin" / "addons-linter"
    done = subprocess.run(
        [str(linter), "--output", "json", "--self-hosted", str(made["firefox"])],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stdout)
    assert found["summary"]["errors"] == 0, found["errors"]
    ours = [entry for entry in found["warnings"] if not str(entry.get("file", "")).startswith("vendor/")]
    # what is left is said of code that asks first whether the browser has it
    assert {entry["code"] for entry in ours} <= {"UNSUPPORTED_API", "KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION"}, (
        ours
    )
