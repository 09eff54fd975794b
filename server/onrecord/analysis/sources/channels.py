"""Through which channel something was said: an interview, a statement, a post.

The words around a statement name its channel. Where they do not, it is the one of the statement before, as long as the
same source goes on speaking: news says *told reporters* once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Run

from onrecord.analysis import lexicons
from onrecord.analysis.names.bodies import outlets
from onrecord.analysis.phrases import Reading
from onrecord.analysis.places import Places
from onrecord.analysis.quotes import Attribution
from onrecord.analysis.result import Channel, Source
from onrecord.article import Article, Span

# *His comments, delivered in a video address*: a sentence that names the words before says how they were said.
_POINTS_BACK = re.compile(
    r"^(?:his|her|their|its|the) (?:comments?|remarks?|statements?|words|announcement|address|speech)\b", re.IGNORECASE
)
_HANDLE = re.compile(r"\s*\(@[\w.]{1,40}\)")  # of an embedded post's signature
_BEFORE_A_VERB = 20  # characters: *did not immediately* and the like
# In the place of a news outlet's name: as the lexicon writes it, and as it stands among words in small letters.
_WRITTEN, _OUTLET = "OUTLET", "outlet_"
_CARRIED_ON_FOR = 2  # paragraphs over which a source that goes on speaking is taken to be in the same place


@cache
def _patterns() -> list[tuple[Channel, re.Pattern[str]]]:
    """For words in small letters: to look past their case costs twice the time."""
    channels: dict[Channel, str] = lexicons.load("channels")["channels"]
    return [(name, re.compile(pattern.replace(_WRITTEN, _OUTLET))) for name, pattern in channels.items()]


def _declined() -> re.Pattern[str]:
    return next(pattern for name, pattern in _patterns() if name == "declined_comment")


@cache
def _of_documents() -> list[tuple[Channel, re.Pattern[str]]]:
    data: dict[Any, str] = lexicons.load("channels")["of_documents"]
    return [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in data.items() if name != "meaning"]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(lexicons.load("channels")[name], re.IGNORECASE)


def channels(reading: Reading, said: Sequence[Attribution], sources: Sequence[Source | None]) -> list[Channel]:
    """The channel of each of ``said``, by its source in ``sources``; ``not_stated`` where no words name one."""
    reader = _Reader(reading.article, reading.doc, said)
    found = [reader.own(attribution, source) for attribution, source in zip(said, sources, strict=True)]
    return _carried_on(reading, said, sources, found)


_OF_OUTLETS: Final[frozenset[Channel]] = frozenset({"other_media", "document", "speech"})  # no channel where one speaks


class _Reader:
    """The sentences of an article without what is said in them."""

    def __init__(self, article: Article, doc: Doc, said: Sequence[Attribution]) -> None:
        self.article = article
        self.doc = doc
        self._said = Places((span, span) for attribution in said for span in attribution.content)
        self._cues = Places((span, attribution.mention) for attribution in said for span in attribution.cue)
        host = urlsplit(article.url or "").hostname or ""
        self._home = host.replace("-", "")

    def own(self, attribution: Attribution, source: Source | None) -> Channel:
        """The channel that the words around one statement name."""
        anchor = attribution.cue[0] if attribution.cue else attribution.mention or attribution.content[0]
        run = self.doc.char_span(anchor.start, anchor.end, alignment_mode="expand")
        if run is None or not len(run):
            return "not_stated"
        if not attribution.cue and attribution.mention and _HANDLE.match(self.article.text, attribution.mention.end):
            return "social_post"
        sentence = run[0].sent
        if attribution.content[0].start >= anchor.end:
            lead = Span(max(sentence.start_char, anchor.start - _BEFORE_A_VERB), attribution.content[0].end)
            if _declined().search(" ".join(self.article[lead].lower().split())):
                return "declined_comment"
        document = source is not None and source.type == "document"
        own = _OF_OUTLETS if source is not None and source.type == "media" else frozenset()
        if source is not None and source.identification == "named_person":
            own -= {"other_media"}  # a journalist may speak to another outlet; what he writes is his own's
        name = self._named(self._words(sentence, attribution), barred=own)
        if name is not None and not (document and name in {"document", "statement", "court"}):
            return name
        if document and source is not None:
            return self._of_document(source)
        if source is not None and source.type == "official" and self._rules(attribution, source):
            return "court"
        scene = self._scene(sentence, source)
        if scene is not None:
            return scene
        following = self.doc[sentence.end].sent if sentence.end < len(self.doc) else None
        for neighbour in (self.doc[sentence.start - 1].sent if sentence.start > 0 else None, following):
            if neighbour is not None and _POINTS_BACK.match(neighbour.text.strip()):
                pointed = self._named(" ".join(neighbour.text.split()))
                if pointed is not None and pointed != "document":
                    return pointed
        return "not_stated"

    def _scene(self, sentence: Run, source: Source | None) -> Channel | None:
        """*In an interview in July, Bell was asked about it.* The sentence before, if it is about the same person."""
        if source is None or source.name is None or sentence.start == 0:
            return None
        before = self.doc[sentence.start - 1].sent
        surname = source.name.split()[-1]
        if before.end_char > sentence.start_char or all(t.text != surname for t in before):
            return None
        cues = self._cues.between(before.start_char, before.end_char)
        if any(before.start_char <= span.start for span, _ in cues):
            return None  # somebody speaks there; what that one says is carried on, or another's
        lead = re.compile(lexicons.load("channels")["scenes"], re.IGNORECASE)
        if not lead.search(before.text):
            return None
        name = self._named(" ".join(before.text.split()), barred=_OF_OUTLETS)
        return name if name in lexicons.words("channels", "carried") else None

    def _named(self, words: str, *, barred: Collection[Channel] = ()) -> Channel | None:
        words = words.lower()
        return next((name for name, pattern in _patterns() if name not in barred and pattern.search(words)), None)

    def _words(self, sentence: Run, attribution: Attribution) -> str:
        """The sentence without what is said and without the verbs of others; every news outlet is one word."""
        first, past = sentence.start_char, sentence.end_char
        barred = [span for span, _ in self._said.between(first, past)]
        barred += [
            span
            for span, mention in self._cues.between(first, past)
            if first <= span.start and mention != attribution.mention and span not in attribution.cue
        ]
        own = [*attribution.cue, *([attribution.mention] if attribution.mention else ())]
        kept = [
            t
            for t in sentence
            if any(span.start <= t.idx < span.end for span in own)
            or not any(span.start <= t.idx < span.end for span in barred)
        ]
        named = {run[0].i: run for run in outlets(kept) if not self._at_home(run)}
        parts, skip = [], -1
        for token in kept:
            if token.i in named:
                skip = named[token.i][-1].i
                parts.append(_OUTLET + named[token.i][-1].whitespace_)
            elif token.i > skip:
                parts.append(token.text_with_ws)
        return " ".join("".join(parts).split())

    def _at_home(self, run: Sequence[Token]) -> bool:
        """Whether the outlet is the one whose article this is: an interview with it is an interview."""
        plain = "".join(c for token in run for c in token.lower_ if c.isalnum()).removeprefix("the")
        return len(plain) > 2 and plain in self._home

    def _of_document(self, source: Source) -> Channel:
        label = source.label
        return next((name for name, pattern in _of_documents() if pattern.search(label)), "document")

    def _rules(self, attribution: Attribution, source: Source) -> bool:
        verb = " ".join(self.article[span] for span in attribution.cue)
        words = " ".join((source.label, *(self.article[span] for span in source.evidence)))
        return bool(_pattern("rulings").match(verb) and _pattern("judges").search(words))


def _carried_on(
    reading: Reading, said: Sequence[Attribution], sources: Sequence[Source | None], found: Sequence[Channel]
) -> list[Channel]:
    """The channel of the statement before, while the same source goes on speaking."""
    carried = lexicons.words("channels", "carried")
    result = list(found)
    order = sorted(range(len(said)), key=lambda at: said[at].content[0].start)
    latest: dict[int, int] = {}  # by scene
    for at in order:
        source = sources[at]
        if source is None or not said[at].reported:
            continue
        block = reading.article.block_index(said[at].content[0].start)
        scene = reading.scenes.of(block)
        last = latest.get(scene)
        if last is not None and sources[last] == source and result[at] == "not_stated" and result[last] in carried:
            gap = reading.scenes.apart(reading.article.block_index(said[last].content[0].start), block)
            if gap <= _CARRIED_ON_FOR:
                result[at] = result[last]
        latest[scene] = at
    return result
