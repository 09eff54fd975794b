"""``python -m onrecord.training CORPUS.jsonl OUT``: train the tagger, all of its heads, and say how it does.

It begins from the published weights; or from ``--base``, a folder with a BERT checkpoint (``model.safetensors``,
``tokenizer.json``; MiniLM-L6 is what the published weights began from), which keeps its shape; or from ``--begin``, the
weights of earlier runs, which are pruned where they have more heads and units than ``Plan`` says. Of several weights
the mean is taken (Wortsman et al. 2022: of runs from one beginning it does better than each). ``OUT`` receives the
files of ``onrecord/analysis/model``. docs/training.md has the rest.
"""

from __future__ import annotations

import argparse
import dataclasses
import multiprocessing
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import torch

from onrecord.analysis import language
from onrecord.analysis.model import features, tagger
from onrecord.analysis.model.weights import FOLDER, TOKENIZER
from onrecord.training import acts, annotated, corpus, far
from onrecord.training.export import export
from onrecord.training.network import HEADS, INNER, Tagger
from onrecord.training.phrases import phrases
from onrecord.training.plan import Plan
from onrecord.training.published import published
from onrecord.training.score import score
from onrecord.training.train import train

# Shares of the articles that are also read in other quotation marks than their own: PolNeAR's are double and curly.
SINGLE, STRAIGHT = 0.30, 0.12
SHORT = 100  # words; a text with fewer is no article
PHRASES = 3000  # sentences put together of roles and bodies
PUBLISHED = "published"  # what stands for the weights that ship, among weights


def parser() -> argparse.ArgumentParser:
    """The command line; every field of ``Plan`` is an option."""
    root = argparse.ArgumentParser(prog="python -m onrecord.training", description=__doc__)
    root.add_argument("corpus", type=Path, metavar="CORPUS.jsonl")
    root.add_argument("out", type=Path, metavar="OUT", help="folder for the exported files")
    root.add_argument("--base", type=Path, help="begin from this folder's checkpoint, not from the published weights")
    root.add_argument("--gold", type=Path, nargs="*", default=[], help="articles in Onrecord's own scheme, with texts")
    root.add_argument("--texts", type=Path, nargs="*", default=[], help="texts that the labels are joined with")
    root.add_argument("--leave-out", type=Path, metavar="IDS", help="a file with one article id of the corpus a line")
    for name, what in (("--begin", "begin from"), ("--weights", "export, and do not train,")):
        told = f"{what} the mean of these: .pt files, or {PUBLISHED!r}"
        root.add_argument(name, nargs="+", metavar="WEIGHTS", default=[], help=told)
    for entry in dataclasses.fields(Plan):
        option = f"--{entry.name.replace('_', '-')}"
        if isinstance(entry.default, bool):
            root.add_argument(option, action=argparse.BooleanOptionalAction, default=entry.default)
        else:
            root.add_argument(option, type=type(entry.default), default=entry.default, metavar="N")
    return root


class Job(NamedTuple):
    """An example that is to be made."""

    record: annotated.Record
    name: str  # of its article
    ours: bool  # whether it is annotated in Onrecord's own scheme
    kept: float = 1.0  # the chance that a pass sees it


_makes: annotated.Annotated | None = None  # of this process, for those that are forked from it


def jobs(own: Sequence[annotated.Record], known: Sequence[annotated.Record], plan: Plan) -> list[Job]:
    """Everything that is trained on: the corpus in its own convention, and what is annotated in Onrecord's."""
    chance = random.Random(plan.seed)  # noqa: S311 - no secret
    # Both conventions of one article are one article to a pass.
    names: dict[str, str] = {record["text"][: annotated.BEGINNING]: record["id"] for record in own}
    found: list[Job] = []
    for record in own:
        found += in_styles(record, record["id"], chance, ours=False)
    for record in known:
        called: str = record["id"] if "id" in record else record["doc"]
        name = names.get(record["text"][: annotated.BEGINNING], called)
        kept = 1.0
        if len(record["text"].split()) < SHORT:
            kept = plan.short_kept * (plan.contested_kept if record["claims"] else 1.0)
        found += in_styles(record, name, chance, ours=True, kept=kept)
    found += [Job(record, record["id"], ours=True) for record in annotated.sentences()]
    return found + [Job(record, record["id"], ours=True, kept=plan.phrases_kept) for record in phrases(PHRASES)]


