"""What a cue governs: the clause or phrase that is contested, as a span."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.analysis.claims import lexicon
from onrecord.analysis.phrases import FINITE, RELATIVE, SUBJECTS, Reading
from onrecord.article import Span

CLAUSES = frozenset({"ROOT", "ccomp", "relcl", "advcl", "conj", "acl", "xcomp", "pcomp", "csubj", "parataxis"})
ASKING = frozenset({"how", "who", "what", "why", "when", "where", "which", "whose", "whom"})
_LEADERS = frozenset({"that", "whether", "if"})
_ASIDE = frozenset({"parataxis", "advcl"})
FEWEST = 3  # words; what is shorter is a fragment
_BESIDE = frozenset({"by", "from", "against", "in", "among"})


def words(tokens: Iterable[Token]) -> list[Token]:
    """``tokens`` in reading order without white space."""
    return sorted((token for token in tokens if not token.is_space), key=lambda token: token.i)


def clause(reading: Reading, head: Token, *, after: int = -1) -> Span | None:
    """The clause under ``head``, from behind token ``after``, without the word that introduces it."""
    kept = [token for token in words(_without_asides(head)) if token.i > after]
    while kept and kept[0].lower_ in _LEADERS and kept[0].dep_ not in SUBJECTS:
        kept.pop(0)
    while kept and (kept[0].is_punct and kept[0].text in {",", ":", ";"}):
        kept.pop(0)
    kept = _without_afterthought(kept)
    return _one_block(reading, _to_its_verb(kept, head) if after >= 0 else kept)


def _to_its_verb(kept: list[Token], head: Token) -> list[Token]:
    """With the rest of a clause that the parse has broken off before its verb."""
    if not kept:
        return kept
    last = kept[-1]
    sentence = last.sent
    at = last.i + 1
    above = {token.i for token in head.ancestors}
    if at < sentence.end and (at in above or last.doc[at].head.i in above):
        return kept  # the sentence goes on with the verb that the clause hangs on
    if at < sentence.end and last.doc[at].tag_ in FINITE and last.pos_ not in {"ADP", "CCONJ"}:
        while at < sentence.end and not last.doc[at].is_punct:
            kept = [*kept, last.doc[at]]
            at += 1
    return kept


def _without_afterthought(kept: list[Token]) -> list[Token]:
    """Without *, which …* at the end: it is the reporter's own addition."""
    for at, token in enumerate(kept):
        if at > 2 and token.lower_ == "which" and kept[at - 1].text == ",":
            rest = kept[at:]
            if not any(t.text == "," for t in rest[1:]):
                return kept[: at - 1]
    return kept


def _without_asides(head: Token) -> list[Token]:
    """The subtree without an adverbial clause that the sentence goes on with behind a comma."""
    aside: set[int] = set()
    for child in head.children:
        if child.i < head.i or child.dep_ not in _ASIDE:
            continue
        left = child.left_edge.i
        if left > 0 and head.doc[left - 1].text in {",", "—", "–", ";"}:
            aside.update(token.i for token in child.subtree)
    return [token for token in head.subtree if token.i not in aside]


def noun_phrase(reading: Reading, noun: Token) -> Span | None:
    """The noun phrase with what follows it, up to a clause behind a comma."""
    kept: list[Token] = []
    last = -2
    for token in words(noun.subtree):
        if token.i > noun.i and token.text in {",", ";", "—", "–", "("} and not _inside(token, noun):
            break
        kept.append(token)
        last = token.i
    return _one_block(reading, kept) if last >= 0 else None


def _inside(mark: Token, noun: Token) -> bool:
    """Whether the phrase goes on behind a mark: in a list, or in a date (*the May 3, 1999, storm*)."""
    if mark.text == "," and (mark.doc[mark.i - 1].like_num or mark.doc[mark.i - 1].ent_type_ == "DATE"):
        return mark.i + 1 < len(mark.doc) and mark.doc[mark.i + 1].dep_ not in {"relcl", "advcl"}
    return _joins(mark, noun)


def _joins(mark: Token, noun: Token) -> bool:
    """Whether a comma parts the members of a list under ``noun``."""
    after = mark.doc[mark.i + 1] if mark.i + 1 < len(mark.doc) else mark
    return (
        mark.text == ","
        and any(
            token.dep_ == "conj" and token.left_edge.i <= after.i + 1 and token.i > mark.i for token in noun.subtree
        )
        and not any(token.dep_ in {"relcl", "appos"} and token.left_edge.i == after.i for token in noun.subtree)
    )


def complement(reading: Reading, noun: Token) -> Span | None:
    """What a noun of saying holds: *the claim that …*, *accusations of …*, *speculation about …*."""
    listed = _including(noun) or saying(noun)
    if listed is not None:
        return clause(reading, listed)
    for child in noun.children:
        if child.i < noun.i:
            continue
        if child.dep_ in {"acl", "ccomp", "relcl"} and (_that(child) is not None or _bare(child)):
            return None if gap(child) else clause(reading, child)
        if child.dep_ == "prep" and child.lower_ in {"of", "about", "over", "on", "as", "that"}:
            span = governed(reading, child)
            if span is not None and not _dates(child):
                return without_whether(reading, span)
    far = far_clause(noun)
    return clause(reading, far) if far is not None else None


