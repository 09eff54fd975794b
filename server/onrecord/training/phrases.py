"""Phrases that describe a source, with the type they stand for: training data that holds nobody's text.

Annotated articles show each kind of source in the share that their subjects give it; a retired admiral or a steward
of a union may not come at all. ``phrases.json`` names roles and bodies by type; here they are put together as news
puts them (*Ida Novak, a glaciologist at the Bern Institute*, *a spokesman for Harrow Foods*).
"""

from __future__ import annotations

import importlib.resources
import json
import random
from dataclasses import dataclass
from typing import Any

from onrecord.analysis.result import SourceType
from onrecord.analysis.sources.portraits import SLOTS, is_small

_SAYING = ("said", "told", "added", "says", "argued", "wrote", "warned", "announced", "claimed", "explained")
_OF = ("of", "at", "for", "with")
_ENDS = frozenset({"of", "who", "at", "for", "from", "with", "on", "in", "to", "close", "familiar", "briefed", "by"})
_VOICES = ("a spokesman for", "a spokeswoman for", "a spokesperson for", "a lawyer for", "a representative of")
_PLACES = ("Leeds", "Ohio", "Nairobi", "Ashby", "Lagos", "Kerala", "Bergen", "Quito")
# How often each type is drawn: about its share in annotated news.
_SHARES: dict[SourceType, int] = {
    "official": 2, "political": 1, "business": 2, "civil_society": 1, "expert": 2, "affected": 2, "media": 1,
    "former_official": 1, "unattributed": 1, "document": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a portrait by slot, and the type that they stand for."""

    words: tuple[tuple[str, ...], ...]
    type: SourceType


def phrases(count: int, seed: int = 7) -> list[Phrase]:
    """``count`` phrases, the same for the same ``seed``."""
    data = json.loads((importlib.resources.files("onrecord.training") / "phrases.json").read_text(encoding="utf-8"))
    return [_phrase(random.Random(f"{seed}/{number}"), data) for number in range(count)]  # noqa: S311 - no secret


def _phrase(chance: random.Random, data: dict[str, Any]) -> Phrase:
    kind = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
    role: str = chance.choice(data["roles"][kind])
    before, behind = [], [chance.choice(_SAYING)]
    if kind in {"document", "unattributed"}:
        mention, head = _of_nobody(chance, data, kind, role)
        if chance.random() < 0.5:
            before, behind = ["according", "to"], []
        return _made(mention, head, before, behind, kind)
    body: str = chance.choice(data["bodies"]["official" if kind == "former_official" else kind])
    name: str = chance.choice(data["names"])
    how = chance.random()
    if how < 0.22:
        title = role.split() if not role.startswith("who ") else []
        if chance.random() < 0.3:
            title = [word.capitalize() for word in title]
        mention = [*title, *name.split()]
        return _made(mention, len(mention) - 1, before, behind, kind, name)
    if how < 0.55:
        told = _with_article(role)
        if chance.random() < 0.45 and kind != "affected":
            told += [chance.choice(_OF), *body.split()]
        elif chance.random() < 0.3 and kind in {"affected", "expert", "civil_society"}:
            told += ["from", chance.choice(_PLACES)]
        if chance.random() < 0.5:
            return _made([*name.split(), ",", *told], len(name.split()) - 1, before, behind, kind, name)
        return _made(name.split(), len(name.split()) - 1, before, told, kind, name)
    if how < 0.70:
        mention = ["a", "man", *role.split()] if role.startswith("who ") else _with_article(role)
        return _made(mention, _head(mention), before, behind, kind)
    speaks: SourceType = "official" if kind == "former_official" else kind
    own = body.split()
    if how < 0.90:
        mention = own if own[0] == "the" or chance.random() < 0.6 else ["the", *own]
        return _made(mention, len(mention) - 1, before, behind, speaks)
    mention = [*chance.choice(_VOICES).split(), *own]
    if chance.random() < 0.5:
        return _made([*name.split(), ",", *mention], len(name.split()) - 1, before, behind, speaks, name)
    return _made(mention, 1, before, behind, speaks)


def _of_nobody(chance: random.Random, data: dict[str, Any], kind: SourceType, role: str) -> tuple[list[str], int]:
    mention = role.split()
    if kind == "document" and mention[0] not in {"the", "a", "an", "new", "several", "multiple"}:
        mention = ["the", *mention] if chance.random() < 0.4 else mention
    head = _head(mention)
    if kind == "document" and chance.random() < 0.3:
        owner = chance.choice(("official", "expert", "civil_society", "business"))
        mention += ["by", *chance.choice(data["bodies"][owner]).split()]
    return mention, head


def _with_article(role: str) -> list[str]:
    words = role.split()
    if words[0] in {"the", "his", "her", "who", "a", "an"}:
        return words
    return ["an" if words[0][0].lower() in "aeiou" else "a", *words]


def _head(mention: list[str]) -> int:
    """The place of the head noun: the word before the first preposition or *who*, else the last."""
    end = next((at for at, word in enumerate(mention) if at and word in _ENDS), len(mention))
    return end - 1


def _made(
    mention: list[str], head: int, before: list[str], behind: list[str], kind: SourceType, name: str = ""
) -> Phrase:
    content = [word for word in mention if not is_small(word) and word not in name.split()]
    common = [word for word in content if word[:1].islower()]
    slots = ([mention[head]] if mention[head] not in name.split() else [], content, common, before, behind)
    assert len(slots) == len(SLOTS)
    return Phrase(tuple(tuple(word for word in slot if not is_small(word)) for slot in slots), kind)
