"""How well the extension reads and marks real pages: ``python -m bench.overlay.pages FOLDER [--scorer FILE]``.

FOLDER holds pages as ``NAME.html.gz`` and ``articles.json``, ``{NAME: {"url", "articleBody"}}``: the article-extraction
benchmark's format. Each page is opened in Chromium with the real extension and the button is pressed. Printed for each
page: precision and recall of the article's body, milliseconds of extraction, from the press to the first marks and to
the whole article, the longest task that held up the page, if one took more than 50 ms, painted spans, and what is
wrong, if anything. The body is what the extension sends but for the page's headline and its captions, which go under
roles of their own, and what stands there twice. trafilatura and Readability.js read the same pages; the times are told
by length as well, with the server's processor time. Without ``--scorer`` the measure is ``FOLDER/../score_pages.py``.

``--names misleading`` gives every paragraph and its box a class that means furniture, ``--names none`` takes the
meaning out of all of them: what a reader of pages owes to names is no merit on the next site.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import trafilatura
from playwright.sync_api import BrowserContext, Error, Page

from bench.overlay.browser import FIRST, NOTICED, TASKS, TOLD, cpu, percentile, served
from e2e.conftest import OnrecordServer
from e2e.paired import paired
from e2e.reader import Reader

ROUNDS = 3  # of extraction on each page; the median is kept
SETTLE = 60_000  # milliseconds within which a page is marked or has its problem
LENGTHS = (600, 1200, 2400)  # words at which a new row of the table by length begins
PEERS = ("trafilatura", "Readability.js")

# In the content script's world: the article again, with the time it takes and what is a headline of the page.
_EXTRACTED = """(() => {
  const times = [];
  let blocks = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    blocks = onrecord.extract.article(document);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  let peer = '';
  try { peer = new Readability(document.cloneNode(true)).parse()?.textContent ?? ''; } catch { /* it reads nothing */ }
  return { time: times[times.length >> 1], peer, blocks: blocks.filter(({ echo }) => !echo).map(
    ({ role, text, dressed, element }) =>
      ({ role, text: dressed?.bare ?? text, title: element.closest('h1') !== null })) };
})()""".replace("ROUNDS", str(ROUNDS))

# In the page, before the press.
_NAMES = {
    "given": "",
    "none": """const known = new Map();
      for (const element of document.querySelectorAll('[class], [id]')) for (const name of ['class', 'id']) {
        const value = element.getAttribute(name);
        if (value !== null) element.setAttribute(name, value.split(/\\s+/).map((one) =>
          known.get(one) ?? known.set(one, `c${known.size}x`).get(one)).join(' '));
      }""",
    "misleading": """const names = ['paywall', 'sidebar-grid', 'article-widget', 'teaser-content', 'share-body',
        'meta-content', 'related-x', 'promo'];
      let at = 0;
      const paragraphs = [...document.querySelectorAll('p')];
      for (const one of paragraphs) { one.className = names[at % names.length]; one.id = `related-${at++}`; }
      for (const box of new Set(paragraphs.map((one) => one.parentElement)))
        if (box !== document.body) box.classList.add(names[at++ % names.length]);""",
}


def scorer(path: Path) -> Any:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_pages", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def collapsed(text: str) -> str:
    """Text without what the reader does not see of it: runs of white space, characters without width."""
    return " ".join(text.translate({0xAD: None, 0x200B: None, 0x2060: None, 0xFEFF: None}).split())


def bare(text: str) -> str:
    """Text without white space and quotation marks: a range holds no space for a ``<br>`` and no generated mark."""
    return re.sub(r"[\s“”„‟‘’‚‛«»‹›\"']", "", collapsed(text))


def astray(painted: list[str], spans: list[str]) -> bool:
    """Whether a span is not painted, or something else is; a pull quote's own mark repeats a span or a part of one."""
    wanted = Counter(bare(text) for text in spans)
    found = Counter(bare(text) for text in painted)
    if wanted - found:
        return True
    return any(not any(more in span or span in more for span in wanted) for more in found - wanted)


def look(context: BrowserContext, reader: Reader, server: OnrecordServer, address: str, names: str) -> dict[str, Any]:
    """One page: what is read of it, times in milliseconds, the number of painted spans, and complaints."""
    page: Page = context.new_page()
    said: list[str] = []

    def heard(message: Any) -> None:
        if message.type == "error" and "-extension://" in message.location.get("url", ""):
            said.append(message.text)

    page.on("console", heard)
    try:
        page.goto(address, wait_until="domcontentloaded")  # the load event of some pages never comes
        if _NAMES[names]:
            page.evaluate(f"() => {{ {_NAMES[names]} }}")
        before = page.evaluate("document.documentElement.outerHTML")
        page.evaluate(FIRST)
        page.evaluate(TASKS)
        used = cpu(server.pid)
        pressed = reader.press(page) * 1000
        view = reader.settled(page, SETTLE)
        whole, used = time.time() * 1000 - pressed, cpu(server.pid) - used
        painted = [mark for mark in reader.painted(page) if not mark["name"].startswith("onrecord-tint")]
        first = page.evaluate("window.seen") - pressed if painted else None
        tasks = page.evaluate(TOLD)
        # a notice is shown on pages that are no article; it is the only thing that may be there
        after = page.evaluate(
            "() => { const c = document.documentElement.cloneNode(true);"
            " c.querySelectorAll(':scope > [popover]').forEach((e) => e.remove()); return c.outerHTML; }"
        )
        found = reader.in_content(page, _EXTRACTED)
    finally:
        page.close()
    complaints = [*said, *([] if before == after else ["the page's tree changed"])]
    if view["status"] == "problem":
        complaints.append(view["problem"]["code"])
    analysis = view["analysis"] or {"quotes": [], "claims": []}
    spans = [span for quote in analysis["quotes"] if quote["source"] for span in quote["content"]]
    spans += [span for claim in analysis["claims"] for span in claim["content"]]
    for claim in analysis["claims"]:  # words of another block that contest it are marked there
        home = {span["block"] for span in claim["content"]}
        spans += [span for span in claim["evidence"] if span["block"] not in home]
    if astray([mark["text"] for mark in painted], [span["text"] for span in spans]):
        complaints.append(f"{len(spans)} spans, {len(painted)} painted, or other text under them")
    body = [block["text"] for block in found["blocks"] if not block["title"] and block["role"] != "caption"]
    return {
        "body": "\n".join(body), "all": "\n".join(block["text"] for block in found["blocks"]),
        "Readability.js": found["peer"], "words": sum(len(text.split()) for text in body), "time": found["time"],
        "first": first, "whole": whole, "task": max(tasks, default=0), "cpu": used,
        "painted": len(painted), "quotes": len(analysis["quotes"]),
        "complaints": complaints,
    }  # fmt: skip


