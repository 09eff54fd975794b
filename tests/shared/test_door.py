"""The door of a shared server: TLS or its proxy's word, its own name, a token for each user, limits for each."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from onrecord.errors import Busy
from onrecord.settings import Settings
from onrecord.shared import journal
from onrecord.shared.app import create_shared_app
from onrecord.shared.door import Proxy
from onrecord.shared.limits import Limits
from onrecord.shared.users import Users
from tests.web.conftest import BODY, EXTENSION, FakeEngine

NAME = "onrecord.example"
SECRET = {"blocks": [{"id": "b0", "text": "A secret thing."}], "url": "https://news.example/secret", "title": "secret"}


class Shared:
    """A client of a shared server; ``proxy`` is where the requests come from, if not by TLS."""

    def __init__(self, state: Path, *, proxy: Proxy | None = None, rate: int = 30) -> None:
        self.settings = Settings(state_dir=state, max_blocks=5, max_body=10_000, user_rate=rate, user_at_once=1)
        self.users, self.engine = Users(state), FakeEngine()
        self.app = create_shared_app(self.settings, self.engine, names=frozenset({NAME}), proxy=proxy)
        self.anna = {"Authorization": f"Bearer {self.users.add('anna')}"}
        self.tom = {"Authorization": f"Bearer {self.users.add('tom')}"}
        self.figures = {"Authorization": f"Bearer {self.users.add('prometheus', role='metrics')}"}

    def request(
        self,
        method: str,
        path: str,
        *,
        scheme: str = "https",
        host: str = NAME,
        peer: str = "192.0.2.1",
        **options: Any,
    ) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=(peer, 1))
            async with httpx.AsyncClient(transport=transport, base_url=f"{scheme}://{host}") as client:
                return await client.request(method, path, **options)

        return asyncio.run(send())

    def analyze(self, headers: dict[str, str], value: object = BODY, **options: Any) -> httpx.Response:
        return self.request("POST", "/v1/analyze", json=value, headers=headers, **options)


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Shared]:
    found = Shared(tmp_path / "state")
    yield found
    found.app.state.server.close()


@pytest.fixture
def proxied(tmp_path: Path) -> Iterator[Shared]:
    found = Shared(tmp_path / "state", proxy=Proxy("127.0.0.1", "x-forwarded-proto"))
    yield found
    found.app.state.server.close()


def test_a_user_is_answered_and_nobody_else(shared: Shared) -> None:
    assert shared.analyze(shared.anna).status_code == 200
    calls = shared.engine.calls
    for headers in ({}, {"Authorization": "Bearer onrecord_wrong"}, {"Authorization": "Bearer "}, shared.figures,
                    {"Authorization": shared.anna["Authorization"].replace("Bearer", "Basic")}):  # fmt: skip
        for path in ("/v1/analyze", "/v1/reports"):
            answer = shared.request("POST", path, json=SECRET, headers=headers)
            assert answer.status_code == 401, (path, headers)
            assert answer.json()["error"]["code"] == "not_paired"
    assert shared.engine.calls == calls


def test_a_token_that_was_taken_back_is_none(shared: Shared) -> None:
    shared.users.remove("anna")
    assert shared.analyze(shared.anna).status_code == 401
    assert shared.analyze(shared.tom).status_code == 200


def test_it_speaks_by_tls_only(shared: Shared) -> None:
    assert shared.analyze(shared.anna, scheme="http").status_code == 403
    assert shared.request("GET", "/v1/health", scheme="http").status_code == 403
    # a header is nobody's word where no proxy was named
    assert shared.analyze({**shared.anna, "X-Forwarded-Proto": "https"}, scheme="http").status_code == 403
    assert shared.engine.calls == 0


def test_behind_a_proxy_only_the_proxys_word_counts(proxied: Shared) -> None:
    def asked(peer: str, *words: str) -> int:
        headers = [("Authorization", proxied.anna["Authorization"]), *(("X-Forwarded-Proto", word) for word in words)]
        return proxied.request("POST", "/v1/analyze", scheme="http", peer=peer, json=BODY, headers=headers).status_code

    assert asked("127.0.0.1", "https") == 200
    assert asked("127.0.0.1") == 403
    assert asked("127.0.0.1", "http") == 403
    assert asked("127.0.0.1", "https", "http") == 403
    assert asked("192.0.2.1", "https") == 403
    assert proxied.engine.calls == 1


@pytest.mark.parametrize("host", ["localhost", "onrecord.example.evil.example", "127.0.0.1", "onrecord.example:8443"])
def test_it_answers_to_its_own_name_only(shared: Shared, host: str) -> None:
    assert shared.analyze(shared.anna, host=host).status_code == 403


def test_no_page_gets_in_with_a_users_token(shared: Shared) -> None:
    for headers in ({"Origin": "https://news.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert shared.analyze({**shared.anna, **headers}).status_code == 403
    assert shared.analyze({**shared.anna, "Origin": EXTENSION}).status_code == 200
    assert shared.request("OPTIONS", "/v1/analyze", headers=shared.anna).status_code == 405
    assert shared.request("OPTIONS", "/v1/analyze", headers=shared.anna).headers["allow"] == "POST"
    assert not [name for name in shared.analyze(shared.anna).headers if name.startswith("access-control")]


def test_forms_and_compressed_bodies_are_refused(shared: Shared) -> None:
    assert shared.request("POST", "/v1/analyze", data={"a": "b"}, headers=shared.anna).status_code == 415
    assert shared.analyze({**shared.anna, "Content-Encoding": "gzip"}).status_code == 415


def test_the_pages_of_one_reader_are_not_there(shared: Shared) -> None:
    for path in ("/", "/sample", "/article", "/v1/pair", "/v1/hello", "/v1/stop", "/v1/visits", "/static/home.js"):
        assert shared.request("GET", path, headers=shared.anna).status_code == 404, path


def test_a_report_opens_in_a_tab_by_an_address_that_cannot_be_guessed(shared: Shared) -> None:
    made = shared.request("POST", "/v1/reports", json=BODY, headers=shared.anna).json()
    assert len(made["id"]) >= 16
    page = shared.request("GET", made["location"], headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 200
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


def test_what_one_has_read_is_not_timed_by_another(shared: Shared) -> None:
    for headers in (shared.anna, shared.anna, shared.tom):
        assert shared.analyze(headers).status_code == 200
    assert shared.engine.calls == 2  # anna's second was kept, and kept for her


def test_each_user_has_limits_of_her_own(tmp_path: Path) -> None:
    shared = Shared(tmp_path / "state", rate=3)
    statuses = [shared.analyze(shared.anna).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    assert int(shared.analyze(shared.anna).headers["retry-after"]) >= 1
    assert shared.analyze(shared.tom).status_code == 200
    shared.app.state.server.close()


def test_a_bucket_fills_again_and_running_ones_are_counted() -> None:
    now = 0.0
    limits = Limits(rate=2, at_once=2, clock=lambda: now)
    for _ in range(2):
        with limits.spent("anna"):
            pass
    with pytest.raises(Busy) as refused, limits.spent("anna"):
        pass
    assert refused.value.retry_after == 30
    now = 30.0
    with limits.spent("anna"):
        pass
    now = 300.0
    with limits.spent("anna"), limits.spent("anna"):  # noqa: SIM117 - the third is refused
        with pytest.raises(Busy), limits.spent("anna"):
            pass


def test_the_figures_need_a_token_of_their_own_and_tell_nothing_of_anybody(shared: Shared) -> None:
    shared.analyze(shared.anna, SECRET)
    shared.analyze({})
    assert shared.request("GET", "/metrics").status_code == 401
    assert shared.request("GET", "/metrics", headers=shared.anna).status_code == 401
    text = shared.request("GET", "/metrics", headers=shared.figures).text
    assert 'onrecord_requests_total{path="/v1/analyze",status="200"} 1.0' in text
    assert 'onrecord_requests_total{path="/v1/analyze",status="401"} 1.0' in text
    assert "onrecord_users 3.0" in text
    assert "onrecord_request_seconds_bucket" in text
    for word in ("secret", "anna", "news.example", "192.0.2.1"):
        assert word not in text


def test_addresses_nobody_offers_make_no_new_figures(shared: Shared) -> None:
    for number in range(20):
        shared.request("GET", f"/{number}/secret")
        shared.request("GET", f"/reports/{number}secret")
    text = shared.request("GET", "/metrics", headers=shared.figures).text
    assert text.count("onrecord_requests_total{") == 2
    assert "secret" not in text


def test_the_journal_is_json_without_text_addresses_or_names(shared: Shared) -> None:
    root, ours = logging.getLogger(), logging.getLogger("onrecord.shared")
    others, level, own_level = root.handlers[:], root.level, ours.level
    root.handlers.clear()
    window = io.StringIO()
    journal.start(window)
    own = root.handlers[:]
    root.handlers[:] = [*others, *own]
    try:
        shared.analyze(shared.anna, SECRET)
        shared.request("GET", "/secret?secret", headers={"Sec-Fetch-Site": "none"})
        shared.engine.failure = RuntimeError("secret")
        shared.analyze(shared.anna, {"blocks": [{"id": "b0", "text": "Another secret."}]})
        logging.getLogger("onrecord").warning("%s", "\x1b[2J\x9b\u202e")
    finally:
        for handler in own:
            root.removeHandler(handler)
        root.setLevel(level)
        ours.setLevel(own_level)
        logging.raiseExceptions = True
    lines = [json.loads(line) for line in window.getvalue().splitlines()]
    asked = [line for line in lines if line["event"] == "request"]
    assert [(line["path"], line["status"]) for line in asked] == [
        ("/v1/analyze", 200),
        ("other", 404),
        ("/v1/analyze", 500),
    ]
    assert "RuntimeError" in window.getvalue()
    for word in (
        "A secret",
        "news.example",
        "/secret",
        "secret?",
        "anna",
        "192.0.2.1",
        "Traceback",
        "\x1b",
        "\x9b",
        "\u202e",
    ):
        assert word not in window.getvalue(), word
