"""Which type a person is: every description that the article gives of somebody, weighed against each other.

A clue has a rank: the lower it is the more its words say. Standing for election comes before the office that somebody
holds, a title before what is said in passing, and anything in the article before what is known of a public figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc, Token

from onrecord.analysis import lexicons
from onrecord.analysis.names.bodies import Told, kind_of, well_known
from onrecord.analysis.names.people import Names, Person, bare
from onrecord.analysis.result import SOURCE_TYPES, SourceType
from onrecord.analysis.sources.descriptions import Description, descriptions, span_of
from onrecord.analysis.sources.roles import Role, is_voice, listed, read, role_of
from onrecord.article import Span

SILENT = frozenset({"document", "unattributed"})  # types that no description of a person means
RANKS = {"title": 20, "beside": 22, "later": 26, "clause": 27, "predicate": 30, "party": 40}
CAMPAIGN, BEARER, SPOKEN_FOR, WEAK_TITLE, FIGURE, GENERIC, NOTHING = 0, 10, 15, 50, 70, 72, 90
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_STATESMEN = frozenset({"president", "premier", "chancellor", "minister"})


@dataclass(frozen=True, slots=True)
class Clue:
    """Words that speak for a type; the lower the rank the more they say."""

    type: SourceType
    evidence: Span
    rank: int


@cache
def _figures() -> dict[str, SourceType]:
    found: dict[str, SourceType] = {}
    for kind in SOURCE_TYPES:
        if kind in lexicons.load("figures"):
            for name in lexicons.phrases("figures", kind):
                plain = bare(name)[0]
                found.setdefault(plain.lower(), kind)
                if plain.split()[-1] in lexicons.words("figures", "surnames", "words"):
                    found.setdefault(plain.split()[-1].lower(), kind)
    return found


def _of_a_named_body(tokens: Sequence[Token]) -> Told | None:
    """*from the charity Bright Start*: the noun before a name that tells nothing."""
    for noun, name in pairwise(tokens):
        if noun.text.islower() and name.tag_ == "NNP" and listed(noun, "things", "words"):
            kind = role_of(noun)
            return Told(kind, noun, noun) if kind is not None and kind not in SILENT else None
    return None


def _served(behind: Sequence[Token]) -> Told | None:
    """The institute or the outlet for which somebody does something: *who tracks rents for the Harbour Institute*."""
    at = next((n for n, t in enumerate(behind) if t.lower_ in {"for", "at"} and t.pos_ == "ADP"), None)
    told = kind_of(behind[at + 1 :]) if at is not None else None
    return told if told is not None and told.type in {"expert", "media"} else None


class Persons:
    """The persons whom an article names, each read once."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.names = Names(doc)
        self.number = {person.name: at for at, person in enumerate(self.names.people)}
        self._known: dict[int, Clue | None] = {}
        self._surnames = Counter(person.surname for person in self.names.people)
        self._words: dict[str, list[int]] = {}
        for token in doc:
            if token.text[:1].isupper():
                self._words.setdefault(token.text, []).append(token.i)

    def places(self, word: str) -> Sequence[int]:
        """Where a word with a capital stands in the article."""
        return self._words.get(word, ())

    def told_by(self, token: Token) -> Told | None:
        """The type of the person whom a token names, for those who speak for that person."""
        if token.ent_type_ != "PERSON" and not token.text[:1].isupper():
            return None
        number = self.names.of(token)
        clue = self.clue(number) if number is not None else None
        return Told(clue.type, token, token) if clue is not None and clue.type != "affected" else None

    def clue(self, number: int) -> Clue | None:
        """The clue that says most of a person, or None if the article and general knowledge say nothing."""
        if number not in self._known:
            self._known[number] = None  # two who speak for each other say nothing
            found = list(self.clues(number))
            if found:
                self._known[number] = min(found, key=lambda clue: (clue.rank, clue.evidence.start))
        return self._known[number]

    def clues(self, number: int) -> Iterator[Clue]:
        """Everything that speaks for a type of the person."""
        person = self.names.people[number]
        parts = {word.lower() for word in person.name.split()}
        statesman: list[Clue] = []
        campaigns: list[Clue] = []
        surname = person.name.split()[-1]
        for last in sorted(
            {*person.tokens, *(at for at in self.places(surname) if self.names.of(self.doc[at]) == number)}
        ):
            first = last
            while first > 0 and (self._belongs(first - 1, number) or self._unseen_given_name(first - 1, last, person)):
                first -= 1
            for description in descriptions(self.doc, first, last):
                for clue, role in self.told(description):
                    if role is not None and role.noun.lower_ in parts:
                        continue  # *Larry King* is no king
                    if description.place == "clause" and clue.rank == BEARER:
                        campaigns.append(clue)  # *who is running for a second term*
                        continue
                    if role is not None and role.campaigning:
                        campaigns.append(clue)
                        continue
                    if description.place == "title" and role is not None and not role.former:
                        if role.noun.lemma_.lower() in _STATESMEN and role.type == "official":
                            statesman.append(clue)
                    yield clue
        campaigns += self._outlet(person.name, person.tokens)
        campaigns += self._bearers(person.name, person.surname)
        for clue in campaigns:
            yield clue if not statesman or clue.type != "political" else Clue(clue.type, clue.evidence, 45)
        kind = _figures().get(person.name.lower())
        if kind is not None and person.tokens:
            last = person.tokens[0]
            first = max(last - len(parts) + 1, 0)
            while self.doc[first].lower_ not in parts and first < last:
                first += 1
            yield Clue(kind, span_of(self.doc[first], self.doc[last]), FIGURE)

    def _outlet(self, name: str, tokens: Sequence[int]) -> Iterator[Clue]:
        """*The Daily Herald’s Anna Bell*, where the language model takes all of it for the name."""
        for last in tokens[:1] if len(name.split()) > 2 else ():
            run = [t for t in self.doc[max(last - 6, 0) : last] if t.sent.start == self.doc[last].sent.start]
            if any(t.text in _POSSESSIVE for t in run):
                told = well_known(run)
                if told is not None and told.type == "media" and told.last.text in name:
                    yield Clue("media", span_of(told.first, told.last), RANKS["title"])

    def _belongs(self, at: int, number: int) -> bool:
        """Whether the token is part of a mention of the person: a given name, the hyphen of a double name."""
        token = self.doc[at]
        title = token.lower_.rstrip(".")
        if any(title in words for words in lexicons.load("sources")["titles"].values() for words in [words.split()]):
            return False  # *Rep. Anna Bell*, all of which the language model takes for the name
        return self.names.of(token) == number or (
            token.text in {"-", "."} and self.names.of(self.doc[at - 1]) == number
        )

    def _unseen_given_name(self, at: int, last: int, person: Person) -> bool:
        """A given name that the language model saw nowhere: *Eva-Marie* of somebody who is *Ms Lind* elsewhere."""
        token = self.doc[at]
        if person.given or token.head.i != last or self.names.of(token) is not None:
            return False
        given = token.dep_ == "compound" and token.text[:1].isupper() and token.text.isalpha()
        return (given and role_of(token) is None and not is_voice(token)) or token.text == "-"

    def told(self, description: Description) -> Iterator[tuple[Clue, Role | None]]:
        """What one description tells: its role, the body that it names, or the party."""
        tokens, rank = description.tokens, RANKS[description.place]
        if description.place == "party":
            yield Clue("official", span_of(tokens[0], tokens[-1]), rank), None
            return
        if description.place == "clause":
            yield from ((clue, None) for clue in self._clause(tokens))
            return
        if tokens[0].lower_ in {"prosecuting", "defending"} and len(tokens) < 3:  # in a British court
            side: SourceType = "official" if tokens[0].lower_ == "prosecuting" else "affected"
            yield Clue(side, span_of(tokens[0], tokens[0]), rank), None
            return
        if description.place == "title":
            weak = self._weak_title(tokens[-1])
            if weak is not None:
                yield weak, None
                tokens = tokens[:-1]
                if not tokens:
                    return
        now = next((n for n, t in enumerate(tokens[:-1]) if t.lower_ == "who" and tokens[n + 1].lower_ == "now"), None)
        if now is not None:
            yield from ((clue, None) for clue in self._clause(tokens[now:]))
        role = read(tokens, self.told_by)
        if description.place == "title" and role is not None and not role.campaigning:
            standing = next((n for n, t in enumerate(tokens) if listed(t, "campaigning", "words")), None)
            if standing is not None:  # *Republican presidential candidate Senator Bell*
                role = read(tokens[: standing + 1], self.told_by)
        if description.place == "title" and role is not None and role.noun == tokens[-1] and len(tokens) > 1:
            if tokens[-1].lower_.rstrip(".") in lexicons.words("sources", "titles", "official"):
                earlier = read(tokens[:-1], self.told_by)  # *television analyst Judge Bell*
                telling = earlier is not None and not earlier.vague and not listed(earlier.noun, "things", "words")
                if telling and earlier is not None and earlier.type not in {*SILENT, "official", "affected"}:
                    role = earlier
        if role is not None and listed(role.noun, "things", "words") and not is_voice(role.noun):
            role = None
        if role is not None and role.type not in SILENT:
            if role.campaigning:
                rank = CAMPAIGN
            elif role.vague and role.noun.lower_ == "secretary" and len(tokens) == 1:
                rank = FIGURE + 1  # a courtesy: who holds the office is named with its field
            elif listed(role.noun, "generic", "words"):
                rank = GENERIC
            elif listed(role.noun, "voices", "speak_for") or listed(role.noun, "voices", "serve"):
                rank = SPOKEN_FOR + (0 if not role.vague else 30)
            elif role.vague and not (description.place == "title" and role.type == "official"):
                rank += 8
            several = role.noun.tag_ in {"NNS", "NNPS"} and role.noun == tokens[-1] and tokens[0].lower_ != "one"
            if not several or description.place == "title":
                yield Clue(role.type, span_of(role.first, role.last), rank), role
        if role is None or role.type in SILENT or (role.vague and role.type != "official"):
            told = (kind_of(tokens) or _of_a_named_body(tokens)) if self._names_where(tokens, description) else None
            if told is not None:
                yield Clue(told.type, span_of(told.first, told.last), rank + 3), None
            near = tokens if description.place == "title" else tokens[:2]
            party = next((t for t in near if listed(t, "parties", "words") and t.text[:1].isupper()), None)
            if party is not None and told is None:
                yield Clue("political", span_of(party, party), rank + 12), None

    def _names_where(self, tokens: Sequence[Token], description: Description) -> bool:
        """Whether a description without a role is the name of where somebody is: *CNN's*, *of the Sierra Club*."""
        return description.place == "title" or tokens[0].lower_ in {"of", "at", "from", "with"}

    def _weak_title(self, token: Token) -> Clue | None:
        for kind in ("expert", "civil_society"):
            title = token.lower_.rstrip(".") if token.text[:1].isupper() else ""
            if title in lexicons.words("sources", "titles", f"weak_{kind}"):
                return Clue("expert" if kind == "expert" else "civil_society", span_of(token, token), WEAK_TITLE)
        return None

    def _clause(self, tokens: Sequence[Token]) -> Iterator[Clue]:
        """A *who* clause: *who studies elections*, *who leads the union*, *who was a minister until May*."""
        rank = RANKS["clause"]
        if any(t.lower_ == "now" for t in tokens[1:4]):
            rank = RANKS["title"]  # *a former minister who now runs a think tank*: what somebody is counts
        if tokens[0].lower_ == "whose" and len(tokens) > 1 and tokens[1].lower_ in {"research", "studies", "lab"}:
            yield Clue("expert", span_of(tokens[1], tokens[1]), rank)
            return
        verb = next((t for t in tokens[1:8] if t.pos_ in {"VERB", "AUX"} and t.lemma_ not in {"have"}), None)
        if verb is None:
            return
        if verb.lemma_ == "be" and verb.i < tokens[-1].i and verb.nbor(1).tag_ == "VBG":
            verb = verb.nbor(1)  # *who is standing for the Greens*
        behind = [t for t in tokens if t.i > verb.i]
        if listed(verb, "studies", "words") or (
            verb.lemma_ == "write" and any(t.lower_ in {"book", "books", "biography", "history"} for t in behind[:6])
        ):
            yield Clue("expert", span_of(verb, verb), rank)
        elif verb.lemma_ in {"run", "campaign", "stand"} and behind and behind[0].lower_ in {"for", "against"}:
            yield Clue("political", span_of(verb, behind[0]), BEARER)
        elif verb.lemma_ in {"be", "serve", "become"} or (
            verb.lemma_ == "work" and behind and behind[0].lower_ == "as"
        ):
            while behind and (behind[0].lower_ in {"as", "then", "now"} or behind[0].pos_ in {"DET", "ADV"}):
                behind.pop(0)
            role = read(behind, self.told_by) if behind else None
            if role is not None and role.type not in SILENT:
                past = verb.tag_ in {"VBD", "VBN"} and role.type == "official"
                yield Clue("former_official" if past else role.type, span_of(role.first, role.last), rank)
        elif listed(verb, "leads", "words"):
            told = kind_of(behind[:10]) or next((self._noun(t) for t in behind[:8] if self._noun(t)), None)
            if told is not None:
                past = verb.tag_ == "VBD" and told.type == "official"
                yield Clue("former_official" if past else told.type, span_of(verb, told.last), rank)
        elif listed(verb, "reports_for", "words"):
            told = kind_of(behind)
            if told is not None and told.type == "media":
                yield Clue("media", span_of(verb, told.last), rank)
        elif (told := _served(behind)) is not None:
            yield Clue(told.type, span_of(verb, told.last), rank)
        elif listed(verb, "lives", "words"):
            yield Clue("affected", span_of(verb, verb), rank + 20)

    @staticmethod
    def _noun(token: Token) -> Told | None:
        whole = token.dep_ == "compound" or (token.i + 1 < len(token.doc) and token.nbor(1).pos_ == "NOUN")
        kind = role_of(token) if token.pos_ == "NOUN" and not whole else None
        return Told(kind, token, token) if kind is not None and kind not in SILENT else None

    def _bearers(self, name: str, surname: str) -> Iterator[Clue]:
        """*the Bell campaign*, *Bell's government*: a body that bears the name says what its bearer does."""
        kinds: dict[str, SourceType] = lexicons.load("sources")["bearers"]["types"]
        shared = self._surnames[surname] > 1
        if shared and _figures().get(name.lower()) == "former_official":
            return  # *the Clinton campaign* of the other one
        for at in self._words.get(name.rsplit(maxsplit=1)[-1], ()):
            if at + 2 >= len(self.doc):
                continue
            after = self.doc[at + 1]
            if after.text in _POSSESSIVE:
                after = self.doc[at + 2]
                if after.lower_ in {"presidential", "own", "2016"} and after.i + 1 < len(self.doc):
                    after = after.nbor(1)
            kind = kinds.get(after.lemma_.lower())
            if kind is not None and after.pos_ in {"NOUN", "PROPN"}:
                yield Clue(
                    kind, span_of(self.doc[at], after), GENERIC + 2 if shared else 45 if kind != "political" else BEARER
                )

    def described_by(self, tokens: Sequence[Token], *, firmly: bool = False) -> bool:
        """Whether the words behind a name say that it is a person's: *the commander of the district*, *who leads …*.

        ``firmly``: and nothing by which firms are called too, as *the owner of the ship* is.
        """
        if tokens[0].lower_ in {"who", "whose"}:
            return True
        role = read(tokens, self.told_by)
        return (
            role is not None
            and role.noun.tag_ in {"NN", "NNP"}
            and not (firmly and listed(role.noun, "also_bodies", "words"))
            and not listed(role.noun, "things", "words")
            and role.type != "document"
        )
