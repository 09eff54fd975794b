#!/usr/bin/env bash
# PyLD 3.3.0: a Web Annotation's position selector, written to N-Quads and read back, as an archive of annotations does.
# Guess: the positions are numbers again, at the latest with useNativeTypes, which is there to make numbers of numbers.
# Behaviour: the W3C context types start and end as xsd:nonNegativeInteger, and useNativeTypes knows of the types derived
#   from xsd:decimal only xsd:integer itself. With it or without, the positions come back as text, of which "9" is
#   greater than "14"; expanded and compacted without RDF in between they stay numbers.
# Seen:
#   by JSON-LD alone        {'start': 9, 'end': 14}
#   by N-Quads              {'start': '9', 'end': '14'}
#   ... with native types   {'start': '9', 'end': '14'}
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check pyld==3.3.0
"$work/env/bin/python" - <<'PY'
from pyld import jsonld

# these terms are defined so in http://www.w3.org/ns/anno.jsonld
CONTEXT = {
    "oa": "http://www.w3.org/ns/oa#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "type": "@type",
    "TextPositionSelector": "oa:TextPositionSelector",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
}
SELECTOR = {"@context": CONTEXT, "type": "TextPositionSelector", "start": 9, "end": 14}


def positions(expanded: list) -> dict:
    compact = jsonld.compact(expanded, {"@context": CONTEXT})
    return {name: compact[name] for name in ("start", "end")}


quads = jsonld.to_rdf(SELECTOR, {"format": "application/n-quads"})
plain = positions(jsonld.expand(SELECTOR))
back = positions(jsonld.from_rdf(quads))
native = positions(jsonld.from_rdf(quads, {"useNativeTypes": True}))
print(plain, back, native, sep="\n")
assert plain == {"start": 9, "end": 14}, plain
assert back == native == {"start": "9", "end": "14"}, (back, native)
PY
