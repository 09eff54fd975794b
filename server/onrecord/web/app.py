"""The Starlette app: which address does what."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ExceptionHandler, Scope

import onrecord
from onrecord import proofs
from onrecord.analysis import tongues
from onrecord.analysis.result import Analysis
from onrecord.article import Article, Offsets, Span, code_points
from onrecord.corrections.amend import Remark, amended
from onrecord.corrections.notebook import Notebook
from onrecord.errors import (
    InvalidRequest,
    MethodNotAllowed,
    ModelUnavailable,
    NotFound,
    NotPaired,
    OnrecordError,
)
from onrecord.factchecks.library import Library
from onrecord.formats import html, report, schemas
from onrecord.formats.annotation import to_jsonld
from onrecord.formats.schemas import (
    AnalyzeRequest,
    CorrectionIn,
    CorrectionRequest,
    HelloRequest,
    PairRequest,
    PlaceIn,
    ReportRequest,
)
from onrecord.formats.table import to_csv
from onrecord.formats.wire import SCHEMA, encode
from onrecord.keys import Keyring
from onrecord.settings import Settings
from onrecord.store import Kept, Store
from onrecord.web import openapi, pages
from onrecord.web.answers import answer, encoded, failure, headers, page, to_home
from onrecord.web.door import READER, SIGNED, VISIT, Door, allowed, is_extension
from onrecord.web.engine import Engine
from onrecord.web.frames import Done, Progress
from onrecord.web.idle import Activity
from onrecord.web.keeper import FIND_WITHIN, KEEP_WITHIN, REPORT_WITHIN, Keeper
from onrecord.web.pairing import Pairing
from onrecord.web.presence import while_present
from onrecord.web.requests import article_of, body, decode
from onrecord.web.signing import Nonces, Signed
from onrecord.web.visits import Visits

log = logging.getLogger("onrecord")

JSON, LINES, LINKED, TABLE = "application/json", "application/x-ndjson", "application/ld+json", "text/csv"
PAGE = "text/html"

# Nobody needs to send more than this to say hello, to pair, or to stop the server.
LARGEST_GREETING = 1_000


@dataclass(frozen=True, slots=True)
class _Answer:
    """One state of the answer: the kept JSON, or a part of a new analysis with what encodes it."""

    body: bytes
    final: bool
    blocks_done: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked for, and who asks (``door``)."""

    article: Article
    include: tuple[str, ...]
    offsets: Offsets
    reader: str

    @property
    def form(self) -> str:
        """What the encoded answer depends on beyond the analysis: its fields, the unit, and the names of the blocks."""
        return Store.key(schemas.answer_shape(), str(self.offsets), [block.id for block in self.article.blocks])


@dataclass(frozen=True, slots=True)
class _Noted:
    """What a reader has corrected in an article, and as of which edition of the notebook."""

    edition: int
    remarks: tuple[Remark, ...]


