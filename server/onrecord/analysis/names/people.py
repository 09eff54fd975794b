"""Which person a name means: every form of a name in an article gathered under the fullest one.

News style names a person in full once and by surname afterwards; a surname that two people share means the one whose
full name or title fits.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc, Span, Token

from onrecord.analysis import lexicons
from onrecord.analysis.cues import lexicon
from onrecord.analysis.names.animacy import is_body
from onrecord.analysis.names.genders import Gender, described_gender, given_gender, spelt_gender
from onrecord.analysis.names.shapes import like_a_name, likeness
from onrecord.analysis.phrases import hyphenated

_TITLES = frozenset(
    {
        "mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "prof", "professor", "sen", "senator", "rep",
        "gov", "gen", "lt", "col", "sgt", "capt", "maj", "cmdr", "adm", "rev", "hon", "president", "judge", "justice",
        "king", "queen", "prince", "princess", "pope", "father", "sister", "brother", "minister", "secretary",
        "treasurer", "constable", "detective", "premier", "chancellor", "inspector", "superintendent", "councillor",
        "pc", "det", "insp", "supt", "recorder", "officer", "governor", "mayor",
    }
)  # fmt: skip
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "qc", "sc", "kc", "mp", "md", "phd", "obe", "mbe", "cbe"})
_MALE = frozenset({"mr", "sir", "lord", "king", "prince", "father", "brother"})
_FEMALE = frozenset({"mrs", "ms", "miss", "dame", "lady", "queen", "princess"})
_PARTICLES = frozenset(
    {
        "wa",
        "bint",
        "ibn",
        "ole",
        "arap",
        "ul",
        "ag",
        "dos",
        "das",
        "du",
        "ter",
        "ten",
        "y",
        "e",
        "de",
        "del",
        "della",
        "di",
        "da",
        "van",
        "von",
        "der",
        "den",
        "al",
        "el",
        "bin",
        "ben",
        "la",
        "le",
        "st",
        "st.",
    }
)
PERSONAL_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame"})
_FIRMS = frozenset({"giant", "broadcaster", "carmaker", "retailer", "manufacturer", "lender", "insurer", "website"})
LONGEST_NAME = 4  # words; more capitalised words in a row are a title or a body
_POSSESSIVE = re.compile(r"['’]s?$")
_NICKNAME = re.compile(r"""["“‘(][^"”’)]*["”’)]""")


@dataclass(slots=True)
class Person:
    """Somebody whom the article names."""

    name: str
    tokens: list[int] = field(default_factory=list)  # index of the last name token of each mention
    gender: Gender | None = None

    @property
    def surname(self) -> str:
        """The last word of the name, in lower case."""
        return self.name.split()[-1].lower()

    @property
    def given(self) -> str:
        """The first word of the name, in lower case; empty if there is only a surname."""
        parts = self.name.split()
        return parts[0].lower() if len(parts) > 1 else ""


def bare(text: str) -> tuple[str, Gender | None]:
    """A name without title, nickname, suffix and possessive, and the gender that its title tells."""
    gender: Gender | None = None
    kept: list[str] = []
    for word in _NICKNAME.sub(" ", text).replace(",", " ").split():
        plain = _POSSESSIVE.sub("", word)
        key = plain.lower().rstrip(".")
        if key in _MALE:
            gender = "male"
        elif key in _FEMALE:
            gender = "female"
        if (key in _TITLES and not kept) or key in SUFFIXES or not any(c.isalpha() for c in plain):
            continue
        kept.append(plain)
    while kept and kept[0].lower() in {"the", "a", "an"}:
        kept.pop(0)
    return " ".join(kept), gender


def is_title(word: str) -> bool:
    """Whether a word in lower case is a title that stands before a name: *dr.*, *sen.*."""
    return word.rstrip(".") in _TITLES


Mention = tuple[int, list[int], str, Gender | None]  # last token, all tokens, the bare name
_MENTIONED = "onrecord_mentioned"  # under this a parse keeps its mentions


