"""Imported fact-checks reach the answers of the server, and no kept answer shows those of an older import."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from onrecord.factchecks.library import NAME, Library
from onrecord.settings import Settings
from tests.factchecks.test_reviews import REVIEW
from tests.web.conftest import Client, FakeEngine

SAID = {"blocks": [{"id": "b0", "text": "Well. Crime in Wells has doubled since 2015."}]}


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    found = Library(settings.state_dir)
    yield found
    found.close()


def checks(client: Client, headers: dict[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.post("/v1/analyze", json=SAID, headers=headers).json()["factchecks"]
    return found


def test_an_answer_has_none_until_something_is_imported_and_none_after_it_is_forgotten(
    client: Client, paired: dict[str, str], library: Library, engine: FakeEngine
) -> None:
    assert checks(client, paired) == []
    library.add([REVIEW])
    (found,) = checks(client, paired)
    assert (found["publisher"], found["rating"], found["url"]) == (REVIEW.publisher, REVIEW.rating, REVIEW.url)
    assert found["content"][0]["text"] == "Crime in Wells has doubled since 2015."
    before = engine.calls
    assert checks(client, paired) == [found]
    assert engine.calls == before  # kept
    library.forget()
    assert checks(client, paired) == []


def test_a_report_shows_them(client: Client, paired: dict[str, str], library: Library) -> None:
    library.add([REVIEW])
    made = client.post("/v1/reports", json=SAID, headers=paired).json()
    assert "Plain Facts: “Mostly false”" in client.get(made["location"]).text


def test_a_broken_file_of_fact_checks_breaks_no_analysis(
    client: Client, paired: dict[str, str], settings: Settings
) -> None:
    settings.state_dir.mkdir(exist_ok=True)
    (settings.state_dir / NAME).write_bytes(b"this is no database" * 100)
    answer = client.post("/v1/analyze", json=SAID, headers=paired)
    assert answer.status_code == 200
    assert answer.json()["factchecks"] == []
