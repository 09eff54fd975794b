"""The door: which requests are let in, in a fixed order, before anything of theirs is read.

The server listens on the loopback address, which every web page in the reader's browser, every extension and every
program on the computer can reach. So what reads or analyses anything must be signed with a secret that the reader's
extension has, or come from a page of ours that was opened with a key; everything else says nothing of the reader.
"""

from __future__ import annotations

import hashlib
import re
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import URL, Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.errors import MethodNotAllowed, NotAllowed, NotPaired, OnrecordError, TooLarge, UnsupportedMediaType
from onrecord.keys import Key, Keyring
from onrecord.settings import HOST
from onrecord.web.answers import failure
from onrecord.web.connection import LARGEST_HEAD
from onrecord.web.idle import Activity
from onrecord.web.pairing import CODE, Pairing
from onrecord.web.signing import Nonces, Signed, checked
from onrecord.web.visits import Visits

_EXTENSION = re.compile(r"(?:chrome-extension://[a-p]{32}|moz-extension://[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")

# What anybody on this computer may ask, extensions too; no answer depends on the reader.
OPEN_TO_EXTENSIONS = frozenset({"/v1/health", "/v1/hello"})
# What must be signed with a browser's secret, or, for the last, with the secret of the pairing code.
NEEDS_SIGNATURE = frozenset({"/v1/analyze", "/v1/corrections", "/v1/reports", "/v1/visits", "/v1/stop"})
PAIRING = "/v1/pair"
# What a page of ours may do that was opened with a key.
OPEN_TO_VISITS = frozenset({"/v1/reports"})
NEEDS_VISIT = frozenset({"/sample"})
METHODS = frozenset({"GET", "HEAD", "POST"})
POSTED = NEEDS_SIGNATURE | {PAIRING, "/v1/hello"}  # every other address is read

# https://developer.mozilla.org/docs/Web/HTTP/Headers/Sec-Fetch-Site: no page, or one of ours
OWN_SITES = frozenset({"none", "same-origin"})

# Where the door leaves, in the scope, what it has found out: the `Signed` of a request, whether its page was opened
# with a key, and a name for whoever asks.
SIGNED, VISIT, READER = "onrecord.signed", "onrecord.visit", "onrecord.reader"

_UNPAIRED = "This request is not signed by an extension that is paired with the server."


def allowed(path: str) -> str:
    """The methods of an address, as the Allow header names them."""
    return "POST" if path in POSTED else "GET, HEAD"


def is_extension(origin: str) -> bool:
    """Whether an Origin is a browser extension's."""
    return _EXTENSION.fullmatch(origin) is not None


class Door:
    """ASGI middleware in front of everything."""

    def __init__(
        self, app: ASGIApp, *, port: int, keys: Keyring, pairing: Pairing, visits: Visits, nonces: Nonces,
        activity: Activity,
    ) -> None:  # fmt: skip
        self.app = app
        self.keys = keys
        self.pairing = pairing
        self.visits = visits
        self.nonces = nonces
        self.activity = activity
        self.port = port
        self.host = f"{HOST}:{port}"
        self.origin = f"http://{self.host}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if self._is_typed(scope, headers):
            query = scope.get("query_string", b"").decode("latin-1")
            address = URL(self.origin).replace(path=scope["path"], query=query)
            await RedirectResponse(address)(scope, receive, send)
            return
        try:
            self.check(scope["method"], scope["path"], headers)
            signed = self._authenticated(scope, headers)
        except OnrecordError as error:
            await failure(error)(scope, receive, send)
            return
        visit = self._visit(headers)
        scope[SIGNED], scope[VISIT] = signed, visit is not None
        # Who asks: what is kept for one is never found, nor timed, by another.
        scope[READER] = f"install {signed.key}" if signed else f"page {visit}" if visit else ""
        if signed is None and visit is None:
            await self.app(scope, receive, send)
            return
        with self.activity:
            await self.app(scope, checked(receive, signed.digest) if signed else receive, send)

    def _is_typed(self, scope: Scope, headers: Headers) -> bool:
        """Whether a person asks for a page under the other name of this machine, and is sent to the right one.

        No page of another name can: a browser names the host that it was asked for, and says who asks.
        """
        return (
            scope["method"] in ("GET", "HEAD")
            and not scope["path"].startswith("/v1/")
            and headers.getlist("host") == [f"localhost:{self.port}"]
            and headers.get("origin") is None
            and headers.get("sec-fetch-site", "none") in OWN_SITES
        )

    def check(self, method: str, path: str, headers: Headers) -> None:
        """Raise what refuses a request whoever sends it."""
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

    def _check_origin(self, origin: str, path: str) -> None:
        if origin == self.origin:
            return
        if not is_extension(origin):
            raise NotAllowed("A web page may not use this server.")
        if path not in OPEN_TO_EXTENSIONS | NEEDS_SIGNATURE | {PAIRING}:
            raise NotPaired("An extension may not look at the server's pages.")

    def _authenticated(self, scope: Scope, headers: Headers) -> Signed | None:
        """The signature of a request that needs one; raises ``NotPaired``, or ``Busy`` for a flood of guesses."""
        path, origin = scope["path"], headers.get("origin")
        if path not in NEEDS_SIGNATURE and path != PAIRING:
            return None
        if path in OPEN_TO_VISITS and origin == self.origin and self._visit(headers):
            return None
        signed = Signed.read(headers)
        if signed is None:
            raise NotPaired(_UNPAIRED)
        query = scope.get("query_string", b"").decode("latin-1")
        uri = self.origin + path + (f"?{query}" if query else "")
        if path == PAIRING:
            secret = self.pairing.secret() if signed.key == CODE else None
            if secret is None or not signed.fits(secret, method=scope["method"], uri=uri):
                self.pairing.wrong()
                raise NotPaired("The pairing code is not the one that the server shows, or it has ended.")
        else:
            key = self._key(signed, origin)
            if key is None or not signed.fits(key.secret, method=scope["method"], uri=uri):
                raise NotPaired(_UNPAIRED)
        if not self.nonces.spend(signed.nonce):
            raise NotPaired("The nonce of this request is used up, or too old; ask for another one.")
        return signed

    def _key(self, signed: Signed, origin: str | None) -> Key | None:
        key = self.keys.get(signed.key)
        strange = key is not None and None not in {origin, key.origin} and origin != key.origin
        return None if strange else key

    def _visit(self, headers: Headers) -> str | None:
        """The hash of the cookie of a page that was opened with a key.

        Browsers give an extension with leave for an address the cookies of it too, the strictest ones as well; but what
        it fetches is no navigation, and a POST of its own names it as the origin.
        """
        navigates = (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == ("navigate", "document")
        if not navigates and headers.get("origin") != self.origin:
            return None
        cookies: SimpleCookie = SimpleCookie()
        try:
            cookies.load(headers.get("cookie", ""))
        except CookieError:
            return None
        found = cookies.get(self.visits.cookie)
        if found is None or not self.visits.known(found.value):
            return None
        return hashlib.sha256(found.value.encode()).hexdigest()
