"""What kind of body a name is: a ministry, a party, a newspaper, a firm, a union, a think tank.

Well-known outlets and firms come first, then the words that bodies of a kind put into their names (*… Ltd*,
*… Foundation*). Who may be *the company* is asked here, and what a label names; what kind of source a body is the model
says (``model.kinds``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.analysis import lexicons
from onrecord.analysis.names.genders import given_gender
from onrecord.analysis.names.people import PERSONAL_TITLES
from onrecord.analysis.result import SourceType

LONGEST_NAME = 9  # tokens of the longest name in the lexicon, with room for hyphens and full stops
SHORTEST_CERTAIN = 6  # letters; *Ford* and *Brady* may be anybody
SHORTEST_ABBREVIATION = 2  # letters
_ABBREVIATIONS = "onrecord_abbreviations"  # where a Doc keeps them: {abbreviation: (first token, past token)}
_SMALL_WORDS = frozenset({"of", "for", "and", "the", "on"})  # that stand inside the names of bodies
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_NAMED: tuple[SourceType, ...] = ("media", "business")
_FIRST_FITS: tuple[SourceType, ...] = ("civil_society", "media", "political", "expert", "official", "business")


@dataclass(frozen=True, slots=True)
class Told:
    """The type that some words tell, and the words: ``tokens[first]`` to ``tokens[last]``."""

    type: SourceType
    first: Token
    last: Token


def _plain(text: str) -> str:
    """A name as it is looked up: lower case, without the marks in which spellings differ."""
    return "".join(c for c in text.lower() if c.isalnum() or c in "&?+")


@cache
def _names() -> dict[str, SourceType]:
    """Outlets, whom others pass on, and firms; of other bodies a list of names changed no answer for the better."""
    found: dict[str, SourceType] = {}
    for kind in _NAMED:
        for name in lexicons.phrases("organisations", "names", kind):
            found.setdefault(_plain(name), kind)
    return found


@cache
def _ends() -> dict[str, SourceType]:
    found: dict[str, SourceType] = {}
    for kind in _FIRST_FITS:
        for word in lexicons.words("organisations", "ends", kind):
            found.setdefault(word, kind)
    return found


@cache
def _also_words() -> frozenset[str]:
    return lexicons.words("organisations", "common", "words")


def is_a_name(name: str) -> bool:
    """Whether ``name`` is a well-known body's; names that people bear too are short or have a given name."""
    plain = _plain(name)
    return len(plain) > SHORTEST_CERTAIN and plain in _names() and given_gender(name) is None


def well_known(tokens: Sequence[Token]) -> Told | None:
    """The longest name in ``tokens`` that the lexicon has; of two equally long ones the last."""
    names = _names()
    best: tuple[int, Told] | None = None
    for start, token in enumerate(tokens):
        if not (token.text[:1].isupper() or token.text[:1].isdigit()):
            continue
        if token.i and token.nbor(-1).lower_.rstrip(".") in PERSONAL_TITLES:
            continue  # *Mr. Forbes*
        joined = ""
        for end in range(start, min(start + LONGEST_NAME, len(tokens))):
            joined += _plain(tokens[end].text)
            kind = names.get(joined)
            if kind is None or (start == end and _everyday(token)):
                continue
            if best is None or len(joined) >= best[0]:
                best = (len(joined), Told(kind, token, tokens[end]))
    return best[1] if best else None


def _everyday(token: Token) -> bool:
    """Whether a short name in capitals is here an everyday word (*who*, *ice*), or part of another name."""
    return token.text.replace(".", "").upper() in _also_words() and not token.text.isupper()


def by_its_words(tokens: Sequence[Token]) -> Told | None:
    """The type that the words of a name tell: before a preposition the last word first, then what stands behind."""
    cut = next((n for n, token in enumerate(tokens) if token.pos_ == "ADP" and n), len(tokens))
    head, tail = tokens[:cut], tokens[cut:]
    for number, part in enumerate((head, tail)):
        for at in range(len(part) - 1, -1, -1):
            word = part[at]
            kind = _ends().get(word.lower_.rstrip("."))
            if kind is None or not word.text[:1].isupper():
                continue
            kind = _closer(kind, word, part[:at], tail if not number else ())
            return Told(kind, word, word)
    return None


