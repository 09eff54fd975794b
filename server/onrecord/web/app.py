"""The Starlette app: which address does what."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import sqlite3
from collections.abc import AsyncGenerator, AsyncIterator, Collection
from dataclasses import dataclass, replace

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

import onrecord
from onrecord.analysis.result import Analysis
from onrecord.article import Article, Offsets
from onrecord.errors import MethodNotAllowed, ModelUnavailable, NotAllowed, NotFound, OnrecordError
from onrecord.factchecks.library import Library
from onrecord.formats import report
from onrecord.formats.annotation import to_jsonld
from onrecord.formats.schemas import AnalyzeRequest, PairRequest, ReportRequest
from onrecord.formats.table import to_csv
from onrecord.formats.wire import SCHEMA, encode
from onrecord.settings import Settings
from onrecord.store import Store
from onrecord.web import openapi, pages
from onrecord.web.answers import answer, encoded, failure, headers, page
from onrecord.web.door import Door, allowed, is_extension
from onrecord.web.engine import Engine
from onrecord.web.pairing import Pairing
from onrecord.web.requests import article_of, body, decode

log = logging.getLogger("onrecord")

JSON, LINES, LINKED, TABLE = "application/json", "application/x-ndjson", "application/ld+json", "text/csv"

# A code is nine characters; nobody needs to send more than this to pair.
LARGEST_PAIRING = 1_000


@dataclass(frozen=True, slots=True)
class _Answer:
    """One state of the answer: the kept JSON, or a part of a new analysis with what encodes it."""

    body: bytes
    final: bool
    blocks_done: int


class Server:
    """What the routes share."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self.settings = settings
        self.engine = engine
        self.store = Store(settings.state_dir, cache_entries=settings.cache_entries)
        self.factchecks = Library(settings.state_dir)
        self.pairing = Pairing(self.store)
        self.page_token = secrets.token_urlsafe(32)

    # -- the API --------------------------------------------------------------------------------------------------

    async def health(self, _: Request) -> Response:
        """``GET /v1/health``."""
        engine = {"version": onrecord.__version__, "model": self.engine.model}
        return answer({"status": "ok", "schema": SCHEMA, "engine": engine, "ready": self.engine.ready})

    async def pair(self, request: Request) -> Response:
        """``POST /v1/pair``."""
        asked = decode(await body(request, limit=LARGEST_PAIRING), PairRequest)
        origin = request.headers.get("origin", "")
        if not is_extension(origin):
            raise NotAllowed("Only a browser extension can be paired.")
        token = self.pairing.redeem(asked.code, origin)
        return answer({"token": token, "schema": SCHEMA})

    async def analyze(self, request: Request) -> Response:
        """``POST /v1/analyze``."""
        asked = decode(await body(request, limit=self.settings.max_body), AnalyzeRequest)
        article = article_of(asked, self.settings)
        kind = _accepted(request.headers.get("accept", ""))
        offsets = Offsets(asked.offsets)
        if kind == LINKED:
            return answer(to_jsonld(article, await self._whole(article, asked.include), offsets=offsets), kind=LINKED)
        if kind == TABLE:
            table = to_csv(article, await self._whole(article, asked.include), offsets=offsets)
            return answer(table.encode(errors="replace"), kind=TABLE)
        parts = self._parts(article, asked.include, offsets)
        if kind == LINES:
            first = await anext(parts)  # so that *busy* and its like still have a status of their own
            if first.final:  # a kept answer is there whole: nothing to stream
                return answer(_lines(first, len(article.blocks)), kind=LINES)
            return StreamingResponse(_events(first, parts, len(article.blocks)), media_type=LINES, headers=headers())
        async for part in parts:
            if part.final:
                return answer(part.body)
        raise ModelUnavailable("The analysis ended without a result; send the article once more.")

    async def _whole(self, article: Article, include: Collection[str]) -> Analysis:
        async for part in self.engine.parts(article, include=include):
            if part.final:
                return await self._checked(article, part.analysis)
        raise ModelUnavailable("The analysis ended without a result; send the article once more.")

    async def _checked(self, article: Article, analysis: Analysis) -> Analysis:
        """The analysis with the published fact-checks that the reader imported."""
        try:
            found = await asyncio.to_thread(self.factchecks.matches, article, analysis)
        except (OnrecordError, sqlite3.Error) as error:
            log.warning("the fact-checks cannot be read: %s", type(error).__name__)
            return analysis
        return replace(analysis, factchecks=found)

    async def _parts(
        self, article: Article, include: Collection[str], offsets: Offsets
    ) -> AsyncGenerator[_Answer, None]:
        """The kept answer, or the parts of a new one, which is then kept."""
        key = self._key(article, include, offsets)
        kept = self.store.analysis(key)
        if kept is not None:
            yield _Answer(kept, True, len(article.blocks))
            return
        async for part in self.engine.parts(article, include=include):
            analysis = await self._checked(article, part.analysis) if part.final else part.analysis
            answered = encoded(encode(article, analysis, offsets=offsets))
            if part.final:
                # the model's name is known only after the first analysis, so the key is made again
                self.store.keep_analysis(self._key(article, include, offsets), answered)
            yield _Answer(answered, part.final, part.blocks_done)

    def _key(self, article: Article, include: Collection[str], offsets: Offsets) -> str:
        blocks = [(block.id, block.role, block.text) for block in article.blocks]
        return Store.key(
            onrecord.__version__, self.engine.model, sorted(include), str(offsets), article.language, blocks,
            self._edition(),
        )  # fmt: skip

    def _edition(self) -> int:
        try:
            return self.factchecks.edition
        except (OnrecordError, sqlite3.Error):
            return 0

    # -- pages ----------------------------------------------------------------------------------------------------

    async def make_report(self, request: Request) -> Response:
        """``POST /v1/reports``."""
        asked = decode(await body(request, limit=self.settings.max_body), ReportRequest)
        article = article_of(asked, self.settings)
        analysis = await self._whole(article, asked.include)
        title = article.title or article.blocks[0].text
        identifier = self.store.keep_report(title[:200], report.render(article, analysis))
        return answer({"id": identifier, "location": f"/reports/{identifier}"})

    async def report(self, request: Request) -> Response:
        """``GET /reports/ID``."""
        html = self.store.report(request.path_params["identifier"])
        if html is None:
            raise NotFound("There is no such report; it may have made room for newer ones.")
        return page(html, policy=report.content_security_policy())

    async def sample(self, _: Request) -> Response:
        """``GET /sample``: the report of the built-in article."""
        article = pages.sample()
        return page(report.render(article, await self._whole(article, ())), policy=report.content_security_policy())

    async def sample_article(self, _: Request) -> Response:
        """``GET /article``: the built-in article as a plain page, to try the extension on."""
        return page(pages.article(pages.sample()))

    async def home(self, _: Request) -> Response:
        """``GET /``."""
        return page(
            pages.home(
                code=self.pairing.code,
                token=self.page_token,
                settings=self.settings,
                ready=self.engine.ready,
                model=self.engine.model,
            )
        )

    async def icon(self, _: Request) -> Response:
        """``GET /favicon.ico``, which browsers ask for on every page that names no icon."""
        return answer(pages.icon(), kind="image/svg+xml")

    async def description(self, _: Request) -> Response:
        """``GET /openapi.json``."""
        return answer(openapi.document())


