// Whose orders the background follows: the extension's own, and only those that are in the list.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { i18n, storage } from "./load.js";

const OWN = "onrecord";
const heard = {};
/** An event of the browser that keeps its listener. @param {string} name */
const event = (name) => ({ addListener: (listener) => (heard[name] = listener) });

let opened = [];
let badges = [];
globalThis.chrome = {
  i18n,
  runtime: {
    id: OWN,
    getURL: (path) => `chrome-extension://us/${path}`,
    getManifest: () => ({ version: "0" }),
    onMessage: event("message"),
    onConnect: event("connect"),
    onInstalled: event("installed"),
    onStartup: event("startup"),
    sendNativeMessage: async () => {
      throw new Error("Specified native messaging host not found.");
    },
  },
  action: {
    onClicked: event("clicked"),
    setBadgeText: async (badge) => void badges.push(badge),
    setBadgeBackgroundColor: async () => {},
    setTitle: async () => {},
    setPopup: async () => {},
  },
  contextMenus: { onClicked: event("chosen"), removeAll: async () => {}, create() {} },
  commands: { onCommand: event("command") },
  tabs: {
    onUpdated: event("updated"),
    onRemoved: event("removed"),
    create: async (tab) => void opened.push(tab.url),
    query: async () => [],
  },
  permissions: { onAdded: event("added"), onRemoved: event("taken"), contains: async () => false },
  scripting: { getRegisteredContentScripts: async () => [] },
  storage: { local: storage({}), session: storage({}), onChanged: event("changed") },
};
await import("../../extension/background/main.js");

beforeEach(() => {
  opened = [];
  badges = [];
});

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const badge = { type: "badge", sources: 3, problem: false, read: null, hidden: false };

test("the extension's own orders are followed", async () => {
  heard.message({ type: "open-welcome" }, { id: OWN });
  heard.message(badge, { id: OWN, tab: { id: 1 } });
  await settled();
  assert.equal(opened.length, 1);
  assert.ok(badges.some((found) => found.tabId === 1));
});

test("orders of others, and what is no order, are not followed", async () => {
  heard.message({ type: "open-welcome" }, { id: "somebody-else" });
  heard.message({ type: "open-welcome" }, {});
  heard.message(badge, { id: "somebody-else", tab: { id: 1 } });
  for (const wrong of [
    { type: "open-welcome", url: "https://evil.example" },
    { ...badge, sources: "<b>" },
    "open-welcome",
  ])
    heard.message(wrong, { id: OWN, tab: { id: 1 } });
  await settled();
  assert.deepEqual(opened, []);
  assert.deepEqual(badges, []);
});

test("a job of somebody else is not begun", () => {
  const listened = [];
  const port = (name, sender) => ({
    name,
    sender,
    onMessage: { addListener: (listener) => listened.push(listener) },
    onDisconnect: { addListener: () => {} },
    postMessage: () => {},
  });
  heard.connect(port("job", { id: "somebody-else" }));
  heard.connect(port("job", undefined));
  heard.connect(port("other", { id: OWN }));
  assert.equal(listened.length, 0);
  heard.connect(port("job", { id: OWN }));
  assert.equal(listened.length, 1);
});