class Server:
    """What the routes share."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self.settings = settings
        self.engine = engine
        self.store = Store.of(settings)
        self.keeper = Keeper()
        self.factchecks = Library(settings.state_dir)
        self.corrections = Notebook(settings.state_dir)
        self.keys = Keyring(settings.state_dir)
        self.pairing = Pairing(settings.address)
        self.visits = Visits(settings.port)
        self.nonces = Nonces()
        self.activity = Activity()
        self.end: Callable[[], None] = lambda: None  # who runs the server says how it ends
        self.entered: Callable[[], None] = lambda: None  # likewise, what to do once a key of a page was used

    @contextlib.asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """The engine runs while the app does, and the files are closed behind it."""
        await self.engine.start()
        try:
            yield
        finally:
            await self.engine.stop()
            self.close()

    def close(self) -> None:
        """Close the files."""
        self.keeper.close()
        self.store.close()
        self.factchecks.close()
        self.corrections.close()

    # -- the API --------------------------------------------------------------------------------------------------

    async def health(self, _: Request) -> Response:
        """``GET /v1/health``."""
        engine = {"version": onrecord.__version__, "model": self.engine.model}
        return answer({"status": "ok", "schema": SCHEMA, "engine": engine, "ready": self.engine.ready})

    async def hello(self, request: Request) -> Response:
        """``POST /v1/hello``: prove to whoever shares a secret that this is the server, and give a nonce to sign with.

        The answer has one proof for each secret, in no order that tells whose it is, and is of no use to a stranger.
        """
        asked = decode(await body(request, limit=LARGEST_GREETING), HelloRequest)
        secrets = [key.secret for key in self.keys.all()]
        if self.pairing.shown:
            code = await asyncio.to_thread(self.pairing.secret)
            secrets += [code] if code else []
        nonce, address = self.nonces.issue(), self.settings.address
        made = (
            proofs.server_proof(secret, address=address, nonce=asked.nonce, server_nonce=nonce) for secret in secrets
        )
        return answer({"schema": SCHEMA, "nonce": nonce, "proofs": sorted(made)})

    async def pair(self, request: Request) -> Response:
        """``POST /v1/pair``, signed with the secret of the code: from now on the extension has a secret of its own."""
        signed: Signed = request.scope[SIGNED]
        asked = decode(await body(request, limit=LARGEST_GREETING), PairRequest)
        code = self.pairing.secret()
        if code is None:
            raise NotPaired("The pairing code has been used; the server shows a new one.")
        secret = proofs.paired_secret(code, address=self.settings.address, nonce=asked.nonce, server_nonce=signed.nonce)
        origin = request.headers.get("origin")
        await asyncio.to_thread(
            self.keys.add, asked.install, secret=secret, native=False,
            origin=origin if origin and is_extension(origin) else None,
        )  # fmt: skip
        self.pairing.use_up()
        return answer({"schema": SCHEMA})

    async def visit(self, request: Request) -> Response:
        """``POST /v1/visits``: where the extension can open the server's own pages, once."""
        await body(request, limit=LARGEST_GREETING)
        return answer({"location": f"/?k={self.visits.key()}"})

    async def stop(self, request: Request) -> Response:
        """``POST /v1/stop``: end the server."""
        await body(request, limit=LARGEST_GREETING)
        asyncio.get_running_loop().call_later(0.1, self.end)  # after the answer has gone out
        return answer({"schema": SCHEMA})

    async def analyze(self, request: Request) -> Response:
        """``POST /v1/analyze``."""
        asked = decode(await body(request, limit=self.settings.max_body), AnalyzeRequest)
        article = article_of(asked, self.settings)
        kind = next((kind for kind in _kinds(request) if kind in {LINES, LINKED, TABLE}), JSON)
        offsets = Offsets(asked.offsets)
        wanted = _Wanted(article, tuple(sorted(set(asked.include))), offsets, _reader(request))
        if kind == LINKED:
            analysis = await while_present(request, self._whole(wanted))
            return answer(await asyncio.to_thread(to_jsonld, article, analysis, offsets=offsets), kind=LINKED)
        if kind == TABLE:
            analysis = await while_present(request, self._whole(wanted))
            table = await asyncio.to_thread(to_csv, article, analysis, offsets=offsets)
            return answer(table.encode(errors="replace"), kind=TABLE)
        if kind == LINES:
            parts = self._parts(wanted, whole=False)
            # the first is waited for, so that *busy* and its like still have a status of their own
            first = await while_present(request, anext(parts))
            if first.final:  # a kept answer is there whole: nothing to stream
                return answer(_lines(first, len(article.blocks)), kind=LINES)
            return StreamingResponse(_events(first, parts, len(article.blocks)), media_type=LINES, headers=headers())
        return answer((await while_present(request, self._answered(wanted))).body)

    async def correct(self, request: Request) -> Response:
        """``POST /v1/corrections``: keep what the reader says is wrong, or take it back; the analysis with it."""
        asked = decode(await body(request, limit=self.settings.max_body), CorrectionRequest)
        article = article_of(asked, self.settings)
        if (asked.correct is None) == (asked.undo is None):
            raise InvalidRequest("The request needs either something to correct or something to undo.")
        wanted = _Wanted(article, (), Offsets(asked.offsets), _reader(request))
        kept, _ = await while_present(request, self._found(wanted))
        undone = asked.undo
        if asked.correct is not None:
            remark = _remark(article, asked.correct, wanted.offsets)
            analysis = kept.unpacked
            await asyncio.to_thread(self.corrections.add, wanted.reader, article, analysis, remark)
        elif undone is not None:
            await asyncio.to_thread(self.corrections.undo, wanted.reader, undone)
        kept = await self._amended(wanted, kept, None)
        if kept.form != wanted.form:
            return answer(await asyncio.to_thread(_encoded, wanted, kept.unpacked))
        return answer(kept.answer)

    async def _answered(self, wanted: _Wanted) -> _Answer:
        """The whole answer, kept or new."""
        async with contextlib.aclosing(self._parts(wanted, whole=True)) as parts:
            async for part in parts:
                if part.final:
                    return part
        raise ModelUnavailable("The analysis ended without a result; send the article once more.")

    async def _whole(self, wanted: _Wanted) -> Analysis:
        """The analysis for a format that is made of it, kept or new, as the reader has corrected it."""
        return (await self._amended(wanted, *await self._found(wanted))).unpacked

    def _noted(self, wanted: _Wanted) -> _Noted:
        edition = self.corrections.edition  # first: what is written meanwhile makes it an old one
        return _Noted(edition, self.corrections.remarks(wanted.reader, wanted.article))

    async def _amended(self, wanted: _Wanted, kept: Kept, noted: _Noted | None) -> Kept:
        """The same with the reader's corrections, where there are any; read again if some were made since ``noted``."""
        if noted is None or noted.edition != self.corrections.edition:
            noted = await asyncio.to_thread(self._noted, wanted)
        remarks = noted.remarks
        if not remarks:
            return kept

        def amend() -> Kept:
            analysis = amended(kept.unpacked, remarks)
            return Kept.of(analysis, form=wanted.form, answer=_encoded(wanted, analysis))

        return await asyncio.to_thread(amend)

    async def _found(self, wanted: _Wanted) -> tuple[Kept, _Noted]:
        """What Onrecord itself finds, kept or new, and the reader's corrections as they were before."""
        kept, noted = await self._kept(wanted)
        if kept is not None:
            return kept, noted
        async with contextlib.aclosing(self._analysed(wanted, whole=True)) as results:
            async for result in results:
                if isinstance(result, Done):
                    kept = await self._checked(wanted, result)
                    await self._keep(wanted, kept)
                    return kept, noted
        raise ModelUnavailable("The analysis ended without a result; send the article once more.")

    def _analysed(self, wanted: _Wanted, *, whole: bool) -> AsyncGenerator[Progress | Done, None]:
        """A new analysis; raises ``UnsupportedLanguage``. What is kept has passed that check already."""
        tongues.check(wanted.article)
        return self.engine.parts(wanted.article, include=wanted.include, offsets=wanted.offsets, whole=whole)

    async def _checked(self, wanted: _Wanted, done: Done) -> Kept:
        """What is kept and answered: the analysis with the published fact-checks that the reader imported."""

        def check() -> Kept:
            analysis = Kept(done.analysis).unpacked
            found = self.factchecks.matches(wanted.article, analysis)
            if not found:
                return Kept(done.analysis, wanted.form, done.answer)
            analysis = replace(analysis, factchecks=found)
            return Kept.of(analysis, form=wanted.form, answer=_encoded(wanted, analysis))

        try:
            return await asyncio.to_thread(check)
        except (OnrecordError, sqlite3.Error) as error:
            log.warning("the fact-checks cannot be read: %s", type(error).__name__)
            return Kept(done.analysis, wanted.form, done.answer)

    async def _parts(self, wanted: _Wanted, *, whole: bool) -> AsyncGenerator[_Answer, None]:
        """The kept answer, or the parts of a new one, which is then kept."""
        blocks = len(wanted.article.blocks)
        kept, noted = await self._kept(wanted)
        if kept is not None:
            if kept.form != wanted.form:
                answered = await asyncio.to_thread(_encoded, wanted, kept.unpacked)
                kept = replace(kept, form=wanted.form, answer=answered)
                await self._keep(wanted, kept)
            yield _Answer((await self._amended(wanted, kept, noted)).answer, True, blocks)
            return
        # a part would show for a moment what the reader has said is wrong
        whole = whole or bool(noted.remarks)
        async with contextlib.aclosing(self._analysed(wanted, whole=whole)) as results:
            async for result in results:
                if isinstance(result, Done):
                    kept = await self._checked(wanted, result)
                    await self._keep(wanted, kept)
                    yield _Answer((await self._amended(wanted, kept, noted)).answer, True, blocks)
                else:
                    yield _Answer(result.answer, False, result.blocks_done)

    async def _kept(self, wanted: _Wanted) -> tuple[Kept | None, _Noted]:
        """What is kept of this article for this reader, and what the reader has corrected: one look at the disk."""

        def find() -> tuple[str, Kept | None, _Noted]:
            key = self._key(wanted)
            return key, self.store.analysis(key), self._noted(wanted)

        found = await self.keeper.ask(find, within=FIND_WITHIN, otherwise=None)
        if found is None:
            return None, await asyncio.to_thread(self._noted, wanted)
        key, kept, noted = found
        if kept is not None:
            self.keeper.tell(lambda: self.store.touch(key))
        return kept, noted

    async def _keep(self, wanted: _Wanted, kept: Kept) -> None:
        await self.keeper.ask(
            lambda: self.store.keep_analysis(self._key(wanted), kept), within=KEEP_WITHIN, otherwise=None
        )

    def _key(self, wanted: _Wanted) -> str:
        """What an analysis depends on, and who asked: the time of an answer must not tell what another has read."""
        blocks = [(block.role, block.text, block.section) for block in wanted.article.blocks]
        return Store.key(
            onrecord.__version__, self.engine.identity, wanted.include, wanted.article.language, blocks,
            self._edition(), wanted.reader,
        )  # fmt: skip

    def _edition(self) -> int:
        try:
            return self.factchecks.edition
        except (OnrecordError, sqlite3.Error):
            return 0

    # -- pages ----------------------------------------------------------------------------------------------------

    async def make_report(self, request: Request) -> Response:
        """``POST /v1/reports``: a report that is kept, or with ``Accept: text/html`` the page itself, kept nowhere."""
        asked = decode(await body(request, limit=self.settings.max_body), ReportRequest)
        article = article_of(asked, self.settings)
        include = tuple(sorted(set(asked.include)))
        wanted = _Wanted(article, include, Offsets.CODE_POINT, _reader(request))
        analysis = await while_present(request, self._whole(wanted))
        title = (article.title or article.blocks[0].text)[:200]
        made = await asyncio.to_thread(
            report.render, article, analysis, outlet=asked.outlet, published=asked.published,
            read=datetime.now().astimezone().date(),
        )  # fmt: skip
        if PAGE in _kinds(request):
            return page(made, policy=report.content_security_policy(made))
        identifier = self.store.hold_report(made)
        await self.keeper.ask(
            lambda: self.store.keep_report(title, made, identifier), within=REPORT_WITHIN, otherwise=False
        )
        return answer({"id": identifier, "location": f"/reports/{identifier}"})

    async def report(self, request: Request) -> Response:
        """``GET /reports/ID``. Who asks for a page is told in words that a report is not kept any more."""
        identifier = request.path_params["identifier"]
        kept = self.store.held_report(identifier) or await self.keeper.ask(
            lambda: self.store.report(identifier), within=REPORT_WITHIN, otherwise=None
        )
        if kept is not None:
            return page(kept, policy=report.content_security_policy(kept))
        if PAGE not in _kinds(request):
            raise NotFound("There is no such report; it may have made room for newer ones.")
        lost = report.lost()
        return page(lost, policy=report.content_security_policy(lost), status=NotFound.status)

    async def sample(self, request: Request) -> Response:
        """``GET /sample``: the report of the built-in article, for a page that was opened with a key."""
        if not request.scope[VISIT]:
            return to_home()
        article = pages.sample()
        analysis = await self._whole(_Wanted(article, (), Offsets.CODE_POINT, ""))
        made = await asyncio.to_thread(report.render, article, analysis)
        return page(made, policy=report.content_security_policy(made))

    async def sample_article(self, _: Request) -> Response:
        """``GET /article``: the built-in article as a plain page, to try the extension on."""
        return page(pages.article(pages.sample()))

    async def home(self, request: Request) -> Response:
        """``GET /``. A key that was not used yet shows a pairing code, once; the cookie it gives shows the form."""
        value = self.visits.enter(request.query_params.get("k", ""))
        if value is not None:
            self.entered()
        html = pages.home(
            code=self.pairing.show() if value is not None else "",
            known=value is not None or request.scope[VISIT],
            settings=self.settings,
            ready=self.engine.ready,
            model=self.engine.model,
        )
        made = page(html)
        if value is not None:
            made.set_cookie(self.visits.cookie, value, httponly=True, samesite="strict")
        return made

    async def icon(self, _: Request) -> Response:
        """``GET /favicon.ico``, which browsers ask for on every page that names no icon."""
        return answer(pages.icon(), kind="image/svg+xml")

    async def palette(self, _: Request) -> Response:
        """``GET /static/palette.css``, which the home page shares with the report."""
        return answer(html.palette().encode(), kind="text/css")

    async def description(self, _: Request) -> Response:
        """``GET /openapi.json``."""
        return answer(openapi.document())


