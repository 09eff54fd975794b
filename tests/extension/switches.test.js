// Which switch wins: paused, then the article, then its site (the nearest host), then all sites.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bare, plain, storage } from "./load.js";

function open(stored = {}) {
  const local = storage(stored);
  return { ...bare(["shared/switches.js"], { URL, chrome: { storage: { local } } }), stored: local.stored };
}
const { switches } = open();
const of = (value) => switches.clean(value);

test("at first nothing is marked without being asked", async () => {
  assert.deepEqual(plain(await switches.read()), { paused: false, everywhere: false, always: [], never: [] });
  assert.deepEqual(plain(switches.decide(of({}), "gazette.example", null)), { on: false, because: "asked" });
});

test("paused beats everything", () => {
  const all = of({ paused: true, everywhere: true, always: ["gazette.example"] });
  assert.deepEqual(plain(switches.decide(all, "gazette.example", true)), { on: false, because: "paused" });
});

test("the article beats its site, and the site beats all sites", () => {
  const some = of({ everywhere: true, never: ["gazette.example"] });
  assert.deepEqual(plain(switches.decide(some, "gazette.example", true)), { on: true, because: "article" });
  assert.deepEqual(plain(switches.decide(some, "gazette.example", null)), { on: false, because: "site" });
  assert.deepEqual(plain(switches.decide(some, "other.example", null)), { on: true, because: "everywhere" });
  assert.deepEqual(plain(switches.decide(some, "other.example", false)), { on: false, because: "article" });
});

test("a rule holds for the hosts below it, and the nearest rule wins", () => {
  const some = of({ always: ["gazette.example"], never: ["games.gazette.example"] });
  assert.equal(switches.decide(some, "www.gazette.example", null).on, true);
  assert.equal(switches.decide(some, "games.gazette.example", null).on, false);
  assert.equal(switches.decide(some, "chess.games.gazette.example", null).on, false);
  assert.equal(switches.decide(some, "notgazette.example", null).because, "asked");
});

test("a site is in one list at a time, and can be taken out of both", () => {
  let now = switches.withSite(of({}), "gazette.example", true);
  assert.deepEqual(plain(now.always), ["gazette.example"]);
  now = switches.withSite(now, "gazette.example", false);
  assert.deepEqual([plain(now.always), plain(now.never)], [[], ["gazette.example"]]);
  now = switches.withSite(now, "gazette.example", null);
  assert.deepEqual([plain(now.always), plain(now.never)], [[], []]);
});

test("what is stored is only what is known, whatever stood there before", async () => {
  for (const broken of [
    null,
    7,
    [],
    { always: "x" },
    { always: [7, "UPPER.example", "a b", "", "*.example"] },
  ])
    assert.deepEqual(plain(of(broken)), { paused: false, everywhere: false, always: [], never: [] });
  const { switches: own, stored } = open();
  await own.write({ paused: true, intruder: 1, always: ["a.example", "a.example"], never: [] });
  assert.deepEqual(plain(stored.switches), {
    paused: true,
    everywhere: false,
    always: ["a.example"],
    never: [],
  });
});

test("a site asks the browser for itself and the hosts below it", () => {
  assert.deepEqual(plain(switches.patterns("gazette.example", "https")), [
    "https://gazette.example/*",
    "https://*.gazette.example/*",
  ]);
  assert.deepEqual(plain(switches.patterns("[::1]", "http")), ["http://[::1]/*"]);
  assert.deepEqual(plain(switches.patterns("127.0.0.1", "http")), ["http://127.0.0.1/*"]);
});

test("an address has a site if it is a page of the web, and www is no site of its own", () => {
  assert.deepEqual(plain(switches.siteOf("https://www.Gazette.example/ferry")), {
    host: "gazette.example",
    scheme: "https",
  });
  for (const url of ["", "about:blank", "chrome://version", "file:///tmp/a.html"])
    assert.equal(switches.siteOf(url), null);
});
