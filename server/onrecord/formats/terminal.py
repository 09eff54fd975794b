"""Analysis -> a coloured view for a terminal."""

from __future__ import annotations

import textwrap

from onrecord.analysis.result import Analysis, SourceType
from onrecord.article import Article, Span
from onrecord.formats.controls import line as plain
from onrecord.formats.labels import CORRECTED, IDENTIFICATIONS, NOT_FOUND, STATUSES, TYPES, change, counted

# The nearest of the 256 terminal colours to the palette's; each is legible on black and on white.
_COLOURS: dict[SourceType, int] = {
    "official": 33, "former_official": 69, "political": 134, "expert": 36, "business": 172,
    "civil_society": 71, "affected": 167, "media": 133, "document": 245, "unattributed": 102,
}  # fmt: skip

_WIDTH = 100


def to_text(article: Article, analysis: Analysis, *, colour: bool = True) -> str:
    """The sources with what each says, then the contested claims."""

    def paint(code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    def said(spans: tuple[Span, ...]) -> str:
        text = plain(" … ".join(article[span] for span in spans))
        return textwrap.fill(text, _WIDTH, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)

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
            paint(f"1;38;5;{_COLOURS[source.type]}", plain(source.label))
            + f"  {TYPES[source.type]} · {IDENTIFICATIONS[source.identification]}"
        )
        if source.anonymity:
            words = "; ".join(plain(article[span]) for span in source.anonymity.evidence)
            lines.append(paint("3", f"    the article says: {words}"))
        lines += [said(quote.content) for quote in analysis.quotes if quote.source == source.id]
        lines.append("")
    lost = [quote for quote in analysis.quotes if quote.source is None]
    if lost:
        lines += [paint("1", NOT_FOUND), *(said(quote.content) for quote in lost), ""]
    if analysis.claims:
        lines.append(paint("1", "Contested, in the article's own words"))
        for claim in analysis.claims:
            words = ", ".join(f"“{plain(article[span])}”" for span in claim.evidence)
            lines += [f"  {paint('31', STATUSES[claim.status])}: {words}", said(claim.content)]
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
