// The marks in the browser's highlight registry: which are there, which are not, and that ours alone are touched.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bare, source } from "./load.js";

const ALL = { layers: {}, tint: true };

function open(left = []) {
  const highlights = new Map([["page-search", {}], ...left.map((name) => [name, {}])]);
  class Highlight {
    constructor(...ranges) {
      this.ranges = ranges;
    }
  }
  const timers = [];
  const onrecord = bare(["shared/taxonomy.js", "content/paint.js"], {
    CSS: {
      get highlights() {
        return highlights;
      },
    },
    Highlight,
    setTimeout: (run) => timers.push(run),
    clearTimeout: () => timers.splice(0),
  });
  const names = () => [...highlights.keys()].filter((name) => name !== "page-search").sort();
  return { ...onrecord, highlights, names, timers, Highlight };
}

const quote = (range, type = "official", line = "named") => ({
  kind: "quote",
  id: "q1",
  range,
  styles: [type, `${type}-${line}-light`, `tint-${type}-light`],
});
const claim = (range) => ({ kind: "claim", id: "c1", range, styles: ["contested", "contested-light"] });

test("quotes of one style share one highlight, and claims have their own above it", () => {
  const { paint, highlights, names } = open();
  paint.draw([quote("one"), quote("two"), claim("three")], ALL);
  assert.deepEqual(names(), [
    "onrecord-contested-light",
    "onrecord-official-named-light",
    "onrecord-tint-official-light",
  ]);
  assert.deepEqual(highlights.get("onrecord-official-named-light").ranges, ["one", "two"]);
  const priority = (name) => highlights.get(`onrecord-${name}`).priority;
  assert.ok(priority("contested-light") > priority("official-named-light"));
  assert.ok(priority("official-named-light") > priority("tint-official-light"));
});

test("what is not among the marks any more goes", () => {
  const { paint, names } = open();
  paint.draw([quote("one"), claim("two")], ALL);
  paint.draw([claim("two")], ALL);
  assert.deepEqual(names(), ["onrecord-contested-light"]);
});

test("without the tint the line stays", () => {
  const { paint, names } = open();
  paint.draw([quote("one")], { layers: {}, tint: false });
  assert.deepEqual(names(), ["onrecord-official-named-light"]);
});

test("a quote whose speaker was not found has no line", () => {
  const { paint, names } = open();
  paint.draw([{ kind: "quote", id: "q1", range: "one", styles: ["lost"] }], ALL);
  assert.deepEqual(names(), []);
});

test("taking the marks off leaves the page's own highlights alone", () => {
  const { paint, highlights, names } = open();
  paint.draw([quote("one"), claim("two")], ALL);
  paint.flash(["one"]);
  paint.clear();
  assert.deepEqual(names(), []);
  assert.ok(highlights.has("page-search"));
});

test("a frame that shows another origin by now is left alone, and the marks around it go all the same", () => {
  const { paint, names, Highlight } = open();
  const own = new Map();
  const view = {
    Highlight,
    CSS: {
      get highlights() {
        return own;
      },
    },
  };
  const inside = { startContainer: { ownerDocument: { defaultView: view } } };
  paint.draw([quote(inside), claim("one")], ALL);
  assert.deepEqual([...own.keys()].sort(), ["onrecord-official-named-light", "onrecord-tint-official-light"]);
  assert.deepEqual(names(), ["onrecord-contested-light"]);
  Object.defineProperty(view, "CSS", {
    get() {
      throw new Error("Permission denied to access property on cross-origin object");
    },
  });
  paint.clear();
  assert.deepEqual(names(), []);
});

test("the flash after a jump outlives a drawing and then goes by itself", () => {
  const { paint, names, timers } = open();
  paint.draw([quote("one")], ALL);
  paint.flash(["one"]);
  paint.draw([quote("one")], ALL);
  assert.ok(names().includes("onrecord-flash"));
  for (const run of timers) run();
  assert.ok(!names().includes("onrecord-flash"));
});

test("every style that a mark can have has a rule", () => {
  const { taxonomy } = open();
  const sheet = source("extension/content/paint.css");
  const styles = ["flash", "current"];
  for (const scheme of ["light", "dark"]) {
    styles.push(`contested-${scheme}`);
    for (const type of taxonomy.TYPES) {
      styles.push(`tint-${type}-${scheme}`);
      for (const line of new Set(Object.values(taxonomy.line))) styles.push(`${type}-${line}-${scheme}`);
    }
  }
  for (const style of styles) assert.ok(sheet.includes(`::highlight(onrecord-${style})`), style);
});

test("what an older script of ours has left on the page goes, and what is the page's own stays", () => {
  const { highlights } = open([
    "onrecord-official-named-light",
    "onrecord-tint-media-dark",
    "onrecord-current",
  ]);
  assert.deepEqual([...highlights.keys()], ["page-search"]);
});
