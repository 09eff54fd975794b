// *Who is talking here?*: what each entry of the browser's menu does, and which leave is asked for and given back.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { i18n, storage } from "./load.js";

let entries = [];
let told = [];
let injected = [];
let asked = [];
let badges = [];
let opened = [];
let granted = [];
let answer = async () => true;
let reachable = () => true;
const local = storage({});
const session = storage({});
session.remove = async (key) => void delete session.stored[key];
session.get = async (key) => structuredClone(key in session.stored ? { [key]: session.stored[key] } : {});

globalThis.chrome = {
  i18n,
  contextMenus: {
    removeAll: async () => {
      entries = [];
    },
    create: (entry) => void entries.push(entry),
  },
  permissions: {
    request: ({ origins }) => {
      asked.push(...origins);
      return answer(origins);
    },
    contains: async ({ origins }) => origins.every((origin) => granted.includes(origin)),
    remove: async ({ origins }) => {
      granted = granted.filter((origin) => !origins.includes(origin));
    },
  },
  scripting: {
    executeScript: async ({ target, files }) => {
      if (!reachable(target.tabId)) throw new Error("Cannot access contents of the page");
      injected.push([target.tabId, files.at(-1)]);
    },
    insertCSS: async () => {},
  },
  tabs: {
    sendMessage: async (tabId, message) => void told.push([tabId, message]),
    create: async (made) => {
      opened.push(made);
      return { id: 7 };
    },
    get: async () => ({ id: 7, status: "loading" }),
  },
  action: {
    setBadgeText: async ({ text }) => void badges.push(text),
    setBadgeBackgroundColor: async () => {},
    setTitle: async () => {},
    setPopup: async () => {},
    openPopup: async () => {},
  },
  storage: { local, session },
};
for (const name of ["text", "taxonomy", "memory", "switches"])
  await import(`../../extension/shared/${name}.js`);
const { arrive, choose, makeMenu } = await import("../../extension/background/menu.js");

const TAB = { id: 3, index: 1 };
const LINK = "https://www.gazette.example/ferry?page=2";
const ORIGIN = "https://www.gazette.example/*";
const chosen = (menuItemId, more = {}) => choose({ menuItemId, ...more }, TAB);

beforeEach(() => {
  [told, injected, asked, badges, opened, granted] = [[], [], [], [], [], []];
  answer = async (origins) => {
    granted.push(...origins);
    return true;
  };
  reachable = () => true;
  for (const kept of [local, session]) for (const key of Object.keys(kept.stored)) delete kept.stored[key];
});

test("a page, a selection and a link have one entry each, on pages of the web", async () => {
  await makeMenu();
  await makeMenu();
  assert.deepEqual(
    entries.map(({ contexts, title }) => [contexts[0], title]),
    [
      ["page", "Who is talking here?"],
      ["selection", "Who is talking in this text?"],
      ["link", "Open and see who is talking"],
    ],
  );
  assert.deepEqual(entries[2].targetUrlPatterns, ["https://*/*", "http://*/*"]);
});

test("the entry of a page marks it, and that of a selection reads what is selected; neither asks for more", async () => {
  await chosen("who-page");
  await chosen("who-selection");
  assert.deepEqual(told, [
    [3, { type: "switch", on: true }],
    [3, { type: "analyze-selection" }],
  ]);
  assert.deepEqual(asked, []);
});

test("while Onrecord is paused the page is left to say so", async () => {
  local.stored.switches = { paused: true };
  await chosen("who-selection");
  assert.deepEqual(told, [[3, { type: "switch", on: true }]]);
});

test("a page that no extension may read says so", async () => {
  reachable = () => false;
  await chosen("who-page");
  assert.deepEqual(badges, ["!"]);
});

test("a link is opened beside the page, read when it is there, and the leave is given back", async () => {
  await chosen("who-link", { linkUrl: LINK });
  assert.deepEqual(asked, [ORIGIN]);
  assert.deepEqual(opened, [{ url: LINK, index: 2, openerTabId: 3 }]);
  assert.deepEqual(told, []);
  assert.equal(await arrive(8), false, "another tab");
  assert.equal(await arrive(7), true);
  assert.deepEqual(told, [[7, { type: "switch", on: true }]]);
  assert.deepEqual(granted, []);
  assert.equal(await arrive(7), false, "when it is loaded again it is a page like any other");
});

test("the leave of a site that is always marked is kept", async () => {
  local.stored.switches = { always: ["gazette.example"] };
  await chosen("who-link", { linkUrl: LINK });
  await arrive(7);
  assert.deepEqual(granted, [ORIGIN]);
});

test("who declines has the page and the button on it, and nothing is read", async () => {
  answer = async () => false;
  await chosen("who-link", { linkUrl: LINK });
  await arrive(7);
  assert.equal(opened.length, 1);
  assert.deepEqual([injected, told, badges], [[], [], ["…"]]);
});

test("a link that leads on to another site is not read", async () => {
  await chosen("who-link", { linkUrl: LINK });
  reachable = (tabId) => tabId !== 7;
  await arrive(7);
  assert.deepEqual([told, badges, granted], [[], ["…"], []]);
});

test("what is no page of the web is not opened", async () => {
  for (const linkUrl of ["javascript:alert(1)", "mailto:a@gazette.example", "chrome://version"])
    await chosen("who-link", { linkUrl });
  assert.deepEqual([asked, opened], [[], []]);
});
