"""The encoder's eight-bit products are the same on every processor, by its weights (``training.rounding``)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from onrecord.analysis.model import tagger
from onrecord.analysis.model.weights import FOLDER

# Numbers of fields in the messages of onnx.proto, and the data type of signed bytes.
GRAPH, NODE, INITIALIZER = 7, 1, 5
INPUT, OPERATOR = 1, 4
DIMS, KIND, NAME, RAW = 1, 2, 8, 9
INT8 = 3


def number(data: memoryview, at: int) -> tuple[int, int]:
    """A variable-length number of protocol buffers, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def fields(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """The fields of a message of protocol buffers: number and content."""
    at = 0
    while at < len(data):
        key, at = number(data, at)
        if key & 7 == 0:
            value, at = number(data, at)
            yield key >> 3, value
        else:
            size, at = (8, at) if key & 7 == 1 else (4, at) if key & 7 == 5 else number(data, at)
            yield key >> 3, data[at : at + size]
            at += size


def matrices() -> Iterator[NDArray[np.int8]]:
    """What the encoder multiplies with: signed bytes, what comes in × what goes out."""
    (graph,) = (value for key, value in fields(memoryview((FOLDER / tagger.ENCODER).read_bytes())) if key == GRAPH)
    assert isinstance(graph, memoryview)
    used, held = set(), {}
    for key, value in fields(graph):
        if key not in {NODE, INITIALIZER}:
            continue
        assert isinstance(value, memoryview)
        parts = list(fields(value))
        if key == NODE and (OPERATOR, b"MatMulInteger") in parts:
            used.add(bytes([part for name, part in parts if name == INPUT][1]))  # type: ignore[arg-type]
        elif key == INITIALIZER and (KIND, INT8) in parts and RAW in (found := dict(parts)):
            shape = [part for name, part in parts if name == DIMS]
            held[bytes(found[NAME])] = np.frombuffer(found[RAW], np.int8).reshape(shape)  # type: ignore[arg-type]
    yield from (held[name] for name in used)


def test_two_weights_that_meet_never_add_up_to_too_much() -> None:
    found = list(matrices())
    assert len(found) > 30
    for steps in found:
        paired = steps[: len(steps) // 2 * 2].astype(int)
        assert np.abs(paired[0::2] + paired[1::2]).max() <= 128


@pytest.mark.model
def test_the_slow_kernels_give_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = np.random.default_rng(5)
    words = np.stack([dice.integers(1000, 20000, 200), *(dice.integers(0, most, 200) for most in (4, 3, 20, 20))])
    quick = tagger.Tagger(FOLDER).encode(words, np.arange(1, 199))
    options = onnxruntime.SessionOptions

    def slow() -> onnxruntime.SessionOptions:
        made = options()
        made.add_session_config_entry("session.x64quantprecision", "1")
        return made

    monkeypatch.setattr(onnxruntime, "SessionOptions", slow)
    for one, other in zip(quick, tagger.Tagger(FOLDER).encode(words, np.arange(1, 199)), strict=True):
        assert np.array_equal(one, other)
