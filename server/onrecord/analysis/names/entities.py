"""Which words of an article are names, and of what kind: a small network on the vectors that the tagger has computed.

spaCy's own recogniser reads every word once more through an encoder of its own, which takes a quarter of the time of
an analysis. This one begins from the vectors of spaCy's tagger and parser, its tags and dependencies, what a word looks
like (norm, prefix, suffix and shape in hashed tables, as Serrà and Karatzoglou 2017), and whether it is spelt like a
person's name (``shapes``), and looks two words far to each side in each of its layers. The weights are
``model/entities.npz``; ``onrecord.training.entities`` makes them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import minibatch

from onrecord.analysis.model import features
from onrecord.analysis.model.weights import verified
from onrecord.analysis.names.shapes import likeness

COMPONENT: Final = "onrecord_names"
WEIGHTS: Final = "entities.npz"

# The kinds of spaCy's English pipelines (OntoNotes 5, Weischedel et al. 2013).
KINDS: Final = tuple(
    "CARDINAL DATE EVENT FAC GPE LANGUAGE LAW LOC MONEY NORP ORDINAL ORG PERCENT PERSON PRODUCT QUANTITY TIME "
    "WORK_OF_ART".split()
)
# Of a word: no name; begins one of a kind; goes on with it.
LABELS: Final = ("", *(f"{sign}{kind}" for kind in KINDS for sign in "BI"))

LOOKS: Final = ("NORM", "PREFIX", "SUFFIX", "SHAPE")
BUCKETS: Final = 4096  # rows of each table of looks; each half of a word's 64 bit hash chooses one
REACH: Final = 2  # words to each side that a layer sees; as many blank rows part two texts

SPELLINGS: Final = 6  # no name by its case; five steps of how like a person's name a word is spelt

Ints = features.Ints
Floats = NDArray[np.float32]


class Seen:
    """What the network is told of the words of some texts, one behind the other with blank rows between them."""

    def __init__(self, docs: Sequence[Doc]) -> None:
        lengths = [len(doc) for doc in docs]
        starts = np.cumsum([REACH, *(length + REACH for length in lengths)])[: len(docs)]
        self.rows = sum(lengths) + REACH * (len(docs) + 1)
        self.at = np.concatenate([np.arange(len(doc)) + start for doc, start in zip(docs, starts, strict=True)])
        table = np.concatenate([doc.to_array([*LOOKS, "TAG", "DEP", "ORTH"]) for doc in docs]).astype(np.uint64)
        halves = np.stack([table[:, : len(LOOKS)], table[:, : len(LOOKS)] >> np.uint64(32)], axis=2)
        self.looks: Ints = (halves % np.uint64(BUCKETS)).astype(np.int64)  # words × looks × halves
        tags, dependencies = features.numbers(docs[0].vocab)
        self.tags = features.numbered(table[:, -3], tags)
        self.dependencies = features.numbered(table[:, -2], dependencies)
        some, which = np.unique(table[:, -1], return_inverse=True)
        strings = docs[0].vocab.strings
        self.spelling: Ints = np.array([spelling(strings[int(name)]) for name in some])[which]
        self.vectors: Floats = np.concatenate([doc.tensor for doc in docs])


def spelling(word: str) -> int:
    """Which of ``SPELLINGS`` a word has."""
    return 1 + min(int(likeness(word) * (SPELLINGS - 1)), SPELLINGS - 2) if word[:1].isupper() else 0


class Entities:
    """The component of the pipeline that sets ``Doc.ents``. Behind tagger and parser, whose vectors it needs."""

    def __init__(self) -> None:
        file = np.load(io.BytesIO(verified(WEIGHTS)))
        arrays: dict[str, Floats] = {name: file[name].astype(np.float32) for name in file.files}
        self._looks: Floats = arrays["looks"] * arrays["looks_scale"]
        self._tags, self._dependencies = arrays["tags"], arrays["dependencies"]
        self._spellings = arrays["spellings"]
        self._vectors, self._bias = arrays["vectors"], arrays["bias"]
        self._layers = [(arrays[f"layer{at}"], arrays[f"layer{at}_bias"]) for at in range(int(arrays["layers"]))]
        self._out, self._out_bias = arrays["out"], arrays["out_bias"]

    def __call__(self, doc: Doc) -> Doc:
        """Set the names of one text."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Set the names of many texts, some of them at once."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            full = [doc for doc in docs if len(doc)]
            if full:
                self._set(full)
            yield from docs

    def _set(self, docs: list[Doc]) -> None:
        seen = Seen(docs)
        labels = self.scores(seen).argmax(1)
        at = 0
        for doc in docs:
            own = labels[at : at + len(doc)].tolist()
            at += len(doc)
            doc.set_ents([Span(doc, first, past, kind) for first, past, kind in runs(doc, own)])

    def scores(self, seen: Seen) -> Floats:
        """Words × ``LABELS``."""
        hidden = np.zeros((seen.rows, len(self._bias)), dtype=np.float32)
        own = seen.vectors @ self._vectors + self._bias
        own += self._tags[seen.tags] + self._dependencies[seen.dependencies] + self._spellings[seen.spelling]
        for look in range(len(LOOKS)):
            for half in range(2):
                own += self._looks[look][seen.looks[:, look, half]]
        hidden[seen.at] = np.maximum(own, 0)
        for weight, bias in self._layers:
            beside = np.lib.stride_tricks.sliding_window_view(hidden, 2 * REACH + 1, axis=0)
            near = beside.transpose(0, 2, 1).reshape(len(beside), -1)[seen.at - REACH]
            hidden[seen.at] += np.maximum(near @ weight + bias, 0)
        made: Floats = hidden[seen.at] @ self._out + self._out_bias
        return made


def runs(doc: Doc, labels: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """``(first, past, kind)`` of each name, in tokens; none begins or ends with white space.

    *Labour’s health* is a name up to the mark of the genitive, where nothing behind it has a capital.
    """
    begun, kind = 0, ""
    for at, number in enumerate([*labels, 0]):
        label = LABELS[number]
        if kind and label != f"I{kind}":
            past = next((i for i in range(begun + 1, at - 1) if _ends_at(doc, i)), at)
            while past > begun and doc[past - 1].is_space:
                past -= 1
            if past > begun:
                yield begun, past, kind
            kind = ""
        if label and not kind and not doc[at].is_space:
            begun, kind = at, label[1:]


def _ends_at(doc: Doc, at: int) -> bool:
    return doc[at].tag_ == "POS" and not doc[at + 1].text[:1].isupper()


@Language.factory(COMPONENT, assigns=["doc.ents"], requires=["doc.tensor", "token.tag", "token.dep"])
def component(nlp: Language, name: str) -> Entities:  # noqa: ARG001 - spaCy calls a factory with both
    """The component, for ``nlp.add_pipe``."""
    return Entities()
