"""The table of guards fits the code: every patch applies, every named test is there. ``bench.guards`` runs them."""

from __future__ import annotations

import re

import pytest

from bench.guards.table import Guard, guards
from server.bootstrap import ROOT

GUARDS = guards()


def test_there_are_guards_of_every_kind_and_none_twice() -> None:
    assert len(GUARDS) >= 100
    assert len({guard.name for guard in GUARDS}) == len(GUARDS)
    places = {guard.file.split("/")[0] for guard in GUARDS}
    assert places == {"server", "extension"}


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_every_guard_can_be_taken_out_and_has_its_test(guard: Guard) -> None:
    assert guard.taken_out(ROOT) != (ROOT / guard.file).read_text(encoding="utf-8")
    assert guard.has_test(ROOT), guard.test


def test_every_test_that_the_threat_model_names_is_there() -> None:
    text = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests|e2e)/[^`]+?)`", text)
    assert named
    for name in named:
        guard = Guard("", "", "", "", name)
        assert guard.has_test(ROOT) if "::" in name else (ROOT / name).is_file(), name
