// What of an article is marked: the kinds that the reader shows on all articles, and what was chosen for this one alone.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const SOURCE = /^s\d{1,6}$/;
  const UNNAMED = "unnamed";
  const CONTESTED = "contested";
  const LOST = "lost";

  /** @param {WireAnalysis} analysis @param {string} id */
  const sourceOf = (analysis, id) => analysis.sources.find((source) => source.id === id);

  /** @param {WireSource} source */
  const isUnnamed = ({ identification }) => !shared.palette.isNamed(identification);

  /** Which layers have marks on the page at all. @param {Filter} filter @param {Preferences} preferences @param {WireAnalysis} analysis @returns {Record<string, boolean>} */
  const layers = ({ layers: own, only }, preferences, analysis) => {
    if (only === "") return { ...preferences.layers, ...own };
    const sources =
      only === UNNAMED
        ? analysis.sources.filter(isUnnamed)
        : analysis.sources.filter((source) => source.id === only);
    const kinds = new Set(only === CONTESTED ? [CONTESTED] : sources.map(({ type }) => type));
    return Object.fromEntries(
      shared.taxonomy.LAYERS.map((layer) => [layer, kinds.has(/** @type {SourceType} */ (layer))]),
    );
  };

  /** @param {Filter} filter @param {Preferences} preferences @param {WireAnalysis} analysis */
  const passes = (filter, preferences, analysis) => {
    const shown = layers(filter, preferences, analysis);
    const { only } = filter;
    if (only === "" || only === CONTESTED)
      return (/** @type {{styles: string[]}} */ { styles }) => shown[styles[0] ?? ""] !== false;
    const sources = new Set(
      analysis.sources
        .filter((source) => (only === UNNAMED ? isUnnamed(source) : source.id === only))
        .map(({ id }) => id),
    );
    const quotes = new Set(
      analysis.quotes.filter(({ source }) => sources.has(source ?? "")).map(({ id }) => id),
    );
    return (/** @type {{id: string}} */ { id }) => quotes.has(id);
  };

  /** Everything that can be painted, with its layer first, as a mark has it. @param {WireAnalysis} analysis */
  const entries = (analysis) => {
    const types = new Map(analysis.sources.map(({ id, type }) => [id, type]));
    return [
      ...analysis.quotes.map(({ id, source }) => ({ id, styles: [types.get(source ?? "") ?? LOST] })),
      ...[...analysis.claims, ...(analysis.factchecks ?? [])].map(({ id }) => ({ id, styles: [CONTESTED] })),
    ];
  };

  shared.filter = {
    NONE: { layers: {}, only: "", label: "" },
    clean(value, analysis) {
      const found = /** @type {Partial<Filter>} */ (typeof value === "object" && value !== null ? value : {});
      const own = Object.entries(found.layers ?? {}).filter(
        ([layer, on]) => shared.taxonomy.LAYERS.includes(layer) && typeof on === "boolean",
      );
      const asked = typeof found.only === "string" ? found.only : "";
      const label = SOURCE.test(asked) && analysis ? (sourceOf(analysis, asked)?.label ?? "") : "";
      const only = asked === UNNAMED || asked === CONTESTED || label ? asked : "";
      return { layers: Object.fromEntries(own), only, label };
    },
    carried(filter, analysis) {
      if (filter.label === "" || sourceOf(analysis, filter.only)?.label === filter.label) return filter;
      const same = analysis.sources.find(({ label }) => label === filter.label);
      return same ? { ...filter, only: same.id } : { ...filter, only: "", label: "" };
    },
    preferences: (filter, preferences, analysis) => ({
      ...preferences,
      layers: layers(filter, preferences, analysis),
    }),
    passes,
    sentence(filter, preferences, analysis) {
      const { text, taxonomy } = shared;
      const all = entries(analysis).filter(({ styles }) => styles[0] !== LOST);
      if (filter.only !== "") {
        const shown = all.filter(passes(filter, preferences, analysis));
        const who =
          filter.only === UNNAMED
            ? text("onlyUnnamed")
            : filter.only === CONTESTED
              ? text("type_contested")
              : filter.label;
        return text("hiddenOnly", who, shown.length, all.length);
      }
      const counts = Map.groupBy(all, ({ styles }) => styles[0] ?? "");
      /** @param {boolean} here */
      const hidden = (here) =>
        text.list(
          taxonomy.LAYERS.flatMap((layer) => {
            const count = counts.get(layer)?.length ?? 0;
            const own = filter.layers[layer];
            const off = here ? own === false : own === undefined && preferences.layers[layer] === false;
            if (!off || count === 0) return [];
            const number = text.count(layer === CONTESTED ? "claims" : "quotes", count);
            return [text("panelCount", taxonomy.label("type", layer), number)];
          }),
        );
      const [here, everywhere] = [hidden(true), hidden(false)];
      return [here && text("hiddenHere", here), everywhere && text("hiddenAll", everywhere)]
        .filter(Boolean)
        .join(" ");
    },
  };
})();
