"""``/openapi.json``: the wire as OpenAPI 3.1, made from the types that validate it."""

from __future__ import annotations

from typing import Any

import msgspec

import onrecord
from onrecord.errors import OnrecordError
from onrecord.formats import schemas

_TYPES = (
    schemas.AnalyzeRequest, schemas.CorrectionRequest, schemas.ReportRequest, schemas.HelloRequest,
    schemas.HelloAnswer, schemas.PairRequest, schemas.DoneAnswer, schemas.VisitAnswer, schemas.ReportAnswer,
    schemas.AnalysisOut, schemas.HealthAnswer, schemas.ErrorAnswer,
)  # fmt: skip

_SIGNATURE = {
    "type": "apiKey",
    "in": "header",
    "name": "Signature",
    "description": "HTTP Message Signatures (RFC 9421) with hmac-sha256 over a nonce of /v1/hello; see docs/wire.md",
}


def _errors(kind: type[OnrecordError]) -> list[type[OnrecordError]]:
    return [kind, *(inner for child in kind.__subclasses__() for inner in _errors(child))]


def document() -> dict[str, Any]:
    """The whole description."""
    _, components = msgspec.json.schema_components(_TYPES, ref_template="#/components/schemas/{name}")
    by_status: dict[int, list[str]] = {}
    for error in _errors(OnrecordError):
        by_status.setdefault(error.status, []).append(error.code)
    failures = {
        str(status): {"description": ", ".join(codes), "content": _json("ErrorAnswer")}
        for status, codes in sorted(by_status.items())
    }

    def operation(summary: str, answer: str, *, request: str = "", signed: bool = False) -> dict[str, Any]:
        found: dict[str, Any] = {
            "summary": summary,
            "responses": {"200": {"description": "OK", "content": _json(answer)}, **failures},
        }
        if request:
            found["requestBody"] = {"required": True, "content": _json(request)}
        if signed:
            found["security"] = [{"signature": []}]
        return found

    analyze = operation(
        "Sources, quotes and contested claims of an article", "AnalysisOut", request="AnalyzeRequest", signed=True
    )
    analyze["responses"]["200"]["content"].update(
        {
            "application/x-ndjson": {"schema": {"type": "string", "description": "one event a line; see docs/wire.md"}},
            "application/ld+json": {"schema": {"type": "object", "description": "a W3C Web Annotation collection"}},
            "text/csv": {"schema": {"type": "string", "description": "one row an entry; see docs/wire.md"}},
        }
    )
    report = operation("Make and keep a report", "ReportAnswer", request="ReportRequest", signed=True)
    report["responses"]["200"]["content"]["text/html"] = {
        "schema": {"type": "string", "description": "the report itself, which is kept nowhere"}
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Onrecord", "version": onrecord.__version__, "summary": "Who is talking in the news"},
        "paths": {
            "/v1/health": {"get": operation("Whether the server can work", "HealthAnswer")},
            "/v1/hello": {
                "post": operation("Proof that this is the server, and a nonce", "HelloAnswer", request="HelloRequest")
            },
            "/v1/pair": {
                "post": operation(
                    "A secret of its own for an extension, for the code's",
                    "DoneAnswer",
                    request="PairRequest",
                    signed=True,
                )
            },
            "/v1/visits": {"post": operation("A key for the server's own pages", "VisitAnswer", signed=True)},
            "/v1/stop": {"post": operation("End the server", "DoneAnswer", signed=True)},
            "/v1/analyze": {"post": analyze},
            "/v1/corrections": {
                "post": operation(
                    "Keep or take back a correction; the analysis with it",
                    "AnalysisOut",
                    request="CorrectionRequest",
                    signed=True,
                )
            },
            "/v1/reports": {"post": report},
        },
        "components": {"schemas": components, "securitySchemes": {"signature": _SIGNATURE}},
    }


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
