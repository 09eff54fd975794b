// The key to lines and colours: what each of those that occur in this article means, drawn as on the page.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const LINES = /** @type {const} */ (["named", "unnamed", "anonymous", "document"]);

  shared.key = {
    draw(analysis, scheme, preferences) {
      const { make } = shared.elements;
      const { text, taxonomy, palette } = shared;
      const colours = palette[scheme];
      /** @param {string} style @param {string} colour @param {string} label */
      const entry = (style, colour, label) => {
        const line = make("span", `line ${style}`, style === "contested" ? "\u2003\u2003" : "");
        line.ariaHidden = "true";
        line.style.borderColor = line.style.textDecorationColor = colour;
        return make("li", "", line, make("span", "", label));
      };
      /** @param {string} layer @param {string} label */
      const shown = (layer, label) => (preferences.layers[layer] === false ? text("keyOff", label) : label);
      const spoken = new Set(analysis.quotes.map(({ source }) => source));
      const sources = analysis.sources.filter(({ id }) => spoken.has(id));
      const types = taxonomy.TYPES.filter((type) => sources.some((source) => source.type === type));
      const three = /** @type {const} */ (["named", "unnamed"]).filter((name) =>
        sources.some((source) => palette.hue(source, preferences) === palette.THREE[name]),
      );
      const kinds =
        preferences.colours === "three"
          ? three.map((name) => entry("", colours[palette.THREE[name]] ?? "", text(`keyThree_${name}`)))
          : types.map((type) => entry("", colours[type] ?? "", shown(type, taxonomy.label("type", type))));
      const contested = entry("contested", colours.contested ?? "", shown("contested", text("keyContested")));
      const body = document.createDocumentFragment();
      body.append(make("h2", "", text("keyTitle")));
      if (kinds.length > 0)
        body.append(
          make("h3", "", text("keyColours")),
          make("p", "forced", text("keyForced")),
          make("ul", "key", ...kinds),
        );
      body.append(
        make("h3", "", text("keyLines")),
        make(
          "ul",
          "key",
          ...LINES.map((line) => entry(line, "currentColor", text(`keyLine_${line}`))),
          contested,
        ),
        make("p", "quiet", text("keyUnsure")),
      );
      if (analysis.summary.speaker_not_found > 0) body.append(make("p", "quiet", text("keyLost")));
      return body;
    },
  };
})();
