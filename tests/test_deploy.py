"""The files of ``server/deploy``: each is read as its own system reads it, as far as that can be done here."""

from __future__ import annotations

import plistlib
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from onrecord import cli
from onrecord.shared import commands
from server.bootstrap import ROOT

DEPLOY = ROOT / "server" / "deploy"
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def starts(arguments: list[str]) -> None:
    """The command line is one that starts a shared server, its certificate apart."""
    options = cli.parser().parse_args(arguments)
    assert options.shared
    if options.cert:
        options.cert, options.key, options.proxy = None, None, "127.0.0.1"
    assert commands.plan(options).names == frozenset({"onrecord.example"})


def after_module(words: list[str]) -> list[str]:
    return words[words.index("onrecord") + 1 :]


def test_the_systemd_unit(tmp_path: Path) -> None:
    text = (DEPLOY / "onrecord.service").read_text(encoding="utf-8")
    command = re.search(r"^ExecStart=(.+)$", text, re.MULTILINE)
    assert command
    starts(after_module(shlex.split(command[1])))
    for line in (
        "User=onrecord",
        "ProtectSystem=strict",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "UMask=0077",
    ):
        assert line in text.splitlines()
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return
    unit = tmp_path / "onrecord.service"
    here = text.replace("/opt/onrecord/.venv/bin/python", "/bin/true").replace("file:/opt/onrecord/docs", "file:/docs")
    unit.write_text(here.replace("User=onrecord\nGroup=onrecord\n", "User=daemon\n"), encoding="utf-8")
    done = subprocess.run(
        [analyze, "verify", "--recursive-errors=no", str(unit)], capture_output=True, text=True, check=False
    )
    complaints = [line for line in done.stderr.splitlines() if "onrecord.service" in line]
    assert complaints == []


def test_the_launchd_job() -> None:
    job = plistlib.loads((DEPLOY / "example.onrecord.plist").read_bytes())
    starts(after_module(job["ProgramArguments"]))
    assert job["Label"] + ".plist" == "example.onrecord.plist"
    assert job["UserName"] != "root"
    assert job["Umask"] == 0o077
    assert all(isinstance(value, str) for value in job["EnvironmentVariables"].values())


def test_the_windows_task() -> None:
    root = ET.parse(DEPLOY / "onrecord-task.xml").getroot()
    # the schema is a sequence: https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema
    assert [child.tag.removeprefix(TASK) for child in root] == [
        "RegistrationInfo", "Triggers", "Principals", "Settings", "Actions",
    ]  # fmt: skip
    actions = root.find(f"{TASK}Actions")
    principal = root.find(f"{TASK}Principals/{TASK}Principal")
    assert actions is not None
    assert principal is not None
    assert actions.get("Context") == principal.get("id")
    assert principal.findtext(f"{TASK}RunLevel") == "LeastPrivilege"
    told = actions.findtext(f"{TASK}Exec/{TASK}Arguments") or ""
    starts(after_module(told.strip('"').split()))
    assert root.findtext(f"{TASK}Settings/{TASK}ExecutionTimeLimit") == "PT0S"  # else it is ended after three days


def instructions() -> list[tuple[str, str]]:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    found = [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]
    assert all(len(entry) == 2 for entry in found)
    return found  # type: ignore[return-value]


def test_the_dockerfile() -> None:
    made = instructions()
    known = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "ENTRYPOINT", "CMD"}
    assert {name for name, _ in made} <= known
    assert all(
        ":" in value.split()[0] and not value.split()[0].endswith(":latest") for name, value in made if name == "FROM"
    )
    users = [value for name, value in made if name == "USER"]
    assert users
    assert all(part.isdecimal() and int(part) > 0 for part in users[-1].split(":"))
    assert [name for name, _ in made].index("USER") < [name for name, _ in made].index("ENTRYPOINT")
    for name, value in made:
        if name == "COPY" and not value.startswith("--from"):
            assert (ROOT / value.split()[0]).exists(), value
    assert any("--require-hashes" in value for name, value in made if name == "RUN")
    entry, command = (dict(made)[name] for name in ("ENTRYPOINT", "CMD"))
    words = [*re.findall(r'"([^"]*)"', entry), *re.findall(r'"([^"]*)"', command)]
    starts(after_module(words))


def test_nothing_but_the_server_goes_into_the_image() -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[:2] == ["*", "!server"]


@pytest.mark.parametrize("name", ["onrecord.service", "example.onrecord.plist", "onrecord-task.xml", "Dockerfile"])
def test_the_page_on_shared_mode_names_each(name: str) -> None:
    assert f"server/deploy/{name}" in (ROOT / "docs" / "shared.md").read_text(encoding="utf-8")
