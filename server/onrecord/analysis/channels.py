"""Through which channel something was said: an interview, a statement, a post."""

from __future__ import annotations

from spacy.tokens import Doc

from onrecord.analysis.attribution import Attribution
from onrecord.analysis.result import Channel, Source
from onrecord.article import Article


def channel(article: Article, doc: Doc, attribution: Attribution, source: Source | None) -> Channel:
    """The channel that the article's words name, else ``not_stated``."""
    return "not_stated"
