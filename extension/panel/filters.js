// What of this article is marked on the page: everything, or only some of it; and which kinds. It holds for this article,
// until the reader keeps it for all of them.

const { filter, preferences, taxonomy, text } = globalThis.onrecord;
const { make } = globalThis.onrecord.elements;

/** @typedef {import("./sources.js").Look} Look */

/** @param {string} id @returns {HTMLElement} */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {View} view @param {WireAnalysis} analysis @param {(filter: Filter) => void} choose */
const drawOnly = (view, analysis, choose) => {
  const { only, label } = view.filter;
  const contested = analysis.claims.length + (analysis.factchecks?.length ?? 0) > 0;
  const unnamed = analysis.sources.some(
    ({ identification }) => !globalThis.onrecord.palette.isNamed(identification),
  );
  const choices = [
    { value: "", name: text("onlyNothing") },
    ...(unnamed || only === "unnamed" ? [{ value: "unnamed", name: text("onlyUnnamedShort") }] : []),
    ...(contested || only === "contested" ? [{ value: "contested", name: text("onlyContestedShort") }] : []),
    ...(label ? [{ value: only, name: text("onlyName", label) }] : []),
  ];
  at("only")
    .querySelector(".row")
    ?.replaceChildren(
      ...choices.map(({ value, name }) => {
        const input = document.createElement("input");
        input.type = "radio";
        input.name = "only";
        input.value = value;
        input.id = `only-${value || "nothing"}`;
        input.checked = only === value;
        input.addEventListener("change", () => choose({ ...view.filter, only: value }));
        return make("label", "choice", input, make("span", "", name));
      }),
    );
};

/** @param {View} view @param {WireAnalysis} analysis @param {Look} look @param {(filter: Filter) => void} choose */
const drawKinds = (view, analysis, { chosen, colours }, choose) => {
  const box = /** @type {HTMLFieldSetElement} */ (at("filters"));
  const legend = box.querySelector("legend") ?? "";
  const { layers: own, only } = view.filter;
  const counts = /** @type {Record<string, number>} */ ({
    ...analysis.summary.by_type,
    lost: analysis.summary.speaker_not_found,
    contested: analysis.summary.claims,
  });
  /** @param {string} layer @param {number} count */
  const counted = (layer, count) =>
    layer === "contested" // its name says what is counted
      ? String(count)
      : text.count(layer === "lost" ? "quotes" : "sources", count);
  const labels = taxonomy.LAYERS.flatMap((layer) => {
    const count = counts[layer];
    if (!count) return [];
    const input = document.createElement("input");
    input.type = "checkbox";
    input.id = `layer-${layer}`;
    input.checked = (own[layer] ?? chosen.layers[layer]) !== false;
    input.addEventListener("change", () => {
      const { [layer]: _, ...others } = own;
      const same = input.checked === (chosen.layers[layer] !== false);
      choose({ ...view.filter, layers: same ? others : { ...others, [layer]: input.checked } });
    });
    const line = make(
      "span",
      `line ${layer === "document" || layer === "contested" || layer === "lost" ? layer : ""}`,
      layer === "contested" ? "\u2003\u2003" : "",
    );
    line.ariaHidden = "true";
    // of three colours none belongs to one kind
    line.style.borderColor =
      chosen.colours === "three" && layer !== "contested" ? "" : (colours[layer] ?? "transparent");
    line.style.textDecorationColor = colours.contested ?? "";
    return [
      make("label", "", input, line, taxonomy.label("type", layer), make("b", "", counted(layer, count))),
    ];
  });
  box.replaceChildren(legend, ...labels);
  box.disabled = only !== ""; // one choice at a time: what is shown alone is shown whatever its kind
  /** @type {HTMLInputElement} */ (at("layer-tint")).checked = chosen.tint;
};

/** @param {View} view @param {WireAnalysis} analysis @param {Look} look @param {(filter: Filter) => void} choose */
export function drawFilter(view, analysis, look, choose) {
  drawOnly(view, analysis, choose);
  drawKinds(view, analysis, look, choose);
  const sentence = filter.sentence(view.filter, look.chosen, analysis);
  if (at("hidden").textContent !== sentence) at("hidden").textContent = sentence;
  at("show-all").hidden = sentence === "";
  at("filter").hidden = false;
}

/** Everything of this article, also what is hidden on all others. @param {Preferences} chosen @returns {Filter} */
export const everything = (chosen) => ({
  ...filter.NONE,
  layers: Object.fromEntries(
    taxonomy.LAYERS.filter((layer) => chosen.layers[layer] === false).map((layer) => [layer, true]),
  ),
});

/** The kinds of this article for all articles. @param {Filter} own */
export async function keepForAll(own) {
  const latest = await preferences.read();
  await preferences.write({ ...latest, layers: { ...latest.layers, ...own.layers } });
}

/** @param {boolean} tint */
export async function keepTint(tint) {
  await preferences.write({ ...(await preferences.read()), tint });
}
