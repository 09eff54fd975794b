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
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.lang.en.stop_words import STOP_WORDS

from onrecord.analysis.model.decoder import viterbi
from onrecord.analysis.model.weights import verified
from onrecord.analysis.phrases import Reading
from onrecord.analysis.quotes.interviews import interviewee
from onrecord.analysis.quotes.transcripts import Turn, words_of
from onrecord.article import Article

FILE: Final = "exchanges.npz"
ROLES: Final = ("neither", "question", "answer")
NEITHER, QUESTION, ANSWER = range(len(ROLES))

# Function words, the only ones that are looked at: what a text is about says nothing of who speaks.
WORDS: Final = sorted(word for word in STOP_WORDS if word.isalpha())
# Of the block itself; all but the first and the last two are told of the blocks before and behind it too, and some as
# the share of the text's blocks of which they hold.
LOOKS: Final = (
    "always", "asks at the end", "asks within", "asks and goes on", "ends without a mark", "opens a quotation",
    "has a quotation", "you", "I", "we", "words", "one to three words", "four to ten words", "has a colon",
    "the first", "an interview before",
)  # fmt: skip
_NEAR: Final = LOOKS[1:-2]
_SHARED: Final = ("asks at the end", "asks within", "has a quotation", "you", "I")
COLUMNS: Final = (
    *LOOKS, *(f"{name}, before" for name in _NEAR), *(f"{name}, behind" for name in _NEAR),
    *(f"{name}, share" for name in (*_SHARED, "said")),
    *(f"has {word}" for word in WORDS), *(f"begins {word}" for word in WORDS),
)  # fmt: skip
_AT: Final = {name: at for at, name in enumerate(COLUMNS)}

_WORD: Final = re.compile(r"[a-z]+(?=['’]|\b)|\d+", re.IGNORECASE)
OPENING: Final = tuple("\"“‘'«")
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
        found: list[int] = self._path(self.scores(rows)).tolist()
        return found

    def surplus(self, rows: Floats) -> float:
        """By how much the likeliest roles are likelier than that nobody is asked, in logarithms."""
        scores = self.scores(rows)
        path = self._path(scores)
        nobody = float(scores[:, NEITHER].sum() + (len(scores) - 1) * self.steps[NEITHER, NEITHER])
        return float(scores[np.arange(len(path)), path].sum() + self.steps[path[:-1], path[1:]].sum()) - nobody

    def _path(self, scores: Floats) -> NDArray[np.int64]:
        alone = scores.copy()
        alone[0] -= self.steps[NEITHER]  # ``viterbi`` adds what follows the first label, and nothing stands before
        path: NDArray[np.int64] = viterbi(alone[None], self.steps)[0]
        return path


@dataclass(frozen=True, slots=True)
class Weights:
    """Both chains."""

    texts: Chain  # learned from texts of every kind: is it an interview?
    interviews: Chain  # learned from interviews: who speaks where?


@cache
def load() -> Weights:
    """The weights that ship with Onrecord, loaded once; raises ``ModelUnavailable``."""
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
    weights, told = weights or load(), rows(article)
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
    announced, said = False, 0
    for number, block in enumerate(article.blocks):
        words = [word.lower() for word in _WORD.findall(block.text)]
        made[number, : len(LOOKS)] = (*_looks(block.text.strip(), words), number == 0, announced)
        made[number, [_AT[f"has {word}"] for word in STOP_WORDS.intersection(words)]] = 1
        if words and words[0] in STOP_WORDS:
            made[number, _AT[f"begins {words[0]}"]] = 1
        said += "said" in words
        announced = announced or _INTERVIEW.search(block.text) is not None
    near = [_AT[name] for name in _NEAR]
    made[1:, [_AT[f"{name}, before"] for name in _NEAR]] = made[:-1, near]
    made[:-1, [_AT[f"{name}, behind"] for name in _NEAR]] = made[1:, near]
    shares = made[:, [_AT[name] for name in _SHARED]].mean(axis=0)
    made[:, [_AT[f"{name}, share"] for name in (*_SHARED, "said")]] = (*shares, said / len(made))
    return made


def _looks(text: str, words: Sequence[str]) -> tuple[float, ...]:
    """What ``LOOKS`` says of a block by itself; ``words``: its words in lower case."""
    ends, known = text.endswith("?"), set(words)
    return (
        1, ends, "?" in text[:-1], "?" in text and not ends, text[-1:].isalnum(), text.startswith(OPENING),
        _MARK.search(text, 1) is not None, bool(known & _YOU), bool(known & _I), bool(known & _WE),
        math.log1p(len(words)) / 5, 0 < len(words) <= 3, 3 < len(words) <= 10, ": " in text,
    )  # fmt: skip
