"""The systems that are measured side by side: Onrecord and the peers that can be installed beside it.

A system takes an article whose blocks are named by where they begin in the corpus text, and gives what it found there.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from spacy.tokens import Token

from bench.corpus import Attribution
from bench.words import Spans
from onrecord.analysis.analyzer import ATTITUDES, Analyzer
from onrecord.analysis.result import Analysis, Quote
from onrecord.article import Article, Block, Piece, Span

System = Callable[[Article], list[Attribution]]

ONRECORD = "onrecord"
PEERS = ("regex", "textacy")


class Missing(Exception):
    """A peer is not installed; the message says how to get it."""


def systems(names: Iterable[str], analyzer: Callable[[], Analyzer]) -> Iterator[tuple[str, System | Missing]]:
    """Each system by its name; ``analyzer`` is asked for only by those that need a language model."""
    for name in names:
        if name == ONRECORD:
            yield name, onrecord(analyzer())
        elif name == "regex":
            yield name, regex
        elif name == "textacy":
            try:
                yield name, textacy(analyzer)
            except Missing as missing:
                yield name, missing
        else:
            raise ValueError(f"there is no system {name!r}; there are {', '.join((ONRECORD, *PEERS))}")


# -- Onrecord --------------------------------------------------------------------------------------------------------


def onrecord(analyzer: Analyzer) -> System:
    """The analysis with its attitudes, which corpora annotate too."""

    def system(article: Article) -> list[Attribution]:
        return list(of_analysis(article, analyzer.analyze(article, include={ATTITUDES})))

    return system


def of_analysis(article: Article, analysis: Analysis) -> Iterator[Attribution]:
    """An analysis as attributions in the corpus text, with the spans that the wire has."""

    def offsets(piece: Piece) -> tuple[int, int]:
        base = int(piece.block.id)
        return base + piece.start, base + piece.end

    def spans(given: Iterable[Span]) -> Spans:
        return [offsets(piece) for span in given for piece in article.pieces(span)]

    def attribution(quote: Quote, *, reported: bool) -> Attribution:
        source = analysis.source(quote.source)
        pieces = list(article.pieces(quote.mention)) if quote.mention else []
        return Attribution(
            source=[offsets(max(pieces, key=lambda piece: len(piece.text)))] if pieces else [],
            cue=spans(quote.cue),
            content=spans(quote.content),
            kind=quote.kind,
            speaker=(source.name or source.label) if source else None,
            label=(source.label or source.name) if source else None,
            fullest=next(iter(spans(source.mentions)), None) if source else None,
            identification=source.identification if source else None,
            type=source.type if source else None,
            reported=reported,
            confidence=quote.confidence,
        )

    yield from (attribution(quote, reported=True) for quote in analysis.quotes)
    yield from (attribution(quote, reported=False) for quote in analysis.attitudes)


# -- a regular expression --------------------------------------------------------------------------------------------

_QUOTED = re.compile(r"[“\"][^“”\"]*(?:[”\"]|$)")
_SAID = r"(?:said|says|told|tells|added|adds|asked|wrote|writes|tweeted|explained|argued|insisted|noted|called)"
_WHO = r"(?:(?:[A-Z][\w.’'-]*\w)(?: [A-Z][\w.’'-]*\w)*|[Hh]e|[Ss]he|[Tt]hey|[Tt]he \w+|[Aa]n? \w+)"
_CUE = re.compile(rf"\b(?P<before>{_WHO}) (?P<said>{_SAID})\b|\b(?P<says>{_SAID}) (?P<after>{_WHO})")
_FEWEST_WORDS = 3  # fewer in quotation marks are a title or a scare quote rather than a quote


def regex(article: Article) -> list[Attribution]:
    """What stands in quotation marks, given to whoever stands beside the nearest *said* in the paragraph."""
    return [attribution for block in article.blocks for attribution in _regex(block)]


def _regex(block: Block) -> Iterator[Attribution]:
    base, quoted = int(block.id), [match.span() for match in _QUOTED.finditer(block.text)]
    outside = _QUOTED.sub(lambda match: "\0" * len(match.group()), block.text)
    cues = list(_CUE.finditer(outside))
    for start, end in quoted:
        if len(block.text[start:end].split()) < _FEWEST_WORDS:
            continue
        nearest = min(cues, key=lambda cue: max(start - cue.end(), cue.start() - end), default=None)
        content = [(base + start, base + end)]
        if nearest is None:
            yield Attribution(content=content)
            continue
        who, said = ("before", "said") if nearest["before"] else ("after", "says")
        yield Attribution(
            source=[(base + nearest.start(who), base + nearest.end(who))],
            cue=[(base + nearest.start(said), base + nearest.end(said))],
            content=content,
            speaker=nearest[who],
        )


# -- textacy ---------------------------------------------------------------------------------------------------------


def textacy(analyzer: Callable[[], Analyzer]) -> System:
    """textacy's ``direct_quotations``, paragraph by paragraph, over Onrecord's language model; raises ``Missing``.

    A paragraph with an odd number of marks is refused by textacy (``ValueError``) and has no quotes here; given whole
    articles, it would refuse those.
    """
    try:
        extract: Any = importlib.import_module("textacy.extract")
    except ImportError as error:
        raise Missing(
            "textacy is left out, because it is not installed: `python -m pip install textacy` in the environment that"
            f" runs this command adds it ({error})."
        ) from None
    nlp = analyzer().nlp

    def found(block: Block) -> Iterator[Attribution]:
        base = int(block.id)

        def spans(tokens: Iterable[Token]) -> Spans:
            return [(base + token.idx, base + token.idx + len(token)) for token in tokens]

        doc = nlp(block.text)
        try:
            triples = list(extract.direct_quotations(doc))
        except ValueError:
            return
        for speaker, cue, content in triples:
            yield Attribution(
                source=spans(speaker),
                cue=spans(cue),
                content=[(base + content.start_char, base + content.end_char)],
                speaker=" ".join(token.text for token in speaker),
            )

    def system(article: Article) -> list[Attribution]:
        with nlp.memory_zone():
            return [attribution for block in article.blocks for attribution in found(block)]

    return system
