"""Small outputs of ``onrecord corpus``, written by hand so that every figure is known."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord.corpus.answers import SCHEMA


def span(text: str) -> dict[str, Any]:
    return {"block": "b0", "start": 0, "end": len(text), "text": text}


def source(
    number: int, kind: str = "official", identity: str = "named_person", *, name: str | None = None, **more: Any
) -> dict[str, Any]:
    named = (name or f"Person {number}") if identity.startswith("named") else None
    return {
        "id": f"s{number}", "label": named or "officials", "name": named, "type": kind, "identification": identity,
        "organisation": None, "anonymity": None, "evidence": [], "mentions": [], **more,
    }  # fmt: skip


def anonymous(number: int, reason: str | None = None, kind: str = "none_stated", *, opinion: bool = False) -> Any:
    said = {"evidence": [], "reason": span(reason) if reason else None, "reason_kind": kind, "opinion": opinion}
    return source(number, "official", "anonymous", anonymity=said)


def quote(number: int, by: str | None, text: str = "one two three four") -> dict[str, Any]:
    return {"id": f"q{number}", "kind": "direct", "content": [span(text)], "cue": [], "mention": None, "source": by,
            "channel": "not_stated", "confidence": 1.0}  # fmt: skip


def claim(status: str = "denied") -> dict[str, Any]:
    return {"id": "c1", "status": status, "also": [], "content": [span("it")], "evidence": [], "by": None,
            "quote": None, "confidence": 1.0}  # fmt: skip


def line(
    sources: Iterable[Any] = (), quotes: Iterable[Any] = (), claims: Iterable[Any] = (), *,
    text: str = "ten words are in this block, and no more here", place: str = "in.jsonl, line 1", **metadata: Any,
) -> dict[str, Any]:  # fmt: skip
    known = {"title": "A title", "url": None, "outlet": "The Harbour Post", "published": "2026-03-04", "authors": []}
    return {
        "schema": SCHEMA, "id": "a", "place": place, "metadata": known | metadata,
        "analysis": {
            "schema": "onrecord/1", "engine": {"version": "0.1.0", "model": "by hand"}, "language": "en",
            "offsets": "code-point", "sources": list(sources), "quotes": list(quotes), "claims": list(claims),
            "attitudes": [], "factchecks": [], "summary": {},
            "blocks": [{"id": "b0", "role": "paragraph", "text": text}],
        },
    }  # fmt: skip


def failure(code: str = "unreadable") -> dict[str, Any]:
    error = {"code": code, "message": "It is a picture.", "help": "docs/errors.md"}
    return {"schema": SCHEMA, "id": None, "place": "in.jsonl, line 9", "error": error}


def written(path: Path, lines: Iterable[object]) -> Path:
    path.write_text("".join(f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in lines))
    return path
