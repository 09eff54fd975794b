"""What found quotes are worth against the form with claims: whether they were found, and whether the speaker is right.

word      A run of letters and digits, with apostrophes, full stops and hyphens inside it. A span has every word that
          it touches.
quotes    Contents matched one to one at IoU >= 0.5, the highest first; of equals, required ones before optional ones,
          and the same kind first. An optional quote that is missed is no miss, and what matches it is neither right
          nor wrong.
speaker   Of the required quotes that are matched: share whose speaker is right. It is right if neither side has one;
          or the fullest mentions overlap; or the labels agree (the same; the initials of the other; the surname of one
          in the other, where one is a named person; the same head noun, where neither is); or the mentions at the two
          quotes overlap each other, or one overlaps the other side's fullest mention, in a word that is no pronoun and
          no article.
type, identification
          Of the matched quotes whose speaker is right, and somebody: share whose source has the annotated type (or a
          defensible second one), and the annotated identification.
"""

from __future__ import annotations

import bisect
import math
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.corpus import Attribution, Document, GoldDocument, Place

FIGURES = ("quotes.precision", "quotes.recall", "quotes.f1", "speaker", "type", "identification")
# Efron's percentile interval: so many sets of as many articles, drawn from them with repetition, and a fixed seed.
DRAWS, SEED = 1_000, 1

Span = tuple[int, int]

_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
_ARTICLES = frozenset({"the", "a", "an"})
_NO_EVIDENCE = _ARTICLES | frozenset(
    "he she it they i we you who which that this these those his her its their him them my our".split()
)
_AFTER_HEAD = frozenset("( , of for in at on from to by with who that such near".split())


@dataclass(frozen=True, slots=True)
class _Speaker:
    label: str
    named: bool
    fullest: Span | None


class _Text:
    def __init__(self, text: str) -> None:
        self.text = text
        self.places = [match.span() for match in _WORD.finditer(text)]
        self._starts = [start for start, _ in self.places]
        self._ends = [end for _, end in self.places]

    def words(self, spans: Iterable[Span]) -> frozenset[int]:
        found: set[int] = set()
        for start, end in spans:
            found.update(range(bisect.bisect_right(self._ends, start), bisect.bisect_left(self._starts, end)))
        return frozenset(found)

    def same(self, one: Span | None, other: Span | None) -> bool:
        """Whether two mentions share a word that says who it is."""
        if one is None or other is None or not _overlap(one, other):
            return False
        shared = self.words([one]) & self.words([other])
        return any(self.text[slice(*self.places[word])].lower() not in _NO_EVIDENCE for word in shared)


def score(gold: Iterable[GoldDocument], found: Iterable[Document]) -> dict[str, float]:
    """Every figure of ``FIGURES``; not a number where there is nothing to be right about."""
    by_id = {document.id: document for document in found}
    total: Counter[str] = Counter()
    for document in gold:
        total.update(counts(document, by_id.get(document.id)))
    return figures(total)


def figures(total: Counter[str]) -> dict[str, float]:
    """The figures that the counts of any number of documents give."""
    right, extra, missed = total["quotes.right"], total["quotes.extra"], total["quotes.missed"]
    return {
        "quotes.precision": right / (right + extra) if right + extra else math.nan,
        "quotes.recall": right / (right + missed) if right + missed else math.nan,
        "quotes.f1": 2 * right / (2 * right + extra + missed) if right + extra + missed else math.nan,
        "speaker": total["speaker.right"] / right if right else math.nan,
        "type": total["type.right"] / total["given"] if total["given"] else math.nan,
        "identification": total["identification.right"] / total["given"] if total["given"] else math.nan,
    }


def intervals(gold: Sequence[GoldDocument], found: Iterable[Document]) -> dict[str, tuple[float, float]]:
    """The middle 95% of each figure over sets of articles drawn anew: what another such set might have given."""
    by_id = {document.id: document for document in found}
    each = [counts(document, by_id.get(document.id)) for document in gold]
    chance = random.Random(SEED)
    drawn: dict[str, list[float]] = {name: [] for name in FIGURES}
    for _ in range(DRAWS if each else 0):
        total: Counter[str] = Counter()
        for one in chance.choices(each, k=len(each)):
            total.update(one)
        for name, value in figures(total).items():
            if not math.isnan(value):
                drawn[name].append(value)
    return {name: _middle(sorted(values)) for name, values in drawn.items()}


def _middle(values: Sequence[float]) -> tuple[float, float]:
    if not values:
        return math.nan, math.nan
    last = len(values) - 1
    return values[round(0.025 * last)], values[round(0.975 * last)]


def counts(gold: GoldDocument, found: Document | None) -> Counter[str]:
    """What was right, extra and missed in one document."""
    answers = _reported(found)
    pairs = _pairs(gold, answers)
    total: Counter[str] = Counter()
    total["quotes.extra"] = len(answers) - len(pairs)
    for number, quote in enumerate(gold.quotes):
        if not quote.optional:
            total["quotes.right" if number in pairs else "quotes.missed"] += 1
            if number in pairs and _speaker_right(gold, number, answers[pairs[number]]):
                total["speaker.right"] += 1
                total.update(_kind(gold, number, answers[pairs[number]]))
    return total


