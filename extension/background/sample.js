// The server's own article, opened for a reader who is new: it is marked by itself, and the first time a tour goes along.

import { askForPress, noteTab, sendToTab, switchOn } from "./browser.js";
import { samplePage } from "./server.js";

const KEY = "sample";
/**
 * The tab that the article was opened in last; forgotten when the browser closes.
 * @typedef {{tab: number, url: string, due: boolean}} Sample `due`: it is still to be marked
 */

/** @returns {Promise<Sample | undefined>} */
const noted = async () => {
  const found = /** @type {{[KEY]?: Sample}} */ (await chrome.storage.session.get(KEY));
  return found[KEY];
};

/** Open the article; throws a `ServerError` where there is no server to show it. */
export async function openSample() {
  const url = await samplePage();
  const { id: tab } = await chrome.tabs.create({ url });
  if (tab === undefined) return;
  await chrome.storage.session.set({ [KEY]: { tab, url, due: true } });
  const { status, url: at } = await chrome.tabs.get(tab);
  if (status === "complete" && at === url) await begin(tab); // before we could have been told
}

/** A tab is loaded: mark it if it is the article that was just opened. @param {number} tabId @returns {Promise<boolean>} whether it is */
export async function begin(tabId) {
  const sample = await noted();
  if (sample?.tab !== tabId || !sample.due || (await chrome.tabs.get(tabId)).url !== sample.url) return false;
  await chrome.storage.session.set({ [KEY]: { ...sample, due: false } });
  try {
    await switchOn(tabId);
    await noteTab(tabId, true);
  } catch {
    await askForPress(tabId); // the browser keeps even this host from us
  }
  return true;
}

/** A page is marked to its end: offer the tour if it is that article, and nobody has been on it. @param {number} tabId @param {string | undefined} url */
export async function guide(tabId, url) {
  const sample = await noted();
  if (sample?.tab !== tabId || url?.split("#", 1)[0] !== sample.url) return;
  if (!(await globalThis.onrecord.toured.read())) await sendToTab(tabId, { type: "tour" });
}
