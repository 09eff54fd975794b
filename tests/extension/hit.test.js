// Which marks lie under the pointer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./load.js";

const WIDTH = 10; // of a letter in the layout below
const HEIGHT = 20;

/**
 * A page with marks on words of its paragraphs, and a layout that jsdom lacks: every text node is a line, every
 * letter as wide as the other, and the caret jumps to the nearest letter, as in a browser.
 */
function lay(body, { older = false } = {}) {
  const { window, document, onrecord } = page(`<body>${body}</body>`, ["content/hit.js"]);
  const walker = document.createTreeWalker(document.body, window.NodeFilter.SHOW_TEXT);
  const lines = [];
  while (walker.nextNode()) lines.push(walker.currentNode);
  window.Range.prototype.getClientRects = function () {
    const line = lines.indexOf(this.startContainer);
    const [left, right] = [this.startOffset * WIDTH, this.endOffset * WIDTH];
    return left === right ? [] : [{ left, right, top: line * HEIGHT, bottom: line * HEIGHT + 16 }];
  };
  const caret = (x, y) => {
    const node = lines[Math.min(Math.max(0, Math.floor(y / HEIGHT)), lines.length - 1)];
    return { node, offset: Math.min(Math.max(0, Math.round(x / WIDTH)), node.length) };
  };
  if (older) {
    document.caretRangeFromPoint = (x, y) => {
      const { node, offset } = caret(x, y);
      return { startContainer: node, startOffset: offset };
    };
  } else {
    document.caretPositionFromPoint = (x, y) => {
      const { node, offset } = caret(x, y);
      return { offsetNode: node, offset };
    };
  }
  const mark = (id, [from, start], [to, end]) => ({
    kind: "quote",
    id,
    styles: ["official"],
    range: new window.StaticRange({
      startContainer: lines[from],
      startOffset: start,
      endContainer: lines[to],
      endOffset: end,
    }),
  });
  const at = (letter, line) =>
    [...onrecord.hit.at((letter + 0.5) * WIDTH, line * HEIGHT + 8)].map(({ id }) => id);
  return { onrecord, mark, at, lines };
}

test("a point in a mark finds it, a point beside it on the same line does not", () => {
  const { onrecord, mark, at } = lay("<p>He said “go” twice.</p>");
  onrecord.hit.index([mark("q1", [0, 8], [0, 12])]);
  assert.deepEqual(at(8, 0), ["q1"]);
  assert.deepEqual(at(11, 0), ["q1"]);
  assert.deepEqual(at(7, 0), []);
  assert.deepEqual(at(12, 0), []);
});

test("a point far below the text finds nothing, though the caret jumps to the text", () => {
  const { onrecord, mark, at } = lay("<p>“Go.”</p>");
  onrecord.hit.index([mark("q1", [0, 0], [0, 5])]);
  assert.deepEqual(at(2, 0), ["q1"]);
  assert.deepEqual(at(2, 9), []);
});

test("a mark that runs through a link is found before, in and behind it", () => {
  const { onrecord, mark, at } = lay("<p>It was <a>a long</a> night</p>");
  onrecord.hit.index([mark("q1", [0, 3], [2, 4])]);
  assert.deepEqual(at(1, 0), [], "before the mark");
  assert.deepEqual(at(4, 0), ["q1"]);
  assert.deepEqual(at(0, 1), ["q1"]);
  assert.deepEqual(at(5, 1), ["q1"]);
  assert.deepEqual(at(2, 2), ["q1"]);
  assert.deepEqual(at(5, 2), [], "behind the mark");
});

test("a claim inside a quotation is found together with it", () => {
  const { onrecord, mark, at } = lay("<p>“They stole it all.”</p>");
  onrecord.hit.index([mark("q1", [0, 0], [0, 20]), mark("c1", [0, 6], [0, 11])]);
  assert.deepEqual(at(8, 0), ["q1", "c1"]);
  assert.deepEqual(at(2, 0), ["q1"]);
});

test("what the pointer would find along a mark is found without a pointer, and nothing beside it", () => {
  const { onrecord, mark } = lay("<p>“They <a>stole</a> it all.” Denied.</p>");
  const quote = mark("q1", [0, 0], [2, 9]);
  const claim = mark("c1", [0, 6], [1, 5]);
  onrecord.hit.index([quote, claim, mark("c2", [2, 10], [2, 16])]);
  const over = (one) => [...onrecord.hit.over([one.range])].map(({ id }) => id).sort();
  assert.deepEqual(over(quote), ["c1", "q1"]);
  assert.deepEqual(over(claim), ["c1", "q1"]);
});

test("marks that were taken off are found no more", () => {
  const { onrecord, mark, at } = lay("<p>“Go.”</p>");
  onrecord.hit.index([mark("q1", [0, 0], [0, 5])]);
  onrecord.hit.index([]);
  assert.deepEqual(at(2, 0), []);
});

test("a browser with only the older call for carets finds marks too", () => {
  const { onrecord, mark, at } = lay("<p>“Go.”</p>", { older: true });
  onrecord.hit.index([mark("q1", [0, 0], [0, 5])]);
  assert.deepEqual(at(2, 0), ["q1"]);
});

test("a point where there is no text at all finds nothing", () => {
  const { document, onrecord } = page("<p>“Go.”</p>", ["content/hit.js"]);
  document.caretPositionFromPoint = () => null;
  assert.equal(onrecord.hit.at(5, 5).length, 0);
});
