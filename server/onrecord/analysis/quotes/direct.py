"""Who says what stands inside quotation marks.

Each quotation is read with the words beside it: the gap before it and the gap after it, up to the next quotation or
the end of the sentence. A cue in a gap gives the quotation its speaker; a quotation with no cue of its own goes on
with the speaker before it, or takes the person that the sentence before it is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.analysis.cues import is_verb, lexicon, speaks
from onrecord.analysis.names.people import given_gender
from onrecord.analysis.phrases import REACH, Reading, bare_participle, doer
from onrecord.article import Span

_SENTENCE_BREAK = re.compile(r"""[.!?…]["'”’)]*\s+(?=["'“‘(]?[A-Z0-9])""")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Sen|Rep|Gov|Prof|St|Rev|Hon|Jr|Sr|vs|No|[A-Z])\.$")
LONGEST_ABBREVIATION = 6  # characters: the longest of those, and the one before it for its border
_TRANSCRIPT = re.compile(
    r"^\s*(?:(?P<caps>[A-Z][A-Z .'’\-]{1,40})|(?P<name>(?:[A-Z][\w.'’\-]+ ){0,3}[A-Z][\w.'’\-]+))\s*:\s*$"
)
_BYLINE = re.compile(r"^\s*[—–―‒-]{1,2}\s*(?P<name>(?:[A-Z][\w.'’\-]+[ ,]*){1,6})")

# A quotation of fewer words with no end punctuation and no cue is a label or a title, not an utterance.
SHORTEST_UTTERANCE = 4

# Titles of works are rarely longer; a longer run of capitalised words is a headline that somebody read out.
LONGEST_TITLE = 8


@dataclass(slots=True)
class Voice:
    """What the words beside a quotation say of its speaker."""

    cue: tuple[Token, ...]
    mention: Span | None
    confidence: float
    side: str  # before, after, carried, sentence


@dataclass(frozen=True, slots=True)
class Gap:
    """The tokens between a quotation and the nearest border, and their text."""

    tokens: tuple[Token, ...]
    text: str


def is_clause(tokens: Sequence[Token]) -> bool:
    """Whether the words hold a clause of their own, or are a whole utterance by their end punctuation."""
    words = [token for token in tokens if any(character.isalpha() for character in token.text)]
    if not words:
        return False
    last = next(
        (token for token in reversed(tokens) if token.text not in {'"', "”", "’", "'", "''", "’’", "»"}), tokens[-1]
    )
    finite = any(
        (t.tag_ in {"VBZ", "VBP", "VBD", "MD"} and any(c.dep_ in {"nsubj", "nsubjpass", "expl"} for c in t.children))
        or (t.tag_ in {"VBZ", "VBP", "VBD", "MD"} and t.dep_ in {"aux", "auxpass"} and _has_subject(t.head))
        for t in words
    )
    if finite:
        return True
    if last.text in {"!", "?"}:
        return True
    if last.text not in {".", ",", "…", "—", "–", "-"} and len(words) < SHORTEST_UTTERANCE:
        return False
    imperative = words[0].tag_ in {"VB", "VBP"} and words[0].pos_ in {"VERB", "AUX"}
    return imperative or (last.text in {".", "…"} and words[0].text[:1].isupper() and len(words) >= SHORTEST_UTTERANCE)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass", "expl"} for child in verb.children)


def _cut_at_sentence(text: str, *, last: bool) -> tuple[int, int]:
    """The part of a gap that belongs to the quotation beside it: its first sentence, or its last."""
    found = 0 if last else len(text)
    for match in _SENTENCE_BREAK.finditer(text):
        past = match.start() + 1
        if not _ABBREVIATION.search(text[max(0, past - LONGEST_ABBREVIATION) : past]):
            found = match.end()
            if not last:
                break
    return (found, len(text)) if last else (0, found)


def gap_before(reading: Reading, number: int) -> Gap:
    """The sentence part in front of quotation ``number``, empty if a sentence has just ended."""
    span = reading.outer[number].spans[0]
    block = reading.article.block_spans[reading.article.block_index(span.start)]
    start = max(block.start, reading.outer[number - 1].end if number else 0)
    text = reading.article.text[start : span.start]
    if not text.strip() and start == block.start:
        lead = _lead_in(reading, number)
        if lead is not None:
            return lead
    cut, _ = _cut_at_sentence(text + "A", last=True)
    cut = min(cut, len(text))
    return Gap(tuple(reading.tokens(Span(start + cut, span.start))), text[cut:])


def _lead_in(reading: Reading, number: int) -> Gap | None:
    """The last sentence part of the block before, where it leads in with a colon the quotation that begins this one."""
    index = reading.article.block_index(reading.outer[number].start)
    if not index:
        return None
    before = reading.article.block_spans[index - 1]
    if not reading.article[before].rstrip().endswith(":"):
        return None
    first = max(before.start, reading.outer[number - 1].end if number else 0)
    cut, _ = _cut_at_sentence(reading.article.text[first : before.end] + " A", last=True)
    cut = 0 if first + cut >= before.end else cut
    return Gap(tuple(reading.tokens(Span(first + cut, before.end))), reading.article.text[first + cut : before.end])


def gap_after(reading: Reading, number: int) -> Gap:
    """The sentence part behind quotation ``number``."""
    span = reading.outer[number].spans[-1]
    block = reading.article.block_spans[reading.article.block_index(span.end - 1)]
    stop = block.end
    following = reading.outer[number + 1].start if number + 1 < len(reading.outer) else len(reading.article.text)
    while stop < following:  # the sentence may go on in the next block
        index = reading.article.block_index(stop) + 1
        if not reading.article.continues(index):
            break
        stop = reading.article.block_spans[index].end
    end = min(stop, following)
    text = reading.article.text[span.end : end]
    _, cut = _cut_at_sentence(text, last=False)
    return Gap(tuple(reading.tokens(Span(span.end, span.end + cut))), text[:cut])


def _final_mark(reading: Reading, number: int) -> str:
    text = reading.article[reading.outer[number].spans[-1]].rstrip("\"'”’»` ")
    return text[-1:] if text else ""


def speaker_of(reading: Reading, cue: Token, gap: Gap) -> Span | None:
    """The noun phrase that names who ``cue`` lets speak, from the parse or else from the words beside the cue."""
    found = doer(cue)
    if found is not None and reading.quoted(found):
        found = None
    if found is None and not bare_participle(cue):
        found = _beside(cue, gap)
    if found is None or (
        found.lower_ in {"that", "which", "what", "it", "there"} and found.pos_ == "PRON" and found.lower_ != "it"
    ):
        return None
    return reading.noun_phrase(found, without=[cue])


def _beside(cue: Token, gap: Gap) -> Token | None:
    """The head of the noun phrase right after the cue (*said Smith*), else of the one right before it."""
    tokens = list(gap.tokens)
    if cue not in tokens:
        return None
    at = tokens.index(cue)
    behind: list[Token] = []
    for token in tokens[at + 1 :]:
        if token.pos_ in {"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"} or token.dep_ in {
            "compound",
            "poss",
            "case",
            "nmod",
        }:
            behind.append(token)
        elif token.pos_ == "ADV" and not behind:
            continue
        else:
            break
    nouns = [token for token in behind if token.pos_ in {"PROPN", "NOUN", "PRON"}]
    if nouns and at <= 2:
        return nouns[-1]
    before = [token for token in tokens[:at] if token.pos_ in {"PROPN", "NOUN", "PRON"}]
    return before[-1] if before else None


def _cue_after(reading: Reading, gap: Gap, final: str) -> Voice | None:
    byline = _BYLINE.match(gap.text)
    if byline and final in {".", "!", "?", "…"} and byline.end() >= len(gap.text.rstrip()) - 1:
        start = gap.tokens[0].idx + len(gap.text[: byline.start("name")].lstrip()) if gap.tokens else 0
        tokens = [token for token in gap.tokens if token.idx >= start and token.is_alpha]
        span = reading.span(tokens)
        return Voice((), span, 0.9, "after") if span else None
    according = _according(reading, gap)
    if according is not None and gap.tokens[0].i >= according.cue[0].i - 2:
        return according
    if final in {".", "…"} and not (gap.tokens and gap.tokens[0].text[:1].islower()):
        return None
    for position, token in enumerate(gap.tokens):
        if not speaks(token, beside_quotation=True) or token.tag_ == "VB":
            if is_verb(token) and token.dep_ in {"ROOT", "conj"} and token.tag_ != "VBG":
                return None  # another verb comes first, so the sentence is about something else
            continue
        if token.tag_ in {"VBG", "VBN"} and position > 1 and token.dep_ in {"acl", "relcl"}:
            continue
        leading = gap.tokens[:position]
        if any(other.text in {";", ":"} for other in leading):
            return None
        if leading and leading[0].lower_ in {
            "and",
            "but",
            "which",
            "that",
            "to",
            "in",
            "for",
            "of",
            "as",
            "while",
            "because",
            "when",
        }:
            if not (leading[0].lower_ in {"as", "and", "but"} and position <= 6):
                return None
        if final not in {",", "?", "!", "—", "–", "-", "…"} and leading and leading[0].text != "," and position > 1:
            if final.isalnum() or final == ")":
                if not (gap.text.startswith(",") or token.i - gap.tokens[0].i <= 1):
                    return None
        if token.tag_ == "VBG" and leading and final not in {",", "?", "!"}:
            return None
        mention = speaker_of(reading, token, gap)
        return Voice((token,), mention, 0.95 if mention else 0.6, "after")
    return None


def _according(reading: Reading, gap: Gap) -> Voice | None:
    for token in gap.tokens:
        if token.lower_ == "words" and [t.lower_ for t in reading.doc[max(0, token.i - 2) : token.i]] == ["in", "the"]:
            of = reading.doc[token.i + 1] if token.i + 1 < len(reading.doc) else token
            noun = next((child for child in of.children if child.dep_ == "pobj"), None)
            if of.lower_ == "of" and noun is not None:
                return Voice(tuple(reading.doc[token.i - 2 : token.i + 2]), reading.noun_phrase(noun), 0.95, "after")
        if token.lower_ == "according" and token.i + 1 < len(reading.doc) and reading.doc[token.i + 1].lower_ == "to":
            to = reading.doc[token.i + 1]
            noun = next((child for child in [*to.children, *token.children] if child.dep_ == "pobj"), None)
            if noun is None:
                return None
            return Voice((token, to), reading.noun_phrase(noun), 0.95, "after")
    return None


def _cue_before(reading: Reading, gap: Gap, number: int) -> Voice | None:
    text = gap.text.rstrip()
    if not text or not gap.tokens:
        return None
    script = _TRANSCRIPT.match(gap.text)
    if script:
        return Voice((), reading.span(gap.tokens), 0.9, "before")
    introduces = text[-1] in ",:—–" or text.endswith(("that", "that,"))
    verbs = [token for token in gap.tokens if is_verb(token)]
    for token in reversed(verbs):
        if speaks(token, beside_quotation=True):
            near = gap.tokens[-1].i - token.i
            if not introduces and near > 0 and not _governs(reading, token, number):
                return None
            if text[-1] == "," and not _may_introduce(token, gap):
                return None
            mention = speaker_of(reading, token, gap)
            return Voice((token,), mention, 0.95 if mention else 0.6, "before")
        if text[-1] != ":" and token.dep_ not in {"acl", "relcl", "advcl", "amod", "xcomp", "pcomp"}:
            return None
    if text[-1] == ":":
        return _colon(reading, gap)
    return None


def _may_introduce(cue: Token, gap: Gap) -> bool:
    """Whether the words between the cue and the comma are only an addressee, a time or a manner."""
    rest = [token for token in gap.tokens if token.i > cue.i]
    return not any(is_verb(token) and token.dep_ in {"ccomp", "ROOT"} for token in rest)


def _governs(reading: Reading, cue: Token, number: int) -> bool:
    """Whether the parse hangs the quotation, as a whole, on the cue, with nothing but *that* or an adverb between."""
    first = reading.outer[number].spans[0]
    between = reading.tokens(Span(cue.idx + len(cue.text), first.start))
    return len(between) <= 3 and all(
        token.pos_ in {"SCONJ", "ADV", "PRON", "PROPN", "PUNCT", "ADP"}
        or token.dep_ in {"dobj", "dative", "mark", "npadvmod"}
        for token in between
    )


def _colon(reading: Reading, gap: Gap) -> Voice | None:
    """Words before a colon with no verb of saying: the subject of the sentence, if it is somebody, speaks."""
    roots = [
        token
        for token in gap.tokens
        if token.dep_ in {"nsubj", "nsubjpass"} and token.pos_ in {"PROPN", "PRON", "NOUN"}
    ]
    people = [t for t in roots if t.ent_type_ in {"PERSON", "ORG"} or t.lower_ in {"he", "she", "they"}]
    if not people:
        return None
    colon = [token for token in gap.tokens if token.text == ":"][-1:]
    return Voice(tuple(colon), reading.noun_phrase(people[0]), 0.75, "before")


def _sentence_before(reading: Reading, number: int) -> Voice | None:
    """The person whom the sentence just before the quotation is about, in the same paragraph."""
    span = reading.outer[number].spans[0]
    if reading.last_character(span.start) not in {".", "!", "?", ":"}:
        return None
    before = reading.last_unquoted(span.start)
    if before is None:
        return None
    for token in before.sent:
        if token.dep_ in {"nsubj", "nsubjpass"} and token.idx < span.start and not reading.quoted(token):
            if _is_person(token):
                return Voice((), reading.noun_phrase(token), 0.7, "sentence")
            return None
    return None


def _is_person(token: Token) -> bool:
    if token.ent_type_ == "PERSON" or token.lower_ in {"he", "she", "they"}:
        return True
    return token.pos_ == "PROPN" and token.left_edge.i < token.i and given_gender(token.left_edge.text) is not None


# *Bell had a warning.*, and the next paragraph is the warning: nouns by which a sentence announces words.
_ANNOUNCES = frozenset({"warning", "message", "answer", "reply", "question", "advice", "response", "word", "verdict"})


def _paragraph_before(reading: Reading, number: int) -> Voice | None:
    """The person who is said, at the end of the block before, to have something to say."""
    span = reading.outer[number].spans[0]
    index = reading.article.block_index(span.start)
    block = reading.article.block_spans[index]
    if not index or reading.article.text[block.start : span.start].strip():
        return None
    before = reading.tokens(reading.article.block_spans[index - 1])
    if not before or reading.quoted(before[-1]):
        return None
    sentence = [token for token in before[-1].sent if not reading.quoted(token)]
    who = next((t for t in sentence if t.dep_ == "nsubj" and _is_person(t)), None)
    if who is None or not any(t.lemma_.lower() in _ANNOUNCES and t.head.i == who.head.i for t in sentence):
        return None
    return Voice((), reading.noun_phrase(who), 0.7, "sentence")


def is_title(reading: Reading, number: int) -> bool:
    """Whether a quotation is the title of a work, a show or a deal (*in his book, “Ways of the River,” Bell said …*).

    Every longer word is capitalised, it does not end like a sentence, and the words before it are no cue.
    """
    tokens = [token for span in reading.outer[number].spans for token in reading.tokens(span)]
    words = [token for token in tokens if token.is_alpha or "-" in token.text]
    longer = [token for token in words if len(token.text) >= SHORTEST_UTTERANCE]
    if not 2 <= len(words) <= LONGEST_TITLE or not longer or not words[0].text[:1].isupper():
        return False
    if any(token.text[:1].islower() for token in longer) or _final_mark(reading, number) in {".", "!", "?", "…"}:
        return False
    if all(token.ent_type_ == "PERSON" for token in words):
        return False
    before = gap_before(reading, number)
    return bool(before.tokens) and _cue_before(reading, before, number) is None


def voices(reading: Reading) -> list[Voice | None]:
    """For each outer quotation, who speaks it by the words beside it; None where they do not say."""
    found: list[Voice | None] = []
    for number in range(len(reading.outer)):
        before, after = gap_before(reading, number), gap_after(reading, number)
        final = _final_mark(reading, number)
        ahead = _cue_before(reading, before, number)
        behind = _cue_after(reading, after, final)
        introduced = before.text.rstrip()[-1:] in {",", ":"} or (
            ahead is not None and bool(ahead.cue) and bool(before.tokens) and before.tokens[-1].i - ahead.cue[0].i <= 1
        )
        if ahead is not None and (behind is None or introduced):
            found.append(ahead)
        else:
            found.append(behind or ahead or _pointed_at(reading, number))
    return found


_POINTING = frozenset({"that", "this", "those", "these"})
_RUNS = frozenset({"how", "what"})


def _pointed_at(reading: Reading, number: int) -> Voice | None:
    """Who is said behind a quotation to have said it: *That was how Bell put it*, *Those were the words of Bell*."""
    article, past = reading.article, reading.outer[number].end
    index = article.block_index(past - 1)
    if not article.text[past : min(article.block_spans[index].end, past + REACH)].strip():
        index += 1
    if index >= len(article.blocks) or not whole_utterance(reading, number):
        return None
    start, end = max(past, article.block_spans[index].start), article.block_spans[index].end
    tokens = reading.tokens(Span(start, min(end, start + REACH)))
    if (
        len(tokens) > 2
        and tokens[0].lower_ == "so"
        and (tokens[1].lemma_ == "speak" or speaks(tokens[1], beside_quotation=True))
    ):
        who = next((t for t in tokens[1].children if t.dep_ == "nsubj" and t.i > tokens[1].i), None)
        return Voice((tokens[1],), reading.noun_phrase(who), 0.8, "after") if who is not None else None
    if len(tokens) < 3 or tokens[0].lower_ not in _POINTING or tokens[0].head.lemma_ != "be":
        return None
    for child in tokens[0].head.children:
        if child.dep_ in {"ccomp", "attr", "advcl"} and is_verb(child):
            runs = any(t.lower_ in _RUNS for t in child.lefts)
            who = next((t for t in child.lefts if t.dep_ == "nsubj"), None)
            if (
                runs
                and who is not None
                and who.lower_ not in _RUNS
                and (_is_person(who) or speaks(child, beside_quotation=True))
            ):
                return Voice((child,), reading.noun_phrase(who, without=[child]), 0.8, "after")
        if child.dep_ == "attr" and child.lemma_.lower() in {"word", "verdict", "view"}:
            of = next((t for t in child.rights if t.lower_ == "of"), None)
            who = next((t for t in of.children if t.dep_ == "pobj"), None) if of is not None else None
            if who is not None:
                return Voice((child,), reading.noun_phrase(who), 0.8, "after")
    return None


def sentence_voice(reading: Reading, number: int) -> Voice | None:
    """See ``_sentence_before``; for quotations with no cue of their own."""
    return _sentence_before(reading, number) or _paragraph_before(reading, number)


def whole_utterance(reading: Reading, number: int) -> bool:
    """Whether a quotation stands as a sentence of its own: it ends with a full stop and follows one."""
    quotation = reading.outer[number]
    words = sum(len(reading.article[span].split()) for span in quotation.spans)
    starts = reading.last_character(quotation.start) in {"", ".", "!", "?", ":", "”", '"', "’"}
    return (
        starts
        and words >= SHORTEST_UTTERANCE
        and (_final_mark(reading, number) in {".", "!", "?", "…", ","} or not quotation.closed)
    )


def is_utterance(reading: Reading, number: int) -> bool:
    """Whether a quotation of any length, even one word, is all that somebody utters (*“Never,” said Bell*).

    It begins a sentence, with a capital, and ends as a sentence does or with the comma before *said*.
    """
    quotation = reading.outer[number]
    first = quotation.spans[0]
    words = [token for token in reading.tokens(first) if token.is_alpha]
    before = reading.last_words(first.start)
    begins = not before or before[-1] in '.!?:”"’' or before.endswith((",", "said"))
    return (
        begins and bool(words) and words[0].text[:1].isupper() and _final_mark(reading, number) in {".", "!", "?", ","}
    )


def is_introduced(reading: Reading, cue: Sequence[Token], numbers: Sequence[int]) -> bool:
    """Whether a comma or a colon right behind a cue leads in an utterance: *blurted out, “Oh, dear,”*."""
    if not cue or not numbers or not is_utterance(reading, numbers[0]):
        return False
    if not (is_verb(cue[-1]) or cue[-1].dep_ == "prt"):
        return False  # *wrote a song, “Oh, Dear,”*
    first = reading.outer[numbers[0]].start
    past = cue[-1].idx + len(cue[-1].text)
    return past < first and reading.article.text[past:first].strip() in {",", ":"}


def short_sentence(reading: Reading, number: int) -> bool:
    """Whether a quotation of any length stands as a sentence: after a full stop, with a capital and its own end."""
    first = reading.outer[number].spans[0]
    words = [token for token in reading.tokens(first) if token.is_alpha]
    return (
        reading.last_character(first.start, block=False) in {".", "!", "?"}
        and bool(words)
        and words[0].text[:1].isupper()
        and _final_mark(reading, number) in {".", "!", "?"}
    )


def subject_of(reading: Reading, cue: Sequence[Token]) -> Span | None:
    """Who does what the words of a cue say, by the parse alone."""
    for token in cue:
        if is_verb(token):
            found = doer(token)
            if found is None or found.lower_ in {"that", "which", "what", "there"} or found in cue:
                return None
            return reading.noun_phrase(found, without=cue)
    return None


def cue_frames(token: Token) -> frozenset[str]:
    """The frames of a cue, for callers that need to know whether it also takes a label."""
    return lexicon().frames_of(token)
