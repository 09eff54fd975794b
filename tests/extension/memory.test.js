// What is remembered between visits, and how little of it says what somebody reads.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bare, plain, storage } from "./load.js";

const SCRIPTS = ["shared/taxonomy.js", "shared/memory.js"];
const ADDRESS = "https://gazette.example/ferry?page=2";

function open(stored = {}, globals = {}) {
  const local = storage(stored);
  const onrecord = bare(SCRIPTS, { chrome: { storage: { local } }, crypto, TextEncoder, ...globals });
  return { ...onrecord, stored: local.stored };
}

test("at first every layer is shown, and the tint too", async () => {
  const { preferences, taxonomy } = open();
  const read = plain(await preferences.read());
  assert.deepEqual(Object.keys(read.layers), [...taxonomy.LAYERS]);
  assert.ok(Object.values(read.layers).every(Boolean));
  assert.equal(read.tint, true);
  assert.deepEqual(read, plain(preferences.DEFAULTS));
});

test("a layer that was switched off stays off", async () => {
  const { preferences } = open();
  const before = plain(await preferences.read());
  await preferences.write({ ...before, layers: { ...before.layers, expert: false }, tint: false });
  const after = plain(await preferences.read());
  assert.equal(after.layers.expert, false);
  assert.equal(after.layers.official, true);
  assert.equal(after.tint, false);
});

test("what is stored is only what is known, whatever stood there before", async () => {
  for (const broken of [
    null,
    7,
    "x",
    [],
    { layers: null },
    { layers: "official" },
    { layers: { official: 0 } },
  ]) {
    const { preferences } = open({ preferences: broken });
    assert.deepEqual(plain(await preferences.read()), plain(preferences.DEFAULTS), JSON.stringify(broken));
  }
  const { preferences, stored } = open();
  await preferences.write({ layers: { intruder: true, media: false }, tint: true, name: "x" });
  assert.deepEqual(Object.keys(stored.preferences).sort(), [
    "button",
    "colours",
    "keys",
    "layers",
    "order",
    "print",
    "tint",
  ]);
  assert.equal(stored.preferences.layers.intruder, undefined);
  assert.equal(stored.preferences.layers.media, false);
});

test("an article nobody has decided about is neither on nor off", async () => {
  assert.equal(await open().remembered.get(ADDRESS), null);
});

test("an article is remembered as on or off, and the last word counts", async () => {
  const { remembered } = open();
  await remembered.set(ADDRESS, true);
  assert.equal(await remembered.get(ADDRESS), true);
  await remembered.set(ADDRESS, false);
  assert.equal(await remembered.get(ADDRESS), false);
  assert.equal(await remembered.get("https://gazette.example/other"), null);
});

test("a jump within the page is the same article, another query is another", async () => {
  const { remembered } = open();
  await remembered.set(`${ADDRESS}#comments`, true);
  assert.equal(await remembered.get(ADDRESS), true);
  assert.equal(await remembered.get("https://gazette.example/ferry?page=3"), null);
});

for (const [name, globals] of [
  ["with a secure context", {}],
  ["without a secure context", { crypto: undefined }],
])
  test(`${name} the store says nothing of the address`, async () => {
    const { remembered, stored } = open({}, globals);
    await remembered.set(ADDRESS, true);
    assert.equal(await remembered.get(ADDRESS), true);
    assert.equal(await remembered.get(`${ADDRESS}0`), null);
    assert.doesNotMatch(JSON.stringify(stored), /gazette|ferry|http/);
    assert.match(Object.keys(stored.articles)[0], /^[0-9a-f]{12,24}$/);
  });

test("of very many articles the latest five hundred are kept", async () => {
  const { remembered, stored } = open();
  for (let at = 0; at < 505; at += 1) {
    await remembered.set(`https://gazette.example/${at}`, true);
    if (at === 499) await remembered.set("https://gazette.example/0", false); // looked at again
  }
  assert.equal(Object.keys(stored.articles).length, 500);
  assert.equal(await remembered.get("https://gazette.example/504"), true);
  assert.equal(await remembered.get("https://gazette.example/1"), null);
  assert.equal(
    await remembered.get("https://gazette.example/0"),
    false,
    "used again, so it is one of the latest",
  );
});
