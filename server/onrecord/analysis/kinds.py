"""What kind of source a speaker is: type, identification, anonymity, by TAXONOMY's order."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from onrecord.analysis.attribution import Attribution
from onrecord.analysis.result import Source
from onrecord.analysis.speakers import Speaker
from onrecord.article import Article


def describe(article: Article, doc: Doc, identifier: str, speaker: Speaker, said: Sequence[Attribution]) -> Source:
    """The source that ``speaker`` is; ``said`` are the attributions given to it."""
    return Source(
        id=identifier,
        label=speaker.label,
        name=speaker.name,
        type="unattributed",
        identification="described",
        mentions=speaker.mentions,
    )
