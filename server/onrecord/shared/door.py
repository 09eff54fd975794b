"""The door of a shared server: TLS, its own name, a user's token, and limits for each."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import Busy, InvalidSetting, NotAllowed, NotPaired, OnrecordError
from onrecord.shared.figures import Figures
from onrecord.shared.limits import Limits
from onrecord.shared.users import Role, User, Users
from onrecord.web.answers import failure
from onrecord.web.door import OWN_SITES, READER, SIGNED, VISIT, check_method, check_size, is_extension

log = logging.getLogger("onrecord.shared")

# What needs which kind of token. A report's address cannot be guessed, and a browser's tab carries no token.
ROLES: dict[str, Role] = {"/v1/analyze": "reader", "/v1/reports": "reader", "/metrics": "metrics"}
LIMITED = frozenset({"/v1/analyze", "/v1/reports"})
OPEN = frozenset({"/v1/health", "/openapi.json"})
REPORTS = "/reports/"

_UNKNOWN = "The token is missing, or belongs to no user of this server; ask whoever runs it for one."


@dataclass(frozen=True, slots=True)
class Proxy:
    """The one peer whose word counts, and the header in which it says that its client came by TLS."""

    address: str
    header: str


def allowed(path: str) -> str:
    """The methods of an address, as the Allow header names them."""
    return "POST" if path in LIMITED else "GET, HEAD"


class SharedDoor:
    """ASGI middleware in front of everything. ``name`` is the host that users type; ``proxy`` does TLS, if not we."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        names: frozenset[str],
        proxy: Proxy | None,
        users: Users,
        limits: Limits,
        figures: Figures,
    ) -> None:
        self.app = app
        self.names = names
        self.proxy = proxy
        self.users = users
        self.limits = limits
        self.figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on; count and log what became of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = str(scope["path"])
        shown = REPORTS if path.startswith(REPORTS) else path if path in ROLES.keys() | OPEN else "other"
        began, status, length = time.monotonic(), 0, 0

        async def counted(message: Message) -> None:
            nonlocal status, length
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                length += len(message.get("body", b""))
            await send(message)

        self.figures.running.inc()
        try:
            await self._answered(scope, receive, counted, path)
        except Exception:
            status = 500  # what the app's outermost layer makes of it
            raise
        finally:
            seconds = time.monotonic() - began
            self.figures.running.dec()
            self.figures.requests.labels(shown, str(status)).inc()
            self.figures.seconds.labels(shown).observe(seconds)
            log.info(
                "request",
                extra={"fields": {"path": shown, "status": status, "seconds": round(seconds, 4), "bytes": length}},
            )

    async def _answered(self, scope: Scope, receive: Receive, send: Send, path: str) -> None:
        try:
            user = self.check(scope, Headers(scope=scope))
            scope[READER], scope[SIGNED], scope[VISIT] = f"user {user.name}" if user else "", None, False
            if user is None or path not in LIMITED:
                await self.app(scope, receive, send)
                return
            limit = self.limits.spent(user.name)
            with limit:
                await self.app(scope, receive, send)
        except Busy as error:
            self.figures.refused.inc()
            await failure(error)(scope, receive, send)
        except OnrecordError as error:
            await failure(error)(scope, receive, send)

    def check(self, scope: Scope, headers: Headers) -> User | None:
        """The user whose request this is, None for what is open to all; raises what refuses it."""
        path, method = str(scope["path"]), str(scope["method"])
        check_size(headers)
        self._check_way(scope, headers)
        if len(headers.getlist("host")) != 1 or headers["host"].lower() not in self.names:
            raise NotAllowed("This server answers to its own name only.")
        origin = headers.get("origin")
        if origin is not None and not is_extension(origin):
            raise NotAllowed("A web page may not use this server.")
        # a tab may follow a link to a report; nothing else is any other site's to ask for
        if origin is None and not path.startswith(REPORTS) and headers.get("sec-fetch-site", "none") not in OWN_SITES:
            raise NotAllowed("A web page may not use this server.")
        check_method(method, headers, allow=allowed(path))
        if path not in ROLES:
            return None
        user = self._user(headers)
        if user is None or user.role != ROLES[path]:
            raise NotPaired(_UNKNOWN)
        return user

    def _check_way(self, scope: Scope, headers: Headers) -> None:
        """Whether the request came by TLS: to us, or to the proxy that was named, by the proxy's own word."""
        if self.proxy is None:
            if scope["scheme"] != "https":
                raise NotAllowed("This server is reached by https only.")
            return
        peer = scope.get("client")
        if peer is None or peer[0] != self.proxy.address:
            raise NotAllowed("This server is reached through its proxy only.")
        if [value.lower() for value in headers.getlist(self.proxy.header)] != ["https"]:
            raise NotAllowed("The proxy does not say that the request came by https.")

    def _user(self, headers: Headers) -> User | None:
        given = headers.getlist("authorization")
        scheme, _, token = given[0].partition(" ") if len(given) == 1 else ("", "", "")
        if scheme.lower() != "bearer" or not token:
            return None
        try:
            return self.users.whose(token.strip())
        except InvalidSetting as error:
            log.error("users", extra={"fields": {"problem": type(error).__name__}})  # noqa: TRY400 - no traceback
            return None
