"""The shapes of answers: JSON, pages and the one error shape, with the headers that all of them carry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import HTMLResponse, Response

from onrecord.errors import Busy, MethodNotAllowed, OnrecordError
from onrecord.formats.controls import to_json

_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'"
OWN_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def headers(policy: str = NOTHING, **more: str) -> dict[str, str]:
    """The headers of every answer, under a content security policy."""
    return {**_HEADERS, "Content-Security-Policy": policy, **more}


def encoded(value: Mapping[str, Any]) -> bytes:
    """``value`` as JSON in UTF-8, without characters that a terminal obeys."""
    return to_json(value).encode("utf-8", errors="replace")


def answer(value: Mapping[str, Any] | bytes, *, kind: str = "application/json", status: int = 200) -> Response:
    """A JSON answer."""
    body = value if isinstance(value, bytes) else encoded(value)
    return Response(body, status_code=status, media_type=kind, headers=headers())


def page(html: str, *, policy: str = OWN_PAGES, status: int = 200) -> HTMLResponse:
    """A page."""
    return HTMLResponse(html, status_code=status, headers=headers(policy))


def to_home() -> Response:
    """To the home page, which says how it is opened."""
    return Response(status_code=303, headers=headers(Location="/"))


def failure(error: OnrecordError) -> Response:
    """The one error shape."""
    more = {}
    if isinstance(error, Busy):
        more["Retry-After"] = str(error.retry_after)
    elif isinstance(error, MethodNotAllowed):
        more["Allow"] = error.allow
    return Response(
        encoded(error.to_dict()), status_code=error.status, media_type="application/json", headers=headers(**more)
    )
