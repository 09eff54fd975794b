// Which source comes first: whose words the article quotes most, who comes first in it, or kind by kind.

const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;

/** @typedef {{words: number, share: number, quotes: WireQuote[], first: number}} Weight */

/**
 * What each source has in this article: its quotes, the words of them, their share of all words quoted (0 to 1), and where
 * it is first met, as a number that only its order means something of.
 * @param {WireAnalysis} analysis @param {WireBlock[]} blocks @returns {Map<string, Weight>}
 */
export function weigh(analysis, blocks) {
  const LONGEST = 1_000_000; // characters of a block; what is longer would only be put in order less finely
  const order = new Map(blocks.map(({ id }, at) => [id, at]));
  /** @param {WireSpan} span */
  const place = ({ block, start }) => (order.get(block) ?? order.size) * LONGEST + start;
  /** @param {WireQuote} quote */
  const length = ({ content }) => content.reduce((sum, { text }) => sum + (text.match(WORD)?.length ?? 0), 0);
  const own = Map.groupBy(analysis.quotes, ({ source }) => source);
  const lengths = new Map(analysis.quotes.map((quote) => [quote, length(quote)]));
  const total = [...lengths.values()].reduce((sum, words) => sum + words, 0);
  return new Map(
    analysis.sources.map(({ id, mentions }) => {
      const quotes = own.get(id) ?? [];
      const words = quotes.reduce((sum, quote) => sum + (lengths.get(quote) ?? 0), 0);
      const places = [...mentions, ...quotes.flatMap(({ content }) => content)].map(place);
      const first = places.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
      return [id, { words, share: total > 0 ? words / total : 0, quotes, first }];
    }),
  );
}

/**
 * @param {WireSource[]} sources @param {Map<string, Weight>} weights @param {Preferences["order"]} order
 * @param {readonly SourceType[]} types in the order of the taxonomy
 */
export function ordered(sources, weights, order, types) {
  /** @param {WireSource} source */
  const weight = ({ id }) => weights.get(id) ?? { words: 0, quotes: [], first: Number.POSITIVE_INFINITY };
  /** @param {WireSource} a @param {WireSource} b */
  const byPlace = (a, b) => weight(a).first - weight(b).first || 0;
  /** @param {WireSource} a @param {WireSource} b */
  const byWeight = (a, b) =>
    weight(b).words - weight(a).words || weight(b).quotes.length - weight(a).quotes.length || byPlace(a, b);
  const compare =
    order === "place"
      ? byPlace
      : order === "kind"
        ? (/** @type {WireSource} */ a, /** @type {WireSource} */ b) =>
            types.indexOf(a.type) - types.indexOf(b.type) || byWeight(a, b)
        : byWeight;
  return sources.toSorted(compare);
}
