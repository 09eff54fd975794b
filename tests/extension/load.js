// Runs the extension's classic scripts, which hang themselves on `globalThis.onrecord`, in a page made for one test.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import vm from "node:vm";

export const ROOT = new URL("../../", import.meta.url);
const EXTENSION = new URL("extension/", ROOT);
const { JSDOM } = createRequire(new URL("tests/node/package.json", ROOT))("jsdom");

/** A file of the project as text, by its path from the top. */
export const source = (path) => readFileSync(new URL(path, ROOT), "utf8");

const MESSAGES = JSON.parse(readFileSync(new URL("_locales/en/messages.json", EXTENSION), "utf8"));

/** `chrome.i18n` as the browsers have it, with the English messages. */
export const i18n = {
  getMessage: (key, parts = []) =>
    (Object.hasOwn(MESSAGES, key) ? MESSAGES[key].message : "").replace(
      /\$([1-9])/g,
      (_, at) => parts[at - 1] ?? "",
    ),
};

/** Runs scripts of the extension in `context` in this order, after the one that all words come from. */
function run(scripts, context) {
  context.chrome = { i18n, ...context.chrome };
  for (const name of ["shared/text.js", ...scripts]) {
    const filename = new URL(name, EXTENSION).pathname;
    new vm.Script(readFileSync(new URL(name, EXTENSION), "utf8"), { filename }).runInContext(context);
  }
}

/**
 * A page with the scripts in it. Scripts and addresses of the page itself are never run or fetched. `globals` are
 * put on the window first: what jsdom lacks, or what a test wants to decide by itself. `add` runs more scripts later.
 */
export function page(html, scripts, globals = {}) {
  const dom = new JSDOM(html, { runScripts: "outside-only", url: "https://gazette.example/story" });
  Object.assign(dom.window, globals);
  const context = dom.getInternalVMContext();
  run(scripts, context);
  const { window } = dom;
  return { window, document: window.document, onrecord: window.onrecord, add: (more) => run(more, context) };
}

/** The scripts without any page, as the background has them. */
export function bare(scripts, globals = {}) {
  const context = vm.createContext({ ...globals });
  run(scripts, context);
  return context.onrecord;
}

/** A copy made of this realm's own objects, which strict comparison asks for. */
export const plain = (value) => JSON.parse(JSON.stringify(value));

/** `chrome.storage.local`, as far as the extension uses it. */
export function storage(stored = {}) {
  return {
    stored,
    get: async (keys) =>
      structuredClone(
        Object.fromEntries([keys].flat().flatMap((key) => (key in stored ? [[key, stored[key]]] : []))),
      ),
    set: async (values) => void Object.assign(stored, structuredClone(values)),
  };
}

/** What reads a page without Readability, and with it. */
export const OWN_READING = [
  "content/pieces.js",
  "content/slides.js",
  "content/blocks.js",
  "content/furniture.js",
  "content/readable.js",
  "content/forms.js",
  "content/extract.js",
];
export const READING = ["vendor/readability/Readability.js", ...OWN_READING];

const span = (block, text, words) => {
  const start = text.indexOf(words);
  if (start < 0) throw new Error(`“${words}” does not stand in the block`);
  return { block, start, end: start + words.length, text: words };
};

/** Evidence as it is shown: the whole block, with some words marked. */
const telling = (block, text, ...words) => ({
  sentence: span(block, text, text),
  words: words.map((one) => span(block, text, one)),
  cut_before: false,
  cut_after: false,
});

/** An analysis as the server sends it; each test changes the part that it is about. */
export function analysis() {
  const blocks = [
    { id: "b0", role: "headline", text: "Ferry line accused of hiding a crack" },
    { id: "b1", role: "paragraph", text: "“We painted over it,” said a deckhand who feared for his job." },
    {
      id: "b2",
      role: "paragraph",
      text: "Port warden Ida Moss said: “No ship leaves unseen.” “Ever,” she added.",
    },
  ];
  const [head, first, second] = blocks.map(({ text }) => text);
  return {
    blocks,
    analysis: {
      schema: "onrecord/1",
      engine: { version: "0.1.0", model: "none" },
      language: "en",
      offsets: "utf-16",
      sources: [
        {
          id: "s1",
          label: "a deckhand",
          name: null,
          type: "affected",
          identification: "anonymous",
          organisation: null,
          evidence: [],
          telling: telling("b1", first, "feared for his job"),
          mentions: [span("b1", first, "a deckhand")],
          anonymity: {
            evidence: [span("b1", first, "a deckhand who feared for his job")],
            reason: null,
            reason_kind: "fear",
            opinion: false,
          },
        },
        {
          id: "s2",
          label: "Port warden Ida Moss",
          name: "Ida Moss",
          type: "official",
          identification: "named_person",
          organisation: null,
          evidence: [span("b2", second, "Port warden")],
          telling: telling("b2", second, "Port warden"),
          mentions: [span("b2", second, "Port warden Ida Moss")],
          anonymity: null,
        },
      ],
      quotes: [
        {
          id: "q1",
          kind: "direct",
          content: [span("b1", first, "“We painted over it,”")],
          cue: [span("b1", first, "said")],
          mention: span("b1", first, "a deckhand"),
          source: "s1",
          channel: "interview",
          confidence: 0.95,
        },
        {
          id: "q2",
          kind: "direct",
          content: [span("b2", second, "“No ship leaves unseen.”")],
          cue: [span("b2", second, "said")],
          mention: null,
          source: "s2",
          channel: "not_stated",
          confidence: 0.6,
        },
        {
          id: "q3",
          kind: "direct",
          content: [span("b2", second, "“Ever,”")],
          cue: [span("b2", second, "added")],
          mention: null,
          source: "s2",
          channel: "not_stated",
          confidence: 0.95,
        },
      ],
      claims: [
        {
          id: "c1",
          status: "accusation",
          also: ["denied"],
          content: [span("b0", head, "hiding a crack")],
          evidence: [span("b0", head, "accused of")],
          telling: telling("b0", head, "accused of"),
          by: "s2",
          quote: null,
          confidence: 0.95,
        },
      ],
      attitudes: [],
      factchecks: [],
      summary: {
        sources: 2,
        quotes: 3,
        claims: 1,
        speaker_not_found: 0,
        by_type: { affected: 1, official: 1 },
        by_identification: { anonymous: 1, named_person: 1 },
        words_quoted_by_type: { affected: 4, official: 5 },
      },
    },
  };
}
