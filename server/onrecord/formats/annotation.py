"""Analysis -> a W3C Web Annotation collection (JSON-LD), https://www.w3.org/TR/annotation-model/."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from onrecord.analysis.result import Analysis
from onrecord.article import BLOCK_SEPARATOR, Article, Offsets, Piece, Span
from onrecord.formats.evidence import Telling, of_claim, of_source
from onrecord.formats.labels import CORRECTED, SAYS, STATUSES, change
from onrecord.formats.subtypes import type_name
from onrecord.formats.wire import Json

# The W3C's context, and then what it does not define everywhere: copies of before July 2021 have no ``assessing``, and
# a motivation that is not defined becomes an address of the publisher's own. What is Onrecord's own has its own name;
# the blocks are kept as they are, as one JSON value.
OWN = "urn:onrecord:terms:"
CONTEXTS: list[str | Json] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "oa": "http://www.w3.org/ns/oa#",
        "dcterms": "http://purl.org/dc/terms/",
        "onrecord": {"@id": OWN, "@prefix": True},
        "assessing": "oa:assessing",
        "onrecord:blocks": {"@id": f"{OWN}blocks", "@type": "@json"},
    },
]

# How many characters before and after a quotation a TextQuoteSelector carries; Hypothesis uses the same number.
CONTEXT = 32


def to_jsonld(article: Article, analysis: Analysis, *, offsets: Offsets = Offsets.CODE_POINT) -> Json:
    """One annotation per quote, claim, fact-check and correction of the reader, with a target for each piece of it.

    Each target has three selectors of the same words, for readers of different kinds: the block with the position in
    it, the words with those around them, and the position in ``Article.text``. Positions are in units of ``offsets``.
    The ids name the article by a hash of its text, so the annotations of several articles can lie in one store.
    """
    place = hashlib.sha256(article.text.encode()).hexdigest()[:16]
    begins: dict[str, int] = {}
    at = 0
    for block in article.blocks:
        begins[block.id] = at
        at += Piece(block, 0, len(block.text)).offsets(offsets)[1] + len(BLOCK_SEPARATOR)
    items: list[Json] = []

    def add(identifier: str, motivation: str, body: list[Json], spans: Iterable[Span]) -> None:
        items.append(_item(article, f"urn:onrecord:{place}:{identifier}", motivation, body, spans, begins, offsets))

    def corrected(identifier: str) -> list[Json]:
        said = [change(one) for one in analysis.corrections if one.entry == identifier]
        return [{"type": "TextualBody", "purpose": "editing", "value": f"{CORRECTED}: {one}"} for one in said]

    def told(telling: Telling | None) -> list[Json]:
        if telling is None:
            return []
        words = [article[span] for span in telling.words]
        said = f"{SAYS}: {telling.text(article)}"
        return [{"type": "TextualBody", "purpose": "describing", "value": said, "onrecord:words": words}]

    for quote in analysis.quotes:
        source = analysis.source(quote.source)
        body: list[Json] = [
            {"type": "TextualBody", "purpose": "classifying", "value": source.type if source else "speaker_not_found"}
        ]
        if source:
            body.append(
                {
                    "type": "TextualBody",
                    "purpose": "describing",
                    "value": f"{source.label} ({type_name(article, source)})",
                }
            )
            body += told(of_source(article, source))
        add(quote.id, "highlighting", [*body, *corrected(quote.id)], quote.content)
    for claim in analysis.claims:
        body = [
            {"type": "TextualBody", "purpose": "classifying", "value": claim.status},
            {"type": "TextualBody", "purpose": "describing", "value": STATUSES[claim.status]},
            *told(of_claim(article, claim)),
        ]
        add(claim.id, "assessing", [*body, *corrected(claim.id)], claim.content)
    for check in analysis.factchecks:
        # what the publisher says of the statement, as a resource of the publisher's own
        body = [
            {"type": "TextualBody", "purpose": "classifying", "value": f"{check.publisher}: {check.rating}"},
            {"id": check.url, "type": "Text", "format": "text/html"},
            {"type": "TextualBody", "purpose": "describing", "value": check.reviewed},
        ]
        if check.date:
            body[1]["dcterms:issued"] = check.date  # the model's own ``created`` needs a time of day
        add(check.id, "linking", body, check.content)
    for correction in analysis.corrections:
        body = [{"type": "TextualBody", "purpose": "editing", "value": f"{CORRECTED}: {change(correction)}"}]
        add(f"correction:{correction.id}", "editing", body, correction.content)
    return {
        "@context": CONTEXTS,
        "id": f"urn:onrecord:{place}",
        "type": "AnnotationCollection",
        "label": article.title or "Sources, quotes and contested claims",
        "total": len(items),
        "first": {"id": f"urn:onrecord:{place}:page", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def _item(
    article: Article,
    identifier: str,
    motivation: str,
    body: list[Json],
    spans: Iterable[Span],
    begins: dict[str, int],
    offsets: Offsets,
) -> Json:
    targets = []
    for span in spans:
        for piece in article.pieces(span):
            start, end = piece.offsets(offsets)
            whole = begins[piece.block.id] + start
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
                        {"type": "TextPositionSelector", "start": whole, "end": whole + end - start},
                    ],
                }
            )
    return {"id": identifier, "type": "Annotation", "motivation": motivation, "body": body, "target": targets}
