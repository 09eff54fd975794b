// How much was found, in one sentence: the menu says it, and the panel begins with it.

const { text } = globalThis.onrecord;

/** @param {WireAnalysis} analysis */
export const counted = ({ summary }) =>
  text(
    "summary",
    text.count("sources", summary.sources),
    text.count("quotes", summary.quotes),
    text.count("claims", summary.claims),
  );
