"""What the tagger is told of each word beside the word itself; training and reading share this one module.

A word is a spaCy token that is not white space. Besides its word pieces it has a case class, a place relative to
quotation marks, and spaCy's tag and dependency. A pair of a word and a possible cue has a distance, the way between
the two through the dependency tree, and what the quotation marks and blocks between them say.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.vocab import Vocab
from tokenizers import Tokenizer

from onrecord.analysis.marks import Quotation
from onrecord.article import Article, Span

Ints = NDArray[np.int64]

CASES: Final = ("lower", "title", "upper", "mixed", "number", "mark", "other")
PLACES: Final = ("outside", "double", "single", "nested", "opens", "closes")
# The tags and dependencies of spaCy's English pipelines; what is not listed is read as the first.
TAGS: Final = tuple(
    "other $ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$ "
    "RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX ``".split()
)
VERBS: Final = frozenset(number for number, tag in enumerate(TAGS) if tag.startswith("VB"))
DEPENDENCIES: Final = tuple(
    "dep ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass "
    "dative det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss "
    "preconj predet prep prt punct quantmod relcl xcomp".split()
)

# Upper ends of the buckets for the distance between a word and a cue, in words; the last bucket has no end.
DISTANCES: Final = (1, 2, 3, 5, 8, 15, 30, 60)

_DOWN: Final = tuple(
    "ccomp nsubj nsubjpass xcomp dobj dative prep agent mark advcl advmod aux auxpass punct parataxis conj npadvmod "
    "prt pobj acomp attr oprd relcl acl appos neg cc det amod compound pcomp".split()
)
_UP: Final = tuple("ccomp relcl acl advcl xcomp conj parataxis pcomp prep appos nsubj".split())
_WAYS: Final = {
    name: number
    for number, name in enumerate(
        ["elsewhere", "self", "down:other", *(f"down:{dep}" for dep in _DOWN)]
        + [f"up:{dep}:{side}" for dep in ("other", *_UP) for side in ("at", "subject", "before", "after")]
    )
}
WAYS: Final = len(_WAYS)

# same quotation; word quoted and cue beside it; word quoted further off; cue quoted, word not; both, apart; neither
QUOTES: Final = 8
BLOCKS: Final = 4  # same block, the one before, the one after, further

LONGEST_WORD: Final = 6  # word pieces; more of them say no more about a word's role
LONGEST_WINDOW: Final = 256  # word pieces in one run of the encoder at most: two blocks side by side
# … and of a text that is read through. Windows of a pass are 130 to 320 pieces long (to 256 for the most part of the
# training), blocks and sentences alone too: of its longest it has seen least (docs/training.md).
WINDOW: Final = 192
CLS, SEP, UNKNOWN = 101, 102, 100  # ids of BERT's uncased vocabulary


MOST_WORDS: Final = 50_000  # whose pieces are kept, some ten megabytes; an archive's spellings have no end


class Pieces:
    """Cuts words into the pieces of BERT's uncased vocabulary, each spelling once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}

    def of(self, words: Sequence[str]) -> list[list[int]]:
        """The pieces of each word, ``LONGEST_WORD`` at most; nobody may change the lists."""
        if len(self._known) > MOST_WORDS:
            self._known = {}
        known = self._known
        new = [word for word in dict.fromkeys(words) if word not in known]
        made: list[list[int]] = [[] for _ in new]
        encoded = self._tokenizer.encode(new, is_pretokenized=True, add_special_tokens=False)
        for piece, at in zip(encoded.ids, encoded.word_ids, strict=True):
            if at is not None and len(made[at]) < LONGEST_WORD:
                made[at].append(piece)
        known.update(zip(new, (found or [UNKNOWN] for found in made), strict=True))
        return [known[word] for word in words]


@cache
def tokenizer(path: Path) -> Pieces:
    """BERT's uncased word-piece tokenizer, read once."""
    made = Tokenizer.from_file(str(path))
    made.no_truncation()
    made.no_padding()
    return Pieces(made)


