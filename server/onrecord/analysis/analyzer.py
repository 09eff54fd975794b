"""The stages in their order: the one place that knows the road from an article to its analysis."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.analysis import language
from onrecord.analysis.blanks import readable
from onrecord.analysis.claims import claims
from onrecord.analysis.language import joined, parsed
from onrecord.analysis.marks import Quotation, quotations
from onrecord.analysis.model import Contest, Heard, Reader, Tagger, memory, tagger
from onrecord.analysis.model.kinds import Shown, Sight
from onrecord.analysis.phrases import Reading
from onrecord.analysis.quotes import Attribution, attributions, exchanges
from onrecord.analysis.quotes.said import vote
from onrecord.analysis.quotes.strands import Strand, cut, strands
from onrecord.analysis.result import Analysis, Quote
from onrecord.analysis.sources import describe, judge
from onrecord.analysis.sources.channels import channels
from onrecord.analysis.speakers import antecedents, resemblance, said_by, speakers
from onrecord.article import Article

ATTITUDES = "attitudes"  # what ``include`` may name

# A part of a stream comes once so many times the words are read as for the one before. What follows the language
# model and the tagger is done again for each part: at 2.5, for at most two thirds of the article's words in all.
GROWTH = 2.5

# Words that spaCy may keep for good, some three megabytes: those of the first ten or twenty articles, which are most
# of every other's. They are kept by the article, so that a long one may bring more.
MOST_KEPT = 6_000


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Part:
    """What is known after some of the article's blocks have been read."""

    blocks_done: int
    analysis: Analysis
    final: bool


class Analyzer:
    """The analysis with one language model behind it.

    Between articles it keeps words (``together``), and what it is told to ``remember``; no answer depends on either.
    """

    def __init__(self, nlp: Language, tagger: Tagger) -> None:
        self.nlp = nlp
        self.tagger = tagger
        self._parses: memory.Latest[language.Parse] | None = None
        self._words_kept = len(nlp.vocab) + MOST_KEPT
        self.model = "{lang}_{name} {version}".format(**nlp.meta) + f" + tagger {tagger.version}"

    @classmethod
    def load(cls, *, threads: int = tagger.THREADS) -> Analyzer:
        """The analysis with the language model and the tagger that are installed; raises ``ModelUnavailable``.

        ``threads`` are the encoder's; with one, and only then, the process may be forked.
        """
        antecedents.load()  # once, and before any fork
        resemblance.load()
        exchanges.load()
        with ThreadPoolExecutor(max_workers=1) as beside:  # most of the tagger's part is hashing and C
            loading = beside.submit(tagger.load, threads)
            return cls(language.load(), loading.result())

    def remember(self) -> None:
        """Keep what was worked out, so that an article which comes back changed costs little more than the change."""
        self._parses = memory.Latest(memory.MOST_PARSES, language.weight)
        self.tagger.known = memory.Latest(memory.MOST_WINDOWS, lambda arrays: sum(array.nbytes for array in arrays))

    @contextmanager
    def together(self) -> Iterator[None]:
        """Articles that are read inside share what spaCy keeps of their words; it is forgotten at the end.

        Of the first ones it is kept: cutting a text into words takes half the time where their words are known.
        """
        vocab = self.nlp.vocab
        begun: bool = vocab.in_memory_zone  # type: ignore[attr-defined]  # the stub lags behind
        with nullcontext() if begun or len(vocab) < self._words_kept else self.nlp.memory_zone():
            yield

    def analyze(self, article: Article, *, include: Collection[str] = ()) -> Analysis:
        """The whole analysis of ``article``."""
        (part,) = self.stream(article, include=include, whole=True)
        return part.analysis

    def stream(
        self,
        article: Article,
        *,
        include: Collection[str] = (),
        whole: bool = False,
        wanted: Callable[[], bool] = _always,
    ) -> Iterator[Part]:
        """The analysis again as the article is read; the last part is what ``analyze`` gives.

        A part comes once ``GROWTH`` times as many words are read as for the part before, so that all parts together
        cost no more than a part of the whole, however long the article is. An earlier part may be corrected by a later
        one: a full name that comes after the quote renames its source. With ``whole`` there is the last part only.
        ``wanted`` is asked after each group of blocks; what nobody wants any more ends there, without a last part.
        """
        article = readable(article)
        with self.together(), ThreadPoolExecutor(max_workers=1) as pool:
            reading = _Growing(self.nlp, self.tagger, article, pool)
            words, done, due = 0, 0, 0.0
            for docs in parsed(article, self.nlp, self._parses):
                if not wanted():
                    return
                reading.hear(docs)
                done += len(docs)
                words += sum(map(len, docs))
                if done < len(article.blocks) and words >= due and not whole:
                    due = words * GROWTH
                    yield Part(done, reading.analysis(include, self.model), False)
            yield Part(len(article.blocks), reading.analysis(include, self.model), True)


