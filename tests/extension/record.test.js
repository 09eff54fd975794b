// "My reading": what is kept of an article, only while the reader wants it, and what the figures say.

import assert from "node:assert/strict";
import { test } from "node:test";
import { analysis, bare, plain, storage } from "./load.js";

globalThis.onrecord = bare(["shared/taxonomy.js", "shared/palette.js", "shared/memory.js"], {
  crypto,
  TextEncoder,
});
const record = await import("../../extension/shared/record.js");

/** A browser of its own for a test. */
function browser({ on = true } = {}) {
  const local = storage(on ? { record: true } : {});
  const { get } = local;
  local.get = async (keys) => (keys === null ? structuredClone(local.stored) : get(keys));
  local.remove = async (keys) => {
    for (const key of keys) delete local.stored[key];
  };
  globalThis.chrome = { storage: { local } };
  return local.stored;
}

const MONDAY = new Date(2026, 10, 23, 12);

function read(url = "https://www.gazette.example/ferry", change = () => {}) {
  const made = analysis();
  Object.assign(made.analysis.summary, {
    words_quoted_by_type: { affected: 4, official: 5, null: 3 },
    words_quoted_by_identification: { anonymous: 4, named_person: 5, null: 3 },
  });
  const request = { url, title: "Secret ferry", language: "en", offsets: "utf-16", blocks: made.blocks };
  change(request, made.analysis);
  return [request, made.analysis];
}

test("before it is switched on nothing is kept", async () => {
  const stored = browser({ on: false });
  await record.note(...read(), MONDAY);
  assert.deepEqual(Object.keys(stored), []);
  assert.equal(await record.isOn(), false);
});

test("figures alone are kept: no word of the article, no title, no address", async () => {
  const stored = browser();
  await record.note(...read(), MONDAY);
  const [key] = Object.keys(stored).filter((one) => one !== "record");
  assert.match(key, /^record:[0-9a-f]{24}$/);
  assert.deepEqual(stored[key], {
    day: "2026-11-23",
    outlet: "gazette.example",
    length: read()[0].blocks.reduce((sum, { text }) => sum + text.length, 0),
    words: { affected: 4, official: 5, lost: 3 },
    unnamed: 4,
    contested: 1,
  });
  assert.doesNotMatch(JSON.stringify(stored), /ferry|warden|Secret|https/i);
});

test("an article counts once, on the day of its first reading, and a selection does not replace it", async () => {
  browser();
  await record.note(...read(), MONDAY);
  await record.note(...read("https://www.gazette.example/ferry#top"), new Date(2026, 10, 30));
  await record.note(
    ...read(undefined, (request, made) => {
      request.blocks = request.blocks.slice(0, 1);
      made.claims = [];
    }),
    MONDAY,
  );
  const kept = await record.entries();
  assert.deepEqual(
    kept.map(({ day, contested }) => [day, contested]),
    [["2026-11-23", 1]],
  );
});

test("what has no address counts for no outlet and is not kept", async () => {
  browser();
  for (const url of [null, "", "no address"]) await record.note(...read(url), MONDAY);
  assert.deepEqual(await record.entries(), []);
});

test("all of it is deleted at once, and the switch and everything else stay as they are", async () => {
  const stored = browser();
  stored.preferences = { tint: false };
  await record.note(...read(), MONDAY);
  await record.note(...read("https://herald.example/a"), MONDAY);
  assert.equal(await record.forget(), 2);
  assert.deepEqual(Object.keys(stored).sort(), ["preferences", "record"]);
});

test("the oldest articles make room", async () => {
  const stored = browser();
  for (let number = 0; number < 5000; number += 1)
    stored[`record:${number}`] = { day: number === 7 ? "2020-01-01" : "2026-01-01", outlet: "a.example" };
  await record.note(...read(), MONDAY);
  assert.equal(stored["record:7"], undefined);
  assert.equal((await record.entries()).length, 5000);
});

test("figures are sums of words, and articles with a contested claim, by outlet and by week", () => {
  const one = { day: "2026-11-23", outlet: "b.example", words: { official: 6 }, unnamed: 2, contested: 3 };
  const other = {
    day: "2026-11-29",
    outlet: "a.example",
    words: { official: 1, lost: 3 },
    unnamed: 0,
    contested: 0,
  };
  assert.deepEqual(plain(record.figures([one, other])), {
    articles: 2,
    words: 10,
    kinds: { official: 7, lost: 3 },
    unnamed: 2,
    contested: 1,
  });
  const outlets = record.grouped([one, other], ({ outlet }) => outlet);
  assert.deepEqual(
    outlets.map(({ name }) => name),
    ["a.example", "b.example"],
  );
  const weeks = record.grouped([one, other], ({ day }) => record.weekOf(day));
  assert.deepEqual(
    weeks.map(({ name, articles }) => [name, articles]),
    [["2026-11-23", 2]],
  );
  assert.equal(record.weekOf("2026-11-30"), "2026-11-30");
  assert.equal(
    record.csv([one], ["official", "lost"]),
    "day,week,outlet,words_official,words_lost,words_unnamed,contested_claims\r\n2026-11-23,2026-11-23,b.example,6,0,2,3\r\n",
  );
});
