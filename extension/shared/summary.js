// How much was found, and how much was read, in one sentence: the menu says it, and the panel begins with it.

const { text } = globalThis.onrecord;

/** @param {WireAnalysis} analysis */
export const counted = ({ summary }) =>
  text(
    "summary",
    text.count("sources", summary.sources),
    text.count("quotes", summary.quotes),
    text.count("claims", summary.claims),
  );

/** What a page that is being read, or was not read to its end, says instead of a summary; null for one that was. @param {View} view */
export const unfinished = (view) => {
  if (view.status !== "shown" && view.status !== "working") return null;
  if (view.reading && view.whole) return text("readingAgain");
  if (view.reading) return view.read > 0 ? text("readingShare", text.share(view.read)) : text("reading");
  if (view.whole || !view.analysis) return null;
  return text("readInPart", text.share(view.read), counted(view.analysis));
};
