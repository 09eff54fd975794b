"""What a process that analyses for others does before it imports spaCy or numpy, to be small and quick to start."""

from __future__ import annotations

import os
import sys
import types


def prepare() -> None:
    """Leave out spaCy's command line, and give numpy one thread; what is imported already stays as it is.

    ``import spacy`` imports its command line for one function: a quarter of its time, and 17 MB. Threads of numpy's own
    only hold memory where there is a process for each core.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    if "spacy" not in sys.modules:
        commands, info = types.ModuleType("spacy.cli"), types.ModuleType("spacy.cli.info")
        commands.__path__ = []
        info.info = None  # type: ignore[attr-defined]
        sys.modules["spacy.cli"], sys.modules["spacy.cli.info"] = commands, info
