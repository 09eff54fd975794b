"""Texts written for the tests of the benchmarks, and spans by the words that they hold."""

from __future__ import annotations

from typing import Any

from bench.corpus import Attribution, Document

HARBOUR = (
    "Harbour fee to rise\n"
    "“The fee will rise in May,” said Ana Ruiz, a spokeswoman for the port. “Nobody likes it.”\n"
    "Ruiz hopes that the skippers stay calm. Tom Okoro told reporters that the boats would leave.\n"
    "The “free harbour” was opened long ago, and he called the fee “a bad joke” on Monday."
)


def span(words: str, text: str = HARBOUR) -> tuple[int, int]:
    """Where the first ``words`` stand in ``text``; of *he |called*, only what stands before the bar."""
    kept, _, rest = words.partition("|")
    at = text.index(kept + rest)
    return at, at + len(kept)


def attribution(content: list[str], cue: str = "", source: str = "", **more: Any) -> Attribution:
    """An attribution in the harbour article, by its words."""
    return Attribution(
        content=[span(words) for words in content],
        cue=[span(cue)] if cue else [],
        source=[span(source)] if source else [],
        **more,
    )


FEE = attribution(["“The fee will rise in May,”", "“Nobody likes it.”"], "said", "Ana Ruiz, a spokeswoman for the port")
CALM = attribution(["that the skippers stay calm"], "hopes", "Ruiz| hopes", reported=False)
BOATS = attribution(["that the boats would leave"], "told", "Tom Okoro")
JOKE = attribution(["the fee “a bad joke”"], "called", "he| called")


def document(*attributions: Attribution, text: str = HARBOUR, **more: Any) -> Document:
    """The harbour article with these attributions."""
    return Document(id="harbour", text=text, attributions=list(attributions), **more)
