"""The server's own pages, made with Jinja2."""

from __future__ import annotations

import importlib.resources
from functools import cache
from pathlib import Path

import onrecord
from onrecord.analysis.result import SOURCE_TYPES
from onrecord.article import Article
from onrecord.formats import html
from onrecord.formats.labels import TYPES
from onrecord.settings import Settings

_PACKAGE = "onrecord.web"


@cache
def sample() -> Article:
    """The built-in article, written for Onrecord; its people and places are invented."""
    text = (importlib.resources.files(_PACKAGE) / "sample.txt").read_text(encoding="utf-8")
    title = text.split("\n", 1)[0]
    return Article.from_text(text, title=title)


def extension_directory() -> Path | None:
    """Where the extension lies: inside the installed package, or at the top of a checkout."""
    package = Path(onrecord.__file__).parent
    for found in (package / "extension", package.parents[1] / "extension"):
        if (found / "manifest.json").is_file():
            return found
    return None


@cache
def icon() -> bytes:
    """The icon, as SVG."""
    return (importlib.resources.files(_PACKAGE) / "static" / "icon.svg").read_bytes()


def home(*, code: str, known: bool, settings: Settings, ready: bool, model: str) -> str:
    """The home page: with its form where it was opened with a key (``known``), with a pairing code if there is one."""
    return html.environment(_PACKAGE).get_template("home.html").render(
        code=code, known=known, port=settings.port, ready=ready, model=model, version=onrecord.__version__,
        extension=extension_directory(), types=[(kind, TYPES[kind]) for kind in SOURCE_TYPES],
    )  # fmt: skip


def article(shown: Article) -> str:
    """An article as a plain page without marks."""
    return html.environment(_PACKAGE).get_template("article.html").render(article=shown)
