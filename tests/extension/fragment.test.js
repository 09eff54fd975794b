// Links that lead to a passage for everybody.

import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./load.js";

const URL_ = "https://gazette.example/ferry?page=2";

/** The directive of the link to some words of the first block that has them, decoded; null without one. */
function directive(html, words, style = "") {
  const { document, onrecord, window } = page(`<style>${style}</style><body>${html}</body>`, [
    "content/pieces.js",
    "content/slides.js",
    "content/blocks.js",
    "content/passage.js",
    "shared/fragment.js",
  ]);
  const own = window.getComputedStyle;
  // jsdom has no ::first-letter
  window.getComputedStyle = (element, side) =>
    side === "::first-letter"
      ? { float: element.matches(".set") ? "left" : "none" }
      : own.call(window, element, side);
  const blocks = onrecord.blocks.read(document.body);
  const block = blocks.findLast(({ text }) => text.includes(words));
  const start = block.text.lastIndexOf(words);
  const passage = onrecord.passage.find(block, { start, end: start + words.length }, blocks);
  const link = onrecord.fragment.link(`${URL_}#top`, passage);
  assert.ok(link.startsWith(URL_));
  const [, found] = link.split("#:~:text=");
  return found === undefined ? null : found.split(",").map(decodeURIComponent);
}

test("a passage in one piece stands in the link as it is", () => {
  const said = "“No ship, big or small, leaves un-seen,”";
  assert.deepEqual(directive(`<p>Then ${said} said the warden.</p>`, said), [said]);
});

test("commas and hyphens of the passage are no commas and hyphens of the link", () => {
  const { onrecord } = page("", ["shared/fragment.js"]);
  const passage = { prefix: "so-called", start: "a, b - c & d", end: "", suffix: "" };
  assert.equal(
    onrecord.fragment.link(URL_, passage),
    `${URL_}#:~:text=so%2Dcalled-,a%2C%20b%20%2D%20c%20%26%20d`,
  );
  assert.equal(onrecord.fragment.link(`${URL_}#top`, null), URL_);
});

test("a long passage stands in the link by its two ends", () => {
  const long = `One two three four five ${"and so on ".repeat(20)}six seven eight nine ten.`;
  assert.deepEqual(directive(`<p>${long}</p>`, long), [
    "One two three four five",
    "six seven eight nine ten.",
  ]);
});

test("a passage that has stood there before is told apart by the words around it", () => {
  const [one, two] = ["“We will not go,”", "“We will not go”"];
  assert.deepEqual(directive(`<p>${one} said Ann. ${two}, she said again.</p>`, "We will not go"), [
    "said Ann. “-",
    "We will not go",
  ]);
  assert.deepEqual(directive("<p>Never again.</p><p>Never again. Ann said it.</p>", "Never again."), [
    "Never again.",
    "-Ann said it.",
  ]);
});

test("no browser looks on over an edge, so a passage over one is a range of whole words", () => {
  for (const [html, words, found] of [
    ["<p>“We will rebuild<br>the quay”</p>", "“We will rebuild the quay”", ["“We will rebuild", "the quay”"]],
    ["<p>“Under&shy;writers have asked”</p>", "“Underwriters have asked”", ["have asked”"]],
    ['<p><b style="float:left">W</b>e have no money</p>', "We have no money", ["have no money"]],
    [
      '<p>It leaves <a style="display:inline-block">the quay</a> at noon</p>',
      "It leaves the quay at noon",
      ["It leaves", "at noon"],
    ],
    [
      '<p>We heard the horn<sup><a href="#1">1</a></sup> and nothing more</p>',
      "We heard the horn and nothing more",
      ["We heard the", "and nothing more"],
    ],
    ["<p>He said: <q>a matter for us</q>, and left</p>", "a matter for us", ["a matter for us"]],
    ["<p>We will <em>not</em> go, <b>e</b>ver</p>", "We will not go, ever", ["We will not go, ever"]],
    ["<p>It was\n  a  cold&nbsp;day</p>", "It was a cold day", ["It was a cold day"]],
  ])
    assert.deepEqual(directive(html, words), found, html);
});

test("no link begins with the word of a first letter that the style sheet sets afloat", () => {
  for (const [html, words, found] of [
    ['<p class="set">“No boat is left,” he said</p>', "“No boat is left,”", ["boat is left,”"]],
    ['<p class="set">A boat is left, he said</p>', "A boat is left", ["boat is left"]],
    ['<p class="set">He said: “No boat is left”</p>', "“No boat is left”", ["“No boat is left”"]],
    ['<div class="set"><p>We have none</p></div>', "We have none", ["have none"]],
    ['<div class="set"><p>So.</p><p>We have none</p></div>', "We have none", ["We have none"]],
  ])
    assert.deepEqual(directive(html, words), found, html);
});

test("a passage that begins or ends within a word is found by the whole word", () => {
  assert.deepEqual(directive("<p>The captains were unhappy with it</p>", "captain"), ["captains"]);
});

test("where a piece says too little, the next one begins the link", () => {
  const html = "<p>The boats.</p><p>The under&shy;writers have asked for a survey</p>";
  assert.deepEqual(directive(html, "The underwriters have asked for a survey"), ["have asked for a survey"]);
});

test("no link leads into a frame or a shadow tree", () => {
  const { document, onrecord, window } = page("<div></div>", [
    "content/pieces.js",
    "content/slides.js",
    "content/blocks.js",
    "content/passage.js",
  ]);
  const root = document.querySelector("div").attachShadow({ mode: "open" });
  root.append(window.document.createElement("p"));
  root.firstChild.textContent = "Nobody has asked us.";
  const blocks = onrecord.blocks.read(document.body);
  assert.equal(blocks[0].text, "Nobody has asked us.");
  assert.equal(onrecord.passage.find(blocks[0], { start: 0, end: 6 }, blocks), null);
});
