"""The app of a shared server: the analysis and the reports, and none of the pages that are for one reader."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.settings import Settings
from onrecord.shared.door import Proxy, SharedDoor
from onrecord.shared.figures import KIND, Figures
from onrecord.shared.limits import Limits
from onrecord.shared.users import Users
from onrecord.web.answers import headers
from onrecord.web.app import HANDLERS, Server
from onrecord.web.engine import Engine


def create_shared_app(settings: Settings, engine: Engine, *, names: frozenset[str], proxy: Proxy | None) -> Starlette:
    """The app; ``names`` are the hosts that it answers to, as the Host header has them."""
    server, users, figures = Server(settings, engine), Users(settings.state_dir), Figures()
    limits = Limits(rate=settings.user_rate, at_once=settings.user_at_once)

    async def metrics(_: Request) -> Response:
        figures.users.set(len(users.all()))
        return Response(figures.text(), media_type=KIND, headers=headers())

    app = Starlette(
        routes=[
            Route("/v1/health", server.health),
            Route("/v1/analyze", server.analyze, methods=["POST"]),
            Route("/v1/reports", server.make_report, methods=["POST"]),
            Route("/reports/{identifier:str}", server.report),
            Route("/openapi.json", server.description),
            Route("/metrics", metrics),
        ],
        middleware=[Middleware(SharedDoor, names=names, proxy=proxy, users=users, limits=limits, figures=figures)],
        exception_handlers=HANDLERS,
        lifespan=server.lifespan,
    )
    app.state.server = server
    return app
