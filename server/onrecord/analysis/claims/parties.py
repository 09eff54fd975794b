"""Who contests, who alleges, and who is accused: the sides of a dispute, as sources and as names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.analysis.phrases import Reading
from onrecord.analysis.places import Places
from onrecord.analysis.result import Quote, Source
from onrecord.article import Span

_NAME = re.compile(r"[^\W\d_][\w’'\-]+")
_PRONOUNS = frozenset({"he", "she", "they", "it", "him", "her", "them", "who", "whom", "which"})
_OFFICES = frozenset(
    "Mr Mrs Ms Dr President Prime Minister Mayor Governor Senator Sen Rep Gov Gen Chief Former The".split()
)


class Parties:
    """The sources and quotes of an article, looked up by what stands in its text."""

    def __init__(self, reading: Reading, quotes: Sequence[Quote], sources: Sequence[Source]) -> None:
        self.reading = reading
        self.quotes = quotes
        # *Lund denied it.*: a surname that opens its block may look like a noun to the language model
        self._surnames = {entity[-1].text for entity in reading.doc.ents if entity.label_ == "PERSON"}
        self._named = [(frozenset(_words(source.name or source.label)), source) for source in sources]
        self._content = Places((span, quote) for quote in quotes for span in quote.content)
        self._mentions = Places(
            (quote.mention, quote.source) for quote in quotes if quote.mention is not None and quote.source is not None
        )
        self._places = Places((span, source.id) for source in sources for span in source.mentions)
        self._words = {source.id: names for names, source in reversed(self._named)}
        self._by_cue = {span.start: quote for quote in quotes for span in quote.cue}

    def quote_by_cue(self, cue: Token) -> Quote | None:
        """The quote whose cue ``cue`` is."""
        return self._by_cue.get(cue.idx)

    def quote_around(self, content: tuple[Span, ...]) -> str | None:
        """The id of the quote in which a claim stands."""
        first = content[0] if content else Span(0, 0)
        near = [quote for _, quote in self._content.between(first.start, first.end)] if len(first) else self.quotes
        for quote in near:
            if all(any(part.covers(span) for part in quote.content) for span in content):
                return quote.id
        return None

    def quote_at(self, offset: int) -> Quote | None:
        """The quote in whose words the character at ``offset`` stands."""
        return next(iter(self._content.at(offset)), None)

    def source(self, noun: Token | None) -> str | None:
        """The source that a noun phrase names: by where it is mentioned, else by its name."""
        if noun is None:
            return None
        for found in (self._mentions.at(noun.idx), self._places.at(noun.idx)):
            if found:
                return found[0]
        if noun.pos_ != "PROPN":
            return None
        called = [source for names, source in self._named if noun.text in names]
        return called[0].id if len(called) == 1 else None

    def names(self, identifier: str | None) -> frozenset[str]:
        """The words of a source's name."""
        return self._words.get(identifier or "", frozenset())

    def same(self, one: Token | None, other: Token | None) -> bool | None:
        """Whether two noun phrases name the same side; None where the words do not tell."""
        if one is None or other is None:
            return None
        mine, theirs = self.called(one), self.called(other)
        if mine & theirs:
            return True
        if one.lower_ in _PRONOUNS or other.lower_ in _PRONOUNS:
            first, second = self.source(one), self.source(other)
            return True if first is not None and first == second else None
        return False if _proper(mine) and _proper(theirs) else None

    def called(self, noun: Token) -> set[str]:
        """The names in a noun phrase, with the fuller name that a pronoun stands for."""
        left = [token.text for token in noun.subtree if token.pos_ == "PROPN" or token.text in self._surnames]
        names = {word for word in left if word not in _OFFICES}
        if noun.lower_ in _PRONOUNS:
            names |= self.names(self.source(noun))
        elif not names and noun.pos_ == "NOUN":
            names = {noun.lemma_.lower()}
        return names


def _proper(names: set[str]) -> bool:
    return any(name[:1].isupper() for name in names)


def _words(label: str) -> list[str]:
    return [word for word in _NAME.findall(label) if word[0].isupper() and word not in _OFFICES]
