"""Cues that are nouns of saying: *allegations of fraud*, *his claim that …*, *speculation about …*.

A noun that holds its own proposition is a claim where it stands; a bare one (*the allegations*) points back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from onrecord.analysis.claims import lexicon, scope
from onrecord.analysis.claims.found import Found, Reference, text_span
from onrecord.analysis.claims.parties import Parties
from onrecord.analysis.claims.voice import in_question, negated
from onrecord.analysis.phrases import SUBJECTS, Reading
from onrecord.analysis.result import ClaimStatus
from onrecord.article import Span

_STATUS: dict[str, ClaimStatus] = {
    "accusation": "accusation",
    "charge": "accusation",
    "distanced": "distanced",
    "speculation": "speculation",
}
_PREDICATES = frozenset({"attr", "acomp", "dobj", "xcomp", "oprd", "advmod"})
APPOSING = frozenset({",", "—", "–", "-", "(", "--"})


def noun_cues(reading: Reading, parties: Parties, tokens: Iterable[Token]) -> Iterator[Found]:
    """Every claim whose cue is a noun with its proposition behind it or in front of it."""
    kinds = lexicon.nouns()
    for token in tokens:
        kind = kinds.get(token.lemma_.lower())
        status = _STATUS.get(kind or "")
        if status is None or token.pos_ != "NOUN" or reading.quoted(token):
            continue
        if negated(token) or in_question(token):
            continue
        found = _own(reading, token, kind or "", status)
        if found is not None:
            owner = next((c for c in token.children if c.dep_ == "poss"), None)
            yield Found(
                status=found.status,
                also=found.also,
                content=found.content,
                evidence=found.evidence,
                by=parties.source(owner),
                confidence=0.7,
                accused=found.accused,
            )


def blames(inside: list[Token]) -> bool:
    """Whether a clause says that somebody did wrong: a name or a person, and a wrong that it did or is."""
    if not inside or not lexicon.wrong(inside):
        return False
    words = {token.i for token in inside}
    head = next((t for t in inside if t.head.i not in words or t.head.i == t.i), inside[0])
    subject = next((c for c in head.children if c.dep_ in {*SUBJECTS, "expl"}), None)
    if any(c.dep_ == "neg" for c in head.children):
        return False
    if subject is None:  # an infinitive or a gerund, whose subject stands outside
        return lexicon.wrong([head])
    if subject.lower_ in {"there", "it", "that", "this", "what"} or lexicon.wrong([subject]):
        return False
    person = (
        subject.pos_ in {"PROPN", "PRON"} or bool(subject.ent_type_) or any(t.pos_ == "PROPN" for t in subject.subtree)
    )
    return person and lexicon.wrong([head, *(c for c in head.children if c.dep_ in _PREDICATES)])


_BEING = frozenset({"be", "have", "represent", "own", "know"})
_TOPICS = frozenset({"over", "about", "on"})


def _own(reading: Reading, noun: Token, kind: str, status: ClaimStatus) -> Found | None:
    span = scope.complement(reading, noun)
    inside = reading.tokens(span) if span else []
    evidence = (text_span(noun),)
    accused = _against(noun)
    if kind == "distanced":
        being = next((c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VB" and c.lemma_ in _BEING), None)
        if being is not None:  # *her claim to be a healer*
            meant = scope.clause(reading, being)
            return Found(status=status, content=(meant,), evidence=evidence) if meant is not None else None
        if span is None or any(c.dep_ == "prep" and c.i > noun.i and span.start > c.idx for c in noun.children):
            return None  # *claims about*, *claims on air*: a topic is no proposition
        if blames(inside):
            return Found(status="accusation", also=("distanced",), content=(span,), evidence=evidence, accused=accused)
        return Found(status=status, content=(span,), evidence=evidence)
    if kind == "speculation":
        contested = noun.dep_ == "nsubjpass" or (noun.dep_ == "dobj" and noun.head.lemma_.lower() in lexicon.verbs())
        if contested and not propositional(noun):
            return None  # *the rumour about the well was debunked*: that cue has the whole of it
        return Found(status=status, content=(span,), evidence=evidence) if span is not None else None
    if kind in {"charge", "accusation"} and span is None:
        named = _named_behind(reading, noun)  # *the charges include fraud and forgery*
        if named is not None:
            return Found(status=status, content=(named,), evidence=evidence, accused=accused)
    if kind == "charge" and span is None:
        span = _related(reading, noun)
        inside = reading.tokens(span) if span else []
    if kind == "charge" and not (lexicon.wrong(inside) or propositional(noun) or _before_a_court(noun, inside)):
        return None
    if any(c.dep_ == "prep" and c.lower_ in _TOPICS and c.i > noun.i for c in noun.children):
        if not lexicon.wrong(inside) and not propositional(noun):
            return None  # *traded accusations over the cracks*: what they quarrel about is not contested
    if span is not None and inside:
        return Found(status=status, content=(span,), evidence=evidence, accused=accused)
    if kind == "accusation" and noun.dep_ != "compound" and lexicon.wrong(_before(noun)):
        whole = scope.noun_phrase(reading, noun)
        if whole is not None:
            return Found(status=status, content=(whole,), evidence=evidence, accused=accused)
    return None


def _related(reading: Reading, noun: Token) -> Span | None:
    """*charges related to smuggling*, *charges stemming from a brawl*."""
    for child in noun.children:
        if child.dep_ == "acl" and child.lemma_ in {"relate", "connect", "stem", "link"}:
            mark = next((c for c in child.children if c.dep_ == "prep"), None)
            return scope.governed(reading, mark) if mark is not None else None
    return None


def _before_a_court(noun: Token, inside: list[Token]) -> bool:
    """*held on charges of taking pipes*: what somebody is held on or faces, and no sum of money."""
    if not inside or inside[0].like_num or inside[0].is_currency or noun.tag_ != "NNS":
        return False
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "on" else noun.head
    held = noun.dep_ == "pobj" and noun.head.lower_ == "on" and verb.pos_ == "VERB"
    return held or (noun.dep_ == "dobj" and verb.lemma_ == "face")


def _named_behind(reading: Reading, noun: Token) -> Span | None:
    """What a list of charges holds: *the charges include fraud*, *the counts range from theft to arson*."""
    for mark in noun.children:  # *faces two charges, including forging a will*
        if mark.lower_ == "including" and mark.i > noun.i:
            listed = [t for t in scope.words(mark.subtree) if t.i > mark.i]
            deed = any(c.dep_ == "pcomp" and c.tag_ == "VBG" for c in mark.children)
            return reading.span(listed) if deed or lexicon.wrong(listed) else None
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_.lower() not in {"include", "range"} or verb.i < noun.i:
        return None
    thing = next((c for c in verb.children if c.dep_ in {"dobj", "prep", "xcomp"} and c.i > verb.i), None)
    if thing is None:
        return None
    words = [t for t in scope.words(thing.subtree) if not (t.i == thing.i and t.dep_ == "prep")]
    return reading.span(words) if lexicon.wrong(words) else None  # *the charges include a fee for parking*


def _before(noun: Token) -> list[Token]:
    """The modifiers in front of ``noun``: *a rape allegation*."""
    return [t for t in noun.subtree if t.i < noun.i and t.dep_ in {"compound", "amod", "nmod", "npadvmod"}]


def _against(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "against":
            inside = [t for t in child.subtree if t.i > child.i and t.dep_ not in {"punct", "det"}]
            named = [t for t in inside if t.pos_ == "PROPN"]
            return named[-1] if named else next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def hung(
    reading: Reading,
    noun: Token,
    status: ClaimStatus,
    *,
    evidence: tuple[Span, ...],
    by: str | None,
    who: Token | None,
    also: tuple[ClaimStatus, ...] = (),
) -> Found | Reference | None:
    """What a cue that has a noun of saying as its object contests: the noun's own proposition, or one before it."""
    kind = lexicon.nouns().get(noun.lemma_.lower(), "neutral")
    span = scope.complement(reading, noun)
    if span is not None and kind in {"charge"} and not lexicon.wrong(reading.tokens(span)):
        span = None
    if span is not None and (kind in {"accusation", "charge"} or propositional(noun)):
        if status == "denied" and kind == "neutral" and not _concerns(reading, span, who):
            status, also = "disputed", ("denied",)
        more: tuple[ClaimStatus, ...] = ("accusation",) if kind in {"accusation", "charge"} else ()
        cue = (text_span(noun),) if kind in {"accusation", "charge"} else ()
        return Found(
            status=status,
            also=(*also, *more),
            content=(span,),
            evidence=tuple(sorted((*evidence, *cue))),
            by=by,
            confidence=0.8,
            accused=who if more else None,
        )
    topic = span is not None and kind not in {"accusation", "charge"} and not propositional(noun)
    if topic and (kind != "neutral" or status in {"disputed", "corrected", "unsubstantiated"}):
        whole = scope.noun_phrase(reading, noun)  # *the story of the mill*: what it says is not told, only about what
        if whole is not None:
            return Found(status=status, also=also, content=(whole,), evidence=evidence, by=by, confidence=0.7)
    if kind in {"speculation"} and span is None:
        return None
    left = noun.left_edge
    sums_up = noun.i > noun.sent.start and noun.idx < evidence[0].start and noun.doc[left.i - 1].text in APPOSING
    position = left.idx if sums_up else evidence[0].start
    return Reference(
        status=status, also=also, evidence=evidence, position=position, by=by, who=who, noun=noun, sums_up=sums_up
    )


def _concerns(reading: Reading, span: Span, who: Token | None) -> bool:
    """Whether a proposition is about the side that rejects it: *Bell rejected the idea that she had lied*."""
    inside = reading.tokens(span)
    names = {t.lower_ for t in who.subtree if t.pos_ == "PROPN"} if who is not None else set()
    first = next((t for t in inside if t.dep_ in SUBJECTS), None)
    return first is not None and (first.tag_ in {"PRP", "PRP$"} or first.lower_ in names)


def clause_of_duty(noun: Token) -> bool:
    """Whether the clause on a noun says what should be, rather than what is."""
    clauses = [c for c in noun.children if c.i > noun.i and c.dep_ in {"acl", "ccomp", "relcl"} and scope.says(c)]
    return any(
        c.dep_ == "aux" and c.lower_ in {"should", "must", "ought"} for clause in clauses for c in clause.children
    )


def propositional(noun: Token) -> bool:
    """Whether a clause hangs on the noun: *the idea that …*; *a report on rents* is about something else."""
    return any(c.dep_ in {"acl", "ccomp", "relcl"} and scope.says(c) for c in noun.children if c.i > noun.i) or (
        scope.far_clause(noun) is not None or scope.saying(noun) is not None
    )
