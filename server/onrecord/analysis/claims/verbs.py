"""Cues that are verbs: each in the frames that its lexicon entry names, and in no others."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from onrecord.analysis.claims import lexicon, scope
from onrecord.analysis.claims.accused import laid_on, laid_upon, object_of
from onrecord.analysis.claims.found import Found, Reference, text_span
from onrecord.analysis.claims.lexicon import VerbEntry
from onrecord.analysis.claims.nouns import blames, clause_of_duty, hung, propositional
from onrecord.analysis.claims.parties import Parties
from onrecord.analysis.claims.voice import asserted
from onrecord.analysis.phrases import FINITE, RELATIVE, Reading, agent, passive, subject
from onrecord.analysis.result import ClaimStatus
from onrecord.article import Span

_BACK = frozenset({"this", "that", "it", "these", "those"})
_UNTRUE = frozenset({"falsely", "inaccurately", "wrongly", "incorrectly", "erroneously", "untruthfully", "mistakenly"})
_NAMING = frozenset({"call", "describe", "present", "bill"})
_NEAR = 2  # words from *claims* to its clause
_ASKED = frozenset({"whether", "if", "how", "why", "what", "who"})


def verb_cues(reading: Reading, parties: Parties, tokens: Iterable[Token]) -> Iterator[Found | Reference]:
    """Every claim whose cue is a verb."""
    entries = lexicon.verbs()
    for token in tokens:
        entry = entries.get(token.lemma_.lower())
        if entry is None or not _acts(parties, token) or not asserted(reading, token):
            continue
        found = _framed(reading, parties, token, entry)
        if isinstance(found, Found):
            yield from _parted(reading, parties, found)
            yield from _other_name(reading, token, found)
        elif found is not None:
            yield found


def _parted(reading: Reading, parties: Parties, found: Found) -> Iterator[Found]:
    """*claimed that A and that B* and *claimed A and claim B*: each clause is a claim, the second cue has its own."""
    span = found.content[0]
    inside = reading.tokens(span)
    starts = [0]
    for at, token in enumerate(inside[1:-1], 1):
        if token.dep_ != "cc" or reading.quoted(token):
            continue
        if parties.quote_by_cue(inside[at + 1]) is not None and _clause(inside[at + 1]) is not None:
            inside = inside[:at]
            break
        if inside[at + 1].lower_ == "that" and inside[at + 1].dep_ == "mark":
            starts.append(at + 1)
    for first, past in itertools.pairwise([*starts, len(inside) + 1]):
        words = inside[first : past - 1]
        while words and words[0].lower_ == "that" and words[0].dep_ == "mark":
            words = words[1:]
        part = reading.span(words)
        if part is not None:
            yield replace(found, content=(part,)) if (len(starts) > 1 or part.end < span.end) else found


def _other_name(reading: Reading, cue: Token, found: Found) -> Iterator[Found]:
    """*The clinic, which its owner describes as a spa, is a drug den, neighbours charge* disputes that it is a spa."""
    head = _clause(cue)
    if head is None or not any(c.dep_ == "attr" and c.i > head.i for c in head.children):
        return
    for thing in (c for c in head.children if c.dep_ == "nsubj"):
        for verb in (c for c in thing.children if c.dep_ == "relcl" and c.lemma_ in _NAMING):
            mark = next((c for c in verb.children if c.lower_ == "as"), None)
            label = next((c for c in verb.children if c.dep_ in {"oprd", "dobj"} and c.i > verb.i), None)
            span = scope.governed(reading, mark) if mark is not None else None
            if span is None and label is not None:
                span = scope.noun_phrase(reading, label)
            if span is not None and not reading.quoted(verb):
                yield Found(status="disputed", content=(span,), evidence=(text_span(cue),), by=found.by, confidence=0.7)


def _framed(reading: Reading, parties: Parties, verb: Token, entry: VerbEntry) -> Found | Reference | None:
    who = _who(verb)
    by = parties.source(who)
    quote = parties.quote_by_cue(verb)
    if quote is not None and quote.source is not None:
        by = quote.source
    status, also = entry.status, tuple[ClaimStatus, ...]()

    def made(span: Span | None, *more: Span, accused: Token | None = None) -> Found | None:
        if span is None or not reading.tokens(span):
            return None
        chosen, second = status, also
        if status == "distanced" and blames(reading.tokens(span)):
            chosen, second = "accusation", ("distanced",)
        untrue = tuple(text_span(c) for c in verb.children if c.lower_ in _UNTRUE)
        if untrue and status in {"distanced", "accusation"}:
            chosen, second = "corrected", (chosen,)  # *claimed, falsely, that …*
        evidence = tuple(sorted((text_span(verb), *untrue, *more)))
        return Found(
            status=chosen, also=second, content=(span,), evidence=evidence, by=by, confidence=0.85, accused=accused
        )

    if "on" in entry.frames:
        caused = laid_on(reading, verb)
        if caused is not None:
            return made(caused)
    for preposition in ("of", "for", "with"):
        if preposition in entry.frames:
            span, accused = laid_upon(reading, verb, preposition)
            if span is not None:
                return made(span, accused=accused)
    head = _clause(verb)
    if head is not None and "clause" in entry.frames:
        asked = next((c for c in head.children if c.lower_ in _ASKED and c.i < head.i), None)
        if verb.lemma_ in {"question", "query"} and asked is None:
            return None
        mine = next((c for c in head.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if mine is not None and mine.lower_ in _BACK and head.lemma_ in {"happen", "occur", "take"}:
            return Reference(status=status, evidence=(text_span(verb),), position=verb.idx, by=by, who=who)
        return made(
            scope.clause(reading, head, after=verb.i if head.i > verb.i else -1), *_leading(reading, verb), accused=mine
        )
    infinitive = _infinitive(verb)
    if infinitive is not None and "infinitive" in entry.frames:
        if verb.lemma_ == "claim" and passive(verb):
            return None
        mine = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        return made(_without_to(reading, scope.clause(reading, infinitive)), accused=mine)
    gerund = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i and _gerund(c)), None)
    if gerund is not None and "gerund" in entry.frames:
        return made(scope.clause(reading, gerund), accused=who)
    if verb.lemma_ in {"contradict", "discredit"} and verb.dep_ == "amod":
        return None
    if "passive" in entry.frames and passive(verb):
        thing = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    else:
        thing = None if passive(verb) else object_of(verb)
    if thing is None and verb.dep_ in {"relcl", "acl", "ccomp"} and scope.gap(verb):
        thing = _summed_up(verb) if verb.dep_ == "relcl" else verb.head
    if thing is None and "with" in entry.frames and not passive(verb):  # *disagrees with the idea that …*
        thing = next((c for m in verb.children if m.lower_ == "with" for c in m.children if c.dep_ == "pobj"), None)
        if verb.dep_ == "relcl" and verb.left_edge.dep_ == "prep":  # *a point on which the tenants disagree*
            thing = verb.head
    about = None
    if thing is not None and not reading.quoted(thing):
        about = _about(reading, verb, entry, thing, who, by)
    if about is None and "clause" in entry.frames and status in {"distanced", "accusation"}:
        return made(_as_quoted(reading, parties, verb))
    return about


def _as_quoted(reading: Reading, parties: Parties, verb: Token) -> Span | None:
    """*claimed the plan treats us well*, where the parse has no clause: what the quote says, if it states or blames."""
    quote = parties.quote_by_cue(verb)
    led_in = verb.i + 1 < len(verb.doc) and verb.doc[verb.i + 1].is_punct  # *claiming, “We were robbed.”*
    if quote is None or len(quote.content) != 1 or quote.content[0].start < verb.idx or led_in:
        return None
    inside = reading.tokens(quote.content[0])
    within = {t.i for t in inside}
    states = any(t.tag_ in FINITE and (t.dep_ != "relcl" or t.head.i not in within) for t in inside)
    return quote.content[0] if inside and (states or lexicon.wrong([inside[0], inside[0].head])) else None


def _without_to(reading: Reading, span: Span | None) -> Span | None:
    inside = reading.tokens(span) if span is not None else []
    return reading.span(inside[1:]) if inside and inside[0].lower_ == "to" else span


def _about(
    reading: Reading, verb: Token, entry: VerbEntry, thing: Token, who: Token | None, by: str | None
) -> Found | Reference | None:
    """A cue whose object, or passive subject, names what is contested."""
    if thing.lower_ in RELATIVE and verb.dep_ == "relcl":
        thing = _summed_up(verb)
    lemma = thing.lemma_.lower()
    evidence = (text_span(verb),)
    clause = lemma in lexicon.words("thoughts", "words") and propositional(thing)  # *dismissed fears that …*
    if "noun" in entry.frames and (lemma in lexicon.nouns() or clause):
        if clause_of_duty(thing):
            return None  # *rejected the idea that the town should pay*: a proposal is not true or false
        return hung(reading, thing, entry.status, evidence=evidence, by=by, who=who)
    if "pronoun" in entry.frames and thing.lower_ in _BACK and thing.pos_ in {"PRON", "DET"}:
        return Reference(status=entry.status, evidence=evidence, position=verb.idx, by=by, who=who)
    again = _again(thing)
    if again is not None and "noun" in entry.frames:
        return Reference(
            status=entry.status, evidence=evidence, position=verb.idx, by=by, who=who, noun=again, again=True
        )
    matter = "anything" in entry.frames or (
        "wrong" in entry.frames and (lexicon.wrong([thing]) or lemma in lexicon.words("parts", "words"))
    )
    figure = "figure" in entry.frames and lemma in lexicon.words("figures", "words")
    if (matter or figure) and thing.ent_type_ not in {"PERSON", "GPE"}:
        span = scope.noun_phrase(reading, thing)
        if span is not None:
            return Found(status=entry.status, content=(span,), evidence=evidence, by=by, confidence=0.75, accused=who)
    return None


def _summed_up(verb: Token) -> Token:
    """What *which* means: the noun before it, or *fears it would block the tram*, where that noun ends their clause."""
    noun = verb.head
    if verb.doc[max(0, verb.left_edge.i - 1)].text != "," or noun.lemma_.lower() in lexicon.nouns():
        return noun
    for above in noun.ancestors:
        if above.pos_ == "NOUN" and any(c.dep_ in {"acl", "ccomp"} and c.is_ancestor(noun) for c in above.children):
            return above
        if above.pos_ not in {"VERB", "AUX", "ADP", "NOUN"} or above.dep_ == "relcl":
            break
    return noun


def _again(thing: Token) -> Token | None:
    """The noun of *any such payments* and *the existence of such payments*: what was told before it under that name."""
    of = [c for mark in thing.children if mark.lower_ == "of" for c in mark.children if c.dep_ == "pobj"]
    return next((noun for noun in (thing, *of) if any(c.lower_ == "such" for c in noun.children)), None)


def _who(verb: Token) -> Token | None:
    found = agent(verb) if passive(verb) else subject(verb)
    if found is not None and found.lower_ in RELATIVE and verb.dep_ == "relcl":
        return verb.head
    return found


def _leading(reading: Reading, verb: Token) -> tuple[Span, ...]:
    """*the plan was challenged by tenants who doubt that …*: words that lead to the cue."""
    if verb.dep_ != "relcl":
        return ()
    return tuple(
        text_span(token)
        for token in verb.sent
        if token.i < verb.i
        and token.lemma_.lower() in {"scrutinise", "scrutinize", "criticise", "criticize", "challenge"}
        and not reading.quoted(token)
    )


def _clause(verb: Token) -> Token | None:
    behind = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    front = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i and _finite(c)), None)
    if front is not None and _closes(verb, front):
        return front
    for child in verb.children:
        relative = child.dep_ == "relcl" and behind == "that"  # *the union disputes that wages rose*, read as a noun
        if (child.dep_ in {"ccomp", "acl"} or relative) and child.i > verb.i:
            apart = verb.doc[verb.i + 1 : child.left_edge.i]
            untrue = any(token.lower_ in _UNTRUE for token in apart)  # *claimed, falsely, that …*
            whole = _that(child) and not any(token.is_punct for token in apart)  # *claimed in a new film that …*
            if verb.lemma_ == "claim" and len(apart) >= _NEAR and not (untrue or whole):
                continue  # *both claim seats there – one of them was free*
            if _finite(child) or any(c.lower_ in {"that", *_ASKED} for c in child.children if c.i < child.i):
                return child
    return None


def _closes(verb: Token, clause: Token) -> bool:
    """*The mill is a ruin, neighbours charge*: who says it stands alone between the clause and its verb."""
    who = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if who is None or any(c.dep_ in {"mark", "advmod"} and c.i < clause.i for c in clause.children):
        return False
    comma = who.left_edge.i - 1
    ends = verb.i + 1 >= verb.sent.end or verb.doc[verb.i + 1].is_punct
    return ends and clause.right_edge.i in {comma - 1, comma} and who.i < verb.i and verb.doc[comma].text == ","


def _that(verb: Token) -> bool:
    return any(child.lower_ == "that" and child.dep_ == "mark" for child in verb.children)


def _gerund(verb: Token) -> bool:
    return verb.tag_ == "VBG" or any(c.dep_ in {"aux", "auxpass"} and c.tag_ == "VBG" for c in verb.children)


def _acts(parties: Parties, token: Token) -> bool:
    """Whether the token is a verb, also where it was tagged as a noun: *the tenants question whether …*."""
    if token.pos_ == "VERB":
        return True
    plain = not any(child.dep_ in {"det", "poss", "amod", "nummod"} for child in token.children)
    if plain and parties.quote_by_cue(token) is not None and _clause(token) is not None:
        return True  # *two clerks allege that …*, read as one noun
    kinds = {child.dep_ for child in token.children}
    clausal = token.dep_ == "ROOT" and "ccomp" in kinds
    relative = token.dep_ in {"acl", "relcl"} and "mark" in kinds  # *a claim that the firm disputes*
    return token.pos_ == "NOUN" and (relative or (clausal and "nsubj" in kinds))


def _finite(verb: Token) -> bool:
    return verb.tag_ in FINITE or any(c.dep_ in {"aux", "auxpass", "cop"} and c.tag_ in FINITE for c in verb.children)


def _infinitive(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "xcomp" and child.i > verb.i and any(c.lower_ == "to" for c in child.children):
            return child
    return None
