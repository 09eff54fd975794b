#!/usr/bin/env bash
# dom-anchor-text-quote 4.0.2 (diff-match-patch 1.0.5, jsdom 29.1.1): a TextQuoteSelector whose words stand on the page,
#   letter for letter and once; another speaker's sentence in the middle of the page differs by one letter.
# Guess: it looks for similar words (as its README tells) only where the words themselves are not on the page.
# Behaviour: similarity and nearness are one score, and without a hint near means near the middle of the page. So by the
#   words alone the clerk's *now* is taken for the mayor's *not*. Context helps only to the letter: a prefix in which the
#   paper has since put her name for her title is "found" at the clerk too, and then the suffix, still right, is not
#   looked at. Without the clerk's sentence all of it leads to the mayor.
# Seen:
#   words alone                clerk: We will now pay for the quay.
#   old prefix, right suffix   clerk: We will now pay for the quay.
#   right prefix, or suffix    mayor: We will not pay for the quay.
#   words alone, no clerk      mayor: We will not pay for the quay.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" dom-anchor-text-quote@4.0.2 diff-match-patch@1.0.5 jsdom@29.1.1 >"$work/log" 2>&1 \
  || { cat "$work/log"; exit 1; }
cat >"$work/run.mjs" <<'JS'
import assert from "node:assert/strict";
import { JSDOM } from "jsdom";

const FILL = "<p>The harbour board met on Tuesday in the old customs house and went through the plans for the quay line by line.</p>";
const MAYOR = '<p id="mayor">Mayor Calder said: “We will not pay for the quay.” She left.</p>';
const CLERK = '<p id="clerk">The clerk said: “We will now pay for the quay.” He sat down.</p>';
const EXACT = "We will not pay for the quay.";
const OLD = { prefix: "The mayor said: “", suffix: "” She left." };
const { window } = new JSDOM("<!doctype html>");
for (const name of ["document", "Node", "NodeFilter", "Range", "Text"]) globalThis[name] = window[name];
const { toRange } = await import("dom-anchor-text-quote");
const find = (context, clerk = CLERK) => {
  window.document.body.innerHTML = FILL + MAYOR + FILL.repeat(3) + clerk + FILL.repeat(4);
  assert.equal(window.document.body.textContent.split(EXACT).length, 2);
  const range = toRange(window.document.body, { exact: EXACT, ...context });
  return `${range.startContainer.parentElement.id}: ${range}`;
};
const seen = {
  alone: find({}),
  old: find(OLD),
  suffix: find({ suffix: OLD.suffix }),
  prefix: find({ prefix: "Mayor Calder said: “" }),
  noClerk: find({}, ""),
  oldNoClerk: find(OLD, ""),
};
console.log(seen);
const [mayor, clerk] = [`mayor: ${EXACT}`, "clerk: We will now pay for the quay."];
assert.deepEqual(seen, { alone: clerk, old: clerk, suffix: mayor, prefix: mayor, noClerk: mayor, oldNoClerk: mayor });
JS
node "$work/run.mjs"