class Names:
    """The persons that an article names, and which of them a token names."""

    def __init__(self, doc: Doc, labels: Sequence[Sequence[Token]] = ()) -> None:
        """``labels``: the words of each transcript's label that name a person."""
        self.people: list[Person] = []
        self._of: dict[int, int] = {}  # token index -> index in people
        self._called: defaultdict[str, list[int]] = defaultdict(list)  # first or last word of a name -> who has it
        taken = {token.i for label in labels for token in label}
        found = [entry for entry in _mentioned(doc) if taken.isdisjoint(entry[1])]
        for label in labels:
            name, gender = bare(" ".join(token.text for token in label))
            if name:
                found.append((label[-1].i, [token.i for token in label], name, gender))
        found = [
            (last, tokens, _with_shared_surname(doc, tokens, name, found), gender)
            for last, tokens, name, gender in found
        ]
        for _last, tokens, name, gender in sorted(found, key=lambda entry: -len(entry[2].split())):
            at = self._match(name, gender, tokens[0])
            if at is None:
                at = self._new(Person(name))
            person = self.people[at]
            person.gender = person.gender or gender
            for index in tokens:
                self._of[index] = at
            bisect.insort(person.tokens, tokens[-1])
        for token in doc:  # surnames that the language model did not see as names here
            known = self.of(token) if token.i not in self._of else None
            if known is not None:
                self._of[token.i] = known
                bisect.insort(self.people[known].tokens, token.i)
        for person in self.people:
            if person.gender is None:
                told = (described_gender(doc[index]) for index in person.tokens)
                by_name = given_gender(person.name) or spelt_gender(person.given)
                person.gender = by_name or next((gender for gender in told if gender is not None), None)

    def _new(self, person: Person) -> int:
        at = len(self.people)
        self.people.append(person)
        words = person.name.lower().split()
        for word in dict.fromkeys((words[0], words[-1])):
            self._called[word].append(at)
        return at

    def _match(self, name: str, gender: Gender | None, position: int) -> int | None:
        words = name.lower().split()
        fits = []
        for index in self._called.get(words[-1], ()):
            person = self.people[index]
            full = person.name.lower().split()
            if gender and (person.gender or given_gender(person.name) or gender) != gender:
                continue
            if len(words) == 1:
                if words[0] == full[-1]:
                    fits.append((2, index))
                elif words[0] == full[0] and len(full) > 1:
                    fits.append((1, index))
            elif words[-1] == full[-1] and (words[0] == full[0] or _initial(words[0], full[0])):
                return index
        if not fits:
            return None
        best = max(rank for rank, _ in fits)
        same = [index for rank, index in fits if rank == best]
        return same[0] if len(same) == 1 else min(same, key=lambda index: self._distance(index, position))

    def _distance(self, index: int, position: int) -> int:
        """How far before ``position`` the person was named last; persons named only later come after those."""
        tokens = self.people[index].tokens
        at = bisect.bisect_right(tokens, position)
        return position - tokens[at - 1] if at else 1_000_000 + (tokens[0] if tokens else 0)

    def of(self, token: Token) -> int | None:
        """The index in ``people`` of the person that ``token`` names."""
        known = self._of.get(token.i)
        if known is not None:
            return known
        if not token.text[:1].isupper() or not (token.pos_ in {"PROPN", "NOUN"} or token.ent_type_ == "PERSON"):
            return None
        if token.pos_ == "NOUN" and not self._surname(token.lower_):
            return None
        if token.i + 1 < len(token.doc) and token.doc[token.i + 1].pos_ == "PROPN" and token.dep_ == "compound":
            return None
        name, gender = bare(token.text)
        return self._match(name, gender, token.i) if name and len(name.split()) == 1 else None

    def _surname(self, word: str) -> bool:
        people = (self.people[at] for at in self._called.get(word, ()))
        return any(person.given and person.surname == word for person in people)

    def add(self, tokens: list[Token]) -> int:
        """Make the person that ``tokens`` name, whom the language model did not see as a person."""
        name, gender = bare(" ".join(token.text for token in tokens))
        at = self._match(name, gender, tokens[0].i)
        if at is None:
            at = self._new(Person(name, gender=gender or given_gender(name)))
        bisect.insort(self.people[at].tokens, tokens[-1].i)
        for token in tokens:
            self._of[token.i] = at
        return at


