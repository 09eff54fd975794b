"""What the article says about why a source is not named: the words of the grant, and the reason they give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord.analysis import lexicons
from onrecord.analysis.phrases import Reading
from onrecord.analysis.result import Anonymity, ReasonKind
from onrecord.article import Article, Span

_ANONYMOUS_ADJECTIVE = re.compile(r"\b(?:anonymous|unidentified)\b", re.IGNORECASE)

# The reason ends where the sentence comes back to what was said.
_BACK_TO_SPEECH = re.compile(
    r",\s+(?:said|says|told|added|described|called|confirmed|acknowledged|insisted|and|but)\b|[“\"]"
)


@cache
def _grants() -> re.Pattern[str]:
    patterns: list[str] = lexicons.load("anonymity")["grants"]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@cache
def _reasons() -> re.Pattern[str]:
    return re.compile(r"[\s,]*(?P<reason>" + lexicons.load("anonymity")["reasons"] + ")", re.IGNORECASE)


def _outside(reading: Reading, start: int) -> bool:
    return all(not (span.start <= start < span.end) for quotation in reading.outer for span in quotation.spans)


def anonymity(article: Article, reading: Reading, mentions: Sequence[Span], said: Sequence[Span]) -> Anonymity | None:
    """The grant of anonymity in the sentences where the source is mentioned, or None if the text has none.

    ``mentions`` are where the source is named, ``said`` what it says; offsets as in ``Article.text``.
    """
    for mention in mentions:
        tokens = reading.tokens(mention)
        if not tokens:
            continue
        sentence = tokens[0].sent
        window = Span(sentence.start_char, max(sentence.end_char, mention.end))
        for match in _grants().finditer(article.text, window.start, window.end):
            if not _outside(reading, match.start()):
                continue
            if _ANONYMOUS_ADJECTIVE.fullmatch(match.group()) and not mention.start <= match.start() < mention.end:
                continue
            reason = _reasons().match(article.text, match.end(), window.end)
            text = _BACK_TO_SPEECH.split(reason.group("reason"))[0].rstrip(" ,.") if reason else ""
            lead = text or match.group()
            return Anonymity(
                evidence=(Span(match.start(), match.start() + len(match.group().rstrip(" ,"))),),
                reason=Span(reason.start("reason"), reason.start("reason") + len(text)) if reason and text else None,
                reason_kind=_reason_kind(lead, stated=bool(text)),
                opinion=_opinion(article, said),
            )
    return None


def _reason_kind(text: str, *, stated: bool) -> ReasonKind:
    kinds: dict[ReasonKind, str] = lexicons.load("anonymity")["reason_kinds"]
    for kind, pattern in kinds.items():
        if re.search(pattern, text, re.IGNORECASE):
            return kind
    return "other" if stated else "none_stated"


def _opinion(article: Article, said: Sequence[Span]) -> bool:
    words = lexicons.words("anonymity", "opinion", "words")
    return any(word in words for span in said for word in re.findall(r"[a-z]+", article[span].lower()))
