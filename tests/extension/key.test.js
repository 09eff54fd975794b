// The key says what is drawn in this article, as it is drawn, and nothing that is not there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { analysis, page } from "./load.js";

const SCRIPTS = ["shared/taxonomy.js", "shared/palette.js", "shared/elements.js", "shared/key.js"];
const ALL = { layers: {}, tint: true, colours: "ten", print: false, keys: true, button: "toggle" };

/** The key of an analysis that a test may have changed. */
function key(change = () => {}, preferences = {}, scheme = "light") {
  const { analysis: found } = analysis();
  change(found);
  const { document, onrecord } = page("<p>text</p>", SCRIPTS);
  const box = document.createElement("div");
  box.append(onrecord.key.draw(found, scheme, { ...ALL, ...preferences }));
  const [colours, lines] = [...box.querySelectorAll("ul")].slice(-2);
  return { box, colours, lines, text: box.textContent, palette: onrecord.palette };
}
const labels = (list) => Array.from(list.children, ({ textContent }) => textContent.trim());

test("the kinds that speak in the article, each in its colour on that page, and no others", () => {
  for (const scheme of ["light", "dark"]) {
    const { colours, palette } = key(() => {}, {}, scheme);
    assert.deepEqual(labels(colours), ["Government, military, courts, police", "Witness or person affected"]);
    const probe = colours.ownerDocument.createElement("i");
    probe.style.borderColor = palette[scheme].official;
    assert.equal(colours.querySelector(".line").style.borderColor, probe.style.borderColor);
  }
});

test("a source that is never quoted has no mark, and no place in the key", () => {
  const { colours } = key((found) => {
    found.quotes = found.quotes.filter(({ source }) => source !== "s1");
  });
  assert.deepEqual(labels(colours), ["Government, military, courts, police"]);
});

test("every style of line with its meaning; screen readers are given the words alone", () => {
  const { lines } = key();
  assert.deepEqual(
    labels(lines).map((label) => label.split(":")[0]),
    ["Solid", "Dashed", "Dotted", "Double", "Wavy"],
  );
  for (const line of lines.querySelectorAll(".line")) assert.equal(line.getAttribute("aria-hidden"), "true");
});

test("three colours are explained as three, and a kind that is switched off is said to be", () => {
  assert.deepEqual(labels(key(() => {}, { colours: "three" }).colours), [
    "Named source or document",
    "Source that is not named",
  ]);
  assert.equal(
    labels(key(() => {}, { layers: { affected: false } }).colours)[1],
    "Witness or person affected (not shown now)",
  );
});

test("speakers that were not found are told of only where there are any", () => {
  const told = /their speaker was not found/;
  assert.doesNotMatch(key().text, told);
  assert.match(
    key((found) => {
      found.summary.speaker_not_found = 2;
    }).text,
    told,
  );
});

test("without quotes there is no list of colours", () => {
  const { box } = key((found) => {
    found.quotes = [];
  });
  assert.equal(box.querySelectorAll("ul").length, 1);
});
