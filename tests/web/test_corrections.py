"""``POST /v1/corrections``: what the reader corrects is in every answer from then on, and gone when it is undone."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from onrecord.article import Article, Span
from onrecord.corrections.amend import Remark
from onrecord.store import Kept
from onrecord.web.frames import Done, Progress
from tests.web.conftest import BODY, SIGN_AS, Client, FakeEngine

ID = "0a" * 16
AT = {"block": "b0", "start": 0, "end": 5}


def correct(client: Client, headers: dict[str, str], **correction: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.post(
        "/v1/corrections", json={**BODY, "correct": {"id": ID, "at": AT, **correction}}, headers=headers
    ).json()
    return found


def test_the_answer_has_the_correction_and_so_has_every_later_one(
    client: Client, paired: dict[str, str], engine: FakeEngine
) -> None:
    before = client.post("/v1/analyze", json=BODY, headers=paired).json()
    assert before["corrections"] == []
    found = correct(client, paired, what="not_a_quote")
    assert found["quotes"] == []
    assert found["corrections"][0]["entry"] == "q1"
    assert engine.calls == 1  # the kept analysis is Onrecord's own
    assert client.post("/v1/analyze", json=BODY, headers=paired).json() == found
    lines = client.post("/v1/analyze", json=BODY, headers={**paired, "Accept": "application/x-ndjson"}).text
    assert "partial" not in lines
    assert ID in lines
    assert "not a quote" in client.post("/v1/analyze", json=BODY, headers={**paired, "Accept": "text/csv"}).text
    place = client.post("/v1/reports", json=BODY, headers=paired).json()["location"]
    assert "Corrected by the reader" in client.get(place).text
    undone = client.post("/v1/corrections", json={**BODY, "undo": ID}, headers=paired).json()
    assert undone == before


def test_offsets_count_as_the_request_says(client: Client, paired: dict[str, str]) -> None:
    body = {
        **BODY,
        "offsets": "utf-16",
        "correct": {"id": ID, "what": "kind", "type": "expert", "at": {**AT, "end": 19}},
    }
    found = client.post("/v1/corrections", json=body, headers=paired).json()
    assert found["sources"][0]["type"] == "expert"
    assert found["offsets"] == "utf-16"


def test_nobody_sees_what_another_has_corrected(client: Client, paired: dict[str, str]) -> None:
    correct(client, paired, what="not_contested", on="claim")
    other = client.server.keys.add("f" * 32, origin=None, native=False)
    assert client.post("/v1/analyze", json=BODY, headers={SIGN_AS: other.id}).json()["corrections"] == []
    client.post("/v1/corrections", json={**BODY, "undo": ID}, headers={SIGN_AS: other.id})
    assert len(client.post("/v1/analyze", json=BODY, headers=paired).json()["corrections"]) == 1


@pytest.mark.parametrize(
    "correction",
    [
        {"what": "kind"},
        {"what": "note", "note": "  "},
        {"what": "not_a_quote", "at": {"block": "b9", "start": 0, "end": 5}},
        {"what": "not_a_quote", "at": {"block": "b0", "start": 0, "end": 500}},
        {"what": "not_a_quote", "id": "../../x"},
        {"what": "something"},
        {"what": "note", "note": "x" * 1001},
    ],
)
def test_what_is_no_correction_is_refused(client: Client, paired: dict[str, str], correction: dict[str, Any]) -> None:
    body = {**BODY, "correct": {"id": ID, "at": AT, **correction}}
    answer = client.post("/v1/corrections", json=body, headers=paired)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_request")


def test_without_a_signature_nothing_is_corrected(client: Client) -> None:
    body = {**BODY, "undo": ID}
    assert client.post("/v1/corrections", json=body).status_code == 401


def test_corrections_are_looked_up_once_for_an_answer_and_again_only_if_one_was_made_meanwhile(
    client: Client, paired: dict[str, str], engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = client.server.corrections
    looked = []
    remarks = notebook.remarks
    monkeypatch.setattr(notebook, "remarks", lambda *asked: looked.append(asked) or remarks(*asked))
    assert client.post("/v1/analyze", json=BODY, headers=paired).json()["corrections"] == []
    assert len(looked) == 1
    client.post("/v1/analyze", json=BODY, headers=paired)
    assert (len(looked), engine.calls) == (2, 1)

    other = {"blocks": [*BODY["blocks"], {"id": "b1", "text": "“Yes,” said Ward."}]}
    parts = engine.parts

    async def corrected_meanwhile(article: Article, **asked: Any) -> AsyncGenerator[Progress | Done, None]:
        async for result in parts(article, **asked):
            if isinstance(result, Done):
                reader = f"install {paired[SIGN_AS]}"
                remark = Remark(ID, "not_a_quote", Span(0, 5))
                notebook.add(reader, article, Kept(result.analysis).unpacked, remark)
            yield result

    monkeypatch.setattr(engine, "parts", corrected_meanwhile)
    found = client.post("/v1/analyze", json=other, headers=paired).json()
    assert [one["id"] for one in found["corrections"]] == [ID]
    assert len(looked) == 4
