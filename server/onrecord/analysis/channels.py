"""Through which channel something was said: an interview, a statement, a post."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc

from onrecord.analysis import lexicons
from onrecord.analysis.attribution import Attribution
from onrecord.analysis.result import Channel, Source
from onrecord.article import Article, Span

# *His comments, delivered in a video address*: a sentence that names the words before says how they were said.
_POINTS_BACK = re.compile(
    r"^(?:his|her|their|its|the) (?:comments?|remarks?|statements?|words|announcement|address|speech)\b", re.IGNORECASE
)


@cache
def _patterns() -> list[tuple[Channel, re.Pattern[str]]]:
    channels: dict[Channel, str] = lexicons.load("channels")["channels"]
    return [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in channels.items()]


def _declined() -> re.Pattern[str]:
    return next(pattern for name, pattern in _patterns() if name == "declined_comment")


def _unquoted(article: Article, window: Span, content: tuple[Span, ...]) -> str:
    """The text of ``window`` with what is said blanked out: what a speaker mentions is not how the words came."""
    text = article[window]
    for span in content:
        start, end = max(span.start, window.start), min(span.end, window.end)
        if start < end:
            text = text[: start - window.start] + " " * (end - start) + text[end - window.start :]
    return text


def channel(article: Article, doc: Doc, attribution: Attribution, source: Source | None) -> Channel:
    """The channel that the article's words name, else ``not_stated``."""
    anchor = attribution.cue[0] if attribution.cue else attribution.mention or attribution.content[0]
    token = doc.char_span(anchor.start, anchor.end, alignment_mode="expand")
    if token is None or not len(token):
        return "not_stated"
    sentence = token[0].sent
    window = Span(sentence.start_char, sentence.end_char)
    if attribution.content[0].start >= anchor.end:
        said = article[Span(max(window.start, anchor.start - 20), attribution.content[0].end)]
        if _declined().search(" ".join(said.split())):
            return "declined_comment"
    words = " ".join(_unquoted(article, window, attribution.content).split())
    for name, pattern in _patterns():
        if name == "document":
            break
        if pattern.search(words):
            return name
    following = doc[sentence.end].sent if sentence.end < len(doc) else None
    for neighbour in (doc[sentence.start - 1].sent if sentence.start > 0 else None, following):
        if neighbour is None:
            continue
        said = " ".join(article[Span(neighbour.start_char, neighbour.end_char)].split())
        if _POINTS_BACK.match(said):
            found = next((name for name, pattern in _patterns() if name != "document" and pattern.search(said)), None)
            if found is not None:
                return found
    if source is not None and source.type == "document":
        return "document"
    return "not_stated"
