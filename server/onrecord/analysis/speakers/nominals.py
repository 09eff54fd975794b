"""Nominal mentions: whom *the minister*, *the tycoon*, *the 34-year-old* mean, of those whom the article names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Token

from onrecord.analysis import lexicons
from onrecord.analysis.names.genders import Gender, noun_gender
from onrecord.analysis.names.people import Person
from onrecord.analysis.phrases import Reading, phrase_of

# A pronoun or a noun whose person was last named more sentences ago than this is not resolved: a wrong speaker is worse
# than none.
FARTHEST_ANTECEDENT = 8

# *The 34-year-old* is whom the last so many sentences are about, where no age stands by a name.
NEAREST_SENTENCES = 2

# Letters that a scholar's name shares with the field: *glaciologist*, *glaciers*.
LONGEST_STEM = 5

_NO_LONGER = frozenset({"former", "ex", "retired"})
_AGES = frozenset(
    {"teenager", "pensioner", "octogenarian", "toddler", "youngster", "retiree", "septuagenarian", "nonagenarian"}
)

_CHILDREN = frozenset({"boy", "girl", "schoolboy", "schoolgirl", "youth", "child"})
_ADULT = 18

# So many words behind a name still describe it: *Bell, the coach of the team*.
FARTHEST_DESCRIPTION = 8


class Nominals:
    """The persons whom nouns may mean, with the words by which the article describes each."""

    def __init__(
        self,
        reading: Reading,
        people: Sequence[Person],
        named: Sequence[tuple[int, int]],
    ) -> None:
        """``named``: each name's token and the index of its person, in order."""
        self._reading, self._doc = reading, reading.doc
        self._people = people
        self._named = named
        self._since = reading.sentences.since
        self._words: dict[int, set[str]] = {}

    def person(self, head: Token, tokens: list[Token], gender: Gender | None = None) -> tuple[int, int] | None:
        """Whom *the minister* means: the token of the name, and the person's index in ``Names.people``; or None.

        ``gender``: that of a pronoun that stands for the noun; then nobody of the other one is meant.
        """
        lemma = head.lemma_.lower()
        extra = {t.lower_ for t in tokens if t.i < head.i and t.pos_ in {"ADJ", "NOUN", "PROPN"}}
        age = age_of(tokens)
        best: tuple[int, int] | None = None
        places = {t.lower_ for t in tokens if t.i < head.i and t.ent_type_ in {"GPE", "NORP"}}
        for index, at in self._named:
            if index > head.i and best is not None:
                break
            if not self._may_mean(head, index) or not self._may_be(at, gender):
                continue
            words = self._around(index)
            if places and lemma in words and not self._of_elsewhere(index, places):
                words = words | places  # *Austria's interior minister*, who is *Interior Minister Karl Voss* later
            fits = (lemma in words or f"co-{lemma}" in words) and extra <= words
            if fits and (best is None or self._rather(at, best[1], gender)):
                best = (index, at)
        if best is None:
            best = self._of_that_age(age, head) if age else self._called_otherwise(head, lemma, extra)
        best = best or self._by_identity(head, tokens)
        return best if best is None or self._may_be(best[1], gender) else None

    def _rather(self, at: int, other: int, gender: Gender | None) -> bool:
        """Whether who is named later is meant: but for *she*, where that is known of the earlier one alone."""
        return gender is None or self._people[at].gender == gender or self._people[other].gender != gender

    def _may_be(self, at: int, gender: Gender | None) -> bool:
        return gender is None or self._people[at].gender in {None, gender}

    def _by_identity(self, head: Token, tokens: list[Token]) -> tuple[int, int] | None:
        """*The mother of two*, *the teenager*, *the glaciologist* (who studies glaciers): what only says who one is.

        They mean the one person named in the sentences right before. Nouns for a part in what happened (*the judge*,
        *the driver*) may be somebody new and are never taken so.
        """
        before = [
            (index, at)
            for index, at in self._named
            if index < head.i and (since := self._since(index, head.i)) is not None and 0 <= since <= NEAREST_SENTENCES
        ]
        if head.lemma_.lower() in _CHILDREN:  # *the boy*: who is one by the age behind the name
            before = [(index, at) for index, at in before if self._is_a_child(index)]
        if len({at for _, at in before}) != 1:
            return None
        index, at = before[-1]
        if self._people[at].gender not in {None, noun_gender(head) or self._people[at].gender}:
            return None
        behind = [t.lower_ for t in tokens if t.i > head.i and t.text != "-"][:2]
        counted = len(behind) == 2 and behind[0] == "of" and tokens[-1].like_num
        held = any(t.lower_ in _NO_LONGER for t in tokens if t.i < head.i)
        if (
            head.lemma_.lower() in _CHILDREN
            or counted
            or held
            or head.lemma_.lower() in _AGES
            or self._same_stem(head, index)
        ):
            return index, at
        return None

    def _is_a_child(self, index: int) -> bool:
        """Whether an age below that of adults stands behind the name: *Ben Bell, 9,*."""
        behind = self._doc[index + 1 : index + 3]
        return len(behind) > 1 and behind[0].text == "," and behind[1].text.isdigit() and int(behind[1].text) < _ADULT

    def _same_stem(self, head: Token, index: int) -> bool:
        """Whether a noun for a field's scholar shares its stem with what the sentence says of the person."""
        word = head.lemma_.lower()
        if not word.endswith(("ist", "er", "or", "ian")) or len(word) < LONGEST_STEM + 2:
            return False
        stem = word[:LONGEST_STEM]
        sentence = self._doc[index].sent
        return any(
            t.lower_.startswith(stem) and t.i != head.i and t.pos_ in {"NOUN", "VERB", "PROPN"} for t in sentence
        )

    def _may_mean(self, head: Token, index: int) -> bool:
        """Whether a noun may mean a name: not one that stands in a caption or the like, if it does not itself."""
        here, there = self._reading.block(head), self._reading.block(self._doc[index])
        scenes = self._reading.scenes
        return scenes.is_running(there) or scenes.of(here) == scenes.of(there)

    def _of_elsewhere(self, index: int, places: set[str]) -> bool:
        tokens = self._reading.tokens(phrase_of(self._reading, self._doc[index]))
        return any(t.ent_type_ in {"GPE", "NORP"} and t.lower_ not in places for t in tokens)

    def _of_that_age(self, age: str, head: Token) -> tuple[int, int] | None:
        """*The 34-year-old*: who has that age behind the name, else whom the sentences right before are about."""
        before = [(index, at) for index, at in self._named if index < head.i]
        aged = [pair for pair in before if any(t.text == age for t in self._doc[pair[0] + 1 : pair[0] + 4])]
        if aged:
            return aged[-1]
        near = [
            (index, at)
            for index, at in before
            if (since := self._since(index, head.i)) is not None
            and since <= NEAREST_SENTENCES
            and self._doc[index].dep_ in {"nsubj", "nsubjpass"}
            and not self._has_an_age(index)
        ]
        return near[-1] if near and len({at for _, at in near}) == 1 else None

    def _has_an_age(self, index: int) -> bool:
        return any(t.like_num and t.i > index and t.nbor(-1).text == "," for t in self._doc[index + 1 : index + 3])

    def _called_otherwise(self, head: Token, lemma: str, extra: set[str]) -> tuple[int, int] | None:
        """*The tycoon* of whom the article has called a mogul: the one named last, if not long ago."""
        others = same_person().get(lemma) or same_person().get(head.lower_)
        if others is None:
            return None
        for index, at in reversed([pair for pair in self._named if pair[0] < head.i]):
            since = self._since(index, head.i)
            if since is None:
                continue
            if since > FARTHEST_ANTECEDENT:
                return None
            if self._people[at].gender not in {None, noun_gender(head) or self._people[at].gender}:
                continue  # *the actress* is no Mr Bell
            theirs = [self._doc[one] for one, who in self._named if who == at and one < head.i]
            words = set().union(*(self._titles(token) for token in theirs))
            places = {t.lower_ for t in self._doc[head.left_edge.i : head.i] if t.ent_type_ in {"GPE", "NORP"}}
            if words & others and extra <= words | places:
                return index, at
        return None

    def _around(self, index: int) -> set[str]:
        """The words by which a person is described beside the name: title before, apposition after."""
        known = self._words.get(index)
        if known is not None:
            return known
        token = self._doc[index]
        words = set(self._titles(token))
        phrase = self._reading.tokens(phrase_of(self._reading, token))
        for word in phrase[: phrase.index(token) + FARTHEST_DESCRIPTION if token in phrase else 0]:
            words |= {word.lower_, word.lemma_.lower()}
        self._words[index] = words
        return words

    @staticmethod
    def _titles(token: Token) -> set[str]:
        """The words of titles, appositions and predicates of a name."""
        titles = [t for t in token.children if t.dep_ in {"compound", "nmod", "amod"}]
        titles += [t for title in titles for t in title.lefts if t.dep_ in {"compound", "amod"}]  # *Prime* Minister
        words = {t.lemma_.lower() for t in titles} | {t.lower_.rstrip(".") for t in titles}
        for child in token.children:
            if child.dep_ == "appos":
                words |= {t.lemma_.lower() for t in [child, *child.lefts]} | {t.lower_ for t in child.lefts}
        if token.dep_ == "appos":
            words |= {t.lemma_.lower() for t in [token.head, *token.head.lefts]} | {t.lower_ for t in token.head.lefts}
        if token.dep_ == "nsubj" and token.head.lemma_ == "be":
            for child in token.head.children:
                if child.dep_ == "attr":
                    words |= {t.lemma_.lower() for t in [child, *child.lefts]}
        return words


@cache
def same_person() -> dict[str, frozenset[str]]:
    """For a noun, all by which the same person may be called."""
    groups = [frozenset(group.split()) for group in lexicons.load("sources")["same_person"]["groups"]]
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        for word in group:
            found[word] = found.get(word, frozenset()) | group
    return found


def age_of(tokens: list[Token]) -> str:
    """The number of *the 34-year-old*; empty for anything else."""
    if len(tokens) < 5 or tokens[-1].lower_ != "old" or tokens[-3].lower_ != "year":
        return ""
    return tokens[-5].text if tokens[-5].like_num else ""
