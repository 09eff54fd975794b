// What a reader saves: the analysis itself, and what the server makes of the same blocks.

import assert from "node:assert/strict";
import { resolveObjectURL } from "node:buffer";
import { test } from "node:test";
import { greeting, INSTALL, SECRET } from "./greeting.js";
import { analysis, bare, storage } from "./load.js";

globalThis.onrecord = bare([]);
const { exports } = await import("../../extension/panel/exports.js");

function view() {
  const made = analysis();
  return {
    ...made,
    status: "shown",
    problem: null,
    title: "Ferry line accused: “We painted over it”",
    url: "https://gazette.example/ferry",
    outlet: "The Gazette",
    published: "2026-11-28",
    lost: [],
    whole: true,
    reading: false,
    read: 1,
  };
}

const KINDS = { csv: "text/csv", jsonld: "application/ld+json", html: "text/html" };

/** What the server makes in a format. */
const made = (format, content = "made by the server") =>
  new Response(content, { headers: { "content-type": `${KINDS[format]}; charset=utf-8` } });

/** Runs an export in a panel that only records what it would save, open and ask for. */
async function saved(t, format, shown, answer, { secret = SECRET } = {}) {
  t.mock.timers.enable({ apis: ["setTimeout"] }); // addresses of saved files are let go of only seconds later
  const files = [];
  const opened = [];
  const asked = [];
  const kept = { document: globalThis.document, chrome: globalThis.chrome, fetch: globalThis.fetch };
  globalThis.location ??= { origin: "chrome-extension://us" };
  globalThis.document = {
    createElement: () => ({
      click() {
        files.push({ name: this.download, blob: resolveObjectURL(this.href) });
      },
    }),
  };
  globalThis.chrome = {
    storage: { local: storage({ port: 9001, secret, install: INSTALL }) },
    runtime: {
      sendNativeMessage: async () => {
        throw new Error("Specified native messaging host not found.");
      },
    },
    tabs: { create: async ({ url }) => opened.push(url) },
  };
  globalThis.fetch = async (address, options) => {
    if (address.endsWith("/v1/hello")) return greeting()(address, options);
    asked.push({ address, options });
    return typeof answer === "function" ? answer() : answer;
  };
  let problem = null;
  try {
    problem = await exports(format, shown);
  } finally {
    Object.assign(globalThis, kept);
  }
  return { files, opened, asked, problem, text: await files[0]?.blob.text() };
}

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
    ["html", "html"],
  ]) {
    const shown = { ...view(), title: "../../etc: “Ferry”\n<b>sinks</b>?" };
    const { files } = await saved(t, format, shown, made(format));
    assert.equal(files.length, 1);
    assert.match(files[0].name, new RegExp(`^onrecord-[\\p{L}\\p{N}-]+\\.${ending}$`, "u"));
    t.mock.timers.reset();
  }
});

test("what was not read to its end is saved as a part, in the file and in its name", async (t) => {
  const { files, text } = await saved(t, "json", { ...view(), whole: false, read: 0.4 });
  assert.match(files[0].name, /-partial\.json$/);
  assert.deepEqual(JSON.parse(text).partial, { read: 0.4 });
  t.mock.timers.reset();
  assert.equal(JSON.parse((await saved(t, "json", view())).text).partial, undefined);
});

test("an article without a title still has a file name", async (t) => {
  const { files } = await saved(t, "csv", { ...view(), title: "" }, made("csv"));
  assert.equal(files[0].name, "onrecord-article.csv");
});

for (const [format, kind] of Object.entries(KINDS).filter(([format]) => format !== "html"))
  test(`${format} is what the server makes of the same blocks, counted in code points`, async (t) => {
    const shown = view();
    const { asked, files, text } = await saved(t, format, shown, made(format));
    assert.equal(asked[0].address, "http://127.0.0.1:9001/v1/analyze");
    assert.equal(asked[0].options.headers.Accept, kind);
    assert.ok(asked[0].options.headers.Signature);
    const { blocks, url, title } = shown;
    assert.deepEqual(JSON.parse(new TextDecoder().decode(asked[0].options.body)), {
      blocks,
      url,
      title,
      offsets: "code-point",
    });
    assert.equal(text, "made by the server");
    assert.equal(files[0].blob.type, kind);
  });

test("a refusal saves nothing and is told", async (t) => {
  const refusal = Response.json({ error: { code: "busy", message: "Full.", help: "" } }, { status: 429 });
  const { files, problem } = await saved(t, "csv", view(), refusal);
  assert.equal(files.length, 0);
  assert.equal(problem.code, "busy");
});

test("a server that knows no table, or gives no page, saves nothing under its name", async (t) => {
  for (const format of ["csv", "html"]) {
    const { files, problem } = await saved(t, format, view(), Response.json({ schema: "onrecord/1" }));
    assert.equal(files.length, 0);
    assert.equal(problem.code, "version_mismatch");
    t.mock.timers.reset();
  }
});

test("an answer that breaks off is told, and half of a file is none", async (t) => {
  const broken = () =>
    new ReadableStream({
      pull(controller) {
        controller.error(new TypeError("network error"));
      },
    });
  for (const format of ["csv", "jsonld", "html", "report"]) {
    const { files, opened, problem } = await saved(t, format, view(), made(format, broken()));
    assert.equal(files.length + opened.length, 0, format);
    assert.equal(problem.code, "unexpected", format);
    t.mock.timers.reset();
  }
});

test("where no server runs, and without a pairing, the problem is told", async (t) => {
  for (const format of ["csv", "jsonld", "html", "report"]) {
    const { files, problem } = await saved(t, format, view(), () => {
      throw new TypeError("Failed to fetch");
    });
    assert.equal(files.length, 0);
    assert.equal(problem.code, "server_not_running", format);
    t.mock.timers.reset();
    const unpaired = await saved(t, format, view(), made(format), { secret: "" });
    assert.equal(unpaired.asked.length, 0);
    assert.equal(unpaired.problem.code, "not_paired", format);
    t.mock.timers.reset();
  }
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
  assert.ok(asked[0].options.headers.Signature);
  assert.deepEqual(JSON.parse(new TextDecoder().decode(asked[0].options.body)), {
    blocks: shown.blocks,
    url: shown.url,
    title: shown.title,
    outlet: "The Gazette",
    published: "2026-11-28",
  });
  assert.deepEqual(opened, ["http://127.0.0.1:9001/reports/x"]);
  assert.equal(files.length, 0);
});

test("a report is saved as the one file that the server makes, with outlet and date", async (t) => {
  const shown = view();
  const { asked, opened, files, text } = await saved(t, "html", shown, made("html", "<!doctype html>"));
  assert.equal(asked[0].address, "http://127.0.0.1:9001/v1/reports");
  assert.equal(asked[0].options.headers.Accept, "text/html");
  const { blocks, url, title, outlet, published } = shown;
  assert.deepEqual(JSON.parse(new TextDecoder().decode(asked[0].options.body)), {
    blocks,
    url,
    title,
    outlet,
    published,
  });
  assert.equal(files[0].blob.type, "text/html");
  assert.equal(text, "<!doctype html>");
  assert.deepEqual(opened, []);
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
