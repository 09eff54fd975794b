"""The log of a shared server: one JSON object a line, with no text, no web address and nobody's name in it."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import TextIO

from onrecord.formats.controls import to_json


class Json(logging.Formatter):
    """``extra={"fields": {…}}`` is what a record of ours says beside its name."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. Of an error no more than its type: its message may be an article's words."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        fields = getattr(record, "fields", None)
        if isinstance(fields, dict):
            told |= fields
        if isinstance(record.exc_info, tuple) and record.exc_info[0] is not None:
            told["error"] = record.exc_info[0].__name__
        return to_json(json.loads(json.dumps(told, default=str)))


def start(stream: TextIO | None = None) -> None:
    """Log requests as well, to ``stream`` or the standard error."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Json())
    logging.raiseExceptions = False
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("onrecord.shared").setLevel(logging.INFO)
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