def lost(error: Exception) -> dict[str, Any]:
    """A page of which nothing came: it counts as read empty, and the rest goes on."""
    return {
        "body": "", "all": "", "Readability.js": "", "words": 0, "time": 0.0, "first": None, "whole": None, "task": 0.0,
        "cpu": 0.0, "painted": 0, "quotes": 0, "complaints": [str(error).split("\n", 1)[0][:120]],
    }  # fmt: skip


def by_length(rows: list[dict[str, Any]]) -> None:
    """Print the times by the article's length."""
    print(f"{'words':14} {'pages':>5} {'extraction':>11} {'first mark':>11} {'whole':>9} {'CPU per 100 words':>18}")
    for low, high in zip((0, *LENGTHS), (*LENGTHS, 10**9), strict=True):
        own = [row for row in rows if row["whole"] is not None and low < row["words"] <= high]
        if not own:
            continue
        first = [row["first"] for row in own if row["first"] is not None]
        each = 100_000 * sum(row["cpu"] for row in own) / sum(row["words"] for row in own)
        name = f"up to {high}" if high < 10**9 else f"over {low}"
        print(
            f"{name:14} {len(own):5} {percentile([row['time'] for row in own], 0.5):8.0f} ms "
            f"{percentile(first, 0.5) if first else float('nan'):8.0f} ms "
            f"{percentile([row['whole'] for row in own], 0.5):6.0f} ms {each:15.0f} ms"
        )


def main() -> int:
    """Print each page and the figures of all; the exit status says whether anything was complained about."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--names", choices=_NAMES, default="given")
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    folder: Path = options.folder
    score = scorer(options.scorer or folder.parent / "score_pages.py")
    articles = json.loads((folder / "articles.json").read_text(encoding="utf-8"))
    articles = dict(list(articles.items())[: options.limit])

    def answer(name: str) -> bytes | None:
        path = folder / f"{name}.gz"
        return gzip.decompress(path.read_bytes()) if name.removesuffix(".html") in articles else None

    rows: dict[str, dict[str, Any]] = {}
    with served(answer) as address, paired() as (context, reader, server):
        for name in articles:
            try:
                rows[name] = row = look(context, reader, server, f"{address}/{name}.html", options.names)
            except (Error, AssertionError) as error:
                rows[name] = row = lost(error)
            html = (answer(f"{name}.html") or b"").decode("utf-8", "replace")
            row["trafilatura"] = trafilatura.extract(html, include_comments=False) or ""
            precision, recall = score.page(articles[name]["articleBody"], row["body"])
            print(
                f"{name}  precision {precision or 0:.3f}  recall {recall or 0:.3f}  {row['time']:5.0f} ms  "
                f"first {row['first'] or 0:5.0f} ms  whole {row['whole'] or 0:6.0f} ms  task {row['task']:3.0f} ms  "
                f"{row['painted']:3d} spans  {'; '.join(row['complaints'])}",
                flush=True,
            )
    labels = (("body", "body"), ("with headline and captions", "all"), *((peer, peer) for peer in PEERS))
    for label, key in labels:
        precision, recall, f1, _ = score.score(articles, {name: row[key] for name, row in rows.items()})
        print(f"{len(rows)} pages, {label}: precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}")
    found = [row for row in rows.values() if row["whole"] is not None]
    for what in ("time", "first", "whole"):
        times = [row[what] for row in found if row[what] is not None]
        name = {"time": "extraction", "first": "press to first mark", "whole": "press to whole article"}[what]
        print(f"{name}: median {percentile(times, 0.5):.0f} ms, p95 {percentile(times, 0.95):.0f} ms")
    held = [row["task"] for row in found]
    over = sum(task > NOTICED for task in held)
    print(f"longest task: {over} of {len(held)} pages over {NOTICED} ms, p95 {percentile(held, 0.95):.0f} ms")
    by_length(found)
    quoted = [row for row in rows.values() if row["quotes"]]
    print(f"painted: {sum(row['painted'] > 0 for row in quoted)} of {len(quoted)} pages with quotes")
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "")
    wrong = [name for name, row in rows.items() if row["complaints"]]
    print(f"complaints: {len(wrong)} pages {' '.join(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
