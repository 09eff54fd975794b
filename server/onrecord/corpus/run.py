"""A run over an archive: items in, groups to the engine, lines out, and a word about how it goes."""

from __future__ import annotations

import hashlib
import importlib
import itertools
import json
import os
import sys
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from tqdm import tqdm

import onrecord
from onrecord.analysis import identity
from onrecord.corpus import clock, engines
from onrecord.corpus.answers import SCHEMA
from onrecord.corpus.engines import Engine, Group
from onrecord.corpus.items import Item, LeftOut
from onrecord.corpus.output import Output, Sums, is_parquet, unfinished
from onrecord.corpus.readers import items
from onrecord.errors import Unreadable
from onrecord.formats.labels import counted

# A group ends with so many items, or so many bytes. How an archive is cut into groups depends on nothing else, so that
# a run that goes on reads the same groups as one that was never stopped.
ITEMS_PER_GROUP, BYTES_PER_GROUP = 8, 500_000


def run(
    source: Path,
    target: Path,
    *,
    include: Collection[str] = (),
    column: str | None = None,
    engine: Engine | None = None,
    jobs: int | None = None,
    timeout: float = clock.SECONDS,
) -> int:
    """Analyse every article of ``source`` into ``target``; the exit status is 1 if any failed.

    ``timeout`` is how many seconds a document may take; a run goes on after it was changed.

    Raises ``Unreadable`` if the one cannot be read or the other not be written, before the model is loaded.
    """
    _check(source, target)
    left = LeftOut()
    found = items(source, left, column=column)
    first = next(found, None)  # what is wrong with the input as a whole is said before anything is loaded
    every = itertools.chain((first,), found) if first is not None else iter(())
    with Output(target, _fingerprint(source, include, column)) as output:
        _say_resumed(output)
        progress = Progress(output.sums.words)
        groups = _after(_groups(every), output.sums.items)
        start = engine or engines.Processes(jobs or os.cpu_count() or 1, timeout=timeout)
        for group, answer in start(groups, include):
            output.add(len(group), answer)
            progress.show(output.sums, group[-1].done)
        output.finish()
        progress.close(output.sums, left)
        return 1 if output.sums.failed else 0


def _check(source: Path, target: Path) -> None:
    if source.resolve() in {path.resolve() for path in (target, *unfinished(target))}:
        raise Unreadable("The input and the output are the same file; name another output.")
    if target.exists() and not target.is_file():
        raise Unreadable(f"{target} is no file and cannot be replaced by one; name another output.")
    if source.is_dir() and source.resolve() in target.resolve().parents:
        raise Unreadable(f"{target} lies in the folder that is read; name an output beside it.")
    if not source.exists():
        raise Unreadable(f"{source} cannot be read: No such file or directory.")
    if is_parquet(target):
        try:
            importlib.import_module("pyarrow")  # a run of hours must not end with this
        except ImportError:
            raise Unreadable(
                f"{target} is to be Parquet, for which `pip install onrecord[parquet]` is needed."
            ) from None


def _fingerprint(source: Path, include: Collection[str], column: str | None) -> str:
    """What must be the same for a run to go on: the files as they are, what is asked for, and who answers."""
    files = sorted(source.rglob("*")) if source.is_dir() else [source]
    known = [[str(path), path.stat().st_size, path.stat().st_mtime_ns] for path in files if path.is_file()]
    asked = [SCHEMA, str(source.resolve()), known, sorted(include), column]
    answers = [onrecord.__version__, identity.fingerprint(), ITEMS_PER_GROUP, BYTES_PER_GROUP]
    return hashlib.sha256(json.dumps([asked, answers]).encode()).hexdigest()


def _groups(every: Iterable[Item]) -> Iterator[Group]:
    group: list[Item] = []
    size = 0
    for item in every:
        group.append(item)
        size += item.size
        if len(group) >= ITEMS_PER_GROUP or size >= BYTES_PER_GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group


def _after(groups: Iterable[Group], done: int) -> Iterator[Group]:
    """The groups after the first ``done`` items."""
    seen = 0
    for group in groups:
        seen += len(group)
        if seen > done:
            yield group


class Progress:
    """The line that says how far a run is: articles, words per second, and the time left by how much was read."""

    def __init__(self, words: int) -> None:
        self._bar: Any = tqdm(
            total=100, bar_format="{percentage:3.0f}%|{bar:20}| {desc}", disable=not sys.stderr.isatty()
        )
        self._words = words  # of an earlier run
        self._began = time.monotonic()
        self._first: tuple[float, float] | None = None  # when the first group was done, and how far that was

    def show(self, sums: Sums, done: float) -> None:
        """Say it anew."""
        now = time.monotonic()
        if self._first is None:
            self._first = now, done
        since, start = self._first
        rate = (sums.words - self._words) / max(now - self._began, 0.001)
        remaining = f", {_duration((1 - done) * (now - since) / (done - start))} left" if done > start else ""
        self._bar.set_description_str(f"{sums.lines:,} articles, {rate:,.0f} words/s{remaining}", refresh=False)
        self._bar.n = round(100 * done, 1)
        self._bar.refresh()

    def close(self, sums: Sums, left: LeftOut) -> None:
        """The closing note: how much was done, what failed, and what was left out and why."""
        self._bar.close()
        seconds, words = time.monotonic() - self._began, sums.words - self._words
        rate = f", {words / seconds:,.0f} words/s" if seconds >= 1 else ""
        notes = [f"{counted(sums.lines, 'article')}, {counted(sums.words, 'word')} in {_duration(seconds)}{rate}."]
        if sums.failed:
            codes = ", ".join(f"{count:,} {code}" for code, count in sorted(sums.failed.items()))
            count = sum(sums.failed.values())
            notes.append(f"{count:,} of {sums.lines:,} documents failed; their lines say why: {codes}.")
        if left.counts:
            named = ", ".join(f"{count:,} {why}" for why, count in sorted(left.counts.items(), key=lambda one: -one[1]))
            notes.append(f"Left out, being no articles: {named}.")
        for note in notes:
            print(f"onrecord: {note}", file=sys.stderr)


def _say_resumed(output: Output) -> None:
    if output.resumed and output.sums.lines:
        print(f"onrecord: going on after {output.sums.lines:,} articles of an unfinished run.", file=sys.stderr)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
