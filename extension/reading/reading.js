// "My reading": which kinds of source spoke in what was read here. Nothing is kept before it is switched on.

import { save } from "../shared/download.js";
import { csv, dayOf, entries, figures, forget, grouped, isOn, switchTo, weekOf } from "../shared/record.js";

const { taxonomy, palette, text } = globalThis.onrecord;
const { make } = globalThis.onrecord.elements;
text.fill(document);
const FORMAT = "onrecord-reading/1";
const KINDS = [...taxonomy.TYPES, "lost"];
const BAR = 80; // per cent of a cell's width for a share of one; the figure stands behind it
const LEAST = 5; // articles that a share of an outlet or a week needs
const FEW = 20; // articles below which the page says that all of it is little

/** @typedef {import("../shared/record.js").Entry} Entry */
/** @typedef {import("../shared/record.js").Figures} Figures */

/** @param {string} id @returns {HTMLElement} */
const at = (id) => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
};
const on = /** @type {HTMLInputElement} */ (at("on"));

const dark = matchMedia("(prefers-color-scheme: dark)");

/** @param {HTMLElement} element @param {string} kind */
const coloured = (element, kind) => {
  const colour = palette[dark.matches ? "dark" : "light"][kind];
  if (colour) element.style.backgroundColor = element.style.borderColor = colour;
  return element;
};

/** @param {string} day */
const inWords = (day) =>
  new Intl.DateTimeFormat(text.language(), { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(`${day}T00:00Z`),
  );

/** @param {number} part @param {number} whole */
const share = (part, whole) => (whole > 0 ? text.share(part / whole) : "–");

/** The kinds that spoke, each as wide as its share of the words. @param {Figures} of */
const bar = (of) => {
  const spoke = KINDS.filter((kind) => of.kinds[kind]);
  const box = make(
    "span",
    "",
    ...spoke.map((kind) => {
      const part = coloured(make("i", ""), kind);
      part.style.flexGrow = String(of.kinds[kind]);
      return part;
    }),
  );
  const said = spoke.map((kind) => `${taxonomy.label("type", kind)} ${share(of.kinds[kind] ?? 0, of.words)}`);
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", text.list(said));
  return box;
};

/** @param {string[]} heads */
const head = (heads) => {
  const row = make("tr", "");
  for (const [number, one] of heads.entries()) {
    const cell = make("th", number === 1 ? "bar" : "", one);
    cell.setAttribute("scope", "col");
    row.append(cell);
  }
  return make("thead", "", row);
};

/** @param {(Node | string)[]} name @param {(Node | string)[]} cells */
const row = (name, cells) => {
  const first = make("th", "", ...name);
  first.setAttribute("scope", "row");
  return make("tr", "", first, ...cells.map((cell, number) => make("td", number === 0 ? "bar" : "", cell)));
};

/** @param {Figures} all */
const drawKinds = (all) => {
  const spoke = KINDS.filter((kind) => all.kinds[kind]);
  at("kinds").replaceChildren(
    head([text("mineKind"), text("mineShare"), text("mineWords")]),
    make(
      "tbody",
      "",
      ...spoke.map((kind) => {
        const words = all.kinds[kind] ?? 0;
        const part = coloured(make("i", ""), kind);
        part.style.width = `${(BAR * words) / all.words}%`;
        const swatch = coloured(make("span", "swatch"), kind);
        swatch.style.backgroundColor = "";
        const label = taxonomy.label("type", kind);
        return row(
          [swatch, label],
          [make("span", "", part, share(words, all.words)), words.toLocaleString(text.language())],
        );
      }),
    ),
  );
};

/** @param {string} id @param {string} name @param {(Figures & {name: string})[]} groups @param {(name: string) => string} said */
const drawGroups = (id, name, groups, said) => {
  at(id).replaceChildren(
    head([name, text("mineKinds"), text("mineArticles"), text("mineUnnamed"), text("mineContested")]),
    make(
      "tbody",
      "",
      ...groups.map((one) => {
        const few = one.articles < LEAST;
        const cells = few
          ? [text("mineTooFew"), String(one.articles), "–", "–"]
          : [
              bar(one),
              String(one.articles),
              share(one.unnamed, one.words),
              share(one.contested, one.articles),
            ];
        return row([said(one.name)], cells);
      }),
    ),
  );
};

const draw = async () => {
  const kept = await entries();
  on.checked = await isOn();
  at("figures").hidden = kept.length === 0;
  const [first, last] = [kept[0], kept.at(-1)];
  if (!first || !last) {
    at("basis").textContent = text(on.checked ? "mineNothing" : "mineOff");
    return;
  }
  const outlets = grouped(kept, ({ outlet }) => outlet);
  const basis = text(
    "mineBasis",
    text.count("mineCount", kept.length),
    text.count("mineFrom", outlets.length),
    inWords(first.day),
    inWords(last.day),
  );
  at("basis").textContent = kept.length < FEW ? `${basis} ${text("mineFew")}` : basis;
  drawKinds(figures(kept));
  drawGroups("outlets", text("mineOutlet"), outlets, (name) => name);
  drawGroups(
    "weeks",
    text("mineWeek"),
    grouped(kept, ({ day }) => weekOf(day)),
    inWords,
  );
};

on.addEventListener("change", async () => {
  await switchTo(on.checked);
  await draw();
});
at("json").addEventListener("click", async () =>
  save(
    "onrecord-reading.json",
    "application/json",
    JSON.stringify({ format: FORMAT, saved: dayOf(new Date()), articles: await entries() }, null, 2),
  ),
);
at("csv").addEventListener("click", async () =>
  save("onrecord-reading.csv", "text/csv", csv(await entries(), KINDS)),
);
at("forget").addEventListener("click", async () => {
  at("said").textContent = text.count("mineForgotten", await forget());
  await draw();
  on.focus(); // the button that was pressed is gone
});
dark.addEventListener("change", () => void draw());
chrome.storage.onChanged.addListener((_, area) => {
  if (area === "local") void draw();
});
void draw();
