// The words a reader sees are the same in the extension and on the server's pages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bare, plain, source } from "./load.js";

const { taxonomy, text } = bare(["shared/taxonomy.js"]);
const labels = source("server/onrecord/formats/labels.py");

/** One dictionary of labels.py. */
function onServer(name) {
  const body = labels.match(new RegExp(`^${name}: .* = \\{\\n([^}]*)^\\}`, "m"))?.[1];
  assert.ok(body, `labels.py has no ${name}`);
  const entries = [...body.matchAll(/^ {4}"(\w+)": "(.*)",$/gm)].map(([, id, label]) => [id, label]);
  assert.equal(entries.length, body.trim().split("\n").length, `a line of ${name} was not understood`);
  return Object.fromEntries(entries);
}

test("kinds of source have the server's labels, in the server's order", () => {
  const types = taxonomy.TYPES.map((type) => [type, taxonomy.label("type", type)]);
  assert.deepEqual(plain(types), Object.entries(onServer("TYPES")));
  assert.equal(taxonomy.label("type", "lost"), labels.match(/^NOT_FOUND = "(.*)"$/m)?.[1]);
});

for (const [name, key] of [
  ["IDENTIFICATIONS", "identification"],
  ["STATUSES", "status"],
  ["SENTENCES", "statusSentence"],
  ["CHANNELS", "channel"],
  ["REASONS", "reason"],
])
  test(`${key}: the server's words`, () => {
    const { not_stated: _, ...labelled } = onServer(name); // a channel of which nothing is said
    const own = taxonomy.FAMILIES[key].map((id) => [id, taxonomy.label(key, id)]);
    assert.deepEqual(Object.fromEntries(plain(own)), labelled);
  });

test("an id that only a newer server knows is shown as it is", () => {
  assert.equal(taxonomy.label("channel", "telepathy"), "telepathy");
});

test("what a reader is told of an anonymous source is the server's sentence", () => {
  assert.equal(text("anonymousNote"), labels.match(/^ANONYMOUS = "(.*)"$/m)?.[1]);
});

test("every way of being identified has a line, and anonymous looks like no other", () => {
  const lines = plain(taxonomy.line);
  assert.deepEqual(Object.keys(lines).sort(), [...taxonomy.FAMILIES.identification].sort());
  const alone = Object.keys(lines).filter((key) => lines[key] === lines.anonymous);
  assert.deepEqual(alone, ["anonymous"]);
});

test("every kind of source is a layer that can be switched off, and so are lost speakers and claims", () => {
  assert.deepEqual([...taxonomy.LAYERS], [...taxonomy.TYPES, "lost", "contested"]);
  assert.equal(taxonomy.TYPES.length, 10);
});

test("a reader is told when something is only likely, and never a number", () => {
  assert.equal(taxonomy.certain(0.79, "Expert"), "Likely: Expert");
  assert.equal(taxonomy.certain(0.8, "Expert"), "Expert");
});

test("a political source is a politician or an armed group, and of an older answer either", () => {
  const name = (subtype) => taxonomy.ofSource({ type: "political", subtype });
  assert.equal(name(null), labels.match(/^POLITICIAN = "(.*)"$/m)?.[1]);
  assert.equal(name("armed_group"), labels.match(/^ARMED_GROUP = "(.*)"$/m)?.[1]);
  assert.equal(name(undefined), onServer("TYPES").political);
  assert.equal(taxonomy.ofSource({ type: "official", subtype: null }), onServer("TYPES").official);
});
