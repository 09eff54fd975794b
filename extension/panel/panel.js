// The side panel: the marks as a list that every reader can use, also without seeing the page.

import { helpButton } from "../shared/help.js";
import { drawSite } from "../shared/site.js";
import { counted, unfinished } from "../shared/summary.js";
import { drawCorrections } from "./corrections.js";
import { exports } from "./exports.js";
import { drawVoice } from "./voice.js";

const { evidence, key, taxonomy, palette, messages, problems, preferences, text } = globalThis.onrecord;
const { make, button, words, whyNotNamed, link } = globalThis.onrecord.elements;
text.fill(document);
const LONGEST_EXCERPT = 160; // characters of a statement shown in a list

/** @param {string} id @returns {HTMLElement} */
const at = (id) => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the panel has no #${id}`);
  return element;
};

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

/** @param {string} said */
const excerpt = (said) =>
  said.length > LONGEST_EXCERPT ? `${said.slice(0, LONGEST_EXCERPT).trimEnd()} …` : said;

/** @param {string} said @param {string} id */
const jump = (said, id) => {
  const element = button(excerpt(said), () => send({ type: "jump", id }), "plain");
  element.dataset.id = id;
  return element;
};

const COPIED = 1500; // milliseconds for which the button says that the link was copied

/** A statement of a list: the way to it on the page, and a link to it for others. @param {WireQuote} quote */
const statement = (quote) => {
  const said = words(quote.content);
  const copy = button(
    text("copyLink"),
    async () => {
      const address = await send({ type: "link", id: quote.id });
      if (typeof address !== "string") return;
      await navigator.clipboard.writeText(address);
      copy.textContent = text("copied");
      setTimeout(() => {
        copy.textContent = text("copyLink");
      }, COPIED);
    },
    "copy",
  );
  copy.setAttribute("aria-label", text("copyLinkTo", excerpt(said)));
  return make("li", "statement", jump(said, quote.id), copy);
};

/** @type {View | null} */
let view = null;
let chosen = preferences.DEFAULTS;

const isOn = () => view?.status === "shown" || view?.status === "working";

/** @param {WireAnalysis} analysis */
const drawSummary = (analysis) => {
  const state = view && unfinished(view);
  if (state) {
    at("summary").textContent = state;
    return;
  }
  if (analysis.quotes.length === 0) {
    const claims = analysis.claims.length;
    const said = claims > 0 ? [text("noQuotes"), text.count("noQuotesClaims", claims)] : [text("noQuotes")];
    const select = button(text("action_analyze_selection"), () => send({ type: "analyze-selection" }));
    at("summary").replaceChildren(said.join(" "), " ", select);
    return;
  }
  const { by_type, speaker_not_found, single_source } = analysis.summary;
  const top = taxonomy.TYPES.filter((type) => by_type[type]).sort(
    (a, b) => (by_type[b] ?? 0) - (by_type[a] ?? 0),
  )[0];
  const said = [counted(analysis)];
  if (top) said.push(text("summaryLargest", taxonomy.label("type", top), by_type[top] ?? 0));
  if (single_source) said.push(text("summarySingle"));
  if (speaker_not_found > 0) said.push(text.count("summaryLost", speaker_not_found));
  at("summary").textContent = said.join(" ");
  drawVoice(at("voice"), analysis, chosen, colours());
};

