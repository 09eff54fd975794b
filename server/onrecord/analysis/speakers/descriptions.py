"""The words by which an article describes somebody beside the name: titles, appositions, what he is said to be."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from onrecord.analysis import lexicons
from onrecord.analysis.phrases import Reading, phrase_of

# So many words behind a name still describe it: *Bell, the coach of the team*.
FARTHEST_DESCRIPTION = 8


class Descriptions:
    """The words beside each name of one article, found once."""

    def __init__(self, reading: Reading) -> None:
        self._reading, self._doc = reading, reading.doc
        self._around: dict[int, frozenset[str]] = {}

    def around(self, at: int) -> frozenset[str]:
        """The words and lemmas, in lower case, of the phrase in which the name at token ``at`` stands."""
        known = self._around.get(at)
        if known is None:
            name = self._doc[at]
            words = set(titles(name))
            phrase = self._reading.tokens(phrase_of(self._reading, name))
            for word in phrase[: phrase.index(name) + FARTHEST_DESCRIPTION if name in phrase else 0]:
                words |= {word.lower_, word.lemma_.lower()}
            known = self._around[at] = frozenset(words)
        return known


def titles(name: Token) -> set[str]:
    """The words of titles, appositions and predicates of a name, in lower case."""
    before = [t for t in name.children if t.dep_ in {"compound", "nmod", "amod"}]
    before += [t for title in before for t in title.lefts if t.dep_ in {"compound", "amod"}]  # *Prime* Minister
    words = {t.lemma_.lower() for t in before} | {t.lower_.rstrip(".") for t in before}
    for child in name.children:
        if child.dep_ == "appos":
            words |= {t.lemma_.lower() for t in [child, *child.lefts]} | {t.lower_ for t in child.lefts}
    if name.dep_ == "appos":
        words |= {t.lemma_.lower() for t in [name.head, *name.head.lefts]} | {t.lower_ for t in name.head.lefts}
    if name.dep_ == "nsubj" and name.head.lemma_ == "be":
        for child in name.head.children:
            if child.dep_ == "attr":
                words |= {t.lemma_.lower() for t in [child, *child.lefts]}
    return words


def age_of(name: Token) -> int | None:
    """The age that stands behind a name: *Ben Bell, 9,*."""
    behind = name.doc[name.i + 1 : name.i + 3]
    aged = len(behind) > 1 and behind[0].text == "," and behind[1].text.isdigit()
    return int(behind[1].text) if aged else None


@cache
def same_person() -> dict[str, frozenset[str]]:
    """For a noun, all by which the same person may be called."""
    groups = [frozenset(group.split()) for group in lexicons.load("sources")["same_person"]["groups"]]
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        for word in group:
            found[word] = found.get(word, frozenset()) | group
    return found