def _accepted(accept: str) -> str:
    """The kind of answer that an Accept header asks for."""
    kinds = [entry.split(";")[0].strip().lower() for entry in accept.split(",")]
    return next((kind for kind in kinds if kind in {LINES, LINKED, TABLE}), JSON)


def _lines(part: _Answer, blocks: int) -> bytes:
    progress = encoded({"event": "progress", "blocks_done": part.blocks_done, "blocks": blocks})
    kind = b"done" if part.final else b"partial"
    return progress + b'\n{"event":"' + kind + b'","analysis":' + part.body + b"}\n"


async def _events(first: _Answer, rest: AsyncIterator[_Answer], blocks: int) -> AsyncIterator[bytes]:
    """Progress and partial results, then the whole; an error on the way is the last line."""
    yield _lines(first, blocks)
    try:
        async for part in rest:
            yield _lines(part, blocks)
    except OnrecordError as error:
        yield encoded({"event": "error", **error.to_dict()}) + b"\n"


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, OnrecordError)
    return failure(error)


async def _not_served(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == MethodNotAllowed.status:
        return failure(MethodNotAllowed("This address does not offer that method.", allow=allowed(request.url.path)))
    return failure(NotFound("There is no such address on this server."))


async def _broken(_: Request, error: Exception) -> Response:
    log.error("internal error: %s", type(error).__name__)  # never its message, which may hold the article
    return failure(OnrecordError("Something went wrong inside the server; the article was not kept."))


def create_app(settings: Settings, engine: Engine) -> Starlette:
    """The app for one bound port; ``engine`` does the analysis."""
    server = Server(settings, engine)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await engine.start()
        try:
            yield
        finally:
            await engine.stop()
            server.store.close()
            server.factchecks.close()

    app = Starlette(
        routes=[
            Route("/", server.home),
            Route("/sample", server.sample),
            Route("/article", server.sample_article),
            Route("/reports/{identifier:str}", server.report),
            Route("/favicon.ico", server.icon),
            Route("/openapi.json", server.description),
            Route("/v1/health", server.health),
            Route("/v1/pair", server.pair, methods=["POST"]),
            Route("/v1/analyze", server.analyze, methods=["POST"]),
            Route("/v1/reports", server.make_report, methods=["POST"]),
            Mount("/static", StaticFiles(packages=[("onrecord.web", "static")])),
        ],
        middleware=[Middleware(Door, store=server.store, port=settings.port, page_token=server.page_token)],
        exception_handlers={OnrecordError: _refused, HTTPException: _not_served, Exception: _broken},
        lifespan=lifespan,
    )
    app.state.server = server
    return app
