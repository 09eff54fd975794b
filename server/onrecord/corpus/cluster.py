"""Where one machine is not enough: groups of items analysed by the workers of a Dask cluster that is there already.

Dask brings the groups to the workers and their answers back, and gives a group to another worker when one is lost.
The archive is read and the output written here, in the order of the archive; a worker needs neither. Each loads the
model once. A group whose workers died as often as the cluster allows is taken apart, to name the document.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Self

import dask
import distributed
from distributed.scheduler import KilledWorker

import onrecord
from onrecord import lean
from onrecord.analysis import identity
from onrecord.corpus import clock, work
from onrecord.corpus.answers import Answered, failed
from onrecord.corpus.engines import AHEAD, KILLED, Group, Task
from onrecord.corpus.items import Failure, Item
from onrecord.errors import ClusterUnavailable, OnrecordError, TimedOut

CONNECT = 10  # seconds in which a scheduler answers
PATIENCE = 300.0  # seconds for which a cluster may have no worker: one that grows when there is work needs some
_LOOK = 5.0  # seconds between two looks at whether there is any
_LATE = "onrecord-late"  # the topic of the cluster's events that names what took too long

_ONE_AT_A_TIME = threading.Lock()  # on a worker, whose threads share one clock


class Cluster:
    """The cluster behind a scheduler's address, ``HOST:PORT``. Raises ``ClusterUnavailable``, also while it is used.

    It speaks TLS where the user's Dask configuration requires encryption.
    """

    def __init__(self, address: str, *, task: Task = work.analyse, timeout: float = clock.SECONDS) -> None:
        self._address, self._task, self._timeout = address, task, timeout
        scheme = "tls" if dask.config.get("distributed.comm.require-encryption", None) else "tcp"
        try:
            self._client = distributed.Client(f"{scheme}://{address}", timeout=CONNECT, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise ClusterUnavailable(f"No Dask scheduler answers at {address} ({_first_line(error)}).") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def __call__(self, groups: Iterable[Group], include: Collection[str]) -> Iterator[tuple[Group, Answered]]:
        """The groups' answers in their order."""
        waiting: deque[tuple[Group, Any]] = deque()
        source = iter(groups)
        try:
            while True:
                room = AHEAD * max(self._workers(), 1)
                while len(waiting) < room and (group := next(source, None)) is not None:
                    waiting.append((group, self._submit(group, include)))
                if not waiting:
                    return
                group, future = waiting.popleft()
                answer = self._answer(future)
                if answer is None:
                    # A worker's death is held against all that it had been given. Nothing else of ours runs beside
                    # the documents that are tried alone.
                    self._settle([later for _, later in waiting])
                    answer = self._one_by_one(group, include)
                yield group, answer
        finally:
            for _, future in waiting:
                future.release()

    def _workers(self) -> int:
        return len(self._asked(self._client.nthreads))

    def _submit(self, group: Group, include: Collection[str]) -> Any:
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}):  # a document may be large
            return self._asked(
                self._client.submit,
                analysed, self._task, _answers(), self._timeout, list(group), tuple(include), pure=False,
            )  # fmt: skip

    def _answer(self, future: Any) -> Answered | None:
        """What a task gave; None if the cluster gave it up, because its workers died."""
        self._settle([future])
        try:
            answer: Answered = self._asked(future.result)
        except KilledWorker:
            return None
        return answer

    def _settle(self, futures: Iterable[Any]) -> None:
        """Wait until all are done, or given up."""
        lonely: float | None = None  # since when there is no worker
        for future in futures:
            while not self._asked(_settled, future):
                if self._workers():
                    lonely = None
                elif lonely is None:
                    lonely = time.monotonic()
                    print(f"onrecord: waiting for a worker of the cluster at {self._address}.", file=sys.stderr)
                elif time.monotonic() - lonely > PATIENCE:
                    raise ClusterUnavailable(
                        f"The cluster at {self._address} has no worker; the same command goes on where it was."
                    )

    def _asked(self, question: Any, *given: Any, **named: Any) -> Any:
        """What the cluster answers; an ``OnrecordError`` if it cannot."""
        try:
            return question(*given, **named)
        except (OnrecordError, KilledWorker):
            raise
        except (distributed.CancelledError, OSError):  # OSError: a connection that is closed, and a time that is over
            raise ClusterUnavailable(
                f"The cluster at {self._address} was lost; the same command goes on where it was."
            ) from None
        except Exception as error:
            raise ClusterUnavailable(
                f"The cluster at {self._address} cannot run Onrecord ({type(error).__name__}: {_first_line(error)}); "
                f"its scheduler and its workers need onrecord[cluster] {onrecord.__version__}."
            ) from None

    def _one_by_one(self, group: Group, include: Collection[str]) -> Answered:
        """A group that was given up: each item by itself, one after the other."""
        whole = Answered()
        for item in group:
            future = self._submit([item], include)
            answer = self._answer(future)
            if answer is None:
                late = any(key == future.key for _, key in self._asked(self._client.get_events, _LATE))
                # nobody but the clock ends what is late
                why = Failure(TimedOut.code, clock.message(self._timeout)) if late else KILLED
                answer = failed(item, why)
            whole.add(answer)
        return whole


def analysed(
    task: Task, answers: Sequence[str], timeout: float, items: Sequence[Item], include: Collection[str]
) -> Answered:
    """On a worker: the lines of ``items``. Raises ``ClusterUnavailable`` if another Onrecord is installed here."""
    if list(answers) != _answers():
        raise ClusterUnavailable(
            f"A worker of the cluster has onrecord {onrecord.__version__}, or its model, in another version; "
            "install the same there as here."
        )
    worker = distributed.get_worker()
    key = worker.get_current_task()
    with _ONE_AT_A_TIME:
        lean.hold_on()
        clock.start(timeout, late=lambda: worker.log_event(_LATE, key))
        return task(items, include)


def _settled(future: Any) -> bool:
    """Whether a task is done or given up, after some seconds at most."""
    try:
        future.exception(timeout=_LOOK)
    except TimeoutError:
        return False
    return True


def _answers() -> list[str]:
    """What decides how a document is answered: the versions of the program and of its models."""
    return [onrecord.__version__, identity.fingerprint()]


def _first_line(error: BaseException) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
