// The side panel: the marks as a list that every reader can use, also without seeing the page.

import { helpButton } from "../shared/help.js";
import { drawSite } from "../shared/site.js";
import { drawStay } from "../shared/stay.js";
import { unfinished } from "../shared/summary.js";
import { drawClaims, drawFactchecks } from "./claims.js";
import { drawCorrections } from "./corrections.js";
import { exports } from "./exports.js";
import { drawFilter, everything, keepForAll, keepTint } from "./filters.js";
import { drawLead } from "./lead.js";
import { below, menu } from "./menu.js";
import { copyPicture } from "./picture.js";
import { rove } from "./rove.js";
import { drawSources, search } from "./sources.js";

const { filter, key, palette, messages, problems, preferences, saying, text } = globalThis.onrecord;
const { make, button, words } = globalThis.onrecord.elements;
text.fill(document);

/** @param {string} id @returns {HTMLElement} */
const at = (id) => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the panel has no #${id}`);
  return element;
};

/** @param {string} id */
const box = (id) => /** @type {HTMLInputElement} */ (at(id));

/** The tab the panel stands beside; `?tab=` names one where the panel is opened as a page. */
const named = Number(new URLSearchParams(location.search).get("tab"));

/** @returns {Promise<number | undefined>} */
const tabId = async () => {
  if (named) return named;
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  return tab?.id;
};

/** @param {Message} message */
const send = async (message) => {
  const id = await tabId();
  if (id === undefined) return undefined;
  try {
    return await chrome.tabs.sendMessage(id, message);
  } catch {
    return undefined; // the page has no content script: the button was not pressed there yet
  }
};

const scheme = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
const colours = () => palette[scheme()];

/** What only a screen reader is told. @param {string} said */
const told = (said) => {
  at("told").textContent = said;
};

/** @type {View | null} */
let view = null;
let chosen = preferences.DEFAULTS;

const isOn = () => view?.status === "shown" || view?.status === "working";

/** What is a live region is written only where it changes: it would be read out again. @param {string} id @param {string} words */
const write = (id, words) => {
  if (at(id).textContent !== words) at(id).textContent = words;
};

/**
 * To a mark on the page. Who presses a key goes along to its card, as far as the browser lets a page take the focus; a
 * panel in a tab of its own gives way to the page. @param {string} id @param {MouseEvent} event
 */
const go = async (id, event) => {
  const byKey = event.detail === 0;
  await send({ type: "jump", id, focus: byKey });
  if (view?.analysis)
    told(text(byKey && !named ? "shownBeside" : "shownOnPage", saying.of(id, view.analysis)));
  if (named) await chrome.tabs.update(named, { active: true });
};

/** @param {Filter} chosen */
const choose = (chosen) => void send({ type: "filter", filter: chosen });

/** @type {import("./statements.js").Acts} */
const acts = {
  go,
  send,
  open: menu(at("menu"), told).open,
  picture: async (id) => {
    if (view) at("saved").textContent = await copyPicture(view, id, chosen);
    return null;
  },
};

/** Draw something and leave the focus where it was. @param {() => void} drawing */
const keepingFocus = (drawing) => {
  const held = /** @type {HTMLElement | null} */ (document.activeElement);
  const { focus } = held?.dataset ?? {};
  const id = held?.id;
  drawing();
  if (held?.isConnected) return;
  const again = focus ? document.querySelector(`[data-focus="${CSS.escape(focus)}"]`) : null;
  /** @type {HTMLElement | null} */ (again ?? (id ? document.getElementById(id) : null))?.focus();
};

const LISTS = ["filter", "claims", "sources", "factchecks", "corrections", "lost"];
/** Those that have something in them. */
let lists = /** @type {string[]} */ ([]);

/** What the lists were last drawn from: a page that goes on changing says much that is no news to them. */
let drawn = "";

