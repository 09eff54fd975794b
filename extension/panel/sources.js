// Who is quoted: one line each, folded. What is in a fold is made when it is opened, so a long article costs no more.

import { ordered, weigh } from "./order.js";
import { rove } from "./rove.js";
import { quoteLine } from "./statements.js";

const { evidence, filter, palette, taxonomy, text } = globalThis.onrecord;
const { make, button, whyNotNamed, words } = globalThis.onrecord.elements;

const LOST = "lost";

/** @typedef {import("./statements.js").Acts} Acts */
/** @typedef {{chosen: Preferences, colours: Record<string, string>}} Look */

/** What is unfolded, by the address of the article and a label: an answer that comes later may number sources anew. @type {Set<string>} */
const unfolded = new Set();

/** What a search looks through, for each entry of the list. Put together when something is looked for. @type {{element: HTMLElement, labels: string[], quotes: WireQuote[], words?: string}[]} */
let searched = [];

/** @param {View} view @param {string} label */
const fold = (view, label) => `${view.url} ${label}`;

/**
 * An entry with its name as a heading that folds and unfolds it.
 * @param {View} view @param {string} label @param {Node[]} about @param {() => Node[]} inside @param {"h3" | "h4"} level
 */
const entry = (view, label, about, inside, level) => {
  const box = make("div", "source");
  const body = make("div", "inside");
  const name = button(label, () => turn(name.ariaExpanded !== "true"), "name");
  name.dataset.focus = label;
  /** @param {boolean} open */
  const turn = (open) => {
    name.ariaExpanded = String(open);
    body.hidden = !open;
    if (open) unfolded.add(fold(view, label));
    else unfolded.delete(fold(view, label));
    if (open && !body.hasChildNodes()) body.append(...inside());
  };
  box.append(make(level, "", name), ...about, body);
  turn(unfolded.has(fold(view, label)));
  return box;
};

/** @param {WireQuote[]} quotes @param {WireAnalysis} analysis @param {string} speaker @param {Acts} acts */
const statements = (quotes, analysis, speaker, acts) => {
  const list = make(
    "ul",
    "",
    ...quotes.map((quote) => make("li", "", quoteLine(quote, analysis, speaker, acts))),
  );
  list.setAttribute("aria-describedby", "arrows");
  rove(list);
  return list;
};

/** Who somebody is, by the article's words. @param {WireSource} source */
const identity = (source) => {
  if (source.anonymity) {
    const opinion = source.anonymity.opinion ? [" ", text("opinion")] : [];
    return [make("p", "", ...whyNotNamed(source.anonymity), ...opinion)];
  }
  const telling = evidence.ofSource(source);
  return telling ? [make("p", "quiet", ...text.nodes("articleSays", telling))] : [];
};

/** @param {HTMLElement} section @param {View} view @param {WireAnalysis} analysis @param {Look} look @param {Acts} acts */
export function drawSources(section, view, analysis, { chosen, colours }, acts) {
  const weights = weigh(analysis, view.blocks);
  const shown = filter.preferences(view.filter, chosen, analysis).layers;
  const grouped = chosen.order === "kind";
  const list = document.createDocumentFragment();
  searched = [];
  let kind = "";

  /** @param {WireSource} source */
  const row = (source) => {
    const { share = 0, quotes = [] } = weights.get(source.id) ?? {};
    const colour = colours[palette.hue(source, chosen)] ?? "";
    const line = make("span", `line ${taxonomy.line[source.identification]}`);
    line.style.borderColor = colour;
    const labels = [taxonomy.ofSource(source), taxonomy.label("identification", source.identification)];
    const own = view.filter.only === source.id;
    const off = shown[source.type] === false || (view.filter.label !== "" && !own);
    const count = make("span", "count", text.count("quotes", quotes.length));
    const about = make("p", "quiet", line, `${labels.join(" · ")} · `, count);
    if (off) about.append(" · ", make("b", "", text("notMarked")));
    const tally = make("span", "share", text.share(share));
    const inside = () => {
      const alone = button(text("onlySource"), () => {
        const only = { ...view.filter, only: own ? "" : source.id };
        void acts.send({ type: "filter", filter: only });
      });
      alone.setAttribute("aria-pressed", String(own));
      alone.dataset.focus = `only ${source.label}`;
      const found = identity(source);
      return quotes.length > 0
        ? [...found, make("p", "", alone), statements(quotes, analysis, source.label, acts)]
        : found;
    };
    const made = entry(view, source.label, [about, tally], inside, grouped ? "h4" : "h3");
    made.style.borderColor = colour;
    made.dataset.source = source.id;
    searched.push({ element: made, labels: [source.label, ...labels], quotes });
    return made;
  };

  for (const source of ordered(analysis.sources, weights, chosen.order, taxonomy.TYPES)) {
    if (grouped && source.type !== kind) list.append(make("h3", "kind", taxonomy.label("type", source.type)));
    kind = source.type;
    list.append(row(source));
  }
  const unknown = analysis.quotes.filter(({ source }) => source === null);
  if (unknown.length > 0) {
    const label = taxonomy.label("type", LOST);
    const about = make("p", "quiet", text.count("quotes", unknown.length));
    const inside = () => [statements(unknown, analysis, label, acts)];
    const made = entry(view, label, [about], inside, "h3");
    made.dataset.source = LOST;
    searched.push({ element: made, labels: [label], quotes: unknown });
    list.append(made);
  }
  section.querySelector(".list")?.replaceChildren(list);
  section.hidden = analysis.quotes.length === 0 && analysis.sources.length === 0;
}

/** Show the entries in which all these words stand; gives how many they are. @param {string} asked */
export function search(asked) {
  const wanted = asked.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const entry of searched) {
    if (wanted.length > 0)
      entry.words ??= [...entry.labels, ...entry.quotes.map(({ content }) => words(content))]
        .join(" ")
        .toLowerCase();
    const { element, words: known = "" } = entry;
    element.hidden = !wanted.every((word) => known.includes(word));
    if (!element.hidden) found += 1;
  }
  return found;
}