def made(job: Job) -> corpus.Example:
    """The example of a job."""
    assert _makes is not None
    example = _makes.example if job.ours else _makes.of_corpus
    return dataclasses.replace(example(job.record, name=job.name), kept=job.kept)


def in_styles(
    record: annotated.Record, name: str, chance: random.Random, *, ours: bool, kept: float = 1.0
) -> list[Job]:
    """An article in its own quotation marks, and now and then in others too."""
    drawn = chance.random()
    style = "single" if drawn < SINGLE else "straight" if drawn < SINGLE + STRAIGHT else None
    own = Job(record, name, ours, kept)
    if style is None:
        return [own]
    return [own, own._replace(record=corpus.in_other_marks(record, style), name=f"{name}#{style}")]


def main(arguments: list[str]) -> int:
    """Run the command; returns the exit status."""
    options = parser().parse_args(arguments)
    plan = Plan(**{entry.name: getattr(options, entry.name) for entry in dataclasses.fields(Plan)})
    if options.base and not options.begin:  # what has learned nothing yet cannot tell which of its parts count
        plan = dataclasses.replace(plan, heads=HEADS, inner=INNER)
    tokenizer = (options.base or FOLDER) / TOKENIZER
    left_out = set(options.leave_out.read_text(encoding="utf-8").split()) if options.leave_out else set()
    own = list(corpus.records(options.corpus, leave_out=left_out))
    known = list(annotated.records(options.gold, options.texts))
    global _makes  # noqa: PLW0603 - what is forked sees it without a copy
    _makes = annotated.Annotated(language.load(), features.tokenizer(tokenizer), tagger.load(1), own)
    _makes.learn(known)
    with multiprocessing.get_context("fork").Pool(plan.threads) as pool:
        check = pool.map(
            made, [Job(record, record["doc"], ours=True) for record in acts.records("check", options.texts)], 8
        )
        shorts = pool.map(
            made, [Job(record, record["id"], ours=True) for record in annotated.lines(annotated.WRITTEN_CHECK)], 8
        )
        examples = [] if options.weights else pool.map(made, jobs(own, known, plan), 8)
    examples += list(far.far(examples, random.Random(plan.seed), plan.far_kept))  # noqa: S311 - no secret
    trained = begun(options)
    options.out.mkdir(parents=True, exist_ok=True)
    if examples:
        trained = train(
            trained, examples, plan, options.out / "weights.pt", lambda network: told(network, check, shorts)
        )
    export(trained.eval(), tokenizer, options.out)
    print("before rounding to eight bits:", told(trained, check, shorts))
    print(f"{options.out} is ready; `python -m bench.accuracy DEV.jsonl` has the benchmark's figures.")
    return 0


def told(network: Tagger, check: Sequence[corpus.Example], shorts: Sequence[corpus.Example]) -> str:
    """How the network does on the articles of ``check``, and on short texts."""
    return f"{score(network, check)}; short texts: {score(network, shorts)}"


def begun(options: argparse.Namespace) -> Tagger:
    """The network before this run."""
    if options.weights or options.begin:
        return mean(options.weights or options.begin)
    if options.base:
        made = Tagger()
        made.load_base(options.base / "model.safetensors")
        return made
    return published(FOLDER)


def mean(names: Sequence[str]) -> Tagger:
    """The network whose weights are the mean of several; one that is named twice counts twice."""
    states = [published(FOLDER).state_dict() if name == PUBLISHED else torch.load(name) for name in names]
    return Tagger.of({part: torch.stack([state[part] for state in states]).mean(0) for part in states[0]})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