@cache
def _well_known_bodies() -> frozenset[str]:
    """Words that name a body by themselves; the language model takes some of them for surnames."""
    kinds = lexicons.load("sources")["types"]
    return frozenset(word for kind in kinds.values() for word in kind["bodies"].split())


def _initial(one: str, other: str) -> bool:
    """Whether one given name is the initial or a short form of the other."""
    short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    return long.startswith(short) and (len(short) == 1 or len(short) >= 3)


def _spans(doc: Doc) -> Iterator[Span]:
    """The names of persons by the language model, and those that it takes for something else or sees a part of."""
    seen: set[int] = set()
    for entity in doc.ents:
        if entity.label_ == "PERSON" and _called_a_body(entity):
            seen.update(range(entity.start, entity.end))
        elif entity.label_ == "PERSON":
            start = entity.start
            while start > 0 and _given_before(doc[start - 1], doc[start]):
                start -= 1
            end = _with_particles(doc, entity.end)
            seen.update(range(start, end))
            while start + 2 < end and doc[start].lower_.rstrip(".") in _offices():
                start += 1  # *Defender Mark Hale*, all of which the language model takes for the name
            both = next((at for at in range(start + 1, end - 1) if doc[at].lower_ in {"and", "&"}), None)
            if both is not None:  # *Tom & Anna Bell*, taken for one name
                yield doc[start:both]
                start = both + 1
            yield doc[start:end]
    for token in doc:
        inside = token.i and (_capitalised(doc[token.i - 1]) or hyphenated(doc, token.i - 1))
        if token.i in seen or not _capitalised(token) or inside:
            continue
        end = token.i + 1
        while end < len(doc) and end - token.i < LONGEST_NAME and end not in seen:
            if not _capitalised(doc[end]) and not (hyphenated(doc, end) and _capitalised(doc[end + 1])):
                break
            end += 1
        titled = token.i > 0 and doc[token.i - 1].lower_.rstrip(".") in PERSONAL_TITLES
        personal = token.lower_.rstrip(".") in PERSONAL_TITLES
        start = token.i + personal
        for at in range(start, end - 2):
            if doc[at].lower_.rstrip(".") in _offices():
                start = at + 1  # *Bishop Mark Hale*, *Public Prosecution Eva-Marie Lind*
        shares = end - start == 1 and _shares_a_surname(doc, start)
        if start >= end or (end < len(doc) and doc[end].lower_ in {"of", "&"} and not shares):
            continue
        given = end - start > 1 and given_gender(doc[start].text) is not None
        if (titled or personal or given or shares) and not any(
            t.lower_ in _well_known_bodies() for t in doc[start:end]
        ):
            seen.update(range(start, end))
            yield doc[start:end]
    yield from _by_shape(doc, seen)


def _called_a_body(name: Span) -> bool:
    """Whether the sentence itself calls a name no person's: *Castle Care, the company that …*, *Corvex, which …*."""
    for child in name.root.children:
        if child.dep_ == "relcl" and child.left_edge.lower_ == "which":
            return True
        last = child.i + 1 == len(name.doc) or child.nbor().tag_[:1] not in {"N", "R", "J"}  # not *a shop steward*
        if child.dep_ == "appos" and last and is_body(child):
            return True
    return False


def _shares_a_surname(doc: Doc, at: int) -> bool:
    """Whether a given name stands before another one with the surname of both: *Anna & Peter Bell*."""
    if at + 3 >= len(doc) or doc[at + 1].lower_ not in {"and", "&"}:
        return False
    both = given_gender(doc[at].text) is not None and given_gender(doc[at + 2].text) is not None
    return both and _capitalised(doc[at + 3]) and doc[at + 2].head.i == at + 3


# How much the words of a run must look like a name's (``shapes``), by what stands around it: behind *farmer*, with an
# initial or before *, 41,* less than before a verb of saying, and nowhere as much as without any sign.
BESIDE_A_SIGN, BEFORE_A_CUE, WITHOUT_A_SIGN = 0.35, 0.5, 0.75
LONGEST_SHAPE = 6  # tokens, initials, particles and hyphens counted
_INITIALS = re.compile(r"(?:[A-Z]\.)+|[A-Z]")


