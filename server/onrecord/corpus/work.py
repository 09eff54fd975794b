"""What happens where the analysis is done: a process of this machine."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Collection, Sequence
from functools import cache
from multiprocessing import connection
from typing import TYPE_CHECKING

from onrecord import lean
from onrecord.corpus import clock
from onrecord.corpus.answers import Answered, answered
from onrecord.corpus.items import Item

if TYPE_CHECKING:
    from onrecord.analysis.analyzer import Analyzer  # the process that only reads and writes loads none of it

# The language model keeps its words of one article in a memory zone, of which there is one at a time.
_ONE_AT_A_TIME = threading.Lock()


@cache
def analyzer() -> Analyzer:
    """The analysis, loaded once in each process, on one thread: there is a process for each core."""
    lean.prepare()
    from onrecord.analysis import language
    from onrecord.analysis.analyzer import Analyzer
    from onrecord.analysis.model import tagger

    return Analyzer(language.load(), tagger.load(threads=1))


def prepare(timeout: float = clock.SECONDS) -> None:
    """Load the model, and end with the process that asked: what was killed cannot end its workers.

    ``timeout`` is how many seconds a document may take.
    """
    clock.start(timeout)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    analyzer()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def analyse(items: Sequence[Item], include: Collection[str]) -> Answered:
    """The lines of a group of items."""
    with _ONE_AT_A_TIME:
        return answered(items, analyzer(), include)
