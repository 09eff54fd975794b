"""Who says what, with which words: acts of attribution found in an article.

Quotation marks come first, being the strongest evidence there is (``direct``); reported speech without marks comes
from the frames of its cues (``indirect``). Here the two are brought together: one entry per act of attribution.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.analysis import direct, indirect
from onrecord.analysis.marks import Quotation
from onrecord.analysis.phrases import Reading
from onrecord.analysis.result import QuoteKind
from onrecord.article import Article, Span

_MARKS = frozenset({'"', "“", "”", "„", "‘", "’", "'", "''", "``", "«", "»", "’’", "‘‘", "‹", "›"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One act of attribution before its speaker is known. Spans point into ``Article.text``."""

    kind: QuoteKind
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    mention: Span | None = None  # the full noun phrase (or pronoun) that names the speaker here
    reported: bool = True  # False: a belief, plan or wish, which goes to ``attitudes``
    confidence: float = 1.0


def attributions(article: Article, doc: Doc, quotations: tuple[Quotation, ...]) -> list[Attribution]:
    """Every act of attribution in reading order."""
    reading = Reading(article, doc, quotations)
    spoken, used = _spoken(reading)
    reported = _reported(reading, spoken, used)
    return sorted([*spoken.values(), *reported], key=lambda attribution: attribution.content[0].start)


