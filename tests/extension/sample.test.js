// The sample article: opened, marked by itself once, and offered the tour until the reader has been on it.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { i18n, storage } from "./load.js";

const URL_OF = "http://127.0.0.1:8377/article";
const TAB = 7;
let told = [];
let injected = [];
let badges = [];
let allowed = true;
let tab = {};
const [local, session] = [storage({}), storage({})];

globalThis.chrome = {
  i18n,
  storage: { local, session },
  tabs: {
    get: async () => tab,
    sendMessage: async (id, message) => void told.push([id, message.type, message.on]),
  },
  scripting: {
    executeScript: async ({ target }) => {
      if (!allowed) throw new Error("Missing host permission for the tab");
      injected.push(target.tabId);
    },
    insertCSS: async () => {},
  },
  action: {
    setBadgeText: async ({ text }) => void badges.push(text),
    setBadgeBackgroundColor: async () => {},
    setTitle: async () => {},
  },
};
await import("../../extension/shared/text.js");
await import("../../extension/shared/taxonomy.js");
await import("../../extension/shared/memory.js");
const { begin, guide } = await import("../../extension/background/sample.js");

beforeEach(() => {
  told = [];
  injected = [];
  badges = [];
  allowed = true;
  tab = { url: URL_OF, status: "complete" };
  for (const kept of [local, session]) for (const key of Object.keys(kept.stored)) delete kept.stored[key];
  session.stored.sample = { tab: TAB, url: URL_OF, due: true };
});

test("the tab is marked when it is loaded, and not again when it is loaded again", async () => {
  assert.equal(await begin(TAB), true);
  assert.deepEqual(injected, [TAB]);
  assert.deepEqual(told, [[TAB, "switch", true]]);
  assert.equal(session.stored[`tab-${TAB}`], true, "the reader has asked for it");
  assert.equal(await begin(TAB), false);
  assert.equal(told.length, 1);
});

test("no other tab and no other page in it is marked", async () => {
  assert.equal(await begin(8), false);
  tab.url = "https://news.example/article";
  assert.equal(await begin(TAB), false);
  delete session.stored.sample;
  assert.equal(await begin(TAB), false);
  assert.deepEqual([...injected, ...told], []);
});

test("where the browser does not let the extension in, the button asks to be pressed", async () => {
  allowed = false;
  assert.equal(await begin(TAB), true);
  assert.deepEqual(badges, ["…"]);
});

test("the tour is offered on that page of that tab, until somebody has been on it", async () => {
  await guide(TAB, `${URL_OF}#:~:text=bridge`);
  assert.deepEqual(told, [[TAB, "tour", undefined]]);
  await guide(TAB, "http://127.0.0.1:8377/sample");
  await guide(TAB, "https://news.example/article");
  await guide(TAB, undefined);
  await guide(8, URL_OF);
  assert.equal(told.length, 1);
  local.stored.toured = true;
  await guide(TAB, URL_OF);
  assert.equal(told.length, 1);
});
