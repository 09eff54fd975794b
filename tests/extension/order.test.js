// The panel's list of sources: by the words that the article quotes of them, by place, by kind.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ordered, weigh } from "../../extension/panel/order.js";
import { analysis } from "./load.js";

const TYPES = ["official", "affected"];
const order = (by, found = analysis()) =>
  ordered(found.analysis.sources, weigh(found.analysis, found.blocks), by, TYPES).map(({ id }) => id);

test("words, quotes and share of each source; the shares are of all words quoted", () => {
  const { analysis: found, blocks } = analysis();
  found.quotes.push({ ...found.quotes[0], id: "q4", source: null });
  const weights = weigh(found, blocks);
  assert.deepEqual([weights.get("s1").words, weights.get("s2").words], [4, 5]);
  assert.equal(weights.get("s2").share, 5 / 13);
  assert.deepEqual(
    weights.get("s2").quotes.map(({ id }) => id),
    ["q2", "q3"],
  );
});

test("whose words are quoted most comes first; or who comes first in the article; or kind by kind", () => {
  assert.deepEqual(order("weight"), ["s2", "s1"]);
  assert.deepEqual(order("place"), ["s1", "s2"]);
  assert.deepEqual(order("kind"), ["s2", "s1"]);
});

test("a source without a quote is last by weight, and one without any place by place", () => {
  const found = analysis();
  found.analysis.sources.unshift({ ...found.analysis.sources[0], id: "s3", mentions: [] });
  assert.deepEqual(order("weight", found), ["s2", "s1", "s3"]);
  assert.deepEqual(order("place", found), ["s1", "s2", "s3"]);
});

test("an article without quotes has shares of nothing", () => {
  const { analysis: found, blocks } = analysis();
  assert.equal(weigh({ ...found, quotes: [] }, blocks).get("s1").share, 0);
});
