"""What a noun phrase says somebody is: *a spokeswoman for the Labour Party*, *former defence minister*.

One noun of the phrase names the role. Some roles decide by themselves (*professor*); others take the type of the body
or the person that they serve (*spokesman*, *chairman*), which stands behind the noun, before it, or nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from onrecord.analysis import lexicons
from onrecord.analysis.names.animacy import known_person
from onrecord.analysis.names.bodies import Told, kind_of, stands_for_a_state, well_known
from onrecord.analysis.phrases import FINITE
from onrecord.analysis.result import SOURCE_TYPES, SourceType

OfPerson = Callable[[Token], "Told | None"]  # the type of the person whom a token names

_AWAY = frozenset({"who", "which", "that", "whose", "whom", "where", "when", "because", "while", "but"})
_TO_WHOM = frozenset({"of", "for", "at", "with", "to", "from", "in", "on", "inside", "within", "representing", "by"})
_NO_BODIES = frozenset({"PERSON", "DATE", "GPE", "LOC", "NORP", "TIME", "ORDINAL"})
_OF_A_FIELD = frozenset({"secretary", "minister", "commissioner", "chancellor"})  # *Labor Secretary*: no body
_LINKS = frozenset({"'s", "’s", "'", "’", "-", "–", "/"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_SILENT: frozenset[SourceType | None] = frozenset({None, "unattributed", "document"})
_OF_SCHOOLS = frozenset({"board", "district", "superintendent", "trustee", "trustees"})
_OF_A_SCIENCE = ("ologist", "ologists", "ographer", "ographers")
_OFFICERS_OF_A_STATE = frozenset({"medical", "scientific", "veterinary", "electoral", "health"})  # *chief … officer*
_CHAMBERS = frozenset({"assembly", "council", "congress"})  # *Assemblymember*: as an assemblyman
_RULERS = frozenset({"president", "minister", "premier", "governor", "mayor", "king", "queen", "prince", "chancellor"})
_REACH = 12  # tokens behind a noun in which the body that it serves is looked for


@dataclass(frozen=True, slots=True)
class Role:
    """What a phrase says: the type, the words that say it, and how it is said."""

    type: SourceType
    first: Token
    last: Token
    noun: Token
    former: bool = False
    campaigning: bool = False
    vague: bool = False  # no more than the noun itself: *an official*, *a spokesman*


@cache
def _heads() -> dict[str, SourceType]:
    """Role nouns; a noun in two lists has the earlier type of the taxonomy."""
    found: dict[str, SourceType] = {}
    for kind in SOURCE_TYPES:
        if kind != "former_official":
            for word in lexicons.words("sources", "types", kind, "heads"):
                found.setdefault(word, kind)
    return found


@cache
def _voices() -> dict[str, SourceType]:
    """Nouns whose bearer speaks for somebody, and what they mean alone."""
    defaults: dict[SourceType, str] = lexicons.load("sources")["voices"]["defaults"]
    return {word: kind for kind, listed in defaults.items() for word in listed.split()}


@cache
def _beside() -> dict[str, dict[str, SourceType]]:
    """For a noun, the words right before it that decide its kind: *service* with *weather*, *agent* with *estate*."""
    found: dict[str, dict[str, SourceType]] = {}
    for rule in lexicons.load("sources")["beside"]["rules"]:
        kind, before, nouns = (part.strip() for part in rule.split("|"))
        for noun in nouns.split():
            found.setdefault(noun, {}).update(dict.fromkeys(before.split(), kind))
    return found


def forms(token: Token) -> tuple[str, ...]:
    """The forms under which a word may stand in a list: as it is, its lemma, the end of a compound."""
    lower = token.lower_.rstrip(".")
    if lower in {"tank", "tanks"} and token.i and token.nbor(-1).lower_ == "think":
        return ("think-tank",)
    if token.i > 1 and token.doc[token.i - 1].text == "-" and token.doc[token.i - 1].i - 1 == token.i - 2:
        whole = f"{token.doc[token.i - 2].lower_}-{lower}"  # *front-runner*, which the tokenizer cuts
        return whole, whole.removesuffix("s"), lower, token.lemma_.lower()
    whole = f"{lower[:-6]}man" if lower.endswith("member") and lower[:-6] in _CHAMBERS else lower
    return whole, lower, token.lemma_.lower(), lower.rsplit("-", 1)[-1]


def listed(token: Token, *path: str) -> bool:
    """Whether a word stands in the list of ``sources`` under ``path``."""
    words = lexicons.words("sources", *path)
    return any(form in words for form in forms(token))


def role_of(token: Token) -> SourceType | None:
    """The type that a noun tells by itself."""
    beside = _of_two_words(token)
    if beside is not None:
        return beside
    heads = _heads()
    known = next((heads[form] for form in forms(token) if form in heads), None)
    if known is None and token.lower_.endswith(_OF_A_SCIENCE):
        return "expert"  # *a physiologist*; those of another kind are in the lists
    return known


def _of_two_words(token: Token) -> SourceType | None:
    """Nouns whose kind shows only with the word beside them: *the weather service*, *the school board*."""
    lower = token.lower_
    before = token.nbor(-1).lower_ if token.i else ""
    after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    told = _beside().get(lower, {}).get(before)
    if told is not None:
        return told
    if (lower == "school" and after in _OF_SCHOOLS) or (before == "school" and lower in _OF_SCHOOLS):
        return "official"
    if lower in {"partner", "partners"} and token.i and token.nbor(-1).tag_ == "PRP$":
        return "affected"  # *his partner*, not a firm's
    return None


def voice_of(token: Token) -> SourceType | None:
    """What a noun that speaks for somebody means where it does not say for whom; None for other nouns."""
    if _of_two_words(token) is not None:
        return None
    voices = _voices()
    return next((voices[form] for form in forms(token) if form in voices), None)


def is_voice(token: Token) -> bool:
    """Whether a noun takes the type of whom its bearer speaks for."""
    return voice_of(token) is not None


def read(tokens: Sequence[Token], person: OfPerson, head: Token | None = None) -> Role | None:
    """The role that the phrase ``tokens`` names, or None if it names none. ``head`` is its noun, where it is known."""
    core, tail = _parts(tokens, head)
    while core and tail and listed(core[-1], "quantities", "words") and tail[0].lower_ == "of":
        core, tail = _parts(tail[1:], None)  # *one of the witnesses*
    noun = next((t for t in reversed(core) if _names_a_role(t)), None)
    if noun is not None and noun.lower_ == "general" and noun.i and noun.nbor(-1).lower_ in {"secretary", "director"}:
        noun = noun.nbor(-1)  # *secretary general*
    if noun is not None and noun is not core[-1] and role_of(noun) == "document":
        return None  # *the advisory panel*
    if noun is not None and noun is not core[-1] and noun.pos_ == "ADJ":
        return None  # *a major speech*
    if noun is None:
        return _of_a_body(core)
    if noun.lower_ == "source":  # *an editor's source*: whose contact somebody is says nothing
        owned = next((n for n, t in enumerate(core) if t.text in _POSSESSIVE and t.i < noun.i), -1)
        core = core[owned + 1 :]
    before = core[: core.index(noun)]
    if tail and noun.i + 1 < len(noun.doc) and noun.nbor(1).lower_ == "general" and noun.nbor(1) in core:
        core = core[: core.index(noun) + 1]
    behind = [*core[core.index(noun) + 1 :], *tail]
    role = _campaigner(noun, before, behind) or _decide(noun, before, behind, person)
    if role is None:
        return None
    return _once(role, before, behind)


def _of_a_body(core: Sequence[Token]) -> Role | None:
    """*The borough's top planner*: a trade that no list knows, in the service of a public body."""
    at = next((n for n, t in enumerate(core) if t.text in _POSSESSIVE and n), 0)
    if not at or core[-1].tag_ not in {"NN", "NNS"} or len(core) < at + 2 or not known_person(core[-1].lemma_.lower()):
        return None
    owner = core[at - 1]
    if owner.pos_ != "NOUN" or role_of(owner) != "official" or known_person(owner.lemma_.lower()):
        return None
    return Role("official", owner, core[-1], core[-1])


