"""The server's own pages, reports, health and OpenAPI."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.errors import OnrecordError
from tests.web.conftest import BODY, EXTENSION, Client, FakeEngine


def test_health_tells_whether_the_model_is_loaded(client: Client, engine: FakeEngine) -> None:
    assert client.get("/v1/health").json() == {
        "status": "ok",
        "schema": "onrecord/1",
        "engine": {"version": "0.1.0", "model": "fake 1"},
        "ready": True,
    }
    engine.ready = False
    assert client.get("/v1/health").json()["ready"] is False


def test_the_home_page_shows_the_code_and_no_foreign_address(client: Client) -> None:
    page = client.get("/")
    assert client.app.state.server.pairing.code in page.text  # type: ignore[attr-defined]
    assert "https://" not in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]


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


@pytest.mark.parametrize("path", ["/reports/unknown", "/nowhere", "/reports/../../etc/passwd", "/static/../app.py"])
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


def test_the_sample_needs_no_extension(client: Client) -> None:
    assert "Harlow Bridge" in client.get("/sample").text
    assert "<h1>Harlow Bridge" in client.get("/article").text


def test_a_paired_extension_may_look_at_pages(client: Client, paired: dict[str, str]) -> None:
    assert client.get("/openapi.json", headers={"Origin": EXTENSION}).status_code == 200


def test_openapi_describes_every_address_error_and_schema(client: Client) -> None:
    found: dict[str, Any] = client.get("/openapi.json").json()
    assert set(found["paths"]) == {"/v1/health", "/v1/pair", "/v1/analyze", "/v1/reports"}
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
