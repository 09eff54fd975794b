"""Lists of charges behind a colon, in its sentence or a line for each: *Ed Crane: possession of stolen goods*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from onrecord.analysis.claims import lexicon
from onrecord.analysis.claims.found import Found, text_span
from onrecord.analysis.claims.voice import asserted, in_question, negated
from onrecord.analysis.phrases import SUBJECTS, Reading
from onrecord.article import Span

_KINDS = frozenset({"charge", "accusation"})
_LINE = re.compile(r"\s*(?:[•*–-]\s*)?(?:(?P<who>[^:.!?]{2,60}):\s+)?(?P<what>[^,;.:(]+)")
_NAME = re.compile(r"\b[A-Z][\w’'.-]* (?:[A-Z][\w’'.-]* )*[A-Z][\w’'-]+")
_LONGEST = 30  # words of a line that only says a charge


def listed_charges(reading: Reading, nouns: Iterable[Token]) -> Iterator[Found]:
    """Every charge of a list that a colon opens."""
    for noun in nouns:
        if lexicon.nouns().get(noun.lemma_.lower()) not in _KINDS or noun.tag_ != "NNS" or reading.quoted(noun):
            continue
        behind = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
        if behind is None or behind.text != ":" or reading.block(behind) != reading.block(noun):
            continue
        verb = noun.head if noun.head.pos_ == "VERB" else noun.head.head
        if negated(noun) or in_question(noun) or (verb.pos_ == "VERB" and not asserted(reading, verb)):
            continue
        for what in _behind(reading, behind):
            yield Found(status="accusation", content=(what,), evidence=(text_span(noun),), confidence=0.75)


def _behind(reading: Reading, colon: Token) -> Iterator[Span]:
    """The rest of the sentence, or, where the colon ends its block, each line of the list below."""
    article = reading.article
    at = reading.block(colon)
    own = article.block_spans[at]
    rest = Span(colon.idx + 1, own.end)
    if article[rest].strip():
        words = [t for t in reading.tokens(rest) if t.sent.start_char <= colon.idx or t.sent == colon.nbor().sent]
        span = reading.span(t for t in words if not (t.is_punct and t.text in {".", ";"}))
        if span is not None and lexicon.wrong(reading.tokens(span)):
            yield span
        return
    for number in range(at + 1, len(article.blocks)):
        line = article.block_spans[number]
        text = article[line]
        match = _LINE.match(text)
        if match is None or not reading.scenes.sees(number, at) or len(text.split()) > _LONGEST:
            return
        if text.rstrip().endswith(":"):
            return  # that leads to a list of its own
        words = reading.tokens(Span(line.start + match.start("what"), line.start + match.end("what")))
        span = reading.span(words)
        said = not match["who"] and any(token.dep_ in SUBJECTS for token in words)  # a sentence of its own
        if span is None or said or not (_NAME.search(match["who"] or "") or lexicon.wrong(words)):
            return
        yield span