@dataclass(slots=True)
class Words:
    """An article's words with their features, as parallel arrays. ``index`` holds the tokens' places in the ``Doc``."""

    index: Ints
    start: Ints  # code points into ``Article.text``
    end: Ints
    case: Ints
    place: Ints
    tag: Ints
    dependency: Ints
    head: Ints  # positions in these arrays; a root is its own head
    sentence: Ints
    block: Ints
    quotation: Ints  # number of the outermost quotation around the word, -1 outside
    tokens: int = 0  # of the ``Doc``, white space too
    pieces: list[list[int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.index)

    def span(self, run: tuple[int, int]) -> Span:
        """Where the words from ``run[0]`` to before ``run[1]`` stand."""
        return Span(int(self.start[run[0]]), int(self.end[run[1] - 1]))

    def and_then(self, more: Words) -> Words:
        """These words and those of the blocks right after them."""
        arrays = {name: np.concatenate([getattr(self, name), getattr(more, name)]) for name in _ARRAYS}
        arrays["index"][len(self) :] += self.tokens
        arrays["head"][len(self) :] += len(self)
        arrays["sentence"][len(self) :] += self.sentence[-1] + 1 if len(self) else 0
        return Words(**arrays, tokens=self.tokens + more.tokens, pieces=self.pieces + more.pieces)

    def blocks(self) -> dict[int, tuple[int, int]]:
        """The words of each block, from the first to before the last."""
        return {int(self.block[first]): (first, past) for first, past in runs(self.block)}

    def size(self, run: tuple[int, int]) -> int:
        """How many word pieces a run of words has."""
        return sum(map(len, self.pieces[run[0] : run[1]]))

    def fit(self, parts: Sequence[tuple[int, int]]) -> bool:
        """Whether some runs of words, with the marks that part them, fit into one run of the encoder."""
        return sum(map(self.size, parts)) + 2 + len(parts) <= LONGEST_WINDOW

    def parts(self, *runs: tuple[int, int]) -> Words:
        """The words of some runs, in order, as if no others were there; what hangs on another word is a root."""
        kept = np.concatenate([np.arange(*run) for run in runs])
        arrays = {name: getattr(self, name)[kept] for name in _ARRAYS}
        place = np.minimum(np.searchsorted(kept, arrays["head"]), len(kept) - 1)
        arrays["head"] = np.where(kept[place] == arrays["head"], place, np.arange(len(kept)))
        return Words(**arrays, tokens=self.tokens, pieces=[self.pieces[at] for at in kept.tolist()])


_ARRAYS: Final = tuple(entry.name for entry in dataclasses.fields(Words) if entry.name not in {"tokens", "pieces"})


def runs(numbers: Ints) -> Iterator[tuple[int, int]]:
    """Where the same number stands again and again: the first of it, and before which place it ends."""
    borders = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(numbers)]
    return ((first, past) for first, past in pairwise(borders) if first < past)


def _case(text: str) -> int:
    if not any(character.isalnum() for character in text):
        return CASES.index("mark")
    if any(character.isdigit() for character in text):
        return CASES.index("number")
    if text.islower():
        return CASES.index("lower")
    if text.isupper() and len(text) > 1:
        return CASES.index("upper")
    if text[:1].isupper() and (len(text) == 1 or text[1:].islower()):
        return CASES.index("title")
    return CASES.index("mixed" if text.isalpha() else "other")


Places = tuple[bytearray, Ints]


def places(article: Article, quotations: Sequence[Quotation]) -> Places:
    """For each character its place relative to the marks, and the number of the outermost quotation around it."""
    place = bytearray(len(article.text))
    number = np.full(len(article.text), -1, dtype=np.int64)
    outer = -1
    for quotation in quotations:
        outer += quotation.depth == 0
        opening = article.text[quotation.start : quotation.start + 1]
        single = opening in "‘'‚‹`’" and article.text[quotation.start : quotation.start + 2] not in {"''", "``"}
        name = "nested" if quotation.depth else "single" if single else "double"
        for span in quotation.spans:
            place[span.start : span.end] = bytes([PLACES.index(name)]) * len(span)
            if not quotation.depth:
                number[span.start : span.end] = outer
    for quotation in quotations:
        for span in quotation.spans:
            place[span.start] = PLACES.index("opens")
        if quotation.closed and quotation.end:
            place[quotation.end - 1] = PLACES.index("closes")
    return place, number


def words(article: Article, doc: Doc, quotations: Sequence[Quotation], pieces: Pieces) -> Words:
    """The words of a parsed article with everything that the tagger is told of them."""
    return words_of(article, [doc], places(article, quotations), pieces)


