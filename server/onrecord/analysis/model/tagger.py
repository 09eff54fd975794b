"""The learned part of attribution: which words are a cue, and which are its source and its content.

A small encoder (ONNX, eight-bit weights) reads the article in windows of whole blocks; a scorer of pairs then tells
for each cue which words belong to it. The weights lie beside this module, with a card that says where they come from,
and are checked against their hashes before they are loaded (``weights``).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.tokens import Doc
from tokenizers import Tokenizer

from onrecord.analysis.marks import Quotation
from onrecord.analysis.model import decoder, features, processor
from onrecord.analysis.model.decoder import Relation
from onrecord.analysis.model.features import Words
from onrecord.analysis.model.memory import Latest, key
from onrecord.analysis.model.weights import FOLDER, HASHES, TOKENIZER, verified
from onrecord.article import Article

ENCODER: Final = "encoder.onnx"
PAIRS: Final = "pairs.npz"
SUMS: Final = 160  # width of the additive part of the pair scorer, as trained (training/network.py)

# Two threads take seven tenths of the time of one; more bring nothing for windows of this size.
THREADS: Final = 2

# Added to a cue's score against *no cue*: the benchmark's F1 on the development part is flat between 0 and 0.6.
CUE_BIAS: Final = 0.3

Encoded = tuple[NDArray[Any], NDArray[Any]]


class Heard(NamedTuple):
    """The words of a text, and of each what the encoder hands to the heads behind it: words × numbers."""

    words: Words
    vectors: NDArray[Any]


class Tagger:
    """The network, ready to read. Holds no state between articles but what ``known`` keeps, which changes no answer."""

    def __init__(self, folder: Path, threads: int = THREADS) -> None:
        """Check and load the files of ``folder``; raises ``ModelUnavailable``."""
        files = {name: verified(name, folder) for name in (ENCODER, PAIRS, TOKENIZER)}
        # Of all that is learned, the votes on what was found too: other weights, other answers.
        self.version = hashlib.sha256((folder / HASHES).read_bytes()).hexdigest()[:8]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Exact eight-bit products everywhere; where the fast ones are exact, these only take half as long again.
        options.add_session_config_entry("session.x64quantprecision", "0" if processor.exact() else "1")
        options.enable_cpu_mem_arena = False  # the arena keeps the longest window's memory for ever
        self._session = onnxruntime.InferenceSession(files[ENCODER], options, providers=["CPUExecutionProvider"])
        self._session._model_bytes = None  # 24 MB that it keeps to begin anew on another device, of which there is none
        arrays = np.load(io.BytesIO(files[PAIRS]))
        self._between = [arrays[f"between{number}"] for number in range(len(features.PAIR_SIZES))]
        self._weight, self._bias = arrays["weight"], arrays["bias"]
        self.known: Latest[Encoded] | None = None  # what was said of windows of other articles
        self.pieces: Tokenizer = features.tokenizer(folder / TOKENIZER)

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

    def relations(self, words: Words, encode: Callable[[int, int], Encoded]) -> Iterator[Relation]:
        """Every attribution of an article, window by window, in word positions; those without content left out.

        ``encode`` gives what the encoder says of the words of a window.
        """
        windows = list(features.windows(words))
        encoded = [encode(first, past) for first, past in windows]
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
    """Reads a text as it grows. The encoder reads each window once, on a thread of its own if there is a ``pool``.

    Only the last window, which has room for words of the blocks to come, is read again where it was asked for.
    """

    def __init__(
        self, tagger: Tagger, article: Article, quotations: Sequence[Quotation], pool: Executor | None = None
    ) -> None:
        self._tagger, self._article, self._pool = tagger, article, pool
        self._places = features.places(article, quotations)
        self._words: Words | None = None
        self._begun = 0  # the first word of the window that is not full yet
        self._blocks = 0
        self._known: dict[tuple[int, int], Future[Encoded]] = {}

    def hear(self, docs: Sequence[Doc]) -> None:
        """The parses of the next blocks (``language.parsed``: one a block)."""
        first = self._blocks
        self._blocks += len(docs)
        start = self._article.block_spans[first].start if first < len(self._article.blocks) else 0
        more = features.words_of(self._article, docs, self._places, self._tagger.pieces, start=start, block=first)
        self._words = more if self._words is None else self._words.and_then(more)
        *whole, last = list(features.windows(self._words, first=self._begun)) or [(self._begun, self._begun)]
        for window in whole:  # the last one may have room for words of the next blocks
            self._encoded(self._words, *window)
        self._begun = last[0]

    def relations(self) -> list[Relation]:
        """Every attribution of what was heard so far."""
        if self._words is None or not len(self._words):
            return []
        words = self._words
        return list(self._tagger.relations(words, lambda first, past: self._encoded(words, first, past).result()))

    def heard(self) -> Heard | None:
        """What was heard so far, for the heads that judge what the tagger found; None if it holds no word."""
        if self._words is None or not len(self._words):
            return None
        words = self._words
        parts = [self._encoded(words, *window).result()[1] for window in features.windows(words)]
        return Heard(words, np.concatenate(parts))

    def _encoded(self, words: Words, first: int, past: int) -> Future[Encoded]:
        known = self._known.get((first, past))
        if known is None:
            rows = features.rows(words, first, past)
            if self._pool is not None:
                known = self._pool.submit(self._tagger.encode, *rows)
            else:
                known = Future()
                known.set_result(self._tagger.encode(*rows))
            self._known[first, past] = known
        return known


def read(tagger: Tagger, article: Article, doc: Doc, quotations: Sequence[Quotation]) -> list[Relation]:
    """Every attribution of an article that is parsed already."""
    reader = Reader(tagger, article, quotations)
    reader.hear([doc])
    return reader.relations()


@cache
def load(threads: int = THREADS) -> Tagger:
    """The tagger that ships with Onrecord, loaded once; raises ``ModelUnavailable``."""
    return Tagger(FOLDER, threads)
