"""What kind of source a speaker is: type and identification, in the order of the taxonomy's table.

A type is decided by the words that describe the source anywhere in the article: the noun that names a role
(*minister*, *analyst*), the body that the role belongs to (*of the Farmers' Union*), or the name of the body itself.
``clues`` finds those words; the one that says most decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.analysis import lexicons
from onrecord.analysis.names.bodies import is_a_name, is_whole_name, kind_of
from onrecord.analysis.phrases import Reading, head_of
from onrecord.analysis.quotes import Attribution
from onrecord.analysis.result import Identification, Source
from onrecord.analysis.sources.anonymity import Grant, anonymity, assign, grants
from onrecord.analysis.sources.clues import Clues
from onrecord.analysis.sources.persons import NOTHING, Clue
from onrecord.analysis.sources.portraits import Portrait, load, portrait
from onrecord.analysis.sources.roles import is_voice, listed, names_a_body, role_of
from onrecord.analysis.speakers.nouns import beside_a_person
from onrecord.analysis.speakers.speaker import Speaker
from onrecord.article import Article, Span

_OFFICES_OF_A_FIELD = frozenset({"minister", "secretary", "commissioner", "chancellor", "spokesman", "spokeswoman"})
_COLLECTIVE_WORDS = re.compile(
    r"^(?:the (?:two|three)(?!-)|some|many|several|most|others?|few|both|dozens|hundreds|thousands|all|two|three|four"
    r"|five|six|seven|eight|nine|ten"
    r"|(?:an? |the )?(?:growing |large |small )?(?:number|group|handful|couple|majority) of)\b",
    re.IGNORECASE,
)
_OF_A_PARTY = frozenset({"liberal", "social", "christian", "national", "sweden", "free"})  # *the Liberal Democrats*
_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss"})
_ONE_OF_THEM = re.compile(
    r"^(?:one|another|a (?:second|third|fourth|fifth|different)|the (?:other|second|third|same))\b", re.IGNORECASE
)


def describe(reading: Reading, speakers: Sequence[Speaker], said: Sequence[Sequence[Attribution]]) -> list[Source]:
    """The sources that ``speakers`` are; ``said`` are the attributions given to each."""
    clues = Clues(reading)
    read = readings(clues, speakers, said)
    speakers = [one.speaker for one in read]
    cues = [span for own in said for attribution in own for span in attribution.cue]
    granted = assign(reading, speakers, list(grants(reading, cues)))
    found = [
        _source(clues, f"s{at + 1}", one, own, granted.get(at))
        for at, (one, own) in enumerate(zip(read, said, strict=True))
    ]
    return _with_principals(speakers, _with_shared_grants(clues, speakers, found))


@dataclass(frozen=True, slots=True)
class ByRule:
    """What the rules alone read of a speaker, and the portrait that the learned votes are given."""

    speaker: Speaker
    clue: Clue
    identification: Identification  # without a grant of anonymity
    portrait: Portrait | None


def readings(clues: Clues, speakers: Sequence[Speaker], said: Sequence[Sequence[Attribution]]) -> list[ByRule]:
    """Every speaker by the rules; training reads sources through this function too."""
    found = []
    for one, own in zip(speakers, said, strict=True):
        speaker = _as_a_person(clues.article, clues, one)
        clue = clues.decide(speaker)
        if clue.rank == NOTHING and speaker.person and own and all(_posted(clues.article, each) for each in own):
            clue = replace(clue, type="unattributed")  # somebody on a network, of whom nothing is known but a name
        rule = _identification(clues, speaker, clue)
        found.append(ByRule(speaker, clue, rule, portrait(clues.reading, speaker, rule)))
    return found


def _with_principals(speakers: Sequence[Speaker], found: list[Source]) -> list[Source]:
    """*Her lawyer* takes the type of whom he speaks for."""
    return [
        replace(source, type=found[speaker.principal].type) if speaker.principal is not None else source
        for source, speaker in zip(found, speakers, strict=True)
    ]


def _source(clues: Clues, identifier: str, rule: ByRule, said: Sequence[Attribution], grant: Grant | None) -> Source:
    content = [span for attribution in said for span in attribution.content]
    speaker = rule.speaker
    clue, identification = decided(rule)
    why = anonymity(clues.reading, grant, content) if grant is not None else None
    return Source(
        id=identifier,
        label=speaker.label,
        name=speaker.name,
        type=clue.type,
        identification="anonymous" if why is not None else identification,
        organisation=_organisation(clues, speaker),
        anonymity=why,
        evidence=(clue.evidence,) if len(clue.evidence) else (),
        mentions=speaker.mentions,
    )


def decided(rule: ByRule) -> tuple[Clue, Identification]:
    """The type with its words, and the identification: what rule and learned votes say together is decided here."""
    if rule.portrait is None:
        return rule.clue, rule.identification
    kinds = load()
    kind = kinds.type(rule.portrait, rule.clue.type, rule.clue.rank)
    clue = rule.clue
    if kind != clue.type:
        word = kinds.telling(rule.portrait, kind)
        clue = Clue(kind, Span(word.idx, word.idx + len(word)) if word is not None else Span(0, 0), clue.rank)
    return clue, kinds.identification(rule.portrait, kind)


def _as_a_person(article: Article, clues: Clues, speaker: Speaker) -> Speaker:
    """The speaker as a person, where the mention is a name that only its description shows to be one.

    *Cheuk Hau-yip, the commander of the district*: the language model saw no name of a person.
    """
    if speaker.person and is_a_name(speaker.name or ""):
        return replace(speaker, person=False)  # the language model took a well-known body for a person
    if speaker.person or not speaker.mentions:
        return speaker
    tokens = clues.reading.tokens(speaker.mentions[0])
    head = _head(tokens)
    if head is not None and head.i > 0 and head.nbor(-1).lower_.rstrip(".") in _HONORIFICS and head.text[:1].isupper():
        known = next((one.name for one in clues.persons.names.people if one.surname == head.lower_), head.text)
        return replace(speaker, name=known, person=True, plural=False)  # *Mr. King*
    if speaker.name is not None and head is not None and _is_an_office(head, tokens):
        return replace(speaker, name=None)  # *Chad’s Ambassador to France* is nobody's name
    cut = next((n for n, t in enumerate(tokens) if t.text == ","), len(tokens))
    name, behind = tokens[:cut], tokens[cut + 1 :]
    if beside_a_person(tokens):
        return speaker  # *sources close to the leader, Anna Bell*
    number = clues.persons.names.of(behind[0]) if behind and (head not in behind or name[0].tag_ == "VBG") else None
    if number is not None and speaker.name is None and (len(behind) < 5 or name[0].tag_ == "VBG"):
        known = clues.persons.names.people[number].name  # *One of its executives, Anna Bell*
        return replace(speaker, name=known, label=known, person=True, plural=False)
    if not (2 <= len(name) <= 5 and len(behind) > 1 and all(_part_of_a_name(t) for t in name)):
        return speaker
    if name[0].pos_ == "DET" or kind_of(name) is not None or any(t.ent_type_ in {"GPE", "NORP"} for t in name):
        return speaker
    if not clues.persons.described_by(behind, firmly=any(t.ent_type_ == "ORG" for t in name)):
        return speaker
    text = " ".join(article[Span(name[0].idx, name[-1].idx + len(name[-1].text))].split())
    return replace(speaker, name=text, label=text, person=True, plural=False)


def _is_an_office(head: Token, tokens: Sequence[Token]) -> bool:
    return (
        head.tag_ in {"NN", "NNP"}
        and (is_voice(head) or role_of(head) in {"official", "business", "expert", "civil_society"})
        and not listed(head, "things", "words")
        and head.ent_type_ not in {"ORG", "PERSON"}
        and all(t.i <= head.i or not t.text[:1].isupper() or t.i > head.i + 1 for t in tokens)
    )


def _part_of_a_name(token: Token) -> bool:
    return token.text[:1].isupper() or token.text == "-" or (token.i > 0 and token.nbor(-1).text == "-")


def _posted(article: Article, attribution: Attribution) -> bool:
    return any(re.match(r"(?:re)?tweet|post", article[span], re.IGNORECASE) for span in attribution.cue)


def _identification(clues: Clues, speaker: Speaker, clue: Clue) -> Identification:
    """How the rules identify a speaker of whom no grant of anonymity is told."""
    if speaker.person:
        return "named_person"
    if clue.type == "document":
        return "document"
    tokens = clues.reading.tokens(speaker.mentions[0])
    head = _head(tokens)
    text = clues.article[speaker.mentions[0]]
    if head is None:
        return "described"
    if listed(head, "voices", "speak_for") and head.tag_ not in {"NNS", "NNPS"}:
        bodies = [t for t in tokens if t.i != head.i and names_a_body(t)]
        return "named_organisation" if bodies else "described"
    if head.lower_ in {"those", "these", "staff", "personnel"}:
        return "collective"
    if speaker.name is not None and is_whole_name(tokens):
        return "named_organisation"
    if speaker.name is not None:
        partisan = listed(head, "parties", "members") and (head.i == 0 or head.nbor(-1).lower_ not in _OF_A_PARTY)
        if partisan and head.tag_ in {"NN", "NNP", "JJ"} and tokens[0].lower_ in {"a", "an", "one", "another", "the"}:
            return "described"  # *a senior Tory*
        if partisan and head.tag_ in {"NNS", "NNPS"} and (head == tokens[0] or head.nbor(-1).lower_ != "the"):
            return "collective"  # *Senate Republicans*; *the Republicans* are the party
        if _COLLECTIVE_WORDS.match(text) or (
            head.tag_ in {"NNS", "NNPS"} and role_of(head) is not None and not head.ent_type_
        ):
            return "collective"
        return "named_organisation"
    body = head.lower_ in lexicons.words("sources", "singular_bodies", "heads")
    if body and not _COLLECTIVE_WORDS.match(text):
        return "named_organisation" if tokens[0].lower_ not in {"a", "an"} else "described"
    if speaker.plural or _COLLECTIVE_WORDS.match(text) or head.tag_ in {"NNS", "NNPS"}:
        return "collective"
    return "described"


def _head(tokens: Sequence[Token]) -> Token | None:
    return head_of(tokens) if tokens else None


def _noun(tokens: Sequence[Token]) -> Token | None:
    """The head of a noun phrase, where the parser takes the verb of its relative clause for it too."""
    head = _head(tokens)
    if head is None or head.pos_ not in {"VERB", "AUX"}:
        return head
    return next((t for t in tokens if t.pos_ in {"NOUN", "PROPN"} and t.dep_ != "compound"), head)


def _with_shared_grants(clues: Clues, speakers: Sequence[Speaker], sources: Sequence[Source]) -> list[Source]:
    """*One of the sources*, *another official*: who belongs to a group that was granted anonymity shares the grant."""
    granted: list[tuple[str, Source]] = []
    found = []
    for speaker, source in zip(speakers, sources, strict=True):
        tokens = clues.reading.tokens(speaker.mentions[0]) if speaker.mentions else []
        head = _noun(tokens)
        nouns = {t.lemma_.lower() for t in tokens if t.pos_ in {"NOUN", "PROPN"}} if head is not None else set()
        if source.anonymity is not None and head is not None:
            granted.append((head.lemma_.lower(), source))
        elif source.identification == "described" and _ONE_OF_THEM.match(clues.article[speaker.mentions[0]]):
            group = next((one for noun, one in reversed(granted) if noun in nouns and _several(clues, one)), None)
            if group is not None and group.anonymity is not None:
                shared = replace(group.anonymity, opinion=False)
                found.append(replace(source, identification="anonymous", anonymity=shared))
                continue
        found.append(source)
    return found


def _several(clues: Clues, source: Source) -> bool:
    head = _noun(clues.reading.tokens(source.mentions[0]))
    return head is not None and head.tag_ in {"NNS", "NNPS"}


def _organisation(clues: Clues, speaker: Speaker) -> str | None:
    """The body that the source belongs to or speaks for, in the article's words; its own name if it is a body."""
    if speaker.name is not None and not speaker.person:
        return speaker.name
    doc = clues.doc
    for mention in speaker.mentions:
        tokens = clues.reading.tokens(mention)
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
                span = clues.reading.span(run)
                if span is not None:
                    text = re.sub(r"\s+", " ", clues.article[span])
                    return re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE) or None
    return None
