"""``python -m onrecord.training CORPUS.jsonl OUT``: train the tagger, all of its heads, and say how it does.

It begins from the published weights; or from ``--base``, a folder with a BERT checkpoint (``model.safetensors``,
``tokenizer.json``; MiniLM-L6 is what the published weights began from), which keeps its shape; or from ``--begin``, the
weights of an earlier run, which are pruned where they have more heads and units than ``Plan`` says. ``OUT`` receives
the files of ``onrecord/analysis/model``. docs/training.md has the rest.
"""

from __future__ import annotations

import argparse
import dataclasses
import multiprocessing
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
# Texts of fewer words are seen twice in a pass: of single sentences there are few words beside all the articles.
SHORT = 100
PHRASES = 3000  # sentences put together of roles and bodies


def parser() -> argparse.ArgumentParser:
    """The command line; every field of ``Plan`` is an option."""
    root = argparse.ArgumentParser(prog="python -m onrecord.training", description=__doc__)
    root.add_argument("corpus", type=Path, metavar="CORPUS.jsonl")
    root.add_argument("out", type=Path, metavar="OUT", help="folder for the exported files")
    root.add_argument("--base", type=Path, help="begin from this folder's checkpoint, not from the published weights")
    root.add_argument("--gold", type=Path, nargs="*", default=[], help="articles in Onrecord's own scheme, with texts")
    root.add_argument("--texts", type=Path, nargs="*", default=[], help="texts that the labels are joined with")
    root.add_argument("--leave-out", type=Path, metavar="IDS", help="a file with one article id of the corpus a line")
    root.add_argument("--begin", type=Path, help="begin from the weights (a .pt file) of an earlier run")
    root.add_argument("--weights", type=Path, help="export these weights (a .pt file), do not train")
    for entry in dataclasses.fields(Plan):
        option = f"--{entry.name.replace('_', '-')}"
        if isinstance(entry.default, bool):
            root.add_argument(option, action=argparse.BooleanOptionalAction, default=entry.default)
        else:
            root.add_argument(option, type=type(entry.default), default=entry.default, metavar="N")
    return root


Job = tuple[dict[str, Any], str, bool]  # a record, its article's name, whether it is in Onrecord's own scheme

_makes: annotated.Annotated | None = None  # of this process, for those that are forked from it


def jobs(own: Sequence[annotated.Record], known: Sequence[annotated.Record], seed: int) -> list[Job]:
    """Everything that is trained on: the corpus in its own convention, and what is annotated in Onrecord's."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    # Both conventions of one article are one article to a pass.
    names: dict[str, str] = {record["text"][: annotated.BEGINNING]: record["id"] for record in own}
    found: list[Job] = []
    for record in own:
        found += in_styles(record, record["id"], chance, ours=False)
    for record in known:
        called: str = record["id"] if "id" in record else record["doc"]
        name = names.get(record["text"][: annotated.BEGINNING], called)
        found += in_styles(record, name, chance, ours=True)
        if len(record["text"].split()) < SHORT:
            found += in_styles(record, f"{name}{corpus.AGAIN}", chance, ours=True)
    return found + [(record, record["id"], True) for record in (*annotated.sentences(), *phrases(PHRASES))]


def made(job: Job) -> corpus.Example:
    """The example of a job."""
    record, name, ours = job
    assert _makes is not None
    return _makes.example(record, name=name) if ours else _makes.of_corpus(record, name=name)


def in_styles(record: dict[str, Any], name: str, chance: random.Random, *, ours: bool) -> list[Job]:
    """An article in its own quotation marks, and now and then in others too."""
    drawn = chance.random()
    style = "single" if drawn < SINGLE else "straight" if drawn < SINGLE + STRAIGHT else None
    again = [(corpus.in_other_marks(record, style), f"{name}#{style}", ours)] if style is not None else []
    return [(record, name, ours), *again]


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
    _makes = annotated.Annotated(language.load(one_thread=True), features.tokenizer(tokenizer), tagger.load(1), own)
    _makes.learn(known)
    with multiprocessing.get_context("fork").Pool(plan.threads) as pool:
        check = pool.map(made, [(record, record["doc"], True) for record in acts.records("check", options.texts)], 8)
        shorts = pool.map(
            made, [(record, record["id"], True) for record in annotated.lines(annotated.WRITTEN_CHECK)], 8
        )
        examples = [] if options.weights else pool.map(made, jobs(own, known, plan.seed), 8)
    examples += list(far.far(examples, random.Random(plan.seed)))  # noqa: S311 - no secret
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
        return Tagger.of(torch.load(options.weights or options.begin))
    if options.base:
        made = Tagger()
        made.load_base(options.base / "model.safetensors")
        return made
    return published(FOLDER)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
