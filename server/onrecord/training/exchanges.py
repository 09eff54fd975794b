"""``python -m onrecord.training.exchanges OUT --texts TEXTS …``: which paragraphs of an interview ask, which answer.

It learns from ``interviews.jsonl`` beside this file (texts of our own, a role for each block) and from the annotated
articles whose texts are found in ``--texts``: in an interview the roles follow from what is annotated as said, and in
every other article no block has one. Articles whose turns bear labels are left out. ``OUT`` gets the file; what is
found in the part ``check``, which has no interview without labels, comes first. Needs ``pip install python-crfsuite``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from onrecord.analysis.model.tagger import ARTICLE
from onrecord.analysis.quotes.exchanges import (
    ANSWER,
    COLUMNS,
    FILE,
    NEITHER,
    OPENING,
    QUESTION,
    ROLES,
    Chain,
    Weights,
    exchanges,
    rows,
)  # fmt: skip
from onrecord.analysis.quotes.transcripts import turns
from onrecord.article import Article, Block
from onrecord.training import acts, annotated, articles
from onrecord.training.corpus import article_of

INTERVIEWS: Final = Path(__file__).with_name("interviews.jsonl")
INITIALS: Final = {"N": NEITHER, "Q": QUESTION, "A": ANSWER}

COVERED: Final = 0.8  # share of a block that somebody says for the block to be an answer, or a question
ANSWERS: Final = 3  # so many blocks that somebody says, and so many questions right before one, are an interview
QUESTIONS: Final = 2

# Chosen by cross-validation: how much large weights cost, singly (most words say nothing) and together.
RIDGES: Final = {"c1": 0.3, "c2": 0.3}


class Example(NamedTuple):
    """A text with the role of each block."""

    name: str
    article: Article
    roles: list[int]

    @property
    def interview(self) -> bool:
        """Whether anybody is asked in it."""
        return QUESTION in self.roles


def written(path: Path = INTERVIEWS) -> Iterator[Example]:
    """Texts of our own: ``{"id", "blocks": [[N, Q or A, text]]}``."""
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        blocks = [Block(f"b{at}", "paragraph", text) for at, (_, text) in enumerate(one["blocks"])]
        yield Example(one["id"], Article(tuple(blocks)), [INITIALS[role] for role, _ in one["blocks"]])


def of_articles(records: Iterable[dict[str, Any]]) -> Iterator[Example]:
    """Annotated articles without labels; what of them is said, and by nobody's label, tells the roles."""
    for one in records:
        article, _ = article_of(one["text"])
        if len(article.blocks) > 1 and not turns(article, ()):
            roles = _roles(article, one["quotes"])
            if roles is not None:
                yield Example(one.get("doc") or one["id"], article, roles)


def _roles(article: Article, quotes: Iterable[dict[str, Any]]) -> list[int] | None:
    """By what is annotated, where a question may be words that may be left out, or nobody's; None: unclear."""
    said = [
        (span["start"], span["end"], bool(q.get("optional")))
        for q in quotes
        if q["kind"] == "direct"
        for span in q["contents"]
    ]
    spoken, asks = [], []
    for block in article.blocks:
        first, past = int(block.id), int(block.id) + len(block.text)
        most, left_out = max(((min(past, end) - max(first, start), o) for start, end, o in said), default=(0, False))
        spoken.append(most >= COVERED * (past - first) and not block.text.lstrip().startswith(OPENING))
        asks.append(block.text.rstrip().endswith("?") or (spoken[-1] and left_out))
    followed = [*spoken[1:], False]
    asks = [ask and follows and at > 0 for at, (ask, follows) in enumerate(zip(asks, followed, strict=True))]
    roles = [
        QUESTION if ask or (not says and follows and at and spoken[at - 1]) else ANSWER if says else NEITHER
        for at, (says, ask, follows) in enumerate(zip(spoken, asks, followed, strict=True))
    ]
    if sum(spoken) < ANSWERS or not any(asks):
        return [NEITHER] * len(roles)
    asked = [block.text for block, role in zip(article.blocks, roles, strict=True) if role == QUESTION]
    often = len(asked) >= QUESTIONS and 2 * sum("?" in text for text in asked) >= len(asked)
    answered = "Q" * 3 not in "".join(ROLES[role][0].upper() for role in roles)
    return roles if often and answered and next(filter(None, roles)) == QUESTION else None


def learn(examples: Sequence[Example]) -> Weights:
    """What these texts teach of whether somebody is asked, and the interviews among them of who speaks."""
    return Weights(texts=chain(examples), interviews=chain([one for one in examples if one.interview]))


def chain(examples: Sequence[Example]) -> Chain:
    """The weights that give the roles of these texts the highest chance (L-BFGS; Okazaki's CRFsuite)."""
    import pycrfsuite  # noqa: PLC0415 - to learn alone: the roles of articles are asked without it

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({**RIDGES, "feature.possible_transitions": True, "max_iterations": 300})
    for one in examples:
        seen = [{str(at): float(row[at]) for at in np.flatnonzero(row)} for row in rows(one.article)]
        seen[0]["first"] = 1.0
        trainer.append(seen, [ROLES[role] for role in one.roles])
    with tempfile.NamedTemporaryFile(suffix=".crfsuite") as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        found = tagger.info()
    looks = np.zeros((len(COLUMNS), len(ROLES)))
    steps, first = np.zeros((len(ROLES), len(ROLES))), np.zeros(len(ROLES))
    for (name, role), weight in found.state_features.items():
        if name == "first":
            first[ROLES.index(role)] = weight
        else:
            looks[int(name), ROLES.index(role)] = weight
    for (one, other), weight in found.transitions.items():
        steps[ROLES.index(one), ROLES.index(other)] = weight
    return Chain(looks, steps, first)


def judged(weights: Weights, examples: Iterable[Example]) -> str:
    """How many blocks that answer are found, and how many texts are taken for interviews."""
    right = found = true = interviews = taken = wrongly = 0
    for one in examples:
        mine = {number for _, answers in exchanges(one.article, weights) for number in answers}
        theirs = {number for number, role in enumerate(one.roles) if role == ANSWER} if one.interview else set()
        right, found, true = right + len(mine & theirs), found + len(mine), true + len(theirs)
        interviews += one.interview
        taken += bool(mine) and one.interview
        wrongly += bool(mine) and not one.interview
    return (
        f"answers P {right / max(1, found):.3f} R {right / max(1, true):.3f} of {true}; "
        f"interviews {taken} of {interviews}, and {wrongly} others"
    )


def save(weights: Weights, file: Path) -> None:
    """Write the weights as ``quotes.exchanges`` reads them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    chains = {"texts": asdict(weights.texts), "interviews": asdict(weights.interviews)}
    arrays = {f"{whose}_{part}": array for whose, parts in chains.items() for part, array in parts.items()}
    np.savez_compressed(file, allow_pickle=False, **{name: array.astype(np.float32) for name, array in arrays.items()})


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status."""
    options = argparse.ArgumentParser(prog="python -m onrecord.training.exchanges", description=__doc__)
    options.add_argument("out", type=Path, metavar="OUT")
    options.add_argument("--texts", type=Path, nargs="*", default=[], metavar="TEXTS")
    given = options.parse_args(arguments)
    real = [*of_articles(articles.records("train", given.texts)), *of_articles(acts.records("train", given.texts))]
    real += of_articles(one for one in annotated.lines(annotated.WRITTEN) if len(one["text"].split()) >= ARTICLE)
    weights = learn([*written(), *real])
    print("check:", judged(weights, of_articles(acts.records("check", given.texts))))
    save(weights, given.out / FILE)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
