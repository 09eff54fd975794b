"""Reported speech without marks: who a verb of saying lets speak, and which words are what is said.

Each frame of the cue lexicon says where the content stands: in the clause that the verb governs, in its object, in
the infinitive of a request, in what follows *of* or *as*. The parse says where that is in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.analysis.cues import is_verb, lexicon
from onrecord.analysis.direct import is_title
from onrecord.analysis.phrases import RELATIVE, SUBJECTS, Reading, agent, passive, subject
from onrecord.article import Span

# First person outside quotation marks is the author; *you* and *one* are nobody in particular.
_NOBODY = frozenset({"i", "we", "you", "one", "there", "this", "that", "what", "which", "these", "those"})
_NEGATION = frozenset({"neg"})
_ASKING = frozenset({"ask", "request", "insist", "decline", "refuse", "demand"})
_REFUSAL = frozenset({"decline", "refuse", "fail", "stop", "avoid"})


@dataclass(slots=True)
class Report:
    """A cue with what it reports, before kinds are decided."""

    cue: tuple[Token, ...]
    mention: Span | None
    source: Token | None  # the head of the noun phrase that ``mention`` covers
    content: tuple[Token, ...]
    frame: str
    reported: bool
    confidence: float


def reports(reading: Reading) -> Iterator[Report]:
    """Every report in reading order of its cue; cues inside quotation marks are somebody else's words and left out."""
    for token in reading.doc:
        if token.is_space or reading.quoted(token):
            continue
        if token.lower_ == "according":
            found = _according(reading, token)
        elif is_verb(token):
            found = _verb(reading, token)
        else:
            found = None
        if found is not None and any(word.is_alpha or word.like_num for word in found.content):
            yield found


def _subtree(head: Token, without: Iterable[Token] = ()) -> list[Token]:
    barred: set[int] = set()
    for token in without:
        barred.update(inner.i for inner in token.subtree)
    return [token for token in head.subtree if token.i not in barred and not token.is_space]


def _clause(verb: Token, head: Token) -> list[Token]:
    """The words of the clause ``head`` that ``verb`` governs, without *that* and without the verb's own words."""
    own = [verb] if any(token.i == verb.i for token in head.subtree) else []
    words = _subtree(head, own)
    while words and (words[0].is_punct and words[0].text not in {"“", '"', "‘", "'", "``", "''", "(", "$"}):
        words.pop(0)
    while (
        words
        and words[0].lower_ in RELATIVE
        and (words[0].dep_ == "mark" or (len(words) > 1 and words[1].i > words[0].i + 1))
    ):
        words.pop(0)  # *that*, or the relative pronoun of *a plan that critics said would fail*
    if len(words) > 1 and words[0].lower_ == "that" and words[0].i == verb.i + 1:
        if words[0].tag_ in {"IN", "WDT"} or words[1].tag_ in {"NNS", "NNPS", "NNP", "DT", "PRP", "PRP$", "CD"}:
            words.pop(0)  # the parse took it for *that one*, or for a relative pronoun
    return words


def _verb(reading: Reading, verb: Token) -> Report | None:
    frames = lexicon().frames_of(verb)
    if not frames and verb.lemma_.lower() not in lexicon().appeal:
        return None
    if verb.dep_ in {"aux", "auxpass", "amod", "compound"}:
        return None
    if any(child.dep_ in _NEGATION for child in verb.children) and verb.lemma_ not in {"deny"}:
        if not frames & {"attitude"}:
            return None
    if verb.lemma_ in _ASKING and any(
        t.lower_ in {"named", "identified", "anonymous", "unnamed"} for t in verb.subtree if t.i > verb.i
    ):
        return None  # the terms of anonymity, which are evidence of their own
    if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in _REFUSAL:
        return None
    who = _who(verb)
    found = _content(reading, verb, frames)
    if found is None:
        return None
    frame, content, reported, confidence = found
    if who is None and (passive(verb) or verb.tag_ in {"VB", "VBN"}):
        return None
    if who is not None and who.lower_ in _NOBODY and who.pos_ in {"PRON", "DET"}:
        return None
    if (
        who is not None
        and who.lower_ == "it"
        and (frame != "clause" or verb.lemma_ in {"mean", "appear", "seem", "show", "suggest"})
    ):
        return None
    if who is not None and reading.quoted(who):
        return None
    if who is not None and who.lemma_.lower() in lexicon().never_sources:
        return None
    if who is None:
        return None
    mention = reading.noun_phrase(who, without=[verb, *content])
    content = [token for token in content if not (mention.start <= token.idx < mention.end and token.i < verb.i)]
    return Report(_cue_words(verb, frame), mention, who, tuple(content), frame, reported, confidence)


