"""The owners of quotations: each goes whole to one statement, by the tagger, the words beside it, or as going on.

Quotation marks come first, being the strongest evidence there is: what stands between them is never cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.analysis.cues import lexicon, main_verb
from onrecord.analysis.marks import Quotation
from onrecord.analysis.phrases import REACH, Reading
from onrecord.analysis.places import Places
from onrecord.analysis.quotes import direct
from onrecord.analysis.quotes.drafts import Draft
from onrecord.analysis.quotes.neighbours import sentence_voice
from onrecord.analysis.quotes.utterances import is_clause, is_utterance, whole_utterance
from onrecord.article import Span, meet

# A quotation belongs to a statement of which the tagger gives it at least this share of its words.
OWNED = 0.5

# How sure a statement is that quotation marks alone show: times this where a cue stands beside it, else so much.
FROM_MARKS, WITHOUT_CUE = 0.8, 0.4


def _share(reading: Reading, number: int, spans: Iterable[Span]) -> float:
    """How much of a quotation's words lie in ``spans``."""
    chosen = list(spans)
    tokens = [t for span in reading.outer[number].spans for t in reading.tokens(span) if t.is_alpha or t.like_num]
    if not tokens:
        return 0.0
    return sum(any(token.idx in span for span in chosen) for token in tokens) / len(tokens)


def give_quotations(reading: Reading, drafts: list[Draft], taken: set[int]) -> None:
    """Each quotation goes whole to the statement that has most of it, and no other statement keeps a part of it."""
    # content is only ever taken away here, so that what lies at a place lay there from the beginning
    places = Places((span, at) for at, draft in enumerate(drafts) if not draft.nested for span in draft.content)
    for number, quotation in enumerate(reading.outer):
        if number in taken:
            continue
        first, past = quotation.start, quotation.end
        there = [(at, drafts[at]) for at in sorted({at for _, at in places.between(first, past)})]
        if direct.is_title(reading, number):
            for _, draft in there:
                if not any("label" in direct.cue_frames(token) for token in draft.cue):
                    draft.content = [s for s in draft.content if not any(part.covers(s) for part in quotation.spans)]
            continue
        near = [
            (at, draft) for at, draft in there if any(span.start < past and first < span.end for span in draft.content)
        ]
        shares = [
            (_share(reading, number, draft.content), draft.sureness, at)
            for at, draft in near
            if meet(draft.content, quotation.spans)
        ]
        share, _, best = max(shares, default=(0.0, 0.0, -1))
        if 0 < share < OWNED and _begins(reading, drafts[best], quotation):
            share = OWNED
        if share < OWNED:
            continue
        for at, draft in near:
            if at == best:
                draft.owned.append(number)
            draft.content = [rest for span in draft.content for rest in _without(span, quotation.spans)]


def without_acts(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Quotations keep no cue that only tells what happened next (*“You will serve nine years.” Bell wept.*).

    Behind a full stop inside the marks a new sentence begins. It is the cue of what was quoted if its verb is one of
    saying, not if somebody nods in it, sobs or leaves; who spoke stays open then.
    """
    words = lexicon()
    for draft in drafts:
        if draft.nested or not draft.owned or not draft.cue or draft.content:
            continue
        last = reading.outer[draft.owned[-1]]
        text = reading.article.text
        final = text[max(0, last.end - REACH) : last.end].rstrip("\"'”’»")[-1:]
        behind = draft.cue[0].idx >= last.end and final in {".", "!", "?", "…"}
        verb = main_verb(draft.cue)
        if not behind or verb is None or words.has("clause", verb) or words.has("question", verb):
            continue
        opened = text[last.end : last.end + 40].lstrip()[:1]
        if opened.isupper() and (words.has("quotation", verb) is False or final == "."):
            draft.cue, draft.mention, draft.sureness = (), None, WITHOUT_CUE


def _begins(reading: Reading, draft: Draft, quotation: Quotation) -> bool:
    """Whether what the tagger gave a statement begins with a quotation and was then cut short inside it."""
    first = quotation.spans[0]
    for span in draft.content:
        words = [token for token in reading.tokens(span) if token.is_alpha]
        inside = [token for token in words if any(token.idx in part for part in quotation.spans)]
        if len(inside) >= 3 and len(inside) == len(words) and span.start - first.start <= 2:
            return True
    return False


def _without(span: Span, parts: Sequence[Span]) -> list[Span]:
    """What is left of ``span`` outside ``parts``."""
    left = [span]
    for part in parts:
        ends = [end for rest in left if rest.overlaps(part) for end in ((rest.start, part.start), (part.end, rest.end))]
        left = [rest for rest in left if not rest.overlaps(part)] + [Span(*end) for end in ends if end[0] < end[1]]
    return left


def from_marks(reading: Reading, drafts: list[Draft], taken: set[int]) -> list[Draft]:
    """Statements in quotation marks that the tagger gave to nobody: by the words beside them."""
    owner = {number: draft for draft in drafts for number in draft.owned}
    cues = {token.i: draft for draft in drafts for token in draft.cue}
    voices = direct.voices(reading)
    made: list[Draft] = []
    for number in range(len(reading.outer)):
        voice = voices[number]
        if number in owner:
            if owner[number].mention is None and voice is not None and voice.mention is not None:
                owner[number].mention = voice.mention
            continue
        if number in taken or direct.is_title(reading, number):
            continue
        known = next((cues[token.i] for token in voice.cue if token.i in cues), None) if voice is not None else None
        tokens = [token for span in reading.outer[number].spans for token in reading.tokens(span)]
        if known is not None and not known.nested:
            if not known.owned and voice is not None and (not known.content or voice.side == "after"):
                if is_clause(tokens):
                    known.owned.append(number)
                    known.content.clear()  # *“You came?” she said, but he was gone*: what else the tagger took is none
            continue
        if voice is None:
            if not whole_utterance(reading, number):
                continue
            voice = sentence_voice(reading, number)
        elif not is_clause(tokens) and not is_utterance(reading, number):
            continue
        draft = Draft(
            cue=voice.cue if voice else (),
            mention=voice.mention if voice else None,
            content=[],
            sureness=voice.confidence * FROM_MARKS if voice else WITHOUT_CUE,
            owned=[number],
        )
        made.append(draft)
        cues.update({token.i: draft for token in draft.cue})
    return made
