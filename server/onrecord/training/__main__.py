"""``python -m onrecord.training CORPUS.jsonl BASE OUT``: train the tagger, export it, and say how it does.

``BASE`` is a folder with a BERT checkpoint (``model.safetensors``) and its ``tokenizer.json``; MiniLM-L6 is what the
published weights began from. ``OUT`` receives the files of ``onrecord/analysis/model``. docs/training.md has the rest.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import sys
from pathlib import Path

import torch

from onrecord.analysis import language
from onrecord.analysis.model import features
from onrecord.training import corpus
from onrecord.training.export import export
from onrecord.training.network import Tagger
from onrecord.training.train import Plan, score, train

# Shares of the articles that are also read in other quotation marks than their own: PolNeAR's are double and curly.
SINGLE, STRAIGHT = 0.30, 0.12


def parser() -> argparse.ArgumentParser:
    """The command line; every field of ``Plan`` is an option."""
    root = argparse.ArgumentParser(prog="python -m onrecord.training", description=__doc__)
    root.add_argument("corpus", type=Path, metavar="CORPUS.jsonl")
    root.add_argument("base", type=Path, metavar="BASE", help="folder with model.safetensors and tokenizer.json")
    root.add_argument("out", type=Path, metavar="OUT", help="folder for the exported files")
    root.add_argument("--check", type=Path, metavar="DEV.jsonl", help="articles to score after each pass")
    root.add_argument("--leave-out", type=Path, metavar="IDS", help="a file with one article id a line")
    root.add_argument("--weights", type=Path, help="export these weights (a .pt file of an earlier run), do not train")
    for entry in dataclasses.fields(Plan):
        kind = type(entry.default)
        root.add_argument(f"--{entry.name.replace('_', '-')}", type=kind, default=entry.default, metavar="N")
    return root


def main(arguments: list[str]) -> int:
    """Run the command; returns the exit status."""
    options = parser().parse_args(arguments)
    plan = Plan(**{entry.name: getattr(options, entry.name) for entry in dataclasses.fields(Plan)})
    tokenizer = options.base / "tokenizer.json"
    pieces, nlp = features.tokenizer(tokenizer), language.load()
    check = [corpus.example(record, nlp, pieces) for record in corpus.records(options.check)] if options.check else []
    if options.weights:
        trained = Tagger()
        trained.load_state_dict(torch.load(options.weights))
    else:
        left_out = set(options.leave_out.read_text(encoding="utf-8").split()) if options.leave_out else set()
        chance = random.Random(plan.seed)  # noqa: S311 - no secret
        examples = []
        for record in corpus.records(options.corpus, leave_out=left_out):
            examples.append(corpus.example(record, nlp, pieces))
            drawn = chance.random()
            style = "single" if drawn < SINGLE else "straight" if drawn < SINGLE + STRAIGHT else None
            if style is not None:
                examples.append(corpus.example(corpus.in_other_marks(record, style), nlp, pieces))
        options.out.mkdir(parents=True, exist_ok=True)
        trained = train(examples, options.base / "model.safetensors", plan, check, options.out / "weights.pt")
    export(trained.eval(), tokenizer, options.out)
    if check:
        print("before rounding to eight bits:", score(trained, check))
    print(f"{options.out} is ready; `python -m bench.accuracy DEV.jsonl` has the benchmark's figures.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
