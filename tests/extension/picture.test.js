// What a picture of a passage shows: the paragraph with every mark in it, broken into lines, and nothing of the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { analysis, bare } from "./load.js";

globalThis.onrecord = bare(["shared/taxonomy.js", "shared/palette.js"]);
const { lines, passage } = await import("../../extension/panel/passage.js");

const TEN = { colours: "ten" };

function view(change = () => {}) {
  const made = analysis();
  change(made);
  return made;
}

const said = ({ text, marks }) => marks.map(({ start, end }) => text.slice(start, end));

test("the paragraph of a quote with every mark in it, and which one it is about", () => {
  const shown = passage(view(), "q2", TEN);
  assert.match(shown.text, /^Port warden Ida Moss said/);
  assert.deepEqual(said(shown), ["“No ship leaves unseen.”", "“Ever,”"]);
  assert.deepEqual(
    shown.marks.map(({ line, hue, chosen }) => [line, hue, chosen]),
    [
      ["named", "official", true],
      ["named", "official", false],
    ],
  );
});

test("a claim has its own line, an anonymous source the dotted one, a lost speaker none and no hue", () => {
  const claim = passage(view(), "c1", TEN);
  assert.deepEqual(said(claim), ["hiding a crack"]);
  assert.deepEqual([claim.marks[0].line, claim.marks[0].hue], ["contested", "contested"]);
  assert.equal(passage(view(), "q1", TEN).marks[0].line, "anonymous");
  const lost = passage(
    view((made) => {
      made.analysis.quotes[0].source = null;
    }),
    "q1",
    TEN,
  );
  assert.deepEqual([lost.marks[0].line, lost.marks[0].hue], ["lost", ""]);
});

test("of three colours the picture has the hue that the page has", () => {
  assert.equal(passage(view(), "q1", { colours: "three" }).marks[0].hue, "business");
});

test("a long paragraph is cut around the mark, and marks stay on their words", () => {
  const filler = "Nothing of note was said in the harbour that day. ".repeat(30);
  const shown = passage(
    view(({ blocks, analysis: { quotes } }) => {
      blocks[2].text = filler + blocks[2].text + filler;
      for (const span of quotes.flatMap(({ content }) => content))
        if (span.block === "b2") {
          span.start += filler.length;
          span.end += filler.length;
        }
    }),
    "q3",
    TEN,
  );
  assert.ok(shown.text.length < 720);
  assert.match(shown.text, /^… .* …$/);
  assert.deepEqual(said(shown), ["“No ship leaves unseen.”", "“Ever,”"]);
});

test("what is not in the analysis has no picture", () => {
  assert.equal(passage(view(), "q9", TEN), null);
  assert.equal(passage({ ...view(), analysis: null }, "q1", TEN), null);
  const blockless = view((made) => {
    made.blocks = [];
  });
  assert.equal(passage(blockless, "q1", TEN), null);
});

test("lines break at spaces, hold every word in order, and a word that is too wide has one of its own", () => {
  const text = "  One two  three\nincomprehensibilities four ";
  const found = lines(text, 9, (words) => words.length).map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(found, ["One two", "three", "incomprehensibilities", "four"]);
  assert.deepEqual(
    lines("", 9, () => 0),
    [],
  );
});
