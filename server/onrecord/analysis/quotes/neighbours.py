"""Who speaks a quotation with no cue of its own, by the sentences right before it and right behind it."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.analysis.cues import is_verb, speaks
from onrecord.analysis.names.genders import given_gender
from onrecord.analysis.phrases import REACH, Reading
from onrecord.analysis.quotes.gaps import Voice
from onrecord.analysis.quotes.utterances import whole_utterance
from onrecord.article import Span


def sentence_voice(reading: Reading, number: int) -> Voice | None:
    """The person whom the sentence just before the quotation is about, in the same paragraph."""
    span = reading.outer[number].spans[0]
    if reading.last_character(span.start) not in {".", "!", "?", ":"}:
        return None
    before = reading.last_unquoted(span.start)
    if before is None:
        return None
    for token in before.sent:
        if token.dep_ in {"nsubj", "nsubjpass"} and token.idx < span.start and not reading.quoted(token):
            if _is_person(token):
                return Voice((), reading.noun_phrase(token), 0.7, "sentence")
            return None
    return None


def _is_person(token: Token) -> bool:
    if token.ent_type_ == "PERSON" or token.lower_ in {"he", "she", "they"}:
        return True
    return token.pos_ == "PROPN" and token.left_edge.i < token.i and given_gender(token.left_edge.text) is not None


_POINTING = frozenset({"that", "this", "those", "these"})
_RUNS = frozenset({"how", "what"})


def pointed_at(reading: Reading, number: int) -> Voice | None:
    """Who is said behind a quotation to have said it: *That was how Bell put it*, *Those were the words of Bell*."""
    article, past = reading.article, reading.outer[number].end
    index = article.block_index(past - 1)
    if not article.text[past : min(article.block_spans[index].end, past + REACH)].strip():
        index += 1
    if index >= len(article.blocks) or not whole_utterance(reading, number):
        return None
    start, end = max(past, article.block_spans[index].start), article.block_spans[index].end
    tokens = reading.tokens(Span(start, min(end, start + REACH)))
    if (
        len(tokens) > 2
        and tokens[0].lower_ == "so"
        and (tokens[1].lemma_ == "speak" or speaks(tokens[1], beside_quotation=True))
    ):
        who = next((t for t in tokens[1].children if t.dep_ == "nsubj" and t.i > tokens[1].i), None)
        return Voice((tokens[1],), reading.noun_phrase(who), 0.8, "after") if who is not None else None
    if len(tokens) < 3 or tokens[0].lower_ not in _POINTING or tokens[0].head.lemma_ != "be":
        return None
    for child in tokens[0].head.children:
        if child.dep_ in {"ccomp", "attr", "advcl"} and is_verb(child):
            runs = any(t.lower_ in _RUNS for t in child.lefts)
            who = next((t for t in child.lefts if t.dep_ == "nsubj"), None)
            if (
                runs
                and who is not None
                and who.lower_ not in _RUNS
                and (_is_person(who) or speaks(child, beside_quotation=True))
            ):
                return Voice((child,), reading.noun_phrase(who, without=[child]), 0.8, "after")
        if child.dep_ == "attr" and child.lemma_.lower() in {"word", "verdict", "view"}:
            of = next((t for t in child.rights if t.lower_ == "of"), None)
            who = next((t for t in of.children if t.dep_ == "pobj"), None) if of is not None else None
            if who is not None:
                return Voice((child,), reading.noun_phrase(who), 0.8, "after")
    return None
