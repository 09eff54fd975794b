// The menu of the toolbar button, for readers who have chosen one: this article, this site, all sites.

import { openPanel, press, sendToTab } from "../background/browser.js";
import { helpButton } from "../shared/help.js";
import { drawSite } from "../shared/site.js";
import { drawStay } from "../shared/stay.js";
import { counted, unfinished } from "../shared/summary.js";

const { messages, problems, switches, text } = globalThis.onrecord;
text.fill(document);

/** @param {string} id @returns {HTMLElement} */
const at = (id) => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the menu has no #${id}`);
  return element;
};
const paused = /** @type {HTMLInputElement} */ (at("paused"));

/** The tab the menu belongs to; `?tab=` names one where the menu is opened as a page. */
const named = Number(new URLSearchParams(location.search).get("tab"));
const tab = named
  ? await chrome.tabs.get(named)
  : (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0];

const RESTRICTED = { code: "restricted_page", message: "" };

/** @param {Problem | null} problem */
const drawProblem = (problem) => {
  at("help").hidden = problem === null;
  at("toggle").hidden = problem?.code === RESTRICTED.code; // nothing can be marked there
  if (problem === null) return;
  at("said").textContent = problems.shown(problem).sentence;
  at("help").replaceChildren(
    helpButton(problem, (message) => tab?.id !== undefined && sendToTab(tab.id, message)),
  );
};
/** Whether the page is marked; null where its script is not there yet. @type {boolean | null} */
let marked = null;

/** @param {View | null} view */
const draw = (view) => {
  const on = view?.status === "shown" || view?.status === "working";
  marked = view && on;
  at("toggle").setAttribute("aria-pressed", String(on));
  at("toggle").textContent = text(on ? "marksOff" : "mark");
  at("panel").hidden = !view?.analysis;
  const state = view && unfinished(view);
  drawProblem(view?.problem ?? null);
  void drawStay(at("stay"), view?.url ?? "", view?.status === "shown");
  if (view?.status === "problem") return;
  if (state) at("said").textContent = state;
  else if (on && view?.analysis?.quotes.length === 0) at("said").textContent = text("noQuotes");
  else if (on && view?.analysis) at("said").textContent = counted(view.analysis);
  else at("said").textContent = text("menuIdle");
};

const refresh = async () => {
  /** @type {View | null} */
  let view = null;
  try {
    if (tab?.id !== undefined) view = await sendToTab(tab.id, { type: "view" });
  } catch {
    // the button was not pressed on this page yet
  }
  draw(view);
  if (location.hash === "#restricted") drawProblem(RESTRICTED);
  paused.checked = (await switches.read()).paused;
  await drawSite(at("site"), tab?.url ?? view?.url ?? "");
};

at("toggle").addEventListener("click", async () => {
  if (tab?.id === undefined) return;
  if (marked !== null) await sendToTab(tab.id, { type: "switch", on: !marked });
  else if (!(await press(tab.id))) drawProblem(RESTRICTED);
});
at("panel").addEventListener("click", () => {
  if (tab?.id !== undefined) void openPanel(tab.id).then(() => close());
});
at("options").addEventListener("click", () => void chrome.runtime.openOptionsPage());
paused.addEventListener("change", async () =>
  switches.write({ ...(await switches.read()), paused: paused.checked }),
);
chrome.runtime.onMessage.addListener((/** @type {unknown} */ message, sender) => {
  if (sender.id !== chrome.runtime.id || !messages.isMessage(message)) return;
  if (message.type === "changed" && sender.tab?.id === tab?.id) draw(message.view);
});
void refresh();