/** @param {WireAnalysis} analysis */
const drawFilters = async (analysis) => {
  const current = await preferences.read();
  const box = at("filters");
  const focused = document.activeElement?.id;
  box.replaceChildren(make("legend", "", text("show")));
  const counts = /** @type {Record<string, number>} */ ({
    ...analysis.summary.by_type,
    lost: analysis.summary.speaker_not_found,
    contested: analysis.summary.claims,
  });
  for (const layer of taxonomy.LAYERS) {
    if (!counts[layer]) continue;
    const input = document.createElement("input");
    input.type = "checkbox";
    input.id = `layer-${layer}`;
    input.checked = current.layers[layer] !== false;
    input.addEventListener("change", async () => {
      const latest = await preferences.read();
      await preferences.write({ ...latest, layers: { ...latest.layers, [layer]: input.checked } });
    });
    const line = make(
      "span",
      `line ${layer === "document" || layer === "contested" || layer === "lost" ? layer : ""}`,
      layer === "contested" ? "\u2003\u2003" : "",
    );
    // of three colours none belongs to one kind
    line.style.borderColor =
      chosen.colours === "three" && layer !== "contested" ? "" : (colours()[layer] ?? "transparent");
    line.style.textDecorationColor = colours().contested ?? "";
    box.append(
      make("label", "", input, line, taxonomy.label("type", layer), make("b", "", String(counts[layer]))),
    );
  }
  const tint = document.createElement("input");
  tint.type = "checkbox";
  tint.id = "layer-tint";
  tint.checked = current.tint;
  tint.addEventListener("change", async () =>
    preferences.write({ ...(await preferences.read()), tint: tint.checked }),
  );
  box.append(make("label", "", tint, text("tint")));
  box.hidden = false;
  if (focused) document.getElementById(focused)?.focus();
};

/** @param {string} type @param {number} count */
const heading = (type, count) => make("h3", "", text("panelCount", taxonomy.label("type", type), count));

/** @param {WireAnalysis} analysis */
const drawSources = (analysis) => {
  const list = at("sources").querySelector(".list");
  list?.replaceChildren();
  for (const type of taxonomy.TYPES) {
    const own = analysis.sources.filter((source) => source.type === type);
    if (own.length === 0) continue;
    list?.append(heading(type, own.length));
    for (const source of own) {
      const quotes = analysis.quotes.filter((quote) => quote.source === source.id);
      const entry = make("div", "source");
      const hue = palette.hue(source, chosen);
      entry.style.borderColor = colours()[hue] ?? "";
      const line = make("span", `line ${taxonomy.line[source.identification]}`);
      line.style.borderColor = colours()[hue] ?? "";
      entry.append(
        make("div", "name", source.label),
        make("p", "quiet", line, ` ${taxonomy.label("identification", source.identification)}`),
      );
      if (source.anonymity) {
        const opinion = source.anonymity.opinion ? [" ", text("opinion")] : [];
        entry.append(make("p", "", ...whyNotNamed(source.anonymity), ...opinion));
      } else {
        const telling = evidence.ofSource(source);
        if (telling) entry.append(make("p", "quiet", ...text.nodes("articleSays", telling)));
      }
      const said = make("ul", "");
      for (const quote of quotes) said.append(statement(quote));
      entry.append(said);
      list?.append(entry);
    }
  }
  const unknown = analysis.quotes.filter((quote) => quote.source === null);
  if (unknown.length > 0) {
    list?.append(heading("lost", unknown.length));
    const said = make("ul", "");
    for (const quote of unknown) said.append(statement(quote));
    list?.append(said);
  }
  at("sources").hidden = analysis.quotes.length === 0;
};

/** @param {WireAnalysis} analysis */
const drawClaims = (analysis) => {
  const list = at("claims").querySelector(".list");
  list?.replaceChildren();
  for (const claim of analysis.claims) {
    const also = text.list(claim.also.map((one) => taxonomy.label("status", one)));
    const by = analysis.sources.find((source) => source.id === claim.by);
    const contesting = claim.evidence.flatMap((span, number) => [
      number ? " … " : "",
      jump(`“${span.text}”`, `${claim.id}e${number}`),
    ]);
    list?.append(
      make(
        "li",
        "",
        make("b", "", taxonomy.label("statusSentence", claim.status)),
        make("div", "", jump(words(claim.content), claim.id)),
        also ? make("p", "", text("also", also)) : "",
        make(
          "p",
          "quiet",
          ...(by
            ? text.nodes("articleWordsBy", contesting, by.label)
            : text.nodes("articleWords", contesting)),
        ),
      ),
    );
  }
  at("claims").hidden = analysis.claims.length === 0;
};

