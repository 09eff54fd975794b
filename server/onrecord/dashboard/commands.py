"""``onrecord summary``: its arguments, and what it says when it is done. What it needs is loaded when it runs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

_LEAST = 20  # as ``page.LEAST``; a test holds the two together


def arguments(command: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    command.add_argument("source", metavar="OUT", type=Path, help="what `onrecord corpus` wrote")
    command.add_argument(
        "target", metavar="PAGE", type=Path, nargs="?", help="the HTML file to write; default: beside OUT"
    )
    command.add_argument(
        "--outlet", action="append", default=[], metavar="NAME", help="only this outlet's articles; may be repeated"
    )
    command.add_argument("--from", dest="first", metavar="DAY", help="only articles from this day, month or year on")
    command.add_argument("--to", dest="last", metavar="DAY", help="only articles to the end of this day, month or year")
    command.add_argument(
        "--by", choices=["day", "week", "month", "quarter", "year"], help="the periods; default: by the time they span"
    )
    command.add_argument(
        "--measure", choices=["sources", "words"], default="sources", help="what is drawn over time and by outlet"
    )
    command.add_argument(
        "--least", type=_least, default=_LEAST, metavar="N",
        help="articles that a figure of a period or an outlet needs; default: %(default)s",
    )  # fmt: skip
    command.add_argument("--title", metavar="TEXT", help="the heading of the page")


def _least(text: str) -> int:
    number = int(text) if text.isdecimal() and len(text) < 10 else 0
    if number < 2:
        raise argparse.ArgumentTypeError("a number from 2 on")
    return number


def run(options: argparse.Namespace) -> int:
    """Write the page; the exit status is 0."""
    from onrecord.dashboard import archive, page
    from onrecord.formats.controls import line
    from onrecord.formats.labels import counted

    source: Path = options.source
    bare = source.name
    for ending in (".gz", ".zst", source.with_suffix("").suffix if source.suffix in {".gz", ".zst"} else source.suffix):
        bare = bare.removesuffix(ending)
    target = options.target or source.with_name(f"{bare or source.name}.summary.html")
    asked = page.Options(
        archive.asked(options.outlet, options.first, options.last), options.by, options.least, options.measure,
        options.title,
    )  # fmt: skip
    found = page.write(source, target, asked)
    print(target)
    print(
        f"onrecord: {counted(len(found.table), 'article')} summed up; open the file in a browser.",
        file=sys.stderr,
    )
    if found.damaged:
        print(f"onrecord: {found.damaged:,} lines could not be read; {line(found.first_damage)}", file=sys.stderr)
    return 0
