"""Analysis -> a coloured view for a terminal."""

from __future__ import annotations

import textwrap

from onrecord.analysis.result import Analysis, SourceType
from onrecord.article import Article, Span
from onrecord.formats.controls import line as plain
from onrecord.formats.evidence import Telling, of_claim, of_source
from onrecord.formats.labels import CORRECTED, IDENTIFICATIONS, NOT_FOUND, SAYS, STATUSES, change, counted
from onrecord.formats.subtypes import type_name

# Terminal colours with the palette's hues, legible on white, black and dark grey, and none near the contested red.
COLOURS: dict[SourceType, int] = {
    "official": 27, "former_official": 32, "political": 129, "expert": 29, "business": 136,
    "civil_society": 28, "affected": 100, "media": 169, "document": 242, "unattributed": 246,
}  # fmt: skip

_WIDTH = 100
_OPENS, _CLOSES = "\ue000", "\ue001"  # stand for what has no width while the text is broken into lines


def to_text(article: Article, analysis: Analysis, *, colour: bool = True) -> str:
    """The sources with what each says, then the contested claims."""

    def paint(code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    def filled(text: str) -> str:
        return textwrap.fill(text, _WIDTH, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)

    def said(spans: tuple[Span, ...]) -> str:
        return filled(plain(" … ".join(article[span] for span in spans)))

    def told(telling: Telling | None) -> list[str]:
        """The sentence that tells, with its words in bold, or between asterisks."""
        if telling is None:
            return []
        pieces = ((_bare(piece), number) for piece, number in telling.parts(article))
        text = "".join(piece if number is None else f"{_OPENS}{piece}{_CLOSES}" for piece, number in pieces)
        text = f"{SAYS}: {'… ' * telling.cut_before}{text}{' …' * telling.cut_after}"
        opens, closes = ("\x1b[1m", "\x1b[22m") if colour else ("*", "*")
        return [paint("3", filled(plain(text)).replace(_OPENS, opens).replace(_CLOSES, closes))]

    lines = []
    if article.title:
        lines += [paint("1", plain(article.title)), ""]
    lines += [
        f"{counted(len(analysis.sources), 'source')}, {counted(len(analysis.quotes), 'quote')}, "
        f"{counted(len(analysis.claims), 'contested claim')}",
        "",
    ]
    for source in analysis.sources:
        lines.append(
            paint(f"1;38;5;{COLOURS[source.type]}", plain(source.label))
            + f"  {type_name(article, source)} · {IDENTIFICATIONS[source.identification]}"
        )
        lines += told(of_source(article, source))
        lines += [said(quote.content) for quote in analysis.quotes if quote.source == source.id]
        lines.append("")
    lost = [quote for quote in analysis.quotes if quote.source is None]
    if lost:
        lines += [paint("1", NOT_FOUND), *(said(quote.content) for quote in lost), ""]
    if analysis.claims:
        lines.append(paint("1", "Contested, in the article's own words"))
        for claim in analysis.claims:
            lines += [f"  {paint('31', STATUSES[claim.status])}", said(claim.content), *told(of_claim(article, claim))]
    if analysis.factchecks:
        lines += ["", paint("1", "Matches a published fact-check")]
        for check in analysis.factchecks:
            dated = f", {check.date}" if check.date else ""
            lines += [
                f"  {plain(check.publisher)}: “{plain(check.rating)}”{plain(dated)}  {plain(check.url)}",
                said(check.content),
            ]
    if analysis.corrections:
        lines += ["", paint("1", CORRECTED)]
        for one in analysis.corrections:
            lines += [f"  {plain(change(one))}", said(one.content)]
    return "\n".join(lines).rstrip() + "\n"


def _bare(text: str) -> str:
    return text.replace(_OPENS, "").replace(_CLOSES, "")