class _Growing:
    """An article while it is read, group by group."""

    def __init__(self, nlp: Language, tagger: Tagger, article: Article, pool: Executor) -> None:
        self._nlp, self._tagger, self._article = nlp, tagger, article
        self._strands = strands(article)
        self._marked = [quotations(strand.article) for strand in self._strands]
        self._readers = [
            Reader(tagger, strand.article, marked, pool)
            for strand, marked in zip(self._strands, self._marked, strict=True)
        ]
        self._strand_of = {block: at for at, strand in enumerate(self._strands) for block in strand.blocks}
        self._docs: list[Doc] = []

    def hear(self, docs: Sequence[Doc]) -> None:
        """The parses of the next blocks."""
        first = len(self._docs)
        self._docs.extend(docs)
        own: dict[int, list[Doc]] = {}
        for at, doc in enumerate(docs, first):
            own.setdefault(self._strand_of[at], []).append(doc)
        for strand, theirs in own.items():
            self._readers[strand].hear(theirs)

    def analysis(self, include: Collection[str], model: str) -> Analysis:
        """What is known by now."""
        past = len(self._docs)
        doc = joined(self._docs, self._nlp)
        seen = self._article
        marked: list[Quotation] = []
        found: list[Attribution] = []
        contested: list[Contest] = []
        shown: list[tuple[Strand, Heard]] = []
        reading: Reading | None = None  # of the whole, where one strand is all of it
        for whole, theirs, reader in zip(self._strands, self._marked, self._readers, strict=True):
            if not whole.blocks or whole.blocks[0] >= past:
                continue
            strand = whole if past == len(self._article.blocks) else whole.until(past)
            seen = strand.whole
            own = cut(theirs, len(strand.article.text))
            alone = strand.article is strand.whole
            part = doc if alone else joined([self._docs[block] for block in strand.blocks], self._nlp)
            read = Reading(strand.article, part, own)
            heard = reader.heard()
            if heard is not None:
                shown.append((whole, heard))
            disputes = reader.contests()  # the encoder looks on while we see who says what
            acts = attributions(read, reader.relations(), vote(heard))
            found += [strand.attribution(one) for one in acts]
            contested += [strand.contest(one) for one in disputes]
            if alone:
                reading = read
            else:
                marked += [strand.quotation(quotation) for quotation in own]
        found.sort(key=lambda attribution: attribution.content[0].start)
        if reading is None:
            reading = Reading(seen, doc, sorted(marked, key=lambda quotation: quotation.start))
        sight = Sight(self._tagger.kinds, _together(shown))
        return analyse(reading, found, sight, contested, include=include, model=model)


def _together(shown: Sequence[tuple[Strand, Heard]]) -> Shown:
    """What the encoder shows of the words of some strands, in the order of the whole article."""
    if not shown:
        return Shown(np.zeros(0, np.int64), np.zeros((0, 1), np.float32))
    starts = np.concatenate([strand.starts(heard.words) for strand, heard in shown])
    order = np.argsort(starts)
    return Shown(starts[order], np.concatenate([heard.kinds for _, heard in shown])[order])


def analyse(
    reading: Reading,
    found: Sequence[Attribution],
    sight: Sight | None,
    contested: Sequence[Contest] = (),
    *,
    include: Collection[str] = (),
    model: str = "",
) -> Analysis:
    """Every stage after what the tagger found, over the whole article."""
    said = [attribution for attribution in found if attribution.reported]
    thought = [attribution for attribution in found if not attribution.reported] if ATTITUDES in include else []
    people, index, trust = speakers(reading, said + thought, sight)
    weighed = [
        replace(attribution, confidence=attribution.confidence * share)
        for attribution, share in zip(said + thought, trust, strict=True)
    ]
    said, thought = weighed[: len(said)], weighed[len(said) :]
    sources = describe(reading, people, said_by(people, said + thought, index), judge(sight))

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
        claims=claims(reading, quoted, sources, contested),
        attitudes=quotes("a", thought, index[len(said) :]),
        model=model,
    )
