"""An address on the web, fetched once, as the bytes of the document that answers."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass

from onrecord.documents import compression
from onrecord.errors import Unreadable

PATIENCE = 30  # how long an address may take to answer, in seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered, unpacked; ``encoding`` is the ``charset`` of its ``Content-Type``."""

    data: bytes
    encoding: str | None


def fetch(url: str, *, largest: int) -> Answer:
    """What ``url`` answers, at most one byte more than ``largest``; raises ``Unreadable``."""
    try:
        request = urllib.request.Request(  # noqa: S310 - http(s), see documents.read_document
            url, headers={"User-Agent": "Onrecord", "Accept-Encoding": "gzip, deflate, identity;q=0.5"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            data: bytes = answer.read(largest + 1)
            headers = getattr(answer, "headers", None)
            packed = headers.get("Content-Encoding", "") if headers else ""
            encoding = headers.get_content_charset() if headers else None
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise Unreadable(f"{url} cannot be read: {reason}.") from None
    return Answer(compression.unpacked(data, packed, place=url, largest=largest), encoding)
