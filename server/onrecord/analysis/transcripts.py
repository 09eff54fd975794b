"""Transcripts: turns that begin with a speaker's name and a colon (``BELL: We had no choice.``), in marks or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.analysis.marks import Quotation
from onrecord.article import Article, Span

_LABEL: Final = re.compile(
    r"""^\s*(?P<mark>["“‘']?)\s*(?P<label>[A-Z][A-Z.'’\-]+(?:\s+[A-Z][A-Z.'’\-]*){0,4}(?:\s*\([^()]{1,40}\))?)\s*:\s+(?=\S)"""
)
_NAMED: Final = re.compile(r"^\s*(?P<mark>)(?P<label>[A-Z][\w.'’\-]+(?:\s+[A-Z][\w.'’\-]+){1,2}):\s+(?=\S)")
# Words with which the entries of lists begin, also in an article that has them nowhere else.
_LABELS_OF_LISTS: Final = frozenset(
    {"new", "best", "top", "more", "price", "deal", "offer", "release", "sale", "update"}
)
# Names that are not in capitals must come more often, and one of them twice: *Correction: …* is no turn.
FEWEST_NAMED_TURNS: Final = 3

# One line in capitals with a colon may be a heading; a transcript has at least so many turns.
FEWEST_TURNS: Final = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until the next one is named: one span a paragraph."""

    label: Span
    spans: tuple[Span, ...]

    def overlaps(self, span: Span) -> bool:
        """Whether any of the turn lies in ``span``."""
        return self.label.overlaps(span) or any(own.overlaps(span) for own in self.spans)


def turns(article: Article, quotations: Sequence[Quotation]) -> tuple[Turn, ...]:
    """The turns of an article in order; none unless there are ``FEWEST_TURNS``.

    A turn in quotation marks goes on through the paragraphs that re-open them; one without marks is one paragraph.
    """
    found: list[tuple[Span, list[Span]]] = []
    in_marks = False
    pattern = _NAMED if _are_named(article) else _LABEL
    reopened = {span.start for quotation in quotations for span in quotation.spans}
    for block, at in zip(article.blocks, article.block_spans, strict=True):
        match = pattern.match(block.text)
        if match is not None:
            label = Span(at.start + match.start("label"), at.start + match.end("label"))
            found.append((label, [Span(at.start + match.end(), at.start + len(block.text.rstrip()))]))
            in_marks = bool(match.group("mark"))
            continue
        start = at.start + len(block.text) - len(block.text.lstrip())
        if found and in_marks and start in reopened and block.text.lstrip()[1:2] != "(":
            found[-1][1].append(Span(start, at.start + len(block.text.rstrip())))
        else:
            in_marks = False
    if len(found) < FEWEST_TURNS:
        return ()
    return tuple(Turn(label, tuple(span for span in spans if len(span))) for label, spans in found)


def _is_a_word(word: str, article: Article) -> bool:
    """Whether a word stands in the article without its capital too: *New Price Drop: …* is an offer, nobody speaks."""
    return word.lower() in _LABELS_OF_LISTS or re.search(rf"\b{re.escape(word.lower())}\b", article.text) is not None


def _are_named(article: Article) -> bool:
    """Whether the turns are labelled with names that are not in capitals."""
    labels = [match.group("label") for block in article.blocks if (match := _NAMED.match(block.text))]
    if any(all(_is_a_word(word, article) for word in label.split()) for label in labels):
        return False
    return len(labels) >= FEWEST_NAMED_TURNS and len(set(labels)) < len(labels)
