"""The command line's reader of pages and the extension's, held together: on our own pages they read the same blocks."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path

import pytest

from onrecord import documents
from server.bootstrap import ROOT
from tests import tools

PAGES = sorted((ROOT / "tests" / "extension" / "pages").glob("*.html"))
SHARE = 0.9  # of the blocks that either reads, on all pages together, those that both read

# What only one of the two can tell: lists of stories on an index, lines that ask readers for something or say who
# reported, notes on a company below a press release, and text that a page repeats.
APART = {
    "c1-index-by-teasers",
    "d2-signoffs",
    "d3-calls",
    "d8-press-about",
    "e3-pullquote-twice",
}


@cache
def extension() -> dict[str, list[tuple[str, int]]]:
    """Text and section of each block that the extension reads, by the page's name."""
    tools.node_packages()
    done = subprocess.run(
        [tools.node(), "tests/extension/extracted.js", *map(str, PAGES)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    read = [json.loads(line) for line in done.stdout.splitlines()]
    return {Path(one["page"]).stem: [(b["text"], b["section"]) for b in one["blocks"]] for one in read}


def command_line(page: Path) -> list[tuple[str, int]]:
    return [(block.text, block.section) for block in documents.read(str(page)).blocks]


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem not in APART], ids=lambda page: page.stem)
def test_both_read_the_same_blocks_in_the_same_order(page: Path) -> None:
    assert command_line(page) == extension()[page.stem]


def test_on_all_pages_together_most_blocks_are_read_by_both() -> None:
    both = either = 0
    for page in PAGES:
        if page.stem == "c1-index-by-teasers":
            continue  # a list of stories, which the extension declines
        ours, theirs = ({text for text, _ in blocks} for blocks in (command_line(page), extension()[page.stem]))
        both += len(ours & theirs)
        either += len(ours | theirs)
    assert both / either >= SHARE
