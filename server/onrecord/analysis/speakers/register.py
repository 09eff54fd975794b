"""Who is *he*: the mentions of attributions resolved to one speaker per person, body or group."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.analysis import lexicons
from onrecord.analysis.names.animacy import is_body, may_be_person, names_people
from onrecord.analysis.names.bodies import is_a_name, is_whole_name, kind_of, written_out
from onrecord.analysis.names.people import (
    SUFFIXES,
    Names,
    given_gender,
    kinds_of_firms,
    roles_of_people,
)
from onrecord.analysis.phrases import (
    RELATIVE,
    SUBJECTS,
    Reading,
    antecedent,
    cut_off_title,
    is_abbreviation,
    phrase_of,
)
from onrecord.analysis.quotes import Attribution
from onrecord.analysis.speakers import antecedents
from onrecord.analysis.speakers.entries import Entry
from onrecord.analysis.speakers.labels import bare_label, named_labels
from onrecord.analysis.speakers.nominals import FARTHEST_ANTECEDENT, Nominals, age_of, noun_gender, same_person
from onrecord.analysis.speakers.pronouns import HE, SHE, Pronouns, gender_of
from onrecord.article import Span

_THEY, _IT = frozenset({"they", "them", "their", "both", "themselves"}), frozenset({"it", "its", "itself"})
_PRONOUNS = HE | SHE | _THEY | _IT
_VAGUE = frozenset(
    {
        "some", "many", "others", "several", "few", "most", "one", "another", "someone", "everyone", "anyone", "none",
        "somebody", "all",
    }
)  # fmt: skip
_FIRM_NOUNS = frozenset({"company", "firm", "business", "maker"})
_TWO = frozenset({"couple", "pair", "duo"})
_STAFF = frozenset({"staff", "personnel"})
_INSIDE = frozenset({"compound", "amod", "nmod", "poss", "nummod", "det"})
# Adjectives and participles that tie somebody to another: *sources close to*, *people familiar with*.
_TIES = frozenset({"close", "near", "familiar", "loyal", "briefed", "around", "opposed", "working", "who", "with"})
# Who stands beside somebody, as the parser may have it in the singular at the head of a sentence.
_OTHERS = frozenset({"source", "friend", "ally", "allie", "insider", "relative", "colleague", "supporter", "critic"})
_SMALL = frozenset({"of", "for", "to", "the", "and"})
_ARTICLES = re.compile(r"^(?:the|a|an|this|that|these|those|both)\s+", re.IGNORECASE)
# *her statement*, *his remarks*: the words are somebody's, and that one speaks.
_WORDS = frozenset(
    {
        "comment", "remark", "statement", "word", "message", "speech", "address", "tweet", "post", "email", "e-mail",
        "testimony", "answer", "reply", "response", "claim", "accusation", "allegation", "warning", "assertion",
        "denial", "refusal", "complaint", "excuse", "explanation", "argument", "promise", "pledge", "suggestion",
        "admission", "announcement",
    }
)  # fmt: skip
_UNNAMED_BODY = frozenset(
    {
        "campaign", "spokesman", "spokeswoman", "spokesperson", "lawyer", "attorney", "aide", "aides", "adviser",
        "advisers", "team", "staff", "office",
    }
)  # fmt: skip

# A group's sentences before *they* are looked for among so many tokens at most.
FARTHEST_TOKEN = 2_000

NEAREST_BODY = 2  # sentences between a firm's name and *the company*, or two names and *both*


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One person, body or group that speaks."""

    mentions: tuple[Span, ...]  # the fullest first, then in reading order
    label: str
    name: str | None = None  # the proper name of a person or of a body
    person: bool = False  # the name is a person's
    plural: bool = False  # several people
    principal: int | None = None  # of *her lawyer*: the index of the speaker whom he speaks for


# How often the speaker of *they* and *it* is right, measured on 104 annotated articles. Names and nouns keep theirs.
AS_A_GROUP = 0.63