def _names_a_role(token: Token) -> bool:
    if token.pos_ not in {"NOUN", "PROPN", "ADJ", "PRON", "DET", "NUM"}:
        return token.pos_ != "VERB" and _of_two_words(token) is not None  # *a shop steward*, taken for an adverb
    if token.lower_ == "mate" and token.i and token.nbor(-1).lower_ == "running":
        return True
    return role_of(token) is not None or is_voice(token) or listed(token, "relations", "heads")


def _parts(tokens: Sequence[Token], head: Token | None) -> tuple[list[Token], list[Token]]:
    """A phrase up to its noun, and what follows the noun: *general secretary* | *of the union*."""
    kept = [token for token in tokens if not token.is_space]
    if head is not None and head in kept:
        cut = kept.index(head) + 1
        while cut < len(kept) and kept[cut].pos_ in {"NOUN"} and kept[cut].i == kept[cut - 1].i + 1:
            cut += 1
    else:
        cut = next(
            (
                n
                for n, t in enumerate(kept)
                if n
                and (t.pos_ == "ADP" or t.text in {",", "(", ";"} or t.lower_ in _AWAY or t.tag_ in {"VBG", "VBN"})
                and t.lower_ not in _LINKS
                and _names_a_role(kept[n - 1])
            ),
            None,
        ) or next((n for n, t in enumerate(kept) if n and (t.pos_ == "ADP" or t.lower_ in _AWAY)), len(kept))
    return kept[:cut], kept[cut:]


