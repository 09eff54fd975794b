"""Promises of docs/threat-model.md that no other test file proves; each test falls without its guard (bench.guards)."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from onrecord import cli, proofs
from onrecord.analysis import language
from onrecord.article import Article, Block
from onrecord.errors import ModelUnavailable
from onrecord.web import pages, run
from onrecord.web.pairing import Pairing
from onrecord.web.requests import body as read_body
from server.bootstrap import ROOT
from tests.web.conftest import BODY, EXTENSION, HOST, Client, FakeEngine

OWN = f"http://{HOST}"
SAID = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}


def test_every_answer_says_what_a_browser_may_do_with_it(client: Client, paired: dict[str, str]) -> None:
    report = client.post("/v1/reports", json=BODY, headers=paired)
    answers = [
        report, client.get(report.json()["location"]), client.post("/v1/analyze", json=BODY, headers=paired),
        client.post("/v1/analyze", json=BODY), client.get("/", headers={"Host": "evil.example"}),
        client.request("OPTIONS", "/"),
        *(client.get(path) for path in ("/", "/article", "/v1/health", "/openapi.json", "/favicon.ico", "/nowhere")),
        *(client.get(path) for path in ("/static/home.css", "/static/nowhere")),
    ]  # fmt: skip
    for answer in answers:
        assert {name: answer.headers[name] for name in SAID} == SAID, answer.request.url
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], answer.request.url
        assert "default-src 'none'" in answer.headers["content-security-policy"], answer.request.url


def test_405_names_what_is_allowed_at_every_address(client: Client) -> None:
    for path in ("/", "/article", "/v1/health", "/openapi.json", "/static/home.css", "/reports/x"):
        answer = client.post(path, json={})
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD"), path
    for path in ("/v1/hello", "/v1/analyze", "/v1/pair", "/v1/reports", "/v1/visits", "/v1/stop"):
        answer = client.request("DELETE", path)
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST"), path


@pytest.mark.parametrize(
    "path", ["/v1/analyze", "/v1/corrections", "/v1/reports", "/v1/visits", "/v1/stop", "/v1/pair"]
)
def test_what_needs_a_signature_is_answered_to_nobody_else(client: Client, engine: FakeEngine, path: str) -> None:
    client.server.pairing.show()
    for origin in ({}, {"Origin": EXTENSION}, {"Origin": OWN}):
        answer = client.post(path, json=BODY, headers=origin)
        assert answer.status_code == 401, (path, origin)
        assert answer.json()["error"]["code"] == "not_paired"
    assert engine.calls == 0


def test_who_does_not_know_the_code_pairs_nothing(client: Client) -> None:
    client.server.pairing.show()
    body = json.dumps({"install": "0" * 32, "nonce": "0" * 64}).encode()
    headers = proofs.signed_headers(
        b"x" * 32, key="code", nonce=client.hello()["nonce"], method="POST", uri=f"{OWN}/v1/pair", body=body
    )
    answer = client.post("/v1/pair", content=body, headers={**headers, "Content-Type": "application/json"})
    assert answer.status_code == 401
    assert client.server.keys.all() == []


def test_a_code_is_for_minutes() -> None:
    now = 0.0
    pairing = Pairing(OWN, clock=lambda: now)
    first = pairing.show()
    now = 20 * 60.0
    assert not pairing.shown
    assert pairing.secret() is None
    assert pairing.show() != first


def raw(client: Client, headers: list[tuple[bytes, bytes]]) -> int:
    """The status of a request with exactly these headers, which no client would send."""
    status = 0

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": "/v1/health", "raw_path": b"/v1/health", "query_string": b"", "root_path": "", "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8377),
    }  # fmt: skip
    asyncio.run(client.app(scope, receive, send))
    return status


def test_two_hosts_are_none(client: Client) -> None:
    own = (b"host", HOST.encode())
    assert raw(client, [own]) == 200
    assert raw(client, [own, (b"host", b"evil.example")]) == 403
    assert raw(client, [own, own]) == 403


def test_a_long_head_is_refused_however_it_comes(client: Client) -> None:
    own = (b"host", HOST.encode())
    assert raw(client, [own, (b"x", b"a" * 20_000)]) == 200
    assert raw(client, [own, (b"x", b"a" * 40_000)]) == 413
    assert raw(client, [own, *((b"x", b"a" * 1_000) for _ in range(40))]) == 413


def test_a_cookie_that_an_extension_sends_along_opens_nothing(client: Client, engine: FakeEngine) -> None:
    page = client.get(f"/?k={client.server.visits.key()}")
    cookie = {"Cookie": page.headers["set-cookie"].split(";")[0]}
    # as Chromium sends the fetch of an extension with leave for this address: no Origin, and no other site
    fetched = {**cookie, "Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
    assert "<form" not in client.get("/", headers=fetched).text
    assert client.get("/sample", headers=fetched).status_code == 303
    assert client.post("/v1/reports", json=BODY, headers={**cookie, "Origin": EXTENSION}).status_code == 401
    assert engine.calls == 0
    opened = {**cookie, "Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert "<form" in client.get("/", headers=opened).text


def test_a_report_of_a_text_has_the_limits_of_an_article(
    client: Client, paired: dict[str, str], engine: FakeEngine
) -> None:
    for text in ("A.\n\n" * 6, "A.\n" * 6, "x" * 1_001):
        answer = client.post("/v1/reports", json={"text": text}, headers=paired)
        assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")
    assert engine.calls == 0


def test_a_body_a_little_over_its_limit_is_too_large(client: Client, paired: dict[str, str]) -> None:
    data = b'{"blocks":[{"id":"a","text":"A."}]}' + b" " * 15_000  # the first 10,000 are a whole request

    async def chunks() -> AsyncIterator[bytes]:
        for at in range(0, len(data), 1_000):
            yield data[at : at + 1_000]

    key = client.server.keys.all()[0]
    headers = {**client.signed(key, "/v1/analyze", data), "Origin": EXTENSION, "Content-Type": "application/json"}
    answer = client.post("/v1/analyze", content=chunks(), headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


def test_of_a_body_no_more_is_kept_than_its_limit() -> None:
    kept = 0

    class Chunk(bytes):
        def __len__(self) -> int:
            return 100

        def __del__(self) -> None:
            nonlocal kept
            kept -= 1

    class Request:
        headers: dict[str, str] = {}
        most = 0

        async def stream(self) -> AsyncIterator[bytes]:
            nonlocal kept
            for _ in range(70):
                kept += 1
                yield Chunk(b"x")
                self.most = max(self.most, kept)

    request = Request()
    with pytest.raises(Exception, match="larger"):
        asyncio.run(read_body(request, limit=1_000))  # type: ignore[arg-type]
    assert request.most <= 13  # of 70: the ten within the limit, and those on their way


def test_pages_of_ours_escape_what_they_show() -> None:
    shown = pages.article(Article((Block("b0", "paragraph", "<script>alert(1)</script>"),), title="<b>&"))
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "&lt;script&gt;" in shown


def test_a_line_that_cannot_be_written_shows_nothing_of_what_it_told(capsys: pytest.CaptureFixture[str]) -> None:
    class Full(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError("no space left")

    root, uvicorns = logging.getLogger(), logging.getLogger("uvicorn.error")
    others, level, theirs = root.handlers[:], root.level, uvicorns.level
    root.handlers.clear()
    try:
        run.quiet_logs(Full())
        logging.getLogger("onrecord").error("secret")
    finally:
        root.handlers[:] = others
        root.setLevel(level)
        uvicorns.setLevel(theirs)
        logging.raiseExceptions = True
    assert capsys.readouterr().err == ""


def test_an_error_on_the_command_line_carries_no_controls(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["analyze", "no\x1b[2J\x9bsuch\u202e.txt"]) == 2
    shown = capsys.readouterr().err
    assert "such" in shown
    assert not {"\x1b", "\x9b", "\u202e"} & set(shown)


def test_a_language_model_that_was_changed_is_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable):
        language._verify(tmp_path)


def test_the_extensions_pages_and_files_are_closed() -> None:
    manifest = json.loads((ROOT / "extension" / "manifest.json").read_text(encoding="utf-8"))
    policy = manifest["content_security_policy"]["extension_pages"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == rules["frame-ancestors"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert "unsafe" not in policy
    # our own computer, and by https the server that a reader may choose; the browser's leave for a host comes first
    assert rules["connect-src"] == "http://127.0.0.1:* https:"
    assert manifest["host_permissions"] == ["http://127.0.0.1/*"]
    assert "web_accessible_resources" not in manifest
    assert "externally_connectable" not in manifest
    assert "content_scripts" not in manifest  # nothing runs on a page before the reader wants it


def test_two_modules_of_the_extension_can_send_anything() -> None:
    code = {
        path.relative_to(ROOT / "extension").as_posix(): re.sub(
            r"^\s*(?://|\*|/\*).*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        for path in (ROOT / "extension").rglob("*.js")
        if "vendor" not in path.parts
    }
    sends = r"\b(?:fetch|XMLHttpRequest|WebSocket|WebTransport|EventSource|sendBeacon|importScripts)\b"
    assert {name for name, text in code.items() if re.search(sends, text)} == {
        "background/trust.js",
        "background/sent.js",
    }
    assert {name for name, text in code.items() if "/sent.js" in text} == {
        "background/server.js",
        "background/newsroom.js",
    }


def test_nothing_in_the_extension_makes_markup_of_words() -> None:
    for path in sorted((ROOT / "extension").rglob("*.js")):
        if "vendor" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        for word in (
            "innerHTML =", "outerHTML =", "insertAdjacentHTML", "document.write", "eval(", "new Function", "setHTML",
            "createContextualFragment", "srcdoc =",
        ):  # fmt: skip
            assert word not in text, (path.name, word)


def test_what_the_extension_adds_to_a_page_is_closed_to_the_page() -> None:
    content = ROOT / "extension" / "content"
    lines = [line for path in content.glob("*.js") for line in path.read_text(encoding="utf-8").splitlines()]
    roots = [line for line in lines if "attachShadow(" in line]
    assert len(roots) >= 2
    assert all('mode: "closed"' in line for line in roots)