def words_of(
    article: Article, docs: Sequence[Doc], marked: Places, pieces: Pieces, *, start: int = 0, block: int = 0
) -> Words:
    """The words of the parses of some blocks, which follow each other and begin with block number ``block``.

    ``start`` is where they begin, in code points of ``Article.text``; ``marked`` are the ``places`` of the article.
    """
    place, number = marked
    vocab = docs[0].vocab
    table = np.concatenate([doc.to_array([*_COLUMNS]).reshape(-1, len(_COLUMNS)) for doc in docs])
    word, tag, dependency, up, begins_sentence, space, length, behind = table.T
    index = np.arange(len(table))
    ahead = (length + behind).astype(np.int64)  # code points to the next token
    begin = start + np.cumsum(ahead) - ahead
    kept = space == 0
    head = index + up.astype(np.int64)
    while (astray := ~kept[head] & (head[head] != head)).any():  # white space has a head and may be one
        head[astray] = head[head[astray]]
    position = np.cumsum(kept) - 1
    head = np.where(kept[head], position[head], position)[kept]
    sentences = begins_sentence[kept] == 1
    sentences[:1] = True
    begin, length = begin[kept], length[kept].astype(np.int64)
    borders = [span.start for span in article.block_spans]
    spelt, which = np.unique(word[kept], return_inverse=True)
    texts = [vocab.strings[int(name)] for name in spelt]
    cases = np.array([_case(text) for text in texts], dtype=np.int64)
    cut = pieces.of(texts)
    tags, dependencies = numbers(vocab)
    return Words(
        index=index[kept],
        start=begin,
        end=begin + length,
        case=cases[which],
        place=np.frombuffer(place, dtype=np.uint8)[begin].astype(np.int64),
        tag=numbered(tag[kept], tags),
        dependency=numbered(dependency[kept], dependencies),
        head=head,
        sentence=np.cumsum(sentences) - 1,
        block=np.maximum(np.searchsorted(borders, begin, side="right") - 1, block),
        quotation=number[begin],
        tokens=len(table),
        pieces=[cut[at] for at in which.tolist()],
    )


_COLUMNS: Final = ("ORTH", "TAG", "DEP", "HEAD", "SENT_START", "IS_SPACE", "LENGTH", "SPACY")


def numbers(vocab: Vocab) -> tuple[dict[int, int], dict[int, int]]:
    """The numbers of ``TAGS`` and of ``DEPENDENCIES`` by spaCy's hashes of their names."""
    strings = vocab.strings
    return (
        {strings.add(name): number for number, name in enumerate(TAGS)},
        {strings.add(name): number for number, name in enumerate(DEPENDENCIES)},
    )


def numbered(hashes: NDArray[np.uint64], known: Mapping[int, int]) -> Ints:
    """The number of each hash; what is not known is 0."""
    some, which = np.unique(hashes, return_inverse=True)
    made: Ints = np.array([known.get(int(name), 0) for name in some], dtype=np.int64)[which]
    return made


def windows(found: Words, *, first: int = 0, longest: int = WINDOW) -> Iterator[tuple[int, int]]:
    """``(first, past)`` word positions of each run of the encoder from word ``first`` on: whole blocks, as many as fit.

    A block that is too long by itself is cut at the last sentence end that fits, or anywhere if there is none.
    """
    units: list[tuple[int, int, int]] = []  # first, past, word pieces with the mark that parts it from the next
    opens = first  # of the first window
    sizes = [len(pieces) for pieces in found.pieces[first:]]
    blocks, sentences = found.block[first:].tolist(), found.sentence[first:].tolist()
    size, border = 1, first
    for at in range(first, len(found) + 1):
        here = at - opens
        ends = at == len(found) or (at > first and blocks[here] != blocks[here - 1])
        if ends and at > first:
            units.append((first, at, size))
            first, size, border = at, 1, at
        if at == len(found):
            break
        if at > first and sentences[here] != sentences[here - 1]:
            border = at
        while at > first and size + sizes[here] + 1 > longest:
            cut = border if border > first else at
            units.append((first, cut, 1 + sum(sizes[first - opens : cut - opens])))
            first, border = cut, cut
            size = 1 + sum(sizes[cut - opens : here])
        size += sizes[here]
    start, total = opens, 1
    for begin, _, need in units:
        if begin > start and total + need > longest:
            yield start, begin
            start, total = begin, 1
        total += need
    if units:
        yield start, len(found)


def rows(found: Words, first: int, past: int) -> tuple[Ints, Ints]:
    """The encoder's input for a window, and where in it each word begins.

    The input has one column a word piece and one row a feature: piece, case, place, tag, dependency. Blocks are
    parted by ``SEP``.
    """
    pieces = found.pieces[first:past]
    sizes = np.array([len(own) for own in pieces], dtype=np.int64)
    parted = np.diff(found.block[first:past], prepend=found.block[first : first + 1]) != 0  # behind a mark
    begins: Ints = 1 + np.cumsum(sizes) - sizes + np.cumsum(parted)
    made = np.zeros((5, int(begins[-1] + sizes[-1]) + 1 if len(begins) else 2), dtype=np.int64)
    made[0] = SEP
    made[0, 0] = CLS
    every = np.repeat(begins - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())  # the column of each piece
    made[0, every] = [piece for own in pieces for piece in own]
    for row, numbers in enumerate((found.case, found.place, found.tag, found.dependency), 1):
        made[row, every] = np.repeat(numbers[first:past] + 1, sizes)
    return made, begins


