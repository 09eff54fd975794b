"""Subtitles with their speakers: WebVTT and SubRip. What one person says is one turn, ``NAME: words``."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from onrecord.article import Article, Block
from onrecord.documents.document import Document
from onrecord.errors import NothingToAnalyze

_TIMES = re.compile(r"^\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{3}", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAGS = re.compile(r"<[^>]{0,200}>|\{\\[^}]*\}")
# ``>> NAME:`` and ``NAME:`` as broadcasters caption them: in capitals, or a name of up to four words.
_NAMED = re.compile(
    r"^(?:(?:>>+|-)\s*)?(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,5}|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){0,3})"
    r"(?:\s*\([^)]{1,60}\))?:\s+(?=\S)"
)
_CHANGE = re.compile(r"^(?:>>+\s*|-\s+)")
_SOUND = re.compile(r"^[\[(♪][^\])♪]*[\])♪]?$")


def is_captions(text: str) -> bool:
    """Whether a text is WebVTT or SubRip."""
    start = text[:2000].lstrip("\ufeff \r\n\t")
    return re.match(r"WEBVTT(?:\s|$)", start) is not None or bool(
        re.match(r"\d+\s*\r?\n", start) and _TIMES.match(start.partition("\n")[2])
    )


def document(text: str, *, place: str) -> Document:
    """The turns of a file of subtitles as an article; raises ``NothingToAnalyze``."""
    turns: list[tuple[str | None, list[str]]] = []
    for speaker, changed, words in _lines(text):
        if changed or not turns or (speaker and speaker != turns[-1][0]):
            turns.append((speaker, []))
        if not turns[-1][1] or turns[-1][1][-1] != words:  # live captions say a line again as it rolls up
            turns[-1][1].append(words)
    made: list[Block] = []
    for speaker, said in turns:
        whole = " ".join(said)
        if whole:
            made.append(Block(f"b{len(made)}", "paragraph", f"{speaker}: {whole}" if speaker else whole))
    if not made:
        raise NothingToAnalyze(f"{place} holds no subtitles.")
    return Document(Article(tuple(made)))


def _lines(text: str) -> Iterator[tuple[str | None, bool, str]]:
    """Speaker, whether the speaker changes here, and the words of each line of each cue."""
    for cue in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")):
        times = _TIMES.search(cue)
        if times is None:
            continue  # a heading, a note or a style
        body = cue[times.end() :].partition("\n")[2]
        # A voice may begin in the middle of a cue: each begins a line.
        for line in _VOICE.sub(lambda voice: "\n" + voice[0], body).split("\n"):
            voice = _VOICE.search(line)
            words = " ".join(html.unescape(_TAGS.sub("", line)).split())
            speaker = " ".join(voice[1].split()) if voice else None
            changed = False
            if speaker is None and (named := _NAMED.match(words)):
                speaker, words, changed = named["name"], words[named.end() :], True
            elif _CHANGE.match(words):
                words, changed = _CHANGE.sub("", words), True
            if words and not _SOUND.match(words):
                yield speaker, changed, words