def _campaigner(noun: Token, before: Sequence[Token], behind: Sequence[Token]) -> Role | None:
    """Somebody who stands for election: *the Republican nominee*, *his running mate*."""
    mate = noun.lower_ == "mate" and before and before[-1].lower_ == "running"
    if not (mate or listed(noun, "campaigning", "words")):
        return None
    near = {t.lower_ for t in (*before, *behind[:4])}
    if near & lexicons.words("sources", "campaigning", "not_with"):
        return None
    first = next((t for t in before if t.pos_ in {"ADJ", "PROPN", "NOUN"}), noun)
    return Role("political", first, noun, noun, campaigning=True)


def _decide(noun: Token, before: Sequence[Token], behind: Sequence[Token], person: OfPerson) -> Role | None:
    if listed(noun, "relations", "heads"):
        return Role("affected", noun, noun, noun)
    default = voice_of(noun)
    if any(t.lower_ == "shadow" for t in before[-3:]):
        return Role("political", next(t for t in before if t.lower_ == "shadow"), noun, noun)  # *shadow chancellor*
    beside_it = _of_two_words(noun)
    if beside_it is not None and default is not None:
        return Role(beside_it, noun.nbor(-1), noun, noun)  # *estate agent*, whoever the firm is
    if (
        listed(noun, "voices", "lawyers")
        and before
        and before[-1].lower_ in lexicons.words("sources", "defenders", "words")
    ):
        return Role("affected", before[-1], noun, noun)
    if noun.lower_ == "figures" and _are_numbers(noun, before, behind):
        return Role("document", noun, noun, noun)
    if default is None:
        if noun.lower_ == "minister" and any(listed(t, "congregations", "words") for t in (*before, *behind[:8])):
            return Role("civil_society", noun, noun, noun)
        return _plain(noun, before)
    if noun.lower_ == "representative" and noun.tag_ == "NNP":
        return Role("official", noun, noun, noun)  # of a parliament, as a title
    if noun.lemma_.lower() == "attorney" and any(listed(t, "public_lawyers", "words") for t in before[-2:]):
        return Role("official", before[max(len(before) - 2, 0)], noun, noun)  # *Assistant U.S. Attorney*
    found = whom(noun, before, behind, person)
    near = {t.lower_ for t in before}
    campaign = next((t for t in (*before, *behind[:_REACH]) if t.lower_ == "campaign"), None)
    if found is None and default == "official" and any(t.lower_ == "vice" for t in before) and behind:
        default = "business"  # *senior vice president for sustainability*
    if found is not None and found.type == "expert" and default == "business" and noun.lemma_.lower() == "executive":
        found = Told("business", found.first, found.last)  # *the university’s top executives*
    if found is not None and found.type == "expert" and found.first.lower_ in {"school", "schools"}:
        if found.first.i == noun.i - 1 and default != "expert":
            found = Told("official", found.first, found.last)  # *school bosses*: who runs the schools of a place
    if found is None and default == "business" and campaign is not None and campaign.i == noun.i - 1:
        return Role("political", campaign, noun, noun, campaigning=True)  # *campaign manager for Mr. Bell*
    if found is not None:
        first, last = (found.first, noun) if found.first.i < noun.i else (noun, found.last)
        return Role(found.type, first, last, noun, campaigning=campaign is not None and found.type == "political")
    if listed(noun, "voices", "lawyers") and _of_somebody(before, behind):
        default = "affected"  # who has a lawyer and is nothing else in the article
    if default == "unattributed" and role_of(noun) not in _SILENT:
        default = role_of(noun) or default
    if default in {"business", "expert"} and any(t.lower_ == "executive" for t in before) and behind:
        default = "civil_society" if noun.lower_ in {"director", "secretary"} else default
    if noun.lower_ == "officer" and "chief" in near and near & lexicons.words("sources", "company_officers", "words"):
        default = "business"  # *chief marketing officer*
    if default == "political" and noun.lower_ == "leaders":
        default = "official"  # *leaders met in Brussels*
    beside = next((t for t in before if t.pos_ in {"NOUN", "PROPN", "ADJ"}), noun)
    return Role(default, beside, noun, noun, vague=True)


