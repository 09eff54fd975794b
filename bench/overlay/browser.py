"""What both benchmarks need: the real server, a real browser with the extension, and pages to look at."""

from __future__ import annotations

import http.server
import math
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

# In the page: when the first frame with marks has been made, by the clock of the machine.
FIRST = """() => { window.seen = new Promise((done) => {
  const look = () => {
    if (CSS.highlights.size === 0) return requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => done(performance.timeOrigin + performance.now());
    port1.postMessage(0);
  };
  look();
}); }"""


# In the page, before the press: tasks of more than 50 ms, whoever's they are, in milliseconds.
TASKS = """() => { window.tasks = [];
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) window.tasks.push(duration); })
    .observe({ type: 'longtask' }); }"""
# Later: those that were seen; the browser tells of a task some time after its end.
TOLD = "new Promise((done) => setTimeout(() => done(window.tasks), 300))"
NOTICED = 50  # milliseconds for which nothing answers before a reader notices


@contextmanager
def served(answer: Callable[[str], bytes | None]) -> Iterator[str]:
    """A web server on this machine whose pages come from ``answer(path)``; gives its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = answer(self.path.strip("/"))
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            with suppress(OSError):  # the browser has left the page
                self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of all values do not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def cpu(pid: int) -> float:
    """Seconds of the processor that a process and those it started have used so far; 0 where there is no ``/proc``."""
    if not hasattr(os, "sysconf") or not Path("/proc/self/stat").exists():
        return 0.0
    used, parents = {}, {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        with suppress(OSError):  # it has ended meanwhile
            fields = (folder / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
            parents[int(folder.name)] = int(fields[1])
            # its own, and what children that have ended had used
            used[int(folder.name)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    own = {pid}
    while more := {child for child, parent in parents.items() if parent in own} - own:
        own |= more
    return sum(used.get(each, 0.0) for each in own)
