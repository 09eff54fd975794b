"""In which form a draft's content is said, and whether it was said at all rather than thought or done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from onrecord.analysis.cues import lexicon, main_verb, reports_speech, takes_topic
from onrecord.analysis.names.animacy import is_nobody
from onrecord.analysis.phrases import (
    FINITE,
    SUBJECTS,
    Reading,
    agent,
    asked_first,
    passive,
)
from onrecord.analysis.quotes.drafts import Draft
from onrecord.analysis.quotes.statements import is_statement
from onrecord.analysis.quotes.utterances import is_clause, is_utterance
from onrecord.analysis.result import QuoteKind
from onrecord.article import Span


def _words(reading: Reading, content: Iterable[Span]) -> list[Token]:
    return [token for span in content for token in reading.tokens(span) if token.is_alpha or token.like_num]


def kind_of(reading: Reading, draft: Draft, content: Sequence[Span]) -> QuoteKind:
    """``direct``, ``partial`` or ``indirect``, by the marks alone; words inside somebody else's words are indirect."""
    if draft.verbatim:
        return "direct"
    words = _words(reading, content)
    inside = sum(reading.quoted(token) for token in words)
    if draft.nested or not inside:
        return "indirect"
    tokens = [token for span in content for token in reading.tokens(span)]
    whole = is_clause(tokens) or any(is_utterance(reading, number) for number in draft.owned)
    return "direct" if whole and (inside == len(words) or _ends_in_marks(reading, draft, words)) else "partial"


def _ends_in_marks(reading: Reading, draft: Draft, words: Sequence[Token]) -> bool:
    """Whether a whole clause stands in marks, with a few words behind that only go with it: *“We are sad” by it*."""
    last = reading.outer[draft.owned[-1]] if draft.owned else None
    if last is None:
        return False
    outside = [token for token in words if not reading.quoted(token)]
    if any(t.idx < last.end or t.tag_ in FINITE or t.dep_ in SUBJECTS for t in outside):
        return False
    inside = [token for token in words if reading.quoted(token)]
    first = reading.tokens(reading.outer[draft.owned[0]].spans[0])
    begins = any(token.text[:1].isupper() for token in first if token.is_alpha and token == inside[0])
    stated = any(t.dep_ in SUBJECTS and t.head in inside and t.head.tag_ != "VBG" for t in inside)
    return begins and stated and len(outside) <= len(inside) and outside[0].head in inside


_ASKING = frozenset({"ask", "request", "insist", "decline", "refuse", "demand"})
_UNNAMED = re.compile(r"\b(?:named|identified|anonym\w+|unnamed|unidentified)\b", re.IGNORECASE)


def settled(reading: Reading, draft: Draft, content: Sequence[Span], kind: QuoteKind, *, listed: bool) -> bool | None:
    """Whether a statement was said or written by somebody, where the words leave no doubt; None where they do.

    ``listed``: the cue lexicon knows its cue for speech, and its words are more than a label.
    """
    if draft.nested:
        return False
    if not draft.cue or draft.surely_reported:
        return True
    if kind == "indirect" and (by_no_speaker(reading, draft) or is_a_correction(reading, draft)):
        return False
    if kind != "direct" and was_not_said(reading, draft):
        return False
    verb = main_verb(draft.cue)
    if kind == "indirect" and verb is not None and asked_first(verb) and agent(verb) is None:
        return False
    tokens = [token for span in content for token in reading.tokens(span)]
    if _UNNAMED.search(" ".join(token.text for token in tokens)) and any(t.lemma_ in _ASKING for t in draft.cue):
        return False  # the terms of anonymity are evidence of their own
    if kind != "indirect":
        # marks are exact: of 1,226 such in annotated articles two in a hundred are nobody's words
        return True if listed else None
    return True if is_statement(reading, draft, content) else None


def is_listed(reading: Reading, draft: Draft, content: Sequence[Span], kind: QuoteKind) -> bool:
    """Whether the frames of the cue lexicon take a statement for speech; it then needs less of the vote (``said``)."""
    if not reports_speech(draft.cue, quoted=kind == "direct"):
        return False
    if kind != "indirect":
        return True
    words = _words(reading, content)
    if len(words) < 2 and not any(token.pos_ in {"NOUN", "PROPN", "VERB"} for token in words):
        return False
    verb = main_verb(draft.cue)
    if verb is None:
        return True
    if passive(verb) and agent(verb) is None and draft.cue[0].lower_ != "according":
        return False  # *was denied a visa*, *will be charged*: done to somebody, said by nobody
    states = any(token.tag_.startswith("VB") or token.tag_ == "MD" for token in words)
    naming = lexicon().has("label", verb) and not any(t.lower_ in {"for", "on", "of"} for t in draft.cue)
    return states or (takes_topic(verb) and not naming)