def without_whether(reading: Reading, span: Span) -> Span:
    """*speculation as to whether the mayor will run*: the open proposition alone."""
    kept = reading.tokens(span)
    at = next((n for n, token in enumerate(kept[:3]) if token.lower_ in {"whether", "if"}), None)
    return span if at is None else reading.span(kept[at + 1 :]) or span


def _that(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.lower_ == "that" and c.tag_ in {"IN", "WDT"} and c.i < verb.i), None)


def says(verb: Token) -> bool:
    """Whether a clause behind a noun of saying is what is said."""
    return (_that(verb) is not None and not gap(verb)) or _bare(verb)


def _bare(verb: Token) -> bool:
    """*fears it would block the tram*: a clause without *that* which lacks nothing, so it says nothing of its noun."""
    return (
        verb.dep_ in {"acl", "ccomp", "relcl"}
        and any(c.dep_ in SUBJECTS and c.i < verb.i for c in verb.children)
        and any(
            (c.dep_ in {"dobj", "attr", "acomp", "ccomp", "xcomp"} and c.i > verb.i) or c.tag_ == "MD"
            for c in verb.children
        )
        and not any(c.tag_ in {"WDT", "WP", "WRB"} or c.dep_ == "mark" for c in verb.children)
        and all(_governs(t) for t in verb.subtree if t.dep_ == "prep")  # *the charge he had to live with*
    )


def _governs(preposition: Token) -> bool:
    return any(c.i > preposition.i and c.dep_ != "punct" for c in preposition.children)


def gap(verb: Token) -> bool:
    """Whether a clause behind a noun says something about it: *a claim that the firm disputes*."""
    that = _that(verb)
    relative = that is not None and that.tag_ == "WDT"
    if not relative and verb.lemma_.lower() not in lexicon.words("handled", "words"):
        return False
    return not any(c.dep_ in {"dobj", "ccomp", "xcomp"} and c.i > verb.i for c in verb.children)


def far_clause(noun: Token) -> Token | None:
    """The clause of *accusations by the union that …* and of *his claim is that …*, which hang elsewhere."""
    doc = noun.doc
    inside = [t.i for t in noun.subtree if t.i > noun.i]
    edge = max(inside, default=noun.i) + 1
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        edge = noun.head.i + 1
    elif any(c.i > noun.i and not (c.lower_ in _BESIDE or _dates(c)) for c in noun.children if c.dep_ != "punct"):
        return None
    if edge < len(doc) and doc[edge].lower_ in _BESIDE and doc[edge].head.i == noun.head.i:
        edge = doc[edge].right_edge.i + 1  # *disputing accusations by the union that …*: parsers hang *by* on the verb
    if edge >= len(doc) or doc[edge].lower_ != "that" or doc[edge].dep_ != "mark":
        return None
    return doc[edge].head if doc[edge].head.i > edge and doc[edge].sent == noun.sent else None


def _including(noun: Token) -> Token | None:
    """*his claims about the wall, including that it was paid for*."""
    verb = noun.head
    for mark in (*noun.children, *verb.children):
        if mark.lower_ == "including" and mark.i > noun.i and mark.doc[mark.i - 1].text == ",":
            return next((c for c in mark.children if c.dep_ in {"pcomp", "ccomp"} and _that(c) is not None), None)
    return None


def saying(noun: Token) -> Token | None:
    """*a report from the harbour saying the gate was open*."""
    of = [c for c in noun.children if c.dep_ == "prep" and c.i > noun.i]
    for verb in (c for above in (noun, *of, *(c for p in of for c in p.children)) for c in above.children):
        if verb.lemma_ in {"say", "claim", "state", "allege", "suggest"} and verb.tag_ == "VBG" and verb.i > noun.i:
            return next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    return None


def _dates(child: Token) -> bool:
    """*his comment on Sunday that …*: when, not what."""
    return (
        child.dep_ == "prep" and child.lower_ != "of" and any(c.ent_type_ in {"DATE", "TIME"} for c in child.children)
    )


def listed(reading: Reading, verb: Token, span: Span) -> Span:
    """``span`` with what goes on behind it under the same verb: *and misleading clients*, *by hiding the list*."""
    doc = reading.doc
    for _ in range(4):  # nobody is accused of more in one list
        last = reading.tokens(span)[-1]
        at = last.i + 1
        while at < last.sent.end and (doc[at].text == "," or doc[at].dep_ == "cc"):
            at += 1
        if at >= last.sent.end:
            break
        token = doc[at]
        joined = at > last.i + 1 and token.tag_ == "VBG" and token.dep_ in {"conj", "advcl", "acl"}
        means = at == last.i + 1 and token.lower_ == "by" and any(c.tag_ == "VBG" for c in token.children)
        if not (joined or means) or not (token.head.i == verb.i or verb.is_ancestor(token)):
            break
        if joined and doc[at - 1].text == "," and not any(t.dep_ == "cc" for t in doc[at : last.sent.end]):
            break  # *accused him of lying, saying …* is no list
        grown = _one_block(reading, [doc[at - 1], *words(token.subtree)])
        if grown is None or grown.end <= span.end:
            break
        span = Span(span.start, grown.end)
    return span


