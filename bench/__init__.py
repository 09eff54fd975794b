"""Measurements: ``.venv/bin/python -m bench.NAME`` from the project's root, after ``python3 -m tests``."""

import importlib.util
import sys
from pathlib import Path

if importlib.util.find_spec("onrecord") is None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "server"))
