"""Cues that are verbs: each in the frames that its lexicon entry names, and in no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from onrecord.analysis.claims import lexicon, scope
from onrecord.analysis.claims.found import Found, Reference, text_span
from onrecord.analysis.claims.lexicon import VerbEntry
from onrecord.analysis.claims.nouns import blames, hung
from onrecord.analysis.claims.parties import Parties
from onrecord.analysis.claims.voice import asserted
from onrecord.analysis.phrases import RELATIVE, Reading, agent, passive, subject
from onrecord.analysis.result import ClaimStatus
from onrecord.article import Span

_BACK = frozenset({"this", "that", "it", "these", "those"})
_NO_OTHER = frozenset({"himself", "herself", "themselves", "itself", "myself", "nobody", "none", "nothing"})
_UNTRUE = frozenset({"falsely", "wrongly", "incorrectly", "erroneously", "untruthfully", "mistakenly"})
_NEAR = 2  # words from *claims* to its clause
_ASKED = frozenset({"whether", "if", "how", "why", "what", "who"})


def verb_cues(reading: Reading, parties: Parties, tokens: Iterable[Token]) -> Iterator[Found | Reference]:
    """Every claim whose cue is a verb."""
    entries = lexicon.verbs()
    for token in tokens:
        entry = entries.get(token.lemma_.lower())
        if entry is None or not _acts(token) or not asserted(reading, token):
            continue
        found = _framed(reading, parties, token, entry)
        if found is not None:
            yield found


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
        caused = _laid_on(reading, verb)
        if caused is not None:
            return made(caused)
    for preposition in ("of", "for", "with"):
        if preposition in entry.frames:
            span, accused = _prepositional(reading, verb, preposition)
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
        return made(scope.clause(reading, head, after=verb.i), *_leading(reading, verb), accused=mine)
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
        thing = None if passive(verb) else _object(verb)
    if thing is None and verb.dep_ in {"relcl", "acl", "ccomp"} and scope.gap(verb):
        thing = verb.head
    if thing is None or reading.quoted(thing):
        return None
    return _about(reading, verb, entry, thing, who, by) or None


def _without_to(reading: Reading, span: Span | None) -> Span | None:
    inside = reading.tokens(span) if span is not None else []
    return reading.span(inside[1:]) if inside and inside[0].lower_ == "to" else span


def _about(
    reading: Reading, verb: Token, entry: VerbEntry, thing: Token, who: Token | None, by: str | None
) -> Found | Reference | None:
    """A cue whose object, or passive subject, names what is contested."""
    if thing.lower_ in RELATIVE and verb.dep_ == "relcl":
        thing = verb.head
    lemma = thing.lemma_.lower()
    evidence = (text_span(verb),)
    if "noun" in entry.frames and lemma in lexicon.nouns():
        return hung(reading, thing, entry.status, evidence=evidence, by=by, who=who)
    if "pronoun" in entry.frames and thing.lower_ in _BACK and thing.pos_ in {"PRON", "DET"}:
        return Reference(status=entry.status, evidence=evidence, position=verb.idx, by=by, who=who)
    matter = "anything" in entry.frames or (
        "wrong" in entry.frames and (lexicon.wrong([thing]) or lemma in lexicon.words("parts", "words"))
    )
    figure = "figure" in entry.frames and lemma in lexicon.words("figures", "words")
    if (matter or figure) and thing.ent_type_ not in {"PERSON", "GPE"}:
        span = scope.noun_phrase(reading, thing)
        if span is not None:
            return Found(status=entry.status, content=(span,), evidence=evidence, by=by, confidence=0.75, accused=who)
    return None


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


def _prepositional(reading: Reading, verb: Token, preposition: str) -> tuple[Span | None, Token | None]:
    """The span behind *of*, *for* or *with*, and who it is laid on."""
    marks = [c for c in verb.children if c.dep_ in {"prep", "dative"} and c.lower_ == preposition and c.i > verb.i]
    object_ = _object(verb)
    accused = object_ or next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if accused is None and verb.dep_ == "acl":
        accused = verb.head
    by = agent(verb) if passive(verb) else None
    if not marks and by is not None:  # *is accused by critics of hiding it*: parsers hang *of* on *critics*
        marks = [t for t in by.subtree if t.i > verb.i and t.dep_ == "prep" and t.lower_ == preposition][:1]
        marks = [mark for mark in marks if any(c.tag_ == "VBG" for c in mark.children)]
    if not marks and object_ is not None:  # parsers hang *of* on the object's noun
        marks = [t for t in object_.subtree if t.i > verb.i and t.dep_ == "prep" and t.lower_ == preposition][:1]
        if marks and preposition == "of" and not any(c.tag_ == "VBG" for c in marks[0].children):
            behind = marks[0].doc[marks[0].i - 1]
            if behind.pos_ not in {"PROPN", "PRON"} and not lexicon.wrong(marks[0].subtree) and not _bare(marks[0]):
                marks = []
    if preposition == "of" and marks and not _names_a_deed(marks[0]):  # *accused Ann Lund of York, the owner, of lying*
        past = verb.sent[-1].i
        later = [
            t for t in verb.doc[marks[0].i + 1 : past] if t.lower_ == "of" and any(c.tag_ == "VBG" for c in t.children)
        ]
        marks = [t for t in later if verb.is_ancestor(t)][:1] or marks
    if not marks or accused is None or accused.lower_ in _NO_OTHER:
        return None, None
    first = marks[0]
    governed = next((c for c in first.children if c.dep_ in {"pobj", "pcomp", "amod"}), None)
    if governed is None:
        return None, None
    if preposition == "with" or (preposition == "for" and verb.lemma_ == "indict"):
        inside = [t for t in first.subtree if t.i > first.i]
        if governed.lemma_.lower() in lexicon.words("traps", "duties") or not lexicon.wrong(inside):
            return None, None
    if preposition == "for" and governed.ent_type_ in {"DATE", "TIME"}:
        return None, None
    span = scope.governed(reading, first)
    span = scope.listed(reading, verb, span) if span is not None else None
    if len(marks) > 1 and span is not None:
        last = scope.governed(reading, marks[-1])
        if last is not None and last.start > span.end:
            span = Span(span.start, last.end)
    return span, accused


def _bare(mark: Token) -> bool:
    """*accused the owners of betrayal*: a thing alone behind *of* belongs to no owner, so it is what they did."""
    thing = next((c for c in mark.children if c.dep_ == "pobj"), None)
    return (
        thing is not None
        and thing.tag_ == "NN"
        and not any(c.dep_ in {"det", "poss", "nummod"} for c in thing.children)
    )


def _names_a_deed(mark: Token) -> bool:
    """Whether behind *of* stands something that can be done, and no place and nobody."""
    thing = next((c for c in mark.children if c.dep_ in {"pobj", "pcomp"}), None)
    return thing is None or thing.pos_ != "PROPN"


def _laid_on(reading: Reading, verb: Token) -> Span | None:
    """*blamed the flood on the council*: that the one is the other's doing."""
    object_ = _object(verb)
    mark = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "on" and c.i > verb.i), None)
    if object_ is None or mark is None or mark.i < object_.i or object_.pos_ == "PRON":
        return None
    cause = next((c for c in mark.children if c.dep_ == "pobj"), None)
    if cause is None or cause.ent_type_ in {"DATE", "TIME"}:
        return None
    first, last = scope.noun_phrase(reading, object_), scope.governed(reading, mark)
    return Span(first.start, last.end) if first is not None and last is not None else None


