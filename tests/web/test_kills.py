"""A server that is killed while it writes has lost nothing that it acknowledged. The long version: ``bench.server``."""

from __future__ import annotations

import sys

import pytest

from bench.kills import kills
from server.bootstrap import ROOT

KILLS = 5


@pytest.mark.model
@pytest.mark.skipif(sys.platform != "linux", reason="what outlives a server is looked for in /proc")
def test_a_server_killed_at_random_moments_has_lost_and_spoilt_nothing_and_left_nobody_behind() -> None:
    found = kills(ROOT, KILLS, seed=5, longest=0.6)
    assert found["kills"] == KILLS
    # there was something to lose, and it was looked for
    assert min(found["answered"], found["corrected"], found["kept"]) >= 3
    assert found["read"] > found["kept"]
    bad = ("lost", "corrupt", "orphans", "warnings", "crashes")
    assert {name: found[name] for name in bad} == dict.fromkeys(bad, 0)