def _kind(gold: GoldDocument, number: int, answer: Attribution) -> Counter[str]:
    source = next((source for source in gold.sources if source.id == gold.quotes[number].source), None)
    if source is None or source.type is None:
        return Counter()
    others = [source.type_alt] if isinstance(source.type_alt, str) else source.type_alt or []
    return Counter(
        {
            "given": 1,
            "type.right": int(answer.type in {source.type, *others}),
            "identification.right": int(answer.identification == source.identification),
        }
    )


def judged(gold: GoldDocument, found: Document) -> list[tuple[Attribution, bool]]:
    """Each answer that is reported speech, and whether its content and its speaker are right.

    What matches an optional quote is left out.
    """
    answers = _reported(found)
    matched = {j: i for i, j in _pairs(gold, answers).items()}
    return [
        (answer, j in matched and _speaker_right(gold, matched[j], answer))
        for j, answer in enumerate(answers)
        if j not in matched or not gold.quotes[matched[j]].optional
    ]


def misgiven(gold: GoldDocument, found: Document) -> list[tuple[Attribution, bool]]:
    """Each answer with a speaker whose words are an annotated quote's, optional ones too: is the speaker a wrong one?

    A quote given to nobody is none; it is missing, and no words are in a wrong mouth.
    """
    answers = _reported(found)
    pairs = _pairs(gold, answers)
    return [
        (answers[j], not _speaker_right(gold, i, answers[j]))
        for i, j in pairs.items()
        if answers[j].speaker is not None
    ]


def _reported(found: Document | None) -> list[Attribution]:
    return [answer for answer in found.attributions if answer.reported] if found else []


def _pairs(gold: GoldDocument, answers: list[Attribution]) -> dict[int, int]:
    """The number of the answer for each number of a quote that has one."""
    text = _Text(gold.text)
    contents = [text.words(answer.content) for answer in answers]
    order = []
    for i, quote in enumerate(gold.quotes):
        wanted = text.words((place.start, place.end) for place in quote.contents)
        for j, content in enumerate(contents):
            shared = len(wanted & content)
            likeness = shared / len(wanted | content) if shared else 0.0
            if likeness >= 0.5:
                order.append((-likeness, quote.optional, quote.kind != answers[j].kind, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(order):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _speaker_right(gold: GoldDocument, number: int, answer: Attribution) -> bool:
    quote, text = gold.quotes[number], _Text(gold.text)
    source = next((source for source in gold.sources if source.id == quote.source), None)
    if source is None or answer.speaker is None:
        return source is None and answer.speaker is None
    mention = answer.source[0] if answer.source else None
    wanted = _Speaker(source.label, source.identification == "named_person", _span(source.mention))
    given = _Speaker(answer.label or answer.speaker, answer.identification == "named_person", answer.fullest or mention)
    here = _span(quote.mention)
    return (
        _overlap(wanted.fullest, given.fullest)
        or _labels_agree(wanted, given)
        or text.same(here, mention)
        or text.same(here, given.fullest)
        or text.same(wanted.fullest, mention)
    )


def _span(place: Place | None) -> Span | None:
    return (place.start, place.end) if place else None


def _overlap(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and one[0] < other[1] and other[0] < one[1]


def _labels_agree(one: _Speaker, other: _Speaker) -> bool:
    if _bare(one.label) and _bare(one.label) == _bare(other.label):
        return True
    for short, long in ((one.label, other.label), (other.label, one.label)):
        initials = "".join(word[0] for word in _capitalised(re.sub(r"\([^)]*\)", "", long)))
        if len(initials) > 1 and _bare(short) == initials.lower():
            return True
    if one.named or other.named:
        return any(
            (name := _surname(here)) is not None and name in _capitalised(there)
            for here, there in ((one.label, other.label), (other.label, one.label))
        )
    return _head(one.label) is not None and _head(one.label) == _head(other.label)


def _bare(label: str) -> str:
    words = re.sub(r"[“”\"]", "", re.sub(r"\([^)]*\)", "", label).lower()).split()
    return " ".join(word for word in words if word not in _ARTICLES)


def _capitalised(label: str) -> list[str]:
    words: list[str] = re.findall(r"[A-ZÀ-Þ][\w'’\-]*", re.sub(r"['’]s\b", "", label))
    return [word.strip(".,'’") for word in words]


def _surname(label: str) -> str | None:
    return next((words[-1] for part in re.split(r"[(,]", label) if (words := _capitalised(part))), None)


def _head(label: str) -> str | None:
    head: str | None = None
    for word in re.findall(r"[\w'’\-]+|[(,]", re.sub(r'["“”]', "", label).lower()):
        if word in _AFTER_HEAD:
            if head:
                break
        elif word not in _ARTICLES:
            head = word
    return head
