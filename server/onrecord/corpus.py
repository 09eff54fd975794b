"""Many documents with one language model: JSON lines in, JSON lines out, in the same order."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import msgspec
from tqdm import tqdm

from onrecord.analysis.analyzer import Analyzer
from onrecord.article import Article, Block, Role
from onrecord.errors import InvalidJSON, InvalidRequest, NothingToAnalyze, OnrecordError, Unreadable
from onrecord.formats.schemas import BlockIn
from onrecord.formats.wire import encode, encode_blocks


class Line(msgspec.Struct):
    """One input line; fields that it does not name are ignored, so that a corpus may carry its own."""

    id: str | int
    text: str | None = None
    blocks: list[BlockIn] | None = None
    url: str | None = None
    title: str | None = None


def article_of(line: Line) -> Article:
    """The article on a line; raises ``InvalidRequest`` or ``NothingToAnalyze``."""
    if line.blocks is not None:
        roles: list[tuple[str, Role, str, int]] = [(b.id, b.role, b.text, b.section or 0) for b in line.blocks]
        try:
            article = Article(tuple(Block(*entry) for entry in roles), url=line.url, title=line.title)
        except ValueError as error:
            raise InvalidRequest(f"The blocks are not an article: {error}.") from None
    elif line.text is not None:
        article = Article.from_text(line.text, url=line.url, title=line.title)
    else:
        raise InvalidRequest("The line has neither text nor blocks.")
    if not any(block.text.strip() for block in article.blocks):
        raise NothingToAnalyze("No block holds any text.")
    return article


def answer(raw: bytes, analyzer: Analyzer, *, include: Collection[str]) -> dict[str, Any]:
    """What stands on the output line of one input line."""
    identifier: str | int | None = None
    try:
        try:
            found = json.loads(raw)
            given = found.get("id") if isinstance(found, dict) else None
            identifier = given if isinstance(given, (str, int)) else None  # NaN would be no JSON on the way out
            line = msgspec.json.decode(raw, type=Line)
        except msgspec.ValidationError as error:
            raise InvalidRequest(f"The line is not a document: {error}.") from None
        except (ValueError, msgspec.DecodeError, RecursionError):
            raise InvalidJSON("The line is not JSON.") from None
        article = article_of(line)
        analysis = analyzer.analyze(article, include=include)
        result = encode(article, analysis)
        if line.blocks is None:
            result["blocks"] = encode_blocks(article)
        return {"id": line.id, "analysis": result}
    except OnrecordError as error:
        return {"id": identifier, **error.to_dict()}
    except Exception as error:  # one document must not end a run over an archive
        failure = OnrecordError(f"The analysis failed ({type(error).__name__}); please report this document.")
        return {"id": identifier, **failure.to_dict()}


def _lines(source: Path) -> Iterator[bytes]:
    with source.open("rb") as file:
        for line in file:
            if line.strip():
                yield line


def run(source: Path, target: Path, *, include: Collection[str] = ()) -> int:
    """Analyse every line of ``source`` into ``target``; the exit status is 1 if any line failed."""
    unfinished = target.with_name(target.name + ".part")
    if source.resolve() in {target.resolve(), unfinished.resolve()}:
        raise Unreadable("The input and the output are the same file; name another output.")
    if source.exists() and not source.is_file():
        raise Unreadable(f"{source} is no file; it is read twice, which a pipe cannot be.")
    if target.exists() and not target.is_file():
        raise Unreadable(f"{target} is no file and cannot be replaced by one; name another output.")
    try:
        with source.open("rb") as file:
            count = sum(1 for line in file if line.strip())
    except OSError as error:
        raise Unreadable(f"{source} cannot be read: {error.strerror or error}.") from None
    analyzer = Analyzer.load()
    failed = 0
    try:
        with unfinished.open("w", encoding="utf-8") as out:
            for raw in tqdm(_lines(source), total=count, unit="article", disable=not sys.stderr.isatty()):
                line = answer(raw, analyzer, include=include)
                failed += "error" in line
                out.write(json.dumps(line, ensure_ascii=True) + "\n")
        unfinished.replace(target)  # a run that stops half way leaves an earlier result as it was
    except OSError as error:
        raise Unreadable(f"{target} cannot be written: {error.strerror or error}.") from None
    if failed:
        print(f"onrecord: {failed} of {count} documents failed; their lines say why.", file=sys.stderr)
    return 1 if failed else 0
