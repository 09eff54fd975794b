"""The door: which requests are let in, in a fixed order, before anything of theirs is read.

The server listens on the loopback address, which every web page in the reader's browser can reach. So every request
must come from an extension that the reader has paired, from the server's own pages, or from no page at all.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.errors import MethodNotAllowed, NotAllowed, NotPaired, OnrecordError, TooLarge, UnsupportedMediaType
from onrecord.settings import HOST
from onrecord.store import Store
from onrecord.web.answers import failure
from onrecord.web.connection import LARGEST_HEAD

_EXTENSION = re.compile(r"(?:chrome-extension://[a-p]{32}|moz-extension://[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")

# What an extension that is not paired yet must reach.
OPEN_TO_EXTENSIONS = frozenset({"/v1/health", "/v1/pair"})
NEEDS_TOKEN = frozenset({"/v1/analyze", "/v1/reports"})
METHODS = frozenset({"GET", "HEAD", "POST"})
POSTED = frozenset({"/v1/analyze", "/v1/pair", "/v1/reports"})  # every other address is read

# https://developer.mozilla.org/docs/Web/HTTP/Headers/Sec-Fetch-Site: no page, or one of ours
OWN_SITES = frozenset({"none", "same-origin"})


def allowed(path: str) -> str:
    """The methods of an address, as the Allow header names them."""
    return "POST" if path in POSTED else "GET, HEAD"


def is_extension(origin: str) -> bool:
    """Whether an Origin is a browser extension's."""
    return _EXTENSION.fullmatch(origin) is not None


class Door:
    """ASGI middleware. ``port()`` tells the bound port, ``page_token`` is what the server's own pages carry."""

    def __init__(self, app: ASGIApp, *, store: Store, port: int, page_token: str) -> None:
        self.app = app
        self.store = store
        self.host = f"{HOST}:{port}"
        self.origin = f"http://{self.host}"
        self.page_token = page_token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            self.check(scope["method"], scope["path"], headers)
        except OnrecordError as error:
            await failure(error)(scope, receive, send)
            return
        # Who asks, by the secret that let them in: what is kept for one is never found, nor timed, by another.
        scope["onrecord.reader"] = hashlib.sha256(headers.get("authorization", "").encode()).hexdigest()
        await self.app(scope, receive, send)

    def check(self, method: str, path: str, headers: Headers) -> None:
        """Raise what refuses the request."""
        if sum(len(name) + len(value) for name, value in headers.raw) > LARGEST_HEAD:
            raise TooLarge("The headers of the request are too long.")
        if headers.getlist("host") != [self.host]:
            raise NotAllowed("This server answers to its own address only.")
        origin = headers.get("origin")
        if origin is not None:
            self._check_origin(origin, path)
        elif headers.get("sec-fetch-site", "none") not in OWN_SITES:
            raise NotAllowed("A web page may not use this server; open the address in the browser's own address bar.")
        if method not in METHODS:
            raise MethodNotAllowed("This address does not offer that method.", allow=allowed(path))
        if method == "POST":
            kind = headers.get("content-type", "").split(";")[0].strip().lower()
            if kind != "application/json":
                raise UnsupportedMediaType("A POST must be application/json.")
            if headers.get("content-encoding", "identity").lower() != "identity":
                raise UnsupportedMediaType("A POST must not be compressed.")
        if path in NEEDS_TOKEN:
            self._check_token(headers.get("authorization", ""), origin)

    def _check_origin(self, origin: str, path: str) -> None:
        if origin == self.origin:
            return
        if is_extension(origin) and (path in OPEN_TO_EXTENSIONS or self.store.has_origin(origin)):
            return
        if is_extension(origin):
            raise NotPaired("This extension is not paired with the server; enter the pairing code on its welcome page.")
        raise NotAllowed("A web page may not use this server.")

    def _check_token(self, authorization: str, origin: str | None) -> None:
        scheme, _, token = authorization.partition(" ")
        own_page = origin in {None, self.origin} and hmac.compare_digest(token.encode(), self.page_token.encode())
        if scheme.lower() != "bearer" or not (own_page or self.store.paired(token, origin)):
            raise NotPaired("This extension is not paired with the server; enter the pairing code on its welcome page.")
