// The share of voice as a bar: whose words the article quotes, by kind of source; of three colours, by whether they are
// named. The words of nobody stand at its end, in no colour.

const { taxonomy, palette, text } = globalThis.onrecord;

/** @typedef {{label: string, words: number, colour: string}} Part */

/** @param {WireAnalysis} analysis @param {Record<string, string>} colours @returns {Part[]} */
const byType = ({ summary }, colours) =>
  taxonomy.TYPES.map((type) => ({
    label: taxonomy.label("type", type),
    words: summary.words_quoted_by_type[type] ?? 0,
    colour: colours[type] ?? "",
  }));

/** @param {WireAnalysis} analysis @param {Record<string, string>} colours @returns {Part[]} */
const byName = ({ summary }, colours) => {
  const counts = Object.entries(summary.words_quoted_by_identification);
  return /** @type {const} */ (["named", "unnamed"]).map((name) => ({
    label: text(name),
    words: counts.reduce(
      (sum, [id, words]) => sum + (palette.isNamed(id) === (name === "named") ? words : 0),
      0,
    ),
    colour: colours[palette.THREE[name]] ?? "",
  }));
};

/**
 * @param {HTMLElement} bar @param {WireAnalysis} analysis @param {Preferences} chosen
 * @param {Record<string, string>} colours of the palette, for light or dark
 */
export const drawVoice = (bar, analysis, chosen, colours) => {
  const three = chosen.colours === "three";
  const lost = analysis.summary.words_quoted_by_type.null ?? 0;
  const parts = [
    ...(three ? byName : byType)(analysis, colours),
    {
      label: taxonomy.label("type", "lost"),
      words: lost,
      colour: "var(--rule)",
    },
  ].filter(({ words }) => words > 0);
  const total = parts.reduce((sum, { words }) => sum + words, 0);
  const said = text.list(
    parts.map(({ label, words }) => text("voicePart", label, text.share(words / total))),
  );
  bar.replaceChildren(
    ...parts.map(({ words, colour }) => {
      const part = document.createElement("span");
      part.style.flexGrow = String(words);
      part.style.background = colour;
      return part;
    }),
  );
  bar.setAttribute("aria-label", text(three ? "voiceNamed" : "voice", said));
  bar.title = said;
  bar.hidden = parts.length === 0;
};
