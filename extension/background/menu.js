// *Who is talking here?* in the browser's own menu: of a page, of a selection, and of a link, which is opened and read.

import { giveBack } from "../shared/site.js";
import { askForPress, inject, noteTab, refuse, sendToTab, switchOn } from "./browser.js";

const { switches, text } = globalThis.onrecord;

const PAGE = "who-page";
const SELECTION = "who-selection";
const LINK = "who-link";
const WEB = ["https://*/*", "http://*/*"];

/** Made when the extension is installed and when the browser starts: not every browser keeps it in between. */
export async function makeMenu() {
  if (!chrome.contextMenus) return;
  await chrome.contextMenus.removeAll();
  const everywhere = { documentUrlPatterns: [...WEB, "file:///*"] };
  chrome.contextMenus.create({ id: PAGE, title: text("menuPage"), contexts: ["page"], ...everywhere });
  chrome.contextMenus.create({
    id: SELECTION,
    title: text("menuSelection"),
    contexts: ["selection"],
    ...everywhere,
  });
  chrome.contextMenus.create({
    id: LINK,
    title: text("menuLink"),
    contexts: ["link"],
    targetUrlPatterns: WEB,
  });
}

/** Mark the page, or what is selected on it; what is marked stays so. @param {number} tabId @param {boolean} selection */
async function show(tabId, selection) {
  try {
    const { paused } = await switches.read();
    await inject(tabId);
    // while Onrecord is paused the page says so, and offers to go on
    await sendToTab(
      tabId,
      selection && !paused ? { type: "analyze-selection" } : { type: "switch", on: true },
    );
    await noteTab(tabId, true);
  } catch {
    await refuse(tabId);
  }
}

/** @param {number} tabId */
const key = (tabId) => `link-${tabId}`;

/**
 * Open a link in a tab beside this one, to be read when it is there. The click on the menu lets us read the page that it
 * was made on and no other, so the browser asks for the site of the link; what was given is given back when it is read.
 * @param {string} url @param {chrome.tabs.Tab} from
 */
async function openLink(url, from) {
  const site = switches.siteOf(url);
  if (site === null) return;
  const origins = [`${site.scheme}://${new URL(url).hostname}/*`];
  // before anything is waited for: the browser lets us ask only while the click is being handled
  const allowed = await chrome.permissions
    .request({ origins })
    .catch(() => chrome.permissions.contains({ origins }));
  const tab = await chrome.tabs.create({ url, index: from.index + 1, openerTabId: from.id });
  if (tab.id === undefined) return;
  await chrome.storage.session.set({ [key(tab.id)]: allowed ? origins : [] });
  const { status, url: at } = await chrome.tabs.get(tab.id);
  if (status === "complete" && at !== "about:blank") await arrive(tab.id); // before we could have been told
}

/** A tab is loaded: read it if it was opened to be read. @param {number} tabId @returns {Promise<boolean>} whether it was */
export async function arrive(tabId) {
  const found = await chrome.storage.session.get(key(tabId));
  const origins = /** @type {string[] | undefined} */ (found[key(tabId)]);
  if (origins === undefined) return false;
  await forget(tabId);
  try {
    if (origins.length === 0) throw new Error("not allowed");
    await switchOn(tabId);
  } catch {
    await askForPress(tabId); // refused, or the link has led to another site
  }
  await returned(origins);
  return true;
}

/** @param {number} tabId */
export async function forget(tabId) {
  await chrome.storage.session.remove(key(tabId));
}

/** What the reader has not allowed for good is not kept. @param {string[]} origins */
async function returned(origins) {
  const current = await switches.read();
  for (const origin of origins)
    if (!current.everywhere && !switches.rule(current, new URL(origin.slice(0, -1)).hostname)?.on)
      await giveBack([origin]);
}

/** @param {chrome.contextMenus.OnClickData} info @param {chrome.tabs.Tab | undefined} tab */
export async function choose(info, tab) {
  if (tab?.id === undefined || tab.id < 0) return;
  if (info.menuItemId === LINK && info.linkUrl) await openLink(info.linkUrl, tab);
  else if (info.menuItemId === PAGE || info.menuItemId === SELECTION)
    await show(tab.id, info.menuItemId === SELECTION);
}
