"""Cues that are phrases: *there is no evidence that …*, *could not be verified*, *it is unclear whether …*."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.analysis.claims import lexicon, scope
from onrecord.analysis.claims.found import Found, Reference, text_span
from onrecord.analysis.claims.lexicon import Phrase
from onrecord.analysis.claims.nouns import APPOSING, hung
from onrecord.analysis.claims.parties import Parties
from onrecord.analysis.claims.voice import in_question
from onrecord.analysis.phrases import RELATIVE, SUBJECTS, Reading
from onrecord.analysis.result import ClaimStatus
from onrecord.article import Span

_ASKED = frozenset({"whether", "if"})
_APPOSED = frozenset({"appos", "npadvmod", "dobj", "attr", "conj", "ROOT", "dep", "pobj", "nsubj"})
_BACK = frozenset({"this", "that", "it", "they", "these", "those"})


@dataclass(frozen=True, slots=True)
class _Cue:
    """A judging phrase where it stands."""

    reading: Reading
    parties: Parties
    phrase: Phrase
    tokens: list[Token]
    evidence: Span


def judgement_cues(reading: Reading, parties: Parties) -> Iterator[Found | Reference]:
    """Every claim whose cue is a judging phrase."""
    text = reading.article.text
    small = text.lower()
    for phrase in lexicon.phrases():
        if not any(hint in small for hint in phrase.hints):
            continue
        for match in phrase.pattern.finditer(text):
            words = match.group().rstrip().removesuffix(" that")
            evidence = Span(match.start(), match.start() + len(words))
            tokens = reading.tokens(evidence)
            if not tokens or any(reading.quoted(token) for token in tokens) or in_question(tokens[0]):
                continue
            if _conditional(tokens[0]) or _possible(phrase, tokens[0]):
                continue
            found = _FRAMES[phrase.frame](_Cue(reading, parties, phrase, tokens, evidence))
            if found is not None:
                yield found


def _conditional(token: Token) -> bool:
    verb = scope.clause_head(token)
    return any(c.dep_ == "mark" and c.lower_ in {"if", "unless"} and c.i < token.i for c in verb.children)


def _possible(phrase: Phrase, token: Token) -> bool:
    """*can be called into question*: a possibility contests nothing."""
    if token.tag_ == "VB" and any(child.lower_ == "to" for child in token.children):
        return phrase.status == "disputed"
    before = token.doc[max(token.sent.start, token.i - 2) : token.i]
    return phrase.status in {"disputed", "corrected", "denied"} and any(other.tag_ == "MD" for other in before)


def _after(cue: _Cue) -> Found | Reference | None:
    """The words behind the phrase, up to the end of the clause or phrase that they begin."""
    reading, phrase, tokens, evidence = cue.reading, cue.phrase, cue.tokens, cue.evidence
    doc = reading.doc
    first = tokens[-1].i + 1
    while first < len(doc) and doc[first].lower_ in {"exactly", "precisely", "just", "that", "in", "on"}:
        first += 1
    if first >= len(doc) or doc[first].sent != tokens[-1].sent or doc[first].is_punct:
        return None
    if tokens[0].head.head.lemma_ in {"give", "show"} or tokens[0].head.lemma_ in {"give", "show"}:
        return None  # *she gave no indication that she would leave*: nobody has said that she would
    cues = [evidence]
    start = doc[first]
    if start.lower_ in _ASKED:
        cues.append(text_span(start))
        first += 1
        if first >= len(doc):
            return None
        start = doc[first]
    elif start.lower_ in scope.ASKING and (doc[first + 1 : first + 2].text in {",", ".", ""}):
        return None  # *It is not clear why.*
    elif first + 1 < len(doc) and (start.dep_ == "prep" or start.lower_ in {"of", "for", "behind", "about"}):
        start = doc[first + 1]
    clear = _governed(reading, tokens)
    kept = [t for t in _to_end(start, tokens[0]) if not t.is_space]
    span = clear or reading.span([t for t in kept if reading.block(t) == reading.block(tokens[0])])
    if span is None:
        return None
    noun = doc[start.i : reading.tokens(span)[-1].i + 1].root
    if noun.pos_ == "NOUN" and noun.lemma_.lower() in lexicon.nouns() and scope.complement(reading, noun) is None:
        return hung(reading, noun, phrase.status, evidence=(evidence,), by=None, who=None)
    root = doc[tokens[0].i : tokens[-1].i + 1].root
    who = scope.subject_of(root) if phrase.status in {"disputed", "denied"} else None
    also: tuple[ClaimStatus, ...] = ("accusation",) if phrase.status == "denied" else ()
    return Found(
        status=phrase.status,
        also=also,
        content=(span,),
        evidence=tuple(cues),
        by=cue.parties.source(who),
        confidence=0.75,
        accused=who if also else None,
    )


def _governed(reading: Reading, tokens: list[Token]) -> Span | None:
    """What the last word of the phrase takes, where the parse is sure of it: *doubt on …*, *is said to …*."""
    last = tokens[-1]
    if last.dep_ == "prep":
        span = scope.governed(reading, last)
        return scope.without_whether(reading, span) if span is not None else None
    if last.lower_ == "to" and last.dep_ == "aux":
        return scope.clause(reading, last.head, after=last.i)
    return None


def _to_end(start: Token, cue: Token) -> list[Token]:
    """From ``start`` to the end of its clause: an aside behind a comma and a new main clause stay out."""
    sentence = start.sent
    kept: list[Token] = []
    for at in range(start.i, sentence.end):
        token = sentence.doc[at]
        if token.text in {";", "—", "–", "--"} and kept:
            break
        if token.text == "," and kept and _leaves(token, cue):
            break
        if token.dep_ == "cc" and kept and _goes_on_without(token, cue):
            break
        kept.append(token)
    return kept


def _goes_on_without(conjunction: Token, cue: Token) -> bool:
    """*voiced doubts about the roof and moved out*: a second verb of the same subject."""
    after = conjunction.doc[conjunction.i + 1] if conjunction.i + 1 < conjunction.sent.end else conjunction
    return after.tag_ in {"VBD", "VBZ"} and after.dep_ == "conj" and after.head.i <= cue.i


def _leaves(comma: Token, cue: Token) -> bool:
    """Whether behind this comma the sentence goes on with something else than what the cue governs."""
    if comma.i + 1 >= comma.sent.end:
        return True
    after = comma.doc[comma.i + 1]
    if after.lower_ in {"but", "although", "though", "while", "which", "who", "as", "because", "so"}:
        return True
    if after.lower_ == "and":
        return any(t.dep_ in SUBJECTS and t.i > comma.i for t in _next_verb(comma)) and not _under(after, cue)
    for token in comma.sent:
        if token.i > comma.i and token.pos_ == "VERB" and token.lemma_ in {"say", "tell", "write", "add", "report"}:
            if any(c.dep_ in SUBJECTS and c.i > comma.i for c in token.children) and token.i - comma.i < 8:
                return True
    return False


def _next_verb(comma: Token) -> list[Token]:
    for token in comma.doc[comma.i + 1 : comma.sent.end]:
        if token.pos_ in {"VERB", "AUX"} and token.dep_ in {"conj", "ROOT", "ccomp"}:
            return list(token.children)
    return []


def _under(token: Token, cue: Token) -> bool:
    return any(a.i == cue.i for a in token.ancestors)


def _subject(cue: _Cue) -> Found | Reference | None:
    """The subject of the phrase: a clause with *whether*, a noun phrase, or what a bare noun or pronoun points to."""
    reading, phrase, tokens, evidence = cue.reading, cue.phrase, cue.tokens, cue.evidence
    doc = reading.doc
    root = doc[tokens[0].i : tokens[-1].i + 1].root
    asked = _whether(tokens)
    if asked is not None:
        span = reading.span(doc[asked.i + 1 : tokens[0].i])
        if span is None:
            return None
        return Found(status=phrase.status, content=(span,), evidence=(text_span(asked), evidence), confidence=0.8)
    apposed = _apposed(tokens)
    if apposed is not None:
        return _before_apposed(phrase, apposed, evidence)
    noun = scope.subject_of(root)
    if noun is None or noun.i >= tokens[0].i or noun.dep_ == "expl":
        return None
    head = scope.clause_head(root)
    if noun.lower_ in RELATIVE:
        if noun.lower_ == "what" or head.dep_ != "relcl":
            return None
        noun = head.head
    if noun.lower_ in _BACK:
        return Reference(status=phrase.status, evidence=(evidence,), position=evidence.start)
    if noun.dep_ == "csubj":
        span = scope.clause(reading, noun)
    elif noun.lemma_.lower() in lexicon.nouns():
        return hung(reading, noun, phrase.status, evidence=(evidence,), by=None, who=None)
    else:
        span = scope.noun_phrase(reading, noun)
    if span is None or len(reading.tokens(span)) < scope.FEWEST or span.end > evidence.start:
        return None
    return Found(status=phrase.status, content=(span,), evidence=(evidence,), confidence=0.7)


def _whether(tokens: list[Token]) -> Token | None:
    """*Whether*, *how* or *if* at the beginning of the sentence or clause that the phrase ends."""
    sentence = tokens[0].sent
    for token in sentence:
        if token.i >= tokens[0].i:
            return None
        if token.lower_ in {"whether", "how", "if", "what", "who", "why", "when"} and (
            token.i - sentence.start <= 3 or token.doc[token.i - 1].text in {",", ";", "—", "but", "and"}
        ):
            return token
    return None


def _apposed(tokens: list[Token]) -> Token | None:
    """The noun of *…, a claim that has not been substantiated*."""
    for token in tokens[0].doc[max(tokens[0].sent.start, tokens[0].i - 4) : tokens[0].i]:
        if token.lemma_.lower() in lexicon.nouns() and token.dep_ in _APPOSED:
            left = token.left_edge.i
            behind = token.doc[token.i + 1]
            if left > token.sent.start and token.doc[left - 1].text in APPOSING and behind.lower_ in {"that", "which"}:
                return token
    return None


def _before_apposed(phrase: Phrase, noun: Token, evidence: Span) -> Reference:
    """An apposition sums up what the sentence has said so far."""
    whole = Span(noun.left_edge.idx, evidence.end)
    return Reference(
        status=phrase.status, evidence=(whole,), position=noun.left_edge.idx, noun=noun, sums_up=True, confidence=0.8
    )


def _around(cue: _Cue) -> Found | Reference | None:
    """What the sentence says in front of *without evidence*; else what was said before it."""
    reading, phrase, tokens, evidence = cue.reading, cue.phrase, cue.tokens, cue.evidence
    head = scope.clause_head(tokens[0])
    quoted = [
        quote
        for quote in cue.parties.quotes
        if head.sent.start_char <= quote.content[0].start and quote.content[-1].end <= head.sent.end_char
    ]
    if quoted:
        return Found(
            status=phrase.status,
            content=tuple(
                _short_of(reading, span, evidence) for span in quoted[-1].content if not evidence.covers(span)
            ),
            evidence=(evidence,),
            quote=quoted[-1].id,
            confidence=0.7,
        )
    verb = head
    for _ in range(3):
        if verb.i < tokens[0].i and verb.lemma_.lower() in lexicon.verbs():
            return None  # the verb is a cue of its own; ``links`` joins the two
        if verb.dep_ in {"conj", "advcl", "acl", "xcomp"}:
            verb = verb.head
    if tokens[0].lemma_.lower() in {"offer", "provide", "give", "present", "cite", "produce"}:
        who = scope.subject_of(tokens[0])
        return Reference(
            status=phrase.status, evidence=(evidence,), position=head.sent.start_char, who=who, confidence=0.7
        )
    return None


def _short_of(reading: Reading, span: Span, evidence: Span) -> Span:
    if not span.overlaps(evidence):
        return span
    kept = reading.span(token for token in reading.tokens(span) if token.idx < evidence.start)
    return kept or span


def _noun(cue: _Cue) -> Found | Reference | None:
    """*unconfirmed reports that …*: what hangs on the noun, else the noun phrase if it says enough."""
    reading, phrase, tokens, evidence = cue.reading, cue.phrase, cue.tokens, cue.evidence
    noun = tokens[-1].head
    if tokens[-1].dep_ != "amod" or noun.pos_ != "NOUN" or noun.lemma_.lower() not in lexicon.nouns():
        return None
    span = scope.complement(reading, noun)
    if span is None:
        return None
    also: tuple[ClaimStatus, ...] = (
        ("accusation",) if lexicon.nouns()[noun.lemma_.lower()] in {"accusation", "charge"} else ()
    )
    return Found(
        status=phrase.status,
        also=also,
        content=(span,),
        evidence=(Span(evidence.start, noun.idx + len(noun.text)),),
        confidence=0.75,
    )


_FRAMES = {"after": _after, "subject": _subject, "around": _around, "noun": _noun}
