"""What the article says about why a source is not named: the words of the grant, and the reason they give.

A grant belongs to whom the sentence says it of, and not to whoever stands near it: *Police said the victim asked not to
be named* grants police nothing. So each grant is read for its bearer, and goes to the source that the bearer is.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from onrecord.analysis import lexicons
from onrecord.analysis.names.animacy import names_a_text
from onrecord.analysis.phrases import Reading
from onrecord.analysis.result import Anonymity, ReasonKind
from onrecord.analysis.speakers import Speaker
from onrecord.article import Span

# The reason ends where the sentence comes back to what was said.
_BACK_TO_SPEECH = re.compile(
    r",\s+(?:said|says|told|added|described|called|confirmed|acknowledged|insisted|and|but)\b|[“\"]"
)
_NEXT_TO_IT = re.compile(r"[\s,]*(?:(?:but|and)\s+)?")
_STEMS = re.compile(r"anonym|named?\b|names\b|nameless|identi|authori|permitted|allowed|cleared", re.IGNORECASE)
_PRONOUNS = frozenset({"he", "she", "they", "both", "all", "each", "neither", "none"})
_MANY = frozenset({"they", "both", "all", "each", "neither", "none"})
_RELATIVE = frozenset({"who", "that", "which", "whom", "whose"})
_UPWARDS = frozenset(
    {"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "pobj", "aux", "auxpass", "dep", "dobj", "oprd"}
)
_FARTHEST_CHARACTERS = 800
_FARTHEST = 2  # sentences behind a source in which *They spoke on condition of anonymity* may follow


@dataclass(frozen=True, slots=True)
class Grant:
    """Words that say that somebody is not named by agreement, and the token of whom they are said."""

    evidence: Span
    reason: Span | None
    bearer: Token
    explicit: bool  # not only *was not authorised to speak*


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    data: dict[str, Any] = lexicons.load("anonymity")
    return (
        (re.compile("|".join(f"(?:{pattern})" for pattern in data["grants"]), re.IGNORECASE), True),
        (re.compile(data["not_authorized"], re.IGNORECASE), False),
    )


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(lexicons.load("anonymity")[name], re.IGNORECASE if name == "reasons" else 0)


def grants(reading: Reading, cues: Sequence[Span]) -> Iterator[Grant]:
    """Every grant in the article outside quotation marks; ``cues`` are the verbs of saying, at which a reason ends."""
    text = reading.article.text
    for match, explicit in _matches(reading):
        tokens = reading.tokens(Span(*match.span()))
        if not tokens or any(reading.quoted(token) for token in tokens[:1]):
            continue
        bearer = _bearer(tokens)
        if bearer is None:
            continue
        later = [cue.start for cue in cues if match.start() < cue.start < match.end()]
        end = match.end() if explicit else min([match.end(), *later])
        evidence = _trimmed(text, match.start(), end)
        reason = _reason(reading, evidence, tokens[0], cues) if explicit else _without_who(text, evidence)
        yield Grant(evidence, reason, bearer, explicit)


def _matches(reading: Reading) -> Iterator[tuple[re.Match[str], bool]]:
    """The words of grants, looked for only in the sentences that have one of their stems."""
    text = reading.article.text
    seen = -1
    for stem in _STEMS.finditer(text):
        at = bisect.bisect_right(reading.starts, stem.start()) - 1
        sentence = reading.doc[max(at, 0)].sent
        if sentence.start == seen:
            continue
        seen = sentence.start
        for pattern, explicit in _patterns():
            for match in pattern.finditer(text, sentence.start_char, sentence.end_char):
                yield match, explicit


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1] in " ,.":
        end -= 1
    lead = re.match(r"(?:and|reporters)\s+", text[start:end], re.IGNORECASE)
    return Span(start + (lead.end() if lead else 0), end)


def _without_who(text: str, span: Span) -> Span:
    lead = re.match(r"(?:who|(?:all|both|each|none|some) of whom)\s+", text[span.start : span.end], re.IGNORECASE)
    return Span(span.start + (lead.end() if lead else 0), span.end)


def _bearer(tokens: Sequence[Token]) -> Token | None:
    """Of whom the words are said: the subject of their verb, the noun that they hang on."""
    inside = {token.i for token in tokens}
    if tokens[0].lower_ == "anonymous":
        return next((token for token in reversed(tokens) if token.pos_ in {"NOUN", "PROPN"}), None)
    verb = next((t for t in tokens if t.pos_ in {"VERB", "AUX"} and t.lower_ not in _RELATIVE), None)
    here = verb if verb is not None else next((t for t in tokens if t.head.i not in inside), tokens[0])
    for _ in range(7):
        subject = next((child for child in here.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is not None and (here.dep_ == "relcl" or (here.dep_ == "conj" and here.head.dep_ == "relcl")):
            relative = subject.lower_ in _RELATIVE or any(t.lower_ in _RELATIVE for t in subject.subtree)
            if relative:
                return here.head if here.dep_ == "relcl" else here.head.head
        if subject is not None:
            return subject
        if here.dep_ in {"acl", "relcl"} or (here.dep_ == "prep" and here.head.pos_ in {"NOUN", "PROPN", "PRON"}):
            return here.head
        if here.head is here or here.dep_ not in _UPWARDS:
            return None
        here = here.head
    return None


def _reason(reading: Reading, evidence: Span, first: Token, cues: Sequence[Span]) -> Span | None:
    text = reading.article.text
    sentence = first.sent
    found = re.compile(r"[\s,]*(?P<reason>" + _pattern("reasons").pattern + ")", re.IGNORECASE).match(
        text, evidence.end, sentence.end_char
    )
    if found is not None:
        start, end = found.span("reason")
        end = min([end, *(cue.start for cue in cues if start < cue.start < end)])
        words = _BACK_TO_SPEECH.split(text[start:end])[0].rstrip(" ,.\n")
        return Span(start, start + len(words)) if words else None
    before = _pattern("reasons_before").match(text, sentence.start_char, evidence.start)
    return Span(*before.span()) if before is not None else None


def assign(reading: Reading, speakers: Sequence[Speaker], found: Sequence[Grant]) -> dict[int, Grant]:
    """Which of the speakers each grant is given to; those with a name, and those outside the article, get none."""
    given: dict[int, Grant] = {}
    for grant in found:
        at = _whose(reading, speakers, grant)
        if at is None or speakers[at].name is not None:
            continue
        if at not in given or (grant.explicit and not given[at].explicit):
            given[at] = grant
    return given


def _whose(reading: Reading, speakers: Sequence[Speaker], grant: Grant) -> int | None:
    """The speaker that the bearer is: by a mention around both, by its noun, by standing in or beside it, or *they*."""
    bearer, start = grant.bearer, grant.evidence.start
    best: tuple[int, int, int] | None = None  # how sure, how late, which
    for at, speaker in enumerate(speakers):
        for mention in speaker.mentions:
            tokens = reading.tokens(mention)
            if not tokens:
                continue
            head = reading.doc[tokens[0].i : tokens[-1].i + 1].root
            within = mention.start <= bearer.idx < mention.end
            holds = mention.start < start and grant.evidence.end <= mention.end
            behind = start > bearer.idx and bearer.i > head.i and not names_a_text(head)
            if (
                bearer.i != head.i
                and not within
                and not holds
                and not -9 <= start - mention.end <= _FARTHEST_CHARACTERS
            ):
                continue
            between = reading.article.text[mention.end : start] if mention.end <= start <= mention.end + 9 else "…"
            if speaker.name is None and ((within and behind and start < mention.end) or (holds and not within)):
                sure = 4  # *an official in the ministry who …*, where the parser took the ministry, or went out of it
            elif bearer.i == head.i:
                sure = 3
            elif (holds or _NEXT_TO_IT.fullmatch(between)) and (within or speaker.name is None):
                sure = 2
            elif mention.end <= bearer.idx and _refers_back(bearer, head, speaker):
                sure = 1
            else:
                continue
            if best is None or (sure, mention.end) > best[:2]:
                best = (sure, mention.end, at)
    return best[2] if best is not None else None


def _refers_back(bearer: Token, head: Token, speaker: Speaker) -> bool:
    """*They spoke …*, *The engineer asked …*: a later sentence says it of a source that the one before has."""
    if bearer.lower_ not in _PRONOUNS and bearer.lemma_.lower() != head.lemma_.lower():
        return False
    start, end = bearer.sent.start, head.sent.end
    if start < end or bearer.i - start > 3:
        return False
    if sum(1 for token in bearer.doc[end:start] if token.is_sent_start) >= _FARTHEST:
        return False
    many = head.tag_ in {"NNS", "NNPS"} or speaker.plural
    if bearer.lower_ in _PRONOUNS:
        return many == (bearer.lower_ in _MANY)
    definite = any(child.lower_ in {"the", "these", "this", "both", "all"} for child in bearer.lefts)
    return definite and bearer.lemma_.lower() == head.lemma_.lower() and many == (bearer.tag_ in {"NNS", "NNPS"})


def anonymity(reading: Reading, grant: Grant, said: Sequence[Span]) -> Anonymity:
    """The grant as the answer has it; ``said`` is what the source says."""
    text = reading.article[grant.reason] if grant.reason is not None else ""
    return Anonymity(
        evidence=(grant.evidence,),
        reason=grant.reason,
        reason_kind=_reason_kind(text),
        opinion=any(_is_opinion(reading.article[span]) for span in said),
    )


def _reason_kind(text: str) -> ReasonKind:
    kinds: dict[ReasonKind, str] = lexicons.load("anonymity")["reason_kinds"]
    for kind, pattern in kinds.items():
        if re.search(pattern, text, re.IGNORECASE):
            return kind
    return "other" if text else "none_stated"


def _is_opinion(text: str) -> bool:
    lowered = " ".join(text.lower().replace("’", "'").split())
    if re.search(lexicons.load("anonymity")["opinion"]["phrases"], lowered):
        return True
    return not lexicons.words("anonymity", "opinion", "words").isdisjoint(re.findall(r"[a-z]+", lowered))