def _of_somebody(before: Sequence[Token], behind: Sequence[Token]) -> bool:
    """*his lawyer*, *Bell's lawyer*, *a lawyer for Anna Bell*."""
    owned = any(t.tag_ == "PRP$" or (t.ent_type_ == "PERSON" and t.nbor(1).text in _LINKS) for t in before)
    named = len(behind) > 1 and behind[0].lower_ in {"for", "representing"}
    return owned or (named and any(t.ent_type_ == "PERSON" for t in behind[1:4]))


def _are_numbers(noun: Token, before: Sequence[Token], behind: Sequence[Token]) -> bool:
    """*Figures from the bureau*, *official figures show*: numbers, not people of rank."""
    if behind and behind[0].lower_ in {"from", "for", "released", "published", "compiled", "obtained"}:
        return True
    shown = noun.head.lemma_ in {"show", "suggest", "indicate", "reveal"}
    return shown or any(t.lower_ in {"official", "latest", "new", "preliminary", "provisional"} for t in before)


def _plain(noun: Token, before: Sequence[Token]) -> Role | None:
    kind = role_of(noun)
    if kind is None:
        return None
    near = {t.lower_ for t in before}
    if kind == "official" and noun.tag_ not in {"NNP", "NNPS"} and before and before[-1].lower_ == "opposition":
        kind = "political"
    if kind == "official" and noun.tag_ in {"NNS", "NNPS"} and _partisan(before) is not None:
        kind = "political"  # *Labour MPs*: as those of their party
    if kind == "official" and noun.lower_ in {"captain", "captains"} and noun.tag_ not in {"NNP", "NNPS"}:
        if not near & lexicons.words("sources", "uniformed", "words"):
            kind = "affected"  # of a team or a ship
    if kind == "civil_society" and noun.lower_ == "group" and near & {"research", "study"}:
        kind = "expert"
    first = noun
    while first.i > before[0].i if before else False:
        earlier = first.nbor(-1)
        if earlier.pos_ not in {"NOUN", "PROPN", "ADJ"} or earlier not in before:
            break
        if noun.tag_ in {"NNP", "NNPS"} and not earlier.text[:1].isupper():
            break
        first = earlier
    return Role(kind, first, noun, noun)


def whom(noun: Token, before: Sequence[Token], behind: Sequence[Token], person: OfPerson) -> Told | None:
    """The body or the person that the bearer of ``noun`` serves, as the words around the noun name it."""
    after: list[Token] = []
    if behind and behind[0].lower_ == "and":  # *president and publisher of*
        behind = behind[next((n for n, t in enumerate(behind[:5]) if t.pos_ == "ADP"), 0) :]
    if behind and behind[0].lower_ in _TO_WHOM and behind[0].text != ",":
        for token in behind[1 : _REACH + 1]:
            if token.text in {",", ";", "(", ")", "—", "–"} or token.lower_ in _AWAY or token.tag_ in FINITE:
                break
            after.append(token)
    prior = [t for t in before if t.text != ","]
    modifiers = list(reversed(prior))
    medical = noun.lower_ == "officer" and any(t.lower_ in _OFFICERS_OF_A_STATE for t in before)
    known = kind_of(after)
    if known is not None and known.last.i + 1 < len(noun.doc) and known.last.nbor(1) in after:
        following = known.last.nbor(1)
        if following.tag_ == "NN":
            known = _of_noun([following]) or known  # *a Facebook group*, *the Reuters union*
    return (
        (_partisan(modifiers) if listed(noun, "voices", "serve") else None)
        or known
        or _of_noun(after)
        or _first(after, person)
        or kind_of(prior)
        or _of_noun(modifiers)
        or _first(modifiers, person)
        or (None if noun.lower_ in _OF_A_FIELD else _partisan(modifiers))
        or _of_office(noun, modifiers)
        or _public(prior)
        or _of_committee(noun, prior)
        or _explained(after)
        or _of_ruler(noun, [*after, *modifiers])
        or (_unknown(noun, after if noun.lower_ in _OF_A_FIELD else [*after, *modifiers]) if not medical else None)
        or (None if voice_of(noun) == "expert" else _of_place(after) or _of_place(prior))
    )


