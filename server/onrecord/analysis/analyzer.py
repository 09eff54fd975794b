"""The stages in their order: the one place that knows the road from an article to its analysis."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.analysis import language, memory, tagger
from onrecord.analysis.attribution import Attribution, attributions
from onrecord.analysis.channels import channels
from onrecord.analysis.claims import claims
from onrecord.analysis.kinds import describe
from onrecord.analysis.language import parse, parse_in_parts
from onrecord.analysis.marks import quotations
from onrecord.analysis.phrases import Reading
from onrecord.analysis.result import Analysis, Quote
from onrecord.analysis.speakers import speakers
from onrecord.analysis.tagger import Read, Reader, Tagger
from onrecord.article import Article

ATTITUDES = "attitudes"  # what ``include`` may name


@dataclass(frozen=True, slots=True)
class Part:
    """What is known after some of the article's blocks have been read."""

    blocks_done: int
    analysis: Analysis
    final: bool


class Analyzer:
    """The analysis with one language model behind it.

    It holds no state between articles, unless it is told to ``remember``; no answer depends on it.
    """

    def __init__(self, nlp: Language, tagger: Tagger) -> None:
        self.nlp = nlp
        self.tagger = tagger
        self._parses: memory.Latest[bytes] | None = None
        self.model = "{lang}_{name} {version}".format(**nlp.meta) + f" + tagger {tagger.version}"

    @classmethod
    def load(cls, *, threads: int = tagger.THREADS) -> Analyzer:
        """The analysis with the language model and the tagger that are installed; raises ``ModelUnavailable``.

        ``threads`` are the encoder's; with one, and only then, the process may be forked.
        """
        with ThreadPoolExecutor(max_workers=1) as beside:  # most of the tagger's part is hashing and C
            loading = beside.submit(tagger.load, threads)
            return cls(language.load(), loading.result())

    def remember(self) -> None:
        """Keep what was worked out, so that an article which comes back changed costs little more than the change."""
        self._parses = memory.Latest(memory.MOST_PARSES, len)
        self.tagger.known = memory.Latest(memory.MOST_WINDOWS, lambda arrays: sum(array.nbytes for array in arrays))

    def analyze(self, article: Article, *, include: Collection[str] = ()) -> Analysis:
        """The whole analysis of ``article``."""
        with self.nlp.memory_zone():
            read = Reader(self.tagger)
            with read.ahead(article, quotations(article)) as heard:
                doc = parse(article, self.nlp, heard=heard, known=self._parses)
            return analyse(article, doc, read, include=include, model=self.model)

    def stream(self, article: Article, *, include: Collection[str] = ()) -> Iterator[Part]:
        """The analysis again after each group of blocks; the last part is what ``analyze`` gives.

        An earlier part may be corrected by a later one: a full name that comes after the quote renames its source.
        """
        with self.nlp.memory_zone():
            read = Reader(self.tagger)
            for blocks_done, doc in parse_in_parts(article, self.nlp, known=self._parses):
                final = blocks_done == len(article.blocks)
                seen = (
                    article
                    if final
                    else Article(article.blocks[:blocks_done], article.url, article.title, article.language)
                )
                yield Part(blocks_done, analyse(seen, doc, read, include=include, model=self.model), final)


def analyse(article: Article, doc: Doc, read: Read, *, include: Collection[str] = (), model: str = "") -> Analysis:
    """Every stage after the language model; ``doc`` is the parse of ``article.text``, character for character."""
    marked = quotations(article)
    reading = Reading(article, doc, marked)
    found = attributions(reading, read(article, doc, marked))
    said = [attribution for attribution in found if attribution.reported]
    thought = [attribution for attribution in found if not attribution.reported] if ATTITUDES in include else []
    people, index, trust = speakers(reading, said + thought)
    weighed = [
        replace(attribution, confidence=attribution.confidence * share)
        for attribution, share in zip(said + thought, trust, strict=True)
    ]
    said, thought = weighed[: len(said)], weighed[len(said) :]
    given: list[list[Attribution]] = [[] for _ in people]
    for attribution, who in zip(said + thought, index, strict=True):
        if who is not None:
            given[who].append(attribution)
    sources = describe(reading, people, given)

    def quotes(prefix: str, chosen: list[Attribution], who: list[int | None]) -> tuple[Quote, ...]:
        made = []
        theirs = [sources[speaker] if speaker is not None else None for speaker in who]
        ways = channels(reading, chosen, theirs)
        for number, (attribution, source, way) in enumerate(zip(chosen, theirs, ways, strict=True), 1):
            made.append(
                Quote(
                    id=f"{prefix}{number}",
                    kind=attribution.kind,
                    content=attribution.content,
                    cue=attribution.cue,
                    mention=attribution.mention,
                    source=source.id if source else None,
                    channel=way,
                    confidence=attribution.confidence,
                )
            )
        return tuple(made)

    quoted = quotes("q", said, index[: len(said)])
    return Analysis(
        sources=tuple(sources),
        quotes=quoted,
        claims=claims(reading, quoted, sources),
        attitudes=quotes("a", thought, index[len(said) :]),
        model=model,
    )
