"""What stands in for the analysis in processes of their own: quick, and with documents that kill."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Collection, Iterable, Iterator, Sequence

from onrecord.analysis.result import Analysis
from onrecord.article import Article
from onrecord.corpus.answers import Answered, answered
from onrecord.corpus.items import Item


class FakeAnalyzer:
    """Finds nothing, and remembers what it was asked."""

    def __init__(self) -> None:
        self.seen: list[Article] = []
        self.include: Collection[str] = ()

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
    if any(b"KILLS" in item.content.data for item in items):  # type: ignore[union-attr]
        os.kill(os.getpid(), signal.SIGKILL)
    return quick(items, include)


def hanging(items: Sequence[Item], include: Collection[str]) -> Answered:
    """Documents that take long: one in Python, one in code that hears no signal."""

    class Slow(FakeAnalyzer):
        def analyze(self, article: Article, *, include: Collection[str] = ()) -> Analysis:
            if "SLEEPS" in article.text:
                time.sleep(60)
            if "HANGS" in article.text:
                signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
                time.sleep(60)
            return super().analyze(article, include=include)

    return answered(items, Slow(), include)  # type: ignore[arg-type]
