"""Onrecord: who is talking in the news, and how firmly, in the article's own words.

>>> import onrecord
>>> analysis = onrecord.analyze("“The ferry stays,” said Ida Lund, the harbour master.")
>>> analysis[analysis.quotes[0].content[0]]
'“The ferry stays,”'

What stands in ``__all__`` is the public interface; everything else may change with any release. It is loaded when it
is first asked for: ``import onrecord`` alone costs nothing, and the language model is loaded by the first analysis.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = [
    "Analysis", "Analyzer", "Anonymity", "Article", "Block", "Claim", "Factcheck", "InvalidRequest", "ModelUnavailable",
    "NothingToAnalyze", "OnrecordError", "Quote", "Source", "Span", "Unreadable", "UnsupportedLanguage", "__version__",
    "analyze",
]  # fmt: skip

if TYPE_CHECKING:
    from onrecord.analysis.result import Anonymity, Claim, Factcheck, Quote, Source
    from onrecord.api import Analysis, Analyzer, analyze
    from onrecord.article import Article, Block, Span
    from onrecord.errors import (
        InvalidRequest,
        ModelUnavailable,
        NothingToAnalyze,
        OnrecordError,
        Unreadable,
        UnsupportedLanguage,
    )

_HOMES = {
    "onrecord.api": ("Analysis", "Analyzer", "analyze"),
    "onrecord.article": ("Article", "Block", "Span"),
    "onrecord.analysis.result": ("Anonymity", "Claim", "Factcheck", "Quote", "Source"),
    "onrecord.errors": (
        "InvalidRequest", "ModelUnavailable", "NothingToAnalyze", "OnrecordError", "Unreadable", "UnsupportedLanguage",
    ),
}  # fmt: skip
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    found = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
