"""From trained weights to the files that ship: an encoder in ONNX with eight-bit weights, and the pair scorers."""

from __future__ import annotations

import copy
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from onrecord.analysis.model import tagger, weights
from onrecord.analysis.names.shapes import NAMES
from onrecord.training import rounding
from onrecord.training.corpus import CORPUS, OWN
from onrecord.training.network import Exported, Tagger

OPSET = 17

# How much of Onrecord's convention ships, the rest being the corpus's. On the articles of the part ``check`` quotes are
# as good from .5 to .7 (F1 92.1 to 92.5); with less of it PolNeAR's development part gains.
OWN_SHARE = 0.55


def export(trained: Tagger, tokenizer: Path, folder: Path) -> None:
    """Write encoder, pair scorers, tokenizer and the hashes of all three into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    trained = copy.deepcopy(trained).eval()
    with torch.no_grad():
        trained.convention.weight[OWN].lerp_(trained.convention.weight[CORPUS], 1 - OWN_SHARE)
    rows = torch.ones(5, 24, dtype=torch.long)
    begins = torch.arange(1, 20)
    outputs = tagger.Encoded._fields
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "encoder.onnx"
        torch.onnx.export(
            Exported(trained), (rows, begins), str(whole), dynamo=False, opset_version=OPSET,
            input_names=["rows", "begins"], output_names=list(outputs),
            dynamic_axes={"rows": {1: "pieces"}, **{name: {0: "words"} for name in ("begins", *outputs)}},
        )  # fmt: skip
        quantize_dynamic(
            str(whole), str(folder / tagger.ENCODER), weight_type=QuantType.QInt8, per_channel=True, reduce_range=False
        )
        round_anew(folder / tagger.ENCODER, onnx.load(str(whole)))
    onnx.checker.check_model(str(folder / tagger.ENCODER))
    np.savez_compressed(folder / tagger.PAIRS, allow_pickle=False, **pair_arrays(trained))
    shutil.copyfile(tokenizer, folder / weights.TOKENIZER)
    names: tuple[str, ...] = (tagger.ENCODER, tagger.PAIRS, weights.TOKENIZER)
    names += (NAMES,) if (folder / NAMES).is_file() else ()  # another command makes it (onrecord.training.names)
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    (folder / weights.HASHES).write_text(json.dumps(hashes, indent=1) + "\n", encoding="utf-8")


def round_anew(path: Path, whole: onnx.ModelProto) -> None:
    """Give every matrix of the eight-bit encoder in ``path`` the rounding that is exact on every processor.

    ``whole``: the same network before it was rounded.
    """
    model = onnx.load(str(path))
    kept = {one.name: one for one in model.graph.initializer}
    before = {one.name: numpy_helper.to_array(one) for one in whole.graph.initializer}
    for node in model.graph.node:
        if node.op_type != "MatMulInteger":
            continue
        name = node.input[1].removesuffix("_quantized")
        weights = before[name] if name in before else before[name.removesuffix("_Transposed")].T
        for part, array in zip(("_quantized", "_scale"), rounding.rounded(weights), strict=True):
            kept[name + part].CopyFrom(numpy_helper.from_array(array, name + part))
    onnx.save(model, str(path))


def pair_arrays(trained: Tagger) -> dict[str, NDArray[np.float32]]:
    """What the analysis multiplies by itself: pair scorers, and last layers for kinds of sources."""
    arrays = {}
    for name, pairs in (("attribution", trained.attribution), ("claim", trained.claim)):
        for number, table in enumerate(pairs.between):
            arrays[f"{name}_between{number}"] = table.weight.detach().numpy()
        arrays[f"{name}_weight"] = pairs.label.weight.detach().numpy().T.copy()
        arrays[f"{name}_bias"] = pairs.label.bias.detach().numpy()
    for name, layer in (("make", trained.kinds.make), ("answer", trained.kinds.answer)):
        arrays[f"kinds_{name}_weight"] = layer.weight.detach().numpy().T.copy()
        arrays[f"kinds_{name}_bias"] = layer.bias.detach().numpy()
    return {name: array.astype(np.float32) for name, array in arrays.items()}