def _kinds(request: Request) -> list[str]:
    """The kinds of answer that a request says it accepts, in its order."""
    return [entry.split(";")[0].strip().lower() for entry in request.headers.get("accept", "").split(",")]


def _reader(request: Request) -> str:
    return str(request.scope.get(READER, ""))


def _remark(article: Article, asked: CorrectionIn, unit: Offsets) -> Remark:
    """A correction at its place in the article. Raises ``InvalidRequest`` where that is no place in it."""
    if asked.what == "kind" and asked.type is None:
        raise InvalidRequest("Another kind needs a type.")
    if asked.what == "note" and not asked.note.strip():
        raise InvalidRequest("A note needs words.")
    speaker = _span(article, asked.speaker, unit) if asked.speaker else None
    return Remark(
        asked.id, asked.what, _span(article, asked.at, unit), speaker=speaker, type=asked.type,
        note=asked.note.strip(), on_claim=asked.on == "claim" or asked.what == "not_contested",
    )  # fmt: skip


def _span(article: Article, place: PlaceIn, unit: Offsets) -> Span:
    for block, own in zip(article.blocks, article.block_spans, strict=True):
        if block.id != place.block:
            continue
        start, end = (code_points(block.text, at, unit) for at in (place.start, place.end))
        if start < end <= len(block.text):
            return Span(own.start + start, own.start + end)
    raise InvalidRequest("The correction is about words that are not in the article.")


