"""One client over ASGI, with an engine that needs no language model."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncGenerator, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from onrecord import proofs
from onrecord.analysis.analyzer import Part
from onrecord.analysis.result import Analysis, Claim, Quote, Source
from onrecord.article import Article, Offsets, Span
from onrecord.keys import Key
from onrecord.settings import Settings
from onrecord.web.app import Server, create_app
from onrecord.web.frames import Done, Progress, answered

PORT = 8377
HOST = f"127.0.0.1:{PORT}"
EXTENSION = "chrome-extension://" + "abcdefghijklmnop" * 2
INSTALL = "0123456789abcdef" * 2
SIGN_AS = "Sign-As"  # of a request of ours; the client signs it with that key and does not send it
BODY: dict[str, Any] = {"blocks": [{"id": "b0", "text": "“No,” said 🚢 Bell."}]}


def analysis_of(article: Article) -> Analysis:
    """A source that says the first five characters of the article, which a claim contests."""
    said = Span(0, min(5, len(article.text)))
    source = Source(
        id="s1", label="Bell", name="Bell", type="official", identification="named_person", mentions=(said,)
    )
    quote = Quote(id="q1", kind="direct", content=(said,), source="s1")
    claim = Claim(id="c1", status="denied", content=(said,), evidence=(said,))
    return Analysis(sources=(source,), quotes=(quote,), claims=(claim,), model="fake 1")


@dataclass
class FakeEngine:
    """Answers at once; ``failure`` is raised instead, ``calls`` counts."""

    ready: bool = True
    model: str = "fake 1"
    calls: int = 0
    failure: Exception | None = None
    late_failure: Exception | None = None
    seen: list[Article] = field(default_factory=list)

    async def start(self) -> None:
        """Nothing to start."""

    async def stop(self) -> None:
        """Nothing to stop."""

    @property
    def identity(self) -> str:
        return self.model

    async def parts(
        self, article: Article, *, include: Collection[str], offsets: Offsets, whole: bool
    ) -> AsyncGenerator[Progress | Done, None]:
        self.calls += 1
        self.seen.append(article)
        if self.failure:
            raise self.failure
        if len(article.blocks) > 1 and not whole:
            yield answered(article, Part(1, analysis_of(article), False), str(offsets))
        if self.late_failure:
            raise self.late_failure
        yield answered(article, Part(len(article.blocks), analysis_of(article), True), str(offsets))


class Client:
    """A client that calls the app over ASGI by its right address, and sends nothing that it was not told to."""

    def __init__(self, app: Starlette) -> None:
        self.app = app

    @property
    def server(self) -> Server:
        """What the app's routes share."""
        found: Server = self.app.state.server
        return found

    def hello(self, **options: Any) -> dict[str, Any]:
        """The server's greeting: its proofs and a nonce."""
        found: dict[str, Any] = self.post("/v1/hello", json={"nonce": secrets.token_hex(32)}, **options).json()
        return found

    def signed(self, key: Key, path: str, body: bytes, *, method: str = "POST", nonce: str = "") -> dict[str, str]:
        """The headers that sign a request under a fresh nonce, or under the one given."""
        return proofs.signed_headers(
            key.secret, key=key.id, nonce=nonce or self.hello()["nonce"], method=method,
            uri=f"http://{HOST}{path}", body=body,
        )  # fmt: skip

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One request, with nothing but a Host header of its own, and a signature where ``Sign-As`` names a key."""
        headers = dict(options.get("headers") or {})
        key = self.server.keys.get(str(headers.pop(SIGN_AS, "")))
        if key is not None:
            if "json" in options:
                options["content"] = json.dumps(options.pop("json")).encode()
                headers.setdefault("Content-Type", "application/json")
            body = options.get("content", b"")
            made = self.signed(key, path, body if isinstance(body, bytes) else b"", method=method)
            options["headers"] = {**made, **headers}

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
                return await client.request(method, path, **options)

        return asyncio.run(send())

    def get(self, path: str, **options: Any) -> httpx.Response:
        """A GET."""
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """A POST."""
        return self.request("POST", path, **options)


@pytest.fixture
def engine() -> FakeEngine:
    """The engine that the client's app uses."""
    return FakeEngine()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a state directory of the test's own and small limits."""
    return Settings(port=PORT, state_dir=tmp_path / "state", max_blocks=5, max_block=1_000, max_body=10_000)


@pytest.fixture
def client(settings: Settings, engine: FakeEngine) -> Iterator[Client]:
    """A client that calls the server by its right address and sends nothing else."""
    found = Client(create_app(settings, engine))
    yield found
    found.app.state.server.store.close()
    found.app.state.server.factchecks.close()
    found.app.state.server.corrections.close()


@pytest.fixture
def key(client: Client) -> Key:
    """The secret that an extension shares with the server."""
    return client.server.keys.add(INSTALL, origin=EXTENSION, native=False)


@pytest.fixture
def paired(key: Key) -> dict[str, str]:
    """The headers of a paired extension's request, which the client signs."""
    return {SIGN_AS: key.id, "Origin": EXTENSION}
