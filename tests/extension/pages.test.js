// Pages of many makes: what bears KEEP and a number is the article's, what bears DROP is not. Each is read as it is, with
// names that mean nothing, with names that mean the wrong thing, and in deeper boxes.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { page, READING, ROOT, source } from "./load.js";

const FOLDER = "tests/extension/pages";
const PAGES = readdirSync(new URL(FOLDER, ROOT)).filter((name) => name.endsWith(".html"));
const MARKS = /(?:KEEP|DROP)\d+/g;
// What stylesheets call boxes of every kind, and what a list of bad names would take for a sign.
const MISLEADING = [
  "paywall",
  "sidebar-grid",
  "article-widget",
  "teaser-content",
  "share-body",
  "meta-content",
];

/** The page with each name replaced by one that says nothing. @param {string} html */
const hashed = (html) => {
  const known = new Map();
  const code = (name) => known.get(name) ?? known.set(name, `c${known.size}x`).get(name);
  return html.replace(
    / (class|id)="([^"]*)"/g,
    (_, kind, names) => ` ${kind}="${names.split(" ").map(code).join(" ")}"`,
  );
};

/** Every paragraph bears a name that is none of its business. @param {string} html */
const misled = (html) => {
  let at = 0;
  return html.replace(/<p>/g, () => `<p class="${MISLEADING[at++ % MISLEADING.length]}" id="related-${at}">`);
};

/** One more box around everything. @param {string} html */
const boxed = (html) =>
  html
    .replace(/<body>/, '<body><div id="__next"><div class="layout">')
    .replace(/<\/body>/, "</div></div></body>");

const VARIATIONS = {
  "as it is": (html) => html,
  "without names": hashed,
  "with names that mislead": misled,
  boxed,
};

for (const name of PAGES)
  for (const [how, change] of Object.entries(VARIATIONS))
    test(`${name}, ${how}: what belongs to the article is read, nothing else is`, () => {
      const html = change(source(`${FOLDER}/${name}`));
      const { document, onrecord } = page(html, READING);
      const before = document.documentElement.outerHTML;
      const blocks = [...onrecord.extract.article(document)];
      assert.equal(document.documentElement.outerHTML, before, "the page was changed");
      const text = blocks.filter(({ role }) => role !== "caption").map(({ text }) => text);
      const read = new Set(text.join("\n").match(MARKS) ?? []);
      const written = new Set((document.body.textContent ?? "").match(MARKS) ?? []);
      const right = [...written].filter((mark) => mark.startsWith("KEEP"));
      assert.deepEqual([...read].sort(), right.sort());
    });
