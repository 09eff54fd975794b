#!/usr/bin/env bash
# @apache-annotator/dom 0.2.0 (with @apache-annotator/selector 0.2.0, which it imports and does not name as a dependency;
#   jsdom 29.1.1): a TextQuoteSelector looked for in the body of a news page.
# Guess: the sentence is found where the reader sees it; scripts, styles and hidden boxes are no text of the page.
# Behaviour: every text node is searched. The first place of a quote is the articleBody of the JSON-LD, where a page has
#   it in its body, next the headline that a hidden menu repeats; what takes the first match marks nothing that is seen.
#   A prefix that is on the page does not help, since the JSON-LD has the whole article.
# Seen: SCRIPT, P (hidden), P
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" @apache-annotator/dom@0.2.0 @apache-annotator/selector@0.2.0 jsdom@29.1.1 >"$work/log" 2>&1 \
  || { cat "$work/log"; exit 1; }
cat >"$work/run.mjs" <<'JS'
import assert from "node:assert/strict";
import { JSDOM } from "jsdom";

const TEXT = "The mayor left early. The board will not vote before June, she said.";
const { window } = new JSDOM(`<!doctype html><html lang="en"><body>
  <script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "${TEXT}"}</script>
  <p hidden>${TEXT}</p>
  <article><p id="story">${TEXT}</p></article></body></html>`);
for (const name of ["document", "Node", "NodeFilter", "Range", "Text"]) globalThis[name] = window[name];
const { createTextQuoteSelectorMatcher } = await import("@apache-annotator/dom");
const find = createTextQuoteSelectorMatcher({
  type: "TextQuoteSelector",
  prefix: "The mayor left early. ",
  exact: "The board will not vote before June",
});
const seen = [];
for await (const range of find(window.document.body)) {
  const element = range.startContainer.parentElement;
  seen.push(`${element.nodeName}${element.hidden ? " (hidden)" : ""}`);
}
console.log(seen);
assert.deepEqual(seen, ["SCRIPT", "P (hidden)", "P"]);
JS
node "$work/run.mjs"