/** @param {View} shown @param {WireAnalysis} analysis */
const drawLists = (shown, analysis) => {
  const look = { chosen, colours: colours() };
  const now = JSON.stringify([shown.url, analysis, shown.lost, shown.filter, look]);
  if (now === drawn) {
    for (const id of lists) at(id).hidden = false;
    return;
  }
  keepingFocus(() => {
    drawFilter(shown, analysis, look, choose);
    drawClaims(at("claims"), shown, analysis, look.colours.contested ?? "", acts);
    drawSources(at("sources"), shown, analysis, look, acts);
    drawFactchecks(at("factchecks"), analysis, acts);
    drawLost(shown);
    drawCorrections(at("corrections"), analysis, send);
    seek();
  });
  lists = LISTS.filter((id) => !at(id).hidden);
  drawn = now;
};

const seek = () => {
  const asked = box("search").value.trim();
  const found = search(asked);
  write("found", asked === "" ? "" : text.count("found", found));
};

at("key").setAttribute("aria-label", text("keyTitle"));

// Drawn when it is opened, and not again with the panel: what has the focus in it would be lost.
at("key").addEventListener("beforetoggle", (event) => {
  if (event.newState !== "open" || !view?.analysis) return;
  const close = button(text("close"), () => at("key").hidePopover());
  const shown = filter.preferences(view.filter, chosen, view.analysis);
  at("key").replaceChildren(key.draw(view.analysis, scheme(), shown), make("p", "", close));
});

/** @param {View} shown */
const drawLost = (shown) => {
  const list = at("lost").querySelector(".list");
  const entries = [
    ...(shown.analysis?.quotes ?? []),
    ...(shown.analysis?.claims ?? []),
    ...(shown.analysis?.factchecks ?? []),
  ].filter(({ id }) => shown.lost.includes(id));
  list?.replaceChildren(...entries.map((entry) => make("li", "", saying.excerpt(words(entry.content)))));
  at("lost").hidden = entries.length === 0;
};

/** @param {Problem} problem */
const drawProblem = (problem) => {
  const box = at("problem");
  box.replaceChildren(problems.shown(problem).sentence, " ", helpButton(problem, send));
  box.hidden = false;
};

/** A format that was asked for before the article was read to its end. */
let awaited = "";

const bar = /** @type {HTMLProgressElement} */ (at("progress"));
bar.setAttribute("aria-label", text("reading"));

/** What was saved, or why not. @param {string} sentence */
const said = (sentence) => {
  at("saved").textContent = sentence;
  awaited = "";
};

const draw = async () => {
  chosen = await preferences.read();
  box("order").value = chosen.order;
  const toggle = at("toggle");
  const on = isOn();
  toggle.setAttribute("aria-pressed", String(on));
  toggle.textContent = text(on ? "marksOn" : "mark");
  at("problem").hidden = true;
  at("changed").hidden = !view?.changed;
  bar.hidden = true;
  for (const id of [...LISTS, "voice", "newsroom", "key-button", "save-button"]) at(id).hidden = true;
  if (view === null || view.status === "idle") return write("summary", text("panelIdle"));
  if (view.problem) drawProblem(view.problem);
  if (view.status === "problem") return write("summary", "");
  bar.value = view.read;
  bar.hidden = !view.reading || view.whole;
  if (!view.analysis || view.status === "working")
    return write("summary", unfinished(view) ?? text("reading"));
  drawLead(at("summary"), at("voice"), view, { chosen, colours: colours() }, send);
  drawLists(view, view.analysis);
  at("key-button").hidden = false;
  at("newsroom").hidden = !view.newsroom;
  at("save-button").hidden = false;
};

const refresh = async () => {
  view = /** @type {View | null} */ ((await send({ type: "view" })) ?? null);
  await draw();
  await drawAlways();
};

const drawAlways = async () => {
  await drawSite(at("site"), view?.url ?? "");
  await drawStay(at("stay"), view?.url ?? "", view?.status === "shown");
  const said = [...at("site").querySelectorAll("label, option:checked")].map(
    ({ textContent }) => textContent,
  );
  at("where-title").textContent = at("site").hidden ? text("optionsWhere") : text("whereNow", ...said);
};

at("again").addEventListener("click", () => send({ type: "retry" }));

