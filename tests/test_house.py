"""The house rules as tests, so that one command and one summary line cover them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from server.bootstrap import ROOT
from tests import tools

TOP_LEVEL = {
    ".ci", ".git", ".gitignore", "CHANGELOG.md", "LICENSE", "README.md", "bench", "docs", "e2e", "extension",
    "findings", "pyproject.toml", "server", "tests",
}  # fmt: skip


def run(*command: str, cwd: Path = ROOT) -> None:
    env = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"


def node_tool(name: str) -> str:
    return str(tools.node_packages() / ".bin" / name)


def test_ruff_check() -> None:
    run("ruff", "check", ".")


def test_ruff_format() -> None:
    run("ruff", "format", "--check", ".")


def test_mypy() -> None:
    run(sys.executable, "-m", "mypy")


def test_biome() -> None:
    run(
        node_tool("biome"),
        "ci",
        "--config-path=tests/node",
        "--error-on-warnings",
        "extension",
        "tests/extension",
        "server/onrecord/web",
    )


def test_typescript() -> None:
    run(node_tool("tsc"), "--project", "tests/node/tsconfig.json")


def test_node() -> None:
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "extension").glob("*.test.js"))
    assert files
    run(tools.node(), "--test", *files)


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return listed.stdout.split("\n")[:-1]


def test_top_level_is_fixed() -> None:
    assert {path.split("/")[0] for path in tracked()} <= TOP_LEVEL


@pytest.mark.parametrize("name", ["server", "tests"])
def test_every_requirement_is_pinned_and_hashed_and_names_no_address(name: str) -> None:
    text = (ROOT / "server" / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    entries = re.findall(r"^(\S+?)(?:==\S+)?(?: ;[^\\]+)? \\$", text, re.MULTILINE)
    assert len(entries) > 20
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert "==" in block.splitlines()[0]
        assert "--hash=sha256:" in block


def test_the_tests_list_holds_the_servers_list() -> None:
    lists = [
        set((ROOT / "server" / "requirements" / f"{name}.txt").read_text().split("\n")) for name in ("server", "tests")
    ]
    assert lists[0] <= lists[1]


def test_no_tracked_file_names_an_address_of_a_package_or_a_home_folder() -> None:
    lock = (ROOT / "tests" / "node" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
