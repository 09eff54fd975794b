"""The published weights as a network that can be trained further.

The encoder ships in eight bits: each column of a matrix with a scale of its own. Multiplied out it is the network that
runs, but for the rounding of what passes through it.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from onrecord.analysis.model import tagger as reading
from onrecord.training.network import HIDDEN, Tagger, shape

Arrays = dict[str, NDArray[np.float32]]
_PREFIX = "tagger."
_ROUNDED = ("_quantized", "_scale", "_zero_point")
_HEADS = {
    "cues": "cue",
    "said": "said",
    "contests": "contest",
    "statuses": "status",
    "contested": "contested",
}  # by the encoder's outputs
_KINDS = ("look", "say")
_SCORERS = ("attribution", "claim")  # in the order in which they are exported


def published(folder: Path) -> Tagger:
    """The network of the files in ``folder``; what only helps to learn, and is not shipped, begins anew."""
    found = encoder(folder / reading.ENCODER) | scorers((folder / reading.PAIRS).read_bytes())
    made = Tagger(*shape(found))
    own = dict(made.named_parameters())
    with torch.no_grad():
        for name, array in found.items():
            if name in own:
                own[name].copy_(torch.from_numpy(np.ascontiguousarray(array)).reshape(own[name].shape))
    return made


def encoder(path: Path) -> Arrays:
    """Every matrix and vector of the encoder's file, by the network's names."""
    graph = onnx.load(str(path)).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}

    def whole(name: str) -> NDArray[np.float32]:
        rounded = held[f"{name}_quantized"].astype(np.float32) - held[f"{name}_zero_point"].astype(np.float32)
        return np.asarray(rounded * held[f"{name}_scale"], np.float32)

    found = {name.removeprefix(_PREFIX): array for name, array in held.items() if not name.endswith(_ROUNDED)}
    for name in held:
        if name.startswith(_PREFIX) and name.endswith("_quantized") and "_Transposed" not in name:
            kept = name.removesuffix("_quantized")
            found[kept.removeprefix(_PREFIX)] = whole(kept)
    for name, array in held.items():
        if name.startswith("onnx::Add") and array.size == HIDDEN:  # the one constant that has no name of its own
            found["convention.weight"] = np.stack([np.zeros(HIDDEN, np.float32), array.reshape(HIDDEN)])
    for node in graph.node:
        if node.op_type == "MatMulInteger":  # ``/layers.0/up/MatMul_output_0…``, a head's ``/said/Gemm_output_0…``
            part = re.split(r"/(?:Gemm|MatMul)|_MatMul", node.output[0])[0].strip("/").replace("/", ".")
            if part in _HEADS:
                part = _HEADS[part]
            elif part in _KINDS:
                part = f"kinds.{part}"
            elif "." not in part:  # a projection of the first pair scorer, or of the second, which has a number
                part = f"{_SCORERS[part.endswith('_1')]}.{part.removesuffix('_1')}"
            found[f"{part}.weight"] = whole(node.input[1].removesuffix("_quantized")).T
    return found


def scorers(data: bytes) -> Arrays:
    """The tables and last layers of the pair scorers, and the last layers for kinds of sources."""
    found = {}
    for name, array in np.load(io.BytesIO(data)).items():
        scorer, _, part = name.partition("_")
        if part.startswith("between"):
            found[f"{scorer}.between.{part.removeprefix('between')}.weight"] = array
        elif scorer == "kinds":
            found[f"kinds.{part.replace('_', '.')}"] = array.T
        else:
            found[f"{scorer}.label.{part}"] = array.T
    return found
