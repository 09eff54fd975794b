"""Contested claims: what the article itself words as denied, disputed, unsubstantiated, alleged or open.

A claim needs a cue in the reporter's own words. The cue is either the verb of a report (*accused*, *denied*), an
adverb or adjective (*reportedly*, *purported*), or a phrase that judges a proposition (*has not been
substantiated*, *remains to be seen*). Cues inside quotation marks are the speaker's own and mark nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.analysis import lexicons
from onrecord.analysis.marks import Quotation
from onrecord.analysis.phrases import Reading
from onrecord.analysis.result import CLAIM_STATUSES, Claim, ClaimStatus, Quote
from onrecord.article import Article, Span

_VERB_STATUSES: tuple[ClaimStatus, ...] = ("corrected", "denied", "disputed", "accusation", "speculation", "distanced")
_CLAUSE_VERBS = frozenset({"ccomp", "relcl", "advcl", "conj", "acl", "ROOT", "xcomp", "pcomp", "csubj", "parataxis"})
_CLAIM_NOUNS = frozenset(
    {
        "claim", "allegation", "accusation", "assertion", "charge", "rumor", "rumour", "report", "theory", "suggestion",
        "statement", "idea", "notion", "story",
    }
)  # fmt: skip

# Two claims of which the shorter shares this much of its text are one claim with two cues.
SAME_CLAIM = 0.5


@dataclass(frozen=True, slots=True)
class _Found:
    """One cue with the proposition it hangs on."""

    status: ClaimStatus
    content: tuple[Span, ...]
    evidence: tuple[Span, ...]
    by: str | None = None
    quote: str | None = None
    confidence: float = 0.8
    also: tuple[ClaimStatus, ...] = ()


def claims(
    article: Article,
    doc: Doc,
    quotations: tuple[Quotation, ...],
    quotes: tuple[Quote, ...],
) -> tuple[Claim, ...]:
    """The contested claims in reading order, each with its evidence."""
    reading = Reading(article, doc, quotations)
    found = [
        *_reported(reading, quotes),
        *_worded(reading),
        *_judged(reading, quotes),
    ]
    merged = _merged(
        [replace(claim, content=tuple(_trimmed(article, span) for span in claim.content)) for claim in found]
    )
    return tuple(
        Claim(
            id=f"c{number}",
            status=claim.status,
            also=claim.also,
            content=claim.content,
            evidence=claim.evidence,
            by=claim.by,
            quote=claim.quote or _around(quotes, claim.content),
            confidence=claim.confidence,
        )
        for number, claim in enumerate(sorted(merged, key=lambda claim: claim.content[0].start), 1)
    )


def _around(quotes: tuple[Quote, ...], content: tuple[Span, ...]) -> str | None:
    """The id of the quote in which a claim stands."""
    return next((q.id for q in quotes if all(any(s.covers(span) for s in q.content) for span in content)), None)


def _trimmed(article: Article, span: Span) -> Span:
    """``span`` without the full stop of the sentence that it ends."""
    text = article[span]
    if text.endswith(".") and not re.search(r"(?:\b[A-Z]|\b(?:Inc|Corp|Jr|Sr|Co|Ltd))\.$", text):
        return Span(span.start, span.end - 1)
    return span


# -- cues that are the verb of a report ------------------------------------------------------------------------------


@cache
def _verb_status() -> dict[str, ClaimStatus]:
    found: dict[str, ClaimStatus] = {}
    for status in _VERB_STATUSES:
        for lemma in lexicons.words("contested", "verbs", status):
            found.setdefault(lemma, status)
    return found


def _wrong(text: str) -> bool:
    words = lexicons.words("contested", "wrongs", "words")
    return any(word in words for word in re.findall(r"[a-z-]+", text.lower()))


def _reported(reading: Reading, quotes: tuple[Quote, ...]) -> Iterator[_Found]:
    for quote in quotes:
        cue = next((token for span in quote.cue for token in reading.tokens(span)), None)
        if cue is None:
            continue
        status = _verb_status().get(cue.lemma_.lower())
        if status is None or (cue.lemma_.lower() == "charge" and quote.kind == "direct"):
            continue
        if quote.kind == "direct" and status in {"disputed", "denied", "distanced"}:
            continue  # *he countered: “…”* quotes the answer, not the claim that is answered
        if cue.lemma_.lower() in {"question", "query", "doubt"} and not _open_question(reading, quote):
            continue
        text = " ".join(reading.article[span] for span in quote.content)
        also: tuple[ClaimStatus, ...] = ()
        if status == "distanced" and _wrong(text):
            status, also = "accusation", ("distanced",)
        content = tuple(_without_whether(reading.article, span) for span in quote.content)
        yield _Found(status, content, (*quote.cue, *_softeners(reading, cue)), quote.source, quote.id, 0.85, also)


def _open_question(reading: Reading, quote: Quote) -> bool:
    return (
        bool(re.match(r"(?:whether|if|how|why)\b", reading.article[quote.content[0]], re.IGNORECASE))
        or quote.kind == "indirect"
    )


def _without_whether(article: Article, span: Span) -> Span:
    match = re.match(r"(?:whether|if)\s+", article[span], re.IGNORECASE)
    return Span(span.start + match.end(), span.end) if match else span


def _softeners(reading: Reading, cue: Token) -> Iterator[Span]:
    """*his remarks, however, have been scrutinized by observers who question*: the words that lead to the cue."""
    if cue.dep_ != "relcl":
        return
    for token in cue.sent:
        if (
            token.i < cue.i
            and not reading.quoted(token)
            and token.lemma_.lower() in {"scrutinise", "scrutinize", "criticise", "criticize", "challenge"}
        ):
            yield Span(token.idx, token.idx + len(token.text))


# -- adverbs and adjectives ------------------------------------------------------------------------------------------


def _worded(reading: Reading) -> Iterator[_Found]:
    adverbs = lexicons.words("contested", "adverbs", "words")
    adjectives = lexicons.words("contested", "adjectives", "words")
    for token in reading.doc:
        if reading.quoted(token) or token.is_space:
            continue
        evidence = (Span(token.idx, token.idx + len(token.text)),)
        if token.lower_ in adverbs:
            content = _adverb_scope(reading, token)
            text = " ".join(reading.article[span] for span in content)
            if content:
                yield _distanced(token.lower_ == "allegedly", text, content, evidence)
        elif token.lower_ in adjectives and token.dep_ in {"amod", "compound"} and token.head.i > token.i:
            if token.text[:1].isupper() and token.head.text[:1].isupper():
                continue  # in the name of a law
            words = [
                t for t in token.head.subtree if t.i > token.i and t.dep_ not in {"relcl", "appos"} and not t.is_space
            ]
            words = [
                t
                for t in words
                if not any(a.dep_ in {"relcl", "appos"} and a.i > token.i for a in t.ancestors if a.i != token.head.i)
            ]
            content = reading.spans(words)[:1]
            if content and (token.head.dep_ != "compound" or len(words) > 1):
                yield _distanced(token.lower_ == "alleged", reading.article[content[0]], content, evidence)
        elif token.lower_ == "so" and token.i + 2 < len(reading.doc) and reading.doc[token.i + 2].lower_ == "called":
            called, noun = reading.doc[token.i + 2], reading.doc[token.i + 2].head
            if noun.i > called.i:
                content = reading.spans([t for t in noun.subtree if called.i < t.i <= noun.i])[:1]
                if content:
                    yield _Found("distanced", content, (Span(token.idx, called.idx + len(called.text)),))


def _distanced(alleged: bool, text: str, content: tuple[Span, ...], evidence: tuple[Span, ...]) -> _Found:
    if alleged and _wrong(text):
        return _Found("accusation", content, evidence, also=("distanced",))
    return _Found("distanced", content, evidence)


def _adverb_scope(reading: Reading, adverb: Token) -> tuple[Span, ...]:
    """What stands behind the adverb in the clause that it hangs on; the whole clause if the adverb stands last."""
    head = adverb.head
    while head.dep_ in {"aux", "auxpass", "advmod", "nummod", "quantmod"} and head.head.i != head.i:
        head = head.head
    subtree = [t for t in head.subtree if not t.is_space and t.i != adverb.i]
    if head.pos_ in {"VERB", "AUX"}:
        subtree = [
            t
            for t in subtree
            if not any(
                a.dep_ == "advcl" and a.i > head.i for a in [t, *t.ancestors] if a.i != head.i and head.is_ancestor(a)
            )
        ]
    after = [t for t in subtree if t.i > adverb.i]
    words = after if after and (after[0].i - adverb.i <= 3 or head.i > adverb.i) else subtree
    found = reading.spans(words)
    return (Span(found[0].start, found[-1].end),) if found else ()


# -- phrases that judge a proposition -------------------------------------------------------------------------------


@cache
def _phrases() -> list[tuple[ClaimStatus, re.Pattern[str]]]:
    phrases = lexicons.load("contested")["phrases"]
    return [
        (status, re.compile(r"\b(?:" + "|".join(phrases[status]) + r")(?<!\s)", re.IGNORECASE))
        for status in CLAIM_STATUSES
        if status in phrases
    ]


def _judged(reading: Reading, quotes: tuple[Quote, ...]) -> Iterator[_Found]:
    text = reading.article.text
    for status, pattern in _phrases():
        for match in pattern.finditer(text):
            evidence = Span(match.start(), match.start() + len(match.group().rstrip()))
            tokens = reading.tokens(evidence)
            if not tokens or any(reading.quoted(token) for token in tokens):
                continue
            yield from _hung(reading, status, tokens, evidence, quotes)


def _hung(
    reading: Reading, status: ClaimStatus, tokens: list[Token], evidence: Span, quotes: tuple[Quote, ...]
) -> Iterator[_Found]:
    """The proposition that a judging phrase hangs on."""
    root = reading.doc[tokens[0].i : tokens[-1].i + 1].root
    appositive = _appositive(tokens, root)
    if appositive is not None:
        evidence = Span(min(appositive.left_edge.idx, evidence.start), evidence.end)
        noun_phrase = _noun_before(reading, appositive)
        inside = [
            q for q in quotes if any(s.start >= root.sent.start_char and s.end <= evidence.start for s in q.content)
        ]
        if inside:
            last = inside[-1]
            yield _Found(status, _before(last.content, evidence.start), (evidence,), None, last.id)
            return
        if noun_phrase is not None:
            yield _Found(status, (noun_phrase,), (evidence,))
            return
    content = _governed(reading, tokens, root, status)
    if content is None:
        return
    span, extra = content
    quote = next((q for q in quotes if any(s.covers(span) for s in q.content)), None)
    if quote is not None and quote.kind == "direct":
        return
    yield _Found(status, (span,), tuple(sorted({evidence, *extra})), None, quote.id if quote else None, 0.75)


def _before(content: tuple[Span, ...], end: int) -> tuple[Span, ...]:
    return tuple(Span(span.start, min(span.end, end)) for span in content if span.start < end)


def _appositive(tokens: list[Token], root: Token) -> Token | None:
    """The noun *claim* of *…, a claim that has not been substantiated*."""
    for token in [root, *root.ancestors]:
        if (
            token.lemma_.lower() in _CLAIM_NOUNS
            and token.i < tokens[0].i
            and tokens[0].i - token.i <= 4
            and token.sent == root.sent
        ):
            if token.dep_ in {"appos", "npadvmod", "dobj", "attr", "conj", "ROOT", "dep"}:
                left = token.left_edge.i
                if left > 0 and token.doc[left - 1].text in {",", "—", "–", "-", "("}:
                    return token
    return None


def _noun_before(reading: Reading, noun: Token) -> Span | None:
    head = noun.sent.root
    words = [t for t in noun.sent if t.i < noun.left_edge.i and not t.is_space]
    return reading.span(words) if head is not noun else None


def _governed(
    reading: Reading, tokens: list[Token], root: Token, status: ClaimStatus
) -> tuple[Span, tuple[Span, ...]] | None:
    """The clause or noun phrase that the phrase is about, and further cue words that belong to it."""
    whether = _subject_clause(reading, tokens, root)
    if whether is not None:
        return whether
    last = tokens[-1].i
    behind = [t for t in root.sent if t.i > last and not t.is_space]
    if behind and behind[0].lower_ in {
        "that",
        "whether",
        "if",
        "of",
        "about",
        "for",
        "over",
        "on",
        "to",
        "how",
        "who",
        "what",
        "why",
        "when",
        "where",
    }:
        leader = behind[0]
        if leader.pos_ == "ADP" or leader.lower_ in {"of", "about", "over"}:
            noun = next((c for c in leader.children if c.dep_ in {"pobj", "pcomp"}), None)
            if noun is not None:
                span = reading.span([t for t in noun.subtree if t.i > leader.i])
                return (span, ()) if span is not None else None
        clause = leader.head if leader.head.i > last else None
        if clause is not None:
            span = reading.span(
                [
                    t
                    for t in clause.subtree
                    if t.i > leader.i
                    or (leader.lower_ in {"how", "who", "what", "why", "when", "where", "to"} and t.i >= leader.i)
                ]
            )
            extra = (Span(leader.idx, leader.idx + len(leader.text)),) if leader.lower_ in {"whether", "if"} else ()
            return (span, extra) if span is not None else None
    if status in {"disputed", "corrected", "unsubstantiated", "speculation"}:
        top = root
        while top.dep_ not in _CLAUSE_VERBS and top.head.i != top.i:
            top = top.head
        subject = next(
            (c for c in top.children if c.dep_ in {"nsubj", "nsubjpass", "csubj"} and c.i < tokens[0].i), None
        )
        if subject is not None and subject.pos_ != "PRON":
            words = [t for t in subject.subtree if not t.is_space]
            span = reading.span(words)
            return (span, ()) if span is not None and len(words) > 1 else None
        object_ = next((t for t in tokens if t.dep_ in {"amod"} and t.head.i > t.i), None)
        if object_ is not None:
            span = reading.span([t for t in object_.head.subtree if t.i > object_.i])
            return (span, ()) if span is not None else None
        if tokens[0].lower_ == "without":
            words = [t for t in top.subtree if t.i < tokens[0].i and not t.is_space]
            span = reading.span(words)
            return (span, ()) if span is not None and len(words) > 3 else None
    return None


def _subject_clause(reading: Reading, tokens: list[Token], root: Token) -> tuple[Span, tuple[Span, ...]] | None:
    """*Whether the truce will hold remains to be seen*: the words between *whether* and the phrase."""
    before = [t for t in root.sent if t.i < tokens[0].i and not t.is_space]
    leader = next((t for t in before if t.lower_ in {"whether", "how", "if"} and t.i - root.sent.start <= 4), None)
    if leader is None:
        return None
    span = reading.span([t for t in before if t.i > leader.i])
    return (span, (Span(leader.idx, leader.idx + len(leader.text)),)) if span is not None else None


# -- one claim, several cues ----------------------------------------------------------------------------------------


def _size(spans: tuple[Span, ...]) -> int:
    return sum(len(span) for span in spans)


def _shared(one: tuple[Span, ...], other: tuple[Span, ...]) -> float:
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    return both / max(1, _size(one), _size(other))


def _merged(found: list[_Found]) -> list[_Found]:
    kept: list[_Found] = []
    for claim in sorted((claim for claim in found if _size(claim.content)), key=lambda claim: -claim.confidence):
        at = next((n for n, other in enumerate(kept) if _shared(claim.content, other.content) > SAME_CLAIM), None)
        if at is None:
            kept.append(claim)
            continue
        kept[at] = _joined(kept[at], claim)
    return kept


def _joined(one: _Found, other: _Found) -> _Found:
    held = {one.status, other.status, *one.also, *other.also}
    ordered = [status for status in CLAIM_STATUSES if status in held]
    evidence = tuple(sorted({*one.evidence, *other.evidence}))
    by = one.by if one.status == ordered[0] else other.by
    return replace(
        one, status=ordered[0], also=tuple(ordered[1:]), evidence=evidence, by=by, quote=one.quote or other.quote
    )
