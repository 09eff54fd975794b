// Firefox for Android has no keys, no menu of the page, no sidebar and no native messaging: the background starts all the same.

import assert from "node:assert/strict";
import { test } from "node:test";
import { i18n, storage } from "./load.js";

const OWN = "onrecord";
const heard = {};
/** An event of the browser that keeps its listener. @param {string} name */
const event = (name) => ({ addListener: (listener) => (heard[name] = listener) });

const opened = [];
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
  },
  action: {
    onClicked: event("clicked"),
    setBadgeText: async () => {},
    setBadgeBackgroundColor: async () => {},
    setTitle: async () => {},
    setPopup: async () => {},
  },
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
const { canStart } = await import("../../extension/background/native.js");

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test("the background hears the button, and what is installed does not fail", async () => {
  assert.equal(typeof heard.clicked, "function");
  heard.installed({ reason: "install" });
  await settled();
  assert.deepEqual(opened.splice(0), ["chrome-extension://us/welcome/welcome.html"]);
});

test("the panel is a page in a tab", async () => {
  heard.message({ type: "open-panel" }, { id: OWN, tab: { id: 7 } });
  await settled();
  assert.deepEqual(opened.splice(0), ["chrome-extension://us/panel/panel.html?tab=7"]);
});

test("no program can be started, and that is no error", async () => {
  assert.equal(await canStart(), false);
});