/** @param {WireAnalysis} analysis */
const drawFactchecks = (analysis) => {
  const checks = analysis.factchecks ?? [];
  at("factchecks")
    .querySelector(".list")
    ?.replaceChildren(
      ...checks.map((check) =>
        make(
          "li",
          "",
          make("b", "", ...text.nodes("factcheckRating", check.publisher, make("q", "", check.rating))),
          make("div", "", jump(words(check.content), check.id)),
          make(
            "p",
            "quiet",
            ...text.nodes("factcheckReviewed", make("q", "", check.reviewed), check.date ?? ""),
          ),
          link(check.url, text("factcheckRead")) ?? "",
        ),
      ),
    );
  at("factchecks").hidden = checks.length === 0;
};

at("key").setAttribute("aria-label", text("keyTitle"));

// Drawn when it is opened, and not again with the panel: what has the focus in it would be lost.
at("key").addEventListener("beforetoggle", (event) => {
  if (event.newState !== "open" || !view?.analysis) return;
  const close = button(text("close"), () => at("key").hidePopover());
  at("key").replaceChildren(key.draw(view.analysis, scheme(), chosen), make("p", "", close));
});

/** @param {View} shown */
const drawLost = (shown) => {
  const list = at("lost").querySelector(".list");
  const entries = [
    ...(shown.analysis?.quotes ?? []),
    ...(shown.analysis?.claims ?? []),
    ...(shown.analysis?.factchecks ?? []),
  ].filter(({ id }) => shown.lost.includes(id));
  list?.replaceChildren(...entries.map((entry) => make("li", "", excerpt(words(entry.content)))));
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
  const toggle = at("toggle");
  const on = isOn();
  toggle.setAttribute("aria-pressed", String(on));
  toggle.textContent = text(on ? "marksOn" : "mark");
  at("problem").hidden = true;
  at("changed").hidden = !view?.changed;
  bar.hidden = true;
  for (const id of [
    "sources",
    "claims",
    "factchecks",
    "corrections",
    "lost",
    "export",
    "filters",
    "voice",
    "key-button",
  ])
    at(id).hidden = true;
  at("summary").textContent = "";
  if (view === null || view.status === "idle") {
    at("summary").textContent = text("panelIdle");
    return;
  }
  if (view.problem) drawProblem(view.problem);
  if (view.status === "problem") return;
  bar.value = view.read;
  bar.hidden = !view.reading || view.whole;
  if (!view.analysis || view.status === "working") {
    at("summary").textContent = unfinished(view) ?? text("reading");
    return;
  }
  drawSummary(view.analysis);
  drawSources(view.analysis);
  drawClaims(view.analysis);
  drawFactchecks(view.analysis);
  drawLost(view);
  at("key-button").hidden = false;
  drawCorrections(at("corrections"), view.analysis, send);
  at("newsroom").hidden = !view.newsroom;
  at("export").hidden = false;
  await drawFilters(view.analysis);
};

const refresh = async () => {
  view = /** @type {View | null} */ ((await send({ type: "view" })) ?? null);
  await draw();
  await drawAlways();
};

const drawAlways = async () => drawSite(at("site"), view?.url ?? "");

at("again").addEventListener("click", () => send({ type: "retry" }));

/** Show which entry the reader points at on the page. @param {string} id */
const point = (id) => {
  for (const old of document.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
  const entry = document.querySelector(`button[data-id="${id}"]`);
  entry?.setAttribute("aria-current", "true");
  entry?.scrollIntoView({ block: "nearest" });
};

at("toggle").addEventListener("click", async () => {
  if (view === null) at("summary").textContent = text("panelPress");
  else await send({ type: "switch", on: !isOn() });
});

at("export").addEventListener("click", async (event) => {
  const format = /** @type {HTMLElement} */ (event.target).dataset.format;
  if (format) await keep(format);
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
