"""Do both readers of pages find the same quotes: ``python -m bench.overlay.readers FOLDER [--limit N]``.

FOLDER is as for ``bench.overlay.pages``. Each page is read twice: by the extension in Chromium, and from the file as
``analyze FILE.html`` reads it. Two quotes are the same if their words are, but for quotation marks and white space, and
their source is called the same. Printed are, for each page and for all, how many of the quotes that either finds both
find, and why not:

* *only there*: the words stand in no block that the other has read;
* *cut otherwise*: the other has the words, but in a block that begins or ends elsewhere, or has another role;
* *other source*: both have the words, and give them to sources with other names;
* *read otherwise*: the block is the same, and its neighbours or the article's other blocks decide.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import BrowserContext, Error

import onrecord
from bench.overlay.browser import served
from bench.overlay.pages import SETTLE, bare
from e2e.paired import paired
from e2e.reader import Reader
from onrecord import documents
from onrecord.errors import OnrecordError

REASONS = ("only there", "cut otherwise", "other source", "read otherwise")


class Quote(NamedTuple):
    """A quote by its words and what its source is called."""

    words: str
    source: str


class Reading(NamedTuple):
    """What one reader makes of a page: its quotes, each with the block it begins in, and its blocks."""

    quotes: dict[Quote, tuple[str, str]]
    blocks: frozenset[tuple[str, str]]  # role and bare text


def reading(found: dict[str, Any], blocks: list[dict[str, Any]]) -> Reading:
    """An answer of the wire, in the form that both readers share."""
    known = {block["id"]: (block["role"], bare(block["text"])) for block in blocks}
    called = {source["id"]: source["label"] for source in found["sources"]}
    quotes = {
        Quote("".join(bare(span["text"]) for span in quote["content"]), called.get(quote["source"], "")): known[
            quote["content"][0]["block"]
        ]
        for quote in found["quotes"]
    }
    return Reading(quotes, frozenset(known.values()))


def differences(one: Reading, other: Reading) -> Counter[str]:
    """Why the other has not the quotes that this one has, by reason."""
    words = {quote.words for quote in other.quotes}
    text = "".join(text for _, text in sorted(other.blocks))
    reasons: Counter[str] = Counter()
    for quote, block in one.quotes.items():
        if quote in other.quotes:
            continue
        if quote.words in words:
            reasons["other source"] += 1
        elif block in other.blocks:
            reasons["read otherwise"] += 1
        elif quote.words in text:
            reasons["cut otherwise"] += 1
        else:
            reasons["only there"] += 1
    return reasons


def in_browser(context: BrowserContext, reader: Reader, address: str) -> Reading:
    """What the extension finds; nothing where it says that the page is no article."""
    page = context.new_page()
    try:
        page.goto(address, wait_until="domcontentloaded")  # the load event of some pages never comes
        reader.press(page)
        view = reader.settled(page, SETTLE)
    finally:
        page.close()
    return reading(view["analysis"] or {"sources": [], "quotes": []}, view["blocks"])


def on_command_line(html: bytes, folder: Path) -> Reading:
    """What ``analyze FILE.html`` finds; nothing where it says that there is no article."""
    path = folder / "page.html"
    path.write_bytes(html)
    try:
        found = onrecord.analyze(documents.read(str(path))).to_dict()
    except OnrecordError:
        return Reading({}, frozenset())
    return reading(found, found["blocks"])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    folder: Path = options.folder
    names = list(json.loads((folder / "articles.json").read_text(encoding="utf-8")))[: options.limit]

    def html(name: str) -> bytes:
        return gzip.decompress((folder / f"{name}.html.gz").read_bytes())

    def answer(path: str) -> bytes | None:
        name = path.removesuffix(".html")
        return html(name) if name in names else None

    agreed = either = 0
    reasons: dict[str, Counter[str]] = {"extension": Counter(), "command line": Counter()}
    with served(answer) as address, paired() as (context, reader, _), tempfile.TemporaryDirectory() as place:
        for name in names:
            try:
                page = in_browser(context, reader, f"{address}/{name}.html")
            except (Error, AssertionError) as error:
                print(f"{name}  {str(error).splitlines()[0]}", flush=True)
                page = Reading({}, frozenset())
            file = on_command_line(html(name), Path(place))
            both = len(page.quotes.keys() & file.quotes.keys())
            all_ = len(page.quotes.keys() | file.quotes.keys())
            agreed, either = agreed + both, either + all_
            own = {"extension": differences(page, file), "command line": differences(file, page)}
            for reader_, found in own.items():
                reasons[reader_] += found
            told = "; ".join(
                f"{reader_} alone: {', '.join(f'{count} {reason}' for reason, count in found.most_common())}"
                for reader_, found in own.items()
                if found
            )
            print(f"{name}  {both:3d} of {all_:3d} quotes  {told}", flush=True)
    print(f"{len(names)} pages: both find {agreed} of {either} quotes, {100 * agreed / max(1, either):.1f}%")
    print(f"{'found alone by':14}" + "".join(f"{reason:>16}" for reason in REASONS))
    for reader_, found in reasons.items():
        print(f"{reader_:14}" + "".join(f"{found[reason]:16}" for reason in REASONS))


if __name__ == "__main__":
    sys.exit(main())
