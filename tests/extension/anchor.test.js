// From a span of the analysis to a range of the page: the same words, or nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./load.js";

const SCRIPTS = ["content/pieces.js", "content/slides.js", "content/blocks.js", "content/anchor.js"];

function open(body) {
  const { document, onrecord } = page(`<body>${body}</body>`, SCRIPTS);
  const read = () => onrecord.blocks.read(document.body);
  return { document, onrecord, read, sent: read().map(({ id, role, text }) => ({ id, role, text })) };
}

/** The span of `words` in a block that was sent, from `from` on. */
function spanOf(wire, words, from = 0) {
  const start = wire.text.indexOf(words, from);
  assert.ok(start >= 0, `“${words}” is not in “${wire.text}”`);
  return { block: wire.id, start, end: start + words.length, text: words };
}

/** What a StaticRange covers. A Range refuses offsets that do not exist, which a StaticRange does not. */
function covered(document, range) {
  const live = document.createRange();
  live.setStart(range.startContainer, range.startOffset);
  live.setEnd(range.endContainer, range.endOffset);
  return live.toString();
}

test("a span covers exactly its words, across links and soft hyphens", () => {
  const { document, onrecord, read, sent } = open(
    '<p>The har&shy;bour <a href="#">master</a> waved  twice.</p>',
  );
  const range = onrecord.anchor.locate(read(), sent[0], spanOf(sent[0], "harbour master waved"));
  assert.equal(covered(document, range), "har\u00adbour master waved");
});

test("a span after an emoji is not shifted", () => {
  const { document, onrecord, read, sent } = open("<p>🕊🕊 “Gone,” she said.</p>");
  const range = onrecord.anchor.locate(read(), sent[0], spanOf(sent[0], "“Gone,”"));
  assert.equal(covered(document, range), "“Gone,”");
});

test("a span that ends in the space of a line break stays within its text", () => {
  const { document, onrecord, read, sent } = open("<p>Line one<br>line two</p>");
  const range = onrecord.anchor.locate(read(), sent[0], spanOf(sent[0], "one "));
  assert.equal(covered(document, range), "one");
});

test("a span that does not fit its block is nothing", () => {
  const { onrecord, read } = open("<p>Short.</p>");
  const [block] = read();
  for (const [start, end] of [
    [-1, 3],
    [0, 7],
    [3, 3],
    [4, 2],
  ])
    assert.equal(onrecord.anchor.range(block, { start, end }), null, `${start} to ${end}`);
});

test("text that has left the page is nothing", () => {
  const { document, onrecord, read } = open("<p>Short.</p>");
  const [block] = read();
  document.querySelector("p").remove();
  assert.equal(onrecord.anchor.range(block, { start: 0, end: 5 }), null);
});

test("a paragraph that was drawn anew is found again by its text", () => {
  const { document, onrecord, read, sent } = open("<p>Intro.</p><p>“Stay,” said the pilot.</p>");
  document.body.innerHTML = "<div>Late banner</div><p>Intro.</p><p>“<i>Stay</i>,” said the pilot.</p>";
  const range = onrecord.anchor.locate(read(), sent[1], spanOf(sent[1], "“Stay,”"));
  assert.equal(covered(document, range), "“Stay,”");
  assert.ok(range.startContainer.isConnected);
});

test("a paragraph that has grown keeps a quotation that still has the same neighbours", () => {
  const text = "The pilot of the second boat told the inquiry: “Stay,” and nobody of the crew had moved.";
  const { document, onrecord, read, sent } = open(`<p>${text}</p>`);
  document.querySelector("p").textContent = `Updated at noon. ${text} More follows.`;
  const range = onrecord.anchor.locate(read(), sent[0], spanOf(sent[0], "“Stay,”"));
  assert.equal(covered(document, range), "“Stay,”");
});

test("a quotation of which a word was changed is not placed", () => {
  const { document, onrecord, read, sent } = open("<p>He said “stay in port” to us.</p>");
  document.querySelector("p").textContent = "He said “stay in town” to us.";
  assert.equal(onrecord.anchor.locate(read(), sent[0], spanOf(sent[0], "“stay in port”")), null);
});

test("a quotation whose neighbours were changed is not placed", () => {
  const { document, onrecord, read, sent } = open("<p>He said “stay” to us.</p>");
  document.querySelector("p").textContent = "She said “stay” to us.";
  assert.equal(onrecord.anchor.locate(read(), sent[0], spanOf(sent[0], "“stay”")), null);
});

test("of two equal quotations in one paragraph the right one is found", () => {
  const { document, onrecord, read, sent } = open("<p>“No,” said Ann. “No,” said Bob.</p>");
  const second = spanOf(sent[0], "“No,”", 3);
  const range = onrecord.anchor.locate(read(), sent[0], second);
  assert.equal(covered(document, range), "“No,”");
  assert.equal(range.startOffset, second.start);
});

test("of two paragraphs with the same text each keeps its own marks", () => {
  const { document, onrecord, read, sent } = open("<p>“No,” said Ann.</p><hr><p>“No,” said Ann.</p>");
  for (const at of [0, 1]) {
    const range = onrecord.anchor.locate(read(), sent[at], spanOf(sent[at], "“No,”"));
    assert.equal(range.startContainer.parentElement, document.querySelectorAll("p")[at]);
  }
});

test("a bar that repeats the headline does not take the headline's marks", () => {
  const { document, onrecord, read, sent } = open("<h1>Mayor accused of theft</h1><p>Text.</p>");
  document.body.insertAdjacentHTML("afterbegin", "<div>Mayor accused of theft</div>");
  const range = onrecord.anchor.locate(read(), sent[0], spanOf(sent[0], "accused"));
  assert.equal(range.startContainer.parentElement, document.querySelector("h1"));
});

test("where two places fit equally well, none is guessed", () => {
  const { document, onrecord, read, sent } = open("<p>“No.”</p>");
  const span = spanOf(sent[0], "“No.”");
  document.body.innerHTML = "<p>First “No.” then</p><p>later “No.” again</p>";
  assert.equal(onrecord.anchor.locate(read(), sent[0], span), null, "in two paragraphs");
  document.body.innerHTML = "<p>First “No.” and later “No.” again</p>";
  assert.equal(onrecord.anchor.locate(read(), sent[0], span), null, "twice in one paragraph");
});
