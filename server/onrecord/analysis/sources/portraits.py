"""What the words about a source say of its type and of how it is identified: learned, not listed.

A *portrait* is a source as the reader meets it: the noun that names it, the words of its first telling mention, and
what stands before and behind that mention. Each word votes for every type by weights that were learned from annotated
sources and from phrases written for the purpose (``training.kinds``, docs/training.md). Since a word's weight comes
through the vectors of its word pieces, a word that no training text held votes like the words it resembles.

The rules of ``clues`` are part of the vote: what they read has a weight that falls with how little it says.
Training and reading share this module, as they share ``features``.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token
from tokenizers import Tokenizer

from onrecord.analysis.model import features
from onrecord.analysis.model.weights import FOLDER, TOKENIZER, verified
from onrecord.analysis.phrases import FINITE, Reading, head_of
from onrecord.analysis.result import IDENTIFICATIONS, SOURCE_TYPES, Identification, SourceType
from onrecord.analysis.speakers import Speaker

Floats = NDArray[np.float32]

SLOTS: Final = ("head", "content", "common", "before", "behind")  # of a portrait, each a bag of words
BEFORE, BEHIND = 6, 8  # words of the sentence on either side of the mention
LONGEST_WORD: Final = 6  # word pieces, as in ``features``

# Small words say nothing of who somebody is.
_SMALL = frozenset(
    "the a an of and to in on at 's ’s , . his her their its who is was that for with by from said says".split()
)
# What may begin a description behind a name.
_BESIDE = frozenset(", ( - – — who whose of from at with".split())
_PRONOUNS = frozenset({"PRP", "WP", "PRP$", "WP$"})

# How much a rule's reading adds to the type it names, by the rank of its clue: cross-validated on annotated articles
# (``python -m onrecord.training.kinds``). A rule that found nothing hardly counts; nouns that are vague count half.
_NOTHING, _FIRM, _LOOSE, _VAGUE = 90, 70, 30, 3
RULE, RULE_VAGUE, RULE_NOTHING = 1.0, 0.5, 0.14
RULE_NAMED = 0.2  # likewise for the identification, beside its weight as a fact

FILE: Final = "kinds.npz"


@dataclass(frozen=True, slots=True)
class Portrait:
    """The words of one source by slot, and what the syntax and the rules say of it."""

    words: tuple[tuple[str, ...], ...]  # in the order of SLOTS
    facts: tuple[float, ...]
    barred: frozenset[Identification] = frozenset()  # what the mention's own words exclude
    telling: tuple[Token, ...] = ()  # the words of the mention that may serve as evidence


def _weight(rank: int, words: int) -> float:
    if rank >= _NOTHING:
        return RULE_NOTHING
    if rank == _VAGUE and words < 2:
        return RULE  # *critics*, *others*: there is no more to go by
    return RULE_VAGUE if rank == _VAGUE or _LOOSE <= rank < _FIRM else RULE


def is_small(word: str) -> bool:
    """Whether a word says nothing of who somebody is."""
    return word.lower() in _SMALL


def _content(tokens: Sequence[Token]) -> tuple[Token, ...]:
    return tuple(token for token in tokens if not is_small(token.text))


def _beside(tokens: Sequence[Token]) -> tuple[Token, ...]:
    return tuple(token for token in _content(tokens) if token.ent_type_ != "PERSON")


def portrait(reading: Reading, speaker: Speaker, rule: Identification) -> Portrait | None:
    """The portrait of a speaker, or None where only pronouns mention him; ``rule`` is how the rules identify him."""
    mention = next(_telling(reading, speaker), None)
    if not mention:
        return None
    head, first, last = head_of(mention), mention[0].i, mention[-1].i
    sentence = mention[0].sent
    # A person's title is part of the mention; what stands further off is about somebody else.
    before = (
        []
        if speaker.person
        else [t for t in reversed(reading.doc[sentence.start : first]) if not t.is_space][: 2 * BEFORE]
    )
    past = max(mention[-1].sent.end, last + 1)
    behind = [t for t in reading.doc[last + 1 : past] if not t.is_space][: 2 * BEHIND]
    after = behind[1] if len(behind) > 1 and behind[0].text == "," else None
    if behind and (behind[0].lower_ not in _BESIDE or (after is not None and after.tag_ in FINITE)):
        behind = behind[:1]  # the cue: *told the Daily Courier* says nothing of who was asked
    own = frozenset((speaker.name or "").split()) if speaker.person else frozenset()
    content = tuple(token for token in _content(mention) if token.text not in own)  # a person's name tells no kind
    common = tuple(token for token in content if token.text[:1].islower())
    named = () if head.text in own else (head,)
    slots = (named, content, common, _beside(before)[:BEFORE], _beside(behind)[:BEHIND])
    facts = [
        *(float(rule == one) for one in IDENTIFICATIONS),
        float(speaker.person),
        float(speaker.plural),
        float(speaker.name is not None),
        min(len(mention), 20) / 10,
        float(head.tag_ in {"NNS", "NNPS"}),
        float(head.text[:1].isupper()),
        float(head.ent_type_ == "PERSON"),
        float(head.ent_type_ == "ORG"),
        float(head.ent_type_ in {"GPE", "NORP"}),
        float(mention[0].lower_ in {"a", "an"}),
        float(mention[0].lower_ == "the"),
    ]
    words = tuple(tuple(token.text for token in slot) for slot in slots)
    return Portrait(words, tuple(facts), _barred(mention, rule), common)


def _barred(mention: Sequence[Token], rule: Identification) -> frozenset[Identification]:
    """*The tycoon* names nobody, and *a senior Tory* is one person without a name."""
    if rule == "described" and mention[0].lower_ in {"a", "an"}:
        return frozenset({"named_person", "named_organisation", "collective"})
    if mention[0].tag_ in {"DT", "PRP$"} and not any(token.ent_type_ == "PERSON" for token in mention):
        return frozenset({"named_person"})
    return frozenset()


def _telling(reading: Reading, speaker: Speaker) -> Iterator[list[Token]]:
    for mention in speaker.mentions:
        tokens = reading.tokens(mention)
        if tokens and not (len(tokens) == 1 and tokens[0].tag_ in _PRONOUNS):
            yield tokens


class Kinds:
    """The learned votes. Holds no state between articles but the pieces of words it has met."""

    def __init__(self, data: bytes, pieces: Tokenizer) -> None:
        """``data``: the file ``kinds.npz``. ``tables`` are slots × word pieces × answers in eight bits."""
        arrays = np.load(io.BytesIO(data))
        self._tables, self._scales = arrays["tables"], arrays["scales"].astype(np.float32)
        self._facts, self._bias = arrays["facts"].astype(np.float32), arrays["bias"].astype(np.float32)
        self._ids = lru_cache(maxsize=4096)(
            lambda word: tuple(pieces.encode(word, add_special_tokens=False).ids[:LONGEST_WORD])
        )

    def votes(self, seen: Portrait) -> Floats:
        """The score of every type, then of every identification; the words' votes alone, without a rule's type."""
        total = self._bias + np.asarray(seen.facts, np.float32) @ self._facts
        for slot, words in enumerate(seen.words):
            found = [self._word(slot, word) for word in words]
            if found:
                total = total + np.mean(found, axis=0) * self._scales[slot]
        return np.asarray(total, np.float32)

    def type(self, seen: Portrait, rule: SourceType, rank: int) -> SourceType:
        """The type that words and rule together vote for."""
        votes = self.votes(seen)[: len(SOURCE_TYPES)].copy()
        votes[SOURCE_TYPES.index(rule)] += _weight(rank, len(seen.words[1]))
        return SOURCE_TYPES[int(votes.argmax())]

    def identification(self, seen: Portrait, kind: SourceType) -> Identification:
        """How a source of that type is identified; the rule's answer is one of the portrait's facts."""
        if kind == "document":
            return "document"
        votes = dict(zip(IDENTIFICATIONS, self.votes(seen)[len(SOURCE_TYPES) :], strict=True))
        for rule, holds in zip(IDENTIFICATIONS, seen.facts, strict=False):  # the first facts
            votes[rule] += RULE_NAMED * holds
        del votes["document"], votes["anonymous"]  # only a document is one, and only a grant makes anonymous
        return max((one for one in votes if one not in seen.barred), key=lambda one: float(votes[one]))

    def telling(self, seen: Portrait, kind: SourceType) -> Token | None:
        """The common word of the mention that speaks most for ``kind``, if one does."""
        column, slot = SOURCE_TYPES.index(kind), SLOTS.index("common")
        votes = [(float(self._word(slot, token.text)[column]), -at) for at, token in enumerate(seen.telling)]
        best = max(votes, default=(0.0, 0))
        return seen.telling[-best[1]] if best[0] > 0 else None

    def _word(self, slot: int, word: str) -> Floats:
        ids = self._ids(word)
        if not ids:
            return np.zeros(self._tables.shape[2], np.float32)
        return np.asarray(self._tables[slot, list(ids)].astype(np.float32).mean(axis=0), np.float32)


@cache
def load() -> Kinds:
    """The votes that ship with Onrecord, loaded once; raises ``ModelUnavailable``."""
    return Kinds(verified(FILE), features.tokenizer(FOLDER / TOKENIZER))
