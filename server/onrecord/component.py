"""Onrecord in a spaCy pipeline: ``nlp.add_pipe("onrecord")``, found by spaCy through the package's entry points.

The component reads the text of a ``Doc`` with Onrecord's own language model, so it gives the same answers in every
English pipeline, whatever that one holds, and needs nothing of it. It writes

``doc.spans["onrecord"]``
    one span for each piece of a quote (label ``QUOTE``), of its cue (``CUE``), of the words that name the speaker
    (``SOURCE``), of a contested claim (``CLAIM``) and of the evidence (``EVIDENCE``). ``span.id_`` is the id of the
    quote or the claim. Spans end at token borders: one that begins or ends inside a token takes the whole token.
``doc._.onrecord``
    the ``onrecord.Analysis``, its offsets code points into ``doc.text``; None for a ``Doc`` that was not read. It is
    kept as plain data in ``doc.user_data``, so ``DocBin(store_user_data=True)`` and ``Doc.to_bytes`` keep it. Import
    this module where such documents are read back and no pipeline was made.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from onrecord import api
from onrecord.analysis import result
from onrecord.article import BLOCK_SEPARATOR, Article, Block, Span
from onrecord.errors import UnsupportedLanguage

KEY = "onrecord"


def _read(doc: Doc) -> api.Analysis | None:
    kept = doc.user_data.get(KEY)
    if kept is None:
        return None
    return api.of_result(_as_it_stands(doc.text), msgspec.convert(kept, result.Analysis))


Doc.set_extension(KEY, getter=_read, force=True)


def _as_it_stands(text: str) -> Article:
    """An article whose text is ``text``, character for character."""
    return Article(tuple(Block(f"b{at}", "paragraph", part) for at, part in enumerate(text.split(BLOCK_SEPARATOR))))


class Component:
    """What ``nlp.add_pipe("onrecord")`` adds."""

    def __init__(self, *, attitudes: bool) -> None:
        self._attitudes = attitudes

    def __call__(self, doc: Doc) -> Doc:
        """Write the analysis of ``doc.text`` into ``doc``; a ``Doc`` without any text is left as it is."""
        if not doc.text.strip():
            return doc
        read = Article.from_text(doc.text, language="en")  # what the pipeline says
        found = api.analyze(read, attitudes=self._attitudes)
        moved = _moved(found, read, doc.text)
        doc.user_data[KEY] = moved
        analysis = _read(doc)
        assert analysis is not None
        doc.spans[KEY] = [tokens for tokens in _spans(doc, analysis) if tokens is not None]
        return doc

    def to_disk(self, path: object, *, exclude: Iterable[str] = ()) -> None:
        """Nothing: the model comes with the package."""

    def from_disk(self, path: object, *, exclude: Iterable[str] = ()) -> Component:  # noqa: ARG002 - spaCy's names
        """Nothing: the model comes with the package."""
        return self


@Language.factory("onrecord", default_config={"attitudes": False}, assigns=["doc.spans", "doc._.onrecord"])
def make(nlp: Language, name: str, *, attitudes: bool) -> Component:
    """The component; raises ``UnsupportedLanguage`` in a pipeline that is not English."""
    del name
    if nlp.lang != "en":
        raise UnsupportedLanguage(f"Onrecord reads English, and this pipeline is for {nlp.lang!r}.")
    return Component(attitudes=attitudes)


def _moved(found: api.Analysis, read: Article, text: str) -> dict[str, Any]:
    """The analysis as plain data, its offsets moved from ``read.text`` into ``text``.

    The two differ in white space only (``Article.from_text``), so the characters that are none stand in the same
    order in both.
    """
    here = [match.start() for match in re.finditer(r"[^\s\ufeff]", read.text)]
    there = [match.start() for match in re.finditer(r"[^\s\ufeff]", text)]
    if [read.text[at] for at in here] != [text[at] for at in there]:
        raise AssertionError("the blocks of a text hold other characters than the text")

    def offset(at: int) -> int:
        return there[bisect.bisect_left(here, at)]

    def moved(value: Any) -> Any:
        if isinstance(value, dict):
            if value.keys() == {"start", "end"}:
                return {"start": offset(value["start"]), "end": offset(value["end"] - 1) + 1}
            return {name: moved(one) for name, one in value.items()}
        return [moved(one) for one in value] if isinstance(value, list | tuple) else value

    plain: dict[str, Any] = msgspec.to_builtins(found)
    del plain["article"]
    plain.pop("_by_id", None)
    changed: dict[str, Any] = moved(plain)
    return changed


def _spans(doc: Doc, analysis: api.Analysis) -> Iterator[Tokens | None]:
    def tokens(spans: Iterable[Span], label: str, identifier: str) -> Iterator[Tokens | None]:
        for span in spans:
            yield doc.char_span(span.start, span.end, label=label, span_id=identifier, alignment_mode="expand")

    for quote in (*analysis.quotes, *analysis.attitudes):
        label = "ATTITUDE" if quote in analysis.attitudes else "QUOTE"
        yield from tokens(quote.content, label, quote.id)
        yield from tokens(quote.cue, "CUE", quote.id)
        yield from tokens([quote.mention] if quote.mention else [], "SOURCE", quote.id)
    for claim in analysis.claims:
        yield from tokens(claim.content, "CLAIM", claim.id)
        yield from tokens(claim.evidence, "EVIDENCE", claim.id)
