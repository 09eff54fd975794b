// The one module of the background that touches the browser's API for tabs, scripts, badges and panels.

const SCRIPTS = [
  "shared/taxonomy.js",
  "shared/palette.js",
  "shared/messages.js",
  "shared/problems.js",
  "shared/fragment.js",
  "shared/memory.js",
  "shared/switches.js",
  "vendor/readability/Readability.js",
  "content/blocks.js",
  "content/furniture.js",
  "content/readable.js",
  "content/extract.js",
  "content/anchor.js",
  "content/scheme.js",
  "content/sheets.js",
  "content/paint.js",
  "content/marks.js",
  "content/hit.js",
  "content/card.js",
  "content/notice.js",
  "content/describe.js",
  "content/watch.js",
  "content/job.js",
  "content/keys.js",
  "content/walk.js",
  "content/main.js",
];
const STYLES = ["content/paint.css"];
const WELCOME = "welcome/welcome.html";
const SITES = "always";

/** Put the content scripts into a tab; running them twice changes nothing. @param {number} tabId */
export async function inject(tabId) {
  await chrome.scripting.insertCSS({ target: { tabId, allFrames: true }, files: STYLES });
  await chrome.scripting.executeScript({ target: { tabId }, files: SCRIPTS });
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

/** Must be called while the reader's click or key press is being handled. @param {number} tabId */
export function openPanel(tabId) {
  if (chrome.sidePanel) return chrome.sidePanel.open({ tabId });
  const firefox = /** @type {{sidebarAction?: {open(): Promise<void>}}} */ (/** @type {unknown} */ (chrome));
  return firefox.sidebarAction?.open();
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

/** Run on every page of the sites that the reader has allowed, and on no other. */
export async function registerSites() {
  const { origins = [] } = await chrome.permissions.getAll();
  const matches = origins.filter((origin) => !origin.startsWith("http://127.0.0.1"));
  const known = await chrome.scripting.getRegisteredContentScripts({ ids: [SITES] });
  if (known.length > 0) await chrome.scripting.unregisterContentScripts({ ids: [SITES] });
  if (matches.length === 0) return;
  await chrome.scripting.registerContentScripts([
    {
      id: SITES,
      matches,
      js: [...SCRIPTS, "content/always.js"],
      css: STYLES,
      runAt: "document_idle",
      persistAcrossSessions: true,
    },
  ]);
}

/** @returns {Promise<{port: number, token: string}>} */
export async function connection() {
  const { port = 8377, token = "" } = /** @type {{port?: number, token?: string}} */ (
    await chrome.storage.local.get(["port", "token"])
  );
  return { port, token };
}
