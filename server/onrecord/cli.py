"""The ``onrecord`` command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import onrecord
from onrecord.corrections import commands as corrections
from onrecord.dashboard import commands as dashboard
from onrecord.errors import ClusterUnavailable, OnrecordError, Unreadable
from onrecord.factchecks import commands as factchecks
from onrecord.formats.controls import line
from onrecord.settings import Settings
from onrecord.shared import options as shared

if TYPE_CHECKING:
    from onrecord.native.registration import Plan

FORMATS = ("json", "text", "html", "csv", "jsonld")
FAILED = 2  # exit status of a command that met an error


def parser() -> argparse.ArgumentParser:
    """The command line."""
    root = argparse.ArgumentParser(prog="onrecord", description="See who is talking in the news.")
    root.add_argument("--version", action="version", version=f"onrecord {onrecord.__version__}")
    commands = root.add_subparsers(dest="command", metavar="COMMAND")
    serve = commands.add_parser("serve", help="start the server for the browser extension (the default)")
    serve.add_argument("--for-button", action="store_true", help=argparse.SUPPRESS)  # how the button starts it
    shared.arguments(serve)
    shared.user_arguments(commands.add_parser("users", help="who may use a shared server: add, list, remove"))
    doctor = commands.add_parser(
        "doctor", help="say what keeps Onrecord from working here, and the command that mends it"
    )
    doctor.add_argument("--json", action="store_true", help="for programs: one object with every check")
    commands.add_parser("install", help="let the button of the extension start the server, in every browser of yours")
    commands.add_parser("uninstall", help="take back what install did, and stop the server")
    commands.add_parser("stop", help="stop the server, also one that the button has started")
    opened = commands.add_parser("open", help="start the server and a browser with the extension loaded and paired")
    opened.add_argument("url", nargs="?", metavar="URL", help="the page to open first; the sample article if left out")
    analyze = commands.add_parser("analyze", help="analyse one document")
    analyze.add_argument(
        "place", metavar="PATH|URL|-", help="a text or HTML file, an address, or - for the standard input"
    )
    analyze.add_argument("--format", choices=FORMATS, help="default: text on a terminal, json otherwise")
    analyze.add_argument(
        "--language", choices=("und", "en"), default="und", help="en: read it as English, whatever its words are"
    )
    _include(analyze)
    corpus = commands.add_parser("corpus", help="analyse an archive; a run that was stopped goes on where it was")
    corpus.add_argument(
        "source",
        metavar="IN",
        type=Path,
        help="JSON lines, a folder of texts and pages, WARC or WACZ, CSV, Parquet, a feed, an export, subtitles",
    )
    corpus.add_argument("target", metavar="OUT", type=Path, help="JSON lines, or Parquet if it is called .parquet")
    where = corpus.add_mutually_exclusive_group()
    where.add_argument("--jobs", metavar="N", type=_count, help="processes; default: one for each core")
    where.add_argument(
        "--engine",
        metavar="dask://HOST:PORT",
        type=_address,
        help="the scheduler of a Dask cluster that analyses instead (`pip install onrecord[cluster]`)",
    )
    corpus.add_argument(
        "--timeout", metavar="SECONDS", type=_seconds, default=600.0, help="for one document; default: %(default)g"
    )
    corpus.add_argument("--column", metavar="NAME", help="the column of a table that holds the texts")
    _include(corpus)
    dashboard.arguments(
        commands.add_parser(
            "summary", help="one page about an archive: who is quoted, how they are identified, over time"
        )
    )
    packaged = commands.add_parser("package", help="write the extension as a zip file for each store")
    packaged.add_argument("folder", nargs="?", type=Path, default=Path("dist"), metavar="FOLDER", help="default: dist")
    extension = commands.add_parser("extension", help="print where the extension lies, or write it into a folder")
    extension.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="a new or empty folder")
    commands.add_parser("forget", help="delete every kept analysis and report")
    factchecks.arguments(commands.add_parser("factchecks", help="published fact-checks that articles are held against"))
    corrections.arguments(
        commands.add_parser("corrections", help="what you have said is wrong: export, report, forget")
    )
    return root


def _count(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 1 <= number <= 1024:
        raise argparse.ArgumentTypeError("a number from 1 to 1024")
    return number


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError("a number of seconds from 0.1 to 86400")
    return seconds


def _address(text: str) -> str:
    """``HOST:PORT`` of a scheduler."""
    try:
        parts = urlsplit(text)
        if parts.scheme == "dask" and parts.hostname and parts.port and text.removeprefix("dask://") == parts.netloc:
            return parts.netloc
    except ValueError:
        pass
    raise argparse.ArgumentTypeError("the address of a scheduler, as in dask://192.0.2.7:8786")


def _include(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--include", action="append", choices=["attitudes"], default=[], help="add beliefs, plans and wishes"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    options = parser().parse_args(arguments)
    commands: dict[str, Callable[[argparse.Namespace], int]] = {
        "serve": _serve, "install": _install, "uninstall": _uninstall, "stop": _stop, "open": _open,
        "analyze": _analyze, "corpus": _corpus, "summary": _summary, "forget": _forget,
        "package": _package, "extension": _extension,
        "corrections": corrections.run, "factchecks": factchecks.run, "users": _users, "doctor": _doctor,
    }  # fmt: skip
    try:
        return commands[options.command or "serve"](options)
    except OnrecordError as error:
        print(f"onrecord: {line(error.message)} (see {error.help})", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # the reader of the pipe has left; Python would complain once more when it flushes
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130  # what a shell reports for a command that Ctrl-C ended


def _serve(options: argparse.Namespace) -> int:
    if getattr(options, "shared", False):
        from onrecord.shared.commands import serve

        return serve(options)
    from onrecord.web import run

    start = run.serve_for_button if getattr(options, "for_button", False) else run.serve
    return start(Settings.from_environment())


def _users(options: argparse.Namespace) -> int:
    from onrecord.shared.commands import run_users

    return run_users(options)


def _doctor(options: argparse.Namespace) -> int:
    from onrecord.doctor import run

    return run(options)


def _install(_: argparse.Namespace) -> int:
    from onrecord.native import registration

    made = _registration()
    registration.install(made)
    print(
        f"The Onrecord button starts the server now, in {', '.join(made.browsers[:-1])} and {made.browsers[-1]}.\n"
        "Press it on an article. There is nothing to type, and nothing to start.\n"
        "`python3 -m server uninstall` takes it back."
    )
    return 0


def _uninstall(_: argparse.Namespace) -> int:
    from onrecord.native import registration, running

    made, state = _registration(), Settings.from_environment().state_dir
    stopped = running.stop(state)
    registration.uninstall(made, state)
    print(f"The button no longer starts the server{', which was stopped' if stopped else ''}.")
    return 0


def _registration() -> Plan:
    from onrecord.native import registration
    from onrecord.web.pages import extension_directory

    extension = extension_directory()
    return registration.here(
        Settings.from_environment().state_dir, manifest_file=extension / "manifest.json" if extension else None
    )


def _stop(_: argparse.Namespace) -> int:
    from onrecord.native import running

    stopped = running.stop(Settings.from_environment().state_dir)
    print("The server was stopped." if stopped else "No server is running.")
    return 0


def _open(options: argparse.Namespace) -> int:
    from onrecord.browser import open_with_extension

    return open_with_extension(Settings.from_environment(), options.url)


def _forget(_: argparse.Namespace) -> int:
    from onrecord.store import Store

    store = Store.of(Settings.from_environment())
    deleted = store.forget()
    store.close()
    if not deleted:
        raise Unreadable("What is kept could not be deleted; the line above says why. Try again, or delete the file.")
    print("Every kept analysis and report is deleted. Extensions stay paired, and your corrections are kept.")
    return 0


def _package(options: argparse.Namespace) -> int:
    from onrecord.package import package

    for path in package(_extension_directory(), options.folder):
        print(f"{path}  {path.stat().st_size:,} bytes")
    return 0


def _extension(options: argparse.Namespace) -> int:
    from onrecord.package import copy

    found = _extension_directory()
    print(copy(found, options.folder) if options.folder else found)
    return 0


def _extension_directory() -> Path:
    from onrecord.web.pages import extension_directory

    found = extension_directory()
    if found is None:
        raise Unreadable("This installation came without the extension; install the wheel, or use a checkout.")
    return found


def _analyze(options: argparse.Namespace) -> int:
    from onrecord import documents
    from onrecord.analysis import tongues
    from onrecord.analysis.analyzer import Analyzer
    from onrecord.factchecks.library import Library
    from onrecord.formats.annotation import to_jsonld
    from onrecord.formats.controls import to_json
    from onrecord.formats.report import render
    from onrecord.formats.table import to_csv
    from onrecord.formats.terminal import to_text
    from onrecord.formats.wire import encode, encode_blocks

    document = documents.read_document(options.place)
    article = replace(document.article, language=options.language)
    tongues.check(article)
    analysis = Analyzer.load().analyze(article, include=options.include)
    library = Library(Settings.from_environment().state_dir)
    analysis = replace(analysis, factchecks=library.matches(article, analysis))
    library.close()
    form = options.format or ("text" if sys.stdout.isatty() else "json")
    if form == "json":
        answer = {**encode(article, analysis), "blocks": encode_blocks(article)}
        text = to_json(answer, indent=2) + "\n"
    elif form == "text":
        text = to_text(article, analysis, colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
    elif form == "html":
        known = document.metadata
        today = datetime.now().astimezone().date()
        text = render(article, analysis, outlet=known.outlet, published=known.published, read=today)
    elif form == "csv":
        text = to_csv(article, analysis)
    else:
        answer = {**to_jsonld(article, analysis), "onrecord:blocks": encode_blocks(article)}
        text = to_json(answer, indent=2) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8", errors="replace"))
    sys.stdout.flush()
    return 0


def _summary(options: argparse.Namespace) -> int:
    return dashboard.run(options)


def _corpus(options: argparse.Namespace) -> int:
    from onrecord.corpus.run import run

    def go(**where: Any) -> int:
        given = {name: getattr(options, name) for name in ("include", "column", "timeout")}
        return run(options.source, options.target, **given, **where)

    if options.engine is None:
        return go(jobs=options.jobs)
    try:
        from onrecord.corpus.cluster import Cluster
    except ModuleNotFoundError:
        raise ClusterUnavailable("For --engine, `pip install onrecord[cluster]` is needed.") from None
    with Cluster(options.engine, timeout=options.timeout) as cluster:
        return go(engine=cluster)
