"""Transcripts: turns that begin with a speaker's label (``BELL: We had no choice.``), in marks or not.

A label is a name in capitals or not, with title, description, remark or number (``DR. INA FELD, GEOLOGIST (live):``),
behind a time code or not, the style of a parliament's record (``Mr. BELL.``), or the ``Q.`` and ``A.`` of an interview.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.analysis import lexicons
from onrecord.analysis.marks import Quotation
from onrecord.analysis.names.animacy import known_person
from onrecord.analysis.names.shapes import likeness
from onrecord.article import Article, Block, Span

_TIME: Final = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?:\s?[ap]\.?m\.?)?[\])]?\s+[-–—]?\s*)?"
_REMARK: Final = r"(?:\s*[(\[][^()\[\]]{1,40}[)\]])?"
_CAPS: Final = r"[A-Z][A-Z.'’\-]+(?:\s+(?:[A-Z][A-Z.'’\-]*|\d{1,2})){0,4}"
_WHAT: Final = r"[A-Z0-9][A-Z0-9 .'’&/\-]{1,50}"
_LABEL: Final = re.compile(
    rf"""^\s*+{_TIME}(?P<mark>["“‘']?)\s*(?P<label>{_CAPS}(?:,\s{_WHAT}{_REMARK})?{_REMARK})\s*:\s+(?=\S)"""
)
_PART: Final = (
    r"(?:[A-Z][\w.'’\-]+|[A-Z]\.|(?:de|del|della|di|da|dos|van|von|der|den|al|el|bin|bint|ibn|wa|ole|la|le)\b)"
)
_NAMED: Final = re.compile(
    rf"^\s*{_TIME}(?P<mark>)(?P<label>[A-Z][\w.'’\-]*(?:\s+{_PART}){{0,4}}(?:\s\d{{1,2}})?{_REMARK}):\s+(?=\S)"
)
_RECORD: Final = re.compile(
    r"^\s*+(?P<mark>)(?P<label>(?:(?:Mr|Mrs|Ms|Miss|Dr|Mme)\.?|The|Senator|Sen\.|Rep\.)\s+[A-Z][A-Z'’\-]{2,}"
    r"(?:\s+(?:[A-Z][A-Z'’\-]+|of\s+[A-Z][\w ]{2,20}|pro tempore))*)(?:\s*\([^()]{1,40}\))?\.\s+(?=[\"“A-Z])"
)
_QUESTION: Final = re.compile(r"^\s*+(?P<mark>)(?P<label>Q)(?:[.:]\s+|\s{2,})(?=\S)")
_ANSWER: Final = re.compile(r"^\s*+(?P<mark>)(?P<label>A)(?:[.:]\s+|\s{2,})(?=\S)")
_WORD: Final = re.compile(r"\w+")
_FIRST_OR_SECOND: Final = re.compile(r"\b(?:I|we|you|my|our|your|me|us)\b|\bI['’]", re.IGNORECASE)

# Words with which the entries of lists begin, also in an article that has them nowhere else.
_LABELS_OF_LISTS: Final = frozenset(
    {"new", "best", "top", "more", "price", "deal", "offer", "release", "sale", "update"}
)
_CREDITS: Final = frozenset({"credit", "credits", "photo", "photos", "image", "images", "video", "source", "via"})
# Names that are not in capitals must come more often, and one of them twice: *Correction: …* is no turn.
FEWEST_NAMED_TURNS: Final = 3

# One line in capitals with a colon may be a heading; a transcript has at least so many turns.
FEWEST_TURNS: Final = 2

# In a transcript of at least so many turns the paragraphs without a label go on with the turn before them; in a
# shorter one, which may be quoted in a report, only where somebody speaks in them of himself or to another.
MANY_TURNS: Final = 6

LIKELY: Final = 0.6  # how much a single word must look like a name's to be a label


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until the next one is named: one span a paragraph."""

    label: Span
    spans: tuple[Span, ...]
    role: str = "named"  # "question" and "answer" are the Q. and A. of an interview, "named" everything else


Labelled = Callable[[Block], "re.Match[str] | None"]


def turns(article: Article, quotations: Sequence[Quotation]) -> tuple[Turn, ...]:
    """The turns of an article in order; none unless there are ``FEWEST_TURNS``.

    A turn in quotation marks goes on through the paragraphs that re-open them. One without marks goes on to the next
    label where the paragraphs between are spoken too (``MANY_TURNS``); behind the last label it is one paragraph.
    """
    labelled = _style(article)
    matches = [labelled(block) for block in article.blocks]
    begins = [number for number, match in enumerate(matches) if match is not None]
    if len(begins) < FEWEST_TURNS:
        return ()
    reopened = {span.start for quotation in quotations for span in quotation.spans}
    found = []
    for at, number in enumerate(begins):
        match, start = matches[number], article.block_spans[number].start
        assert match is not None
        label = Span(start + match.start("label"), start + match.end("label"))
        spans = [Span(start + match.end(), start + len(article.blocks[number].text.rstrip()))]
        past = begins[at + 1] if at + 1 < len(begins) else len(article.blocks)
        rest = range(number + 1, past)
        if match.group("mark"):
            spans += _reopening(article, rest, reopened)
        elif at + 1 < len(begins) and _spoken(article, rest, match.group("label"), many=len(begins) >= MANY_TURNS):
            spans += [words_of(article, one) for one in rest if not _in_brackets(article.blocks[one].text)]
        role = {"Q": "question", "A": "answer"}.get(match.group("label"), "named")
        found.append(Turn(label, tuple(span for span in spans if len(span)), role))
    return tuple(found)


def words_of(article: Article, number: int) -> Span:
    """Where block ``number`` stands, without white space around it."""
    start, text = article.block_spans[number].start, article.blocks[number].text
    return Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def _in_brackets(text: str) -> bool:
    return text.strip()[:1] in {"(", "["} and text.strip()[-1:] in {")", "]"}


def _reopening(article: Article, rest: range, reopened: set[int]) -> list[Span]:
    spans = []
    for number in rest:
        span = words_of(article, number)
        if span.start not in reopened or article.text[span.start + 1 : span.start + 2] == "(":
            break
        spans.append(span)
    return spans


def _spoken(article: Article, rest: range, label: str, *, many: bool) -> bool:
    """Whether the paragraphs between two labels are the first one's words, and no report about it."""
    texts = [article.blocks[number].text for number in rest if not _in_brackets(article.blocks[number].text)]
    if not texts or any(article.blocks[number].role in {"headline", "caption"} for number in rest):
        return False
    name = re.split(r"[,(]", label, maxsplit=1)[0].rsplit(maxsplit=1)[-1].lower()
    if any(re.search(rf"\b{re.escape(name)}\b", text.lower()) or text.lstrip()[:1] in {'"', "“"} for text in texts):
        return False
    return many or any(_FIRST_OR_SECOND.search(text) for text in texts)


def _style(article: Article) -> Labelled:
    """How the labels of this article look."""
    asked = [bool(_QUESTION.match(block.text)) for block in article.blocks]
    answered = sum(bool(_ANSWER.match(block.text)) for block in article.blocks)
    pattern = _NAMED if _are_named(article) else _LABEL
    record = sum(bool(_RECORD.match(block.text)) for block in article.blocks) >= FEWEST_TURNS
    interview = sum(asked) >= FEWEST_TURNS

    def labelled(block: Block) -> re.Match[str] | None:
        match = pattern.match(block.text)
        if match is None and record:
            match = _RECORD.match(block.text)
        if match is None and interview:
            match = _QUESTION.match(block.text)
            if match is None and answered >= FEWEST_TURNS:
                match = _ANSWER.match(block.text)
        return match

    return labelled


def _is_a_word(word: str, article: Article, known: frozenset[str]) -> bool:
    """Whether a word stands in the article without its capital too: *New Price Drop: …* is an offer, nobody speaks.

    ``known`` are the article's words: most labels need no look at the text.
    """
    small = word.lower()
    if small in _LABELS_OF_LISTS:
        return True
    parts = _WORD.findall(small)
    return known.issuperset(parts) and re.search(rf"\b{re.escape(small)}\b", article.text) is not None


def _are_named(article: Article) -> bool:
    """Whether the turns are labelled with names that are not in capitals.

    Each single word among them must be a given name or a role (*Interviewer*), or stand with others that are.
    """
    labels = [match.group("label") for block in article.blocks if (match := _NAMED.match(block.text))]
    labels = [re.sub(r"\s*[(\[].*$", "", label) for label in labels]
    words = [label.split() for label in labels]
    known = frozenset(_WORD.findall(article.text))
    if any(all(_is_a_word(word, article, known) for word in label) for label in set(map(tuple, words))):
        return False
    if any(word.lower() in _CREDITS for label in words for word in label):
        return False
    people = [label for label in {tuple(label) for label in words} if _is_somebody(label)]
    single = any(len(label) == 1 for label in words)
    if not people or (single and (len(people) < len({tuple(label) for label in words}) or len(people) < 2)):
        return False
    return len(labels) >= FEWEST_NAMED_TURNS and len(set(labels)) < len(labels)


def _is_somebody(label: Sequence[str]) -> bool:
    """Whether a label can be a person's: a name of two words or more, a given name, or a role."""
    if known_person(label[-1].lower()) or label[-1].isdigit():
        return True
    given = label[0].lower()
    known = given in lexicons.words("given_names", "male") or given in lexicons.words("given_names", "female")
    return known or len(label) > 1 or likeness(given) >= LIKELY
