"""What of a draft is said, in which form, and whether it was said at all rather than thought or done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from onrecord.analysis.cues import lexicon, main_verb, reports_speech, takes_topic
from onrecord.analysis.names.animacy import is_nobody
from onrecord.analysis.phrases import (
    RELATIVE,
    SUBJECTS,
    Reading,
    agent,
    antecedent,
    asked_first,
    bare_participle,
    is_abbreviation,
    passive,
)
from onrecord.analysis.quotes import direct
from onrecord.analysis.quotes.drafts import Draft
from onrecord.analysis.quotes.statements import is_statement, occasion
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
    whole = direct.is_clause(tokens) or any(direct.is_utterance(reading, number) for number in draft.owned)
    return "direct" if whole and (inside == len(words) or _ends_in_marks(reading, draft, words)) else "partial"


def _ends_in_marks(reading: Reading, draft: Draft, words: Sequence[Token]) -> bool:
    """Whether a whole clause stands in marks, with a few words behind that only go with it: *“We are sad” by it*."""
    last = reading.outer[draft.owned[-1]] if draft.owned else None
    if last is None:
        return False
    outside = [token for token in words if not reading.quoted(token)]
    if any(t.idx < last.end or t.tag_ in {"VBD", "VBZ", "VBP", "MD"} or t.dep_ in SUBJECTS for t in outside):
        return False
    inside = [token for token in words if reading.quoted(token)]
    first = reading.tokens(reading.outer[draft.owned[0]].spans[0])
    begins = any(token.text[:1].isupper() for token in first if token.is_alpha and token == inside[0])
    stated = any(t.dep_ in SUBJECTS and t.head in inside and t.head.tag_ != "VBG" for t in inside)
    return begins and stated and len(outside) <= len(inside) and outside[0].head in inside


# First person outside quotation marks is the author; the others name nobody.
_NOBODY = frozenset({"i", "we", "you", "one", "which", "that", "this", "what", "there"})


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
    if kind == "indirect" and draft.mention is not None and _by_no_name(reading, draft.mention):
        return False
    tokens = [token for span in content for token in reading.tokens(span)]
    if _UNNAMED.search(" ".join(token.text for token in tokens)) and any(t.lemma_ in _ASKING for t in draft.cue):
        return False  # the terms of anonymity are evidence of their own
    if kind != "indirect":
        # marks are exact: of 1,226 such in annotated articles two in a hundred are nobody's words
        return True if listed else None
    return True if is_statement(reading, draft, content) else None


def _by_no_name(reading: Reading, mention: Span) -> bool:
    """Whether a pronoun is said to say it that names nobody: the author's own *I*, *that*, *there*."""
    if reading.article[mention].lower() not in _NOBODY:
        return False
    pronoun = next(iter(reading.tokens(mention)), None)
    return pronoun is None or not (
        is_abbreviation(pronoun) or (pronoun.lower_ in RELATIVE and antecedent(pronoun) is not None)
    )


def frames(draft: Draft) -> frozenset[str]:
    """The frames of the cue lexicon that a word of the cue can take."""
    words = lexicon()
    found = frozenset[str]().union(*(words.frames_of(token) for token in draft.cue))
    return found | {"appeal"} if any(token.lemma_.lower() in words.appeal for token in draft.cue) else found


def is_listed(reading: Reading, draft: Draft, content: Sequence[Span], kind: QuoteKind) -> bool:
    """Whether the frames of the cue lexicon take a statement for speech: one fact for the vote (``said``)."""
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
    if draft.mention is None and _begins_block(reading, draft.cue[0]):
        return False  # *Explained: how it works*: a heading that nobody says
    if passive(verb) and agent(verb) is None and draft.cue[0].lower_ != "according":
        return False  # *was denied a visa*, *will be charged*: done to somebody, said by nobody
    states = any(token.tag_.startswith("VB") or token.tag_ == "MD" for token in words)
    naming = lexicon().has("label", verb) and not any(t.lower_ in {"for", "on", "of"} for t in draft.cue)
    return states or (takes_topic(verb) and (_names(verb) or not naming))


# Verbs whose infinitive or participle did not come about (Karttunen 1971, Implicative Verbs: the negative ones).
_LEFT_UNDONE = frozenset({"fail", "refuse", "decline", "neglect", "forget", "omit", "avoid", "stop", "shy", "hesitate"})
_NOBODY_AT_ALL = frozenset({"nobody", "none", "neither"})
_NOTS = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})


def was_not_said(reading: Reading, draft: Draft) -> bool:
    """Whether the article says that nobody said it, or somebody did not: *never said that*, *failed to mention*."""
    if draft.mention is not None:
        first = reading.tokens(draft.mention)[:3]
        words = [token.lower_ for token in first]
        if words and (words[0] in _NOBODY_AT_ALL or words[0] == "no" or words[:2] == ["not", "one"]):
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


def _begins_block(reading: Reading, token: Token) -> bool:
    block = reading.article.block_spans[reading.block(token)]
    return not reading.article.text[block.start : token.idx].strip()


def _names(verb: Token) -> bool:
    """Whether a verb of naming has both the named and the name: *called the plan a mess*, not *called the police*."""
    return any(t.dep_ in {"oprd", "appos"} or t.lower_ == "as" for t in verb.subtree if t.i > verb.i)


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


def is_given_by_nobody(reading: Reading, draft: Draft, content: Sequence[Span]) -> bool:
    """Whether a label in marks has nobody who gives it: *an app called “Nearby”*."""
    if not all(reading.quoted(token) for token in _words(reading, content)):
        return False
    verb = main_verb(draft.cue)
    return draft.mention is None or (verb is not None and bare_participle(verb) and agent(verb) is None)


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
        and direct.is_clause(tokens)
        and bool(draft.cue)
        and all(draft.cue[0].idx <= span.start and span.end <= first.start for span in draft.content)
    )


_POINTERS = frozenset({"that", "this", "those", "these", "what", "how", "it"})


def _only_points(reading: Reading, span: Span) -> bool:
    """Whether words beside a quotation only point to it: *“…” | That is | what Bell told the council*."""
    words = [token for token in reading.tokens(span) if not token.is_punct]
    return bool(words) and all(token.lower_ in _POINTERS or token.lemma_ == "be" for token in words)


def _without_leftovers(reading: Reading, content: Sequence[Span], parts: Sequence[Span]) -> Sequence[Span]:
    """Without an article or a relative pronoun that the cue cuts off: *a clinic, which locals say | is haunted*."""

    def left_over(span: Span) -> bool:
        tokens = [token for token in reading.tokens(span) if not token.is_punct]
        if len(tokens) != 1 or reading.quoted(tokens[0]):
            return False
        return tokens[0].tag_ == "DT" or (tokens[0].lower_ in RELATIVE and antecedent(tokens[0]) is not None)

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
    if any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in before):
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
    finite = {"VBD", "VBZ", "VBP", "MD"}
    return any(token.tag_ in finite for span in spans for token in reading.tokens(span) if not reading.quoted(token))


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
