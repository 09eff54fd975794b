"""A process that analyses for others imports and holds what it needs, and finds what any other one finds."""

from __future__ import annotations

import json
import os
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


@pytest.mark.skipif(sys.platform != "linux", reason="of glibc")
def test_memory_that_is_freed_is_kept_for_what_is_wanted_next() -> None:
    program = (
        "import resource, sys; from onrecord import lean\n"
        "if sys.argv[1:]: lean.hold_on()\n"
        "for _ in range(200): bytearray(4_000_000)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "server"), "MALLOC_TRIM_THRESHOLD_": "65536"}
    faults = [
        int(
            subprocess.run(
                [sys.executable, "-c", program, *given], env=environment, capture_output=True, check=True
            ).stdout
        )
        for given in ([], ["hold"])
    ]
    assert faults[1] < faults[0] / 3
