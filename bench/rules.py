"""What each rule of the analysis is worth: its figures with that rule switched off, over annotated articles.

``python -m bench.rules GOLD.jsonl … [--only quotes,speakers] [--longest 1100]``. A rule is a function or a method of
``onrecord.analysis`` (``model`` apart) that says yes or no, finds something or nothing, or changes a draft: switched
off it says no, finds nothing, changes nothing. For each the number of articles with another answer, and by how much
the counts of ``bench.gold`` move. One that changes nothing in articles that nobody has looked at is there for what was
looked at. What the parser and the encoder say is kept, so that a rule takes a few seconds for a hundred articles.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import pkgutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import onrecord.analysis
from bench import corpus, gold
from bench.corpus import Document, GoldDocument
from bench.peers import of_analysis
from onrecord.analysis.analyzer import ATTITUDES, Analyzer
from onrecord.analysis.model import memory
from onrecord.article import Article

PACKAGE = onrecord.analysis.__name__
NOT_RULES = ("model", "analyzer", "language", "lemmas", "ruler", "lexicons")
WRONG_AT_MOST = 3  # articles that may fail without a rule before it counts as one that nothing works without


@dataclass(frozen=True, slots=True)
class Rule:
    """A function of a module, or a method of one of its classes."""

    module: ModuleType
    owner: type | None
    name: str
    off: Callable[..., object]  # what stands in its place

    def __str__(self) -> str:
        path = self.module.__name__.removeprefix(f"{PACKAGE}.")
        return f"{path}.{self.owner.__name__}.{self.name}" if self.owner else f"{path}.{self.name}"


def off(returns: str) -> Callable[..., object] | None:
    """What says no, finds nothing or changes nothing in the place of what ``returns`` that; None if nothing does."""
    if returns == "bool":
        return lambda *_, **__: False
    if returns == "None" or returns.endswith("| None"):
        return lambda *_, **__: None
    if returns.startswith("Iterator"):
        return lambda *_, **__: iter(())
    if returns.startswith(("list", "dict", "frozenset")):
        empty = {"list": list, "dict": dict, "frozenset": frozenset}[returns.split("[", maxsplit=1)[0]]
        return lambda *_, **__: empty()
    return (lambda *_, **__: ()) if returns.startswith("tuple") and returns.endswith("...]") else None


def rules(only: Sequence[str]) -> Iterator[Rule]:
    """Every rule of the packages and modules that ``only`` names, or of all."""
    for found in pkgutil.walk_packages(onrecord.analysis.__path__, f"{PACKAGE}."):
        part = found.name.removeprefix(f"{PACKAGE}.").split(".")[0]
        if part in NOT_RULES or (only and part not in only):
            continue
        module = importlib.import_module(found.name)
        for name, held in list(vars(module).items()):
            if getattr(held, "__module__", None) != module.__name__:
                continue
            owner = held if inspect.isclass(held) else None
            for own, each in list(vars(held).items()) if owner else [(name, held)]:
                function = inspect.unwrap(each) if callable(each) else None
                if isinstance(function, FunctionType) and not own.startswith("__"):
                    instead = off(str(function.__annotations__.get("return", "")))
                    if instead is not None:
                        yield Rule(module, owner, own, instead)


@contextmanager
def without(rule: Rule) -> Iterator[None]:
    """The rule is switched off inside, wherever it was imported."""
    real = vars(rule.owner or rule.module)[rule.name]
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("onrecord.")]
    places: list[tuple[Any, str]] = [(rule.owner, rule.name)] if rule.owner else []
    if not rule.owner:
        places = [(module, name) for module in modules for name, held in list(vars(module).items()) if held is real]
    for place, name in places:
        setattr(place, name, rule.off)
    try:
        yield
    finally:
        for place, name in places:
            setattr(place, name, real)


def read(
    analyzer: Analyzer, documents: Sequence[GoldDocument], articles: Sequence[Article]
) -> tuple[list[str], Counter[str]]:
    """Each article's answer, and the counts of all; raises what the analysis raises for too many of them."""
    answers, total, wrong = [], Counter[str](), 0
    for document, article in zip(documents, articles, strict=True):
        try:
            analysis = analyzer.analyze(article, include={ATTITUDES})
        except Exception:
            wrong += 1
            if wrong > WRONG_AT_MOST:
                raise
            answers.append("")
            continue
        found = list(of_analysis(article, analysis))
        answers.append(repr((found, analysis.claims)))
        total.update(gold.counts(document, Document(id=document.id, attributions=found)))
    return answers, total


def main() -> None:
    """Print a line for each rule."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--only", default="", help="packages or modules of the analysis, with commas between them")
    parser.add_argument("--longest", type=int, default=1100, help="words of an article that is read")
    options = parser.parse_args()
    memory.MOST_PARSES = memory.MOST_WINDOWS = 10**10  # all that is read stays
    analyzer = Analyzer.load(threads=1)
    analyzer.remember()
    documents = [
        document
        for path in options.gold
        for document in corpus.read(path)
        if isinstance(document, GoldDocument) and len(document.text.split()) <= options.longest
    ]
    articles = [corpus.article_of(document.text) for document in documents]
    answers, counts = read(analyzer, documents, articles)
    print(f"{len(documents)} articles:", *(f"{name} {count}" for name, count in sorted(counts.items())))
    for rule in rules([part for part in options.only.split(",") if part]):
        try:
            with without(rule):
                other, moved = read(analyzer, documents, articles)
        except Exception as error:
            print(f"{rule}: nothing works without it ({type(error).__name__})", flush=True)
            continue
        changed = sum(one != before for one, before in zip(other, answers, strict=True))
        names = sorted(name for name in counts | moved if moved[name] != counts[name])
        moves = ", ".join(f"{name} {moved[name] - counts[name]:+}" for name in names)
        print(f"{rule}: {changed} articles{f'; {moves}' if moves else ''}", flush=True)


if __name__ == "__main__":
    main()
