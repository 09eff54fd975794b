"""The output as Parquet, in a schema that is fixed beforehand: what a batch lacks must not decide what a column is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

_ROWS = 500  # of one row group: a few MB


def _list(**fields: Any) -> Any:
    return pa.list_(pa.struct([pa.field(name, kind) for name, kind in fields.items()]))


_TEXT, _FLOAT, _INT = pa.string(), pa.float64(), pa.int32()

SCHEMA = pa.schema([
    ("id", _TEXT),
    ("place", _TEXT),
    ("title", _TEXT),
    ("url", _TEXT),
    ("outlet", _TEXT),
    ("published", _TEXT),
    ("authors", pa.list_(_TEXT)),
    ("error_code", _TEXT),
    ("error_message", _TEXT),
    ("language", _TEXT),
    ("version", _TEXT),
    ("model", _TEXT),
    ("words", _INT),
    ("blocks", _list(id=_TEXT, role=_TEXT, text=_TEXT)),
    ("sources", _list(id=_TEXT, label=_TEXT, name=_TEXT, type=_TEXT, identification=_TEXT, organisation=_TEXT,
                      reason=_TEXT, reason_kind=_TEXT, mentions=pa.list_(_TEXT))),
    ("quotes", _list(id=_TEXT, kind=_TEXT, text=_TEXT, cue=_TEXT, source=_TEXT, channel=_TEXT, words=_INT,
                     confidence=_FLOAT)),
    ("claims", _list(id=_TEXT, status=_TEXT, also=pa.list_(_TEXT), text=_TEXT, evidence=_TEXT, by=_TEXT, quote=_TEXT,
                     confidence=_FLOAT)),
    ("analysis", _TEXT),  # the whole of it, with every offset, as JSON
], metadata={"schema": "onrecord-corpus/1"})  # fmt: skip


def write(lines: Path, target: Path) -> None:
    """The lines of an output as a Parquet file."""
    with parquet.ParquetWriter(target, SCHEMA, compression="zstd") as writer:
        for rows in _batches(lines):
            writer.write_table(pa.Table.from_pylist(rows, schema=SCHEMA))


def _batches(lines: Path) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    with lines.open("rb") as file:
        for line in file:
            rows.append(row(json.loads(line)))
            if len(rows) == _ROWS:
                yield rows
                rows = []
    if rows:
        yield rows


def row(line: dict[str, Any]) -> dict[str, Any]:
    """The row of a line of output."""
    error = line.get("error") or {}
    analysis = line.get("analysis")
    made = {
        "id": None if line["id"] is None else _whole(str(line["id"])),
        "place": _whole(line["place"]),
        "error_code": error.get("code"),
        "error_message": _whole(error.get("message")),
        **{name: _whole(value) for name, value in line.get("metadata", {}).items()},
    }
    if analysis is None:
        return made
    return {
        **made,
        "language": analysis["language"],
        "version": analysis["engine"]["version"],
        "model": analysis["engine"]["model"],
        "words": sum(len(block["text"].split()) for block in analysis["blocks"]),
        "blocks": _whole(analysis["blocks"]),
        "sources": [_source(_whole(source)) for source in analysis["sources"]],
        "quotes": [_said(_whole(quote)) for quote in analysis["quotes"]],
        "claims": [_claim(_whole(claim)) for claim in analysis["claims"]],
        "analysis": json.dumps(analysis),
    }


def _joined(pieces: list[dict[str, Any]]) -> str:
    return " ".join(piece["text"] for piece in pieces)


def _source(source: dict[str, Any]) -> dict[str, Any]:
    anonymity = source["anonymity"] or {}
    reason = anonymity.get("reason")
    return {
        **{name: source[name] for name in ("id", "label", "name", "type", "identification", "organisation")},
        "reason": reason["text"] if reason else None,
        "reason_kind": anonymity.get("reason_kind"),
        "mentions": [mention["text"] for mention in source["mentions"]],
    }


def _said(quote: dict[str, Any]) -> dict[str, Any]:
    text = _joined(quote["content"])
    return {
        **{name: quote[name] for name in ("id", "kind", "source", "channel", "confidence")},
        "text": text,
        "cue": _joined(quote["cue"]) or None,
        "words": len(text.split()),
    }


def _claim(claim: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: claim[name] for name in ("id", "status", "also", "by", "quote", "confidence")},
        "text": _joined(claim["content"]),
        "evidence": _joined(claim["evidence"]) or None,
    }


def _whole(value: Any) -> Any:
    """The value without halves of characters, which Parquet's UTF-8 cannot hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_whole(entry) for entry in value]
    if isinstance(value, dict):
        return {name: _whole(entry) for name, entry in value.items()}
    return value
