"""Sentences that describe a source, with the type it stands for: training data that holds nobody's text.

Annotated articles show each kind of source in the share that their subjects give it; a retired admiral or a steward
of a union may not come at all. ``phrases.json`` names roles and bodies by type; here they are put together as news
puts them (*“It is too late,” said Ida Novak, a glaciologist at the Bern Institute.*), in the form of ``annotated``.
"""

from __future__ import annotations

import importlib.resources
import json
import random
from collections.abc import Iterator
from typing import Any

from onrecord.analysis.result import Identification, SourceType

_SAYING = ("said", "told reporters", "added", "says", "argued", "wrote", "warned", "announced", "explained")
_OF = ("of", "at", "for", "with")
_VOICES = ("a spokesman for", "a spokeswoman for", "a spokesperson for", "a lawyer for", "a representative of")
_PLACES = ("Leeds", "Ohio", "Nairobi", "Ashby", "Lagos", "Kerala", "Bergen", "Quito")
# How often each type is drawn: about its share in annotated news.
_SHARES: dict[SourceType, int] = {
    "official": 2, "political": 1, "business": 2, "civil_society": 1, "expert": 2, "affected": 2, "media": 1,
    "former_official": 1, "unattributed": 1, "document": 1,
}  # fmt: skip
Told = tuple[str, SourceType, Identification]  # the mention, and what it is


def phrases(count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """``count`` sentences with one act of speech each, the same for the same ``seed``."""
    data = json.loads((importlib.resources.files("onrecord.training") / "phrases.json").read_text(encoding="utf-8"))
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")  # noqa: S311 - no secret
        kind = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
        yield {"id": f"phrase {number}"} | _sentence(chance, data, _mention(chance, data, kind))


def _mention(chance: random.Random, data: dict[str, Any], kind: SourceType) -> Told:
    role: str = chance.choice(data["roles"][kind])
    if kind in {"document", "unattributed"}:
        return _of_nobody(chance, data, kind, role)
    body: str = chance.choice(data["bodies"]["official" if kind == "former_official" else kind])
    name: str = chance.choice(data["names"])
    how = chance.random()
    if how < 0.22:
        title = role if not role.startswith("who ") else ""
        if chance.random() < 0.3:
            title = " ".join(word.capitalize() for word in title.split())
        return f"{title} {name}".strip(), kind, "named_person"
    if how < 0.55:
        told = _with_article(role)
        if chance.random() < 0.45 and kind != "affected":
            told += f" {chance.choice(_OF)} {body}"
        elif chance.random() < 0.3 and kind in {"affected", "expert", "civil_society"}:
            told += f" from {chance.choice(_PLACES)}"
        return f"{name}, {told}", kind, "named_person"
    if how < 0.70:
        return f"a man {role}" if role.startswith("who ") else _with_article(role), kind, "described"
    speaks: SourceType = "official" if kind == "former_official" else kind
    if how < 0.90:
        plain = body.startswith("the ") or chance.random() < 0.6
        return body if plain else f"the {body}", speaks, "named_organisation"
    voice = f"{chance.choice(_VOICES)} {body}"
    if chance.random() < 0.5:
        return f"{name}, {voice}", speaks, "named_person"
    return voice, speaks, "named_organisation"


def _of_nobody(chance: random.Random, data: dict[str, Any], kind: SourceType, role: str) -> Told:
    if kind == "unattributed":
        return role, kind, "collective"
    begins = role.split(maxsplit=1)[0]
    if begins not in {"the", "a", "an", "new", "several", "multiple"} and chance.random() < 0.4:
        role = f"the {role}"
    if chance.random() < 0.3:
        owner = chance.choice(("official", "expert", "civil_society", "business"))
        role += f" by {chance.choice(data['bodies'][owner])}"
    return role, kind, "document"


def _with_article(role: str) -> str:
    if role.split(maxsplit=1)[0] in {"the", "his", "her", "who", "a", "an"}:
        return role
    return f"an {role}" if role[0].lower() in "aeiou" else f"a {role}"


def _sentence(chance: random.Random, data: dict[str, Any], told: Told) -> dict[str, Any]:
    mention, kind, named = told
    verb = chance.choice(_SAYING)
    how = chance.random()
    spoken, content = chance.choice(data["spoken"]), chance.choice(data["contents"])
    inside = f"{mention}," if "," in mention else mention
    opens = inside[0].upper() + inside[1:]
    parts: list[tuple[str, str]]  # what each piece of the sentence is, and its words
    if kind != "document" and how < 0.4:
        parts = [("content", f"“{spoken},”"), ("", " "), ("cue", verb), ("", " "), ("mention", mention), ("", ".")]
    elif how < 0.6:
        parts = [("cue", "According to"), ("", " "), ("mention", mention), ("", ", "), ("content", content), ("", ".")]
    elif how < 0.75:
        parts = [("content", content[0].upper() + content[1:]), ("", ", "), ("mention", inside)]
        parts += [("", " "), ("cue", verb), ("", ".")]
    else:
        parts = [("mention", opens), ("", " "), ("cue", verb), ("", " that "), ("content", content), ("", ".")]
    text, spans = "", {}
    for name, words in parts:
        spans[name] = {"start": len(text), "end": len(text) + len(words.rstrip(",") if name == "mention" else words)}
        text += words
    quote = {
        "kind": "direct" if "“" in text else "indirect",
        "source": "1", "contents": [spans["content"]], "cue": [spans["cue"]], "mention": spans["mention"],
    }  # fmt: skip
    source = {"id": "1", "type": kind, "identification": named, "mention": spans["mention"]}
    return {"text": text, "quotes": [quote], "claims": [], "sources": [source]}