/** Show which entry the reader points at on the page; where it is folded away, whose it is. @param {string} id */
const point = (id) => {
  for (const old of document.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
  const source = view?.analysis?.quotes.find((quote) => quote.id === id)?.source ?? "lost";
  const found = document.querySelector(`button[data-id="${id.replace(/e\d+$/, "")}"]`);
  const entry = found?.checkVisibility()
    ? found
    : id.startsWith("q")
      ? document.querySelector(`[data-source="${source}"]`)
      : null;
  entry?.setAttribute("aria-current", "true");
  entry?.scrollIntoView({ block: "nearest" });
};

for (const [value, name] of /** @type {const} */ ([
  ["weight", text("order_weight")],
  ["place", text("order_place")],
  ["kind", text("order_kind")],
]))
  at("order").append(new Option(name, value));
at("order").setAttribute("aria-label", text("order"));
at("order").addEventListener("change", async () => {
  const order = /** @type {Preferences["order"]} */ (box("order").value);
  await preferences.write({ ...(await preferences.read()), order });
});
box("search").placeholder = text("searchSources");
at("search").setAttribute("aria-label", text("searchSources"));
at("search").addEventListener("input", seek);
at("show-all").addEventListener("click", () => {
  choose(everything(chosen));
  at("only").querySelector("input")?.focus(); // the button goes with what it has undone
});
at("keep-all").addEventListener("click", async () => {
  if (view === null) return;
  await keepForAll(view.filter);
  choose({ ...view.filter, layers: {} });
  told(text("keptForAll"));
});
at("layer-tint").addEventListener("change", () => keepTint(box("layer-tint").checked));
rove(/** @type {HTMLElement} */ (at("claims").querySelector(".list")));

at("toggle").addEventListener("click", async () => {
  if (view === null) at("summary").textContent = text("panelPress");
  else await send({ type: "switch", on: !isOn() });
});

at("export").addEventListener("click", async (event) => {
  const format = /** @type {HTMLElement} */ (event.target).dataset.format;
  if (format) await keep(format);
});

at("export").addEventListener("toggle", (event) => {
  if (/** @type {ToggleEvent} */ (event).newState === "open") below(at("export"), at("save-button"));
});

/** Save what there is; while the article is being read, as soon as it is. @param {string} format */
const keep = async (format) => {
  const shown = view;
  if (!shown?.analysis) return;
  awaited = shown.reading ? format : "";
  if (awaited) {
    at("saved").textContent = text("savedWaits", text.share(shown.whole ? 0 : shown.read));
    return;
  }
  const report = format === "report";
  at("saved").textContent = text(report ? "panelReportMaking" : "savedMaking");
  const problem = await exports(format, shown);
  const part = format === "json" && !shown.whole;
  at("saved").textContent = problem
    ? problems.shown(problem).sentence
    : part
      ? text("savedPart", text.share(shown.read))
      : text(report ? "panelReportMade" : "saved");
};

chrome.runtime.onMessage.addListener((/** @type {unknown} */ message, sender) => {
  if (sender.id !== chrome.runtime.id || !messages.isMessage(message)) return;
  if (message.type !== "changed" && message.type !== "pointed") return;
  void tabId().then((id) => {
    if (sender.tab?.id !== id) return;
    if (message.type === "pointed") return point(message.id);
    if (message.view.url !== view?.url) said("");
    view = message.view;
    void draw();
    void drawAlways();
    if (!awaited) return;
    if (view.status === "shown") void keep(awaited);
    else said(""); // the marks were taken off: there is nothing to wait for
  });
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => void draw());
chrome.storage.onChanged.addListener((changes, area) => {
  if (area !== "local") return;
  if (changes.preferences) void draw();
  if (changes.switches) void drawAlways();
});
chrome.tabs.onActivated?.addListener(() => void refresh());
chrome.tabs.onUpdated?.addListener((_, change) => {
  if (change.status === "complete") void refresh();
});
void refresh();
// While the page answers, the browser makes what it needs once for numbers and lists: the first drawing would wait for it.
text.list([text.share(1), text.count("quotes", 1)]);
