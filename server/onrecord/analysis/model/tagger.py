"""The learned reading of an article: who says what, was it said at all, what is contested, what kind of source it is.

A small encoder (ONNX, eight-bit weights) reads the article in windows of whole blocks, and two blocks side by side
where one may answer the other (``afar``); its heads say of each word whether it is a cue, whether a cue is one of
speech, and whether a word contests something. Scorers of pairs (``pairs``) then tell for each cue which words belong to
it, and ``kinds`` what a source is of which some words tell. The weights lie beside this module, with a card that says
where they come from, and are checked against their hashes before they are loaded (``weights``).
"""

from __future__ import annotations

import hashlib
import io
import itertools
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.tokens import Doc

from onrecord.analysis.marks import Quotation
from onrecord.analysis.model import decoder, features
from onrecord.analysis.model.afar import Look, answers
from onrecord.analysis.model.decoder import Dispute, Relation
from onrecord.analysis.model.features import Words
from onrecord.analysis.model.kinds import Kinds, Shown, Sight
from onrecord.analysis.model.memory import Latest, key
from onrecord.analysis.model.pairs import PairScorer
from onrecord.analysis.model.weights import FOLDER, HASHES, TOKENIZER, verified
from onrecord.analysis.result import ClaimStatus
from onrecord.article import Article, Span

ENCODER: Final = "encoder.onnx"
PAIRS: Final = "pairs.npz"

# Two threads take seven tenths of the time of one; more bring nothing for windows of this size.
THREADS: Final = 2

# onnxruntime 1.32 adds and normalises in one step word by word: several times the time of the two steps by themselves,
# and a ninth of the encoder's (findings/onnxruntime-fused-normalisation.sh).
SLOWER: Final = ["SkipLayerNormFusion"]

# Words of a text from which it counts as an article: ``quotes.said`` asks more of a cue there.
ARTICLE: Final = 100


class Encoded(NamedTuple):
    """What the encoder says of the words of a window: words × numbers."""

    cues: NDArray[Any]  # scores: no cue, begins, goes on
    pairs: NDArray[Any]  # what the pair scorer of attributions sums
    said: NDArray[Any]  # one number: above zero where a cue is one of speech
    contests: NDArray[Any]  # scores: contests nothing, begins to, goes on
    statuses: NDArray[Any]  # scores of ``CLAIM_STATUSES``
    claims: NDArray[Any]  # what the pair scorer of contested claims sums
    kinds: NDArray[Any]  # what ``kinds`` weighs and sums
    contested: NDArray[Any]  # scores, whatever contests it: not contested, begins, goes on


class Window(NamedTuple):
    """One run of the encoder: word positions, and what it says of the words there."""

    first: int
    past: int
    encoded: Encoded


class Heard(NamedTuple):
    """The words of a text, and what the encoder says of each for those who judge what the tagger found."""

    words: Words
    said: NDArray[Any]  # one number: above zero where a cue would be one of speech
    kinds: NDArray[Any]  # words × numbers, for ``Kinds``

    def sight(self, kinds: Kinds) -> Sight:
        """What is shown of who somebody is, for a text that is read as one."""
        return Sight(kinds, Shown(self.words.start, self.kinds))


