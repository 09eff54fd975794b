"""The words of an article that tell what kind of source somebody is, each with the type that it speaks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from onrecord.analysis import lexicons
from onrecord.analysis.phrases import Reading
from onrecord.analysis.result import SOURCE_TYPES, SourceType
from onrecord.analysis.speakers import Speaker
from onrecord.article import Span

# *one baker*: somebody who does something, and nothing else is known.
_TRADE = re.compile(r"(?:[^e]er|or|ist|ian|man|woman|people)s?$")


@dataclass(frozen=True, slots=True)
class Clue:
    """A word that speaks for a type; the lower the rank the more it says."""

    type: SourceType
    evidence: Span
    rank: int


@cache
def _heads() -> dict[str, SourceType]:
    """Role nouns by lemma; a noun in two lists has the earlier type."""
    found: dict[str, SourceType] = {}
    for kind in SOURCE_TYPES:
        if kind != "former_official":
            for word in lexicons.words("sources", "types", kind, "heads"):
                found.setdefault(word, kind)
    return found


@cache
def _bodies() -> dict[str, SourceType]:
    found: dict[str, SourceType] = {}
    order: tuple[SourceType, ...] = ("civil_society", "media", "political", "expert", "official", "business")
    for kind in order:
        for word in lexicons.words("sources", "types", kind, "bodies"):
            found.setdefault(word, kind)
    return found


def _role(token: Token) -> SourceType | None:
    heads = _heads()
    return (
        heads.get(token.lemma_.lower()) or heads.get(token.lower_) or heads.get(token.lower_.split("-")[-1].rstrip("."))
    )


def names_a_body(token: Token) -> bool:
    """Whether a word beside a spokesman names the body that he speaks for."""
    return token.ent_type_ in {"ORG", "GPE"} or token.lower_ in _bodies() or _role(token) == "official"


def decide(reading: Reading, speaker: Speaker) -> Clue:
    """The clue that says most; where the article says nothing, a clue without words and of the lowest rank."""
    clues = [*_clues(reading, speaker)]
    if clues:
        return min(clues, key=lambda clue: (clue.rank, SOURCE_TYPES.index(clue.type)))
    fallback: SourceType = "unattributed"
    if speaker.person:
        fallback = "affected"  # somebody in the story, of whom nothing else is said
    elif speaker.name is not None:
        fallback = "civil_society"
    return Clue(fallback, Span(0, 0), 9)


def _clues(reading: Reading, speaker: Speaker) -> Iterator[Clue]:
    if speaker.person:
        yield from _person_clues(reading, speaker)
        return
    for number, mention in enumerate(speaker.mentions):
        tokens = reading.tokens(mention)
        if not tokens or (len(tokens) == 1 and tokens[0].pos_ == "PRON" and number):
            continue
        head = reading.doc[tokens[0].i : tokens[-1].i + 1].root
        if speaker.name is not None:
            yield from _body_clues(tokens, head, number)
            full = _written_out(reading, head)
            if full:
                yield from _body_clues(full, full[-1], number)
        else:
            yield from _noun_clues(tokens, head, number)


def _span(first: Token, last: Token) -> Span:
    return Span(min(first.idx, last.idx), max(first.idx + len(first.text), last.idx + len(last.text)))


def _body_clues(tokens: Sequence[Token], head: Token, rank: int) -> Iterator[Clue]:
    """A proper name that is no person's."""
    yield from _voice_clues(tokens, rank)
    if head.text in lexicons.words("sources", "capitals", "words") or (head.ent_type_ == "GPE" and len(tokens) <= 3):
        yield Clue("official", _span(head, head), rank + 1)
    near = [token for token in tokens if token.i <= head.i or token.dep_ in {"pobj", "compound", "nmod"}]
    kind = _of_body(near)
    if kind is not None:
        yield Clue(kind[0], kind[1], rank)
    role = _role(head)
    if role is not None:
        yield Clue(role, _span(head, head), rank + 1)
    for token in tokens:  # *Castle Care, the company that runs it*
        beside = _role(token) if token.dep_ == "appos" and token.head.i == head.i else None
        if beside is not None and beside != "unattributed":
            yield Clue(beside, _span(token, token), rank)
    if head.ent_type_ == "NORP":
        yield Clue("political", _span(head, head), rank + 3)


