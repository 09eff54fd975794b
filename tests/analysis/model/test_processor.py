"""Eight-bit products are exact: by the quick kernels where these are, else by others."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnxruntime
import pytest

from onrecord.analysis.model import processor, tagger
from onrecord.analysis.model.weights import FOLDER


def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What sessions are asked for from now on."""
    found: dict[str, str] = {}
    add = onnxruntime.SessionOptions.add_session_config_entry

    def noted(options: Any, key: str, value: str) -> None:
        found[key] = value
        add(options, key, value)

    monkeypatch.setattr(onnxruntime.SessionOptions, "add_session_config_entry", noted)
    return found


def test_products_that_are_cut_off_are_noticed_and_others_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    class Old:
        def __init__(self, *_: object, **__: object) -> None:
            pass

        def run(self, _: None, given: dict[str, Any]) -> list[Any]:
            a, b = (given[name].astype(np.int32) for name in "ab")
            pairs = a[:, ::2, None] * b[None, ::2] + a[:, 1::2, None] * b[None, 1::2]
            return [np.minimum(pairs, 2**15 - 1).sum(1)]

    with monkeypatch.context() as older:
        older.setattr(onnxruntime, "InferenceSession", Old)
        processor.exact.cache_clear()
        assert not processor.exact()
    wanted = asked(monkeypatch)
    tagger.Tagger(FOLDER)
    processor.exact.cache_clear()
    assert wanted["session.x64quantprecision"] == "1"


@pytest.mark.skipif(not processor.exact(), reason="the quick kernels of this processor are not exact")
def test_either_kernels_give_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = np.random.default_rng(5)
    words = np.stack([dice.integers(1000, 20000, 200), *(dice.integers(0, most, 200) for most in (4, 3, 20, 20))])
    wanted = asked(monkeypatch)
    found = []
    for exact in (True, False):
        monkeypatch.setattr(processor, "exact", lambda exact=exact: exact)
        found.append(tagger.Tagger(FOLDER).encode(words, np.arange(1, 199)))
        assert wanted["session.x64quantprecision"] == ("0" if exact else "1")
    for quick, slow in zip(*found, strict=True):
        assert np.array_equal(quick, slow)
