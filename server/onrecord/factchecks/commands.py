"""``onrecord factchecks import | list | forget``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from onrecord.factchecks.library import Library
from onrecord.factchecks.reviews import Tally, read
from onrecord.formats.controls import line as plain
from onrecord.formats.labels import counted
from onrecord.settings import Settings
from onrecord.store import Store


def arguments(command: argparse.ArgumentParser) -> None:
    """What stands behind ``factchecks`` on the command line."""
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    imported = actions.add_parser("import", help="add the ClaimReviews of a page, a JSON file or a feed")
    imported.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a page, JSON, or a DataFeed")
    actions.add_parser("list", help="the publishers whose fact-checks are kept here")
    forgotten = actions.add_parser("forget", help="delete the fact-checks that were imported")
    forgotten.add_argument("--publisher", metavar="NAME", help="only those of this publisher")


def run(options: argparse.Namespace) -> int:
    """Do what the command line asks for."""
    actions: dict[str, Callable[[argparse.Namespace, Library], None]] = {
        "import": _import, "list": _list, "forget": _forget,
    }  # fmt: skip
    library = Library(Settings.from_environment().state_dir)
    try:
        actions[options.action](options, library)
    finally:
        library.close()
    return 0


def _import(options: argparse.Namespace, library: Library) -> None:
    for path in options.files:
        tally = Tally()
        new, known = library.add(read(path, tally))
        line = f"{plain(str(path))}: {counted(new, 'fact-check')} added"
        if known:
            line += f", {known:,} known already"
        if tally.skipped:
            line += f", {tally.skipped:,} left out that name no claim, publisher, rating or web address"
        print(f"{line}.")


def _list(_: argparse.Namespace, library: Library) -> None:
    publishers = library.publishers()
    if not publishers:
        print("No fact-checks are kept here. Add some with: factchecks import FILE")
    for name, count, newest in publishers:
        print(f"{count:>8,}  {plain(name)}" + (f"  (newest {plain(newest)})" if newest else ""))


def _forget(options: argparse.Namespace, library: Library) -> None:
    gone = library.forget(options.publisher)
    store = Store.of(Settings.from_environment())
    store.forget(reports=False)  # kept answers may name them
    store.close()
    print(f"{counted(gone, 'fact-check is', 'fact-checks are')} deleted. Reports that you kept still show theirs.")
