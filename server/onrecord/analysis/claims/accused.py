"""What somebody is accused of: the words behind *accused of*, *blamed for*, *charged with* and *blamed on*."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.analysis.claims import lexicon, scope
from onrecord.analysis.phrases import Reading, agent, passive
from onrecord.article import Span

_NO_OTHER = frozenset({"himself", "herself", "themselves", "itself", "myself", "nobody", "none", "nothing"})
_PERSONS = frozenset({"he", "she", "him", "her", "who", "whom", "they", "them"})


def laid_upon(reading: Reading, verb: Token, preposition: str) -> tuple[Span | None, Token | None]:
    """The span behind *of*, *for* or *with*, and who it is laid on."""
    marks = [c for c in verb.children if c.dep_ in {"prep", "dative"} and c.lower_ == preposition and c.i > verb.i]
    object_ = object_of(verb)
    accused = object_ or next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if accused is None and verb.dep_ == "relcl" and preposition == "of":  # *the clerk, whom they accused of lying*
        accused = next((verb.head for c in verb.children if c.dep_ in {"dobj", "pobj"} and c.i < verb.i), None)
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
            plain = behind.pos_ not in {"PROPN", "PRON"} and not reading.quoted(marks[0].doc[marks[0].i + 1])
            if plain and not lexicon.wrong(marks[0].subtree) and not _bare(marks[0]):
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
        if governed.lemma_.lower() in lexicon.words("traps", "duties"):
            return None, None
        if not (lexicon.wrong(inside) or _before_a_court(verb, governed, accused)):
            return None, None
    if preposition == "for" and governed.ent_type_ in {"DATE", "TIME"}:
        return None, None
    span = scope.governed(reading, first)
    span = scope.listed(reading, verb, span) if span is not None else None
    if len(marks) > 1 and span is not None:
        last = scope.governed(reading, marks[-1])
        if last is not None and last.start > span.end:
            span = Span(span.start, last.end)
    if span is not None and preposition == "for" and object_ is not None and _befell(governed):
        span = Span(object_.left_edge.idx, span.end)
    return span, accused


def _befell(thing: Token) -> bool:
    """*blames the council for the flood*: a flood is nothing that somebody does; what is said is whose doing it is."""
    return (
        thing.pos_ == "NOUN" and not lexicon.wrong(thing.subtree) and not any(c.dep_ == "poss" for c in thing.children)
    )


def _before_a_court(verb: Token, deed: Token, accused: Token) -> bool:
    """*was charged with taking pipes*, *with possession of a knife*: a person was, and no duty is what it was."""
    person = accused.ent_type_ == "PERSON" or accused.lower_ in _PERSONS
    now = any(child.dep_ == "auxpass" and child.tag_ in {"VBP", "VBZ"} for child in verb.children)
    if not person or now or verb.lemma_ != "charge":
        return False
    if deed.tag_ == "VBG" and deed.dep_ == "pcomp":
        return deed.lemma_.lower() not in lexicon.words("traps", "tasks")
    return deed.pos_ == "NOUN" and not any(c.dep_ in {"det", "poss"} for c in deed.children)


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


def laid_on(reading: Reading, verb: Token) -> Span | None:
    """*blamed the flood on the council*: that the one is the other's doing."""
    object_ = object_of(verb)
    mark = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "on" and c.i > verb.i), None)
    if object_ is None or mark is None or mark.i < object_.i or object_.pos_ == "PRON":
        return None
    cause = next((c for c in mark.children if c.dep_ == "pobj"), None)
    if cause is None or cause.ent_type_ in {"DATE", "TIME"}:
        return None
    first, last = scope.noun_phrase(reading, object_), scope.governed(reading, mark)
    return Span(first.start, last.end) if first is not None and last is not None else None


def object_of(verb: Token) -> Token | None:
    """The object behind ``verb``."""
    return next((c for c in verb.children if c.dep_ in {"dobj", "obj"} and c.i > verb.i), None)
