#!/usr/bin/env bash
# goose3 3.1.22 (lxml 6.1.3): a quotation in <q>, or a correction in <ins>, inside a sentence of the article.
# Guess: a paragraph of few words may be dropped as no part of the story; a sentence that is kept is kept whole.
# Behaviour: the elements inside the paragraph are weighed as if each were a paragraph, and one with fewer than three stop
#   words goes with its words. So of two quotations one is gone without a trace, and a corrected sentence says the
#   opposite. <em>, <strong>, <span> and links are spared; <cite>, <time>, <abbr> and <mark> are not.
# Seen:
#   <q>    The mayor said that and it was the clerk who said we will not do that to them in the end.
#   <ins>  The mayor said that the board will pay for all of it and that she had told them so.
#   <em>   The mayor said that the board will not pay for all of it and that she had told them so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check goose3==3.1.22 lxml==6.1.3
"$work/env/bin/python" - <<'PY'
from goose3 import Goose

AROUND = (
    "The harbour board met on Tuesday in the old customs house and went through the plans for the quay line by line, "
    "and it heard some forty residents who had looked on from the gallery."
)
TOLD = "The mayor said that the board will <{0}>not</{0}> pay for all of it and that she had told them so."


def read(sentence: str) -> str:
    page = (
        f'<!doctype html><html lang="en"><head><title>Quay</title></head><body><article><h1>Quay</h1>'
        f"{3 * f'<p>{AROUND}</p>'}<p>{sentence}</p><p>{AROUND}</p></article></body></html>"
    )
    return " ".join(Goose().extract(raw_html=page).cleaned_text.replace(AROUND, "").split())


quotes = read(
    "The mayor said that <q>quays kill harbours</q> and it was the clerk who said <q>we will not do that to them</q> "
    "in the end."
)
inserted, stressed = read(TOLD.format("ins")), read(TOLD.format("em"))
print(quotes, inserted, stressed, sep="\n")
assert quotes == "The mayor said that and it was the clerk who said we will not do that to them in the end.", quotes
assert inserted == "The mayor said that the board will pay for all of it and that she had told them so.", inserted
assert stressed == "The mayor said that the board will not pay for all of it and that she had told them so.", stressed
PY
