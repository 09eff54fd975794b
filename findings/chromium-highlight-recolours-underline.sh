#!/usr/bin/env bash
# Chromium 156.0.8078.108 (puppeteer-core 24.43.1, pngjs 7.0.0): a link with an underline of its own colour, and a custom
#   highlight over it that says nothing about colours or lines.
# Guess: a highlight changes what its rule names, and an empty rule changes nothing, as in Firefox ESR 153.
# Behaviour: as soon as the range is in CSS.highlights the link's text-decoration-color is lost: the line is drawn in the
#   colour of the text, with an empty rule as with a tint alone. A border as underline keeps its colour.
# Seen: red pixels of the page's own line, before and with a highlight
#   text-decoration  empty rule 268 -> 0   tint 268 -> 0
#   border           empty rule 268 -> 268
set -euo pipefail
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
[ -n "$browser" ] || { echo "no Chromium: set \$CHROMIUM"; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" puppeteer-core@24.43.1 pngjs@7.0.0 >"$work/log" 2>&1 \
  || { cat "$work/log"; exit 1; }
cat >"$work/run.mjs" <<'JS'
import assert from "node:assert/strict";
import { PNG } from "pngjs";
import puppeteer from "puppeteer-core";

const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await puppeteer.launch({ executablePath: process.argv[2], headless: true, args });

try {
  console.log(await browser.version());
  const page = await browser.newPage();
  const red = async () => {
    const { data } = PNG.sync.read(Buffer.from(await page.screenshot()));
    let count = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] === 255 && data[at + 1] + data[at + 2] === 0) count += 1;
    return count;
  };
  const both = async (line, rule) => {
    await page.setContent(`<!doctype html><style>body { font: 20px serif } ::highlight(mark) { ${rule} }
      a { color: black; text-decoration: none; ${line} }</style><p><a href="#">mm mm</a>`);
    const before = await red();
    await page.evaluate(() => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector("a"));
      CSS.highlights.set("mark", new Highlight(range));
    });
    return [before, await red()];
  };
  const seen = {
    empty: await both("text-decoration: underline 4px red", ""),
    tint: await both("text-decoration: underline 4px red", "background-color: rgb(0 0 255 / .1)"),
    border: await both("border-bottom: 4px solid red", ""),
  };
  console.log(seen);
  assert(seen.empty[0] > 100 && seen.empty[1] === 0);
  assert(seen.tint[0] > 100 && seen.tint[1] === 0);
  assert(seen.border[0] > 100 && seen.border[1] === seen.border[0]);
} finally {
  await browser.close();
}
JS
node "$work/run.mjs" "$browser"