def _clause(verb: Token) -> Token | None:
    behind = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    for child in verb.children:
        relative = child.dep_ == "relcl" and behind == "that"  # *the union disputes that wages rose*, read as a noun
        if (child.dep_ in {"ccomp", "acl"} or relative) and child.i > verb.i:
            apart = verb.doc[verb.i + 1 : child.left_edge.i]
            untrue = any(token.lower_ in _UNTRUE for token in apart)  # *claimed, falsely, that …*
            if verb.lemma_ == "claim" and len(apart) >= _NEAR and not untrue:
                continue  # *both claim seats there – one of them was free*
            if _finite(child) or any(c.lower_ in {"that", *_ASKED} for c in child.children if c.i < child.i):
                return child
    return None


def _gerund(verb: Token) -> bool:
    return verb.tag_ == "VBG" or any(c.dep_ in {"aux", "auxpass"} and c.tag_ == "VBG" for c in verb.children)


def _acts(token: Token) -> bool:
    """Whether the token is a verb, also where it was tagged as a noun: *the tenants question whether …*."""
    if token.pos_ == "VERB":
        return True
    kinds = {child.dep_ for child in token.children}
    clausal = token.dep_ == "ROOT" and "ccomp" in kinds
    relative = token.dep_ in {"acl", "relcl"} and "mark" in kinds  # *a claim that the firm disputes*
    return token.pos_ == "NOUN" and (relative or (clausal and "nsubj" in kinds))


def _finite(verb: Token) -> bool:
    tensed = {"VBD", "VBZ", "VBP", "MD"}
    return verb.tag_ in tensed or any(c.dep_ in {"aux", "auxpass", "cop"} and c.tag_ in tensed for c in verb.children)


def _infinitive(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "xcomp" and child.i > verb.i and any(c.lower_ == "to" for c in child.children):
            return child
    return None


def _object(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in {"dobj", "obj"} and c.i > verb.i), None)
