"""Reading a request: its body under a limit, its fields under a schema, its blocks as an article."""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request

from onrecord.article import Article, Block
from onrecord.errors import InvalidJSON, InvalidRequest, NothingToAnalyze, TooLarge
from onrecord.formats.schemas import AnalyzeRequest, CorrectionRequest, ReportRequest
from onrecord.settings import Settings

_SURROGATE = re.compile(r"[\ud800-\udfff]")

T = TypeVar("T")


# A body of up to so many times the limit is read to its end and thrown away: a client that is cut off while it sends
# sees a broken connection instead of the answer.
DRAINED = 8


async def body(request: Request, *, limit: int) -> bytes:
    """The body; raises ``TooLarge`` for one of more than ``limit`` bytes, of which no more than that is ever kept."""
    message = f"The article is larger than {limit:,} bytes; send a part of it."
    length = request.headers.get("content-length", "")
    announced = int(length) if length.isdecimal() else 0
    if announced > limit * DRAINED:
        raise TooLarge(message)
    chunks: list[bytes] = []
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit * DRAINED:
                raise TooLarge(message)
            if size <= limit and announced <= limit:
                chunks.append(chunk)
    except ClientDisconnect:
        raise InvalidJSON("The request ended before its body was complete.") from None
    if size > limit:
        raise TooLarge(message)
    return b"".join(chunks)


def decode(data: bytes, kind: type[T]) -> T:
    """``data`` as ``kind``; raises ``InvalidJSON`` or ``InvalidRequest``."""
    if not data.strip():
        raise InvalidJSON("The body is empty; send a JSON object.")
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        raise InvalidRequest(f"{str(error).rstrip('.')}.") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise InvalidJSON("The body is not JSON in UTF-8.") from None


def _check_number(blocks: int, settings: Settings) -> None:
    if blocks > settings.max_blocks:
        raise TooLarge(f"The article has more than {settings.max_blocks:,} blocks; send a part of it.")


def article_of(asked: AnalyzeRequest | CorrectionRequest | ReportRequest, settings: Settings) -> Article:
    """The article that was sent, within the limits. Whether it is English is asked with the analysis."""
    language = asked.language
    if isinstance(asked, ReportRequest) and asked.text is not None:
        article = Article.from_text(asked.text, url=asked.url, title=asked.title, language=language)
        _check_number(len(article.blocks), settings)
    else:
        if asked.blocks is None:
            raise InvalidRequest("The request has neither blocks nor text.")
        _check_number(len(asked.blocks), settings)
        try:
            blocks = tuple(Block(block.id, block.role, block.text, block.section or 0) for block in asked.blocks)
            article = Article(blocks, url=asked.url, title=asked.title, language=language)
        except ValueError:
            raise InvalidRequest("Two blocks have the same id.") from None
    if any(len(block.text) > settings.max_block for block in article.blocks):
        raise TooLarge(f"A block is longer than {settings.max_block:,} characters; cut it into paragraphs.")
    if any(
        _SURROGATE.search(text)
        for text in (*(block.text for block in article.blocks), article.title or "", article.url or "")
    ):
        raise InvalidJSON("The text holds half of a character (a lone surrogate).")
    if not any(character.isalnum() for block in article.blocks for character in block.text):
        raise NothingToAnalyze("No block holds any text.")
    return article
