// The side panel: the marks as a list that every reader can use, also without seeing the page.

import { drawSite } from "../shared/site.js";
import { exports } from "./exports.js";

const { taxonomy, palette, messages, problems, preferences, fragment, webLink } = globalThis.onrecord;
const LONGEST_EXCERPT = 160; // characters of a statement shown in a list

/** @param {string} id @returns {HTMLElement} */
const at = (id) => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the panel has no #${id}`);
  return element;
};

/** @param {string} tag @param {string} name @param {(Node | string)[]} children */
const make = (tag, name, ...children) => {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
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

const colours = () => palette[matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"];

/** @param {string} text */
const excerpt = (text) =>
  text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT).trimEnd()} …` : text;

/** @param {WireSpan[]} spans */
const quoted = (spans) =>
  spans.flatMap((span, number) => (number ? [" … ", make("q", "", span.text)] : [make("q", "", span.text)]));

/** @param {string} text @param {string} id */
const jump = (text, id) => {
  const button = /** @type {HTMLButtonElement} */ (make("button", "plain", excerpt(text)));
  button.type = "button";
  button.dataset.id = id;
  button.addEventListener("click", () => send({ type: "jump", id }));
  return button;
};

const COPIED = 1500; // milliseconds for which the button says that the link was copied

/** A statement of a list: the way to it on the page, and a link to it for others. @param {WireQuote} quote */
const statement = (quote) => {
  const text = quote.content.map((span) => span.text).join(" … ");
  const copy = /** @type {HTMLButtonElement} */ (make("button", "copy", "Copy link"));
  copy.type = "button";
  copy.setAttribute("aria-label", `Copy link: ${excerpt(text)}`);
  copy.addEventListener("click", async () => {
    const span = quote.content[0];
    const block = view?.blocks.find(({ id }) => id === span?.block);
    if (!view || !span || !block) return;
    await navigator.clipboard.writeText(fragment.link(view.url, block.text, span));
    copy.textContent = "Copied";
    setTimeout(() => {
      copy.textContent = "Copy link";
    }, COPIED);
  });
  return make("li", "statement", jump(text, quote.id), copy);
};

/** @param {number} count @param {string} noun */
const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** @type {View | null} */
let view = null;
let chosen = preferences.DEFAULTS;

/** @param {WireAnalysis} analysis */
const drawSummary = (analysis) => {
  const { sources, quotes, claims, by_type, words_quoted_by_type, speaker_not_found, single_source } =
    analysis.summary;
  const top = taxonomy.TYPES.filter((type) => by_type[type]).sort(
    (a, b) => (by_type[b] ?? 0) - (by_type[a] ?? 0),
  )[0];
  const most = top ? ` The largest group: ${taxonomy.typeLabel[top]} (${by_type[top]}).` : "";
  const unknown =
    speaker_not_found > 0 ? ` In ${counted(speaker_not_found, "quote")} the speaker was not found.` : "";
  const alone = single_source ? " All of it comes from one source." : "";
  at("summary").textContent =
    `${counted(sources, "source")} in ${counted(quotes, "quote")}, ${counted(claims, "contested claim")}.${most}${alone}${unknown}`;
  const voice = at("voice");
  const total = Object.values(words_quoted_by_type).reduce((sum, words) => sum + words, 0);
  voice.replaceChildren();
  const parts = [];
  for (const type of [...taxonomy.TYPES, "null"]) {
    const words = words_quoted_by_type[type] ?? 0;
    if (words === 0) continue;
    const part = make("span", "");
    part.style.flexGrow = String(words);
    part.style.background = colours()[type] ?? "var(--rule)";
    voice.append(part);
    parts.push(
      `${taxonomy.typeLabel[type === "null" ? "lost" : type]} ${Math.round((100 * words) / total)} per cent`,
    );
  }
  voice.setAttribute("aria-label", `Words quoted by kind of source: ${parts.join(", ")}`);
  voice.title = parts.join(", ");
  voice.hidden = parts.length === 0;
};

/** @param {WireAnalysis} analysis */
const drawFilters = async (analysis) => {
  const current = await preferences.read();
  const box = at("filters");
  const focused = document.activeElement?.id;
  box.replaceChildren(make("legend", "", "Show"));
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
    const label = layer === "contested" ? "Contested claims" : (taxonomy.typeLabel[layer] ?? layer);
    box.append(make("label", "", input, line, label, make("b", "", String(counts[layer]))));
  }
  const tint = document.createElement("input");
  tint.type = "checkbox";
  tint.id = "layer-tint";
  tint.checked = current.tint;
  tint.addEventListener("change", async () =>
    preferences.write({ ...(await preferences.read()), tint: tint.checked }),
  );
  box.append(make("label", "", tint, "Tint behind the text"));
  box.hidden = false;
  if (focused) document.getElementById(focused)?.focus();
};

/** @param {WireAnalysis} analysis */
const drawSources = (analysis) => {
  const list = at("sources").querySelector(".list");
  list?.replaceChildren();
  for (const type of taxonomy.TYPES) {
    const own = analysis.sources.filter((source) => source.type === type);
    if (own.length === 0) continue;
    list?.append(make("h3", "", `${taxonomy.typeLabel[type]} (${own.length})`));
    for (const source of own) {
      const quotes = analysis.quotes.filter((quote) => quote.source === source.id);
      const entry = make("div", "source");
      const hue = palette.hue(source, chosen);
      entry.style.borderColor = colours()[hue] ?? "";
      const line = make("span", `line ${taxonomy.line[source.identification]}`);
      line.style.borderColor = colours()[hue] ?? "";
      entry.append(
        make("div", "name", source.label),
        make("p", "quiet", line, ` ${taxonomy.identificationLabel[source.identification]}`),
      );
      if (source.anonymity) {
        const why = source.anonymity;
        const words = quoted([...why.evidence, ...(why.reason ? [why.reason] : [])]);
        entry.append(
          make(
            "p",
            "",
            "Why not named: ",
            ...words,
            ` ${taxonomy.reasonLabel[why.reason_kind] ?? ""}${why.opinion ? " This is an opinion, not information." : ""}`,
          ),
        );
      } else if (source.evidence.length > 0) {
        entry.append(make("p", "quiet", "The article says: ", ...quoted(source.evidence)));
      }
      const said = make("ul", "");
      for (const quote of quotes) said.append(statement(quote));
      entry.append(said);
      list?.append(entry);
    }
  }
  const unknown = analysis.quotes.filter((quote) => quote.source === null);
  if (unknown.length > 0) {
    list?.append(make("h3", "", `${taxonomy.typeLabel.lost} (${unknown.length})`));
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
    const also =
      claim.also.length > 0
        ? ` (also: ${claim.also.map((status) => taxonomy.statusLabel[status]).join(", ")})`
        : "";
    const by = analysis.sources.find((source) => source.id === claim.by);
    list?.append(
      make(
        "li",
        "",
        make("b", "", `${taxonomy.statusLabel[claim.status]}${also}`),
        make("div", "", jump(claim.content.map((span) => span.text).join(" … "), claim.id)),
        make("p", "", taxonomy.statusSentence[claim.status] ?? ""),
        make(
          "p",
          "quiet",
          "The article’s words: ",
          ...claim.evidence.flatMap((span, number) => [
            number ? " … " : "",
            jump(`“${span.text}”`, `${claim.id}e${number}`),
          ]),
          by ? ` · ${by.label}` : "",
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
          make("b", "", `${check.publisher}: “${check.rating}”`),
          make("div", "", jump(check.content.map((span) => span.text).join(" … "), check.id)),
          make(
            "p",
            "quiet",
            "The publisher reviewed: ",
            make("q", "", check.reviewed),
            ` ${check.date ?? ""}`,
          ),
          webLink(check.url, "Read the fact-check") ?? "",
        ),
      ),
    );
  at("factchecks").hidden = checks.length === 0;
};

/** @param {View} shown */
const drawLost = (shown) => {
  const list = at("lost").querySelector(".list");
  const entries = [
    ...(shown.analysis?.quotes ?? []),
    ...(shown.analysis?.claims ?? []),
    ...(shown.analysis?.factchecks ?? []),
  ].filter(({ id }) => shown.lost.includes(id));
  list?.replaceChildren(
    ...entries.map((entry) => make("li", "", excerpt(entry.content.map((span) => span.text).join(" … ")))),
  );
  at("lost").hidden = entries.length === 0;
};

/** @param {Problem} problem */
const drawProblem = (problem) => {
  const known = problems[problem.code];
  const box = at("problem");
  box.replaceChildren(known?.sentence ?? problem.message, " ");
  const action = known?.button;
  if (known && action) {
    const button = /** @type {HTMLButtonElement} */ (make("button", "", known.action));
    button.type = "button";
    button.addEventListener("click", () => {
      if (action === "open-welcome")
        void chrome.tabs.create({ url: chrome.runtime.getURL("welcome/welcome.html") });
      else void send({ type: action });
    });
    box.append(button);
  }
  box.hidden = false;
};

const draw = async () => {
  chosen = await preferences.read();
  const toggle = at("toggle");
  const on = view?.status === "shown" || view?.status === "working";
  toggle.setAttribute("aria-pressed", String(on));
  toggle.textContent = on ? "Marks are on" : "Mark this article";
  at("problem").hidden = true;
  at("changed").hidden = !view?.changed;
  at("saved").textContent = "";
  for (const id of ["sources", "claims", "factchecks", "lost", "export", "filters", "voice"])
    at(id).hidden = true;
  at("summary").textContent = "";
  if (view === null || view.status === "idle") {
    at("summary").textContent = "Press the Onrecord button on an article to see who is talking.";
    return;
  }
  if (view.status === "problem" && view.problem) return drawProblem(view.problem);
  if (!view.analysis) {
    at("summary").textContent = "Reading the article …";
    return;
  }
  drawSummary(view.analysis);
  drawSources(view.analysis);
  drawClaims(view.analysis);
  drawFactchecks(view.analysis);
  drawLost(view);
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
  if (view === null)
    at("summary").textContent =
      "Press the Onrecord button in the toolbar first: it lets Onrecord read this page.";
  else await send({ type: "toggle" });
});

at("export").addEventListener("click", async (event) => {
  const format = /** @type {HTMLElement} */ (event.target).dataset.format;
  if (!format || !view?.analysis) return;
  at("saved").textContent = format === "report" ? "Making the report …" : "";
  const problem = await exports(format, view);
  at("saved").textContent = problem
    ? (problems[problem.code]?.sentence ?? problem.message)
    : format === "report"
      ? "The report is in a tab of its own."
      : "Saved.";
});

chrome.runtime.onMessage.addListener((/** @type {unknown} */ message, sender) => {
  if (sender.id !== chrome.runtime.id || !messages.isMessage(message)) return;
  if (message.type !== "changed" && message.type !== "pointed") return;
  void tabId().then((id) => {
    if (sender.tab?.id !== id) return;
    if (message.type === "pointed") return point(message.id);
    view = message.view;
    void draw();
    void drawAlways();
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
