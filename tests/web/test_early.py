"""What loads the language model is started before anything else, where that can be, and is used by the server."""

from __future__ import annotations

import subprocess
import sys

import pytest

from onrecord.web import early
from server.bootstrap import ROOT


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process that holds the model is forked")
def test_only_a_command_that_serves_starts_it() -> None:
    assert early.wanted([])
    assert early.wanted(["serve", "--for-button"])
    for others in (["serve", "--help"], ["-h"], ["doctor"], ["analyze", "serve"], ["--version"]):
        assert not early.wanted(others)


@pytest.mark.skipif(sys.platform == "win32", reason="it passes a descriptor")
def test_the_one_that_was_begun_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(early, "command", lambda *_: [sys.executable, "-c", "input()"])
    early.begin()
    (begun,) = early._begun
    first, second = early.taken(), early.taken()
    assert first is begun
    assert second[0].pid != first[0].pid
    for process, ours in (first, second):
        ours.close()
        process.wait(20)


def test_it_needs_nothing_that_is_not_in_the_standard_library() -> None:
    heavy = {"msgspec", "spacy", "starlette", "jinja2"}
    check = f"import sys; import onrecord.web.early; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", check], cwd=ROOT / "server", capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
