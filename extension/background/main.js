// What the browser tells the background, and who deals with it. Keeps no state: the worker may end at any moment.

import "../shared/text.js";
import "../shared/taxonomy.js";
import "../shared/palette.js";
import "../shared/messages.js";
import "../shared/memory.js";
import "../shared/switches.js";
import { note } from "../shared/record.js";
import {
  isNoted,
  noteTab,
  openPanel,
  openWelcome,
  press,
  registerSites,
  setBadge,
  setButton,
  wake,
} from "./browser.js";
import { arrive, choose, forget, makeMenu } from "./menu.js";
import { begin, guide, openSample } from "./sample.js";
import { analyze, correct, ServerError } from "./server.js";

const { text } = globalThis.onrecord;
const { isMessage, isJobMessage } = globalThis.onrecord.messages;

chrome.action.onClicked.addListener((tab) => {
  if (tab.id !== undefined) void press(tab.id);
});

// Firefox for Android has neither keys nor a menu of the page
chrome.commands?.onCommand.addListener((command, tab) => {
  if (tab?.id === undefined) return;
  if (command === "open-panel") void openPanel(tab.id);
  if (command === "toggle") void press(tab.id);
});

// A page that is loaded again in a tab where the reader has pressed the button: its scripts are gone, the wish is not.
chrome.tabs.onUpdated.addListener(async (tabId, change) => {
  if (change.status !== "complete" || (await arrive(tabId)) || (await begin(tabId))) return;
  if (!(await isNoted(tabId))) return;
  try {
    await wake(tabId);
  } catch {
    await noteTab(tabId, false); // another site: the permission that the click gave has ended
  }
});

chrome.contextMenus?.onClicked.addListener((info, tab) => void choose(info, tab));
chrome.tabs.onRemoved.addListener((tabId) => {
  void noteTab(tabId, false);
  void forget(tabId);
});
chrome.permissions.onAdded.addListener(() => void registerSites());
chrome.permissions.onRemoved.addListener(() => void registerSites());
chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === "install") void openWelcome();
  void registerSites();
  void setButton();
  void makeMenu();
});
// the browser forgets both when it closes
chrome.runtime.onStartup.addListener(() => {
  void setButton();
  void makeMenu();
});
chrome.storage.onChanged.addListener((changes, area) => {
  if (area !== "local") return;
  if (changes.switches) void registerSites();
  if (changes.preferences) void setButton();
});

/** What went wrong, as a message carries it. @param {unknown} error @returns {Problem} */
const problemOf = (error) =>
  error instanceof ServerError
    ? { code: error.code, message: error.message }
    : { code: "unexpected", message: "" };

chrome.runtime.onMessage.addListener((/** @type {unknown} */ message, sender, answer) => {
  const tabId = sender.tab?.id;
  if (sender.id !== chrome.runtime.id || !isMessage(message)) return undefined;
  if (message.type === "correct") {
    correct(message.request).then(
      (analysis) => answer({ analysis }),
      (error) => answer({ problem: problemOf(error) }),
    );
    return true; // the answer comes later
  }
  if (message.type === "open-welcome") void openWelcome();
  if (message.type === "open-sample") void openSample().catch(openWelcome); // it says what is missing
  if (tabId === undefined) return undefined;
  if (message.type === "open-panel") void openPanel(tabId);
  if (message.type === "badge") {
    const count = message.sources;
    const title = message.problem
      ? text("badgeProblem")
      : message.read !== null
        ? text("badgeReading", text.share(message.read))
        : count === null
          ? text("actionTitle")
          : count === 0
            ? text("badgeNone")
            : text.count("badgeSources", count) + (message.hidden ? ` ${text("badgeHidden")}` : "");
    const shown = message.problem ? "!" : message.read !== null ? "…" : count === null ? "" : String(count);
    void setBadge(tabId, { text: shown, title, problem: message.problem });
    // a page that has gone by then needs no tour
    if (count !== null && message.read === null && !message.problem)
      void guide(tabId, sender.url).catch(() => {});
  }
  return undefined;
});

chrome.runtime.onConnect.addListener((port) => {
  if (port.name !== "job" || port.sender?.id !== chrome.runtime.id) return;
  const gone = new AbortController();
  port.onDisconnect.addListener(() => gone.abort());
  port.onMessage.addListener(async (/** @type {unknown} */ message) => {
    if (!isJobMessage(message) || message.type !== "analyze") return;
    try {
      const starting = () => port.postMessage({ type: "starting" });
      for await (const event of analyze(message.request, gone.signal, starting)) {
        port.postMessage(event);
        // figures for "My reading", if it is on; of a private window never, and a full storage is no problem of the article
        if (event.type === "done" && !port.sender?.tab?.incognito)
          await note(message.request, event.analysis).catch(() => {});
      }
    } catch (error) {
      if (gone.signal.aborted) return;
      port.postMessage({ type: "failed", problem: problemOf(error) });
    }
  });
});
