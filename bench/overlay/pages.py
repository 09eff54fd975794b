"""How well the extension reads and marks real pages: ``python -m bench.overlay.pages FOLDER [--scorer FILE]``.

FOLDER holds pages as ``NAME.html.gz`` and ``articles.json``, ``{NAME: {"url", "articleBody"}}``: the article-extraction
benchmark's format. Each page is opened in Chromium with the real extension and the button is pressed. Printed for each
page: precision and recall of the article's body, milliseconds of extraction, painted spans, and what is wrong, if
anything. The body is what the extension sends but for the page's headline and its captions, which go under roles of
their own. Without ``--scorer`` the measure is ``FOLDER/../score_pages.py``.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from bench.overlay.browser import percentile, served
from e2e.paired import paired
from e2e.reader import Reader

ROUNDS = 3  # of extraction on each page; the median is kept
SETTLE = 15_000  # milliseconds within which a page is marked or has its problem

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
  return { time: times[times.length >> 1], blocks: blocks.filter(({ echo }) => !echo).map(
    ({ role, text, dressed, element }) =>
      ({ role, text: dressed?.bare ?? text, title: element.closest('h1') !== null })) };
})()""".replace("ROUNDS", str(ROUNDS))


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


def look(context: BrowserContext, reader: Reader, address: str) -> dict[str, Any]:
    """One page: the body's text, the time of extraction, the number of painted spans, and complaints."""
    page: Page = context.new_page()
    said: list[str] = []

    def heard(message: Any) -> None:
        if message.type == "error" and "-extension://" in message.location.get("url", ""):
            said.append(message.text)

    page.on("console", heard)
    page.goto(address, wait_until="domcontentloaded")  # the load event of some pages never comes
    before = page.evaluate("document.documentElement.outerHTML")
    reader.press(page)
    view = reader.settled(page, SETTLE)
    painted = [mark for mark in reader.painted(page) if not mark["name"].startswith("onrecord-tint")]
    # a notice is shown on pages that are no article; it is the only thing that may be there
    after = page.evaluate(
        "() => { const c = document.documentElement.cloneNode(true);"
        " c.querySelectorAll(':scope > [popover]').forEach((e) => e.remove()); return c.outerHTML; }"
    )
    found = reader.in_content(page, _EXTRACTED)
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
    page.close()
    body = [block["text"] for block in found["blocks"] if not block["title"] and block["role"] != "caption"]
    everything = [block["text"] for block in found["blocks"]]
    return {
        "body": "\n".join(body), "all": "\n".join(everything), "time": found["time"], "painted": len(painted),
        "quotes": len(analysis["quotes"]), "complaints": complaints,
    }  # fmt: skip


def main() -> int:
    """Print each page and the figures of all; the exit status says whether anything was complained about."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scorer", type=Path)
    options = parser.parse_args()
    folder: Path = options.folder
    score = scorer(options.scorer or folder.parent / "score_pages.py")
    articles = json.loads((folder / "articles.json").read_text(encoding="utf-8"))

    def answer(name: str) -> bytes | None:
        path = folder / f"{name}.gz"
        return gzip.decompress(path.read_bytes()) if name.removesuffix(".html") in articles else None

    rows: dict[str, dict[str, Any]] = {}
    with served(answer) as address, paired() as (context, reader, _):
        for name in articles:
            rows[name] = row = look(context, reader, f"{address}/{name}.html")
            precision, recall = score.page(articles[name]["articleBody"], row["body"])
            print(
                f"{name}  precision {precision or 0:.3f}  recall {recall or 0:.3f}  {row['time']:5.0f} ms  "
                f"{row['painted']:3d} spans  {'; '.join(row['complaints'])}",
                flush=True,
            )
    for label, key in (("body", "body"), ("with headline and captions", "all")):
        precision, recall, f1, _ = score.score(articles, {name: row[key] for name, row in rows.items()})
        print(f"{len(rows)} pages, {label}: precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    times = [row["time"] for row in rows.values()]
    quoted = [row for row in rows.values() if row["quotes"]]
    print(f"extraction: median {percentile(times, 0.5):.0f} ms, p95 {percentile(times, 0.95):.0f} ms")
    print(f"painted: {sum(row['painted'] > 0 for row in quoted)} of {len(quoted)} pages with quotes")
    wrong = [name for name, row in rows.items() if row["complaints"]]
    print(f"complaints: {len(wrong)} pages {' '.join(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