def _cue_words(verb: Token, frame: str) -> tuple[Token, ...]:
    if frame == "appeal":
        preposition = next((c for c in verb.children if c.dep_ in {"prep", "prt"} and c.i == verb.i + 1), None)
        return (verb, preposition) if preposition is not None else (verb,)
    particle = next((c for c in verb.children if c.dep_ == "prt" and c.i == verb.i + 1), None)
    return (verb, particle) if particle is not None else (verb,)


def _who(verb: Token) -> Token | None:
    if passive(verb):
        return agent(verb)
    who = subject(verb)
    if who is None and verb.tag_ == "VBN" and verb.dep_ == "acl":
        return agent(verb)
    if verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"}:
        return agent(verb)
    if who is not None and who.lower_ in RELATIVE and verb.dep_ == "relcl":
        who = verb.head
    if who is not None and who.i == verb.i:
        return None
    return who


def _child(verb: Token, *dependencies: str) -> Token | None:
    return next((child for child in verb.children if child.dep_ in dependencies), None)


def _prepositional(verb: Token, *words: str) -> Token | None:
    """The object, noun or gerund, of one of these prepositions that hangs on the verb or on its object."""
    object_ = _child(verb, "dobj")
    candidates = [*verb.children, *(object_.children if object_ is not None else ())]
    for child in candidates:
        if child.dep_ in {"prep", "dative", "agent"} and child.lower_ in words and child.i > verb.i:
            return next((inner for inner in child.children if inner.dep_ in {"pobj", "pcomp"}), None)
    return None


def _content(reading: Reading, verb: Token, frames: frozenset[str]) -> tuple[str, list[Token], bool, float] | None:
    """``(frame, words, reported, confidence)`` of what ``verb`` reports, by the first frame that fits."""
    spoken = bool(frames & {"clause", "question", "finding", "quotation"})
    clause = _child(verb, "ccomp")
    object_ = _child(verb, "dobj", "dative") if _child(verb, "dobj") is None else _child(verb, "dobj")
    if "accusation" in frames:
        governed = _prepositional(verb, "of", "for", "with")
        if governed is not None and (object_ is not None or passive(verb)):
            return "accusation", _subtree(governed), True, 0.9
    if "label" in frames:
        label = _label(verb, object_)
        if label is not None:
            return "label", label, True, 0.85
    if "request" in frames:
        infinitive = _child(verb, "xcomp", "ccomp", "advcl")
        if (
            infinitive is not None
            and _is_infinitive(infinitive)
            and infinitive.i > verb.i
            and (object_ is not None or _has_subject(infinitive))
        ):
            if verb.lemma_ not in {"challenge", "press", "invite"}:
                return "request", _infinitive(infinitive), True, 0.8
    if clause is not None and clause.i < verb.i:
        titled = reading.quoted(clause) and is_title(reading, reading.quotation_of(clause))
        if titled or (object_ is not None and object_.i > verb.i and not reading.quoted(clause)):
            clause = None  # *when she ended “Ways of the River,” she added the words …*: what is added stands behind
    if clause is not None and spoken | ("attitude" in frames):
        if _is_infinitive(clause) and "infinitive" not in frames and "attitude" not in frames:
            clause = None
        elif not _relative_of(verb, clause):
            words = _clause(verb, clause)
            if "finding" in frames and "clause" not in frames and clause.i < verb.i:
                return None
            return "clause", words, spoken and not (frames <= {"attitude", "quotation"}), 0.9
    infinitive = _child(verb, "xcomp")
    if infinitive is not None and _is_infinitive(infinitive):
        if "infinitive" in frames:
            return "infinitive", _infinitive(infinitive), verb.lemma_ not in {"refuse", "agree", "offer"}, 0.8
        if "attitude" in frames:
            return "infinitive", _infinitive(infinitive), False, 0.7
    prepositions = lexicon().appeal.get(verb.lemma_.lower(), frozenset())
    if prepositions:
        governed = _prepositional(verb, *prepositions)
        if governed is not None and governed.head.i == verb.i + 1:
            return "appeal", [*_subtree(governed), *_purpose(verb, governed)], True, 0.75
    if frames & {"clause", "question"} or "quotation" in frames:
        parenthetical = _parenthetical(verb)
        if parenthetical is not None and frames & {"clause", "question"}:
            return "clause", parenthetical, True, 0.85
    if "object" in frames and object_ is not None and object_.i > verb.i and object_.pos_ in {"NOUN", "PROPN"}:
        if not passive(verb) and not (verb.tag_ == "VBG" and verb.dep_ == "advcl"):  # *…, revealing old wounds*
            return "object", _subtree(object_), True, 0.7
    if "attitude" in frames and "object" not in frames and object_ is not None and object_.i > verb.i:
        if object_.pos_ in {"NOUN"} and verb.lemma_ in {
            "want",
            "support",
            "oppose",
            "fear",
            "expect",
            "endorse",
            "prefer",
            "seek",
        }:
            return "object", _subtree(object_), False, 0.5
    return None


