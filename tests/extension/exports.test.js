// What a reader saves: a table that no spreadsheet executes, annotations that find their place again, a report.

import assert from "node:assert/strict";
import { resolveObjectURL } from "node:buffer";
import { test } from "node:test";
import { annotations, csv, exports } from "../../extension/panel/exports.js";
import { analysis, storage } from "./load.js";

function view() {
  const made = analysis();
  return {
    ...made,
    status: "shown",
    problem: null,
    title: "Ferry line accused: “We painted over it”",
    url: "https://gazette.example/ferry",
    lost: [],
  };
}

/** The cells of a table, read the way RFC 4180 says. */
function cells(text) {
  assert.ok(text.endsWith("\r\n"));
  return text
    .slice(0, -2)
    .split(/\r\n(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map((row) =>
      [...row.matchAll(/(?:^|,)"((?:[^"]|"")*)"/g)].map(([, cell]) => cell.replaceAll('""', '"')),
    );
}

/** Runs an export in a panel that only records what it would save, open and ask for. */
async function saved(t, format, shown, answer) {
  t.mock.timers.enable({ apis: ["setTimeout"] }); // addresses of saved files are let go of only seconds later
  const files = [];
  const opened = [];
  const asked = [];
  const kept = { document: globalThis.document, chrome: globalThis.chrome, fetch: globalThis.fetch };
  globalThis.document = {
    createElement: () => ({
      click() {
        files.push({ name: this.download, blob: resolveObjectURL(this.href) });
      },
    }),
  };
  globalThis.chrome = {
    storage: { local: storage({ port: 9001, token: "secret" }) },
    tabs: { create: async ({ url }) => opened.push(url) },
  };
  globalThis.fetch = async (address, options) => {
    asked.push({ address, options });
    return answer;
  };
  try {
    await exports(format, shown);
  } finally {
    Object.assign(globalThis, kept);
  }
  return { files, opened, asked, text: await files[0]?.blob.text() };
}

test("the table has one row for each quote and each claim, with the words as they stand", () => {
  const [head, ...rows] = cells(csv(analysis().analysis));
  assert.equal(rows.length, 4);
  const records = rows.map((row) => Object.fromEntries(row.map((cell, at) => [head[at], cell])));
  assert.deepEqual(records[1], {
    entry: "quote",
    id: "q2",
    kind_or_status: "direct",
    also: "",
    source: "Port warden Ida Moss",
    source_type: "official",
    identification: "named_person",
    channel: "not_stated",
    text: "“No ship leaves unseen.”",
    cue_or_evidence: "said",
    confidence: "0.6",
  });
  assert.deepEqual(records[3], {
    entry: "claim",
    id: "c1",
    kind_or_status: "accusation",
    also: "denied",
    source: "Port warden Ida Moss",
    source_type: "official",
    identification: "named_person",
    channel: "",
    text: "hiding a crack",
    cue_or_evidence: "accused of",
    confidence: "0.95",
  });
});

test("a quote without a speaker has empty cells and not the word null", () => {
  const { analysis: found } = analysis();
  found.quotes[0].source = null;
  found.claims[0].by = null;
  const table = csv(found);
  assert.doesNotMatch(table, /null|undefined/);
  assert.equal(cells(table)[1][4], "");
});

test("a cell that a spreadsheet would take for a formula is text", () => {
  for (const start of ["=", "+", "-", "@", "\t", "\r"]) {
    const { analysis: found } = analysis();
    found.quotes[0].content[0].text = `${start}HYPERLINK("https://x.example")`;
    found.sources[0].label = `${start}1`;
    const row = cells(csv(found))[1];
    assert.equal(row[8], `'${start}HYPERLINK("https://x.example")`, JSON.stringify(start));
    assert.equal(row[4], `'${start}1`);
  }
});

test("quotation marks, commas and line ends stay within their cell", () => {
  const { analysis: found } = analysis();
  found.quotes[0].content[0].text = '"No," he said,\r\n"never"';
  assert.equal(cells(csv(found))[1][8], '"No," he said,\r\n"never"');
});

test("the pieces of an interrupted quote are one cell with the gap shown", () => {
  const { analysis: found } = analysis();
  found.quotes[1].content.push(found.quotes[2].content[0]);
  assert.equal(cells(csv(found))[2][8], "“No ship leaves unseen.” … “Ever,”");
});

test("annotations carry the words and their neighbours, so that they can be found again", () => {
  const shown = view();
  const collection = annotations(shown);
  assert.equal(collection.type, "AnnotationCollection");
  assert.equal(collection.total, 4);
  const texts = new Map(shown.blocks.map(({ id, text }) => [id, text]));
  for (const item of collection.first.items)
    for (const target of item.target) {
      assert.equal(target.source, shown.url);
      const [{ prefix, exact, suffix }] = target.selector;
      assert.ok(prefix.length <= 32 && suffix.length <= 32);
      const homes = [...texts.values()].filter((text) => text.includes(prefix + exact + suffix));
      assert.equal(homes.length, 1, exact);
    }
  const third = collection.first.items[2].target[0].selector[0];
  assert.equal(third.prefix, "oss said: “No ship leaves unseen.” ".slice(-32));
});

test("annotations say the kind of source, that a speaker was not found, and what is contested", () => {
  const shown = view();
  shown.analysis.quotes[0].source = null;
  const items = annotations(shown).first.items;
  assert.deepEqual(
    items.map(({ id, motivation, body: [{ value }] }) => [id, motivation, value]),
    [
      ["urn:onrecord:q1", "highlighting", "speaker_not_found"],
      ["urn:onrecord:q2", "highlighting", "official"],
      ["urn:onrecord:q3", "highlighting", "official"],
      ["urn:onrecord:c1", "assessing", "accusation"],
    ],
  );
});

test("JSON is saved with the text that its offsets count in", async (t) => {
  const shown = view();
  const { files, text } = await saved(t, "json", shown);
  assert.equal(files[0].blob.type, "application/json");
  const read = JSON.parse(text);
  for (const { block, start, end, text: words } of read.quotes.flatMap(({ content }) => content))
    assert.equal(read.blocks.find(({ id }) => id === block).text.slice(start, end), words);
});

test("each format is saved under a plain name with its own ending", async (t) => {
  for (const [format, ending] of [
    ["json", "json"],
    ["csv", "csv"],
    ["jsonld", "jsonld"],
  ]) {
    const { files } = await saved(t, format, { ...view(), title: "../../etc: “Ferry”\n<b>sinks</b>?" });
    assert.equal(files.length, 1);
    assert.match(files[0].name, new RegExp(`^onrecord-[\\p{L}\\p{N}-]+\\.${ending}$`, "u"));
    t.mock.timers.reset();
  }
});

test("an article without a title still has a file name", async (t) => {
  const { files } = await saved(t, "csv", { ...view(), title: "" });
  assert.equal(files[0].name, "onrecord-article.csv");
});

test("a report is made by the server on this computer and opened there", async (t) => {
  const shown = view();
  const { asked, opened, files } = await saved(
    t,
    "report",
    shown,
    Response.json({ id: "x", location: "/reports/x" }),
  );
  assert.equal(asked[0].address, "http://127.0.0.1:9001/v1/reports");
  assert.equal(asked[0].options.headers.Authorization, "Bearer secret");
  assert.deepEqual(JSON.parse(asked[0].options.body), {
    blocks: shown.blocks,
    url: shown.url,
    title: shown.title,
  });
  assert.deepEqual(opened, ["http://127.0.0.1:9001/reports/x"]);
  assert.equal(files.length, 0);
});

test("a refused report opens no tab", async (t) => {
  const refusal = Response.json({ error: { code: "busy", message: "", help: "" } }, { status: 429 });
  assert.deepEqual((await saved(t, "report", view(), refusal)).opened, []);
});

test("without an analysis, and in a format that is none, nothing is saved or asked for", async (t) => {
  for (const [format, shown] of [
    ["json", { ...view(), analysis: null }],
    ["report", { ...view(), analysis: null }],
    ["exe", view()],
  ]) {
    const { files, asked } = await saved(t, format, shown);
    assert.equal(files.length + asked.length, 0, format);
    t.mock.timers.reset();
  }
});
