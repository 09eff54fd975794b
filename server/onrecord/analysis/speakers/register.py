"""Who is *he*: the mentions of attributions resolved to one speaker per person, body or group."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from onrecord.analysis.model.kinds import Sight
from onrecord.analysis.names.bodies import is_whole_name
from onrecord.analysis.names.genders import Gender
from onrecord.analysis.names.people import Names
from onrecord.analysis.phrases import RELATIVE, Reading, alone, antecedent, cut_off_title, is_abbreviation, phrase_of
from onrecord.analysis.quotes import Attribution
from onrecord.analysis.speakers import antecedents, resemblance
from onrecord.analysis.speakers.bearers import Bearers
from onrecord.analysis.speakers.bodies import Bodies
from onrecord.analysis.speakers.descriptions import same_person
from onrecord.analysis.speakers.groups import Groups
from onrecord.analysis.speakers.labels import bare_label, named_labels
from onrecord.analysis.speakers.nouns import UNNAMED_BODY, VAGUE, beside_a_person, is_vague, listed_member
from onrecord.analysis.speakers.pronouns import HE, SHE, gender_of
from onrecord.analysis.speakers.referents import Referents
from onrecord.analysis.speakers.remarks import whose_words
from onrecord.analysis.speakers.resemblance import Referent
from onrecord.analysis.speakers.roll import Roll
from onrecord.analysis.speakers.speaker import Speaker, finished
from onrecord.article import Span

THEY, IT = frozenset({"they", "them", "their", "both", "themselves"}), frozenset({"it", "its", "itself"})
PRONOUNS = HE | SHE | THEY | IT
_TWO = frozenset({"couple", "pair", "duo"})
_STAFF = frozenset({"staff", "personnel"})


def speakers(
    reading: Reading,
    found: list[Attribution],
    sight: Sight | None = None,
    *,
    persons: antecedents.Ranking | None = None,
    others: resemblance.Ranking | None = None,
) -> tuple[list[Speaker], list[int | None], list[float]]:
    """The speakers of an article; for each attribution the index of its speaker, or None: not found, and how sure.

    The last is the chance that the words which name the speaker are taken for the right one, 1 where they name him.
    ``sight`` is what the encoder shows of the article. ``persons`` decides whom *he* means, ``others`` whom *the
    carmaker*, *it* and *they* mean; the published ones unless others are given.
    """
    labels = [one.mention for one in found if one.labelled and one.mention is not None]
    register = Register(reading, sight, persons or antecedents.load(), others or resemblance.load(), labels)

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
                register.roll.pronouns.speaks(at, mention)
    used = sorted({at for at in index if at is not None}, key=lambda at: register.roll.entries[at].spans[0].start)
    renumbered = {old: new for new, old in enumerate(used)}
    found_speakers = []
    for old in used:
        principal = register.roll.entries[old].principal
        whose = renumbered.get(principal) if principal is not None else None
        found_speakers.append(replace(finished(reading, register.names, register.roll.entries[old]), principal=whose))
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


class Register:
    """Everybody who may be speaking, in the order of the article."""

    def __init__(
        self,
        reading: Reading,
        sight: Sight | None,
        persons: antecedents.Ranking,
        others: resemblance.Ranking,
        labels: Sequence[Span] = (),
    ) -> None:
        self.reading = reading
        self.article, self.doc = reading.article, reading.doc
        self._labels = named_labels(reading, labels)
        self.names = Names(self.doc, [tokens for tokens in self._labels.values() if tokens])
        self.roll = Roll(reading, self.names, persons)
        self._chances: dict[Span, float] = {}  # of each mention that it is taken for the right one
        self._resolved: dict[Span, int | None] = {}  # two verbs may share one subject: it is one speaker
        self._said: dict[Span, tuple[Span, ...]] = {}  # by the mention of who says it
        self._bearers = Bearers(reading, self.names)
        self._bodies = Bodies(reading, self.roll)
        self._groups = Groups(reading)
        self.referents = Referents(reading, sight, self.names, self.roll, others)

    # -- reading one mention ------------------------------------------------------------------------------------

    def resolve(self, mention: Span, content: tuple[Span, ...] = ()) -> int | None:
        """The index of the entry that ``mention`` stands for; ``content`` is what it says."""
        if mention not in self._resolved:
            self._resolved[mention] = None  # who is meant by way of the mention itself is nobody
            self._said[mention] = content
            self._resolved[mention] = self._resolve(mention, content)
        return self._resolved[mention]

    def trust(self, mention: Span | None) -> float:
        """The chance that ``mention`` is taken for the right speaker."""
        return self._chances.get(mention, 1.0) if mention is not None else 1.0

    def _resolve(self, mention: Span, content: tuple[Span, ...]) -> int | None:
        tokens = self.reading.tokens(mention)
        if not tokens:
            return None
        if mention in self._labels:
            return self._label_of_a_turn(mention, tokens)
        head = self.doc[tokens[cut_off_title(tokens)].i : tokens[-1].i + 1].root
        if head.is_punct or (head.pos_ in {"CCONJ", "ADP", "DET"} and len(tokens) > 1):
            head = next((t for t in tokens if t.pos_ in {"PROPN", "NOUN", "PRON"}), head)
        if len(tokens) == 1 and head.lower_ in PRONOUNS:
            return self._pronoun(head, content)
        if head.lower_ in RELATIVE and len(tokens) == 1 and not is_abbreviation(head):
            before = antecedent(head)
            return self.resolve(self.reading.noun_phrase(before, without=[head])) if before is not None else None
        owner = whose_words(self.reading, self.roll.entries, head)
        if owner is not None:
            own = Span(owner.idx, owner.idx + len(owner.text)) if owner.pos_ == "PRON" else None
            return self.resolve(own or phrase_of(self.reading, owner), content)
        if beside_a_person(tokens):
            head = next((t for t in tokens if t.pos_ in {"NOUN", "PROPN"} and t.dep_ != "compound"), head)
            return self.noun(head, mention, tokens)
        several = [child for child in head.conjuncts if child in tokens and child.pos_ in {"PROPN", "NOUN"}]
        person = self._bearers.person(head, tokens)
        if several and head.tag_ in {"NN", "NNP"} and not any(t.pos_ == "DET" for t in tokens):
            titled = self._bearers.with_two_titles(head, several)  # *historian and broadcaster Anna Bell*
            several, person = ([], titled) if titled is not None else (several, person)
        if several and any(t.lower_ == "and" for t in tokens) and head.pos_ in {"PROPN", "NOUN"}:
            words = tuple(sorted(t.lower_ for t in [head, *several]))
            return self.roll.enter(("joint", *words), head, mention, plural=True)
        if person is not None:
            entry = self.roll.enter(("person", str(person)), head, mention, person=person)
            self.roll.entries[entry].gender = self.names.people[person].gender
            return entry
        plain = head.pos_ == "PROPN" and (head.text.islower() or head.lower_ in same_person())  # *the CEO*
        called = listed_member(head) or (len(tokens) == 2 and plain)
        if tokens[0].lower_ == "the" and called:
            known = self._meant(head, mention, tokens)  # *the Republican*
            if known is not None:
                return known
        if is_whole_name(tokens):
            return self._bodies.enter(head, mention, tokens)
        staff = len(tokens) == 1 and head.lower_ in _STAFF
        if staff or (is_vague(head) and head.tag_ in {"NNS", "NNPS"}):  # *Critics*: a capital makes it look like a name
            return self.noun(head, mention, tokens)
        if (
            head.pos_ == "PROPN"
            or (head.pos_ == "PRON" and is_abbreviation(head))
            or (head.ent_type_ in {"ORG", "GPE", "NORP"} and head.text[:1].isupper() and head.tag_ != "NNS")
        ):
            return self._bodies.enter(head, mention, tokens)
        return self.noun(head, mention, tokens)

    def _label_of_a_turn(self, mention: Span, tokens: list[Token]) -> int:
        """Who a transcript's label is: the person it names, or one by role and number (*HOST*, *SPEAKER 2*)."""
        named = self._labels[mention]
        person = self.names.of(named[-1]) if named else None
        if person is not None:
            return self.roll.enter(("person", str(person)), named[-1], mention, person=person)
        words = bare_label(tokens)
        if words[-1].pos_ == "PROPN" and is_whole_name(words):
            return self._bodies.enter(words[-1], mention, words)
        return self.roll.enter(("label", *(t.lower_ for t in words)), words[-1], mention)

    def noun(self, head: Token, mention: Span, tokens: list[Token], gender: Gender | None = None) -> int | None:
        """The index of the entry that a noun stands for; ``mention`` and ``tokens`` are its phrase.

        ``gender``: that of a pronoun which stands for it.
        """
        if head.lower_ in {"i", "we", "you", "us", "me", "who", "which", "that", "what"} and not is_abbreviation(head):
            return None
        lemma = head.lemma_.lower()
        plural = head.tag_ in {"NNS", "NNPS"} or head.lower_ in VAGUE - {
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
            known = self._groups.both(head, self)
            if known is not None:
                self.roll.said_by(known, mention)
                return known
        if first == "the" and lemma in _TWO and len(tokens) == 2:
            known = self._groups.both(head, self)
            if known is not None:
                self.roll.said_by(known, mention)
                return known
        if (definite or owned) and not plural:
            known = self._meant(head, mention, tokens, gender)
            if known is not None:
                return known
        key = ("noun", *(t.lower_ for t in tokens if t.pos_ in {"NOUN", "ADJ", "PROPN"} and t.i <= head.i))
        if definite and plural:
            for at in range(len(self.roll.entries) - 1, -1, -1):
                entry = self.roll.entries[at]
                same = entry.head.lemma_.lower() == lemma and entry.person is None and entry.plural == plural
                if same and (not modified or set(key[1:]) <= {t.lower_ for t in self.reading.tokens(entry.spans[0])}):
                    self.roll.said_by(at, mention)
                    return at
        whose = tokens[0] if first in {"his", "her", "their", "its"} and lemma in UNNAMED_BODY else None
        principal = self._pronoun(whose) if whose is not None else None
        key = (*key, str(mention.start))
        return self.roll.describe(key, head, mention, plural=plural, principal=principal)

    def _meant(self, head: Token, mention: Span, tokens: list[Token], gender: Gender | None = None) -> int | None:
        """The entry of whom *the minister*, *the company* means, with one more mention; None for somebody new."""
        meant, chance = self.referents.noun(head, mention, tokens, self._said.get(mention, ()), gender)
        if meant is None:
            return None
        self._chances[mention] = chance
        at = self._entry(meant, head)
        if at is not None:
            self.roll.said_by(at, mention)
        return at

    def _entry(self, meant: Referent, asking: Token) -> int | None:
        """The entry of somebody who is meant at a token, a new one where he has not spoken before."""
        kind, number = meant.key
        if kind == "entry":
            return number
        if kind == "person":
            tokens = self.names.people[number].tokens
            name = self.doc[tokens[max(0, bisect.bisect_left(tokens, asking.i) - 1)]]
            return self.roll.enter(("person", str(number)), name, phrase_of(self.reading, name), person=number)
        if kind == "body":
            name = self.referents.named(number, asking.i)
            phrase = phrase_of(self.reading, name)
            return self._bodies.enter(name, phrase, self.reading.tokens(phrase))
        noun = self.doc[number]
        if self._groups.joint(noun):
            return self.resolve(self.reading.noun_phrase(noun))
        phrase = phrase_of(self.reading, noun)
        return self.noun(noun, phrase, self.reading.tokens(phrase))

    # -- pronouns -------------------------------------------------------------------------------------------------

    def _pronoun(self, pronoun: Token, content: tuple[Span, ...] = ()) -> int | None:
        word = pronoun.lower_
        if word in THEY or word in IT:
            return self._one_of_many(pronoun, content, plural=word in THEY)
        meant, chance = self.roll.pronouns.who(pronoun, content)
        self._chances[Span(pronoun.idx, pronoun.idx + len(pronoun.text))] = chance
        if meant is None:
            return None
        kind, number = meant.key
        at: int | None = number
        if kind == "noun":
            phrase = alone(self.reading, self.doc[number])
            at = self.noun(self.doc[number], phrase, self.reading.tokens(phrase), gender_of(pronoun))
        elif kind == "person":
            person = self.names.people[number]
            person.gender = person.gender or gender_of(pronoun)
            name = self.doc[person.tokens[max(0, bisect.bisect_left(person.tokens, pronoun.i) - 1)]]
            at = self.roll.enter(("person", str(number)), name, phrase_of(self.reading, name), person=number)
        if at is not None:
            self.roll.entries[at].gender = self.roll.entries[at].gender or gender_of(pronoun)
            self.roll.pronouns.is_now(pronoun, at)
        return at

    def _one_of_many(self, pronoun: Token, content: tuple[Span, ...], *, plural: bool) -> int | None:
        """Who *it* is, or *they* (``plural``)."""
        meant, chance = self.referents.pronoun(pronoun, content, plural=plural)
        self._chances[Span(pronoun.idx, pronoun.idx + len(pronoun.text))] = chance
        return self._entry(meant, pronoun) if meant is not None else None
