"""The ground of our HTML pages: templates, palette, a style sheet in the page and a policy that allows no other."""

from __future__ import annotations

import base64
import hashlib
import importlib.resources
from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from onrecord.formats.labels import counted

_OURS = "onrecord.formats"


@cache
def environment(package: str = _OURS) -> Environment:
    """The templates of a package, and those that all pages share: ``page.html`` is the frame of each.

    Templates have ``counted`` and ``web_address`` beside what they are given.
    """
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader(_OURS)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(counted=counted, web_address=web_address)
    return made


@cache
def palette() -> str:
    """The colours as custom properties, light and dark, and which of them is the hue of each kind of source."""
    return _template(_OURS, "palette.css")


@cache
def style(name: str, package: str = _OURS) -> str:
    """The palette and, after it, the style sheet ``name`` among the templates of ``package``."""
    return palette() + _template(package, name)


def own_style_only(style: str) -> str:
    """The policy of a page that holds ``style`` in itself: this sheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def web_address(url: str | None) -> str | None:
    """The address, if it is one that a link may carry."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _template(package: str, name: str) -> str:
    return (importlib.resources.files(package) / "templates" / name).read_text(encoding="utf-8")
