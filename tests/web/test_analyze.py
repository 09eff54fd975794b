"""``POST /v1/analyze``: what is answered, what is refused, and that the server goes on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from onrecord.errors import Busy, ModelUnavailable, TimedOut
from onrecord.formats import schemas
from onrecord.settings import Settings
from onrecord.web import app
from tests.web.conftest import BODY, HOST, SIGN_AS, Client, FakeEngine

BLOCK = {"id": "b0", "text": "Hello there."}


def test_the_answer_has_the_shape_of_the_wire(client: Client, paired: dict[str, str]) -> None:
    answer = client.post("/v1/analyze", json=BODY, headers=paired).json()
    assert answer["schema"] == "onrecord/1"
    assert answer["engine"] == {"version": "0.1.0", "model": "fake 1"}
    assert answer["quotes"][0]["content"] == [{"block": "b0", "start": 0, "end": 5, "text": "“No,”"}]
    assert answer["summary"]["by_type"] == {"official": 1}


def test_offsets_are_counted_in_the_unit_asked_for(client: Client, paired: dict[str, str]) -> None:
    body: dict[str, Any] = {"blocks": [{"id": "b0", "text": "🚢🚢🚢 said"}]}
    found = {}
    for unit in ("code-point", "utf-16"):
        answer = client.post("/v1/analyze", json={**body, "offsets": unit}, headers=paired).json()
        found[unit] = answer["quotes"][0]["content"][0]["end"]
        assert answer["offsets"] == unit
    assert found == {"code-point": 5, "utf-16": 8}


BAD: list[tuple[bytes, int, str]] = [
    (b"", 400, "invalid_json"),
    (b"  ", 400, "invalid_json"),
    (b"{", 400, "invalid_json"),
    (b"\xff\xfe", 400, "invalid_json"),
    (b'{"blocks": [{"id": "a", "text": "\\ud800 half"}]}', 400, "invalid_json"),
    (b"[" * 1_000, 400, "invalid_request"),
    (b"[]", 400, "invalid_request"),
    (b"{}", 400, "invalid_request"),
    (b'{"blocks": "text"}', 400, "invalid_request"),
    (b'{"blocks": [{"id": "a", "text": 5}]}', 400, "invalid_request"),
    (b'{"blocks": [{"id": "", "text": "x"}]}', 400, "invalid_request"),
    (b'{"blocks": [{"id": "a", "text": "x", "role": "advert"}]}', 400, "invalid_request"),
    (b'{"blocks": [{"id": "a", "text": "x"}], "offsets": "bytes"}', 400, "invalid_request"),
    (b'{"blocks": [{"id": "a", "text": "x"}], "include": ["secrets"]}', 400, "invalid_request"),
    (b'{"blocks": [{"id": "a", "text": "x"}], "unknown": 1}', 400, "invalid_request"),
    (b'{"blocks": [{"id": "a", "text": "x"}, {"id": "a", "text": "y"}]}', 400, "invalid_request"),
    (b'{"blocks": [{"id": "a", "text": "x"}], "language": "fr"}', 422, "unsupported_language"),
    (b'{"blocks": []}', 422, "nothing_to_analyze"),
    (b'{"blocks": [{"id": "a", "text": " \\n "}]}', 422, "nothing_to_analyze"),
    (b'{"blocks": [{"id": "a", "text": "((((("}]}', 422, "nothing_to_analyze"),
    (json.dumps({"blocks": [{"id": str(n), "text": "x"} for n in range(6)]}).encode(), 413, "too_large"),
    (json.dumps({"blocks": [{"id": "a", "text": "x" * 1_001}]}).encode(), 413, "too_large"),
    (b" " * 5_000_000, 413, "too_large"),
]


@pytest.mark.parametrize(("body", "status", "code"), BAD, ids=[f"{n}-{code}" for n, (_, _, code) in enumerate(BAD)])
def test_bad_input_gets_a_clear_error_and_the_server_goes_on(
    client: Client, paired: dict[str, str], engine: FakeEngine, body: bytes, status: int, code: str
) -> None:
    headers = {**paired, "Content-Type": "application/json"}
    answer = client.post("/v1/analyze", content=body, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "help"}
    assert error["help"] == f"docs/errors.md#{code}"
    assert error["message"].endswith(".")
    assert engine.calls == 0
    assert client.post("/v1/analyze", json=BODY, headers=paired).status_code == 200


def test_a_body_without_a_length_is_read_no_further_than_the_limit(client: Client, paired: dict[str, str]) -> None:
    sent = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 5_000_000:
            sent += 1_000
            yield b" " * 1_000

    answer = client.post("/v1/analyze", content=chunks(), headers={**paired, "Content-Type": "application/json"})
    assert answer.status_code == 413


def test_english_of_any_country_is_english(client: Client, paired: dict[str, str]) -> None:
    answer = client.post("/v1/analyze", json={**BODY, "language": "en-GB"}, headers=paired)
    assert answer.json()["language"] == "en"


FRENCH = "Le maire a dit que personne ne pouvait traverser le pont avant la fin des travaux."


@pytest.mark.parametrize(("language", "status"), [("und", 422), ("fr", 422), ("de-CH", 422), ("en", 200)])
def test_the_words_decide_the_language_unless_the_reader_insists(
    client: Client, paired: dict[str, str], language: str, status: int
) -> None:
    body = {"blocks": [{"id": "a", "text": FRENCH}], "language": language}
    answer = client.post("/v1/analyze", json=body, headers=paired)
    assert answer.status_code == status
    if status == 422:
        assert answer.json()["error"]["message"] == "Onrecord reads English, and this article is in French."


def test_an_english_article_on_a_page_that_calls_itself_german_is_read(client: Client, paired: dict[str, str]) -> None:
    answer = client.post("/v1/analyze", json={"blocks": [BLOCK], "language": "de"}, headers=paired)
    assert answer.status_code == 200
    assert answer.json()["language"] == "en"


def test_lines_tell_of_progress_and_end_with_the_whole(client: Client, paired: dict[str, str]) -> None:
    body = {"blocks": [BLOCK, {**BLOCK, "id": "b1"}]}
    answer = client.post("/v1/analyze", json=body, headers={**paired, "Accept": "application/x-ndjson"})
    events = [json.loads(line) for line in answer.text.splitlines()]
    assert [event["event"] for event in events] == ["progress", "partial", "progress", "done"]
    assert events[0] == {"event": "progress", "blocks_done": 1, "blocks": 2}
    assert events[-1]["analysis"] == client.post("/v1/analyze", json=body, headers=paired).json()


def test_an_error_on_the_way_is_the_last_line(client: Client, paired: dict[str, str], engine: FakeEngine) -> None:
    engine.late_failure = TimedOut("Too long.")
    body = {"blocks": [BLOCK, {**BLOCK, "id": "b1"}]}
    answer = client.post("/v1/analyze", json=body, headers={**paired, "Accept": "application/x-ndjson"})
    last = json.loads(answer.text.splitlines()[-1])
    assert last == {"event": "error", **TimedOut("Too long.").to_dict()}


def test_linked_data_is_an_annotation_collection(client: Client, paired: dict[str, str]) -> None:
    answer = client.post("/v1/analyze", json=BODY, headers={**paired, "Accept": "application/ld+json"})
    assert answer.headers["content-type"].startswith("application/ld+json")
    assert answer.json()["type"] == "AnnotationCollection"
    assert answer.json()["total"] == 2


def test_a_table_has_a_row_for_each_entry(client: Client, paired: dict[str, str]) -> None:
    answer = client.post("/v1/analyze", json=BODY, headers={**paired, "Accept": "text/csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text, newline=""), strict=True))
    assert [row["entry"] for row in rows] == ["quote", "claim"]
    whole = client.post("/v1/analyze", json=BODY, headers=paired).json()
    first = whole["quotes"][0]["content"][0]
    assert (rows[0]["block"], rows[0]["start"], rows[0]["end"]) == (
        first["block"], str(first["start"]), str(first["end"]),
    )  # fmt: skip


def test_offsets_of_a_table_are_in_the_unit_asked_for(client: Client, paired: dict[str, str]) -> None:
    body = {"blocks": [{**BLOCK, "text": "🙂 " + BLOCK["text"]}]}
    ends = []
    for unit in ("code-point", "utf-16"):
        answer = client.post("/v1/analyze", json={**body, "offsets": unit}, headers={**paired, "Accept": "text/csv"})
        ends.append(int(next(csv.DictReader(io.StringIO(answer.text, newline="")))["end"]))
    assert ends[1] == ends[0] + 1


@pytest.mark.parametrize("accept", ["application/json", "application/x-ndjson", "application/ld+json", "text/csv"])
def test_a_full_queue_says_when_to_come_back(
    client: Client, paired: dict[str, str], engine: FakeEngine, accept: str
) -> None:
    engine.failure = Busy("Full.", retry_after=7)
    answer = client.post("/v1/analyze", json=BODY, headers={**paired, "Accept": accept})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "7"
    assert answer.json()["error"]["code"] == "busy"


@pytest.mark.parametrize("failure", [TimedOut("Too long."), ModelUnavailable("No model.")])
def test_what_cannot_be_had_now_is_a_503(
    client: Client, paired: dict[str, str], engine: FakeEngine, failure: TimedOut
) -> None:
    engine.failure = failure
    answer = client.post("/v1/analyze", json=BODY, headers=paired)
    assert (answer.status_code, answer.json()) == (503, failure.to_dict())


def test_a_bug_is_a_500_that_tells_nothing_of_the_article(
    client: Client, paired: dict[str, str], engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    engine.failure = RuntimeError("secret words of the article")
    answer = client.post("/v1/analyze", json=BODY, headers=paired)
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "internal_error"
    assert "secret" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text


def test_the_same_article_is_analysed_once(client: Client, paired: dict[str, str], engine: FakeEngine) -> None:
    first = client.post("/v1/analyze", json=BODY, headers=paired)
    again = client.post("/v1/analyze", json={**BODY, "url": "https://news.example/other"}, headers=paired)
    assert again.content == first.content
    assert engine.calls == 1
    client.post("/v1/analyze", json={**BODY, "title": "Another"}, headers=paired)
    assert engine.calls == 1


def test_an_article_is_read_once_whatever_is_made_of_it(
    client: Client, paired: dict[str, str], engine: FakeEngine
) -> None:
    def asked(body: dict[str, Any], accept: str) -> httpx.Response:
        return client.post("/v1/analyze", json=body, headers={**paired, "Accept": accept})

    renamed = {"blocks": [{**BODY["blocks"][0], "id": "other"}]}
    for body in (BODY, {**BODY, "offsets": "utf-16"}, renamed, BODY):
        asked(body, "text/csv")
        answer = asked(body, "application/json").json()
        assert answer["offsets"] == body.get("offsets", "code-point")
        assert answer["quotes"][0]["content"][0]["block"] == body["blocks"][0]["id"]
        assert asked(body, "application/ld+json").json()["total"] == 2
        assert json.loads(asked(body, "application/x-ndjson").text.splitlines()[-1])["analysis"] == answer
        assert client.post("/v1/reports", json={"blocks": body["blocks"]}, headers=paired).status_code == 200
    assert engine.calls == 1
    entered = client.get(f"/?k={client.server.visits.key()}")
    page = {
        "Cookie": entered.headers["set-cookie"].split(";")[0],
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    assert [client.get("/sample", headers=page).status_code for _ in range(2)] == [200, 200]
    assert engine.calls == 2


def test_an_answer_that_was_kept_with_other_fields_is_encoded_anew(
    client: Client, paired: dict[str, str], engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = client.post("/v1/analyze", json=BODY, headers=paired).json()
    monkeypatch.setattr(schemas, "answer_shape", lambda: "of an older version")
    monkeypatch.setattr(app, "encode", lambda *_, **__: {"old": True})
    assert client.post("/v1/analyze", json=BODY, headers=paired).json() == {"old": True}
    monkeypatch.undo()
    assert client.post("/v1/analyze", json=BODY, headers=paired).json() == now
    assert engine.calls == 1


def test_what_one_reader_has_read_is_not_there_for_another(
    client: Client, paired: dict[str, str], engine: FakeEngine
) -> None:
    client.post("/v1/analyze", json=BODY, headers=paired)
    other = client.server.keys.add("f" * 32, origin=None, native=False)
    client.post("/v1/analyze", json=BODY, headers={SIGN_AS: other.id})
    entered = client.get(f"/?k={client.server.visits.key()}")
    page = {"Cookie": entered.headers["set-cookie"].split(";")[0], "Origin": f"http://{HOST}"}
    assert client.post("/v1/reports", json=BODY, headers=page).status_code == 200
    assert engine.calls == 3
    client.server.keys.add(other.id, origin=None, native=True)  # connected anew, it is the same reader
    client.post("/v1/analyze", json=BODY, headers={SIGN_AS: other.id})
    assert engine.calls == 3


def test_no_answer_waits_for_the_store_or_fails_with_it(
    client: Client, paired: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise MemoryError

    for name in ("analysis", "keep_analysis", "keep_report", "report", "touch"):
        monkeypatch.setattr(client.app.state.server.store, name, broken)
    assert client.post("/v1/analyze", json=BODY, headers=paired).status_code == 200
    place = client.post("/v1/reports", json=BODY, headers=paired).json()["location"]
    assert client.get(place).status_code == 200


class TestWithoutACache:
    """``ONRECORD_CACHE_ENTRIES=0``."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return Settings(port=settings.port, state_dir=settings.state_dir, cache_entries=0)

    def test_nothing_is_kept(self, client: Client, paired: dict[str, str], engine: FakeEngine) -> None:
        client.post("/v1/analyze", json=BODY, headers=paired)
        client.post("/v1/analyze", json=BODY, headers=paired)
        assert engine.calls == 2
