"""Cues: the words that make what stands beside them somebody's statement, with the frames they take.

The words live in ``lexicons/cues.json``, which says what each frame means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from onrecord.analysis import lexicons


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """Lemmas by frame. ``appeal`` maps a verb's lemma to the prepositions that it takes."""

    frames: Mapping[str, frozenset[str]]
    appeal: Mapping[str, frozenset[str]]
    spoken: frozenset[str]  # the lemmas of every frame but ``attitude`` and ``quotation``
    never_sources: frozenset[str]

    def has(self, frame: str, token: Token) -> bool:
        """Whether ``token`` can be a cue of ``frame``."""
        return token.lemma_.lower() in self.frames[frame]

    def frames_of(self, token: Token) -> frozenset[str]:
        """Every frame that ``token`` can take."""
        lemma = token.lemma_.lower()
        return frozenset(name for name, lemmas in self.frames.items() if lemma in lemmas)


@cache
def lexicon() -> CueLexicon:
    """The cue lexicon, read once."""
    data = lexicons.load("cues")
    frames = {name: frozenset(frame["lemmas"].split()) for name, frame in data["frames"].items() if "lemmas" in frame}
    appeal: dict[str, set[str]] = {}
    for phrase in data["frames"]["appeal"]["phrases"].split(","):
        verb, preposition = phrase.split()
        appeal.setdefault(verb, set()).add(preposition)
    return CueLexicon(
        frames=frames,
        appeal={verb: frozenset(prepositions) for verb, prepositions in appeal.items()},
        spoken=frozenset().union(
            *(lemmas for name, lemmas in frames.items() if name not in {"attitude", "quotation"}), appeal
        ),
        never_sources=frozenset(data["never_sources"]["lemmas"].split()),
    )


def reports_speech(cue: Sequence[Token], *, quoted: bool) -> bool:
    """Whether a cue reports what was said or written; otherwise it reports a belief, a wish or a plan.

    Beside a whole quotation everything reports speech that the lexicon does not list as an attitude alone.
    """
    words = lexicon()
    lemmas = {token.lemma_.lower() for token in cue}
    attitude = any(t.lemma_.lower() in words.frames["attitude"] for t in cue if is_verb(t))
    if quoted:
        return not attitude or bool(words.spoken & lemmas)
    return bool(words.spoken & lemmas) or any(token.lower_ == "according" for token in cue)


def takes_topic(verb: Token) -> bool:
    """Whether what a verb reports may be a mere noun phrase: *announced a review*, *called for a pause*."""
    words = lexicon()
    lemma = verb.lemma_.lower()
    frames = ("object", "accusation", "label")
    return lemma in words.appeal or any(lemma in words.frames[frame] for frame in frames)


def main_verb(cue: Sequence[Token]) -> Token | None:
    """The verb of a cue that says what is done, not an auxiliary."""
    return next((token for token in reversed(cue) if is_verb(token) and token.dep_ not in {"aux", "auxpass"}), None)


def is_verb(token: Token) -> bool:
    """Whether ``token`` is tagged as a verb (auxiliaries are not)."""
    return token.pos_ == "VERB" or token.tag_.startswith("VB")


def speaks(token: Token, *, beside_quotation: bool) -> bool:
    """Whether ``token`` is a verb that reports speech; beside a quotation more verbs do."""
    words = lexicon()
    if not is_verb(token):
        return False
    frames = ("clause", "quotation", "question", "finding") if beside_quotation else ("clause", "question", "finding")
    return any(words.has(frame, token) for frame in frames)