def _written_out(reading: Reading, head: Token) -> list[Token]:
    """The words that an abbreviation stands for, where the article has *Full Name (FN)*."""
    if not head.text.isupper() or len(head.text) < 2:
        return []
    for token in reading.doc:
        if token.text == head.text and token.i > 1 and reading.doc[token.i - 1].text == "(":
            first = token.i - 1
            while (
                first > 0
                and token.i - first < 12
                and (
                    reading.doc[first - 1].text[:1].isupper()
                    or reading.doc[first - 1].lower_ in {"of", "for", "and", "the", "on"}
                )
            ):
                first -= 1
            return list(reading.doc[first : token.i - 1])
    return []


def _of_body(tokens: Sequence[Token]) -> tuple[SourceType, Span] | None:
    """The type that the words of a body's name tell, the last telling word first."""
    bodies = _bodies()
    for token in reversed(tokens):
        word = token.lower_.rstrip(".")
        proper = token.text[:1].isupper()
        if proper and word in bodies and not (word in {"un", "who", "us"} and not token.text.isupper()):
            return bodies[word], _span(token, token)
    if any(
        token.ent_type_ == "GPE" or token.text in lexicons.words("sources", "capitals", "words") for token in tokens[:2]
    ):
        token = tokens[0]
        return "official", _span(token, token)
    return None


def _of_person(tokens: Sequence[Token]) -> tuple[SourceType, Span] | None:
    """The type of a person whom somebody speaks for, by the title that the article gives that person anywhere."""
    for token in tokens:
        if token.ent_type_ != "PERSON":
            continue
        for other in token.doc:
            if other.text == token.text:
                for title in other.children:
                    role = _role(title)
                    if title.dep_ in {"compound", "appos"} and role not in {None, "document", "unattributed"}:
                        assert role is not None
                        return role, _span(token, token)
    return None


def _former(tokens: Sequence[Token], role: Token) -> Token | None:
    """The word before a role that says it was held in the past."""
    words = lexicons.words("sources", "former", "words")
    for token in tokens:
        if role.i - 6 <= token.i < role.i and token.lower_ in words:
            return token
    return role if role.lower_.startswith("ex-") else None


def _voice_clues(tokens: Sequence[Token], rank: int) -> Iterator[Clue]:
    """A spokesman or a lawyer takes the type of whom he speaks for, and so does who leads or serves a body."""
    voices = lexicons.words("sources", "voices", "heads")
    for voice in tokens:
        lemma = voice.lemma_.lower()
        if lemma not in voices and voice.lower_ not in voices:
            continue
        behind = [t for t in tokens if t.i > voice.i and t.i <= voice.i + 12]
        body: list[Token] = []
        if behind and behind[0].lower_ in {"of", "for", "at", "with", "to", "from", "in", "on"}:
            body = [t for t in behind[1:] if t.text not in {","}][:8]
        before = [t for t in tokens if voice.i - 7 <= t.i < voice.i and t.text != ","]
        kind = (
            _of_body(body)
            or _of_body(before)
            or _of_person([*body, *before])
            or _of_noun(voice, [*body, *reversed(before)])
        )
        if kind is None:
            continue
        former = _former(tokens, voice)
        if kind[0] == "official" and former is not None:
            yield Clue("former_official", _span(former, voice), rank)
            continue
        speaks_for = lexicons.words("sources", "voices", "speak_for")
        named = (
            _span(tokens[0], voice)
            if voice.i - tokens[0].i < 8 and not body
            else Span(voice.idx, max(kind[1].end, voice.idx + len(voice.text)))
        )
        yield Clue(kind[0], named, rank - 1 if lemma in speaks_for else rank)


