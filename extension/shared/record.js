// What a reader has had read, for "My reading": figures of each article, kept only while the reader has switched it on,
// in this browser's local storage. No text, no title and no address: an article is known by a hash.

const { remembered, palette } = globalThis.onrecord;

const SWITCH = "record"; // true while figures are kept
const PREFIX = "record:"; // before the hash of an article
const MOST = 5000; // articles; the oldest make room

/**
 * @typedef {object} Entry
 * @property {string} day on which it was first read, as YYYY-MM-DD @property {string} outlet the host of its address
 * @property {number} length of what was read, in UTF-16 units
 * @property {Record<string, number>} words quoted, by kind of source, "lost" where the speaker was not found
 * @property {number} unnamed words of sources that are not named @property {number} contested claims
 */
/** @typedef {{articles: number, words: number, kinds: Record<string, number>, unnamed: number, contested: number}} Figures contested: articles with such a claim */

export const isOn = async () => (await chrome.storage.local.get(SWITCH))[SWITCH] === true;

/** @param {boolean} on */
export const switchTo = (on) => chrome.storage.local.set({ [SWITCH]: on });

/** The day where the reader is. @param {Date} date */
export const dayOf = (date) => {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

/** @param {WireBlock[]} blocks @param {WireAnalysis} analysis @param {string} outlet @param {string} day @returns {Entry} */
const entryOf = (blocks, { summary, claims }, outlet, day) => ({
  day,
  outlet,
  length: blocks.reduce((sum, { text }) => sum + text.length, 0),
  words: Object.fromEntries(
    Object.entries(summary.words_quoted_by_type).map(([kind, words]) => [
      kind === "null" ? "lost" : kind,
      words,
    ]),
  ),
  unnamed: Object.entries(summary.words_quoted_by_identification)
    .filter(([identification]) => identification !== "null" && !palette.isNamed(identification))
    .reduce((sum, [, words]) => sum + words, 0),
  contested: claims.length,
});

/** Keep the figures of an article that was read to its end, if the reader wants that. @param {AnalyzeRequest} request @param {WireAnalysis} analysis @param {Date} [now] */
export async function note({ url, blocks }, analysis, now = new Date()) {
  if (!url || !URL.canParse(url) || !(await isOn())) return;
  const key = PREFIX + (await remembered.key(url));
  const known = /** @type {Entry | undefined} */ ((await chrome.storage.local.get(key))[key]);
  const outlet = new URL(url).hostname.replace(/^www\./, "");
  const entry = entryOf(blocks, analysis, outlet, known?.day ?? dayOf(now));
  if (known && known.length > entry.length) return; // a selection of what was read whole
  await chrome.storage.local.set({ [key]: entry });
  if (known) return;
  const kept = await keys();
  if (kept.length > MOST) await chrome.storage.local.remove(kept.slice(0, kept.length - MOST));
}

/** The keys of all entries, the oldest first. */
const keys = async () =>
  Object.entries(/** @type {Record<string, Entry>} */ (await chrome.storage.local.get(null)))
    .filter(([key]) => key.startsWith(PREFIX))
    .sort(([, one], [, other]) => one.day.localeCompare(other.day))
    .map(([key]) => key);

/** Every entry, the oldest first. @returns {Promise<Entry[]>} */
export const entries = async () => {
  const kept = await keys();
  const found = await chrome.storage.local.get(kept);
  return kept.map((key) => /** @type {Entry} */ (found[key]));
};

/** Delete every entry; says how many there were. */
export const forget = async () => {
  const kept = await keys();
  await chrome.storage.local.remove(kept);
  return kept.length;
};

/** @param {Entry[]} of @returns {Figures} */
export const figures = (of) => {
  /** @type {Figures} */
  const sum = { articles: of.length, words: 0, kinds: {}, unnamed: 0, contested: 0 };
  for (const { words, unnamed, contested } of of) {
    for (const [kind, count] of Object.entries(words)) {
      sum.kinds[kind] = (sum.kinds[kind] ?? 0) + count;
      sum.words += count;
    }
    sum.unnamed += unnamed;
    if (contested > 0) sum.contested += 1;
  }
  return sum;
};

/** The Monday of a day's week. @param {string} day */
export const weekOf = (day) => {
  const date = new Date(`${day}T00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
};

/** The entries by outlet or week, in the order of the name. @param {Entry[]} of @param {(entry: Entry) => string} by */
export const grouped = (of, by) =>
  [...Map.groupBy(of, by)]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([name, own]) => ({
      name,
      ...figures(own),
    }));

/** One row an article, in the order in which they were read. @param {Entry[]} of @param {string[]} kinds */
export const csv = (of, kinds) => {
  const head = [
    "day",
    "week",
    "outlet",
    ...kinds.map((kind) => `words_${kind}`),
    "words_unnamed",
    "contested_claims",
  ];
  const rows = of.map(({ day, outlet, words, unnamed, contested }) => [
    day,
    weekOf(day),
    outlet, // a host has no character that a spreadsheet reads as a formula or a comma
    ...kinds.map((kind) => words[kind] ?? 0),
    unnamed,
    contested,
  ]);
  return [head, ...rows].map((row) => `${row.join(",")}\r\n`).join("");
};
