// A picture of a marked passage, drawn from the analysis alone: nothing of the page is photographed.

import { nameOf, save } from "../shared/download.js";
import { lines, passage } from "./passage.js";

const { text, taxonomy, palette, corrections } = globalThis.onrecord;

const WIDTH = 640; // CSS pixels; the picture has SCALE times as many
const SCALE = 2;
const EDGE = 36;
const INNER = 14; // pixels between the coloured bar of the box and its words
const TINT = 0.1; // as on the page
const INK = "#1a1a1a";
const QUIET = "#595959";
const PAPER = "#ffffff";
const SERIF = 'Georgia, "Times New Roman", serif';
const PLAIN = 'system-ui, -apple-system, "Segoe UI", sans-serif';
const LONGEST_ADDRESS = 80;

/** @typedef {import("./passage.js").Passage} Passage */
/**
 * @typedef {object} Paragraph
 * @property {string} words @property {string} font @property {number} height of a line @property {string} [colour]
 * @property {number} [before] pixels above it @property {string} [bar] the colour of a bar beside it
 * @property {Passage["marks"]} [marks] @property {string} [swatch] a line in this style in front of the words
 */

/** The day of an article in words, or what the page says in its place. @param {string | null} published */
const day = (published) => {
  const date = new Date((published ?? "").slice(0, 10)); // the day that it was where it was published
  if (Number.isNaN(date.valueOf())) return published ?? "";
  return new Intl.DateTimeFormat(text.language(), { dateStyle: "long", timeZone: "UTC" }).format(date);
};

