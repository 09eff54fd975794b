"""Whether this processor's eight-bit products are exact.

Older x86 processors add two products of eight bits in sixteen, and what does not fit is cut off: another answer than
everywhere else. ONNX Runtime has slower products that are exact (``session.x64quantprecision``), but takes them, where
they are asked for, on newer processors too (those with VNNI), whose fast ones are exact. So it is tried out: what
counts is what the library does here, not what the processor calls itself.
"""

from __future__ import annotations

import base64
from functools import cache
from typing import Final

import numpy as np
import onnxruntime

# An ONNX model of one operator, as small as they come: ``c = MatMulInteger(a, b)``, a of uint8, b of int8.
_PRODUCT: Final = base64.b64decode(
    "CAg6YgoYCgFhCgFiEgFjIg1NYXRNdWxJbnRlZ2VyEgFnWhUKAWESEAoOCAISCgoDEgFtCgMSAWtaFQoBYhIQCg4IAxIKCgMSAWsKAxIBbmIVCgFj"
    "EhAKDggGEgoKAxIBbQoDEgFuQgIQDQ=="
)
_INNER: Final = 64


@cache
def exact() -> bool:
    """Whether the largest products that there are come out right."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(_PRODUCT, options, providers=["CPUExecutionProvider"])
    largest = {"a": np.full((4, _INNER), 255, np.uint8), "b": np.full((_INNER, 16), 127, np.int8)}
    (found,) = session.run(None, largest)
    return bool((found == 255 * 127 * _INNER).all())
