// Links that lead to a passage for everybody.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bare } from "./load.js";

const { fragment } = bare(["shared/fragment.js"]);
const BLOCK = "The warden said: “No ship, big or small, leaves un-seen.” Nobody laughed at all that night.";

function link(text, url = "https://gazette.example/ferry?page=2#top") {
  const start = BLOCK.indexOf(text);
  return fragment.link(url, BLOCK, { start, end: start + text.length, text });
}

test("a short passage stands in the link with the words around it", () => {
  assert.equal(
    link("“No ship, big or small, leaves un-seen.”"),
    `https://gazette.example/ferry?page=2#:~:text=The%20warden%20said%3A-,${encodeURIComponent(
      "“No ship, big or small, leaves un",
    )}%2D${encodeURIComponent("seen.”")},-Nobody%20laughed%20at`,
  );
});

test("commas and hyphens of the passage are no commas and hyphens of the link", () => {
  const [, directive] = link("“No ship, big or small, leaves un-seen.”").split("#:~:text=");
  assert.equal(directive.split(",").length, 3);
});

test("a long passage stands in the link by its two ends", () => {
  const long = `One two three four five ${"and so on ".repeat(20)}six seven eight nine ten.`;
  const found = fragment.link("https://gazette.example/", long, { start: 0, end: long.length, text: long });
  assert.equal(
    found,
    "https://gazette.example/#:~:text=One%20two%20three%20four%20five,six%20seven%20eight%20nine%20ten.",
  );
});