def _first(tokens: Iterable[Token], person: OfPerson) -> Told | None:
    return next((told for told in map(person, tokens) if told is not None), None)


def _of_noun(tokens: Sequence[Token]) -> Told | None:
    """The first noun that names a kind of body or of people: *for the company*, *union officials*."""
    owner: Token | None = None
    for token in tokens:
        nonprofit = token.pos_ == "ADJ" and token.lower_ in {"nonprofit", "non-profit"}
        if (token.pos_ not in {"NOUN", "PROPN"} and not nonprofit) or token.ent_type_ == "PERSON":
            continue
        whole = token.head if token.dep_ == "compound" and token.head.i > token.i else None
        if whole is not None and whole in tokens and role_of(whole) not in _SILENT and not is_voice(whole):
            continue  # *the refugee agency*: the agency
        if token.lower_ == "country" and token.i + 1 < len(token.doc) and is_voice(token.nbor(1)):
            continue  # *country director*
        if token.lower_ == "veteran" and token.i + 1 < len(token.doc) and token.nbor(1).pos_ in {"NOUN", "ADJ"}:
            continue  # *a veteran lawyer*
        if owner is None and token.i + 1 < len(token.doc) and token.nbor(1).text in _LINKS:
            owner = token  # *of the teachers’ union*: the union, if it is one of a kind
            continue
        if listed(token, "relations", "heads"):
            return Told("affected", token, token)
        kind = role_of(token)
        if kind == "affected" and token.tag_ in {"NNP", "NNPS"} and token.ent_type_ == "ORG":
            continue  # *Tenants United*
        if kind is not None and kind not in _SILENT and not (is_voice(token) and voice_of(token) == kind):
            return Told(kind, token, token)
    kind = role_of(owner) if owner is not None else None
    return Told(kind, owner, owner) if owner is not None and kind is not None and kind not in _SILENT else None


def _partisan(tokens: Sequence[Token]) -> Told | None:
    token = next((t for t in tokens if listed(t, "parties", "words")), None)
    return Told("political", token, token) if token is not None else None


def _of_office(noun: Token, tokens: Sequence[Token]) -> Told | None:
    """*intelligence officials*, *Western leaders*: adjectives of a state's services."""
    if not listed(noun, "office_adjectives", "heads"):
        return None
    token = next((t for t in tokens if listed(t, "office_adjectives", "words")), None)
    if token is not None:
        return Told("official", token, token)
    trade = next((t for t in tokens if listed(t, "trade_sources", "words")), None)
    if trade is None:
        return None
    cause = trade.lower_ in {"union", "trade", "church", "aid", "advocacy", "environmental", "rights"}
    return Told("civil_society" if cause else "business", trade, trade)


def _of_committee(noun: Token, tokens: Sequence[Token]) -> Told | None:
    """*Oversight Chairman Anna Bell*: the committee of a parliament, by its field."""
    if noun.lower_ not in {"chairman", "chairwoman", "chair"}:
        return None
    field = next((t for t in tokens if listed(t, "committees", "words") and t.text[:1].isupper()), None)
    return Told("official", field, field) if field is not None else None