class Tagger:
    """The network, ready to read. Holds no state between articles but what ``known`` keeps, which changes no answer."""

    def __init__(self, folder: Path, threads: int = THREADS) -> None:
        """Check and load the files of ``folder``; raises ``ModelUnavailable``."""
        files = {name: verified(name, folder) for name in (ENCODER, PAIRS, TOKENIZER)}
        # Of all that is learned, names and pronouns too: other weights, other answers.
        self.version = hashlib.sha256((folder / HASHES).read_bytes()).hexdigest()[:8]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.enable_cpu_mem_arena = False  # the arena keeps the longest window's memory for ever
        self._session = onnxruntime.InferenceSession(
            files[ENCODER], options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
        )
        self._session._model_bytes = None  # 24 MB that it keeps to begin anew on another device, of which there is none
        arrays = np.load(io.BytesIO(files[PAIRS]))
        self._pairs, self._claims = PairScorer(arrays, "attribution"), PairScorer(arrays, "claim")
        self.kinds = Kinds(arrays)
        self.known: Latest[Encoded] | None = None  # what was said of windows of other articles
        self.pieces = features.tokenizer(folder / TOKENIZER)

    def encode(self, rows: features.Ints, begins: features.Ints) -> Encoded:
        """What the encoder says of a window (``features.rows``)."""
        name = key(rows.tobytes(), begins.tobytes()) if self.known is not None else b""
        found = self.known.get(name) if self.known is not None else None
        if found is None:
            found = Encoded(*self._session.run(Encoded._fields, {"rows": rows, "begins": begins}))
            if self.known is not None:
                self.known.put(name, found)
        return found

    def windows(self, words: Words) -> list[Window]:
        """Every window of a text, read."""
        return [
            Window(first, past, self.encode(*features.rows(words, first, past)))
            for first, past in features.windows(words)
        ]

    def relations(self, words: Words, windows: Sequence[Window]) -> Iterator[Relation]:
        """Every attribution of an article, window by window, in word positions; those without content left out."""
        cues = decoder.cues([window.encoded.cues for window in windows])
        held = [(window, found) for window, found in zip(windows, cues, strict=True) if found]
        sure = [_scored(self._pairs, words, window, window.encoded.pairs, found) for window, found in held]
        for (window, found), own, paths in zip(held, sure, decoder.pair_paths(sure), strict=True):
            made = decoder.relations(found, own, paths, window.first)
            yield from (relation for relation in made if relation.content)

    def contests(self, words: Words, windows: Sequence[Window]) -> Iterator[Dispute]:
        """What the article contests by its own words, window by window, in word positions."""
        cues = decoder.cues([window.encoded.contests for window in windows])
        asked = [[*found, *decoder.doubtful(w.encoded.contests, found)] for w, found in zip(windows, cues, strict=True)]
        held = [each for each in zip(windows, cues, asked, strict=True) if each[2]]
        sure = [_scored(self._claims, words, window, window.encoded.claims, each) for window, _, each in held]
        contested = [decoder.log_softmax(window.encoded.contested) for window, _, _ in held]
        certain = [own[: len(found)] for own, (_, found, _) in zip(sure, held, strict=True)]
        paths = decoder.claim_paths(certain, contested)
        for (window, _, each), own, best, whatever in zip(held, sure, paths, contested, strict=True):
            yield from decoder.contests(each, window.encoded.statuses, own, best, whatever, window.first)

    def answers(
        self, words: Words, windows: Sequence[Window], found: Sequence[Dispute], look: Look
    ) -> Iterator[Dispute]:
        """What the words of ``found`` contest in blocks before their window; ``look`` reads two blocks side by side."""
        return answers(words, windows, found, self._claims, look)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A ``decoder.Dispute`` in code points of the text that was heard."""

    evidence: tuple[Span, ...]  # the words that contest
    content: tuple[Span, ...]  # what they contest; none where the window does not have it
    status: ClaimStatus
    cue_sureness: float
    content_sureness: float
    sureness: float  # of the whole


def _scored(
    scorer: PairScorer,
    words: Words,
    window: Window,
    projected: NDArray[Any],
    cues: Sequence[tuple[decoder.Run, float]],
) -> decoder.Floats:
    """The labels of a window's words for each of its ``cues``, in logarithms of probabilities.

    ``projected``: what the scorer sums of the window's words.
    """
    heads = [run[0] for run, _ in cues]
    between = np.stack([features.pairs(words, window.first, window.past, window.first + head) for head in heads])
    return decoder.log_softmax(scorer.scores(projected, np.array(heads), between))


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
        self._windows: list[Window] | None = None  # of what was heard so far, once somebody asks
        self._looks: dict[bytes, Future[Encoded]] = {}

    def hear(self, docs: Sequence[Doc]) -> None:
        """The parses of the next blocks (``language.parsed``: one a block)."""
        first = self._blocks
        self._blocks += len(docs)
        start = self._article.block_spans[first].start if first < len(self._article.blocks) else 0
        self._windows = None
        more = features.words_of(self._article, docs, self._places, self._tagger.pieces, start=start, block=first)
        self._words = more if self._words is None else self._words.and_then(more)
        *whole, last = list(features.windows(self._words, first=self._begun)) or [(self._begun, self._begun)]
        if self._blocks == len(self._article.blocks):
            whole = [*whole, last]  # before the end it may have room for words of the next blocks
        for window in whole:
            self._encoded(self._words, *window)
        self._begun = last[0]

    def relations(self) -> list[Relation]:
        """Every attribution of what was heard so far."""
        return list(self._tagger.relations(self._words, self._read())) if self._words is not None else []

    def contests(self) -> Iterator[Contest]:
        """Everything contested in what was heard so far.

        The encoder reads once more what it has to while the caller does something else, before going through them.
        """
        words = self._words
        if words is None:
            return iter(())
        windows = self._read()
        near = list(self._tagger.contests(words, windows))
        far = self._tagger.answers(words, windows, near, self._look)
        return (
            Contest(
                evidence=(words.span(found.cue),),
                content=(words.span(found.content),) if found.content else (),
                status=found.status,
                cue_sureness=found.cue_sureness,
                content_sureness=found.content_sureness,
                sureness=found.sureness,
            )
            for found in itertools.chain(near, far)
        )

    def _look(self, rows: features.Ints, begins: features.Ints) -> Future[Encoded]:
        """What the encoder says of two blocks side by side; the same ones are asked for whenever more was heard."""
        name = key(rows.tobytes(), begins.tobytes())
        if name not in self._looks:
            self._looks[name] = self._submitted(rows, begins)
        return self._looks[name]

    def heard(self) -> Heard | None:
        """What was heard so far, for whoever judges what the tagger found; None if it holds no word."""
        return heard_of(self._words, self._read()) if self._words is not None else None

    def _read(self) -> list[Window]:
        """The windows of what was heard so far, cut once for all who ask."""
        if self._windows is None and self._words is not None:
            words = self._words
            self._windows = [Window(*at, self._encoded(words, *at).result()) for at in features.windows(words)]
        return self._windows or []

    def _encoded(self, words: Words, first: int, past: int) -> Future[Encoded]:
        known = self._known.get((first, past))
        if known is None:
            known = self._known[first, past] = self._submitted(*features.rows(words, first, past))
        return known

    def _submitted(self, rows: features.Ints, begins: features.Ints) -> Future[Encoded]:
        if self._pool is not None:
            return self._pool.submit(self._tagger.encode, rows, begins)
        made: Future[Encoded] = Future()
        made.set_result(self._tagger.encode(rows, begins))
        return made


def heard_of(words: Words, windows: Sequence[Window]) -> Heard | None:
    """What ``windows`` say of all ``words``, for whoever judges what the tagger found; None if there is no word."""
    if not windows:
        return None
    said = np.concatenate([window.encoded.said[:, 0] for window in windows])
    return Heard(words, said, np.concatenate([window.encoded.kinds for window in windows]))


def read(tagger: Tagger, article: Article, doc: Doc, quotations: Sequence[Quotation]) -> list[Relation]:
    """Every attribution of an article that is parsed already."""
    reader = Reader(tagger, article, quotations)
    reader.hear([doc])
    return reader.relations()


@cache
def load(threads: int = THREADS) -> Tagger:
    """The tagger that ships with Onrecord, loaded once; raises ``ModelUnavailable``."""
    return Tagger(FOLDER, threads)
