#!/usr/bin/env bash
# Chromium 156.0.8078.108 (puppeteer-core 24.43.1): a headline that is a quotation and a link, <a href><q>.
# Guess: the generated marks are boxes of the <q>, so a press on them is a press on the link, as in Firefox ESR 153.
# Behaviour: no element of the link is there. elementFromPoint over a mark gives the paragraph around the link, the
#   cursor is not the link's and a press does nothing, also with words of the link on both sides of the mark. The same
#   marks as ::before and ::after of a <span> are the link's.
# Seen:
#   <q>, on the mark     P, no press arrives       <q>, on the words  Q, pressed
#   string, on the mark  SPAN, pressed
set -euo pipefail
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
[ -n "$browser" ] || { echo "no Chromium: set \$CHROMIUM"; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" puppeteer-core@24.43.1 >"$work/log" 2>&1 \
  || { cat "$work/log"; exit 1; }
cat >"$work/run.mjs" <<'JS'
import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";

const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await puppeteer.launch({ executablePath: process.argv[2], headless: true, args });
try {
  console.log(await browser.version());
  const page = await browser.newPage();
  await page.setContent(`<!doctype html><meta charset="utf-8"><style>body { font: 40px serif }
    span::before { content: "“" } span::after { content: "”" }</style>
    <p><a href="#1">Board: <q>we lost</q> it</a></p><p><a href="#2">Board: <span>we lost</span> it</a></p>`);
  await page.evaluate(() => {
    document.onclick = (event) => { pressed = event.target.closest("a") !== null; };
  });
  const press = async (tag, onMark) => {
    const [x, y, over] = await page.evaluate((tag, onMark) => {
      globalThis.pressed = null;
      const element = document.querySelector(tag);
      const words = document.createRange();
      words.selectNodeContents(element);
      const [all, inner] = [element.getBoundingClientRect(), words.getBoundingClientRect()];
      const x = onMark ? (all.left + inner.left) / 2 : (inner.left + inner.right) / 2;
      const y = (inner.top + inner.bottom) / 2;
      return [x, y, document.elementFromPoint(x, y).nodeName];
    }, tag, onMark);
    await page.mouse.click(x, y);
    return [over, await page.evaluate(() => pressed)];
  };
  const seen = { mark: await press("q", true), words: await press("q", false), span: await press("span", true) };
  console.log(seen);
  assert.deepEqual(seen, { mark: ["P", false], words: ["Q", true], span: ["SPAN", true] });
} finally {
  await browser.close();
}
JS
node "$work/run.mjs" "$browser"