FEATURE_SIZES: Final = (len(CASES) + 1, len(PLACES) + 1, len(TAGS) + 1, len(DEPENDENCIES) + 1)  # 0: a separator


def ways(found: Words, cue: int) -> tuple[int, Ints]:
    """The way from ``cue`` to each word of its sentence through the dependency tree.

    Returns the sentence's first word position and one number a word; words of other sentences are 0 (*elsewhere*).
    """
    low, high = np.searchsorted(found.sentence, [found.sentence[cue], found.sentence[cue] + 1]).tolist()
    heads, dependencies = found.head[low:high].tolist(), found.dependency[low:high].tolist()
    below: dict[int, int] = {}  # the cue and each node above it -> the node below that on the way to the cue
    node, last = cue, -1
    while node not in below:
        below[node] = last
        node, last = heads[node - low], node
    met: dict[int, tuple[int, int]] = {node: (node, -1) for node in below}  # word -> (node shared, branch to the word)
    made = np.zeros(high - low, dtype=np.int64)
    for word in range(low, high):
        trail, at = [], word
        while at not in met and heads[at - low] not in trail and heads[at - low] != at:
            trail.append(at)
            at = heads[at - low]
        if at not in met:
            continue  # another tree in the same sentence
        shared, branch = met[at]
        for passed in reversed(trail):
            branch = passed if branch < 0 else branch
            met[passed] = (shared, branch)
        if word == cue:
            made[word - low] = _WAYS["self"]
        elif shared == cue:
            made[word - low] = _DOWNWARDS[dependencies[branch - low]]
        else:
            side = _SIDES.get(dependencies[branch - low], "before" if word < cue else "after") if branch >= 0 else "at"
            made[word - low] = _UPWARDS[side][dependencies[below[shared] - low]]
    return low, made


# The number of a way by the dependency of the node below the one that is shared: of the word, or of the cue.
_DOWNWARDS: Final = tuple(_WAYS.get(f"down:{name}", _WAYS["down:other"]) for name in DEPENDENCIES)
_UPWARDS: Final = {
    side: tuple(_WAYS.get(f"up:{name}:{side}", _WAYS[f"up:other:{side}"]) for name in DEPENDENCIES)
    for side in ("at", "subject", "before", "after")
}
_SIDES: Final = {DEPENDENCIES.index(name): "subject" for name in ("nsubj", "nsubjpass")}

_BUCKETS = np.searchsorted(np.array(DISTANCES), np.arange(2 * LONGEST_WINDOW), side="left")
DISTANCE_BUCKETS: Final = 2 * (len(DISTANCES) + 1)


def pairs(found: Words, first: int, past: int, cue: int, way: tuple[int, Ints] | None = None) -> Ints:
    """Four rows over the words of a window, for one possible cue: distance, way, quotation, block."""
    at = np.arange(first, past)
    away = np.abs(at - cue)
    distance = _BUCKETS[np.minimum(away, len(_BUCKETS) - 1)] + np.where(at > cue, len(DISTANCES) + 1, 0)
    low, in_sentence = way or ways(found, cue)
    path = np.zeros(past - first, dtype=np.int64)
    begin, end = max(low, first), min(low + len(in_sentence), past)
    path[begin - first : end - first] = in_sentence[begin - low : end - low]
    numbers = found.quotation[first:past]
    mine = int(found.quotation[cue])
    marked = np.flatnonzero(numbers >= 0)  # words in quotation marks
    quote = np.zeros(past - first, dtype=np.int64)
    if mine >= 0:
        quote[:] = 7
        quote[marked] = np.where(numbers[marked] == mine, 5, 6)
    elif len(marked):
        quote[marked] = np.where(at[marked] < cue, 3, 4)
        behind = int(np.searchsorted(marked, cue - first))  # the quotations nearest to the cue on either side
        if behind < len(marked):
            quote[numbers == numbers[marked[behind]]] = 2
        if behind:
            quote[numbers == numbers[marked[behind - 1]]] = 1
    apart = found.block[first:past] - found.block[cue]
    block = _APART[np.clip(apart, -2, 2) + 2]
    return np.stack([distance, path, quote, block])


_APART: Final[Ints] = np.array([3, 1, 0, 2, 3])  # by how many blocks a word stands behind the cue's: -2 and less, -1 …
PAIR_SIZES: Final = (DISTANCE_BUCKETS, WAYS, QUOTES, BLOCKS)
