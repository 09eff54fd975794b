"""The benchmarks that print a figure of accuracy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import channels
from onrecord.analysis.analyzer import Analyzer


@pytest.mark.model
def test_channels_are_compared_quote_by_quote(analyzer: Analyzer) -> None:
    text = "“It is over,” Anna Bell told reporters.\n\n“It is not,” Tom Ward said. “No,” he wrote on Twitter."
    start = text.index("“It is over,”")
    gold = {
        "text": text,
        "quotes": [
            {"contents": [{"start": start, "end": start + 13}], "channel": "statement"},
            {"contents": [{"start": text.index("“No,”"), "end": text.index(" he wrote")}], "channel": "social_post"},
            {"contents": [{"start": text.index("“It is not"), "end": text.index(" Tom")}], "optional": True},
        ],
    }
    assert sorted((right, found) for right, found, _ in channels.pairs(analyzer, gold)) == [
        ("social_post", "social_post"),
        ("statement", "briefing"),
    ]


@pytest.mark.model
def test_the_table_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = {
        "text": "“It is over,” Anna Bell told reporters.",
        "quotes": [{"contents": [{"start": 0, "end": 13}], "channel": "briefing"}],
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(line), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["channels", str(tmp_path / "gold.jsonl")])
    channels.main()
    assert "channel accuracy 1.000 (1/1)" in capsys.readouterr().out
