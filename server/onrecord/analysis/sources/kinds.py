"""What kind of source a speaker is: type, identification, and the words of the article that tell.

The encoder has read the whole article; a head of it says of each source what it is, from the words of its mentions as
they stand in their sentences (``model.kinds``). Here its answer becomes a source: with a name only where somebody is
named, with the type of whom he speaks for, and with the words that speak for the type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Token

from onrecord.analysis.model.kinds import Kind, Sight
from onrecord.analysis.phrases import FINITE, RELATIVE, Reading, head_of
from onrecord.analysis.quotes import Attribution
from onrecord.analysis.result import SOURCE_TYPES, Identification, Source, SourceType
from onrecord.analysis.sources.anonymity import Grant, anonymity, assign, grants
from onrecord.analysis.sources.portraits import Portrait, portrait
from onrecord.analysis.speakers import Speaker
from onrecord.article import Span

Judge = Callable[[Portrait], Kind | None]  # None: of whom nothing is shown

_OFFICES_OF_A_FIELD = frozenset({"minister", "secretary", "commissioner", "chancellor", "spokesman", "spokeswoman"})
_HONORIFICS = re.compile(r"^(?:mr|mrs|ms|miss|mx)\.?\s+", re.IGNORECASE)
_ONE_OF_THEM = re.compile(
    r"^(?:one|another|a (?:second|third|fourth|fifth|different)|the (?:other|second|third|same))\b", re.IGNORECASE
)
LONGEST_NAME: Final = 5  # words of a person's
LONGEST_EVIDENCE: Final = 8  # words


def judge(sight: Sight | None) -> Judge:
    """The model's answer for portraits of one article."""
    return lambda seen: sight.of([token.idx for token in seen.tokens], seen.facts) if sight is not None else None


def describe(
    reading: Reading, speakers: Sequence[Speaker], said: Sequence[Sequence[Attribution]], kind: Judge
) -> list[Source]:
    """The sources that ``speakers`` are; ``said`` are the attributions given to each."""
    known = [decided(reading, one, kind) for one in speakers]
    people = [one.speaker for one in known]
    cues = [span for own in said for attribution in own for span in attribution.cue]
    granted = assign(reading, people, list(grants(reading, cues)))
    found = [
        _source(reading, f"s{at + 1}", one, own, granted.get(at))
        for at, (one, own) in enumerate(zip(known, said, strict=True))
    ]
    return _with_principals(people, _with_shared_grants(reading, people, found))


@dataclass(frozen=True, slots=True)
class Known:
    """A speaker, with a name only where the model takes it for one, and what kind of source that is."""

    speaker: Speaker
    type: SourceType
    identification: Identification  # without a grant of anonymity
    evidence: tuple[Span, ...]


def decided(reading: Reading, speaker: Speaker, kind: Judge) -> Known:
    """The type, the words that tell it, and the identification: all of it is decided here."""
    seen = portrait(reading, speaker)
    found = kind(seen)
    if found is None:
        return Known(speaker, "unattributed", "described", ())
    if found.type == "document":
        speaker = replace(speaker, person=False)
        return Known(speaker, found.type, "document", _telling(reading, seen, speaker, found))
    # Only a document is one, and only a grant makes anonymous.
    chances = {one: chance for one, chance in found.identifications.items() if one not in {"document", "anonymous"}}
    named = speaker if speaker.person else _as_a_person(reading, speaker)
    if named is None:
        del chances["named_person"]
    identification = max(chances, key=lambda one: chances[one])
    if identification == "named_person" and named is not None:
        speaker = named
    elif identification == "described" and not speaker.person:
        speaker = replace(speaker, name=None)  # *Chad’s Ambassador to France* is nobody's name
    elif identification == "named_organisation":
        speaker = replace(speaker, person=False)
    return Known(speaker, found.type, identification, _telling(reading, seen, speaker, found))


def _as_a_person(reading: Reading, speaker: Speaker) -> Speaker | None:
    """The speaker by the name that its fullest mention begins with, or None if it begins with none."""
    tokens = reading.tokens(speaker.mentions[0])
    cut = next((at for at, token in enumerate(tokens) if not _part_of_a_name(token)), len(tokens))
    if not 0 < cut <= LONGEST_NAME:
        return None
    if speaker.plural or (cut < len(tokens) and tokens[cut].pos_ == "CCONJ"):
        return speaker  # *Mark and Ellen Frost* are two, each of them named
    text = " ".join(reading.article[Span(tokens[0].idx, tokens[cut - 1].idx + len(tokens[cut - 1].text))].split())
    if speaker.name is None and text.isupper():
        return None  # *JUROR 3* before a turn
    name = _HONORIFICS.sub("", text)
    return replace(speaker, name=name, label=text, person=True, plural=False)


def _part_of_a_name(token: Token) -> bool:
    hyphen = token.text == "-" or (token.i > 0 and token.nbor(-1).text == "-")
    return hyphen or (token.text[:1].isupper() and token.pos_ == "PROPN")


