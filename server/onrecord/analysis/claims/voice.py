"""Whether a cue counts: said by the reporter, as a fact, of something that happened."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.analysis.claims import lexicon
from onrecord.analysis.phrases import SUBJECTS, Reading

NOBODY = frozenset({"nobody", "none", "neither", "nothing"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest"})
_ANNOUNCED = frozenset({"charge", "indict"})  # *will be charged with murder* is an accusation today


def asserted(reading: Reading, verb: Token) -> bool:
    """Whether the reporter says that ``verb`` happens: no negation, condition, question or mere possibility."""
    if reading.quoted(verb) or in_question(verb):
        return False
    for token in _chain(verb):
        for child in token.children:
            if child.dep_ == "neg" or child.lower_ in {"never", "hardly", "no"}:
                return False
            if (
                child.dep_ == "aux"
                and child.tag_ == "MD"
                and not (child.lower_ in {"will", "’ll", "'ll"} and verb.lemma_ in _ANNOUNCED)
            ):
                return False
            if child.dep_ == "mark" and child.lower_ in _CONDITIONS:
                return False
            if child.dep_ in SUBJECTS and (child.lower_ in NOBODY or _denied_subject(child)):
                return False
    return not _unrealised(verb) and not _neither(verb)


def _neither(verb: Token) -> bool:
    """*neither confirmed nor denied*."""
    if any(child.lower_ == "neither" for child in verb.children):
        return True
    return verb.dep_ == "conj" and any(t.lower_ == "nor" for t in verb.doc[verb.head.i : verb.i])


def negated(token: Token) -> bool:
    """Whether a noun or adjective stands under a negation of its own: *no allegation*, *is not unclear*."""
    return any(child.dep_ == "neg" or child.lower_ in {"no", "neither"} for child in token.children)


def in_question(token: Token) -> bool:
    """Whether the sentence asks rather than says."""
    sentence = token.sent
    for at in range(sentence.end - 1, sentence.start - 1, -1):
        last = sentence.doc[at]
        if last.is_space or last.text in {"”", '"', "’", "'", ")"}:
            continue
        return last.text == "?"
    return False


def _chain(verb: Token) -> list[Token]:
    """``verb`` and the verbs it shares a subject with by coordination."""
    found = [verb]
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} and not any(c.dep_ in SUBJECTS for c in verb.children):
        own_tense = any(child.dep_ in {"aux", "auxpass"} for child in verb.children)
        if not own_tense and verb.tag_ in {"VB", "VBN"}:
            found.append(verb.head)
    return found


def _denied_subject(noun: Token) -> bool:
    return any(c.lower_ == "neither" or (c.lower_ == "no" and c.dep_ == "det") for c in noun.children)


def _unrealised(verb: Token) -> bool:
    """*refused to deny*, *hopes to disprove*, *without denying*."""
    if verb.dep_ == "pcomp" and verb.head.lower_ in {"without", "than", "against", "from"}:
        return True
    if any(c.tag_ == "VBG" and c.dep_ == "auxpass" for c in verb.children) and verb.head.lemma_ in {"risk", "avoid"}:
        return True
    if verb.tag_ == "VBG" and any(token.lower_ == "than" for token in verb.doc[max(0, verb.i - 2) : verb.i]):
        return True
    while verb.tag_ == "VB" and verb.dep_ == "conj":  # *unable to stand and accuse*
        verb = verb.head
    if verb.tag_ != "VB" or not any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
        return False
    return verb.head.lemma_.lower() in lexicon.words("unrealised", "words")
