"""The learned part of attribution: which words are a cue, and which are its source and its content.

A small encoder (ONNX, eight-bit weights) reads the article in windows of whole blocks; a scorer of pairs then tells
for each cue which words belong to it. The weights lie in ``model/`` with a card that says where they come from, and
are checked against their hashes before they are loaded.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import io
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.tokens import Doc
from tokenizers import Tokenizer

from onrecord.analysis import decoder, features
from onrecord.analysis.decoder import Relation
from onrecord.analysis.features import Words
from onrecord.analysis.marks import Quotation
from onrecord.analysis.memory import Latest, key
from onrecord.article import Article
from onrecord.errors import ModelUnavailable

ENCODER: Final = "encoder.onnx"
PAIRS: Final = "pairs.npz"
TOKENIZER: Final = "tokenizer.json"
HASHES: Final = "hashes.json"
SUMS: Final = 160  # width of the additive part of the pair scorer, as trained (training/network.py)

# Two threads take seven tenths of the time of one; more bring nothing for windows of this size.
THREADS: Final = 2

# Added to a cue's score against *no cue*: the benchmark's F1 on the development part is flat between 0 and 0.6.
CUE_BIAS: Final = 0.3

FOLDER: Final = Path(str(importlib.resources.files("onrecord.analysis") / "model"))

Encoded = tuple[NDArray[Any], NDArray[Any]]
Read = Callable[[Article, Doc, Sequence[Quotation]], list[Relation]]


class Tagger:
    """The network, ready to read. Holds no state between articles but what ``known`` keeps, which changes no answer."""

    def __init__(self, folder: Path, threads: int = THREADS) -> None:
        """Check and load the files of ``folder``; raises ``ModelUnavailable``."""
        files = {name: _verified(folder, name) for name in (ENCODER, PAIRS, TOKENIZER)}
        self.version = hashlib.sha256(files[ENCODER] + files[PAIRS]).hexdigest()[:8]  # other weights, other answers
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Exact eight-bit products on processors without VNNI too: their faster ones saturate, and answers differ.
        options.add_session_config_entry("session.x64quantprecision", "1")
        options.enable_cpu_mem_arena = False  # the arena keeps the longest window's memory for ever
        self._session = onnxruntime.InferenceSession(files[ENCODER], options, providers=["CPUExecutionProvider"])
        arrays = np.load(io.BytesIO(files[PAIRS]))
        self._between = [arrays[f"between{number}"] for number in range(len(features.PAIR_SIZES))]
        self._weight, self._bias = arrays["weight"], arrays["bias"]
        self.known: Latest[Encoded] | None = None  # what was said of windows of other articles
        self.pieces: Tokenizer = Tokenizer.from_buffer(files[TOKENIZER])
        self.pieces.no_truncation()
        self.pieces.no_padding()

    def encode(self, rows: features.Ints, begins: features.Ints) -> Encoded:
        """What the encoder says of a window (``features.rows``): scores of cues, and what the pair scorer sums."""
        name = key(rows.tobytes(), begins.tobytes()) if self.known is not None else b""
        found = self.known.get(name) if self.known is not None else None
        if found is None:
            cue_scores, projected = self._session.run(None, {"rows": rows, "begins": begins})
            found = cue_scores, projected
            if self.known is not None:
                self.known.put(name, found)
        return found

    def relations(self, words: Words, encode: Callable[[Words, int, int], Encoded]) -> Iterator[Relation]:
        """Every attribution of an article, window by window, in word positions; those without content left out.

        ``encode`` gives what the encoder says of the words of a window.
        """
        windows = list(features.windows(words))
        encoded = [encode(words, first, past) for first, past in windows]
        cues = decoder.cues([cue_scores for cue_scores, _ in encoded], bias=CUE_BIAS)
        scored: list[NDArray[Any]] = []
        for (first, past), (_, projected), found in zip(windows, encoded, cues, strict=True):
            if found:
                heads = [run[0] for run, _ in found]
                between = np.stack([features.pairs(words, first, past, first + head) for head in heads])
                scored.append(decoder.log_softmax(self._pair_scores(projected, np.array(heads), between)))
        paths = decoder.pair_paths(scored) if scored else np.zeros((0, 0), dtype=np.int64)
        at = 0
        own = iter(scored)
        for (first, _), found in zip(windows, cues, strict=True):
            if found:
                made = decoder.relations(found, next(own), paths[at : at + len(found)], first)
                at += len(found)
                yield from (relation for relation in made if relation.content)

    def _pair_scores(self, projected: NDArray[Any], heads: features.Ints, between: features.Ints) -> NDArray[Any]:
        """Cues × words × labels; the same sums as ``training.network.Tagger.score``."""
        word_sum, cue_sum = projected[:, :SUMS], projected[:, SUMS : 2 * SUMS]
        word_product, cue_product = np.split(projected[:, 2 * SUMS :], 2, axis=1)
        total = word_sum[None] + cue_sum[heads][:, None]
        for number, table in enumerate(self._between):
            total += table[between[:, number]]
        np.maximum(total, 0, out=total)
        scores: NDArray[Any] = total @ self._weight[:SUMS] + self._bias
        scores += (word_product[None] * cue_product[heads][:, None]) @ self._weight[SUMS:]
        return scores


class Reader:
    """Reads one article, whole or as it grows, and reads no window twice."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger
        self._known: dict[bytes, Future[Encoded]] = {}

    def __call__(self, article: Article, doc: Doc, quotations: Sequence[Quotation]) -> list[Relation]:
        """Every attribution of the article as far as ``doc`` goes."""
        words = features.words(article, doc, quotations, self._tagger.pieces)
        return list(self._tagger.relations(words, self._encoded))

    @contextmanager
    def ahead(self, article: Article, quotations: Sequence[Quotation]) -> Iterator[Callable[[int, Doc], None]]:
        """What ``language.parse`` tells of each group of blocks, for the encoder to read it on a thread of its own.

        The language model reads the next group meanwhile. What is found is the same without it, only later.
        """
        pending: Words | None = None
        with ThreadPoolExecutor(max_workers=1) as pool:

            def heard(start: int, doc: Doc) -> None:
                nonlocal pending
                more = features.words(article, doc, quotations, self._tagger.pieces, start=start)
                pending = pending.and_then(more) if pending is not None else more
                *whole, last = features.windows(pending) if len(pending) else [(0, 0)]
                for first, past in whole:  # the last one may have room for words of the next group
                    rows, begins = features.rows(pending, first, past)
                    self._known[rows.tobytes()] = pool.submit(self._tagger.encode, rows, begins)
                pending = pending.after(last[0])

            yield heard

    def _encoded(self, words: Words, first: int, past: int) -> Encoded:
        rows, begins = features.rows(words, first, past)
        key = rows.tobytes()
        if key not in self._known:
            done: Future[Encoded] = Future()
            self._known[key] = done
            done.set_result(self._tagger.encode(rows, begins))
        return self._known[key].result()


def _verified(folder: Path, name: str) -> bytes:
    try:
        expected = json.loads((folder / HASHES).read_text(encoding="utf-8"))[name]
        found = (folder / name).read_bytes()
    except (OSError, ValueError, KeyError):
        raise ModelUnavailable(f"The tagger's file {name} is missing; install Onrecord again.") from None
    if hashlib.sha256(found).hexdigest() != expected:
        raise ModelUnavailable(f"The tagger's file {name} is not the one that was published; install Onrecord again.")
    return found


@cache
def load(threads: int = THREADS) -> Tagger:
    """The tagger that ships with Onrecord, loaded once; raises ``ModelUnavailable``."""
    return Tagger(FOLDER, threads)
