"""Kill -9 at random moments while a server writes; then look whether everything it acknowledged is there.

``tests/web/test_kills.py`` runs a few of them, ``python -m bench.server --only kills`` a hundred.
"""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from http.client import HTTPException
from pathlib import Path
from typing import Any

from bench.client import Access, Answer, Client, Server
from onrecord.settings import Settings
from onrecord.store import MOST_REPORTS

# What ends a request whose server is killed meanwhile.
BROKEN = (OSError, EOFError, ValueError, HTTPException)
GONE_WITHIN = 10.0  # seconds after the server, in which the last of its processes has to end

# The newest reports that are looked for: one more than is acknowledged may have been written, and made room.
LOOKED_FOR = MOST_REPORTS - 1


def numbered(step: int) -> dict[str, Any]:
    """An article that no other step has."""
    return {"blocks": [{"id": "b0", "text": f"“It is over,” Mayor Anna Bell said on day {step}."}]}


class Kills:
    """Rounds of start, write and kill over one state directory; ``counts`` says what came of them.

    ``kept`` are acknowledged reports, ``corrected`` acknowledged corrections, ``answered`` analyses of any kind,
    ``lost`` those of all three that were not there afterwards, ``corrupt`` those that had changed and files that are
    not sound, ``orphans`` processes that outlived their server, ``warnings`` files set aside, ``crashes`` servers that
    ended before they were killed.
    """

    def __init__(self, checkout: Path, folder: Path, *, seed: int = 1, longest: float = 2.0) -> None:
        """``longest`` is how many seconds a server may live after its start, or after its first answer."""
        self._checkout, self._folder, self._longest = checkout, folder, longest
        self._moments, self._samples = random.Random(seed), random.Random(seed)
        self._access: Access | None = None
        self._step = 0
        self._reports: dict[str, bytes] = {}
        self._answers: dict[int, bytes] = {}
        self.counts: Counter[str] = Counter()

    def round(self, *, working: bool) -> None:
        """One life of the server: killed while it works, or from its start on."""
        server, client = self._started()
        if working:
            self._analyze(client, self._next())
        pids = server.processes()
        killer = threading.Timer(self._moments.uniform(0.0, self._longest), server.kill)
        killer.start()
        try:
            while True:
                self._check(client, self._some(self._reports), self._some(self._answers))
                self._write(client)
        except BROKEN:
            client.close()
        pids += server.processes()
        killer.join()
        self.counts["kills"] += 1
        self.counts["crashes"] += server.process.returncode != -signal.SIGKILL
        self.counts["warnings"] += server.output.count("set aside")
        self.counts["orphans"] += _alive_after(pids, GONE_WITHIN)
        self._look_at_the_files()

    def finish(self) -> None:
        """Start once more and look for all of it."""
        server, client = self._started()
        try:
            self._check(client, self._reports, self._answers)
        finally:
            client.close()
            server.stop()
        self.counts["warnings"] += server.output.count("set aside")

    def _started(self) -> tuple[Server, Client]:
        server = Server(self._checkout, self._folder, apart=False)
        if self._access is None:
            self._access = Access.paired(server)
        self._access.port = server.port
        return server, Client(self._access)

    def _next(self) -> int:
        self._step += 1
        return self._step

    def _some(self, known: dict[Any, bytes]) -> list[Any]:
        return self._samples.sample(list(known), min(3, len(known)))

    def _analyze(self, client: Client, step: int) -> Answer:
        answer = client.analyze(numbered(step))
        if answer.status == 200:
            self._answers[step] = answer.body
            self.counts["answered"] += 1
        return answer

    def _write(self, client: Client) -> None:
        """An analysis, a correction of it and a report, each acknowledged or not at all."""
        step = self._next()
        analysis = self._analyze(client, step)
        if analysis.status == 200 and analysis.json()["quotes"]:
            before = self._answers.pop(step)  # not acknowledged: either of the two may be there
            (content,) = analysis.json()["quotes"][0]["content"]
            place = {name: content[name] for name in ("block", "start", "end")}
            note = {"id": f"{step:032x}", "what": "note", "on": "quote", "at": place, "note": f"Note {step}."}
            corrected = client.ask("POST", "/v1/corrections", {**numbered(step), "correct": note})
            self._answers[step] = corrected.body if corrected.status == 200 else before
            self.counts["corrected"] += corrected.status == 200
        made = client.ask("POST", "/v1/reports", numbered(step))
        if made.status == 200:
            place = made.json()["location"]
            page = client.ask("GET", place)
            if page.status == 200:
                self._reports[place] = page.body
                self.counts["kept"] += 1
                while len(self._reports) > LOOKED_FOR:
                    del self._reports[next(iter(self._reports))]

    def _check(self, client: Client, reports: Iterable[str], steps: Iterable[int]) -> None:
        for place in reports:
            found = client.ask("GET", place)
            self.counts["lost"] += found.status == 404
            self.counts["corrupt"] += found.status == 200 and found.body != self._reports[place]
            self.counts["read"] += found.status == 200
        for step in steps:
            found = client.analyze(numbered(step))
            self.counts["corrupt"] += found.status == 200 and found.body != self._answers[step]
            self.counts["read"] += found.status == 200

    def _look_at_the_files(self) -> None:
        """What a kill has left, read from a copy, so that the next start meets it as it is.

        An analysis that was lost would be made anew and be the same, so those are counted here.
        """
        with tempfile.TemporaryDirectory() as copy:
            for path in self._folder.glob("*.sqlite3*"):
                shutil.copy(path, copy)
            for path in Path(copy).glob("*.sqlite3"):
                with closing(sqlite3.connect(path)) as db:
                    self.counts["corrupt"] += db.execute("PRAGMA integrity_check").fetchone() != ("ok",)
                    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'analyses'").fetchone():
                        (there,) = db.execute("SELECT count(*) FROM analyses").fetchone()
                        wanted = min(len(self._answers), Settings().cache_entries)
                        self.counts["lost"] += max(0, wanted - there)


def _alive_after(pids: Iterable[int], seconds: float) -> int:
    """How many of them are still there; it waits no longer than they live."""
    ends = time.monotonic() + seconds
    left = set(pids)
    while left and time.monotonic() < ends:
        left = {pid for pid in left if _alive(pid)}
        time.sleep(0.01)
    return len(left)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def kills(checkout: Path, count: int, *, seed: int = 1, longest: float = 2.0) -> Counter[str]:
    """So many kills, every other one while the server works, and a last look."""
    with tempfile.TemporaryDirectory(prefix="onrecord-kills-") as folder:
        made = Kills(checkout, Path(folder), seed=seed, longest=longest)
        for number in range(count):
            made.round(working=number % 2 == 0)
        made.finish()
        return made.counts
