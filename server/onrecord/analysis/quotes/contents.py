"""What of a draft is said: its quotations and the words beside them, without what only leads in or goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from onrecord.analysis.cues import lexicon, main_verb
from onrecord.analysis.phrases import FINITE, RELATIVE, Reading, antecedent
from onrecord.analysis.quotes.drafts import Draft
from onrecord.analysis.quotes.statements import occasion
from onrecord.analysis.quotes.utterances import is_clause
from onrecord.article import Span


def content_of(reading: Reading, draft: Draft) -> tuple[Span, ...]:
    """The quotations owned and the words beside them, neighbours joined, in reading order."""
    text = reading.article.text
    if draft.cue and any(span.end <= draft.cue[0].idx for span in draft.content):
        # *The truce held, Bell said, as families waited*: what goes on beside it is the reporter's
        draft.content = [span for span in draft.content if not _goes_on_beside(reading, span, draft.cue[-1].idx)]
    draft.content = [span for span in draft.content if not _does_beside(reading, draft, span)]
    if draft.owned and _led_in(reading, draft):
        draft.content = []  # *had one piece of advice: “…”*: all that stands before the colon leads in
    parts = [part for number in draft.owned for part in reading.outer[number].spans]
    if _labels(reading, draft):
        draft.content = []  # *dismissed the notion that the house is haunted as “silly”*
    if parts and any(lexicon().has("label", token) for token in draft.cue) and not _has_clause(reading, draft.content):
        draft.content = []  # of a quoted label (*called the plan a “disgrace”*) the fragment alone is what is said
    draft.content = [part for span in draft.content if (part := _without_when(reading, draft, span)) is not None]
    draft.content = [_without_occasion(reading, draft, span) for span in draft.content]
    if parts:
        last = max(part.end for part in parts)
        draft.content = [span for span in draft.content if span.start < last or not _only_points(reading, span)]
    content = _without_leftovers(reading, draft.content, parts)
    spans = parts + [trimmed for span in content if (trimmed := _trimmed(reading, span, content)) is not None]
    joined: list[Span] = []
    quoted = frozenset(parts)
    for span in sorted(spans):
        between = text[joined[-1].end : span.start].strip() if joined else ""
        comma = between == "," and span in quoted and joined[-1] not in quoted  # *the ship, which sank, “was unsafe”*
        if joined and span.start <= joined[-1].end + 2 and (not between or comma):
            same = reading.article.block_index(joined[-1].start) == reading.article.block_index(span.start)
            fresh = span in quoted and joined[-1] in quoted
            if same and not fresh:
                joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
                continue
        joined.append(span)
    return tuple(joined)


def _labels(reading: Reading, draft: Draft) -> bool:
    """Whether *as* gives the first quotation as a label to the object of the cue: *rejected it as “a joke”*."""
    verb = main_verb(draft.cue)
    if verb is None or not draft.owned:
        return False
    before = reading.last_unquoted(reading.outer[draft.owned[0]].start)
    if before is None or before.lower_ != "as" or before.i < verb.i:
        return False
    things = [child for child in verb.children if child.dep_ == "dobj" and verb.i < child.i < before.i]
    return bool(things) and (before.head.i == verb.i or things[0].is_ancestor(before))


def _led_in(reading: Reading, draft: Draft) -> bool:
    """Whether a colon leads in the first quotation, and everything else stands between the cue and the colon."""
    first = reading.outer[draft.owned[0]]
    tokens = [token for span in first.spans for token in reading.tokens(span)]
    return (
        reading.last_character(first.start, block=False) == ":"
        and is_clause(tokens)
        and bool(draft.cue)
        and all(draft.cue[0].idx <= span.start and span.end <= first.start for span in draft.content)
    )


_POINTERS = frozenset({"that", "this", "those", "these", "what", "how", "it"})


def _only_points(reading: Reading, span: Span) -> bool:
    """Whether words beside a quotation only point to it: *“…” | That is | what Bell told the council*."""
    words = [token for token in reading.tokens(span) if not token.is_punct]
    return bool(words) and all(token.lower_ in _POINTERS or token.lemma_ == "be" for token in words)


def _without_leftovers(reading: Reading, content: Sequence[Span], parts: Sequence[Span]) -> Sequence[Span]:
    """Without a word that is cut off from what it belongs to: *a clinic, which locals say | is haunted*.

    An article, a relative pronoun, or a preposition without its object: *“It will be built,” he said on | Tuesday*.
    """

    def left_over(span: Span) -> bool:
        tokens = [token for token in reading.tokens(span) if not token.is_punct]
        if len(tokens) != 1 or reading.quoted(tokens[0]):
            return False
        word = tokens[0]
        if word.pos_ == "ADP" and any(child.dep_ in {"pobj", "pcomp"} for child in word.children):
            return True
        return word.tag_ == "DT" or (word.lower_ in RELATIVE and antecedent(word) is not None)

    kept = [span for span in content if not left_over(span)]
    return kept if kept or parts else content


_WEEKDAY = re.compile(
    r",? (?:(?:late|early) )?(?:on |in )?(?:an? \w+ )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"(?: (?:morning|afternoon|evening|night))?(?=[,.;]| (?:after|as|when|while|during|before|following|at|in)\b|$)"
)
_LATER = frozenset({"MD"})


def _without_when(reading: Reading, draft: Draft, span: Span) -> Span | None:
    """What is said up to the day on which it was said: *said the bridge was “unsafe” | on Tuesday, after …*.

    A day behind a quoted fragment is the day of the saying, unless the words tell of what is to come.
    """
    ends = [part.end for number in draft.owned for part in reading.outer[number].spans if part.end <= span.start + 1]
    if not ends or not draft.cue or draft.cue[0].idx > span.start:
        return span
    if _WEEKDAY.match(" " + reading.article[span].lstrip()) is None or max(ends) < span.start - 1:
        return span
    before = [token for own in draft.content if own.end <= span.start for token in reading.tokens(own)]
    if any(token.tag_ in _LATER for token in before):
        return span
    return None


_OFTEN = re.compile(r" (?:twice|\w+ times)(?= (?:during|over|before|since|within)\b)")


def _without_occasion(reading: Reading, draft: Draft, span: Span) -> Span:
    """What is asked or named up to when, where and how often it was said: *to step down | in a heated meeting*.

    The parser hangs these on the last verb or noun before them. A clause with a verb of its own keeps them.
    """
    verb = main_verb(draft.cue)
    if draft.owned or verb is None or span.start < verb.idx or verb.tag_ not in {"VBD", "VBN"}:
        return span
    tokens = reading.tokens(span)
    ends = [span.end]
    often = _OFTEN.search(reading.article[span])
    if often is not None and tokens[0].lower_ == "to":
        ends.append(span.start + often.start())
    first = next((t for t in tokens[1:] if occasion(t) is not None), None)
    if first is not None:
        ends.append(first.idx)
    day = next((t for t in tokens[1:] if t.lower_ == "on" and _is_a_day(t)), None)
    if day is not None and (lexicon().has("clause", verb) or lexicon().has("object", verb)):
        ends.append(day.idx)
    before = [t for t in tokens if t.idx < min(ends)]
    if any(t.tag_ in FINITE for t in before):
        return span
    return Span(span.start, min(ends))


def _is_a_day(on: Token) -> bool:
    """Whether *on Friday* stands before a clause that tells of what happened."""
    behind = [t for t in on.doc[on.i + 1 : on.i + 4] if t.text != "," and t.sent == on.sent]
    if not behind or behind[0].tag_ != "NNP" or not behind[0].lower_.endswith("day"):
        return False
    return len(behind) > 1 and behind[1].lower_ in {"after", "as", "when", "while", "following", "but", "and", "before"}


def _goes_on_beside(reading: Reading, span: Span, cue: int) -> bool:
    tokens = [token for token in reading.tokens(span) if token.is_alpha]
    return span.start > cue and bool(tokens) and tokens[0].lower_ in {"as", "while"} and tokens[0].dep_ == "mark"


def _does_beside(reading: Reading, draft: Draft, span: Span) -> bool:
    """Whether words behind a quotation tell what its speaker did: *said, “It is over,” leaving the hall*."""
    tokens = [token for token in reading.tokens(span) if token.is_alpha]
    if not draft.owned or not tokens or span.start < reading.outer[draft.owned[-1]].end:
        return False
    return tokens[0].tag_ == "VBG" and tokens[0].dep_ == "advcl" and tokens[0].head in draft.cue


def _has_clause(reading: Reading, spans: Iterable[Span]) -> bool:
    return any(token.tag_ in FINITE for span in spans for token in reading.tokens(span) if not reading.quoted(token))


_LEADING = frozenset({",", ";", ":", "—", "–", "-", ".", "…", "that", ")"})
_TRAILING = frozenset({",", ";", ":", "—", "–", "-", ".", "…", "("})


def _trimmed(reading: Reading, span: Span, content: Sequence[Span]) -> Span | None:
    """``span`` without punctuation at its ends and without a leading *that*; None if no word is left.

    ``content``: all that is said, *Ten years ago* and *the bridge was built* around *the engineer said*.
    """
    tokens = reading.tokens(span)
    while tokens and tokens[0].lower_ in _LEADING and not _stands_for_something(tokens):
        tokens = tokens[1:]
    while tokens and (tokens[-1].text in _TRAILING or _hangs_ahead(reading, tokens, content)):
        tokens = tokens[:-1]
    if not any(token.is_alpha or token.like_num for token in tokens):
        return None
    return Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1].text))


def _stands_for_something(tokens: Sequence[Token]) -> bool:
    """Whether a leading *that* is a pronoun (*that was a lie*); after a cue, before a noun, it only leads in."""
    if tokens[0].lower_ != "that" or len(tokens) < 2:
        return False
    return tokens[1].tag_ in {"MD", "VBD", "VBZ"} and tokens[1].pos_ == "AUX"


_HANGERS = frozenset({"aux", "auxpass", "neg", "advmod", "mark", "cc", "det", "case"})


def _hangs_ahead(reading: Reading, tokens: Sequence[Token], content: Sequence[Span]) -> bool:
    """Whether the last word belongs to a verb behind what is said: *the claim that it fell | could not be verified*."""
    last = tokens[-1]
    if last.lower_ == "ago" or any(last.head.idx in span for span in content if span.start > last.idx):
        return False
    if last.dep_ == "prep" and last.pos_ == "ADP" and len(tokens) > 1 and not reading.quoted(last):
        return any(child.dep_ in {"pobj", "pcomp"} and child.i > last.i for child in last.children)
    return len(tokens) > 2 and last.dep_ in _HANGERS and last.head.i > last.i and not reading.quoted(last.head)
