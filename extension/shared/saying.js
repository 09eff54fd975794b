// A quote or a claim in one sentence, for whoever hears it rather than sees it: what kind, whose words, the words.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const LONGEST = 160; // characters of a statement that is named in passing

  /** @param {WireQuote} quote @param {WireAnalysis} analysis */
  const quoted = (quote, analysis) => {
    const { text, taxonomy, elements } = shared;
    const source = analysis.sources.find(({ id }) => id === quote.source);
    const how = taxonomy.label("quoteKind", quote.kind);
    const said = shared.saying.excerpt(elements.words(quote.content));
    if (!source) return text("sayQuote", how, text("type_lost"), said);
    const kind = taxonomy.certain(quote.confidence, taxonomy.ofSource(source));
    return text("sayQuote", how, text("saySource", source.label, kind), said);
  };

  shared.saying = {
    excerpt: (words) => (words.length > LONGEST ? `${words.slice(0, LONGEST).trimEnd()} …` : words),
    of(id, analysis) {
      const { text, taxonomy, elements } = shared;
      const quote = analysis.quotes.find((one) => one.id === id);
      if (quote) return quoted(quote, analysis);
      const claim = analysis.claims.find((one) => one.id === id.replace(/e\d+$/, ""));
      if (claim) {
        const status = taxonomy.label("statusSentence", claim.status);
        const said = shared.saying.excerpt(elements.words(claim.content));
        return text("sayClaim", taxonomy.certain(claim.confidence, status), said);
      }
      const check = analysis.factchecks?.find((one) => one.id === id);
      return check
        ? text("sayFactcheck", text("factcheck"), shared.saying.excerpt(elements.words(check.content)))
        : "";
    },
  };
})();
