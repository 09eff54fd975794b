"""Whether a statement is the one that was reviewed.

A wrong match sends the reader to a fact-check of something else, so everything that changes what is said has to
agree: the numbers, the names, the negations, the direction (rose, fell), and who does what to whom. Only then do the
words in common count.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.factchecks import wordlist

# Shares of words in common: of the reviewed claim's, and of the statement's, which may say a little more.
OF_CLAIM, OF_STATEMENT = 0.8, 0.6

# A claim with fewer content words says too little to be told from another one.
FEWEST = 3

_TOKEN = re.compile(r"[$€£]?\d[\d,]*(?:\.\d+)?%?|[^\W\d_]+(?:[’'][^\W\d_]+)?")
_ENDINGS = re.compile(r"(?:ies|ied|ing|ed|es|s|ly|e|y)$")
_NEGATED = re.compile(r"n[’']t$")


@dataclass(frozen=True, slots=True)
class Features:
    """What a text says, in a form that can be compared."""

    stems: frozenset[str]
    numbers: frozenset[str]
    names: tuple[str, ...]  # in their order, small
    negated: bool
    rises: bool
    falls: bool
    first_person: bool


@lru_cache(maxsize=4_096)
def features(text: str) -> Features:
    """The features of ``text``."""
    stems: set[str] = set()
    numbers: list[str] = []
    names: list[str] = []
    negations = 0
    directions: set[str] = set()
    first_person = False
    lists = wordlist.lists()
    start = True
    for match in _TOKEN.finditer(text):
        word, small = match.group(), match.group().lower().replace("’", "'")
        starts, start = start, _ends_sentence(text, match.end())
        if word[0].isdigit() or word[0] in "$€£":
            numbers.append(_number(word))
            if word.endswith("%"):
                stems.add("percent")
            continue
        if small in lists["scales"] and numbers:
            numbers[-1] += "×" + small.rstrip("s")
            continue
        if small in lists["counts"]:
            numbers.append(lists["counts"][small])
            continue
        base = small.removesuffix("'s")
        if base in lists["negations"] or _NEGATED.search(small):
            negations += 1
            continue
        if base in lists["first_person"]:
            first_person = True
            continue
        direction = lists["directions"].get(base) or lists["directions"].get(stem(base))
        if direction:
            directions.add(direction)
        if base in lists["stop"]:
            continue
        if word[0].isupper() and not (starts and not word.isupper() and _common(base)):
            names.append(base)
        stems.add(lists["same"].get(base) or stem(base))
    return Features(
        stems=frozenset(stems),
        numbers=frozenset(numbers),
        names=tuple(names),
        negated=negations % 2 == 1,
        rises="up" in directions,
        falls="down" in directions,
        first_person=first_person,
    )


@cache
def stem(word: str) -> str:
    """The part of a word that its inflected forms share."""
    if len(word) <= 3:
        return word
    cut = _ENDINGS.sub("", word)
    if len(cut) < 3:
        return word
    return cut[:-1] if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "sl" else cut


def _number(word: str) -> str:
    return word.strip("$€£%").replace(",", "").removesuffix(".0")


def _ends_sentence(text: str, at: int) -> bool:
    return bool(re.match(r"[.!?:][\"'”’)]*\s|[\"“‘]", text[at : at + 4]))


def _common(word: str) -> bool:
    """Whether a word at the start of a sentence is an ordinary one, as far as its letters tell."""
    return word in wordlist.lists()["stop"] or bool(re.search(r"(?:tion|ment|ness|ing|ity)$", word))


def alike(statement: str, claim: str, *, speaker: Collection[str] = (), claimant: str = "") -> bool:
    """Whether ``statement``, said by somebody of that name, says what the reviewed ``claim`` says."""
    said, reviewed = features(statement), features(claim)
    if len(reviewed.stems) < FEWEST or said.numbers != reviewed.numbers:
        return False
    if said.negated != reviewed.negated or (said.rises, said.falls) != (reviewed.rises, reviewed.falls):
        return False
    speakers = frozenset(word for name in speaker for word in features(name).stems)
    if not _same_people(said, reviewed, speakers, features(claimant).stems):
        return False
    shared = said.stems & reviewed.stems
    known = len(reviewed.stems & (said.stems | speakers)) if said.first_person else len(shared)
    return known >= OF_CLAIM * len(reviewed.stems) and len(shared) >= OF_STATEMENT * len(said.stems)


def _same_people(said: Features, reviewed: Features, speakers: frozenset[str], claimant: frozenset[str]) -> bool:
    """The names agree, in the same order; *I* is the speaker, who has to be the claimant or be named."""
    mine, theirs = set(said.names), set(reviewed.names)
    if said.first_person or reviewed.first_person:
        if said.first_person and reviewed.first_person and not (speakers & claimant):
            return False
        if said.first_person and not reviewed.first_person and not (speakers & {stem(name) for name in theirs}):
            return False
        if reviewed.first_person and not said.first_person and not (claimant & {stem(name) for name in mine}):
            return False
        theirs = {name for name in theirs if stem(name) not in speakers}
        mine = {name for name in mine if stem(name) not in claimant}
    if not _named(theirs, reviewed, said.stems) or not _named(mine, said, reviewed.stems):
        return False
    both = [name for name in said.names if name in reviewed.names]
    order = [name for name in reviewed.names if name in said.names]
    return len(set(both)) < 2 or list(dict.fromkeys(both)) == list(dict.fromkeys(order))


def _named(wanted: set[str], where: Features, found: frozenset[str]) -> bool:
    """Whether every name is found; of *Karl Voss* the last word is enough."""
    for at, name in enumerate(where.names):
        if name not in wanted or _known(name, found):
            continue
        following = where.names[at + 1] if at + 1 < len(where.names) else ""
        if not following or not _known(following, found):
            return False
    return True


def _known(name: str, stems: frozenset[str]) -> bool:
    return stem(name) in stems or wordlist.lists()["same"].get(name, name) in stems
