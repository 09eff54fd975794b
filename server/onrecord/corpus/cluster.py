"""The same groups on a cluster of Dask (``onrecord[cluster]``), which others have set up."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from onrecord.corpus import work
from onrecord.corpus.answers import Answered, failed
from onrecord.corpus.engines import AHEAD, Group, Task
from onrecord.corpus.items import Failure
from onrecord.errors import OnrecordError, Unreadable

PATIENCE: Final = 300  # seconds without a worker before the run gives up; what is done is kept
PATIENCE_FOR_SCHEDULER = 10  # seconds
_STEP: Final = 5  # seconds between two looks for workers
_RESUME: Final = "run the same command again to go on where it was"
KILLED: Final = Failure(
    OnrecordError.code, "Every worker that analysed this document died; please report the document."
)


class Cluster:
    """Workers of a cluster, each of which loads the model once. Raises ``Unreadable`` if there is none."""

    def __init__(self, address: str, *, task: Task = work.analyse) -> None:
        try:
            import distributed
        except ImportError:
            raise Unreadable("A cluster needs dask.distributed: `pip install onrecord[cluster]`.") from None
        self._dask: Any = distributed
        self.address = address
        self._task = task
        try:
            self._client: Any = self._dask.Client(
                f"tcp://{address}", timeout=PATIENCE_FOR_SCHEDULER, set_as_default=False
            )
        except (OSError, TimeoutError, ValueError) as error:
            raise Unreadable(f"No Dask scheduler answers at {address}: {str(error).splitlines()[0]}.") from None

    def __call__(self, groups: Iterable[Group], include: Collection[str]) -> Iterator[tuple[Group, Answered]]:
        """The groups' answers in their order."""
        waiting: deque[tuple[Group, Any]] = deque()
        source = iter(groups)
        try:
            while True:
                room = max(1, len(self._client.nthreads())) * AHEAD
                while len(waiting) < room and (group := next(source, None)) is not None:
                    waiting.append((group, self._submit(group, include)))
                if not waiting:
                    return
                group, future = waiting.popleft()
                yield group, self._answer(group, future, include)
        finally:
            self._client.close()

    def _submit(self, group: Group, include: Collection[str]) -> Any:
        try:
            return self._client.submit(self._task, list(group), tuple(include), pure=False)
        except (OSError, RuntimeError) as error:
            raise self._lost(error) from None

    def _answer(self, group: Group, future: Any, include: Collection[str]) -> Answered:
        try:
            found: Answered = self._result(future)
        except self._dask.scheduler.KilledWorker:
            if len(group) == 1:
                return failed(group[0], KILLED)
            # Which of them kills is told by giving each alone; those that only stood beside it are analysed.
            whole = Answered()
            for item in group:
                whole.add(self._answer([item], self._submit([item], include), include))
            return whole
        except ModuleNotFoundError as error:
            raise Unreadable(f"The workers at {self.address} have no {error.name}; install Onrecord there.") from None
        except OnrecordError:
            raise
        except (OSError, RuntimeError, self._dask.client.FutureCancelledError) as error:
            raise self._lost(error) from None
        return found

    def _result(self, future: Any) -> Any:
        """The result of a task, unless there is nobody left who could bring it."""
        without = 0
        while True:
            try:
                return future.result(timeout=_STEP)
            except self._dask.TimeoutError:
                if future.done():
                    continue
                without = 0 if self._client.nthreads() else without + _STEP
                if without >= PATIENCE:
                    raise Unreadable(
                        f"The cluster at {self.address} has no worker left; start workers and {_RESUME}."
                    ) from None

    def _lost(self, error: BaseException) -> Unreadable:
        return Unreadable(f"The cluster at {self.address} is lost ({type(error).__name__}); {_RESUME}.")