def speakers(
    reading: Reading, found: list[Attribution], ranking: antecedents.Ranking | None = None
) -> tuple[list[Speaker], list[int | None], list[float]]:
    """The speakers of an article; for each attribution the index of its speaker, or None: not found, and how sure.

    The last is the chance that the words which name the speaker are taken for the right one, 1 where they name him.
    ``ranking`` decides whom *he* means; the published one unless another is given.
    """
    labels = [one.mention for one in found if one.labelled and one.mention is not None]
    register = _Register(reading, ranking or antecedents.load(), labels)

    def place(number: int) -> int:
        mention = found[number].mention
        return mention.start if mention is not None else -1

    contents: defaultdict[Span, tuple[Span, ...]] = defaultdict(tuple)
    for one in found:
        if one.mention is not None:
            contents[one.mention] += one.content
    order = sorted(range(len(found)), key=place)
    index: list[int | None] = [None] * len(found)
    for number in order:
        mention = found[number].mention
        if mention is not None:
            at = index[number] = register.resolve(mention, contents[mention])
            if at is not None and found[number].reported:
                register.pronouns.speaks(at, mention)
    used = sorted({at for at in index if at is not None}, key=lambda at: register.entries[at].spans[0].start)
    renumbered = {old: new for new, old in enumerate(used)}
    found_speakers = []
    for old in used:
        principal = register.entries[old].principal
        whose = renumbered.get(principal) if principal is not None else None
        found_speakers.append(replace(register.speaker(old), principal=whose))
    trust = [1.0 if at is None else register.trust(one.mention) for one, at in zip(found, index, strict=True)]
    return found_speakers, [None if at is None else renumbered[at] for at in index], trust


def said_by(
    people: Sequence[Speaker], found: Sequence[Attribution], index: Sequence[int | None]
) -> list[list[Attribution]]:
    """For each speaker the attributions that are theirs; ``index`` as ``speakers`` gives it."""
    given: list[list[Attribution]] = [[] for _ in people]
    for attribution, who in zip(found, index, strict=True):
        if who is not None:
            given[who].append(attribution)
    return given