def _of_noun(voice: Token, tokens: Sequence[Token]) -> tuple[SourceType, Span] | None:
    """The type of the first noun beside a voice that names a kind of body; an unknown name is taken for a firm's."""
    for token in tokens:
        role = _role(token) if token.pos_ in {"NOUN", "PROPN"} and token.i != voice.i else None
        if role is not None and role not in {"unattributed", "document"}:
            return role, _span(token, token)
    proper = next((token for token in tokens if token.pos_ == "PROPN" and token.ent_type_ != "PERSON"), None)
    if proper is not None and voice.lemma_.lower() in lexicons.words("sources", "voices", "speak_for"):
        return "business", _span(proper, proper)
    return None


def _noun_clues(tokens: Sequence[Token], head: Token, rank: int) -> Iterator[Clue]:
    """A source without a name: the noun decides, with what stands before it."""
    inner = [child for child in head.children if child.dep_ == "prep" and child.lower_ == "of"]
    if inner and head.lower_ in lexicons.words("sources", "quantities", "words"):
        of = next((t for t in inner[0].children if t.dep_ == "pobj"), None)
        if of is not None and _role(of) is not None:
            head = of
    yield from _voice_clues(tokens, rank * 2 + 1)
    if head.lemma_.lower() in lexicons.words("sources", "relations", "heads"):
        yield Clue("affected", _span(head, head), rank * 2)
        return
    adjectives = [
        t for t in tokens if t.i < head.i and t.lower_ in lexicons.words("sources", "office_adjectives", "words")
    ]
    if adjectives and head.lemma_.lower() in lexicons.words("sources", "office_adjectives", "heads"):
        former = _former(tokens, head)
        yield Clue("former_official" if former else "official", _span(former or adjectives[0], head), rank * 2)
        return
    role = _role(head)
    if role is None:
        if _TRADE.search(head.lower_):
            yield Clue("affected", _span(head, head), rank * 2 + 4)
        return
    former = _former(tokens, head)
    if role == "official" and former is not None:
        yield Clue("former_official", _span(former, head), rank * 2)
        return
    if head.lemma_.lower() == "official":
        body = _of_body([t for t in tokens if t.i < head.i])
        partisan = [t for t in tokens if t.i < head.i and _role(t) in {"political", "business", "civil_society"}]
        if partisan:
            role = _role(partisan[-1]) or role
        elif body is not None and body[0] in {"political", "business", "civil_society"}:
            role = body[0]
    first = tokens[0] if head.i - tokens[0].i < 6 and tokens[0].pos_ != "DET" else head
    yield Clue(role, _span(first, head), rank * 2 + (3 if role == "unattributed" else 1))


def _person_clues(reading: Reading, speaker: Speaker) -> Iterator[Clue]:
    """A named person: title, apposition, predicate and *who* clauses, wherever the article has them."""
    for number, mention in enumerate(speaker.mentions):
        tokens = reading.tokens(mention)
        if len(tokens) < 2 and not (tokens and tokens[0].pos_ == "PROPN"):
            continue
        yield from _description(reading, speaker, tokens, min(number, 1))
        yield from _predicate(reading, tokens)
    yield from _surroundings(reading, speaker)


