#!/usr/bin/env bash
# Firefox ESR 153.8.0 (puppeteer-core 24.43.1): Selection.toString() of a sentence with a <q> in it.
# Guess: the words of the text nodes; generated marks are no text, as in innerText, Range.toString() and in Chromium 156.
# Behaviour: Firefox writes straight marks, which stand neither in the document nor on the screen: also where the page
#   shows „…“ by its language, none at all (quotes: none), or has typed its own around the <q>, which are then doubled.
#   A selection inside the <q> has none. What looks for the selected words in the page's text does not find them.
# Seen:
#   “…” shown           She said "no" today.
#   „…“ shown           Sie sagte "nein".
#   none shown          She said "no" today.
#   typed, none shown   She said “"no"” today.
#   inside              no
set -euo pipefail
browser=${FIREFOX:-$(command -v firefox-esr || command -v firefox || true)}
[ -n "$browser" ] || { echo "no Firefox: set \$FIREFOX"; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" puppeteer-core@24.43.1 >"$work/log" 2>&1 \
  || { cat "$work/log"; exit 1; }
cat >"$work/run.mjs" <<'JS'
import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";

const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.argv[2], headless: true });
try {
  console.log(await browser.version());
  const page = await browser.newPage();
  const selected = async (html, of = "p") => {
    await page.setContent(`<!doctype html><meta charset="utf-8">${html}`);
    return page.evaluate((of) => {
      getSelection().selectAllChildren(document.querySelector(of));
      return [getSelection().toString(), getSelection().getRangeAt(0).toString()];
    }, of);
  };
  const seen = {
    shown: await selected("<p>She said <q>no</q> today."),
    german: await selected("<p lang=de>Sie sagte <q>nein</q>."),
    none: await selected("<p style='quotes: none'>She said <q>no</q> today."),
    typed: await selected("<style>q::before, q::after { content: none }</style><p>She said “<q>no</q>” today."),
    inside: await selected("<p>She said <q>no</q> today.", "q"),
  };
  console.log(seen);
  assert.deepEqual(seen, {
    shown: ['She said "no" today.', "She said no today."],
    german: ['Sie sagte "nein".', "Sie sagte nein."],
    none: ['She said "no" today.', "She said no today."],
    typed: ['She said “"no"” today.', "She said “no” today."],
    inside: ["no", "no"],
  });
} finally {
  await browser.close();
}
JS
node "$work/run.mjs" "$browser"
