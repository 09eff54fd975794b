"""``onrecord corrections export | report | forget``."""

from __future__ import annotations

import argparse
import sys

from onrecord.formats.controls import lines as plain
from onrecord.formats.labels import counted
from onrecord.settings import Settings


def arguments(command: argparse.ArgumentParser) -> None:
    """What stands behind ``corrections`` on the command line."""
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    export = actions.add_parser("export", help="write them as labels for training: offsets and checksums, no text")
    export.add_argument("--text", action="store_true", help="with the texts of the articles")
    actions.add_parser("report", help="write a text for a bug report, without any text of an article")
    actions.add_parser("forget", help="delete every correction")


def run(options: argparse.Namespace) -> int:
    """Do what the command line asks for."""
    from onrecord.corrections.labels import as_report, exported
    from onrecord.corrections.notebook import Notebook

    notebook = Notebook(Settings.from_environment().state_dir)
    try:
        if options.action == "forget":
            gone = notebook.forget()
            print(f"{counted(gone, 'correction is', 'corrections are')} deleted.")
            return 0
        corrected = notebook.all()
    finally:
        notebook.close()
    if not corrected:
        print("No corrections are kept here. Press *Wrong?* on the card of a mark.", file=sys.stderr)
    elif options.action == "export":
        sys.stdout.write(exported(corrected, with_text=options.text))
    else:
        print(plain(as_report(corrected)))
    return 0
