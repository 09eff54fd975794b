// What of an article is marked: kinds and one choice of what alone, for this article; and the sentence that says what is not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { analysis, bare, plain } from "./load.js";

const { filter, preferences, saying } = bare([
  "shared/taxonomy.js",
  "shared/palette.js",
  "shared/elements.js",
  "shared/memory.js",
  "shared/filter.js",
  "shared/saying.js",
]);
const { analysis: found } = analysis();
const ALL = preferences.DEFAULTS;
const WITHOUT_OFFICIALS = { ...ALL, layers: { ...ALL.layers, official: false } };
const MARKS = [
  { id: "q1", styles: ["affected"] },
  { id: "q2", styles: ["official"] },
  { id: "q3", styles: ["official"] },
  { id: "c1", styles: ["contested"] },
];

/** The marks that pass. @param {object} chosen */
const painted = (chosen, liked = ALL) =>
  MARKS.filter(filter.passes(filter.clean(chosen, found), liked, found)).map(({ id }) => id);
const said = (chosen, liked = ALL) => filter.sentence(filter.clean(chosen, found), liked, found);

test("at first everything passes, and nothing is said to be hidden", () => {
  assert.deepEqual(painted({}), ["q1", "q2", "q3", "c1"]);
  assert.equal(said({}), "");
});

test("one source, those not named, contested claims: each alone", () => {
  assert.deepEqual(painted({ only: "s2" }), ["q2", "q3"]);
  assert.deepEqual(painted({ only: "unnamed" }), ["q1"]);
  assert.deepEqual(painted({ only: "contested" }), ["c1"]);
  assert.equal(
    said({ only: "s2" }),
    "Only Port warden Ida Moss: 2 of 4 quotes and claims are marked on the page.",
  );
  assert.equal(
    said({ only: "unnamed" }),
    "Only sources that are not named: 1 of 4 quotes and claims are marked on the page.",
  );
});

test("what is asked for alone is shown, also where its kind is hidden in all articles", () => {
  assert.deepEqual(painted({ only: "s2" }, WITHOUT_OFFICIALS), ["q2", "q3"]);
});

test("a kind of this article wins over the same kind of all articles, and the sentence says which is which", () => {
  assert.deepEqual(painted({}, WITHOUT_OFFICIALS), ["q1", "c1"]);
  assert.match(said({}, WITHOUT_OFFICIALS), /^Hidden in all articles: Government.* \(2 quotes\)\.$/);
  assert.deepEqual(painted({ layers: { official: true } }, WITHOUT_OFFICIALS), ["q1", "q2", "q3", "c1"]);
  assert.equal(said({ layers: { official: true } }, WITHOUT_OFFICIALS), "");
  assert.deepEqual(painted({ layers: { contested: false } }), ["q1", "q2", "q3"]);
  assert.equal(
    said({ layers: { contested: false } }),
    "Hidden in this article: Contested claims (1 contested claim).",
  );
});

test("a kind that has no mark in this article is not said to be hidden in it", () => {
  assert.equal(said({ layers: { expert: false } }), "");
});

test("another answer about the article may number its sources anew: the choice stays with the name", () => {
  const chosen = filter.clean({ only: "s2" }, found);
  const renumbered = JSON.parse(JSON.stringify(found).replaceAll('"s2"', '"s9"'));
  assert.equal(filter.carried(chosen, renumbered).only, "s9");
  assert.equal(filter.carried(chosen, found).only, "s2");
  const gone = { ...found, sources: found.sources.slice(0, 1) };
  assert.deepEqual(plain(filter.carried(chosen, gone)), plain(filter.NONE));
});

test("what is no choice chooses nothing", () => {
  for (const broken of [
    null,
    7,
    { only: "s99" },
    { only: "everything" },
    { only: 3 },
    { layers: { intruder: false, official: "no" } },
  ])
    assert.deepEqual(plain(filter.clean(broken, found)), plain(filter.NONE), JSON.stringify(broken));
});

test("a mark in one sentence: kind, speaker, words; a claim with how it is contested", () => {
  assert.equal(
    saying.of("q1", found),
    "Direct quote, a deckhand, Witness or person affected: “We painted over it,”",
  );
  assert.match(saying.of("q2", found), /^Direct quote, Port warden Ida Moss, Likely: Government/);
  const claim = "Contested claim. The article reports this as an accusation. hiding a crack";
  assert.equal(saying.of("c1", found), claim);
  assert.equal(saying.of("c1e0", found), claim);
  const lost = { ...found, quotes: [{ ...found.quotes[0], source: null }] };
  assert.match(saying.of("q1", lost), /^Direct quote, Speaker not found: /);
  assert.equal(saying.of("q99", found), "");
});
