// Whether a site stays marked is asked once, in Firefox alone, and only where a reload would lose the marks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { page, storage } from "./load.js";

const URL = "https://www.gazette.example/ferry";
const local = storage({});
let asked = [];
let leave = true;
let has = false;
const chrome = {
  storage: { local },
  permissions: {
    contains: async () => has,
    request: async ({ origins }) => {
      asked.push(...origins);
      return leave;
    },
  },
};
const { document, onrecord } = page("<div id=stay hidden></div>", ["shared/switches.js"], { chrome });
Object.assign(globalThis, { chrome, document, onrecord });
const { drawStay } = await import("../../extension/shared/stay.js");
const box = document.getElementById("stay");
const settled = () => new Promise((resolve) => setTimeout(resolve, 10));

/** The question with these things kept, as a fresh panel draws it. */
async function drawn({ stored = {}, marked = true, url = URL } = {}) {
  for (const key of Object.keys(local.stored)) delete local.stored[key];
  Object.assign(local.stored, stored);
  asked = [];
  box.replaceChildren();
  await drawStay(box, url, marked);
  return box.hidden ? [] : [...box.querySelectorAll("button")];
}

test("yes asks the browser for that site alone and makes the rule", async () => {
  const [yes] = await drawn();
  assert.match(box.textContent, /gazette\.example/);
  yes.click();
  await settled();
  assert.deepEqual(asked, ["https://gazette.example/*", "https://*.gazette.example/*"]);
  assert.deepEqual([...local.stored.switches.always], ["gazette.example"]);
  assert.ok(box.hidden);
});

test("no, and declining the browser's question, are answers, and nothing is asked again", async () => {
  leave = false;
  for (const at of [0, 1]) {
    const buttons = await drawn();
    buttons[at].click();
    await settled();
    assert.equal(local.stored.switches, undefined);
    assert.deepEqual([...local.stored.stay], ["gazette.example"]);
    await drawStay(box, URL, true);
    assert.ok(box.hidden);
    await drawStay(box, "https://other.example/", true);
    assert.ok(!box.hidden);
  }
  leave = true;
});

test("nothing is asked of a page without marks, of a site with a rule, or of what is no site", async () => {
  assert.equal((await drawn()).length, 2);
  assert.equal((await drawn({ marked: false })).length, 0);
  assert.equal((await drawn({ url: "about:addons" })).length, 0);
  for (const switches of [
    { always: ["gazette.example"] },
    { never: ["gazette.example"] },
    { everywhere: true },
  ])
    assert.equal((await drawn({ stored: { switches } })).length, 0);
  has = true;
  assert.equal((await drawn()).length, 0);
  has = false;
});

test("nothing is asked in Chromium, nor in a private window", async () => {
  chrome.sidePanel = {};
  assert.equal((await drawn()).length, 0);
  delete chrome.sidePanel;
  chrome.extension = { inIncognitoContext: true };
  assert.equal((await drawn()).length, 0);
  delete chrome.extension;
  assert.equal((await drawn()).length, 2);
});