def _encoded(wanted: _Wanted, analysis: Analysis) -> bytes:
    return encoded(encode(wanted.article, analysis, offsets=wanted.offsets))


def _lines(part: _Answer, blocks: int) -> bytes:
    progress = encoded({"event": "progress", "blocks_done": part.blocks_done, "blocks": blocks})
    kind = b"done" if part.final else b"partial"
    return progress + b'\n{"event":"' + kind + b'","analysis":' + part.body + b"}\n"


async def _events(first: _Answer, rest: AsyncGenerator[_Answer, None], blocks: int) -> AsyncIterator[bytes]:
    """Progress and partial results, then the whole; an error on the way is the last line."""
    async with contextlib.aclosing(rest):  # a reader who leaves ends this generator, and the analysis with it
        yield _lines(first, blocks)
        try:
            async for part in rest:
                yield _lines(part, blocks)
        except OnrecordError as error:
            yield encoded({"event": "error", **error.to_dict()}) + b"\n"
        except Exception as error:
            log.error("internal error: %s", type(error).__name__)  # noqa: TRY400 - its message may hold the article
            failure = OnrecordError("Something went wrong inside the server; the article was not kept.")
            yield encoded({"event": "error", **failure.to_dict()}) + b"\n"


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, OnrecordError)
    return failure(error)


