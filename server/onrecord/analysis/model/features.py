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


@cache
def tokenizer(path: Path) -> Tokenizer:
    """BERT's uncased word-piece tokenizer, read once."""
    made = Tokenizer.from_file(str(path))
    made.no_truncation()
    made.no_padding()
    return made


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


def words(article: Article, doc: Doc, quotations: Sequence[Quotation], pieces: Tokenizer) -> Words:
    """The words of a parsed article with everything that the tagger is told of them."""
    return words_of(article, [doc], places(article, quotations), pieces)


def words_of(
    article: Article, docs: Sequence[Doc], marked: Places, pieces: Tokenizer, *, start: int = 0, block: int = 0
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
    cut = _pieces(texts, pieces)
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


def _pieces(texts: Sequence[str], pieces: Tokenizer) -> list[list[int]]:
    """The word pieces of each of some words."""
    made: list[list[int]] = [[] for _ in texts]
    encoded = pieces.encode(texts, is_pretokenized=True, add_special_tokens=False)
    for piece, at in zip(encoded.ids, encoded.word_ids, strict=True):
        if at is not None and len(made[at]) < LONGEST_WORD:
            made[at].append(piece)
    return [found or [UNKNOWN] for found in made]


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
    size, border = 1, first
    for at in range(first, len(found) + 1):
        ends = at == len(found) or (at > first and found.block[at] != found.block[at - 1])
        if ends and at > first:
            units.append((first, at, size))
            first, size, border = at, 1, at
        if at == len(found):
            break
        if at > first and found.sentence[at] != found.sentence[at - 1]:
            border = at
        while at > first and size + len(found.pieces[at]) + 1 > longest:
            cut = border if border > first else at
            units.append((first, cut, 1 + sum(len(found.pieces[word]) for word in range(first, cut))))
            first, border = cut, cut
            size = 1 + sum(len(found.pieces[word]) for word in range(cut, at))
        size += len(found.pieces[at])
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
    columns: list[tuple[int, int, int, int, int]] = [(CLS, 0, 0, 0, 0)]
    begins = []
    for word in range(first, past):
        if word > first and found.block[word] != found.block[word - 1]:
            columns.append((SEP, 0, 0, 0, 0))
        begins.append(len(columns))
        beside = (
            int(found.case[word]) + 1,
            int(found.place[word]) + 1,
            int(found.tag[word]) + 1,
            int(found.dependency[word]) + 1,
        )
        columns.extend((piece, *beside) for piece in found.pieces[word])
    columns.append((SEP, 0, 0, 0, 0))
    return np.array(columns, dtype=np.int64).T.copy(), np.array(begins, dtype=np.int64)


FEATURE_SIZES: Final = (len(CASES) + 1, len(PLACES) + 1, len(TAGS) + 1, len(DEPENDENCIES) + 1)  # 0: a separator


def ways(found: Words, cue: int) -> tuple[int, Ints]:
    """The way from ``cue`` to each word of its sentence through the dependency tree.

    Returns the sentence's first word position and one number a word; words of other sentences are 0 (*elsewhere*).
    """
    low, high, sentence = cue, cue + 1, found.sentence[cue]
    while low > 0 and found.sentence[low - 1] == sentence:
        low -= 1
    while high < len(found) and found.sentence[high] == sentence:
        high += 1
    below: dict[int, int] = {}  # the cue and each node above it -> the node below that on the way to the cue
    node, last = cue, -1
    while node not in below:
        below[node] = last
        node, last = int(found.head[node]), node
    met: dict[int, tuple[int, int]] = {node: (node, -1) for node in below}  # word -> (node shared, branch to the word)
    made = np.zeros(high - low, dtype=np.int64)
    for word in range(low, high):
        trail, at = [], word
        while at not in met and int(found.head[at]) not in trail and int(found.head[at]) != at:
            trail.append(at)
            at = int(found.head[at])
        if at not in met:
            continue  # another tree in the same sentence
        shared, branch = met[at]
        for passed in reversed(trail):
            branch = passed if branch < 0 else branch
            met[passed] = (shared, branch)
        made[word - low] = _way(found, cue, word, shared, below[shared], branch)
    return low, made


def _way(found: Words, cue: int, word: int, shared: int, towards_cue: int, branch: int) -> int:
    """The number of one way: down from the cue, or up from it to a node that the word hangs on."""
    if word == cue:
        return _WAYS["self"]
    if shared == cue:
        return _WAYS.get(f"down:{DEPENDENCIES[found.dependency[branch]]}", _WAYS["down:other"])
    if branch < 0:
        side = "at"
    elif DEPENDENCIES[found.dependency[branch]] in {"nsubj", "nsubjpass"}:
        side = "subject"
    else:
        side = "before" if word < cue else "after"
    return _WAYS.get(f"up:{DEPENDENCIES[found.dependency[towards_cue]]}:{side}", _WAYS[f"up:other:{side}"])


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
    numbers = found.quotation
    mine, theirs = int(numbers[cue]), numbers[first:past]
    quoted = theirs >= 0
    if mine >= 0:
        quote = np.where(theirs == mine, 5, np.where(quoted, 6, 7))
    else:
        before, after = cue, cue  # the quotations nearest to the cue on either side
        while before > first and numbers[before] < 0:
            before -= 1
        while after < past - 1 and numbers[after] < 0:
            after += 1
        behind, ahead = quoted & (theirs == numbers[before]), quoted & (theirs == numbers[after])
        quote = np.where(behind, 1, np.where(ahead, 2, np.where(quoted, np.where(at < cue, 3, 4), 0)))
    apart = found.block[first:past] - found.block[cue]
    block = np.where(apart == 0, 0, np.where(apart == -1, 1, np.where(apart == 1, 2, 3)))
    return np.stack([distance, path, quote, block]).astype(np.int64)


PAIR_SIZES: Final = (DISTANCE_BUCKETS, WAYS, QUOTES, BLOCKS)
