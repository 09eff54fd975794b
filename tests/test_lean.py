"""A process that analyses for others imports and holds what it needs, and finds what any other one finds."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from onrecord.analysis.analyzer import Analyzer
from onrecord.formats.wire import encode
from onrecord.web.pages import sample
from server.bootstrap import ROOT

# What is imported for nobody, and what the sample article says in such a process.
PROGRAM = """
import json, sys
from onrecord.web.worker import load
analyzer = load(1)
from onrecord.formats.wire import encode
from onrecord.web.pages import sample
import catalogue
print(json.dumps({
    "imported": sorted({"typer", "srsly.ruamel_yaml", "pydantic.v1.main"} & set(sys.modules)),
    "plugins": dict(catalogue.AVAILABLE_ENTRY_POINTS),
    "held": [name for name, value in vars(analyzer.tagger._session).items() if isinstance(value, bytes)],
    "found": encode(sample(), analyzer.analyze(sample())),
}))
"""


@pytest.mark.model
def test_a_worker_leaves_out_what_it_does_not_need_and_finds_the_same(analyzer: Analyzer) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT / "server", capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    assert (told["imported"], told["plugins"], told["held"]) == ([], {}, [])
    assert told["found"] == json.loads(json.dumps(encode(sample(), analyzer.analyze(sample()))))