def _explained(after: Sequence[Token]) -> Told | None:
    """What an apposition says of the body: *country director for Mercy Bridge, an aid group*."""
    if not after or after[-1].i + 2 >= len(after[-1].doc) or after[-1].pos_ != "PROPN" or after[-1].nbor(1).text != ",":
        return None
    beside = []
    for token in after[-1].doc[after[-1].i + 2 : after[-1].i + 2 + _REACH]:
        if (token.is_punct and token.text not in _LINKS) or token.tag_ in FINITE or token.pos_ == "ADP":
            break
        beside.append(token)
    if not beside or beside[0].pos_ != "DET" or not listed(beside[-1], "things", "words"):
        return None
    kind = role_of(beside[-1])
    return Told(kind, beside[-1], beside[-1]) if kind is not None and kind not in _SILENT else None


def _of_ruler(noun: Token, tokens: Sequence[Token]) -> Told | None:
    """*an aide to the president*, with no body named: a state's."""
    if not (listed(noun, "voices", "serve") or listed(noun, "voices", "speak_for")):
        return None
    token = next((t for t in tokens if t.lower_ in _RULERS), None)
    return Told("official", token, token) if token is not None else None


def _public(tokens: Sequence[Token]) -> Told | None:
    """*the public works director*: what a town or a state looks after."""
    for token in tokens[:-1]:
        if token.lower_ == "public" and token.nbor(1).lower_ in {"works", "health", "safety", "schools"}:
            return Told("official", token, token.nbor(1))
    return None


def _of_place(tokens: Sequence[Token]) -> Told | None:
    token = next((t for t in tokens if stands_for_a_state(t)), None)
    return Told("official", token, token) if token is not None else None


def _unknown(noun: Token, tokens: Sequence[Token]) -> Told | None:
    """A body of which nothing is known but its name: most of those with spokesmen and heads are firms."""
    token = next((t for t in tokens if t.pos_ == "PROPN" and t.ent_type_ == "ORG"), None)
    if token is None:
        token = next((t for t in tokens if t.pos_ == "PROPN" and t.text.isupper() and len(t.text) > 2), None)
    if token is None and listed(noun, "voices", "speak_for"):
        token = next((t for t in tokens if t.pos_ == "PROPN" and t.ent_type_ not in _NO_BODIES), None)
    if token is None:
        return None
    if listed(noun, "unknown_bodies", "civil_society") or any(t.lower_ == "executive" for t in noun.lefts):
        return Told("civil_society", token, token)
    return Told("business", token, token) if listed(noun, "unknown_bodies", "business") else None


def _once(role: Role, before: Sequence[Token], behind: Sequence[Token]) -> Role:
    """The role as one of the past, where the words say so and it was an office."""
    noun = role.noun
    word = next((t for t in before if t.lower_.rstrip("-") in lexicons.words("sources", "former", "words")), None)
    if word is None and noun.lower_.startswith("ex-"):
        word = noun
    if word is None and role.type == "official":
        word = _past_service(behind)
    stays = listed(noun, "former", "stays") and role.type != "official"  # *a former US attorney* held an office
    if word is None or stays or role.campaigning:
        return role
    if role.type not in {"official", "political", "business", "civil_society"} and not is_voice(noun):
        return role
    if role.type not in {"official"} and not is_voice(noun):
        return role
    first = min(word, role.first, key=lambda t: t.i)
    last = max(word, role.last, key=lambda t: t.i)
    return Role("former_official", first, last, noun, former=True)


def _past_service(behind: Sequence[Token]) -> Token | None:
    """*from 2007 to 2013*, *until last year*, *under George W. Bush* behind an office."""
    for token in behind[:16]:
        if token.lower_ not in lexicons.words("sources", "past_service", "words") or token.i + 1 >= len(token.doc):
            continue
        following = token.nbor(1)
        year = following.text.isdigit() and len(following.text) == 4
        if year or (token.lower_ == "until" and following.ent_type_ == "DATE"):
            return following
        if token.lower_ == "under" and (
            following.ent_type_ == "PERSON" or following.lower_ in {"president", "mr", "mr."}
        ):
            return following
    return None


def names_a_body(token: Token) -> bool:
    """Whether a word beside a spokesman names the body that he speaks for."""
    kind = role_of(token)
    body = listed(token, "things", "words") or token.tag_ in {"NNP", "NNPS"} or kind == "business"
    return (
        token.ent_type_ in {"ORG", "GPE", "NORP", "PERSON"}
        or well_known([token]) is not None
        or (body and kind in {"official", "political", "business", "civil_society", "media"} and not is_voice(token))
    )
