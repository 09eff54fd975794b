"""CSV: one row an entry, quoted as it should be, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json

import pytest

from onrecord.analysis.result import Analysis, Claim, Quote, Source
from onrecord.article import Article, Block, Offsets, Span
from onrecord.formats.table import COLUMNS, to_csv
from onrecord.formats.wire import encode
from tests.formats.example import ANALYSIS, ARTICLE, CHECKED


def rows(article: Article, analysis: Analysis, *, offsets: Offsets = Offsets.CODE_POINT) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(article, analysis, offsets=offsets), newline=""), strict=True))


def one(text: str, *, label: str = "Bell", block: str = "b0") -> tuple[Article, Analysis]:
    """An article that is one quote and one claim from end to end."""
    article = Article((Block(block, "paragraph", text),))
    whole = (Span(0, len(text)),)
    source = Source(id="s1", label=label, type="expert", identification="named_person")
    quote = Quote(id="q1", kind="indirect", content=whole, cue=whole, source="s1")
    claim = Claim(id="c1", status="disputed", content=whole, evidence=whole, by="s1")
    return article, Analysis(sources=(source,), quotes=(quote,), claims=(claim,))


def test_there_is_a_row_for_every_quote_and_claim_under_the_columns() -> None:
    found = rows(ARTICLE, ANALYSIS)
    assert tuple(found[0]) == COLUMNS
    assert [row["id"] for row in found] == ["q1", "q2", "q3", "c1", "c2"]
    assert found[0] == {
        "entry": "quote", "id": "q1", "kind_or_status": "direct", "also": "", "source": "Ida Lund, the harbour master",
        "source_type": "official", "identification": "named_person", "channel": "statement",
        "text": "“The ferry stays,”", "cue_or_evidence": "said Ida", "block": "b1", "start": "2", "end": "20",
        "confidence": "0.99", "spans": '[{"block":"b1","start":2,"end":20}]',
        "cue_or_evidence_spans": '[{"block":"b1","start":21,"end":29}]', "date": "", "corrected": "",
        "telling_sentence": "🚢 “The ferry stays,” said Ida Lund, the harbour master, in a statement.",
        "telling_words": "harbour master",
    }  # fmt: skip
    assert (found[3]["also"], found[3]["source"], found[3]["cue_or_evidence"]) == ("accusation", "A guard", "denied it")


def test_a_quote_without_a_speaker_and_a_claim_that_nobody_contests_leave_their_cells_empty() -> None:
    found = rows(ARTICLE, ANALYSIS)
    for row in (found[2], found[4]):
        assert (row["source"], row["source_type"], row["identification"]) == ("", "", "")


def test_a_text_over_two_blocks_is_in_one_cell() -> None:
    assert rows(ARTICLE, ANALYSIS)[2]["text"] == "“We saw it leave. … “It was full.”"


@pytest.mark.parametrize("unit", Offsets)
def test_every_span_has_its_place_in_the_unit_asked_for(unit: Offsets) -> None:
    wire = encode(ARTICLE, CHECKED, offsets=unit)
    entries = [*wire["quotes"], *wire["claims"], *wire["factchecks"]]
    found = rows(ARTICLE, CHECKED, offsets=unit)
    assert len(found) == len(entries)
    for row, entry in zip(found, entries, strict=True):
        for column, spans in (
            ("spans", entry["content"]),
            ("cue_or_evidence_spans", entry.get("cue", entry.get("evidence", []))),
        ):
            assert json.loads(row[column]) == [
                {name: span[name] for name in ("block", "start", "end")} for span in spans
            ]
        assert [row["block"], int(row["start"]), int(row["end"])] == list(json.loads(row["spans"])[0].values())
    assert [place["block"] for place in json.loads(found[2]["spans"])] == ["b2", "b3"]


def test_a_new_column_stands_behind_the_ones_that_were_there() -> None:
    assert COLUMNS[:14] == (
        "entry", "id", "kind_or_status", "also", "source", "source_type", "identification", "channel",
        "text", "cue_or_evidence", "block", "start", "end", "confidence",
    )  # fmt: skip


@pytest.mark.parametrize("text", ['He said "no", twice', "one, two; three", "a 'quote'", "first line\nsecond line"])
def test_commas_quotation_marks_and_line_breaks_come_back_as_they_were(text: str) -> None:
    found = rows(*one(text, label=text))
    assert [row["text"] for row in found] == [text, text]
    assert {row["source"] for row in found} == {text}


def test_rows_end_as_the_standard_says() -> None:
    assert to_csv(ARTICLE, Analysis()) == ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_a_cell_that_would_be_a_formula_is_text(sign: str) -> None:
    text = sign + 'cmd|"/c calc"!A1'
    for row in rows(*one(text, label=text, block=text)):
        for name in ("text", "cue_or_evidence", "source", "block"):
            assert row[name] == "'" + text
        assert json.loads(row["spans"])[0]["block"] == text  # a cell that starts with a bracket is no formula


@pytest.mark.parametrize("sign", ["\t", "\r", "\n"])
def test_a_cell_that_begins_with_a_tab_or_a_line_break_is_text(sign: str) -> None:
    for row in rows(*one("Fine.", label=sign + "=1+1")):
        assert row["source"] == "'" + sign.replace("\r", "") + "=1+1"  # a carriage return alone is none of a line's


@pytest.mark.parametrize("text", ["5 - 3 = 2", "a@b.example", "“=1+1”", "— he said"])
def test_a_cell_that_only_holds_such_a_sign_is_left_alone(text: str) -> None:
    assert rows(*one(text))[0]["text"] == text