class _Register:
    """Everybody who may be speaking, in the order of the article."""

    def __init__(self, reading: Reading, ranking: antecedents.Ranking, labels: Sequence[Span] = ()) -> None:
        self.reading = reading
        self.article, self.doc = reading.article, reading.doc
        self._labels = named_labels(reading, labels)
        self.names = Names(self.doc, [tokens for tokens in self._labels.values() if tokens])
        self.entries: list[Entry] = []
        self._keys: dict[tuple[str, ...], int] = {}  # the entries by key
        self._chances: dict[Span, float] = {}  # of each *he* and *she* that it is taken for the right person
        self._resolved: dict[Span, int | None] = {}  # two verbs may share one subject: it is one speaker
        self._since = reading.sentences.since
        named = sorted((index, at) for at, person in enumerate(self.names.people) for index in person.tokens)
        self._nominals = Nominals(reading, self.names.people, named)
        self.pronouns = Pronouns(reading, self.names, self.entries, ranking)

    # -- reading one mention ------------------------------------------------------------------------------------

    def resolve(self, mention: Span, content: tuple[Span, ...] = ()) -> int | None:
        """The index of the entry that ``mention`` stands for; ``content`` is what it says."""
        if mention not in self._resolved:
            self._resolved[mention] = self._resolve(mention, content)
        return self._resolved[mention]

    def trust(self, mention: Span | None) -> float:
        """The chance that ``mention`` is taken for the right speaker."""
        word = self.article[mention].lower() if mention is not None else ""
        if mention is not None and mention in self._chances:
            return self._chances[mention]
        return AS_A_GROUP if word in _THEY | _IT else 1.0

    def _resolve(self, mention: Span, content: tuple[Span, ...]) -> int | None:
        tokens = self.reading.tokens(mention)
        if not tokens:
            return None
        if mention in self._labels:
            return self._label_of_a_turn(mention, tokens)
        head = self.doc[tokens[cut_off_title(tokens)].i : tokens[-1].i + 1].root
        if head.is_punct or (head.pos_ in {"CCONJ", "ADP", "DET"} and len(tokens) > 1):
            head = next((t for t in tokens if t.pos_ in {"PROPN", "NOUN", "PRON"}), head)
        if len(tokens) == 1 and head.lower_ in _PRONOUNS:
            return self._pronoun(head, content)
        if head.lower_ in RELATIVE and len(tokens) == 1 and not is_abbreviation(head):
            before = antecedent(head)
            return self.resolve(self.reading.noun_phrase(before, without=[head])) if before is not None else None
        owner = self._whose_words(head)
        if owner is not None:
            own = Span(owner.idx, owner.idx + len(owner.text)) if owner.pos_ == "PRON" else None
            return self.resolve(own or phrase_of(self.reading, owner), content)
        following = self._name_left_out(head, tokens)
        if following is not None:
            return self._enter(("person", str(following)), head, mention, person=following)
        if beside_a_person(tokens):
            head = next((t for t in tokens if t.pos_ in {"NOUN", "PROPN"} and t.dep_ != "compound"), head)
            return self._noun(head, mention, tokens)
        several = [child for child in head.conjuncts if child in tokens and child.pos_ in {"PROPN", "NOUN"}]
        person = self._person(head, tokens)
        if several and head.tag_ in {"NN", "NNP"} and not any(t.pos_ == "DET" for t in tokens):
            titled = self._with_two_titles(head, several)  # *historian and broadcaster Anna Bell*
            several, person = ([], titled) if titled is not None else (several, person)
        if several and any(t.lower_ == "and" for t in tokens) and head.pos_ in {"PROPN", "NOUN"}:
            words = tuple(sorted(t.lower_ for t in [head, *several]))
            return self._enter(("joint", *words), head, mention, plural=True)
        if person is not None:
            entry = self._enter(("person", str(person)), head, mention, person=person)
            self.entries[entry].gender = self.names.people[person].gender
            return entry
        plain = head.pos_ == "PROPN" and (head.text.islower() or head.lower_ in same_person())  # *the CEO*
        called = listed_member(head) or (len(tokens) == 2 and plain)
        if tokens[0].lower_ == "the" and called:
            known = self._meant(head, tokens)  # *the Republican*
            if known is not None:
                self._said_by(known, mention)
                return known
        if is_whole_name(tokens):
            return self._body(head, mention, tokens)
        staff = len(tokens) == 1 and head.lower_ in _STAFF
        if staff or (is_vague(head) and head.tag_ in {"NNS", "NNPS"}):  # *Critics*: a capital makes it look like a name
            return self._noun(head, mention, tokens)
        if (
            head.pos_ == "PROPN"
            or (head.pos_ == "PRON" and is_abbreviation(head))
            or (head.ent_type_ in {"ORG", "GPE", "NORP"} and head.text[:1].isupper() and head.tag_ != "NNS")
        ):
            return self._body(head, mention, tokens)
        return self._noun(head, mention, tokens)

    def _label_of_a_turn(self, mention: Span, tokens: list[Token]) -> int:
        """Who a transcript's label is: the person it names, or one by role and number (*HOST*, *SPEAKER 2*)."""
        named = self._labels[mention]
        person = self.names.of(named[-1]) if named else None
        if person is not None:
            return self._enter(("person", str(person)), named[-1], mention, person=person)
        words = bare_label(tokens)
        if words[-1].pos_ == "PROPN" and is_whole_name(words):
            return self._body(words[-1], mention, words)
        return self._enter(("label", *(t.lower_ for t in words)), words[-1], mention)

    def _whose_words(self, head: Token) -> Token | None:
        """Who speaks when *his remarks* or *a statement* that somebody issued is said to say something."""
        if head.lemma_.lower() not in _WORDS:
            return None
        owner = next((child for child in head.children if child.dep_ == "poss"), None)
        if owner is not None:
            return owner
        if head.lemma_.lower() == "statement" and any(child.lower_ == "the" for child in head.children):
            near = [
                entry
                for entry in self.entries
                if (entry.proper or entry.person is not None) and entry.spans[-1].start < head.idx
            ]
            if near:  # *the statement said*: of whoever issued it a moment ago
                last = max(near, key=lambda entry: entry.spans[-1].start)
                tokens = self.reading.tokens(last.spans[-1])
                return self.doc[tokens[0].i : tokens[-1].i + 1].root if tokens else None
        verb = head.head
        if head.dep_ == "dobj" and verb.lemma_ in {"issue", "release", "send", "post", "publish", "give", "make"}:
            return next(
                (
                    child
                    for child in verb.children
                    if child.dep_ == "nsubj" and child.lower_ not in {"who", "which", "that"}
                ),
                None,
            )
        return None

    def _person(self, head: Token, tokens: list[Token]) -> int | None:
        if head.lower_ in _UNNAMED_BODY or head.lemma_.lower() in _UNNAMED_BODY:
            named = [t for t in tokens if t.dep_ == "appos" and t.head.i == head.i and self.names.of(t) is not None]
            named += [t for t in tokens if t.i == head.i + 1 and t.ent_type_ == "PERSON"]
            return self.names.of(named[0]) if named else None
        own = self.names.of(head)
        if own is None and head.lower_ in SUFFIXES and head.i > tokens[0].i:
            own = self.names.of(head.nbor(-1))  # *Anna Bell KC*
        if own is not None:
            return own
        behind = self._behind_the_office(head, tokens)
        if behind is not None:
            return behind
        if head.pos_ in {"NOUN", "PROPN"}:
            for token in tokens:
                if token.dep_ == "appos" and token.head.i == head.i:
                    known = self.names.of(token)
                    if known is not None:
                        return known
            # *Foreign Minister Anna Bell*, when the parser takes the office for the head
            after = [t for t in tokens if t.i > head.i and t.ent_type_ == "PERSON" and t.i == head.i + 1]
            if after and (head.pos_ == "PROPN" or head.lower_ in roles_of_people()):
                return self.names.of(after[0])
        if head.pos_ == "PROPN" and head.ent_type_ in {"", "WORK_OF_ART", "PRODUCT", "FAC"}:
            run = [head]
            while (
                run[0].i > tokens[0].i
                and self.doc[run[0].i - 1].pos_ == "PROPN"
                and self.doc[run[0].i - 1].dep_ == "compound"
            ):
                run.insert(0, self.doc[run[0].i - 1])
            if given_gender(run[0].text) and len(run) > 1:
                return self.names.add(run)
        return None

    def _name_left_out(self, head: Token, tokens: list[Token]) -> int | None:
        """Whose name stands right behind *the two-time champion*, where the parser parts the two."""
        at = tokens[-1].i + 1
        if head != tokens[-1] or at >= len(self.doc) or head.tag_ not in {"NN", "NNP", "JJ"}:
            return None
        name = self.doc[at]
        while name.dep_ == "compound" and name.i < name.head.i <= at + 3:
            name = name.head
        together = name.dep_ in SUBJECTS and name.sent == head.sent and head.lower_ in roles_of_people()
        if not together or self.reading.quoted(name) != self.reading.quoted(head):
            return None
        return self.names.of(name)

    def _behind_the_office(self, head: Token, tokens: list[Token]) -> int | None:
        """*Superintendent of Police Anna Bell*, *The Archbishop of Sarn, Anna Bell*: read as a name of the place."""
        if head.tag_ not in {"NN", "NNP"} or not is_person_noun(head) or head.i + 2 >= tokens[-1].i:
            return None
        behind = [t for t in tokens if t.i > head.i]
        if behind[0].lower_ not in {"of", "for", "to", "-"}:
            return None
        at = next((n for n, t in enumerate(behind) if self.names.of(t) is not None), None)
        if at is None:
            return None
        comma = behind[at - 1].text == "," and self._ends_a_name(behind[at:])
        inside = behind[: at - 1] if comma else behind[:at]
        plain = all(t.text[:1].isupper() or t.lower_ in _SMALL or t.text == "-" for t in inside)
        titled = head.text[:1].isupper() and len(inside) > 1 and behind[-1].ent_type_ == "PERSON"
        return self.names.of(behind[at]) if plain and (comma or titled) else None

    def _ends_a_name(self, tokens: list[Token]) -> bool:
        return all(self.names.of(t) is not None for t in tokens) or tokens[-1].ent_type_ == "PERSON"

    def _with_two_titles(self, head: Token, several: list[Token]) -> int | None:
        """The person of *historian and broadcaster Anna Bell*, whom the parser takes for two."""
        names = [self.names.of(t) for t in (head, *several)]
        last = several[-1]
        title = last.nbor(-1)
        while title.i > head.i and self.names.of(title) is not None:
            title = title.nbor(-1)
        single = names[-1] is not None and names[:-1].count(None) == len(names) - 1
        return names[-1] if single and title.i > head.i and title.lower_ in roles_of_people() else None

    def _enter(
        self,
        key: tuple[str, ...],
        head: Token,
        mention: Span,
        *,
        person: int | None = None,
        plural: bool = False,
        proper: bool = False,
    ) -> int:
        at = self._keys.get(key)
        if at is not None:
            self._said_by(at, mention)
            return at
        self._keys[key] = at = len(self.entries)
        self.entries.append(Entry(key, head, [], person, None, plural, proper))
        self._said_by(at, mention)
        return at

    def _said_by(self, at: int, mention: Span) -> None:
        """One more mention of an entry's."""
        entry = self.entries[at]
        entry.spans.append(mention)
        bisect.insort(entry.ordered, mention)
        self.pronouns.mention(at, mention, called_a_person=self._is_called_a_person(entry))

    def _body(self, head: Token, mention: Span, tokens: list[Token]) -> int:
        """A proper name that is no person's: the same words, or the same initials, are the same body."""
        core = [t for t in tokens if t.i <= head.i or t.dep_ in {"prep", "pobj", "compound", "nmod"}]
        stop = next(
            (n for n, t in enumerate(core) if t.text in {",", "("} or t.lower_ in {"who", "which", "that"}), len(core)
        )
        words = frozenset(
            t.lower_ for t in core[:stop] if (t.pos_ in {"PROPN", "NOUN", "ADJ"} or t.text.isupper()) and t.is_alpha
        )
        key = tuple(sorted(words or {head.lower_}))
        initials = "".join(t.text[0] for t in core[:stop] if t.text[:1].isupper())
        full = written_out(head)
        span = self.reading.span(full)
        if (
            full
            and span is not None
            and not any(entry.proper and entry.head.text == head.text for entry in self.entries)
        ):
            known = self._body(full[-1], span, full)  # *the Norland Rail Union (NRU)*, later *NRU*
            self._said_by(known, mention)
            return known
        for at, entry in enumerate(self.entries):
            if not entry.proper:
                continue
            other = frozenset(entry.key[1:])
            text = self.article[entry.spans[0]]
            if key == entry.key[1:] or (words and (words < other or other < words) and head.lower_ in other & words):
                self._said_by(at, mention)
                return at
            if (
                head.text.isupper()
                and len(head.text) > 1
                and "".join(w[0] for w in text.split() if w[:1].isupper()).endswith(head.text)
            ):
                self._said_by(at, mention)
                return at
            if len(initials) > 2 and initials == entry.head.text:
                self._said_by(at, mention)
                return at
        return self._enter(("body", *key), head, mention, proper=True, plural=False)

    def _noun(self, head: Token, mention: Span, tokens: list[Token]) -> int | None:
        if head.lower_ in {"i", "we", "you", "us", "me", "who", "which", "that", "what"} and not is_abbreviation(head):
            return None
        lemma = head.lemma_.lower()
        plural = head.tag_ in {"NNS", "NNPS"} or head.lower_ in _VAGUE - {
            "one",
            "another",
            "someone",
            "somebody",
            "anyone",
        }
        first = tokens[0].lower_
        modified = any(t.i < head.i and t.pos_ in {"ADJ", "PROPN", "NOUN"} for t in tokens)
        definite = first in {"the", "this", "that", "both", "these", "those"}
        owned = any(t.dep_ == "poss" and t.head.i == head.i and t.pos_ == "PROPN" for t in tokens)
        if plural and not modified and (first == "both" or (first == "the" and "two" in {t.lower_ for t in tokens})):
            known = self._both(head)
            if known is not None:
                self._said_by(known, mention)
                return known
        if first == "the" and lemma in _TWO and len(tokens) == 2:
            known = self._both(head)
            if known is not None:
                self._said_by(known, mention)
                return known
        if (definite or owned) and not plural:
            known = self._meant(head, tokens)
            if known is None and not modified:
                known = self._named_body(head)
            if known is not None:
                self._said_by(known, mention)
                return known
        key = ("noun", *(t.lower_ for t in tokens if t.pos_ in {"NOUN", "ADJ", "PROPN"} and t.i <= head.i))
        if definite:
            for at in range(len(self.entries) - 1, -1, -1):
                entry = self.entries[at]
                same = entry.head.lemma_.lower() == lemma and entry.person is None and entry.plural == plural
                if same and (not modified or set(key[1:]) <= {t.lower_ for t in self.reading.tokens(entry.spans[0])}):
                    self._said_by(at, mention)
                    return at
        whose = tokens[0] if first in {"his", "her", "their", "its"} and lemma in _UNNAMED_BODY else None
        principal = self._pronoun(whose) if whose is not None else None
        key = (*key, str(mention.start))
        self._keys.setdefault(key, len(self.entries))
        self.entries.append(Entry(key, head, [], None, noun_gender(head), plural, principal=principal))
        self._said_by(len(self.entries) - 1, mention)
        return len(self.entries) - 1

    def _meant(self, head: Token, tokens: list[Token]) -> int | None:
        """The entry of the named person whom *the minister* means; *the company* means none."""
        if not (may_be_person(head) or listed_member(head) or age_of(tokens)):
            return None
        found = self._nominals.person(head, tokens)
        if found is None:
            return None
        index, person = found
        name = self.doc[index]
        return self._enter(("person", str(person)), name, phrase_of(self.reading, name), person=person)

    def _named_body(self, head: Token) -> int | None:
        """The named body that *the company*, *the federation* stands for: called so by its name or beside it."""
        for at in range(len(self.entries) - 1, -1, -1):
            entry = self.entries[at]
            if not entry.proper or entry.spans[0].start > head.idx:
                continue
            tokens = self.reading.tokens(entry.spans[0])
            own = [t for t in tokens if t.i == entry.head.i or (t.dep_ == "appos" and t.head.i == entry.head.i)]
            if any(head.lemma_.lower() in {t.lemma_.lower(), t.lower_} for t in own):
                return at
        body = head.lemma_.lower() in kinds_of_firms() or not names_people(head)
        name = self._body_called(head) if body else None
        if name is None:
            return None
        phrase = phrase_of(self.reading, name)
        return self._body(name, phrase, self.reading.tokens(phrase))

    def _body_called(self, head: Token) -> Token | None:
        """The name that *the trust* stands for of bodies that have not spoken: one that is called so by its name.

        *The carmaker*, *the company* stand for the one firm that the sentences right before name, if it is one.
        """
        word = head.lemma_.lower()
        firm = word in kinds_of_firms() or word in _FIRM_NOUNS
        near: dict[str, Token] = {}
        for entity in self.doc.ents:
            if entity.label_ not in {"ORG", "PERSON", "PRODUCT", "FAC", "GPE"} or entity.start >= head.i:
                continue
            last, distance = entity[-1], self._since(entity.start, head.i)
            if distance is None:
                continue
            if distance <= FARTHEST_ANTECEDENT and last.lower_ == word and last.text[:1].isupper() and len(entity) > 1:
                return last
            told = kind_of(list(entity)) if entity.label_ == "ORG" else None
            plain = told is None or told.type == "business"
            acts = last.dep_ in {"nsubj", "nsubjpass", "dobj"}
            if firm and entity.label_ == "ORG" and distance <= NEAREST_BODY and plain and acts:
                near[last.text] = last
        return next(iter(near.values())) if len(near) == 1 else None

    # -- pronouns -------------------------------------------------------------------------------------------------

    def _pronoun(self, pronoun: Token, content: tuple[Span, ...] = ()) -> int | None:
        word = pronoun.lower_
        if word in _THEY or word in _IT:
            return self._group(pronoun, plural=word in _THEY)
        meant, chance = self.pronouns.who(pronoun, content)
        self._chances[Span(pronoun.idx, pronoun.idx + len(pronoun.text))] = chance
        if meant is None:
            return None
        kind, number = meant.key
        at: int | None = number
        if kind == "noun":
            phrase = phrase_of(self.reading, self.doc[number])
            at = self._noun(self.doc[number], phrase, self.reading.tokens(phrase))
        elif kind == "person":
            person = self.names.people[number]
            person.gender = person.gender or gender_of(pronoun)
            name = self.doc[person.tokens[max(0, bisect.bisect_left(person.tokens, pronoun.i) - 1)]]
            at = self._enter(("person", str(number)), name, phrase_of(self.reading, name), person=number)
        if at is not None:
            self.entries[at].gender = self.entries[at].gender or gender_of(pronoun)
            self.pronouns.is_now(pronoun, at)
        return at

    def _is_called_a_person(self, entry: Entry) -> bool:
        """Whether a name that no model knows as a person's has the word for one beside it: *Jordan 5X, a coach*."""
        tokens = self.reading.tokens(entry.spans[0]) if entry.person is None else []
        return any(t.dep_ == "appos" and t.head.i == entry.head.i and t.tag_ == "NN" and _one_person(t) for t in tokens)

    def _before(self, pronoun: Token, sentences: int) -> Iterator[Token]:
        """The tokens of the sentences before a pronoun that may be meant by it, the last first."""
        for at in range(pronoun.i - 1, max(-1, pronoun.i - FARTHEST_TOKEN), -1):
            since = self._since(at, pronoun.i)
            if since is not None and since > sentences:
                return
            if since is not None:
                yield self.doc[at]

    def _group(self, pronoun: Token, *, plural: bool) -> int | None:
        for at in range(len(self.entries) - 1, -1, -1):
            entry = self.entries[at]
            fits = (
                (entry.plural or entry.proper)
                if plural
                else (entry.proper or (entry.person is None and not entry.plural and not _one_person(entry.head)))
            )
            near = entry.before(pronoun.idx) if fits else None
            if near is not None:
                tokens = self.reading.tokens(near)
                since = self._since(tokens[-1].i, pronoun.i) if tokens else None
                if since is not None and 0 <= since <= FARTHEST_ANTECEDENT // 2:
                    return at
        before = [token for token in self._before(pronoun, 1) if token.dep_ in {"nsubj", "nsubjpass"}]
        for token in before:
            if plural and (both := self._several(token)) is not None:
                return both
            if plural and token.tag_ in {"NNS", "NNPS"} and (may_be_person(token) or is_body(token)):
                return self._noun(
                    token, phrase_of(self.reading, token), self.reading.tokens(phrase_of(self.reading, token))
                )
            if not plural and token.ent_type_ in {"ORG", "GPE"}:
                phrase = phrase_of(self.reading, token)
                return self._body(token, phrase, self.reading.tokens(phrase))
            if not plural and token.lower_ in lexicons.words("sources", "singular_bodies", "heads"):
                phrase = phrase_of(self.reading, token)
                return self._noun(token, phrase, self.reading.tokens(phrase))
        return self._body_as_people(pronoun) if plural else None

    def _body_as_people(self, pronoun: Token) -> int | None:
        """The body that has just spoken and goes on as *they*: *The school denied it. … They also said …*."""
        for at in range(len(self.entries) - 1, -1, -1):
            entry = self.entries[at]
            near = entry.before(pronoun.idx)
            if near is None or entry.person is not None:
                continue
            since = self._since(self.reading.tokens(near)[-1].i, pronoun.i)
            if is_body(entry.head) and since is not None and 0 <= since <= NEAREST_BODY + 1:
                return at
        return None

    def _both(self, head: Token) -> int | None:
        """Whom *both sides*, *the two men* mean: two who did something together right before."""
        for token in self._before(head, NEAREST_BODY):
            if token.dep_ in SUBJECTS and len(token.conjuncts) == 1:
                return self._several(token)
        return None

    def _several(self, subject: Token) -> int | None:
        """The entry of those who do something together: *Mark and Ellen Bell lost their home*; None for one alone."""
        others = [t for t in subject.conjuncts if t.pos_ in {"PROPN", "NOUN"}]
        if not others or any(t.lower_ == "or" for t in subject.children):
            return None
        if not all(may_be_person(t) or is_body(t) or t.ent_type_ in {"ORG", "NORP"} for t in (subject, *others)):
            return None
        return self.resolve(self.reading.noun_phrase(subject))

    # -- the result -----------------------------------------------------------------------------------------------

    def speaker(self, at: int) -> Speaker:
        """The finished speaker of entry ``at``."""
        entry = self.entries[at]
        if entry.person is None:
            spans = sorted(set(entry.spans))
            fullest = spans[0] if not entry.proper else max(spans, key=lambda span: (min(len(span), 60), -span.start))
            label = self._label(fullest)
            if entry.proper:
                label = re.sub(r"^(?:the|a|an)\s+", "", label)  # a capital one may belong to the name
            name = label if entry.proper else None
            ordered = [fullest, *(span for span in spans if span != fullest)]
            return Speaker(mentions=tuple(ordered), label=label, name=name, plural=entry.plural)
        person = self.names.people[entry.person]
        spans = sorted({*entry.spans, *(phrase_of(self.reading, self.doc[index]) for index in person.tokens)})
        spans = [span for span in spans if len(span)]
        named = [span for span in spans if person.name.split()[-1] in self.article[span]]
        full = [span for span in named if person.name in self.article[span]] or named or spans
        fullest = max(full, key=lambda span: (min(len(span), 120), -span.start))
        ordered = [fullest, *(span for span in spans if span != fullest)]
        return Speaker(mentions=tuple(ordered), label=self._title(person.name, full), name=person.name, person=True)

    def _title(self, name: str, spans: list[Span]) -> str:
        """The name with the title that stands right before it, where one does."""
        for span in sorted(spans, key=lambda s: s.start):
            text = re.sub(r"\s+", " ", self.article[span])
            found = text.find(name)
            if found < 0:
                continue
            title = _ARTICLES.sub("", text[:found]).strip()
            words = title.split()
            if (
                words
                and len(words) <= 8
                and not re.search(r"[,;:“”\"()]|\binterview", title)  # *the Gazette interviews Anna Bell*
                and words[-1].lower() not in {"and", "of", "by", "to"}
            ):
                return f"{title} {name}"
        return name

    def _label(self, span: Span) -> str:
        """The noun phrase up to its first comma, bracket or relative clause, on one line."""
        text = re.sub(r"\s+", " ", self.article[span])
        cut = re.split(r",\s|\s\(|\s[—–-]\s|\s(?:who|which|that|whose|speaking|citing)\s", text)[0].strip(' ,;:"“”')
        if not is_a_name(cut):  # *Sainsbury’s* is the whole name
            cut = re.sub(r"['’]s$", "", cut)
        return cut or text


