"""Analysis -> a W3C Web Annotation collection (JSON-LD), https://www.w3.org/TR/annotation-model/."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.analysis.result import Analysis
from onrecord.article import Article, Offsets, Span
from onrecord.formats.labels import STATUSES, TYPES
from onrecord.formats.wire import Json

# How many characters before and after a quotation a TextQuoteSelector carries; Hypothesis uses the same number.
CONTEXT = 32


def to_jsonld(article: Article, analysis: Analysis, *, offsets: Offsets = Offsets.CODE_POINT) -> Json:
    """One annotation per quote, per contested claim and per published fact-check, with a target for each piece of it.

    Positions count within the block that the target names, in units of ``offsets``.
    """
    items = []
    for quote in analysis.quotes:
        source = analysis.source(quote.source)
        body: list[Json] = [
            {"type": "TextualBody", "purpose": "classifying", "value": source.type if source else "speaker_not_found"}
        ]
        if source:
            body.append(
                {"type": "TextualBody", "purpose": "describing", "value": f"{source.label} ({TYPES[source.type]})"}
            )
        items.append(_item(article, f"urn:onrecord:{quote.id}", "highlighting", body, quote.content, offsets))
    for claim in analysis.claims:
        body = [
            {"type": "TextualBody", "purpose": "classifying", "value": claim.status},
            {"type": "TextualBody", "purpose": "describing", "value": STATUSES[claim.status]},
        ]
        items.append(_item(article, f"urn:onrecord:{claim.id}", "assessing", body, claim.content, offsets))
    for check in analysis.factchecks:
        # what the publisher says of the statement, as a resource of the publisher's own
        body = [
            {"type": "TextualBody", "purpose": "classifying", "value": f"{check.publisher}: {check.rating}"},
            {"id": check.url, "type": "Text", "format": "text/html"},
            {"type": "TextualBody", "purpose": "describing", "value": check.reviewed},
        ]
        if check.date:
            body[1]["dcterms:issued"] = check.date  # the model's own ``created`` needs a time of day
        items.append(_item(article, f"urn:onrecord:{check.id}", "linking", body, check.content, offsets))
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:onrecord:collection",
        "type": "AnnotationCollection",
        "label": article.title or "Sources, quotes and contested claims",
        "total": len(items),
        "first": {"id": "urn:onrecord:page", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def _item(
    article: Article, identifier: str, motivation: str, body: list[Json], spans: Iterable[Span], offsets: Offsets
) -> Json:
    targets = []
    for span in spans:
        for piece in article.pieces(span):
            start, end = piece.offsets(offsets)
            text = piece.block.text
            targets.append(
                {
                    "source": article.url or "urn:onrecord:article",
                    "selector": [
                        # every selector of a list has to select the same text, so the position, which counts within
                        # the block, refines the selector of the block
                        {
                            "type": "FragmentSelector",
                            "value": piece.block.id,
                            "refinedBy": {"type": "TextPositionSelector", "start": start, "end": end},
                        },
                        {
                            "type": "TextQuoteSelector",
                            "exact": piece.text,
                            "prefix": text[max(0, piece.start - CONTEXT) : piece.start],
                            "suffix": text[piece.end : piece.end + CONTEXT],
                        },
                    ],
                }
            )
    return {"id": identifier, "type": "Annotation", "motivation": motivation, "body": body, "target": targets}
