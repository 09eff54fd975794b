"""Cues that are adverbs and adjectives: *reportedly*, *allegedly*, *the purported letter*, *so-called*."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from onrecord.analysis.claims import lexicon, scope
from onrecord.analysis.claims.found import Found, between, text_span, trimmed
from onrecord.analysis.claims.voice import in_question
from onrecord.analysis.phrases import SUBJECTS, Reading
from onrecord.article import Span

_CARRIERS = frozenset({"aux", "auxpass", "advmod", "nummod", "quantmod"})
_COMPLETE = frozenset({"dobj", "attr", "acomp", "ccomp", "xcomp"})
_ALLEGING = frozenset({"allegedly", "alleged"})


def modifier_cues(reading: Reading, tokens: Iterable[Token]) -> Iterator[Found]:
    """Every claim whose cue is an adverb or an adjective."""
    adverbs = lexicon.words("adverbs", "words")
    adjectives = lexicon.words("adjectives", "words")
    for token in tokens:
        if token.lower_ in adverbs:
            span, cue, head = _behind(reading, token), text_span(token), token
        elif token.lower_ in adjectives and token.dep_ in {"amod", "compound"} and token.head.i > token.i:
            span, cue, head = _qualified(reading, token), text_span(token), token
        elif token.lower_ in {"so", "self"} and _parted(token) in adjectives:
            head = reading.doc[token.i + 2]
            span, cue = _qualified(reading, head), between(token, head)
        else:
            continue
        if span is None or reading.quoted(token) or in_question(token):
            continue
        if token.lower_ in adverbs:
            span = scope.enough(reading, span)
        parts = (_reaching_back(reading, token) if token.lower_ in adverbs else None) or (span,)
        if token.lower_ in _ALLEGING and _blames(reading, head, parts[-1]):
            yield Found(
                status="accusation", also=("distanced",), content=parts, evidence=(cue,), accused=_accused(head)
            )
        else:
            yield Found(status="distanced", content=parts, evidence=(cue,))


def _parted(token: Token) -> str:
    """*so-called*, which the tokenizer parts, in one piece."""
    return "".join(other.lower_ for other in token.doc[token.i : token.i + 3])


def modal_cues(reading: Reading, tokens: Iterable[Token]) -> Iterator[Found]:
    """*The pilot may have slept*, where the reporter leaves it open; not *may have won, but*, which grants it."""
    for token in tokens:
        if token.tag_ != "MD" or token.lower_ != "may" or reading.quoted(token):
            continue
        verb = token.head
        perfect = any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children)
        if not perfect or verb.tag_ != "VBN" or verb.dep_ != "ROOT" or in_question(token):
            continue
        if any(c.lower_ in {"but", "yet", "though", "although", "while", "if", "well", "not"} for c in verb.subtree):
            continue
        own = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        span = scope.clause(reading, verb)
        if own is not None and own.lower_ not in {"you", "we", "i"} and span is not None:
            kept = trimmed(reading.article, span)
            yield Found(status="speculation", content=(kept,), evidence=(between(token, verb),), confidence=0.6)


def _blames(reading: Reading, cue: Token, span: Span) -> bool:
    """Whether what is alleged is a wrong, or a part that somebody had in one."""
    return lexicon.wrong([*reading.tokens(span), cue.head])


def _accused(cue: Token) -> Token | None:
    verb = scope.clause_head(cue)
    return scope.antecedent(next((c for c in verb.children if c.dep_ in SUBJECTS), None))


def _qualified(reading: Reading, adjective: Token) -> Span | None:
    """The noun that an adjective keeps at a distance, with what hangs on it; None inside a name."""
    noun = adjective.head
    if noun.i <= adjective.i:
        return None
    if adjective.text[:1].isupper() and noun.text[:1].isupper() and not adjective.is_sent_start:
        return None  # the name of a law, a list or a club
    whole = scope.noun_phrase(reading, noun)
    if whole is None:
        return None
    span = reading.span(token for token in reading.tokens(whole) if token.i > adjective.i)
    text = reading.article.text
    if span is not None and text[span.end : span.end + 1] == "-":  # *alleged re-routing*: tokenizers part it
        tail = reading.tokens(Span(span.end, span.end + 40))
        return Span(span.start, tail[1].idx + len(tail[1].text)) if len(tail) > 1 else span
    return span


def _behind(reading: Reading, adverb: Token) -> Span | None:
    """What stands behind the adverb in its clause; the whole clause if the adverb stands last."""
    head = adverb.head
    while head.dep_ in _CARRIERS and head.head.i != head.i:
        head = head.head
    if head.dep_ == "acl" and head.tag_ == "VBN" and head.head.pos_ == "NOUN":
        return scope.noun_phrase(reading, head.head)  # *the money allegedly stolen*: the participle alone says little
    if adverb.i == adverb.sent.start:
        return reading.span(t for t in adverb.sent if t.i > adverb.i and reading.block(t) == reading.block(adverb))
    inside = [t for t in scope.words(head.subtree) if t.i != adverb.i]
    if head.pos_ in {"VERB", "AUX"}:
        inside = _without_later_clauses(head, inside)
    after = [t for t in inside if t.i > adverb.i]
    kept = after if after and (after[0].i - adverb.i <= 3 or head.i > adverb.i) else inside
    block = reading.block(adverb)
    return reading.span(t for t in kept if reading.block(t) == block)


def _reaching_back(reading: Reading, adverb: Token) -> tuple[Span, ...] | None:
    """*a letter he … sent to the abbey*: where the clause lacks its object, that stands before it and belongs to it."""
    verb = adverb.head
    who = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < adverb.i), None)
    if verb.dep_ != "relcl" or who is None or who.tag_ in {"WP", "WDT"} or adverb.i > verb.i:
        return None
    if verb.head.pos_ != "NOUN" or any(c.i > verb.i and c.dep_ in _COMPLETE for c in verb.children):
        return None
    aside = {
        t.i
        for inner in verb.subtree
        if inner.dep_ in {"relcl", "appos", "advcl"}
        and verb.doc[inner.left_edge.i - 1].text == ","
        and inner.i > verb.i
        for t in inner.subtree
    }
    before = reading.span(verb.doc[verb.head.left_edge.i : adverb.i])
    behind = reading.span(t for t in verb.subtree if t.i > adverb.i and t.i not in aside)
    return (before, behind) if before is not None and behind is not None else None


def _without_later_clauses(head: Token, inside: list[Token]) -> list[Token]:
    """Without adverbial clauses behind a comma and clauses with a subject of their own joined by *and* or *but*."""
    later: set[int] = set()
    for child in head.children:
        if child.i < head.i:
            continue
        own_subject = any(c.dep_ in SUBJECTS for c in child.children)
        left = child.left_edge.i
        comma = left > 0 and head.doc[left - 1].text in {",", "—", "–"}
        if (child.dep_ == "advcl" and comma) or (
            child.dep_ == "conj" and own_subject and child.pos_ in {"VERB", "AUX"}
        ):
            later.update(token.i for token in child.subtree)
    return [token for token in inside if token.i not in later]
