"""The Web Annotations read back by others: a JSON-LD processor, and two annotation libraries on a page."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from pyld import jsonld

from onrecord.article import Offsets
from onrecord.formats.annotation import to_jsonld
from onrecord.formats.wire import encode_blocks
from tests import tools
from tests.formats.example import ARTICLE, CHECKED

# The terms that the export uses, as https://www.w3.org/TR/annotation-vocab/ defines them, in the manner of the
# copies of the W3C's context that are older than ``assessing``, which the export has to do without.
OA, AS, DC = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#", "http://purl.org/dc/elements/1.1/"
WORDS = {
    **{name: OA + name for name in (
        "Annotation", "TextualBody", "FragmentSelector", "TextQuoteSelector", "TextPositionSelector", "classifying",
        "describing", "highlighting", "linking", "start", "end", "exact", "prefix", "suffix",
    )},
    "Text": "http://purl.org/dc/dcmitype/Text",
    "AnnotationCollection": AS + "OrderedCollection",
    "AnnotationPage": AS + "OrderedCollectionPage",
    "total": AS + "totalItems",
    "startIndex": AS + "startIndex",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "format": DC + "format",
}  # fmt: skip
LINKS = {
    "body": OA + "hasBody", "target": OA + "hasTarget", "source": OA + "hasSource", "selector": OA + "hasSelector",
    "refinedBy": OA + "refinedBy", "first": AS + "first",
}  # fmt: skip
CONTEXT = {
    "id": "@id",
    "type": "@type",
    **WORDS,
    **{name: {"@id": address, "@type": "@id"} for name, address in LINKS.items()},
    "items": {"@id": AS + "items", "@type": "@id", "@container": "@list"},
    "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": OA + "hasPurpose", "@type": "@vocab"},
}


def loader(address: str, _: object) -> dict[str, Any]:
    assert address == "http://www.w3.org/ns/anno.jsonld"
    return {"contentType": None, "contextUrl": None, "documentUrl": address, "document": {"@context": CONTEXT}}


def exported(offsets: Offsets = Offsets.CODE_POINT) -> dict[str, Any]:
    found: dict[str, Any] = to_jsonld(ARTICLE, CHECKED, offsets=offsets)
    return {**found, "onrecord:blocks": encode_blocks(ARTICLE)}


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value with the names that lead to it."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, (*path, name))
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one, path)
    else:
        yield path, value


def test_a_json_ld_processor_loses_no_term() -> None:
    document = exported()
    there = jsonld.expand(document, {"documentLoader": loader})
    back = jsonld.compact(
        there, document["@context"], {"documentLoader": loader, "compactArrays": True, "graph": False}
    )
    given = [(path, value) for path, value in leaves(document) if path[0] != "@context"]
    again = [(path, value) for path, value in leaves(back) if path[0] != "@context"]
    assert len(given) > 100
    assert sorted(map(repr, given)) == sorted(map(repr, again))


def test_no_motivation_and_no_type_turns_into_an_address_of_somebody_elses() -> None:
    (there,) = jsonld.expand(exported(), {"documentLoader": loader, "base": "https://news.example/"})
    text = json.dumps(there)
    assert OA + "assessing" in text
    addresses = {value for path, value in leaves(there) if path[-1] == "@id"}
    unknown = {one for one in addresses if not one.startswith((OA, "urn:onrecord:"))}
    assert unknown == {ARTICLE.url, CHECKED.factchecks[0].url}
    assert json.dumps(there).count("@json") == 1  # the blocks, as they are


def test_the_ids_of_two_articles_differ() -> None:
    def ids(document: dict[str, Any]) -> set[str]:
        return {item["id"] for item in document["first"]["items"]} | {document["id"], document["first"]["id"]}

    other = type(ARTICLE)(ARTICLE.blocks[1:], url=ARTICLE.url)
    assert ids(exported()) & ids(to_jsonld(other, type(CHECKED)())) == set()


@pytest.fixture(scope="module")
def readers() -> dict[str, Any]:
    packages = tools.node_packages()
    given = {
        "blocks": [block.text for block in ARTICLE.blocks],
        "codePoints": exported(),
        "utf16": exported(Offsets.UTF_16),
    }
    done = subprocess.run(
        [tools.node(), str(packages.parent / "readers.mjs")],
        input=json.dumps(given), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["text"] == ARTICLE.text
    return found


def wanted() -> list[dict[str, Any]]:
    """Where each target stands in the text, in UTF-16 units, as a page counts."""
    entries = [*CHECKED.quotes, *CHECKED.claims, *CHECKED.factchecks]
    found = []
    for entry in entries:
        for span in entry.content:
            for piece in ARTICLE.pieces(span):
                at = ARTICLE.block_spans[ARTICLE.blocks.index(piece.block)].start + piece.start
                found.append({"start": len(ARTICLE.text[:at].encode("utf-16-le")) // 2, "text": piece.text})
    return found


def test_apache_annotator_finds_the_words_by_position_and_by_quote(readers: dict[str, Any]) -> None:
    assert [found["TextPositionSelector"] for found in readers["apache"]] == [[one] for one in wanted()]
    assert [found["TextQuoteSelector"] for found in readers["apache"]] == [[one] for one in wanted()]


def test_recogito_finds_the_words(readers: dict[str, Any]) -> None:
    assert readers["recogito"] == wanted()