def _cue_spans(tokens: tuple[Token, ...]) -> tuple[Span, ...]:
    """One span per run of neighbouring cue words."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    return tuple(Span(run[0].idx, run[-1].idx + len(run[-1].text)) for run in runs)


def _spoken(reading: Reading) -> tuple[dict[int, Attribution], set[int]]:
    """Attributions of quotations by the index of their first one, and the token indices of the cues they used."""
    found: dict[int, Attribution] = {}
    used: set[int] = set()
    owner: dict[int, int] = {}  # quotation -> the quotation whose entry holds it
    voices = direct.voices(reading)
    for number, quotation in enumerate(reading.outer):
        if direct.is_title(reading, number):
            continue
        voice = voices[number]
        tokens = [token for span in quotation.spans for token in reading.tokens(span)]
        previous = owner.get(number - 1)
        if voice is not None and voice.cue and voice.side == "before" and previous is not None:
            shared = any(token.i in used for token in voice.cue)
            if shared and _adjoins(reading, number):
                _join(reading, found, owner, previous, number, quotation)
                continue
        if voice is None:
            if previous is not None and _goes_on(reading, number, found[previous]):
                _join(reading, found, owner, previous, number, quotation)
                continue
            if not direct.whole_utterance(reading, number):
                continue
            voice = direct.sentence_voice(reading, number)
        elif not direct.is_clause(tokens) and not _introduced_whole(reading, number, voice):
            continue  # a fragment: the frames of its cue say more (``indirect``)
        used.update(token.i for token in voice.cue) if voice else None
        clause = direct.is_clause(tokens)
        found[number] = Attribution(
            kind="direct" if clause else "partial",
            content=quotation.spans,
            cue=_cue_spans(voice.cue) if voice else (),
            mention=voice.mention if voice else None,
            confidence=voice.confidence if voice else 0.5,
        )
        owner[number] = number
    return found, used


def _join(
    reading: Reading,
    found: dict[int, Attribution],
    owner: dict[int, int],
    first: int,
    number: int,
    quotation: Quotation,
) -> None:
    entry = found[first]
    words = [token for span in (*entry.content, *quotation.spans) for token in reading.tokens(span)]
    found[first] = Attribution(
        kind="direct" if direct.is_clause(words) else entry.kind,  # *“The bridge,” said Bell, “is shut.”*
        content=(*entry.content, *quotation.spans),
        cue=entry.cue,
        mention=entry.mention,
        confidence=min(entry.confidence, 0.9),
    )
    owner[number] = first


def _adjoins(reading: Reading, number: int) -> bool:
    before = reading.outer[number - 1].spans[-1]
    after = reading.outer[number].spans[0]
    return reading.article.block_index(before.start) == reading.article.block_index(after.start)


def _goes_on(reading: Reading, number: int, entry: Attribution) -> bool:
    """Whether a quotation with no cue of its own goes on with the entry before it."""
    previous, this = reading.outer[number - 1].spans[-1], reading.outer[number].spans[0]
    article = reading.article
    before, after = article.block_index(previous.end - 1), article.block_index(this.start)
    between = article.text[previous.end : this.start]
    if before == after or (after == before + 1 and article.continues(after)):
        utterance = direct.whole_utterance(reading, number) or direct.short_sentence(reading, number)
        return utterance or between.rstrip()[-1:] in {",", ":"}
    if after == before + 1 and direct.whole_utterance(reading, number):
        starts_block = not article.text[article.block_spans[after].start : this.start].strip()
        return starts_block and bool(entry.mention)
    return False


def _introduced_whole(reading: Reading, number: int, voice: direct.Voice) -> bool:
    """Whether a fragment is the whole of what is said: right after its cue, or right before *X said*."""
    if not voice.cue:
        return voice.side in {"before", "after"}
    span = reading.outer[number].spans[0]
    if voice.side == "before":
        between = reading.article.text[voice.cue[-1].idx + len(voice.cue[-1].text) : span.start].strip(" ,:")
        return between == ""
    if any(
        c.dep_ in {"ccomp", "xcomp", "dobj"} and c.i > voice.cue[-1].i and not reading.quoted(c)
        for c in voice.cue[-1].children
    ):
        return (
            False  # the cue has its own content: in *on “Face the Nation,” Ryan said he would* the marks hold a title
        )
    before = direct.gap_before(reading, number).text.rstrip()
    final = reading.article[reading.outer[number].spans[-1]].rstrip("\"'”’»")[-1:]
    return final in {",", "!", "?"} and (not before or before[-1] in ",:—–")


def _reported(reading: Reading, spoken: dict[int, Attribution], used: set[int]) -> list[Attribution]:
    taken = [span for attribution in spoken.values() for span in attribution.content]
    found: list[Attribution] = []
    for report in indirect.reports(reading):
        if any(token.i in used for token in report.cue):
            continue
        spans = reading.spans(report.content)
        spans = tuple(_with_marks(reading, span) for span in spans)
        if not spans:
            continue
        covered = sum(min(s.end, t.end) - max(s.start, t.start) for s in spans for t in taken if s.overlaps(t))
        if covered > 0.3 * sum(len(span) for span in spans):  # the quotation has an entry of its own
            continue
        if any(span.overlaps(t) for span in spans for t in taken):
            spans = tuple(s for s in spans if not any(s.overlaps(t) for t in taken))
            if not spans:
                continue
        found.append(
            Attribution(
                kind=_kind(reading, report.content),
                content=_label_only(reading, report, spans),
                cue=_cue_spans(report.cue),
                mention=report.mention,
                reported=report.reported,
                confidence=report.confidence,
            )
        )
    return found


def _with_marks(reading: Reading, span: Span) -> Span:
    """``span`` grown so that it does not cut a quotation at its opening or closing mark, without a final full stop."""
    text = reading.article.text
    start, end = span.start, span.end
    for quotation in reading.outer:
        for part in quotation.spans:
            if part.start < start <= part.start + 2 and part.end > start:
                start = part.start
            if part.end - 3 <= end < part.end and part.start < end:
                end = part.end
    while end > start + 1 and text[end - 1] in ".,;" and not text[end - 3 : end - 1].endswith((".", "S")):
        end -= 1
    return Span(start, end)


def _kind(reading: Reading, content: tuple[Token, ...]) -> QuoteKind:
    words = [token for token in content if token.is_alpha or token.like_num]
    inside = sum(reading.quoted(token) for token in words)
    if not inside:
        return "indirect"
    if inside == len(words) and direct.is_clause(content):
        return "direct"
    return "partial"


def _label_only(reading: Reading, report: indirect.Report, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Of a quoted label (*called it a “disgrace”*) the quoted fragment alone is the content."""
    if report.frame != "label":
        return spans
    quoted = [part for q in reading.outer for part in q.spans if any(span.overlaps(part) for span in spans)]
    return tuple(quoted) or spans
