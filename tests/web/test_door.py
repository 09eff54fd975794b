"""The door: who is let in, and in which order requests are refused."""

from __future__ import annotations

import pytest

from onrecord.web.door import is_extension
from tests.web.conftest import BODY, EXTENSION, Client, FakeEngine

STRANGER = "https://news.example"


def code_of(answer: object) -> str:
    found: str = answer.json()["error"]["code"]  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize(
    "host", ["localhost:8377", "127.0.0.1", "127.0.0.1:1", "evil.example:8377", "127.0.0.1:8377.evil", ""]
)
def test_any_other_host_is_refused(client: Client, host: str) -> None:
    answer = client.get("/v1/health", headers={"Host": host})
    assert answer.status_code == 403
    assert code_of(answer) == "forbidden"


def test_who_types_localhost_is_sent_to_the_servers_own_address(client: Client) -> None:
    for path in ("/", "/sample?k=AbC-1"):
        answer = client.get(path, headers={"Host": "localhost:8377"}, follow_redirects=False)
        assert answer.status_code == 307
        assert answer.headers["location"] == f"http://127.0.0.1:8377{path}"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/v1/health", {}),
        ("/", {"Host": "localhost:1"}),
        ("/", {"Host": "localhost"}),
        ("/", {"Sec-Fetch-Site": "cross-site"}),
        ("/", {"Origin": "http://localhost:8377"}),
    ],
)
def test_nobody_else_is_let_in_by_that_name(client: Client, path: str, headers: dict[str, str]) -> None:
    answer = client.get(path, headers={"Host": "localhost:8377", **headers}, follow_redirects=False)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "origin", [STRANGER, "null", "http://127.0.0.1:1", "http://localhost:8377", "chrome-extension://short", ""]
)
def test_any_foreign_origin_is_refused(client: Client, origin: str) -> None:
    assert client.get("/v1/health", headers={"Origin": origin}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
def test_another_sites_navigation_is_refused(client: Client, site: str) -> None:
    assert client.get("/", headers={"Sec-Fetch-Site": site}).status_code == 403


@pytest.mark.parametrize("site", ["none", "same-origin"])
def test_the_readers_own_navigation_is_let_in(client: Client, site: str) -> None:
    assert client.get("/", headers={"Sec-Fetch-Site": site}).status_code == 200


def test_an_unpaired_extension_reaches_health_and_the_greeting_only(client: Client) -> None:
    headers = {"Origin": EXTENSION}
    assert client.get("/v1/health", headers=headers).status_code == 200
    assert set(client.hello(headers=headers)) == {"schema", "nonce", "proofs"}
    for path in ("/", "/article", "/sample", "/reports/x", "/openapi.json", "/static/home.css", "/static/palette.css"):
        assert code_of(client.get(path, headers=headers)) == "not_paired"
    for path in ("/v1/analyze", "/v1/reports", "/v1/visits", "/v1/stop", "/v1/pair"):
        assert code_of(client.post(path, json=BODY, headers=headers)) == "not_paired"


def test_who_comes_from_no_page_learns_nothing_and_has_nothing_analysed(client: Client, engine: FakeEngine) -> None:
    """A program, or another extension: with leave for 127.0.0.1 its GET has no Origin and Sec-Fetch-Site none."""
    code = client.server.pairing.show()
    for headers in ({}, {"Sec-Fetch-Site": "none"}, {"Sec-Fetch-Site": "none", "Origin": EXTENSION}):
        for path in ("/", "/sample", "/article", "/openapi.json", "/v1/health"):
            answer = client.get(path, headers=headers)
            assert code not in answer.text
            assert "onrecord-" not in answer.headers.get("set-cookie", "")
        for path in ("/v1/analyze", "/v1/reports", "/v1/visits", "/v1/stop", "/v1/pair"):
            assert client.post(path, json=BODY, headers=headers).status_code == 401
    assert engine.calls == 0


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_a_form_post_is_refused(client: Client, paired: dict[str, str], kind: str) -> None:
    answer = client.post("/v1/analyze", content=b"{}", headers={**paired, "Content-Type": kind})
    assert answer.status_code == 415
    assert code_of(answer) == "unsupported_media_type"


def test_a_compressed_post_is_refused(client: Client, paired: dict[str, str]) -> None:
    answer = client.post("/v1/analyze", json=BODY, headers={**paired, "Content-Encoding": "gzip"})
    assert answer.status_code == 415


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    answer = client.request(method, "/v1/analyze")
    assert answer.status_code == 405
    assert code_of(answer) == "method_not_allowed"


def test_requests_are_refused_in_the_documented_order(client: Client) -> None:
    wrong = {"Host": "evil.example", "Origin": STRANGER, "Sec-Fetch-Site": "cross-site", "Content-Type": "text/plain"}
    messages = []
    for fixed in ("Host", "Origin", "Sec-Fetch-Site", "Content-Type"):
        answer = client.post("/v1/analyze", content=b"x", headers=wrong)
        messages.append((answer.status_code, answer.json()["error"]["message"]))
        del wrong[fixed]
        if fixed == "Sec-Fetch-Site":
            continue
    statuses = [status for status, _ in messages]
    assert statuses == [403, 403, 403, 415]
    assert len({message for _, message in messages}) == 4
    assert client.post("/v1/analyze", json=BODY).status_code == 401


@pytest.mark.parametrize("path", ["/", "/v1/health", "/openapi.json", "/nowhere", "/static/home.css"])
def test_no_answer_carries_cors_headers_and_every_one_carries_a_policy(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert not [name for name in headers if name.startswith("access-control")]
    if not path.startswith("/static"):
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("origin", "fits"),
    [
        (EXTENSION, True),
        ("moz-extension://01234567-89ab-cdef-0123-456789abcdef", True),
        (EXTENSION + "/", False),
        ("chrome-extension://" + "z" * 32, False),
        ("https://chrome-extension", False),
    ],
)
def test_what_an_extensions_origin_looks_like(origin: str, fits: bool) -> None:
    assert is_extension(origin) is fits
