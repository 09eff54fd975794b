// What the reader says is wrong, in words; the server's formats/labels.py says the same in its exports.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  /** A status, a type or the label of a source. @param {string | null} value @param {WireCorrection["what"]} what */
  const named = (value, what) => {
    if (value === null) return "";
    if (what === "kind") return shared.taxonomy.label("type", value);
    return what === "not_contested" ? shared.taxonomy.label("status", value) : value;
  };

  shared.corrections = {
    sentence({ what, was, now, note }) {
      const { text } = shared;
      const before = named(was, what) || text("type_lost");
      const said =
        what === "speaker"
          ? text("corrected_speaker", now ?? text("nobody"), before)
          : what === "kind"
            ? text("corrected_kind", named(now, what), before)
            : text(`corrected_${what}`);
      return note === "" ? said : `${said} ${note}`;
    },
    preview(analysis, correction, { speaker = "", type = null } = {}) {
      const { entry, what } = correction;
      const quote = analysis.quotes.find(({ id }) => id === entry);
      const claim = analysis.claims.find(({ id }) => id === entry);
      const source = analysis.sources.find(({ id }) => id === quote?.source);
      const chosen = analysis.sources.find(({ id }) => id === speaker);
      const was =
        what === "kind"
          ? (source?.type ?? null)
          : what === "not_contested"
            ? (claim?.status ?? null)
            : (source?.label ?? null);
      const now = what === "kind" ? type : what === "speaker" ? (chosen?.label ?? null) : null;
      const kept = (analysis.corrections ?? []).filter((one) => one.entry !== entry || one.what !== what);
      const found = {
        ...analysis,
        corrections: [...kept, { ...correction, was: what === "note" ? null : was, now }],
      };
      if (what === "not_a_quote") found.quotes = analysis.quotes.filter(({ id }) => id !== entry);
      if (what === "not_contested") found.claims = analysis.claims.filter(({ id }) => id !== entry);
      if (what === "speaker")
        found.quotes = analysis.quotes.map((one) =>
          one.id === entry ? { ...one, source: chosen?.id ?? null, confidence: 1 } : one,
        );
      if (what === "kind" && type !== null)
        found.sources = analysis.sources.map((one) =>
          one.id === quote?.source ? { ...one, type, evidence: [], telling: null } : one,
        );
      return found;
    },
  };
})();
