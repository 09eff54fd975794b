#!/usr/bin/env bash
# @mozilla/readability 0.6.0 (jsdom 29.1.1): who is quoted, in an article that names no author of its own.
# Guess: a byline is looked for at the head of the article; a name under a pull quote, or in a sentence, stays there.
# Behaviour: the first short element anywhere whose class has "author" in it, or that has rel="author", is taken for the
#   byline and out of the text. So the speaker of a pull quote becomes the author of the article and is missing under
#   the quote, and a sentence loses its subject. With <meta name="author"> all of it stays.
# Seen:
#   pull quote  byline "Ruth Calder, shopkeeper"  text "We were promised a harbour."
#   sentence    byline "Ruth Calder"  text "The blog of said that the quay is dead."
#   with meta   byline "Tom Ashdown"  text "We were promised a harbour.Ruth Calder, shopkeeper"
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" @mozilla/readability@0.6.0 jsdom@29.1.1 >"$work/log" 2>&1 \
  || { cat "$work/log"; exit 1; }
cat >"$work/run.mjs" <<'JS'
import assert from "node:assert/strict";
import { Readability } from "@mozilla/readability";
import { JSDOM } from "jsdom";

const PARAGRAPH =
  "The harbour board met on Tuesday in the old customs house, went through the plans for the quay line by line, and heard some forty residents, who looked on from the gallery.";
const read = (piece, head = "") => {
  const around = `<p>${PARAGRAPH}</p>`.repeat(4);
  const page = `<!doctype html><html lang="en"><head><title>Board delays vote on quay</title>${head}</head><body><article>${around}${piece}${around}</article></body></html>`;
  const { document } = new JSDOM(page, { url: "https://gazette.example/story" }).window;
  const { byline, textContent } = new Readability(document).parse();
  return { byline, text: textContent.replaceAll(PARAGRAPH, "").replace(/\s+/g, " ").trim() };
};
const QUOTE = `<blockquote><p>We were promised a harbour.</p><cite class="quote-author">Ruth Calder, shopkeeper</cite></blockquote>`;
const seen = {
  quote: read(QUOTE),
  sentence: read(`<p>The blog of <a rel="author" href="/calder">Ruth Calder</a> said that the quay is dead.</p>`),
  meta: read(QUOTE, `<meta name="author" content="Tom Ashdown">`),
};
console.log(seen);
assert.deepEqual(seen, {
  quote: { byline: "Ruth Calder, shopkeeper", text: "We were promised a harbour." },
  sentence: { byline: "Ruth Calder", text: "The blog of said that the quay is dead." },
  meta: { byline: "Tom Ashdown", text: "We were promised a harbour.Ruth Calder, shopkeeper" },
});
JS
node "$work/run.mjs"
