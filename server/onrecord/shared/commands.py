"""``onrecord serve --shared`` and ``onrecord users``."""

from __future__ import annotations

import argparse
import ipaddress
import socket
import ssl
import sys
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from onrecord.errors import InvalidSetting
from onrecord.formats.controls import line
from onrecord.settings import HOST, Settings
from onrecord.shared import handshake, journal
from onrecord.shared.app import create_shared_app
from onrecord.shared.door import Proxy
from onrecord.shared.options import DEFAULT_PORT
from onrecord.shared.users import Users
from onrecord.web.engine import WorkerEngine
from onrecord.web.run import BACKLOG, configured


def run_users(options: argparse.Namespace) -> int:
    """Do what ``users`` was asked for."""
    users = Users(Settings.from_environment().state_dir)
    if options.action == "add":
        print(users.add(options.name, role="metrics" if options.metrics else "reader"))
        print(f"The token of {options.name}, shown once. It goes into the extension's options.", file=sys.stderr)
    elif options.action == "remove":
        users.remove(options.name)
        print(f"The token of {options.name} has ended.")
    else:
        for user in users.all():
            print(f"{line(user.name):<30} {line(user.role):<8} since {line(user.made)}")
    return 0


# What TLS 1.2 may use: authenticated encryption with forward secrecy (RFC 9325, 4.2). TLS 1.3 has nothing else.
CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a shared server is reached."""

    address: str
    port: int
    names: frozenset[str]
    proxy: Proxy | None
    cert: Path | None
    key: Path | None


def plan(options: argparse.Namespace) -> Plan:
    """What the command line says; raises ``InvalidSetting`` for a server that would speak in the clear."""
    own = options.cert is not None and options.key is not None
    if own == (options.proxy is not None) or (options.cert is None) != (options.key is None):
        raise InvalidSetting("Shared mode needs either --cert and --key, or --proxy with the address that does TLS.")
    if not options.name:
        raise InvalidSetting("Shared mode needs --name, the host that users type; other names are refused.")
    proxy = None
    if options.proxy is not None:
        try:
            proxy = Proxy(str(ipaddress.ip_address(options.proxy)), options.proxy_header.lower())
        except ValueError:
            raise InvalidSetting(f"--proxy takes one IP address, not {options.proxy!r}.") from None
    address, _, port = (options.listen or (f"{HOST}:8377" if proxy else f"0.0.0.0:{DEFAULT_PORT}")).rpartition(":")
    if not port.isdecimal() or not 0 <= int(port) < 1 << 16 or not address:
        raise InvalidSetting(f"--listen takes ADDRESS:PORT, not {options.listen!r}.")
    names = set()
    for name in options.name:
        names.add(name.lower())
        if ":" not in name and not proxy:
            names.add(f"{name.lower()}:{port}")
    if own:
        _check_certificate(options.cert, options.key)
    return Plan(address.strip("[]"), int(port), frozenset(names), proxy, options.cert, options.key)


def _check_certificate(cert: Path, key: Path) -> None:
    try:
        if sys.platform != "win32" and key.stat().st_mode & 0o077:
            raise InvalidSetting(f"Others may read {key}; close it: chmod 600 '{key}'")
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password="")
    except (OSError, ssl.SSLError) as error:
        raise InvalidSetting(f"{cert} and {key} are no certificate and its key ({type(error).__name__}).") from None


def bind(made: Plan) -> socket.socket:
    """The listening socket; raises ``InvalidSetting``."""
    try:
        family = socket.AF_INET6 if ":" in made.address else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((made.address, made.port))
        listener.listen(BACKLOG)
    except OSError as error:
        raise InvalidSetting(f"{made.address}:{made.port} cannot be used ({error.strerror}).") from None
    return listener


def with_tls(app: Starlette, made: Plan) -> uvicorn.Config:
    """How uvicorn runs the app: by TLS 1.2 or newer, unless a proxy does it."""
    config = configured(app)
    if made.cert is not None and made.key is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers(CIPHERS)
        context.load_cert_chain(made.cert, made.key)
        config.http = handshake.protocol(context)  # type: ignore[assignment]  # anything that makes a protocol
    return config


def serve(options: argparse.Namespace) -> int:
    """Run a shared server until Ctrl-C."""
    settings, made = Settings.from_environment(), plan(options)
    journal.start()
    listener = bind(made)
    app = create_shared_app(settings, WorkerEngine.of(settings), names=made.names, proxy=made.proxy)
    print(f"Onrecord is shared at {made.address}:{made.port} for {', '.join(sorted(made.names))}.", flush=True)
    if not Users(settings.state_dir).all():
        print("Nobody may use it yet: python3 -m server users add NAME", flush=True)
    uvicorn.Server(with_tls(app, made)).run(sockets=[listener])
    return 0
