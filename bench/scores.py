"""What found attributions are worth against annotated ones, as figures between 0 and 1.

Words, IoU, segments, quoted parts, head words and surnames are those of ``bench.words``.

matching       One to one, the highest IoU first; of equals, what comes first in the text.
P, R, F1       Micro-averaged: counts are summed over the documents first. F1 is 0 where it is not defined.
discard        A found content with at least half of its words in text that the corpus discards is passed over, unless
               it matches an annotated one at IoU >= 0.5.

direct.full.iou80   F1 of full quoted parts at IoU >= 0.8. Equal parts in one document count once (as full if any is).
                    What matches a part of a mixed quote is neither right nor wrong. What is quoted and no annotated
                    content (scare quotes, titles, nicknames) is wrong when found.
direct.full+src     F1 end to end: the part at IoU >= 0.8 and its source right.
direct.full+name    The same, where a source with the same surname is right too.
attr.full.src       Of the full parts matched at IoU >= 0.8 whose annotation has a source: share with the source right.
attr.full.name      The same over those whose source has a surname; the same surname is right too.
scare.far           Of the segments that annotated contents cover to less than half: share that is found as a quoted
                    part (IoU >= 0.5). Lower is better.
content.iou50       F1 of whole contents, their pieces united, at IoU >= 0.5.
speech.iou50        The same over reported speech: attributions with a reporting word in the cue (``REPORTING``) or a
                    quoted part in the content. What matches another annotated content, or matches nothing and is by
                    the same test no speech (it has a cue, without such a word, and no quoted part), is passed over.
relation.50         F1 of source and content, both at IoU >= 0.5; no source on both sides is the same source.
speech.relation.50  The same over reported speech.

A source is right   if the annotation has none and none was found, or if the found one has one of the annotated one's
                    head words (at the same place, not just the same word) and at most 3 n + 3 words for its n.
A speaker's surname is taken from ``speaker`` where a system gives one, else from its source.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bench.corpus import Attribution, Document
from bench.words import Text, Words, iou, surname

REPORTING = frozenset(
    "say says said saying tell tells told telling ask asks asked asking add adds added adding according "
    "announce announces announced announcing argue argues argued arguing assert asserts asserted asserting "
    "call calls called calling charge charges charged charging claim claims claimed claiming "
    "comment comments commented commenting complain complains complained complaining "
    "conclude concludes concluded concluding confirm confirms confirmed confirming "
    "contend contends contended contending declare declares declared declaring "
    "demand demands demanded demanding deny denies denied denying "
    "describe describes described describing dismiss dismissed dismisses emphasize emphasized emphasizes "
    "estimate estimated estimates explain explains explained explaining express expressed expresses expressing "
    "insist insists insisted insisting joke joked jokes joking mention mentioned mentions mentioning mock mocked "
    "note notes noted noting observe observed observes observing offer offered point points pointed pointing "
    "predict predicts predicted predicting pledge pledged pledges promise promised promises promising "
    "quip quipped quote quoted quotes quoting recall recalled recalls recalling remark remarked remarks "
    "reply replied replies replying report reported reports reporting respond responds responded responding "
    "reveal revealed reveals shout shouted shouting speak speaks spoke speaking state states stated stating "
    "suggest suggests suggested suggesting swear swore talk talked talks talking testify testified testifies "
    "tweet tweets tweeted tweeting urge urged urges urging vow vowed vows warn warns warned warning "
    "write writes wrote writing words statement interview".split()
)

F1S = (
    "direct.full.iou80",
    "direct.full+src",
    "direct.full+name",
    "speech.iou50",
    "speech.relation.50",
    "relation.50",
    "content.iou50",
)
RATES = ("scare.far", "attr.full.src", "attr.full.name")
FIGURES = (*F1S[:3], "scare.far", *F1S[3:], "attr.full.src", "attr.full.name")  # in the order of the table

_T = TypeVar("_T")
_U = TypeVar("_U")


@dataclass(frozen=True, eq=False, slots=True)
class Entry:
    """An attribution in words."""

    given: Attribution
    source: Words
    cue: Words
    content: Words
    quoted: tuple[tuple[Words, bool], ...]
    speech: bool
    heads: Words
    surname: str


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """A quoted part with every attribution that it stands in."""

    words: Words
    full: bool
    entries: tuple[Entry, ...]


def score(gold: Iterable[Document], found: Iterable[Document]) -> dict[str, float]:
    """Every figure of ``FIGURES``; not a number where there is nothing to be right about.

    A document that was not found counts as one in which nothing was found. Raises ``ValueError`` for an offset
    outside the text.
    """
    by_id = {document.id: document for document in found}
    total: Counter[str] = Counter()
    for document in gold:
        total.update(counts(document, by_id.get(document.id)))
    return figures(total)


def figures(total: Counter[str]) -> dict[str, float]:
    """The figures that the counts of any number of documents give."""
    made = {}
    for name in F1S:
        # 2PR / (P + R), written out, is 2 tp / (found + gold).
        size = total[f"{name}.found"] + total[f"{name}.gold"]
        made[name] = 2 * total[f"{name}.right"] / size if size else 0.0
    for name in RATES:
        made[name] = total[f"{name}.right"] / total[f"{name}.gold"] if total[f"{name}.gold"] else math.nan
    return {name: made[name] for name in FIGURES}


def matching(
    gold: Sequence[_T], found: Sequence[_U], likeness: Callable[[_T, _U], float], least: float
) -> list[tuple[int, int]]:
    """Pairs of positions, one to one, the most alike first."""
    values = ((likeness(one, other), i, j) for i, one in enumerate(gold) for j, other in enumerate(found))
    order = sorted((-value, i, j) for value, i, j in values if value >= least and value > 0)
    pairs: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in order:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return pairs


def counts(gold: Document, found: Document | None) -> Counter[str]:
    """What was right, found and annotated in one document, by figure."""
    text, annotated, answers = _sides(gold, found)
    total: Counter[str] = Counter()

    def add(name: str, right: int, found: int, gold: int) -> None:
        total.update({f"{name}.right": right, f"{name}.found": found, f"{name}.gold": gold})

    gold_parts, found_parts = parts(annotated), parts(answers)
    pairs = matching(gold_parts, found_parts, lambda one, other: iou(one.words, other.words), 0.8)
    mixed = sum(not gold_parts[i].full for i, _ in pairs)
    full = [(gold_parts[i], found_parts[j]) for i, j in pairs if gold_parts[i].full]
    sizes = (len(found_parts) - mixed, sum(part.full for part in gold_parts))
    add("direct.full.iou80", len(full), *sizes)
    add("direct.full+src", sum(_source_right(*pair) for pair in full), *sizes)
    add("direct.full+name", sum(_name_right(*pair) for pair in full), *sizes)
    sourced = [pair for pair in full if any(entry.source for entry in pair[0].entries)]
    named = [pair for pair in sourced if any(entry.surname for entry in pair[0].entries)]
    add("attr.full.src", sum(_source_right(*pair) for pair in sourced), 0, len(sourced))
    add("attr.full.name", sum(_name_right(*pair) for pair in named), 0, len(named))

    covered = frozenset[int]().union(*(entry.content for entry in annotated))
    discarded = text.words(gold.discard)
    scare = [
        segment
        for segment in text.segments
        if 2 * len(segment & covered) < len(segment) and 2 * len(segment & discarded) < len(segment)
    ]
    alarms = sum(any(iou(segment, part.words) >= 0.5 for part in found_parts) for segment in scare)
    add("scare.far", alarms, 0, len(scare))

    contents = matching(annotated, answers, same_content, 0.5)
    relations = matching(annotated, answers, _same_relation, 0.5)
    matched = {j for _, j in contents}
    passed = {j for i, j in contents if not annotated[i].speech}
    passed |= {j for j, entry in enumerate(answers) if j not in matched and entry.cue and not entry.speech}
    speech = (len(answers) - len(passed), sum(entry.speech for entry in annotated))
    add("content.iou50", len(contents), len(answers), len(annotated))
    add("relation.50", len(relations), len(answers), len(annotated))
    add("speech.iou50", sum(annotated[i].speech for i, _ in contents), *speech)
    add("speech.relation.50", sum(annotated[i].speech for i, _ in relations), *speech)
    return total


def judged(gold: Document, found: Document) -> list[tuple[Attribution, bool]]:
    """Each answer that is reported speech, and whether its content (IoU >= 0.5) and its source are right."""
    _, annotated, answers = _sides(gold, found)
    answers = [entry for entry in answers if entry.given.reported]
    pairs = matching(
        annotated, answers, lambda one, other: same_content(one, other) if source_right(one, other) else 0.0, 0.5
    )
    right = {j for _, j in pairs}
    return [(entry.given, j in right) for j, entry in enumerate(answers)]


def misgiven(gold: Document, found: Document) -> list[tuple[Attribution, bool]]:
    """Each answer with a source whose content is annotated (IoU >= 0.5): is the source mention a wrong one?"""
    _, annotated, answers = _sides(gold, found)
    pairs = matching(annotated, answers, same_content, 0.5)
    return [(answers[j].given, not source_right(annotated[i], answers[j])) for i, j in pairs if answers[j].source]


def _sides(gold: Document, found: Document | None) -> tuple[Text, list[Entry], list[Entry]]:
    text = Text(gold.text)
    annotated = entries(text, gold.attributions)
    answers = entries(text, found.attributions if found else [])
    discarded = text.words(gold.discard)
    if discarded:
        answers = [
            entry
            for entry in answers
            if 2 * len(entry.content & discarded) < len(entry.content)
            or any(same_content(one, entry) >= 0.5 for one in annotated)
        ]
    return text, annotated, answers


def entries(text: Text, attributions: Iterable[Attribution]) -> list[Entry]:
    """The attributions in words, but for those whose content has none."""
    made = []
    for given in attributions:
        for start, end in (*given.source, *given.cue, *given.content):
            if not 0 <= start <= end <= len(text.text):
                raise ValueError(f"{start}..{end} lies outside a text of {len(text.text)} characters")
        content = text.words(given.content)
        if not content:
            continue
        quoted = tuple(part for piece in given.content for part in text.quoted(piece))
        cue = text.words(given.cue)
        written = " ".join(text.text[start:end] for start, end in given.source)
        made.append(
            Entry(
                given=given,
                source=text.words(given.source),
                cue=cue,
                content=content,
                quoted=quoted,
                speech=bool(quoted) or any(text.word(number).lower() in REPORTING for number in cue),
                heads=text.heads(given.source),
                surname=surname(given.speaker or written),
            )
        )
    return made


def parts(entries: Iterable[Entry]) -> list[Part]:
    """The distinct quoted parts of a document, in reading order."""
    full: dict[Words, bool] = {}
    inside: dict[Words, list[Entry]] = {}
    for entry in entries:
        for words, whole in entry.quoted:
            full[words] = full.get(words, False) or whole
            inside.setdefault(words, []).append(entry)
    made = [Part(words, full[words], tuple(inside[words])) for words in full]
    return sorted(made, key=lambda part: (min(part.words), len(part.words)))


def same_content(gold: Entry, found: Entry) -> float:
    """IoU of the contents."""
    return iou(gold.content, found.content)


def _same_relation(gold: Entry, found: Entry) -> float:
    return min(same_content(gold, found), iou(gold.source, found.source))


def source_right(gold: Entry, found: Entry) -> bool:
    """Whether the found source is the annotated one; see above."""
    if not gold.source or not found.source:
        return not gold.source and not found.source
    return bool(gold.heads & found.source) and len(found.source) <= 3 * len(gold.source) + 3


def _source_right(gold: Part, found: Part) -> bool:
    return any(source_right(one, other) for one in gold.entries for other in found.entries)


def _name_right(gold: Part, found: Part) -> bool:
    same = any(one.surname and one.surname == other.surname for one in gold.entries for other in found.entries)
    return same or _source_right(gold, found)
