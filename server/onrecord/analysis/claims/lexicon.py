"""The words that contest, with their frames: ``lexicons/contested.json`` in the form that the stages look up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from onrecord.analysis import lexicons
from onrecord.analysis.result import ClaimStatus

CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class VerbEntry:
    """What a verb says of the proposition in each of its frames."""

    status: ClaimStatus
    frames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A judging phrase: its words, the status it gives, and where the proposition stands."""

    status: ClaimStatus
    frame: str
    hints: tuple[str, ...]  # a text without any of these has no such phrase, which is quickly seen
    pattern: re.Pattern[str]


@cache
def verbs() -> Mapping[str, VerbEntry]:
    """Every contesting verb by lemma."""
    found: dict[str, VerbEntry] = {}
    for entry in lexicons.load(CONTESTED)["verbs"]["entries"]:
        for lemma in entry["lemmas"].split():
            found[lemma] = VerbEntry(entry["status"], frozenset(entry["frames"].split()))
    return found


@cache
def nouns() -> Mapping[str, str]:
    """The kind of every noun that stands for something said, by lemma."""
    kinds = lexicons.load(CONTESTED)["nouns"]
    kept = ("accusation", "charge", "distanced", "speculation", "neutral")
    return {lemma: kind for kind in kept for lemma in kinds[kind].split()}


@cache
def phrases() -> tuple[Phrase, ...]:
    """Every judging phrase."""
    return tuple(
        Phrase(
            entry["status"],
            entry["frame"],
            tuple(entry["hints"]),
            re.compile(rf"\b(?:{entry['words']})", re.IGNORECASE),
        )
        for entry in lexicons.load(CONTESTED)["phrases"]["entries"]
    )


@cache
def denial(name: str) -> re.Pattern[str]:
    """The pattern ``name`` of the section ``denials``."""
    return re.compile(rf"\b(?:{lexicons.load(CONTESTED)['denials'][name]})", re.IGNORECASE)


def words(*path: str) -> frozenset[str]:
    """The word list at ``path``."""
    return lexicons.words(CONTESTED, *path)


def wrong(tokens: Iterable[Token]) -> bool:
    """Whether one of ``tokens`` names a wrong."""
    listed = words("wrongs", "words")
    return any(token.lemma_.lower() in listed or token.lower_ in listed for token in tokens)