/** @param {string} url */
const address = (url) => {
  const bare = url.replace(/^https?:\/\/(?:www\.)?|[?#].*$/g, "");
  return bare.length > LONGEST_ADDRESS ? `${bare.slice(0, LONGEST_ADDRESS)}…` : bare;
};

/** What stands in the box: whose words, or how they are contested. @param {View} view @param {string} id @param {Preferences} preferences @returns {Paragraph[]} */
const about = (view, id, preferences) => {
  const { analysis } = view;
  const quote = analysis?.quotes.find((one) => one.id === id);
  const claim = analysis?.claims.find((one) => one.id === id);
  const source = analysis?.sources.find((one) => one.id === quote?.source);
  const small = { font: `13px ${PLAIN}`, height: 19 };
  /** @type {Paragraph[]} */
  const found = [];
  if (quote) {
    const bar = source ? (palette.light[palette.hue(source, preferences)] ?? QUIET) : QUIET;
    const kind = taxonomy.certain(
      quote.confidence,
      source ? taxonomy.ofSource(source) : taxonomy.label("type", "lost"),
    );
    const how = source
      ? `${kind} · ${taxonomy.label("identification", source.identification)}`
      : text("speakerUnknown");
    found.push(
      { words: source ? source.label : kind, font: `600 15px ${PLAIN}`, height: 22, bar },
      { words: how, ...small, bar, swatch: source ? taxonomy.line[source.identification] : "lost" },
    );
  }
  for (const one of analysis?.claims.filter((each) => each === claim || each.quote === quote?.id) ?? [])
    found.push({
      words: taxonomy.certain(one.confidence, taxonomy.label("statusSentence", one.status)),
      ...small,
      bar: palette.light.contested ?? QUIET,
      swatch: "contested",
    });
  for (const one of analysis?.corrections?.filter(({ entry }) => entry === id) ?? [])
    found.push({ words: corrections.sentence(one), ...small, font: `italic 13px ${PLAIN}` });
  return found;
};

/** @param {View} view @param {string} id @param {Passage} shown @param {Preferences} preferences @returns {Paragraph[]} */
const paragraphs = (view, id, shown, preferences) => {
  const quiet = { font: `13px ${PLAIN}`, height: 19, colour: QUIET };
  const from = [view.outlet, day(view.published)].filter(Boolean).join(" · ");
  const boxed = about(view, id, preferences);
  return [
    { words: view.title || text("article"), font: `700 22px ${SERIF}`, height: 28 },
    ...(from ? [{ words: from, ...quiet, before: 4 }] : []),
    { words: shown.text, font: `18px ${SERIF}`, height: 34, before: 12, marks: shown.marks },
    ...boxed.map((one, number) => ({ ...one, before: number ? 0 : 12 })),
    ...(view.url ? [{ words: address(view.url), ...quiet, before: 14 }] : []),
    { words: text("pictureFoot"), ...quiet, font: `12px ${PLAIN}`, before: view.url ? 0 : 14 },
  ];
};

/**
 * A line below words, in the style that says how a source is identified. @param {CanvasRenderingContext2D} on
 * @param {string} style @param {string} colour @param {number} left @param {number} right @param {number} base of the words
 */
const underline = (on, style, colour, left, right, base) => {
  on.strokeStyle = colour;
  on.lineWidth = 2;
  on.lineCap = "butt";
  on.setLineDash([]);
  on.beginPath();
  if (style === "contested") {
    on.lineWidth = 1.5;
    const y = base + 11; // below whatever line the quote has
    on.moveTo(left, y);
    for (let x = left, up = true; x < right; x += 4, up = !up)
      on.quadraticCurveTo(x + 2, y + (up ? -4 : 4), Math.min(x + 4, right), y);
  } else if (style === "document") {
    on.lineWidth = 1;
    for (const y of [base + 3.5, base + 6.5]) {
      on.moveTo(left, y);
      on.lineTo(right, y);
    }
  } else {
    if (style === "unnamed") on.setLineDash([6, 4]);
    if (style === "anonymous") {
      on.lineCap = "round";
      on.setLineDash([0, 5]);
    }
    on.moveTo(left, base + 5);
    on.lineTo(right, base + 5);
  }
  if (style !== "lost") on.stroke();
  on.setLineDash([]);
};

/** Draw a passage. @param {View} view @param {string} id @param {Passage} shown @param {Preferences} preferences @returns {HTMLCanvasElement} */
const draw = (view, id, shown, preferences) => {
  const canvas = document.createElement("canvas");
  const on = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const laid = paragraphs(view, id, shown, preferences).map((one) => {
    on.font = one.font;
    const indent = (one.bar ? INNER : 0) + (one.swatch ? 34 : 0);
    const width = WIDTH - 2 * EDGE - indent;
    return { ...one, indent, rows: lines(one.words, width, (words) => on.measureText(words).width) };
  });
  const height = laid.reduce(
    (sum, one) => sum + (one.before ?? 0) + one.rows.length * one.height,
    2 * EDGE - 8,
  );
  canvas.width = WIDTH * SCALE;
  canvas.height = height * SCALE;
  on.scale(SCALE, SCALE);
  on.fillStyle = PAPER;
  on.fillRect(0, 0, WIDTH, height);
  on.textBaseline = "alphabetic";
  let top = EDGE - 4;
  for (const { words, font, height: line, colour, before, bar, marks, swatch, rows, indent } of laid) {
    top += before ?? 0;
    on.font = font;
    for (const [number, { start, end }] of rows.entries()) {
      const base = top + Math.round(line * 0.68);
      const left = EDGE + indent;
      const at = (/** @type {number} */ place) =>
        left + on.measureText(words.slice(start, Math.min(Math.max(place, start), end))).width;
      if (bar) {
        on.fillStyle = bar;
        on.fillRect(EDGE, top, 3, line);
      }
      if (swatch && number === 0)
        underline(
          on,
          swatch,
          bar ?? QUIET,
          EDGE + INNER,
          EDGE + INNER + 24,
          base - (swatch === "contested" ? 14 : 9),
        );
      const here = marks?.filter((mark) => mark.start < end && mark.end > start) ?? [];
      for (const mark of here.filter(({ chosen, hue }) => chosen && hue)) {
        on.globalAlpha = TINT;
        on.fillStyle = palette.light[mark.hue] ?? QUIET;
        on.fillRect(at(mark.start), base - 16, at(mark.end) - at(mark.start), 22);
        on.globalAlpha = 1;
      }
      on.fillStyle = colour ?? INK;
      on.fillText(words.slice(start, end), left, base);
      for (const mark of here)
        underline(on, mark.line, palette.light[mark.hue] ?? QUIET, at(mark.start), at(mark.end), base);
      top += line;
    }
  }
  return canvas;
};

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
const png = (canvas) =>
  new Promise((resolve, reject) =>
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error("no picture"))), "image/png"),
  );

/**
 * Copy the picture of a quote or claim, or save it where the clipboard takes none; says which, or nothing where there
 * is no such entry. @param {View} view @param {string} id @param {Preferences} preferences @returns {Promise<string>}
 */
export async function copyPicture(view, id, preferences) {
  const shown = passage(view, id, preferences);
  if (shown === null) return "";
  const made = png(draw(view, id, shown, preferences));
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": made })]);
    return text("pictureCopied");
  } catch {
    save(`${nameOf(view.title || text("article"))}-${id}.png`, "image/png", await made);
    return text("pictureSaved");
  }
}