def _by_shape(doc: Doc, seen: Collection[int]) -> Iterator[Span]:
    """Names that the language model does not know, by how they are spelt: *W. Njoroge Kamau*, *Mwangi wa Iria*."""
    at = 0
    while at < len(doc) - 1:
        token = doc[at]
        if at in seen or not _opens(token):
            at += 1
            continue
        past = at + 1
        while past < len(doc) and past - at < LONGEST_SHAPE and past not in seen and _goes_on(doc, past):
            past += 1
        run = doc[at:past]
        if _looks_like_a_name(run):
            yield run
        at = past


def _with_particles(doc: Doc, end: int) -> int:
    """Where a name ends that goes on behind ``end`` with a particle and another name: *Mwangi | wa Iria*."""
    if end + 1 >= len(doc) or doc[end].is_space:
        return end
    if doc[end].lower_ in _PARTICLES and doc[end].text.islower() and doc[end].lower_ not in {"y", "e"}:
        at = end + 2 if doc[end + 1].text == "-" and end + 2 < len(doc) else end + 1
        if doc[at].text[:1].isupper() and doc[at].pos_ == "PROPN":
            return at + 1
    return end


def _opens(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ in {"PROPN", "NOUN", "ADJ", "X", "INTJ", "ADV", "VERB"}


def _goes_on(doc: Doc, at: int) -> bool:
    token = doc[at]
    if token.text[:1].isupper():
        return (any(c.islower() for c in token.text) or _INITIALS.fullmatch(token.text) is not None) and (
            token.text not in {"I", "A"}
        )
    after = doc[at + 1] if at + 1 < len(doc) else None
    if after is None or token.is_space:
        return False
    if token.lower_ in _PARTICLES:
        return after.text[:1].isupper() or (after.text == "-" and at + 2 < len(doc) and doc[at + 2].text[:1].isupper())
    return token.text in {"-", "‑"} and not token.whitespace_ and after.text[:1].isupper()


def _looks_like_a_name(run: Span) -> bool:
    words = [token for token in run if len(token.text) > 1 and token.text[:1].isupper() and "." not in token.text]
    initials = [token for token in run if _INITIALS.fullmatch(token.text)]
    doc, past = run.doc, run.end
    if not words or len(words) + len(initials) < 2 or not all(any(c.islower() for c in t.text) for t in words):
        return False
    before, behind = (doc[run.start - 1] if run.start else None), (doc[past] if past < len(doc) else None)
    if any(t.lower_ in _words_of_bodies() or t.lower_.rstrip(".") in _offices() or t.is_stop for t in words):
        return False
    if (behind is not None and behind.lower_ in {"of", "&"}) or (before is not None and before.lower_ in {"the", "&"}):
        return False
    role = before is not None and before.lower_ in roles_of_people() and before.tag_ not in {"NNS", "NNPS"}
    aged = behind is not None and behind.text == "," and past + 1 < len(doc) and doc[past + 1].like_num
    cue = run.root.dep_ in {"nsubj", "appos"} and lexicon().has("clause", run.root.head)
    after_cue = before is not None and lexicon().has("clause", before)
    least = BESIDE_A_SIGN if role or aged or initials else BEFORE_A_CUE if cue or after_cue else WITHOUT_A_SIGN
    if any(token.ent_type_ in {"GPE", "LOC", "FAC", "EVENT", "NORP"} for token in words):
        least = max(least + 0.15, BEFORE_A_CUE)
    return like_a_name([token.text for token in words]) >= least and likeness(words[-1].text) >= least - 0.25


@cache
def roles_of_people() -> frozenset[str]:
    """Nouns that say of one person what he or she is, titles too."""
    known = lexicons.load("sources")
    kinds = ("official", "political", "business", "civil_society", "media", "expert", "affected")
    lists = [known["types"][kind]["heads"] for kind in kinds]
    lists += [*known["voices"]["defaults"].values(), known["titles"]["official"], known["campaigning"]["words"]]
    lists += [rule.split("|")[2] for rule in known["beside"]["rules"]]
    found = frozenset(word for words in lists for word in words.split())
    return found - lexicons.words("sources", "things", "words") - {"service", "group", "giant", "people", "label"}


@cache
def kinds_of_firms() -> frozenset[str]:
    """Nouns right before the name of a body that no person is called by."""
    things = lexicons.words("sources", "things", "words")
    firms = lexicons.words("sources", "types", "business", "heads") & things
    media = lexicons.words("sources", "types", "media", "heads") & things
    return firms | media | _FIRMS


@cache
def _words_of_bodies() -> frozenset[str]:
    """Words that stand in the names of bodies and of texts, never in a person's."""
    ends: dict[str, str] = lexicons.load("organisations")["ends"]
    lists = [text for kind, text in ends.items() if kind != "meaning"]
    lists.append(lexicons.load("sources")["types"]["document"]["heads"])
    return frozenset(word for words in lists for word in words.split()) | _well_known_bodies()


def _capitalised(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.text[:1].isupper() and any(c.islower() for c in token.text)


def _given_before(token: Token, surname: Token) -> bool:
    """Whether ``token`` is a given name that the language model left out of the name that follows."""
    return (
        _capitalised(token)
        and token.dep_ == "compound"
        and token.head.i >= surname.i
        and token.ent_type_ == ""
        and token.lower_.rstrip(".") not in _TITLES
        and not token.is_stop
        and token.lemma_.lower() not in _offices()
        and not token.lower_.endswith("member")
    )


@cache
def _offices() -> frozenset[str]:
    known = lexicons.load("sources")
    lists = [*(kind["heads"] for kind in known["types"].values()), *known["voices"]["defaults"].values()]
    lists += [known["titles"]["official"]]
    return frozenset(word for words in lists for word in words.split())


UNLIKELY = 0.04  # the last word of a name that looks less like one is no surname


def _no_given(name: str) -> bool:
    return given_gender(name) is None and likeness(name.split(maxsplit=1)[0]) < BESIDE_A_SIGN * 2


def _in_figures(word: str) -> bool:
    """Whether a word begins with a figure and goes on in capitals: *Jordan 5X*."""
    return word[:1].isdigit() and word[1:].isalpha() and word.isupper()


def _is_particle(word: str) -> bool:
    return word.split("-", maxsplit=1)[0].lower() in _PARTICLES


def _with_shared_surname(
    doc: Doc, tokens: Sequence[int], name: str, found: Sequence[tuple[int, list[int], str, Gender | None]]
) -> str:
    """*Bill* of *Bill and Hilda Carver* as the name that it stands for, *Bill Carver*."""
    at = tokens[-1] + 2
    if " " in name or at >= len(doc) or doc[at - 1].lower_ not in {"and", "&"} or given_gender(name) is None:
        return name
    other = next((whole for _, own, whole, _ in found if own[0] == at and " " in whole), "")
    return f"{name} {other.split()[-1]}" if other and given_gender(other) is not None else name


def _mentioned(doc: Doc) -> list[Mention]:
    """The mentions of ``doc``, found once for all who ask."""
    known: list[Mention] | None = doc.user_data.get(_MENTIONED)
    if known is None:
        known = doc.user_data[_MENTIONED] = list(_mentions(doc))
    return known


def _mentions(doc: Doc) -> Iterator[Mention]:
    for entity in _spans(doc):
        tokens = [token for token in entity if not token.is_space and token.text not in {"'s", "’s", "’", "'"}]
        if not tokens or not any(token.text[:1].isupper() for token in tokens):
            continue
        before = tokens[0].i - 1
        text = "".join(token.text_with_ws for token in tokens).strip()
        if before >= 0 and doc[before].lower_.rstrip(".") in _MALE | _FEMALE:
            text = f"{doc[before].text} {text}"
        name, gender = bare(text)
        words = name.split()
        if not words or any(word.isdigit() for word in words) or len(words) > 6:
            continue
        if words[-1].lower() in _well_known_bodies() and not gender and not (len(words) > 1 and given_gender(name)):
            continue  # *Sarn Line* is no person, whatever the language model says
        if len(words) == 1 and before >= 0 and doc[before].lower_ in kinds_of_firms():
            continue  # *budget airline Norwind*
        if len(words) > 1 and not all(word[:1].isupper() or _is_particle(word) or _in_figures(word) for word in words):
            continue
        if len(words) > 1 and not gender and likeness(words[-1]) < UNLIKELY and _no_given(name):
            continue  # *Norwick Shipping*
        yield tokens[-1].i, [token.i for token in tokens], name, gender
