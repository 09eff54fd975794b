"""Who contests and who alleges, as sources, and in whose words a claim stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.analysis.phrases import doer
from onrecord.analysis.places import Places
from onrecord.analysis.result import Quote, Source
from onrecord.article import Span


class Parties:
    """The sources and quotes of an article, looked up by what stands in its text."""

    def __init__(self, quotes: Sequence[Quote], sources: Sequence[Source]) -> None:
        self._content = Places((span, quote) for quote in quotes for span in quote.content)
        self._mentions = Places(
            (quote.mention, quote.source) for quote in quotes if quote.mention is not None and quote.source is not None
        )
        self._places = Places((span, source.id) for source in sources for span in source.mentions)
        self._by_cue = {span.start: quote for quote in quotes for span in quote.cue}
        self._called: defaultdict[str, list[str]] = defaultdict(list)
        for source in sources:
            if source.name:
                self._called[source.name.split()[-1]].append(source.id)

    def quote_around(self, content: tuple[Span, ...]) -> str | None:
        """The id of the quote in which a claim stands."""
        for quote in self._content.at(content[0].start):
            if all(any(part.covers(span) for part in quote.content) for span in content):
                return quote.id
        return None

    def source(self, noun: Token | None) -> str | None:
        """The source that a noun phrase names: by where it is mentioned, else by the last word of its name."""
        if noun is None:
            return None
        for found in (self._mentions.at(noun.idx), self._places.at(noun.idx)):
            if found:
                return found[0]
        called = self._called.get(noun.text, ())
        return called[0] if len(called) == 1 else None

    def who(self, cue: Token) -> str | None:
        """The source that speaks with the word ``cue``: of its quote, of its sentence (*Voss denied it*), or around."""
        quote = self._by_cue.get(cue.idx)
        if quote is not None:
            return quote.source
        named = self.source(doer(cue)) if cue.pos_ == "VERB" else None
        if named is not None:
            return named
        return next((quote.source for quote in self._content.at(cue.idx)), None)