def beside_a_person(tokens: list[Token]) -> bool:
    """Whether a mention is of others than the person it names: *sources close to the leader, Anna Bell*.

    A noun with a tie to somebody behind it keeps the name that follows only where the noun is definite and singular
    (*the daughter of the baker, Anna Bell*): one among several (*an aide to the mayor, Anna Bell*) is not the named.
    """
    nouns = (t for t in tokens if t.pos_ in {"NOUN", "PROPN", "PRON"})
    first = next((t for t in nouns if t.dep_ not in _INSIDE or t.nbor(1).pos_ == "ADP"), None)
    if first is None or first.i == tokens[-1].i or first.ent_type_ == "PERSON" or is_whole_name(tokens):
        return False
    behind = first.nbor(1)
    tied = (behind.pos_ in {"ADP", "PART"} and behind.lower_ != "of") or behind.lower_ in _TIES
    one = tokens[0].lower_ == "one" and tokens[0].i < first.i  # *one of the authors, Anna Bell*
    kin = behind.lower_ == "of" and not one and (is_vague(first) or first.tag_ in {"NNS", "NNPS"})
    if not (tied or kin):
        return False
    if (first.tag_ in {"NNS", "NNPS"} and not one) or is_vague(first) or first.lower_.rstrip("s") in _OTHERS:
        return True
    between = [t for t in tokens if t.i > first.i and t.text == ","]
    rest = [t for t in tokens if behind.i < t.i and (not between or t.i < between[0].i)]
    inner = any(t.tag_ == "NN" and may_be_person(t) and not t.ent_type_ for t in rest)
    return inner and first.i > tokens[0].i and tokens[0].lower_ in {"a", "an", "one", "another"}


def is_person_noun(token: Token) -> bool:
    """Whether a noun names one person by office, trade or kinship."""
    lemma = token.lemma_.lower()
    kinds = ("former_official", "official", "political", "business", "civil_society", "expert", "affected")
    return noun_gender(token) is not None or any(
        lemma in lexicons.words("sources", "types", kind, "heads") for kind in kinds if kind in _kinds()
    )


def _one_person(head: Token) -> bool:
    return is_person_noun(head) and not is_body(head)


def _kinds() -> frozenset[str]:
    return frozenset(lexicons.load("sources")["types"])


def listed_member(token: Token) -> bool:
    """Whether a noun names one member of a party: *the Republican*."""
    members = lexicons.words("sources", "parties", "members")
    return token.tag_ in {"NN", "NNP", "JJ"} and token.lower_ in members


def is_vague(token: Token) -> bool:
    """Whether a noun or pronoun picks out nobody: *some*, *critics*."""
    return token.lower_ in _VAGUE or token.lemma_.lower() in lexicons.words("sources", "types", "unattributed", "heads")