async def _not_served(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == MethodNotAllowed.status:
        return failure(MethodNotAllowed("This address does not offer that method.", allow=allowed(request.url.path)))
    return failure(NotFound("There is no such address on this server."))


async def _gone(_: Request, error: Exception) -> Response:
    """A client that has left gets an answer that nobody reads."""
    assert isinstance(error, ClientDisconnect)
    return Response(status_code=499)


async def _broken(_: Request, error: Exception) -> Response:
    log.error("internal error: %s", type(error).__name__)  # never its message, which may hold the article
    return failure(OnrecordError("Something went wrong inside the server; the article was not kept."))


HANDLERS: Mapping[Any, ExceptionHandler] = {
    OnrecordError: _refused,
    HTTPException: _not_served,
    ClientDisconnect: _gone,
    Exception: _broken,
}


class _Static(StaticFiles):
    """Files of ours, which say like every other answer what a browser may do with them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file; raises ``HTTPException``."""
        found = await super().get_response(path, scope)
        found.headers.update(headers())
        return found


def create_app(settings: Settings, engine: Engine) -> Starlette:
    """The app for one bound port; ``engine`` does the analysis."""
    server = Server(settings, engine)

    app = Starlette(
        routes=[
            Route("/", server.home),
            Route("/sample", server.sample),
            Route("/article", server.sample_article),
            Route("/reports/{identifier:str}", server.report),
            Route("/favicon.ico", server.icon),
            Route("/openapi.json", server.description),
            Route("/v1/health", server.health),
            Route("/v1/hello", server.hello, methods=["POST"]),
            Route("/v1/pair", server.pair, methods=["POST"]),
            Route("/v1/analyze", server.analyze, methods=["POST"]),
            Route("/v1/corrections", server.correct, methods=["POST"]),
            Route("/v1/reports", server.make_report, methods=["POST"]),
            Route("/v1/visits", server.visit, methods=["POST"]),
            Route("/v1/stop", server.stop, methods=["POST"]),
            Route("/static/palette.css", server.palette),
            Mount("/static", _Static(packages=[("onrecord.web", "static")])),
        ],
        middleware=[
            Middleware(
                Door,
                port=settings.port,
                keys=server.keys,
                pairing=server.pairing,
                visits=server.visits,
                nonces=server.nonces,
                activity=server.activity,
            )
        ],
        exception_handlers=HANDLERS,
        lifespan=server.lifespan,
    )
    app.state.server = server
    return app