def governed(reading: Reading, preposition: Token) -> Span | None:
    """Everything behind a preposition, coordinated phrases included."""
    for child in preposition.children:
        if child.dep_ in {"pobj", "pcomp", "amod", "acomp"} and child.i > preposition.i:
            kept = [t for t in words(preposition.subtree) if t.i > preposition.i]
            cut = _cut_at_aside(kept, child)
            return _one_block(reading, cut)
    return None


def _cut_at_aside(kept: list[Token], head: Token) -> list[Token]:
    """Without the apposition or relative clause behind a comma that says more about the whole."""
    for token in kept:
        if token.text not in {",", "—", "–"} or token.i <= head.i:
            continue
        after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        if after is None:
            continue
        for other in kept:
            if other.left_edge.i == after.i and other.i >= after.i and other.dep_ in {"relcl", "appos", "advcl"}:
                return [word for word in kept if word.i < token.i]
    return kept


def around(reading: Reading, verb: Token, *, before: int) -> Span | None:
    """The main statement in front of token ``before``: of a report the reported words, else the whole clause."""
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i < before and child.pos_ in {"VERB", "AUX"}:
            return _one_block(reading, [t for t in words(_without_leader(child)) if t.i < before])
    kept = [token for token in words(verb.subtree) if token.i < before]
    return _one_block(reading, kept) if len(kept) > 3 else None


def _without_leader(head: Token) -> list[Token]:
    leaders = {c.i for c in head.children if c.dep_ == "mark" and c.lower_ in _LEADERS}
    return [token for token in head.subtree if token.i not in leaders]


def enough(reading: Reading, span: Span) -> Span:
    """``span``, or more of its line where the parse has left a word or two: a fragment tells a reader nothing."""
    inside = reading.tokens(span)
    if not inside or len([t for t in inside if t.is_alpha or t.like_num]) >= FEWEST:
        return span
    first, at, doc = inside[0], inside[-1].i + 1, reading.doc
    end = first.sent.end
    if at < end and doc[at].text == ":":
        at += 1
    if at < end and reading.quotation_of(doc[at]) >= 0:
        quotation = reading.outer[reading.quotation_of(doc[at])]
        return Span(span.start, max(span.end, quotation.spans[0].end))
    last = at
    while last < end and not doc[last].is_punct and not doc[last].is_space:
        last += 1
    return Span(span.start, max(span.end, doc[last - 1].idx + len(doc[last - 1].text)))


def subject_of(verb: Token) -> Token | None:
    """The subject of the clause that ``verb`` is in, at the auxiliary or at the verb it is coordinated with."""
    seen = verb
    for _ in range(4):
        own = next((c for c in seen.children if c.dep_ in {*SUBJECTS, "expl"} and c.i < verb.i), None)
        if own is not None:
            return own
        if seen.dep_ in {"aux", "auxpass", "conj", "acomp", "xcomp", "attr", "advmod", "prep", "pobj", "amod", "oprd"}:
            seen = seen.head
        else:
            return None
    return None


def antecedent(noun: Token | None) -> Token | None:
    """The noun that a relative pronoun stands for; every other noun itself."""
    if noun is not None and noun.lower_ in RELATIVE and noun.head.dep_ in {"relcl", "acl"}:
        return noun.head.head
    return noun


def clause_head(token: Token) -> Token:
    """The verb of the clause in which ``token`` stands."""
    while token.dep_ not in CLAUSES and token.head.i != token.i:
        token = token.head
    return token


def _one_block(reading: Reading, kept: list[Token]) -> Span | None:
    if not kept:
        return None
    block = reading.block(kept[0])
    kept = _before_summary(kept)
    return reading.span([token for token in kept if reading.block(token) == block])


def _before_summary(kept: list[Token]) -> list[Token]:
    """Without *, a claim that …*: what sums a proposition up is no part of it, wherever the parse hangs it."""
    for at, token in enumerate(kept):
        if at == 0 or token.text not in {",", "—", "–"}:
            continue
        for noun in token.doc[token.i + 2 : token.i + 4]:
            behind = noun.doc[noun.i + 1].lower_ if noun.i + 1 < len(noun.doc) else ""
            if noun.lemma_.lower() not in lexicon.nouns():
                continue
            if behind in {"that", "which"} or any(c.dep_ == "relcl" and c.i > noun.i for c in noun.children):
                return kept[:at]
    return kept
