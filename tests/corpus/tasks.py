"""What stands in for the analysis in processes of their own: quick, and with documents that kill."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext

from onrecord.analysis.result import Analysis
from onrecord.article import Article
from onrecord.corpus.answers import Answered, answered
from onrecord.corpus.items import Item, Line


class FakeAnalyzer:
    """Finds nothing, and remembers what it was asked."""

    def __init__(self) -> None:
        self.seen: list[Article] = []
        self.include: Collection[str] = ()

    def together(self) -> AbstractContextManager[None]:
        return nullcontext()

    def analyze(self, article: Article, *, include: Collection[str] = ()) -> Analysis:
        self.seen.append(article)
        self.include = include
        return Analysis()


def quick(items: Sequence[Item], include: Collection[str]) -> Answered:
    return answered(items, FakeAnalyzer(), include)  # type: ignore[arg-type]


def slowly(groups: Iterable[Sequence[Item]], include: Collection[str]) -> Iterator[tuple[Sequence[Item], Answered]]:
    """An engine in this process, slow enough to be killed at work."""
    for group in groups:
        time.sleep(0.005)
        yield group, quick(group, include)


def deadly(items: Sequence[Item], include: Collection[str]) -> Answered:
    if any(b"KILLS" in _data(item) for item in items):
        os.kill(os.getpid(), signal.SIGKILL)
    return quick(items, include)


def hanging(items: Sequence[Item], include: Collection[str]) -> Answered:
    """Documents that take long: some in Python, one in code that hears no signal."""

    class Slow(FakeAnalyzer):
        def analyze(self, article: Article, *, include: Collection[str] = ()) -> Analysis:
            if "SLEEPS" in article.text:
                time.sleep(60)
            while "LOOPS" in article.text:
                pass
            if "HANGS" in article.text:
                signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
                time.sleep(60)  # nor what is sent to another thread than the main one
            return super().analyze(article, include=include)

    return answered(items, Slow(), include)  # type: ignore[arg-type]


def odd(items: Sequence[Item], include: Collection[str]) -> Answered:
    """Documents that kill, and documents that take long, in a process that has more than one thread."""
    return hanging(items, include) if all(b"KILLS" not in _data(item) for item in items) else deadly(items, include)


def _data(item: Item) -> bytes:
    assert isinstance(item.content, Line)
    return item.content.data
