// One statement of a list: a button that leads to it on the page, with its kind and speaker, and a menu beside it.

const { text, taxonomy, saying } = globalThis.onrecord;
const { make, button, words } = globalThis.onrecord.elements;

/** @typedef {import("./menu.js").Entry} Entry */
/**
 * @typedef {object} Acts what the panel does for its lists
 * @property {(id: string, event: MouseEvent) => void} go
 * @property {(message: Message) => Promise<unknown>} send
 * @property {(id: string) => Promise<null>} picture a menu's entry: it gives no words to copy
 * @property {(opener: HTMLElement, name: string, entries: Entry[]) => void} open
 */

/** @param {WireQuote} quote */
const how = (quote) => {
  if (quote.channel === "declined_comment") return text("declined");
  const kind = taxonomy.certain(quote.confidence, taxonomy.label("quoteKind", quote.kind));
  if (quote.channel === "not_stated") return kind;
  return text("sayHow", kind, taxonomy.label("channel", quote.channel));
};

/**
 * @param {string} id @param {WireSpan[]} content @param {(Node | string)[]} about @param {Acts} acts
 * @param {boolean} corrected whether it is as the reader says
 */
const line = (id, content, about, acts, corrected) => {
  const said = saying.excerpt(words(content));
  const go = button(make("span", "words", said), (event) => acts.go(id, event), "statement");
  go.append(make("span", "about", ...about));
  if (corrected) go.append(make("span", "by-reader", text("panelCorrected")));
  go.dataset.id = go.dataset.focus = id;
  /** @type {Entry[]} */
  const entries = [
    {
      label: text("copyLink"),
      async act() {
        const address = await acts.send({ type: "link", id });
        return typeof address === "string" ? address : null;
      },
    },
    { label: text("copyWords"), act: async () => words(content) },
    { label: text("copyPicture"), act: () => acts.picture(id) },
  ];
  const opener = button("⋯", () => acts.open(opener, said, entries), "more");
  opener.setAttribute("aria-label", text("moreAbout", said));
  opener.setAttribute("aria-haspopup", "true");
  opener.dataset.focus = `${id}-more`;
  return make("div", "line-of", go, opener);
};

/** @param {WireAnalysis} analysis @param {string} id */
const isCorrected = (analysis, id) => (analysis.corrections ?? []).some(({ entry }) => entry === id);

/** @param {WireQuote} quote @param {WireAnalysis} analysis @param {string} speaker @param {Acts} acts */
export const quoteLine = (quote, analysis, speaker, acts) =>
  line(
    quote.id,
    quote.content,
    [make("span", "unseen", `${speaker}, `), how(quote)],
    acts,
    isCorrected(analysis, quote.id),
  );

/** @param {WireClaim} claim @param {WireAnalysis} analysis @param {Acts} acts */
export const claimLine = (claim, analysis, acts) => {
  const quote = analysis.quotes.find(({ id }) => id === claim.quote);
  const speaker = analysis.sources.find(({ id }) => id === quote?.source);
  const status = taxonomy.certain(claim.confidence, taxonomy.label("statusSentence", claim.status));
  // who contests it is named with the words that do
  const about = speaker && speaker.id !== claim.by ? `${status} ${text("claimedBy", speaker.label)}` : status;
  return line(claim.id, claim.content, [about], acts, isCorrected(analysis, claim.id));
};
