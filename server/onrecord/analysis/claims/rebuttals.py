"""Denials in other words than a denying verb: *did nothing wrong*, *the allegations are false*, *called it baseless*.

They may stand inside quotation marks: a speaker's own denial contests what the article has reported before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from onrecord.analysis.claims import lexicon
from onrecord.analysis.claims.found import Reference
from onrecord.analysis.claims.links import whole
from onrecord.analysis.claims.parties import Parties
from onrecord.analysis.claims.voice import asserted
from onrecord.analysis.phrases import SUBJECTS, Reading, subject
from onrecord.article import Span

_JUST_SAID = frozenset({"that", "this", "it", "these", "those"})


def rebuttals(reading: Reading, parties: Parties, tokens: Iterable[Token]) -> Iterator[Reference]:
    """Denials in other words: *did nothing wrong*, *the allegations are false*, *called the claims baseless*."""
    text = reading.article.text
    for match in lexicon.denial("blanket").finditer(text):
        words = reading.tokens(Span(*match.span()))
        quote = parties.quote_at(match.start())
        if not words:
            continue
        yield Reference(
            status="denied",
            evidence=(Span(*match.span()),),
            position=match.start(),
            by=quote.source if quote else parties.source(_subject(words[0])),
            who=_subject(words[0]),
            blanket=True,
            inside=next((s for s in quote.content if s.start <= match.start() < s.end), None) if quote else None,
        )
    yield from _of_what_was_just_said(reading, parties)
    for token in tokens:
        if token.lemma_.lower() not in lexicon.nouns() or token.pos_ != "NOUN":
            continue
        reference = _untrue(reading, parties, token)
        if reference is not None:
            yield reference


def _of_what_was_just_said(reading: Reading, parties: Parties) -> Iterator[Reference]:
    """*“That is nonsense,” she said*: a verdict in somebody's own words on what another has just said."""
    for match in lexicon.denial("untrue").finditer(reading.article.text):
        quote = parties.quote_at(match.start())
        words = reading.tokens(Span(*match.span()))
        if quote is None or quote.source is None or not words:
            continue
        who = next((c for c in words[0].children if c.dep_ in SUBJECTS), None) or _subject(words[0])
        if who is None or who.lower_ not in _JUST_SAID or who.i >= words[0].i:
            continue
        inside = next((span for span in quote.content if match.start() in span), None)
        if inside is None or who.idx not in inside or who.sent.start_char < inside.start - 2:
            continue
        yield Reference(
            status="disputed",
            also=("denied",),
            evidence=(Span(who.idx, match.end()),),
            position=inside.start,
            by=quote.source,
            who=None,
            inside=inside,
            confidence=0.6,
        )


def _untrue(reading: Reading, parties: Parties, noun: Token) -> Reference | None:
    """*The allegations are false*, said by anybody; *called the allegations false*."""
    end = min(noun.sent.end_char, noun.idx + 140)
    behind = Span(noun.idx + len(noun.text), end)
    labelled = _labelled(noun)
    match = lexicon.denial("labels" if labelled else "untrue").search(reading.article.text, behind.start, behind.end)
    if match is None or "," in reading.article.text[behind.start : match.start()]:
        return None
    verb = next((t for t in reading.tokens(Span(*match.span()))), None)
    if verb is None or not (labelled or _about(noun, verb)) or (labelled and not asserted(reading, noun.head)):
        return None
    quote = parties.quote_at(noun.idx)
    who = _subject(noun.head) if labelled else None
    if quote is None and not labelled:
        return None
    first = noun.head if labelled else whole(noun).left_edge
    return Reference(
        status="disputed",
        also=("denied",),
        evidence=(Span(first.idx, match.end()),),
        position=first.idx,
        by=quote.source if quote else parties.source(who),
        who=who,
        noun=noun,
        inside=next((s for s in quote.content if s.covers(Span(noun.idx, noun.idx + 1))), None) if quote else None,
        confidence=0.7,
    )


def _about(noun: Token, verb: Token) -> bool:
    """Whether ``noun`` is the subject of the predicate that begins at ``verb``."""
    noun = whole(noun)
    return noun.dep_ in {"nsubj", "nsubjpass"} and (noun.head.i == verb.i or verb.head.i == noun.head.i)


def _labelled(noun: Token) -> bool:
    """Whether the noun is what a verb gives a label: *called the claims baseless*, *dismissed them as lies*."""
    return (
        noun.dep_ in {"dobj", "nsubj"}
        and noun.head.lemma_ in {"call", "describe", "dismiss", "brand", "label", "reject"}
        and noun.i > noun.head.i
    )


def _subject(verb: Token) -> Token | None:
    head = verb if verb.pos_ in {"VERB", "AUX"} else verb.head
    return subject(head)
