"""A finished speaker: the fullest mention first, and the label under which he is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.analysis.names.bodies import is_a_name
from onrecord.analysis.names.people import Names
from onrecord.analysis.phrases import Reading, phrase_of
from onrecord.analysis.speakers.entries import Entry
from onrecord.article import Article, Span

_ARTICLES = re.compile(r"^(?:the|a|an|this|that|these|those|both)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One person, body or group that speaks."""

    mentions: tuple[Span, ...]  # the fullest first, then in reading order
    label: str
    name: str | None = None  # the proper name of a person or of a body
    person: bool = False  # the name is a person's
    plural: bool = False  # several people
    principal: int | None = None  # of *her lawyer*: the index of the speaker whom he speaks for


def finished(reading: Reading, names: Names, entry: Entry) -> Speaker:
    """The speaker of an entry, when the article has been read."""
    if entry.person is None:
        spans = sorted(set(entry.spans))
        fullest = spans[0] if not entry.proper else max(spans, key=lambda span: (min(len(span), 60), -span.start))
        label = _label(reading.article, fullest)
        if entry.proper:
            label = re.sub(r"^(?:the|a|an)\s+", "", label)  # a capital one may belong to the name
        name = label if entry.proper else None
        ordered = [fullest, *(span for span in spans if span != fullest)]
        return Speaker(mentions=tuple(ordered), label=label, name=name, plural=entry.plural)
    person = names.people[entry.person]
    spans = sorted({*entry.spans, *(phrase_of(reading, reading.doc[index]) for index in person.tokens)})
    spans = [span for span in spans if len(span)]
    named = [span for span in spans if person.name.split()[-1] in reading.article[span]]
    full = [span for span in named if person.name in reading.article[span]] or named or spans
    fullest = max(full, key=lambda span: (min(len(span), 120), -span.start))
    ordered = [fullest, *(span for span in spans if span != fullest)]
    return Speaker(
        mentions=tuple(ordered), label=_title(reading.article, person.name, full), name=person.name, person=True
    )


def _title(article: Article, name: str, spans: list[Span]) -> str:
    """The name with the title that stands right before it, where one does."""
    for span in sorted(spans, key=lambda s: s.start):
        text = re.sub(r"\s+", " ", article[span])
        found = text.find(name)
        if found < 0:
            continue
        title = _ARTICLES.sub("", text[:found]).strip()
        words = title.split()
        if (
            words
            and len(words) <= 8
            and not re.search(r"[,;:“”\"()]|\binterview", title)  # *the Gazette interviews Anna Bell*
            and words[-1].lower() not in {"and", "of", "by", "to"}
        ):
            return f"{title} {name}"
    return name


def _label(article: Article, span: Span) -> str:
    """The noun phrase up to its first comma, bracket or relative clause, on one line."""
    text = re.sub(r"\s+", " ", article[span])
    cut = re.split(r",\s|\s\(|\s[—–-]\s|\s(?:who|which|that|whose|speaking|citing)\s", text)[0].strip(' ,;:"“”')
    if not is_a_name(cut):  # *Sainsbury’s* is the whole name
        cut = re.sub(r"['’]s$", "", cut)
    return cut or text
