// The one module of the background that touches the browser's API for tabs, scripts, badges and panels.

import { newInstall } from "./trust.js";

const SENSES = "content/senses.js";
const SCRIPTS = [
  "shared/text.js",
  "shared/elements.js",
  "shared/taxonomy.js",
  "shared/palette.js",
  "shared/key.js",
  "shared/messages.js",
  "shared/problems.js",
  "shared/fragment.js",
  "shared/corrections.js",
  "shared/evidence.js",
  "shared/memory.js",
  "shared/switches.js",
  "shared/filter.js",
  "shared/saying.js",
  "vendor/readability/Readability.js",
  "content/pieces.js",
  "content/slides.js",
  "content/blocks.js",
  "content/furniture.js",
  "content/readable.js",
  "content/forms.js",
  "content/extract.js",
  "content/about.js",
  "content/anchor.js",
  "content/passage.js",
  "content/scheme.js",
  "content/sheets.js",
  "content/paint.js",
  "content/marks.js",
  "content/hit.js",
  SENSES,
  "content/card.js",
  "content/notice.js",
  "content/wrong.js",
  "content/describe.js",
  "content/watch.js",
  "content/job.js",
  "content/correct.js",
  "content/announcement.js",
  "content/keys.js",
  "content/walk.js",
  "content/berth.js",
  "content/tour.js",
  "content/main.js",
];
const STYLES = ["content/paint.css"];
// What a message would do on a page that has the scripts already. It runs along with them, so that nobody waits for the
// news that they are there, and then for the message.
const TOGGLE = "content/toggle.js";
const ATTEND = "content/always.js";
const WELCOME = "welcome/welcome.html";
const PANEL = "panel/panel.html";
const POPUP = "popup/popup.html";
const SITES = "always";
const FRAMES = "always-frames";
const FIRST = "always-first";

/** Put the content scripts into a tab, and more behind them; running them twice changes nothing. @param {number} tabId @param {string[]} more */
export async function inject(tabId, ...more) {
  // neither waits for the other: a reader who has pressed the button would wait for both
  await Promise.all([
    chrome.scripting.executeScript({ target: { tabId }, files: [...SCRIPTS, ...more] }),
    chrome.scripting.insertCSS({ target: { tabId, allFrames: true }, files: STYLES }),
  ]);
}

/** @param {number} tabId @param {Message} message */
export function sendToTab(tabId, message) {
  return chrome.tabs.sendMessage(tabId, message);
}

/** @param {number} tabId @param {{text: string, title: string, problem: boolean}} badge */
export async function setBadge(tabId, { text, title, problem }) {
  await chrome.action.setBadgeText({ tabId, text });
  await chrome.action.setBadgeBackgroundColor({ tabId, color: problem ? "#bf0000" : "#1b1b1f" });
  await chrome.action.setTitle({ tabId, title });
}

export async function openWelcome() {
  await chrome.tabs.create({ url: chrome.runtime.getURL(WELCOME) });
}

/**
 * Beside the page where the browser allows it, which it does while a click or a key press is being handled; in a tab
 * of its own otherwise (Firefox opens its sidebar only from the toolbar, and on Android has none). @param {number} tabId
 */
export async function openPanel(tabId) {
  const firefox = /** @type {{sidebarAction?: {open(): Promise<void>}}} */ (/** @type {unknown} */ (chrome));
  try {
    if (chrome.sidePanel) await chrome.sidePanel.open({ tabId });
    else if (firefox.sidebarAction) await firefox.sidebarAction.open();
    else throw new Error("no sidebar");
  } catch {
    await chrome.tabs.create({ url: chrome.runtime.getURL(`${PANEL}?tab=${tabId}`) });
  }
}

/** Mark a page that has just been loaded, for whoever opened it through the extension. @param {number} tabId */
export async function switchOn(tabId) {
  await inject(tabId);
  await sendToTab(tabId, { type: "switch", on: true });
}

/** The browser keeps a page from us that the reader has opened to be marked: one press on the button allows it. @param {number} tabId */
export const askForPress = (tabId) =>
  setBadge(tabId, { text: "…", title: globalThis.onrecord.text("badgePress"), problem: false });

/** Mark the page if the switches say so; one that has no content script yet gets it. @param {number} tabId */
export async function wake(tabId) {
  try {
    await sendToTab(tabId, { type: "wake" });
  } catch {
    await inject(tabId, ATTEND);
  }
}

/** Mark the page or take its marks off; one that has no content script yet gets it. @param {number} tabId */
async function toggle(tabId) {
  const asked = globalThis.onrecord.switches.read(); // needed only if there is no script, but it takes as long to see
  try {
    return await sendToTab(tabId, { type: "toggle" });
  } catch {
    if (!(await asked).paused) return await inject(tabId, TOGGLE);
    await inject(tabId);
    await sendToTab(tabId, { type: "toggle" }); // which says that Onrecord is paused
  }
}