# Verbs whose infinitive or participle did not come about (Karttunen 1971, Implicative Verbs: the negative ones).
_LEFT_UNDONE = frozenset({"fail", "refuse", "decline", "neglect", "forget", "omit", "avoid", "stop", "shy", "hesitate"})
_NOBODY_AT_ALL = frozenset({"nobody", "none", "neither"})
_NOTS = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})


def names_nobody(reading: Reading, mention: Span) -> bool:
    """Whether a mention says that it was nobody: *nobody at the forum*, *no one*, *neither woman*."""
    tokens = reading.tokens(mention)[:2]
    words = [token.lower_ for token in tokens]
    if words[:1] == ["no"] and len(tokens) > 1:  # but *No 10*, *No Labels*
        return words[1] == "one" or not (tokens[1].like_num or tokens[1].is_punct or tokens[1].pos_ == "PROPN")
    return bool(words) and (words[0] in _NOBODY_AT_ALL or words == ["not", "one"])


def was_not_said(reading: Reading, draft: Draft) -> bool:
    """Whether the article says that nobody said it, or somebody did not: *never said that*, *failed to mention*."""
    if draft.mention is not None and names_nobody(reading, draft.mention):
        return True
    verb = main_verb(draft.cue)
    if verb is None:
        return False
    at: Token | None = verb
    for _ in range(3):
        if at is None:
            return False
        if any(child.lower_ in _NOTS and child.dep_ in {"neg", "advmod", "preconj", "cc"} for child in at.children):
            return not _denies(verb)
        if any(t.lower_ in _NOTS for t in draft.cue if t.i < verb.i):
            return not _denies(verb)
        above = at.head
        if at.dep_ in {"xcomp", "pcomp"} and above.i != at.i:
            if above.lemma_.lower() in _LEFT_UNDONE or (at.dep_ == "pcomp" and above.lower_ == "without"):
                return above.lemma_.lower() in _LEFT_UNDONE or above.lower_ == "without"
            if above.lemma_ == "have" and any(child.lower_ == "yet" for child in above.children):
                return True  # *has yet to explain why*
            at = above.head if at.dep_ == "pcomp" and above.lower_ == "of" else above
            continue
        if (
            at.dep_ == "conj"
            and at.tag_ == "VB"
            and not any(child.dep_ in {"nsubj", "nsubjpass", "aux"} for child in at.children)
        ):
            at = above if above.pos_ in {"VERB", "AUX"} else None
            continue
        return False
    return False


def by_no_speaker(reading: Reading, draft: Draft) -> bool:
    """Whether a thought or a quality is said to say it: *Logic says that …*; one with an owner is somebody's."""
    tokens = reading.tokens(draft.mention) if draft.mention is not None else []
    words = [token for token in tokens if token.pos_ != "ADJ"]
    return len(words) == 1 and words[0].pos_ in {"NOUN", "PROPN"} and is_nobody(words[0])


_CORRECTS = re.compile(r"^\W*(?:correction|clarification|editor['’]?s? note|update)s?\b\W", re.IGNORECASE)
_OWN_TEXT = re.compile(r"\b(?:version|headline|caption|article|story|piece|post|report)\b", re.IGNORECASE)
_EARLIER = re.compile(r"\b(?:earlier|previous|original|prior|first|this)\b", re.IGNORECASE)


def is_a_correction(reading: Reading, draft: Draft) -> bool:
    """Whether the publisher tells what its own text said before: *An earlier version of this article said …*."""
    mention = reading.article[draft.mention] if draft.mention is not None else ""
    if _OWN_TEXT.search(mention) is None or _EARLIER.search(mention) is None:
        return False
    block = reading.article.blocks[reading.block(draft.cue[0])].text
    return (
        _CORRECTS.match(block) is not None
        or re.search(r"\bversion of th(?:is|e)\b|\bearlier version\b", mention) is not None
    )


def _denies(verb: Token) -> bool:
    """*Did not deny*, *did not rule out* tell what somebody leaves open; they are as much said as *denied*."""
    return verb.lemma_.lower() in {"deny", "dispute", "contest", "rule", "object", "mince"}


_HELPERS = frozenset({"aux", "auxpass", "advmod", "neg"})


def bare_cue(cue: tuple[Token, ...]) -> tuple[Token, ...]:
    """A cue without auxiliaries and adverbs: *has repeatedly pledged* is *pledged*."""
    words = tuple(token for token in cue if not token.is_punct) or cue
    kept = tuple(token for token in words if token.dep_ not in _HELPERS and token.tag_ not in {"MD", "RB", "TO"})
    return kept or words


# A fragment of so few words is a label; a scare quote looks the same, and only its cue tells.
LONGEST_LABEL = 4


def is_a_label(reading: Reading, content: Sequence[Span]) -> bool:
    """Whether what stands in marks is no longer than a label, so that it may be a scare quote."""
    words = _words(reading, content)
    quoted = [token for token in words if reading.quoted(token)]
    ends = any(reading.article[span].rstrip("\"'”’»").endswith((".", "!", "?")) for span in content)
    return len(quoted) <= LONGEST_LABEL and not (ends and len(quoted) == len(words))
