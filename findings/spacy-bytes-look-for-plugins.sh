#!/usr/bin/env bash
# spaCy 3.8.18 with srsly 2.5.6 and catalogue 2.0.10 (CPython 3.11): a parse of one paragraph as bytes and back.
# Guess: Doc.to_bytes packs a few arrays, so for a paragraph it costs about what Doc.to_dict costs, which has the same
#   content, and what else is installed beside spaCy does not matter.
# Behaviour: each packing and each unpacking asks the metadata of every installed distribution for entry points of the
#   group srsly_msgpack_encoders or srsly_msgpack_decoders, and keeps nothing. For a paragraph that is nearly all of the
#   time, and it grows with the number of installed packages. Doc.to_dict and Doc.from_dict do without. Who keeps the
#   parses of paragraphs pays more for the keeping than for much of the reading.
# Seen: to_bytes and from_bytes ask once each, 0.18 ms, with 45 distributions installed; to_dict and from_dict not, 0.019 ms;
#   bytes take 9.5 times as long as the dict
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet spacy==3.8.18 srsly==2.5.6 catalogue==2.0.10 >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
"$work/venv/bin/python" - <<'PYTHON'
import importlib.metadata
import statistics
import time

import catalogue
import spacy
from spacy.tokens import Doc

nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
doc = nlp("The harbour office said on Monday that the bridge was safe. Two engineers who saw it last week denied that.")
asked = []
own = catalogue.Registry._get_entry_points
catalogue.Registry._get_entry_points = lambda registry: asked.append(registry.namespace) or own(registry)


def times(action):
    """How often the registries were asked for entry points, and the median of the time, in milliseconds."""
    asked.clear()
    action()
    count, taken = len(asked), []
    for _ in range(60):
        begun = time.perf_counter()
        action()
        taken.append(time.perf_counter() - begun)
    return count, statistics.median(taken) * 1000


packed, held = doc.to_bytes(), doc.to_dict()
assert Doc(nlp.vocab).from_bytes(packed).to_json() == Doc(nlp.vocab).from_dict(held).to_json() == doc.to_json()
found = {
    "to_bytes": times(doc.to_bytes),
    "from_bytes": times(lambda: Doc(nlp.vocab).from_bytes(packed)),
    "to_dict": times(doc.to_dict),
    "from_dict": times(lambda: Doc(nlp.vocab).from_dict(held)),
}
for name, (count, taken) in found.items():
    print(f"{name}: asks {count} times, {taken:.3f} ms, {len(list(importlib.metadata.distributions()))} distributions installed")
ratio = sum(found[name][1] for name in ("to_bytes", "from_bytes")) / sum(found[name][1] for name in ("to_dict", "from_dict"))
print(f"bytes take {ratio:.1f} times as long as the dict")
assert found["to_bytes"][0] and found["from_bytes"][0] and not found["to_dict"][0] and not found["from_dict"][0]
assert ratio > 2
PYTHON
