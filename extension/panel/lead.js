// The article in a sentence, and whose words it quotes as a bar.

import { counted, unfinished } from "../shared/summary.js";
import { drawVoice } from "./voice.js";

const { taxonomy, text } = globalThis.onrecord;
const { button } = globalThis.onrecord.elements;

/** @param {WireAnalysis} analysis */
const sentence = (analysis) => {
  const { by_type, speaker_not_found, single_source } = analysis.summary;
  const top = taxonomy.TYPES.filter((type) => by_type[type]).sort(
    (a, b) => (by_type[b] ?? 0) - (by_type[a] ?? 0),
  )[0];
  const said = [counted(analysis)];
  if (top) said.push(text("summaryLargest", taxonomy.label("type", top), by_type[top] ?? 0));
  if (single_source) said.push(text("summarySingle"));
  if (speaker_not_found > 0) said.push(text.count("summaryLost", speaker_not_found));
  return said.join(" ");
};

/**
 * @param {HTMLElement} line a live region, which is written only where it changes: it would be read out again
 * @param {HTMLElement} bar @param {View} view @param {import("./sources.js").Look} look @param {(message: Message) => unknown} send to the page
 */
export function drawLead(line, bar, view, { chosen, colours }, send) {
  const { analysis } = view;
  if (!analysis) return;
  const state = unfinished(view);
  const none = analysis.quotes.length === 0;
  const claims =
    none && analysis.claims.length > 0 ? [text.count("noQuotesClaims", analysis.claims.length)] : [];
  const said = state ?? (none ? [text("noQuotes"), ...claims].join(" ") : sentence(analysis));
  if (line.textContent !== said) line.textContent = said;
  if (state) return;
  if (none)
    line.append(
      " ",
      button(text("action_analyze_selection"), () => send({ type: "analyze-selection" })),
    );
  else drawVoice(bar, analysis, chosen, colours);
}
