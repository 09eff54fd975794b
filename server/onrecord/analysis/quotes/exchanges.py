"""Interviews whose paragraphs bear no label: which of them ask, and which answer.

Each block is told by how it looks (``rows``: how long it is, where it asks, whom it addresses, which of the
language's function words it has, what its neighbours look like, and the whole text), and a chain of learned weights
over the blocks (a conditional random field; Lafferty et al. 2001) says which role each has: an interviewer's, an
interviewee's, or neither's. One such chain, learned from texts of every kind, says whether there is an interview at
all; another, learned from interviews alone, which of its blocks are whose. The weights lie in ``model/exchanges.npz``
and come from ``onrecord.training.exchanges``.
"""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.lang.en.stop_words import STOP_WORDS

from onrecord.analysis.model.weights import verified
from onrecord.analysis.phrases import Reading
from onrecord.analysis.quotes.interviews import interviewee
from onrecord.analysis.quotes.transcripts import Turn, words_of
from onrecord.article import Article

FILE: Final = "exchanges.npz"
ROLES: Final = ("neither", "question", "answer")
NEITHER, QUESTION, ANSWER = range(len(ROLES))

# Function words, the only ones that are looked at: what a text is about says nothing of who speaks.
WORDS: Final = {word: number for number, word in enumerate(sorted(w for w in STOP_WORDS if w.isalpha()))}
LOOKS: Final = (
    "always", "asks at the end", "asks within", "asks and goes on", "ends without a mark", "opens a quotation",
    "has a quotation", "you", "I", "we", "words", "one to three words", "four to ten words", "has a colon",
    "the first", "an interview before",
)  # fmt: skip
# Of the whole text: shares of the blocks that …
SHARES: Final = ("ask at the end", "ask within", "have a quotation", "say you", "say I", "say said")
_NEAR: Final = tuple(f"{name}, {where}" for where in ("before", "behind") for name in LOOKS[1:14])
COLUMNS: Final = (
    *LOOKS, *_NEAR, *SHARES, *(f"has {word}" for word in WORDS), *(f"begins {word}" for word in WORDS),
)  # fmt: skip

_WORD: Final = re.compile(r"[a-z]+(?=['’]|\b)|\d+", re.IGNORECASE)
_OPENING: Final = tuple("\"“‘'«")
_MARK: Final = re.compile(r"[\"“”«»]")
_YOU: Final = frozenset({"you", "your", "yours", "yourself"})
_I: Final = frozenset({"i", "my", "me", "mine", "myself"})
_WE: Final = frozenset({"we", "our", "us", "ours", "ourselves"})
_INTERVIEW: Final = re.compile(r"\binterview", re.IGNORECASE)

# Fewer questions than this are no interview.
FEWEST: Final = 2
# … nor is what hardly ever asks: letters to the editor, which address each other.
ASKING: Final = 0.25
# … nor is a text of which it is not so much likelier (in logarithms) that somebody is asked than that nobody is; and
# where no words say who is asked, as in a list of questions and answers by the newsroom, so much. Cross-validated:
# docs/training.md.
SURE: Final = 2.0
UNNAMED: Final = 6.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chain:
    """What was learned of the roles of blocks that follow each other."""

    looks: Floats  # columns × roles
    steps: Floats  # roles × roles, from the one before
    first: Floats  # of the first block

    def scores(self, rows: Floats) -> Floats:
        """How well each role fits each block by itself: blocks × roles."""
        scores: Floats = rows @ self.looks
        scores[0] += self.first
        return scores

    def roles(self, rows: Floats) -> list[int]:
        """The likeliest role of each block."""
        found: list[int] = _best(self.scores(rows), self.steps).tolist()
        return found

    def surplus(self, rows: Floats) -> float:
        """By how much the likeliest roles are likelier than that nobody is asked, in logarithms."""
        scores = self.scores(rows)
        path = _best(scores, self.steps)
        nobody = float(scores[:, NEITHER].sum() + (len(scores) - 1) * self.steps[NEITHER, NEITHER])
        return float(scores[np.arange(len(path)), path].sum() + self.steps[path[:-1], path[1:]].sum()) - nobody


