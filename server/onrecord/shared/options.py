"""What the command line takes for a shared server; read at every start, so it loads nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from onrecord.settings import HOST

DEFAULT_PORT = 8443  # what a server with TLS of its own listens at
PROXY_HEADER = "x-forwarded-proto"


def arguments(command: argparse.ArgumentParser) -> None:
    """What ``serve`` takes for a newsroom."""
    shared = command.add_argument_group("for a newsroom", "one server for several users, by https only")
    shared.add_argument(
        "--shared", action="store_true", help="ask for a user's token; needs --cert and --key, or --proxy"
    )
    shared.add_argument("--cert", type=Path, metavar="FILE", help="certificate chain in PEM")
    shared.add_argument("--key", type=Path, metavar="FILE", help="its private key in PEM, closed to other users")
    shared.add_argument("--proxy", metavar="ADDRESS", help="IP address of the one proxy that does TLS")
    shared.add_argument("--proxy-header", metavar="NAME", default=PROXY_HEADER, help=f"default: {PROXY_HEADER}")
    shared.add_argument(
        "--listen", metavar="ADDRESS:PORT", help=f"default: 0.0.0.0:{DEFAULT_PORT}, or {HOST}:8377 with --proxy"
    )
    shared.add_argument(
        "--name", action="append", default=[], metavar="HOST[:PORT]", help="what users type; repeatable"
    )


def user_arguments(command: argparse.ArgumentParser) -> None:
    """What ``users`` takes."""
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    added = actions.add_parser("add", help="print a token for a user; an old one ends")
    added.add_argument("name", metavar="NAME")
    added.add_argument("--metrics", action="store_true", help="a token that reads /metrics and nothing else")
    actions.add_parser("list", help="who has a token")
    removed = actions.add_parser("remove", help="end a user's token")
    removed.add_argument("name", metavar="NAME")
