"""How long the side panel takes to show a long article, and how long its frames are.

``python -m bench.overlay.panel [--against FOLDER] [--sources 200] [--quotes 1000] [--rounds 5]``, where FOLDER is
another checkout, measured in turns. The article is made up. Milliseconds, the median of the rounds.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from server.bootstrap import ROOT
from tests import tools

TYPES = (
    "document", "media", "former_official", "official", "political",
    "business", "civil_society", "expert", "affected", "unattributed",
)  # fmt: skip
IDENTIFICATIONS = ("named_person", "named_organisation", "described", "anonymous", "collective", "document")
STATUSES = ("denied", "disputed", "accusation", "speculation")

# Runs in the panel: the time from the message to the frame in which every source stands, and the longest frames.
MEASURE = """(sources) => new Promise((done) => {
  const long = [];
  new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration)))
    .observe({ type: 'long-animation-frame' });
  chrome.runtime.onMessage.addListener((message) => {
    if (message.type !== 'changed') return;
    const began = performance.now();
    const look = () => requestAnimationFrame(() => {
      if (document.querySelectorAll('#sources .source').length < sources) return look();
      const channel = new MessageChannel(); // its message comes when the frame has been made
      channel.port1.onmessage = () => {
        const shown = performance.now() - began;
        setTimeout(() => done({ shown, longest: Math.max(0, ...long), height: document.body.scrollHeight }), 500);
      };
      channel.port2.postMessage(0);
    });
    look();
  });
  globalThis.ready = true;
})"""
# From top to bottom in steps of a wheel: the longest time between two frames.
SCROLL = """() => new Promise((done) => {
  let longest = 0;
  let last = performance.now();
  const step = (now) => {
    longest = Math.max(longest, now - last);
    last = now;
    const before = scrollY;
    scrollBy(0, 240);
    if (scrollY === before) return done(longest);
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""


def article(sources: int, quotes: int, claims: int) -> dict[str, Any]:
    """A view as a page tells it to the panel, of an article that nobody wrote."""
    blocks = []
    found: dict[str, list[dict[str, Any]]] = {"sources": [], "quotes": [], "claims": []}
    names = [f"Speaker Number {number}" for number in range(sources)]
    for number in range(quotes):
        name = names[number % sources]
        said = f"“This is what was said at the {number}th time, and it goes on for a while so that it fills a line,”"
        text = f"{said} said {name}, who reportedly knew."
        block = f"b{number}"
        blocks.append({"id": block, "role": "paragraph", "text": text})

        def span(words: str, block: str = block, text: str = text) -> dict[str, Any]:
            return {"block": block, "start": text.index(words), "end": text.index(words) + len(words), "text": words}

        if number < sources:
            identification = IDENTIFICATIONS[number % len(IDENTIFICATIONS)]
            found["sources"].append(
                {
                    "id": f"s{number}", "label": name, "name": name, "type": TYPES[number % len(TYPES)],
                    "identification": identification, "organisation": None, "evidence": [span("who reportedly knew")],
                    "mentions": [span(name)], "anonymity": None,
                }
            )  # fmt: skip
        found["quotes"].append(
            {
                "id": f"q{number}", "kind": "direct", "content": [span(said)], "cue": [span("said")],
                "mention": span(name), "source": f"s{number % sources}", "channel": "interview", "confidence": 0.9,
            }
        )  # fmt: skip
        if number < claims:
            found["claims"].append(
                {
                    "id": f"c{number}", "status": STATUSES[number % len(STATUSES)], "also": [], "content": [span(said)],
                    "evidence": [span("reportedly")], "by": None, "quote": f"q{number}", "confidence": 0.9,
                }
            )  # fmt: skip
    by_type = {kind: sum(source["type"] == kind for source in found["sources"]) for kind in TYPES}
    return {
        "status": "shown", "problem": None, "title": "Made up", "url": "https://gazette.example/long", "outlet": None,
        "published": None, "lost": [], "blocks": blocks, "whole": True, "reading": False, "read": 1, "changed": False,
        "filter": {"layers": {}, "only": "", "label": ""},
        "analysis": {
            "schema": "onrecord/1", "engine": {"version": "0", "model": "none"}, "language": "en", "offsets": "utf-16",
            **found, "attitudes": [], "factchecks": [], "corrections": [],
            "summary": {
                "sources": sources, "quotes": quotes, "claims": claims, "speaker_not_found": 0, "by_type": by_type,
                "by_identification": {}, "words_quoted_by_type": by_type, "words_quoted_by_identification": {},
            },
        },
    }  # fmt: skip


def tell(teller: Page, view: dict[str, Any]) -> None:
    """Send a view to the panel as the tab of ``teller`` would."""
    teller.evaluate("(view) => chrome.runtime.sendMessage({ type: 'changed', view }).catch(() => null)", view)


def measured(extension: Path, view: dict[str, Any]) -> dict[str, float]:
    """One panel in a browser of its own."""
    chromium = str(tools.browser())  # outside of Playwright, which it may ask
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tempfile.mkdtemp(),
            executable_path=chromium,
            headless=True,
            args=[
                f"--disable-extensions-except={extension}",
                f"--load-extension={extension}",
                "--no-first-run",
                *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
            ],
            ignore_default_args=["--disable-extensions"],
        )
        worker = context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
        root = f"chrome-extension://{worker.url.split('/')[2]}"
        teller = context.new_page()
        teller.goto(f"{root}/options/options.html")
        tab = teller.evaluate("async () => (await chrome.tabs.getCurrent()).id")
        panel = context.new_page()
        panel.set_viewport_size({"width": 380, "height": 900})
        panel.goto(f"{root}/panel/panel.html?tab={tab}")
        panel.wait_for_timeout(300)  # until it has asked the tab, which is no page
        panel.evaluate(f"(sources) => {{ globalThis.shown = ({MEASURE})(sources); }}", len(view["analysis"]["sources"]))
        tell(teller, view)
        found: dict[str, float] = panel.evaluate("() => globalThis.shown")
        found["scroll"] = panel.evaluate(SCROLL)
        found["elements"] = panel.evaluate("() => document.querySelectorAll('*').length")
        context.close()
        return found


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--quotes", type=int, default=1000)
    parser.add_argument("--claims", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    view = article(asked.sources, asked.quotes, asked.claims)
    folders = {"here": ROOT, **({str(asked.against): asked.against} if asked.against else {})}
    rounds: dict[str, list[dict[str, float]]] = {name: [] for name in folders}
    for _ in range(asked.rounds):
        for name, folder in folders.items():
            rounds[name].append(measured(folder / "extension", view))
    names = {"shown": "until shown", "longest": "longest frame", "scroll": "longest frame, scrolling"}
    print(f"{asked.sources} sources, {asked.quotes} quotes; load {os.getloadavg()[0]:.1f}")
    for key, title in {**names, "height": "height (px)", "elements": "elements"}.items():
        row = "  ".join(f"{name} {statistics.median(one[key] for one in found):8.1f}" for name, found in rounds.items())
        print(f"{title:26} {row}")


if __name__ == "__main__":
    main()