def _telling(reading: Reading, seen: Portrait, speaker: Speaker, kind: Kind) -> tuple[Span, ...]:
    """The run of words around the one that speaks most for the type, without the name of a person."""
    own = frozenset((speaker.name or "").split()) if speaker.person else frozenset()
    inside = {token.i: token for token in seen.tokens if token.text not in own and not token.is_punct}
    speaks = kind.telling[SOURCE_TYPES.index(kind.type)]
    best = max(
        ((float(score), token) for score, token in zip(speaks, seen.tokens, strict=True) if _tells(token, inside)),
        key=lambda one: one[0],
        default=(0.0, None),
    )
    first = last = best[1]
    if first is None or last is None or best[0] <= 0:
        return ()
    while last.i + 1 in inside and last.i - first.i < LONGEST_EVIDENCE - 1 and not _parts(inside[last.i + 1]):
        last = inside[last.i + 1]
    while first.i - 1 in inside and last.i - first.i < LONGEST_EVIDENCE - 1 and not _parts(inside[first.i - 1]):
        first = inside[first.i - 1]
    run = [inside[at] for at in range(first.i, last.i + 1)]
    while not _tells(run[0], inside):
        run.pop(0)
    while not _tells(run[-1], inside):
        run.pop()
    span = reading.span(run)
    return (span,) if span is not None else ()


def _parts(token: Token) -> bool:
    """Whether other words begin there: *a candidate who once met the rebels*."""
    return token.lower_ in RELATIVE or token.tag_ in FINITE


def _tells(token: Token, inside: dict[int, Token]) -> bool:
    """Whether a word may be evidence by itself: *of*, *the* and *who* tell nothing."""
    return token.i in inside and token.pos_ in {"NOUN", "PROPN", "ADJ", "VERB"}


def _with_principals(speakers: Sequence[Speaker], found: list[Source]) -> list[Source]:
    """*Her lawyer* takes the type of whom he speaks for."""
    return [
        replace(source, type=found[speaker.principal].type) if speaker.principal is not None else source
        for source, speaker in zip(found, speakers, strict=True)
    ]


def _source(
    reading: Reading, identifier: str, known: Known, said: Sequence[Attribution], grant: Grant | None
) -> Source:
    content = [span for attribution in said for span in attribution.content]
    why = anonymity(reading, grant, content) if grant is not None else None
    return Source(
        id=identifier,
        label=known.speaker.label,
        name=known.speaker.name,
        type=known.type,
        identification="anonymous" if why is not None else known.identification,
        organisation=_organisation(reading, known.speaker),
        anonymity=why,
        evidence=known.evidence,
        mentions=known.speaker.mentions,
    )


def _noun(tokens: Sequence[Token]) -> Token | None:
    """The head of a noun phrase, where the parser takes the verb of its relative clause for it too."""
    head = head_of(tokens) if tokens else None
    if head is None or head.pos_ not in {"VERB", "AUX"}:
        return head
    return next((t for t in tokens if t.pos_ in {"NOUN", "PROPN"} and t.dep_ != "compound"), head)


def _with_shared_grants(reading: Reading, speakers: Sequence[Speaker], sources: Sequence[Source]) -> list[Source]:
    """*One of the sources*, *another official*: who belongs to a group that was granted anonymity shares the grant."""
    granted: list[tuple[str, Source]] = []
    found = []
    for speaker, source in zip(speakers, sources, strict=True):
        tokens = reading.tokens(speaker.mentions[0]) if speaker.mentions else []
        head = _noun(tokens)
        nouns = {t.lemma_.lower() for t in tokens if t.pos_ in {"NOUN", "PROPN"}} if head is not None else set()
        if source.anonymity is not None and head is not None:
            granted.append((head.lemma_.lower(), source))
        elif source.identification in {"described", "collective"} and _ONE_OF_THEM.match(
            reading.article[speaker.mentions[0]]
        ):
            group = next((one for noun, one in reversed(granted) if noun in nouns and _several(reading, one)), None)
            if group is not None and group.anonymity is not None:
                shared = replace(group.anonymity, opinion=False)
                found.append(replace(source, identification="anonymous", anonymity=shared))
                continue
        found.append(source)
    return found


def _several(reading: Reading, source: Source) -> bool:
    head = _noun(reading.tokens(source.mentions[0]))
    return head is not None and head.tag_ in {"NNS", "NNPS"}


def _organisation(reading: Reading, speaker: Speaker) -> str | None:
    """The body that the source belongs to or speaks for, in the article's words; its own name if it is a body."""
    if speaker.name is not None and not speaker.person:
        return speaker.name
    doc = reading.doc
    for mention in speaker.mentions:
        tokens = reading.tokens(mention)
        for token in tokens:
            if token.ent_type_ == "ORG" and token.ent_iob_ == "B":
                run = [token]
                while run[-1].i + 1 < len(doc) and doc[run[-1].i + 1].ent_iob_ == "I":
                    run.append(doc[run[-1].i + 1])
                if run[-1].text in {"'s", "’s"}:
                    run.pop()
                following = doc[run[-1].i + 1] if run and run[-1].i + 1 < len(doc) else None
                if following is not None and following.lower_ in _OFFICES_OF_A_FIELD and len(run) == 1:
                    continue  # *Defense Minister*: the field of an office, no body
                span = reading.span(run)
                if span is not None:
                    text = re.sub(r"\s+", " ", reading.article[span])
                    return re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE) or None
    return None
