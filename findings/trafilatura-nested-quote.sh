#!/usr/bin/env bash
# trafilatura 2.3.1 (lxml 6.1.3): a <q> with an element in it, in the middle of a sentence.
# Guess: the words come out in the order of the page; at worst the marks of the <q> are missing.
# Behaviour: the first <q> is cut at its inner element, and what was inside it goes behind the words that follow the
#   outer <q>. With one quotation inside another, half of what one person said stands in the mouth of the next one; as
#   Markdown an <em> is enough. Plain quotations, also two in one sentence, stay in order.
# Seen:
#   text      The mayor said: My mother told me / The clerk replied: never vote first / , and I never did. / ...
#   markdown  The mayor said we will / and left. / *not* / pay
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml==6.1.3 lxml-html-clean==0.4.6
"$work/env/bin/python" - <<'PY'
import trafilatura

BEFORE = "The harbour board met on Tuesday in the old customs house and went through the plans for the quay line by line."
AFTER = "Some forty residents had come to the gallery above the hall, and most of them stayed until the lights went out."


def read(sentence: str, form: str) -> str:
    page = f"<html><body><article><h1>Quay</h1><p>{BEFORE}</p><p>{sentence}</p><p>{AFTER}</p></article></body></html>"
    text = trafilatura.extract(page, output_format=form)
    return " ".join(text.split(BEFORE)[1].split(AFTER)[0].split())


nested = read(
    "The mayor said: <q>My mother told me <q>never vote first</q>, and I never did.</q> "
    "The clerk replied: <q>Your mother was right.</q>",
    "txt",
)
stressed = read("The mayor said <q>we will <em>not</em> pay</q> and left.", "markdown")
plain = read("The mayor said <q>we will pay</q> and the clerk said <q>we will not</q>.", "txt")
print(nested, stressed, plain, sep="\n")
assert nested.startswith("The mayor said: My mother told me The clerk replied: never vote first , and I never did."), nested
assert stressed.index("and left.") < stressed.index("not"), stressed
assert plain == "The mayor said we will pay and the clerk said we will not .", plain
PY
