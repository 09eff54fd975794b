"""The server's own pages, reports, health and OpenAPI."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from typing import Any

import pytest

from onrecord import store
from onrecord.errors import OnrecordError
from onrecord.web import visits
from tests.web.conftest import BODY, EXTENSION, HOST, Client, FakeEngine

OWN = f"http://{HOST}"


def test_health_tells_whether_the_model_is_loaded(client: Client, engine: FakeEngine) -> None:
    assert client.get("/v1/health").json() == {
        "status": "ok",
        "schema": "onrecord/1",
        "engine": {"version": "0.1.0", "model": "fake 1"},
        "ready": True,
    }
    engine.ready = False
    assert client.get("/v1/health").json()["ready"] is False


NAVIGATES = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


def opened(client: Client) -> dict[str, str]:
    """The headers of a navigation by a browser in which a page of ours was opened with a key."""
    entered = client.get(f"/?k={client.server.visits.key()}")
    return {**NAVIGATES, "Cookie": entered.headers["set-cookie"].split(";")[0]}


@pytest.mark.parametrize(
    "changed",
    [
        {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},  # another extension's fetch has the cookie as well
        {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Mode": "", "Sec-Fetch-Dest": ""},
    ],
)
def test_the_cookie_opens_pages_for_navigations_only(
    client: Client, engine: FakeEngine, changed: dict[str, str]
) -> None:
    headers = {**opened(client), **changed}
    assert client.get("/sample", headers=headers).status_code == 303
    assert "<form" not in client.get("/", headers=headers).text
    assert engine.calls == 0


def test_a_page_that_is_opened_without_a_key_shows_no_secret_and_no_form(client: Client) -> None:
    client.server.pairing.show()
    page = client.get("/")
    assert page.status_code == 200
    assert client.server.pairing.show() not in page.text
    assert "<form" not in page.text
    assert "set-cookie" not in page.headers


def test_a_key_opens_the_page_once_with_a_code_and_its_cookie_opens_it_without(client: Client) -> None:
    key = client.server.visits.key()
    page = client.get(f"/?k={key}")
    assert client.server.pairing.show() in page.text
    assert "https://" not in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    cookie = page.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert cookie.startswith("onrecord-8377=")
    assert key not in cookie
    again = client.get("/", headers={**NAVIGATES, "Cookie": cookie.split(";")[0]})
    assert "<form" in again.text
    assert client.server.pairing.show() not in again.text  # a stolen cookie pairs nobody
    used = client.get(f"/?k={key}")
    assert "<form" not in used.text
    assert "set-cookie" not in used.headers


@pytest.mark.parametrize(
    "cookie", ["", "onrecord-8377=", "onrecord-8377=wrong", "onrecord-1=VALUE", "onrecord=VALUE", "a b;;=", "\xff=1"]
)
def test_no_other_cookie_opens_anything(client: Client, engine: FakeEngine, cookie: str) -> None:
    right = opened(client)["Cookie"].partition("=")[2]
    headers = {"Cookie": cookie.replace("VALUE", right).encode("latin-1"), "Origin": OWN}
    assert client.post("/v1/reports", json=BODY, headers=headers).status_code == 401
    del headers["Origin"]
    assert client.get("/sample", headers={**headers, **NAVIGATES}).status_code == 303
    assert engine.calls == 0


def test_a_page_of_ours_makes_reports_and_nothing_else(client: Client, engine: FakeEngine) -> None:
    cookie = opened(client)
    headers = {**cookie, "Origin": OWN}
    assert client.post("/v1/reports", json=BODY, headers=headers).status_code == 200
    for origin in ({}, {"Origin": EXTENSION}):  # a form, a program or an extension that has the cookie
        assert client.post("/v1/reports", json=BODY, headers={**cookie, **origin}).status_code == 401
    for path in ("/v1/analyze", "/v1/pair", "/v1/visits", "/v1/stop"):
        assert client.post(path, json=BODY, headers=headers).status_code == 401
    assert engine.calls == 1


def test_a_page_ends_after_half_a_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = opened(client)
    later = time.monotonic() + visits.LASTING + 1
    monkeypatch.setattr(visits.time, "monotonic", lambda: later)
    assert "<form" not in client.get("/", headers=cookie).text


def test_the_oldest_keys_and_pages_make_room() -> None:
    found = visits.Visits(1)
    first, *_, last = [found.key() for _ in range(visits.MOST + 1)]
    assert found.enter(first) is None
    values = [found.enter(last), *(found.enter(found.key()) for _ in range(visits.MOST))]
    assert not found.known(str(values[0]))
    assert found.known(str(values[-1]))


def test_a_report_is_made_kept_and_shown_without_script(client: Client, paired: dict[str, str]) -> None:
    made = client.post(
        "/v1/reports", json={"text": "“No,” she said.\n\nThen <b>nothing</b>.", "title": "T"}, headers=paired
    )
    page = client.get(made.json()["location"])
    assert page.status_code == 200
    assert "script-src" not in page.headers["content-security-policy"]
    assert "<b>nothing" not in page.text
    assert "&lt;b&gt;nothing" in page.text


def test_a_report_of_blocks_and_of_nothing(client: Client, paired: dict[str, str]) -> None:
    assert client.post("/v1/reports", json=BODY, headers=paired).status_code == 200
    assert client.post("/v1/reports", json={}, headers=paired).json()["error"]["code"] == "invalid_request"
    assert (
        client.post("/v1/reports", json={"text": "  "}, headers=paired).json()["error"]["code"] == "nothing_to_analyze"
    )


def test_a_report_that_is_asked_for_as_a_page_is_the_page_and_is_kept_nowhere(
    client: Client, paired: dict[str, str]
) -> None:
    kept = client.post("/v1/reports", json=BODY | {"outlet": "The Post"}, headers=paired).json()["location"]
    made = client.post("/v1/reports", json=BODY | {"outlet": "The Post"}, headers={**paired, "Accept": "text/html"})
    assert (made.status_code, made.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert made.text == client.get(kept).text
    with contextlib.closing(sqlite3.connect(client.server.settings.state_dir / store.NAME)) as database:
        assert database.execute("SELECT count(*) FROM reports").fetchone() == (1,)


def test_who_follows_the_address_of_a_lost_report_is_told_in_words(client: Client) -> None:
    page = client.get("/reports/unknown", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "This report is not kept any more" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert client.get("/reports/unknown").json()["error"]["code"] == "not_found"  # programs get what they always get


@pytest.mark.parametrize("path", ["/reports/unknown", "/nowhere", "/reports/../../etc/passwd", "/static/../app.py"])
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


def test_the_sample_needs_no_extension_but_a_page_that_was_opened(client: Client) -> None:
    assert "Harlow Bridge" in client.get("/sample", headers=opened(client)).text
    assert client.get("/sample").headers["location"] == "/"
    assert "<h1>Harlow Bridge" in client.get("/article").text


def test_the_extension_can_have_the_pages_opened(client: Client, paired: dict[str, str]) -> None:
    place = client.post("/v1/visits", json={}, headers=paired).json()["location"]
    assert "<form" in client.get(place).text


def test_the_extension_and_our_own_commands_can_stop_the_server(client: Client, paired: dict[str, str]) -> None:
    assert client.post("/v1/stop", json={}, headers=paired).status_code == 200


def test_openapi_describes_every_address_error_and_schema(client: Client) -> None:
    found: dict[str, Any] = client.get("/openapi.json").json()
    assert set(found["paths"]) == {
        "/v1/health", "/v1/hello", "/v1/pair", "/v1/analyze", "/v1/reports", "/v1/visits", "/v1/stop",
        "/v1/corrections",
    }  # fmt: skip
    responses = found["paths"]["/v1/analyze"]["post"]["responses"]
    described = " ".join(response["description"] for response in responses.values())
    for kind in subclasses(OnrecordError):
        assert kind.code in described
    schemas = found["components"]["schemas"]
    for name in references(found):
        assert name in schemas


def subclasses(kind: type[OnrecordError]) -> list[type[OnrecordError]]:
    return [kind, *(inner for child in kind.__subclasses__() for inner in subclasses(child))]


def references(value: object) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"].rsplit("/", 1)[-1]} if "$ref" in value else set()
        return own.union(*(references(inner) for inner in value.values()))
    if isinstance(value, list):
        return set().union(*(references(inner) for inner in value))
    return set()


def test_a_report_names_outlet_and_date(client: Client, paired: dict[str, str]) -> None:
    known = {"outlet": "The <b>Harbour</b> Post", "published": "2026-11-28T07:00:00Z"}
    place = client.post("/v1/reports", json=BODY | known, headers=paired).json()["location"]
    page = client.get(place).text
    assert "The &lt;b&gt;Harbour&lt;/b&gt; Post" in page
    assert "28 November 2026" in page
    for bad in ({"outlet": "x" * 201}, {"published": "x" * 41}, {"outlet": 3}):
        answer = client.post("/v1/reports", json=BODY | bad, headers=paired)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_request")