def _closer(kind: SourceType, word: Token, before: Sequence[Token], after: Sequence[Token]) -> SourceType:
    """What the neighbours of a telling word make of it: *Association of Bakers*, *Campaign for Clean Air*."""
    near = {token.lower_ for token in (*before, *after)}
    if kind in {"civil_society", "official", "expert"} and near & lexicons.words("organisations", "trades", "words"):
        return "business" if word.lower_ not in {"union", "department", "ministry", "agency", "commission"} else kind
    if word.lower_ in {"campaign", "committee", "council", "coalition"} and after:
        if after[0].lower_ in lexicons.words("organisations", "causes", "words"):
            return "civil_society"
    if word.lower_ == "committee" and near & {
        "national",
        "action",
        "congressional",
        "campaign",
        "central",
        "platform",
        "convention",
    }:
        if not near & {"olympic", "judiciary"}:
            return "political"
    if word.lower_ in {"service", "agency", "network", "group"} and near & {"news", "press", "broadcasting", "media"}:
        return "media"
    if word.lower_ == "union" and {"european"} & near:
        return "official"
    if word.lower_ == "bank" and near & {"food", "blood"}:
        return "civil_society"
    if word.lower_ in {"center", "centre"} and "rights" in near:
        return "civil_society"
    if word.lower_ in {"front", "movement", "army"} and near & {"liberation", "resistance"}:
        return "political"
    if word.lower_ == "bank" and len(after) > 1 and after[0].lower_ == "of" and after[1].ent_type_ == "GPE":
        return "official"  # *the Bank of Ghana*; the firms of that form are among the names
    if word.lower_ == "council" and near & {"refugee", "refugees", "muslim", "churches", "interfaith", "trades"}:
        return "civil_society"
    return kind


def kind_of(tokens: Sequence[Token]) -> Told | None:
    """The kind of the body that ``tokens`` name, places left out."""
    proper = [token for token in tokens if token.text not in _POSSESSIVE]
    return well_known(proper) or by_its_words(proper)


def is_whole_name(tokens: Sequence[Token]) -> bool:
    """Whether words that could be a person's name are an outlet's or a firm's: *Goldman Sachs*."""
    return is_a_name(" ".join(token.text for token in tokens))


def written_out(token: Token) -> list[Token]:
    """The words that an abbreviation stands for, where the article has *Full Name (FN)*; else none."""
    if not token.text.isupper() or len(token.text) < SHORTEST_ABBREVIATION:
        return []
    known: dict[str, tuple[int, int]] | None = token.doc.user_data.get(_ABBREVIATIONS)
    if known is None:
        known = token.doc.user_data[_ABBREVIATIONS] = dict(_explained(token.doc))
    first, past = known.get(token.text, (0, 0))
    return list(token.doc[first:past])


def _explained(doc: Doc) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each abbreviation in brackets with the capital words before it."""
    for token in doc[2:]:
        if not token.text.isupper() or len(token.text) < SHORTEST_ABBREVIATION or doc[token.i - 1].text != "(":
            continue
        past = first = token.i - 1
        while first > 0 and past - first < LONGEST_NAME + 2:
            if not (doc[first - 1].text[:1].isupper() or doc[first - 1].lower_ in _SMALL_WORDS):
                break
            first -= 1
        yield token.text, (first, past)


def outlets(tokens: Sequence[Token]) -> list[list[Token]]:
    """The runs among ``tokens`` that name a news outlet: a well-known one, or by the last word of its name."""
    names, ends = _names(), lexicons.words("organisations", "ends", "media")
    found: list[list[Token]] = []
    at = 0
    while at < len(tokens):
        length = 0
        if tokens[at].text[:1].isupper():
            joined = ""
            for end in range(at, min(at + LONGEST_NAME, len(tokens))):
                joined += _plain(tokens[end].text)
                if names.get(joined) == "media" and not (end == at and _everyday(tokens[at])):
                    length = end - at + 1
            run = at
            while run < len(tokens) and tokens[run].text[:1].isupper() and tokens[run].pos_ in {"PROPN", "NOUN", "ADJ"}:
                run += 1
            if not length and run - at > 1 and tokens[run - 1].lower_ in ends and tokens[run - 1].ent_type_ != "PERSON":
                length = run - at
        if length:
            found.append(list(tokens[at : at + length]))
        at += length or 1
    return found
