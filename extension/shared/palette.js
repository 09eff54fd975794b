// The measured palette: one line colour per source type and one for contested claims, for light and dark pages.
// content/paint.css holds the same colours; a test compares the two.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  shared.palette = {
    light: {
      official: "#0030f5",
      former_official: "#0089cf",
      political: "#560076",
      expert: "#027452",
      business: "#a77b00",
      civil_society: "#004300",
      affected: "#566301",
      media: "#834979",
      document: "#2b2b2b",
      unattributed: "#808080",
      contested: "#d31050",
    },
    dark: {
      official: "#6c6ce4",
      former_official: "#609ccc",
      political: "#fcc0fc",
      expert: "#54e49c",
      business: "#e49c00",
      civil_society: "#b4fc60",
      affected: "#6c8400",
      media: "#b46090",
      document: "#fcfcfc",
      unattributed: "#ababab",
      contested: "#ff4473",
    },
    // Relative luminance (WCAG) of the page's background above which the light set is the legible one.
    LIGHT_ABOVE: 0.18,
    // The set of three: named, not named, contested. Its two hues for sources are two of the ten, measured with them.
    THREE: { named: "official", unnamed: "business" },
    isNamed: (identification) =>
      ["named", "document"].includes(shared.taxonomy.line[/** @type {Identification} */ (identification)]),
    hue(source, preferences) {
      if (preferences.colours !== "three") return source.type;
      return shared.palette.THREE[shared.palette.isNamed(source.identification) ? "named" : "unnamed"];
    },
  };
})();