def _purpose(verb: Token, governed: Token) -> list[Token]:
    """*called for a pause to let aid in*: the infinitive behind the noun that the parser hung on the verb."""
    last = max(token.i for token in governed.subtree)
    for child in verb.children:
        if child.dep_ in {"advcl", "xcomp"} and _is_infinitive(child):
            words = _infinitive(child)
            if words and words[0].i == last + 1:
                return words
    return []


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def _is_infinitive(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _infinitive(verb: Token) -> list[Token]:
    """From *to* onwards; the addressee, which parsers hang on the infinitive as its subject, is left out."""
    to = next(child for child in verb.children if child.dep_ == "aux" and child.lower_ == "to")
    start = min([to.i, *(c.i for c in verb.children if c.dep_ == "neg" and c.i < to.i)])
    return [token for token in verb.subtree if token.i >= start and not token.is_space]


def _relative_of(verb: Token, clause: Token) -> bool:
    return clause.dep_ == "relcl" or clause.i == verb.i


def _label(verb: Token, object_: Token | None) -> list[Token] | None:
    """What somebody or something is called, from *call X Y*, *describe X as Y* and their passives."""
    as_ = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "as" and c.i > verb.i), None)
    if as_ is None and object_ is not None:  # parsers hang it on any noun of *described the plan for a ferry as …*
        behind = (t for t in verb.subtree if t.i > object_.i and t.lower_ == "as" and t.dep_ == "prep")
        as_ = next((t for t in behind if next(a for a in t.ancestors if is_verb(a)) == verb), None)
    by = agent(verb)
    if as_ is None and by is not None:  # *hailed by some as a step*: parsers hang *as* on *some*
        as_ = next((c for c in by.children if c.dep_ == "prep" and c.lower_ == "as"), None)
    if as_ is not None:
        governed = next((c for c in as_.children if c.dep_ in {"pobj", "pcomp", "amod", "acomp"}), None)
        return _subtree(governed) if governed is not None else None
    if verb.lemma_ not in {"call", "dub", "label", "brand", "deem", "term"}:
        return None
    predicate = _child(verb, "oprd")
    if predicate is not None:
        return _subtree(predicate)
    beside = next((c for c in object_.children if c.dep_ == "appos"), None) if object_ is not None else None
    if beside is not None and verb.doc[beside.left_edge.i - 1].text != ",":  # *called the plan “a disgrace”*
        return _subtree(beside)
    small = _child(verb, "ccomp")
    if small is not None and small.pos_ in {"NOUN", "ADJ", "PROPN"} and _has_subject(small):
        inside = [c for c in small.children if c.dep_ in SUBJECTS]
        return _subtree(small, inside)
    return None


def _parenthetical(verb: Token) -> list[Token] | None:
    """The sentence around a parenthetical *X said* that the parser did not make the head of it."""
    if verb.dep_ not in {"parataxis", "ccomp", "advcl", "conj", "dep"} or verb.head.i == verb.i:
        return None
    head = verb.head
    own = {token.i for token in verb.subtree}
    who = subject(verb)
    if who is None or who.i not in own or verb.dep_ in {"conj", "advcl", "ccomp"}:
        return None
    words = [token for token in head.subtree if token.i not in own and not token.is_space]
    return words if len(words) > 2 else None


def _according(reading: Reading, token: Token) -> Report | None:
    to = next((child for child in token.children if child.lower_ == "to"), None)
    if to is None and token.i + 1 < len(reading.doc) and reading.doc[token.i + 1].lower_ == "to":
        to = reading.doc[token.i + 1]
    if to is None:
        return None
    noun = next((child for child in [*to.children, *token.children] if child.dep_ == "pobj"), None)
    if noun is None or reading.quoted(noun) or noun.lower_ in {"plan", "schedule"}:
        return None
    head = token.head if token.head.i != token.i else to.head
    while head.dep_ not in {"ROOT", "ccomp", "conj", "advcl", "relcl", "parataxis"} and head.head.i != head.i:
        head = head.head
    if head.i in {token.i, to.i, noun.i}:
        return None
    own = {inner.i for inner in token.subtree} | {inner.i for inner in to.subtree} | {token.i}
    words = [word for word in head.subtree if word.i not in own and not word.is_space]
    while words and words[-1].is_punct and words[-1].text in {",", ".", ";"}:
        words.pop()
    while words and words[0].is_punct and words[0].text in {",", ";"}:
        words.pop(0)
    mention = reading.noun_phrase(noun)
    return Report((token, to), mention, noun, tuple(words), "according", True, 0.9)