/** The menu can say what cannot be said on the page itself; where it cannot be opened, the button's tooltip says it. @param {number} tabId */
async function openMenu(tabId) {
  try {
    await chrome.action.setPopup({ tabId, popup: `${POPUP}#restricted` });
    await chrome.action.openPopup();
  } catch {
    // no window has the focus, or the menu is open already: the press came from it
  }
}

/** What pressing the button does. @param {number} tabId @returns {Promise<boolean>} whether the page can be marked at all */
export async function press(tabId) {
  try {
    await toggle(tabId);
    return true;
  } catch {
    await refuse(tabId);
    return false;
  } finally {
    await noteTab(tabId, true); // nobody waits for this
  }
}

/** Say that the page cannot be marked. @param {number} tabId */
export async function refuse(tabId) {
  await setBadge(tabId, {
    text: "!",
    title: globalThis.onrecord.text("badgeRestricted"),
    problem: true,
  });
  await openMenu(tabId);
}

/** Which tabs the reader has asked for; forgotten when the browser closes. @param {number} tabId @param {boolean} asked */
export async function noteTab(tabId, asked) {
  const key = `tab-${tabId}`;
  if (asked) await chrome.storage.session.set({ [key]: true });
  else await chrome.storage.session.remove(key);
}

/** @param {number} tabId */
export async function isNoted(tabId) {
  const key = `tab-${tabId}`;
  return (await chrome.storage.session.get(key))[key] === true;
}

/** Run on every page of the sites where pages are marked by themselves and that the browser allows, and on no other. */
export async function registerSites() {
  const { switches } = globalThis.onrecord;
  const { everywhere, always } = await switches.read();
  const asked = everywhere
    ? ["https://*/*", "http://*/*"]
    : always.flatMap((host) => [...switches.patterns(host, "https"), ...switches.patterns(host, "http")]);
  const matches = [];
  for (const origin of asked)
    if (await chrome.permissions.contains({ origins: [origin] })) matches.push(origin);
  const known = await chrome.scripting.getRegisteredContentScripts({ ids: [SITES, FRAMES, FIRST] });
  if (known.length > 0)
    await chrome.scripting.unregisterContentScripts({ ids: known.map((script) => script.id) });
  if (matches.length === 0) return;
  await chrome.scripting.registerContentScripts([
    {
      id: SITES,
      matches,
      js: [...SCRIPTS, ATTEND],
      runAt: "document_idle",
      persistAcrossSessions: true,
    },
    {
      id: FIRST, // before any script of the page, which could otherwise keep the pointer and the keys to itself
      matches,
      js: [SENSES],
      runAt: "document_start",
      persistAcrossSessions: true,
    },
    {
      id: FRAMES, // the rules alone: marks in a frame are painted by the rules of that frame
      matches,
      css: STYLES,
      allFrames: true,
      matchOriginAsFallback: true, // frames without an address of their own (srcdoc)
      persistAcrossSessions: true,
    },
  ]);
}

/** What the button in the toolbar does: mark at once, or open a menu. */
export async function setButton() {
  const { button } = await globalThis.onrecord.preferences.read();
  await chrome.action.setPopup({ popup: button === "menu" ? POPUP : "" });
}

const INSTALL = /^[0-9a-f]{32}$/;

/** Where the server was last, and the secret that is shared with it; it is empty where there is none yet. @returns {Promise<Connection>} */
export async function connection() {
  const {
    port = 8377,
    secret = "",
    install = "",
  } = /** @type {Partial<Connection>} */ (await chrome.storage.local.get(["port", "secret", "install"]));
  return { port, secret, install };
}

/** @param {{port: number, secret: string}} found */
export async function keep({ port, secret }) {
  await chrome.storage.local.set({ port, secret });
  await chrome.storage.local.remove("token"); // of an older version
}

/** The newsroom's server that the reader has chosen instead of the one on this computer, if any. @returns {Promise<Newsroom | null>} */
export async function newsroom() {
  const { newsroom: found } = /** @type {{newsroom?: Newsroom}} */ (
    await chrome.storage.local.get(["newsroom"])
  );
  return found ?? null;
}

/** @param {Newsroom | null} chosen null for the server on this computer */
export async function choose(chosen) {
  if (chosen === null) await chrome.storage.local.remove("newsroom");
  else await chrome.storage.local.set({ newsroom: chosen });
}

/** Whether the browser lets the extension reach a host. @param {string} pattern */
export function mayReach(pattern) {
  return chrome.permissions.contains({ origins: [pattern] });
}

/** The name of this installation, under which the server keeps its secret; made once. */
export async function install() {
  const { install: known } = await connection();
  if (INSTALL.test(known)) return known;
  const made = newInstall();
  await chrome.storage.local.set({ install: made });
  return made;
}
