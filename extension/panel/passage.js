// What a picture shows of an article: the paragraph around one quote or claim, with every mark that stands in it.

const { taxonomy, palette } = globalThis.onrecord;

const LONGEST = 700; // characters of a paragraph; of a longer one as much is shown around the mark

/**
 * @typedef {object} Marked a piece of the passage with one line below it
 * @property {number} start @property {number} end in UTF-16 units of the passage, half open
 * @property {"quote" | "claim"} kind
 * @property {string} line the style: named, unnamed, anonymous, document, lost or contested
 * @property {string} hue a key of the palette; empty where the speaker was not found
 * @property {boolean} chosen whether it is the one that the picture is about
 */
/** @typedef {{text: string, marks: Marked[]}} Passage */

/**
 * Where the passage begins and ends in its block, at spaces where it is cut. @param {string} text
 * @param {number} start @param {number} end
 */
const around = (text, start, end) => {
  if (text.length <= LONGEST) return { from: 0, to: text.length };
  const room = Math.max(0, Math.floor((LONGEST - (end - start)) / 2));
  const before = start - room > 0 ? text.indexOf(" ", start - room) + 1 : 0;
  const behind = end + room < text.length ? text.lastIndexOf(" ", end + room) : text.length;
  return { from: Math.min(before, start), to: Math.max(behind, end) };
};

/**
 * The passage around a quote or claim; null where there is none of this id.
 * @param {View} view @param {string} id @param {Preferences} preferences @returns {Passage | null}
 */
export function passage(view, id, preferences) {
  const { analysis, blocks } = view;
  const entry = [...(analysis?.quotes ?? []), ...(analysis?.claims ?? [])].find((one) => one.id === id);
  const first = entry?.content[0];
  const block = blocks.find((one) => one.id === first?.block);
  if (!analysis || !entry || !first || !block) return null;
  const own = entry.content.filter((span) => span.block === block.id);
  const { from, to } = around(block.text, first.start, own.at(-1)?.end ?? first.end);
  const before = from > 0 ? "… " : "";
  const text = `${before}${block.text.slice(from, to)}${to < block.text.length ? " …" : ""}`;

  /** @param {WireSpan[]} content @param {Omit<Marked, "start" | "end">} mark @returns {Marked[]} */
  const marks = (content, mark) =>
    content
      .filter((span) => span.block === block.id && span.start < to && span.end > from)
      .map(({ start, end }) => ({
        ...mark,
        start: Math.max(start, from) - from + before.length,
        end: Math.min(end, to) - from + before.length,
      }));

  return {
    text,
    marks: [
      ...analysis.quotes.flatMap((quote) => {
        const source = analysis.sources.find((one) => one.id === quote.source);
        const line = source ? taxonomy.line[source.identification] : "lost";
        const hue = source ? palette.hue(source, preferences) : "";
        return marks(quote.content, { kind: "quote", line, hue, chosen: quote.id === id });
      }),
      ...analysis.claims.flatMap((claim) =>
        marks(claim.content, { kind: "claim", line: "contested", hue: "contested", chosen: claim.id === id }),
      ),
    ],
  };
}

/**
 * The lines of a text that is broken at spaces, as offsets; a word that is wider than a line has one of its own.
 * @param {string} text @param {number} width @param {(text: string) => number} measure @returns {{start: number, end: number}[]}
 */
export function lines(text, width, measure) {
  const found = [];
  let start = 0;
  let end = 0;
  for (const { index, 0: word } of text.matchAll(/\S+/g)) {
    const behind = index + word.length;
    if (end > start && measure(text.slice(start, behind)) > width) {
      found.push({ start, end });
      start = index;
    } else if (end === start) start = index;
    end = behind;
  }
  if (end > start) found.push({ start, end });
  return found;
}