@dataclass(frozen=True, slots=True)
class Weights:
    """Both chains."""

    texts: Chain  # learned from texts of every kind: is it an interview?
    interviews: Chain  # learned from interviews: who speaks where?


def _best(scores: Floats, steps: Floats) -> NDArray[np.int64]:
    """The likeliest row of roles (Viterbi)."""
    value, back = scores[0], []
    for own in scores[1:]:
        options = value[:, None] + steps
        back.append(options.argmax(axis=0))
        value = options.max(axis=0) + own
    path = [int(value.argmax())]
    for before in reversed(back):
        path.append(int(before[path[-1]]))
    return np.array(path[::-1])


@cache
def published() -> Weights:
    """The weights that ship; raises ``ModelUnavailable``."""
    arrays = np.load(io.BytesIO(verified(FILE)))
    chains = {
        whose: Chain(**{part: arrays[f"{whose}_{part}"].astype(np.float64) for part in ("looks", "steps", "first")})
        for whose in ("texts", "interviews")
    }
    return Weights(**chains)


def interview(reading: Reading) -> tuple[Turn, ...]:
    """The answers of an interview without labels; none if it is none. The label of an answer is its question."""
    article = reading.article
    found = exchanges(article)
    if found and interviewee(reading, words_of(article, found[0][0]).start) is None:
        found = exchanges(article, sure=UNNAMED)
    return tuple(
        Turn(words_of(article, question), tuple(words_of(article, one) for one in answers), "answer")
        for question, answers in found
    )


def exchanges(article: Article, weights: Weights | None = None, *, sure: float = SURE) -> list[tuple[int, list[int]]]:
    """Each question that is answered with the blocks that answer it, by their numbers; none if it is no interview."""
    if article.text.count("?") < FEWEST:
        return []
    weights, told = weights or published(), rows(article)
    if weights.texts.surplus(told) < sure:
        return []
    found: list[tuple[int, list[int]]] = []
    for number, role in enumerate(weights.interviews.roles(told)):
        if role == QUESTION:
            found.append((number, []))
        elif role == ANSWER and found:
            found[-1][1].append(number)
    answered = [(question, answers) for question, answers in found if answers]
    asking = sum("?" in article.blocks[question].text for question, _ in answered)
    return answered if asking >= max(FEWEST, len(answered) * ASKING) else []


def rows(article: Article) -> Floats:
    """What each block looks like: blocks × ``COLUMNS``."""
    made = np.zeros((len(article.blocks), len(COLUMNS)))
    announced = False
    shares = len(LOOKS) + len(_NEAR)
    has = shares + len(SHARES)
    begins = has + len(WORDS)
    said = 0
    for number, block in enumerate(article.blocks):
        text = block.text.strip()
        words = [word.lower() for word in _WORD.findall(text)]
        known = set(words)
        made[number, : len(LOOKS)] = (
            1, text.endswith("?"), "?" in text[:-1], "?" in text and not text.endswith("?"),
            text[-1:].isalnum(), text.startswith(_OPENING), _MARK.search(text, 1) is not None,
            bool(known & _YOU), bool(known & _I), bool(known & _WE), math.log1p(len(words)) / 5,
            0 < len(words) <= 3, 3 < len(words) <= 10, ": " in text, number == 0, announced,
        )  # fmt: skip
        for word in known & WORDS.keys():
            made[number, has + WORDS[word]] = 1
        if words and words[0] in WORDS:
            made[number, begins + WORDS[words[0]]] = 1
        said += "said" in known
        announced = announced or _INTERVIEW.search(text) is not None
    made[:, shares : has - 1] = made[:, [1, 2, 6, 7, 8]].mean(axis=0)
    made[:, has - 1] = said / len(made)
    own, near = made[:, 1:14], made[:, len(LOOKS) : shares]
    near[1:, : own.shape[1]] = own[:-1]
    near[:-1, own.shape[1] :] = own[1:]
    return made