def _description(reading: Reading, speaker: Speaker, tokens: Sequence[Token], rank: int) -> Iterator[Clue]:
    surname = (speaker.name or "").split()[-1:]
    head = reading.doc[tokens[0].i : tokens[-1].i + 1].root
    names = {word.lower() for word in (speaker.name or "").split()}
    others = [t for t in tokens if t.lower_ not in names]
    if not others:
        return
    former_roles = []
    voices = lexicons.words("sources", "voices", "heads")
    spoken_for = list(_voice_clues(others, rank + 1))
    for token in others:
        if spoken_for and (token.lemma_.lower() in voices or token.lower_ in voices):
            continue  # *the union’s general secretary*: the union decides
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"} or (token.dep_ == "poss" and token.ent_type_ == "PERSON"):
            continue
        if any(
            a.dep_ in {"relcl", "acl"} and a.i in {t.i for t in tokens} and a.i != head.i for a in token.ancestors
        ) and token.dep_ in {"dobj", "pobj"}:
            continue  # *who has criticised the minister* does not make him a minister
        following = reading.doc[token.i + 1] if token.i + 1 < len(reading.doc) else token
        if (
            following in others
            and following.pos_ in {"NOUN", "PROPN"}
            and (_role(following) is not None or following.lemma_.lower() in voices)
        ):
            continue  # *police commander*, *press secretary*: the last noun is the office
        role = _role(token)
        if role in {None, "document", "unattributed"}:
            continue
        owner = token.head if token.dep_ == "pobj" else None
        if (
            owner is not None
            and owner.head.pos_ in {"NOUN", "PROPN"}
            and _role(owner.head) not in {None, "unattributed"}
        ):
            continue  # *a professor of police studies*: the professor decides
        former = _former(tokens, token)
        if role == "official" and former is not None:
            former_roles.append(Clue("former_official", _span(former, token), rank + 1))
            continue
        assert role is not None
        yield Clue(role, _span(token, token), rank + 1 + (1 if token.dep_ in {"pobj", "poss"} else 0))
    yield from former_roles
    yield from spoken_for
    if surname and head.text in surname:
        kind = _of_body([t for t in others if t.dep_ in {"pobj", "poss", "compound", "nmod"}])
        if kind is not None:
            yield Clue(kind[0], kind[1], rank + 3)
    study = next(
        (
            t
            for t in others
            if t.lemma_ in {"study", "research", "teach", "specialise", "specialize"} and t.pos_ == "VERB"
        ),
        None,
    )
    if study is not None:
        yield Clue("expert", _span(study, study), rank + 1)


def _predicate(reading: Reading, tokens: Sequence[Token]) -> Iterator[Clue]:
    """*Bell, …, is a teacher*: what the article says a person is."""
    head = reading.doc[tokens[0].i : tokens[-1].i + 1].root
    if head.dep_ != "nsubj":
        return
    for child in head.head.children:
        if head.head.lemma_ == "be" and child.dep_ == "attr":
            role = _role(child)
            if role not in {None, "document", "unattributed"}:
                former = _former(list(child.subtree), child) or (
                    head.head if head.head.tag_ == "VBD" and role == "official" else None
                )
                assert role is not None
                yield Clue("former_official" if role == "official" and former else role, _span(child, child), 3)
        if child.dep_ == "prep" and child.lower_ == "as":
            for noun in child.children:
                role = _role(noun)
                if (
                    noun.dep_ == "pobj"
                    and role not in {None, "document", "unattributed"}
                    and head.head.lemma_ in {"work", "serve"}
                ):
                    assert role is not None
                    past = head.head.tag_ == "VBD" and role == "official"
                    yield Clue("former_official" if past else role, _span(noun, noun), 3)


def _surroundings(reading: Reading, speaker: Speaker) -> Iterator[Clue]:
    """*the Bell campaign*, *Bell's government*: a body that bears the name says what its bearer does."""
    surname = (speaker.name or "").split()[-1]
    if not surname:
        return
    bearers: dict[str, SourceType] = lexicons.load("sources")["bearers"]["types"]
    for token in reading.doc[:-1]:
        if token.text != surname:
            continue
        after = reading.doc[token.i + 1]
        if after.text in {"'s", "’s"} and after.i + 1 < len(reading.doc):
            after = reading.doc[after.i + 1]
        kind = bearers.get(after.lemma_.lower())
        if kind is not None:
            yield Clue(kind, _span(token, after), 4)
